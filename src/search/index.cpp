// Answers questions in words: concepts found, words widened, lists intersected, the best ranked.
#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "search/analyser.hpp"
#include "search/concepts.hpp"
#include "search/document.hpp"
#include "search/question.hpp"
#include "search/search.hpp"
#include "search/snapshot.hpp"

namespace austral::search {
namespace {

using SharedSnapshot = std::shared_ptr<const Snapshot>;

/// What one word (or identifier, or phrase) of a question matches.
struct Group {
  SharedPostings list;
  std::vector<std::size_t> places;  ///< of the question's words
  bool by_words = false;            ///< something matches in the words themselves
  bool firm = false;  ///< names a place or a time: stays when other words may be missing
};

/// Countries are recipients among the concepts, groupings have no dimension.
bool is_place_or_time(registry::Dimension dimension) {
  using registry::Dimension;
  return dimension == Dimension::none || dimension == Dimension::recipient ||
         dimension == Dimension::region || dimension == Dimension::year;
}

/// A question held against one snapshot.
class Asking {
 public:
  Asking(const Snapshot& index, const WordQuestion& question)
      : index_(index),
        question_(read_question(question.words, question.language)),
        concepts_(find_concepts(question_)),
        language_(question.language) {
    gather();
  }

  const std::vector<FoundConcept>& concepts() const { return concepts_; }
  bool is_empty() const { return groups_.empty(); }

  std::vector<SharedPostings> lists() const {
    std::vector<SharedPostings> all;
    for (const auto& group : groups_) all.push_back(group.list);
    return all;
  }

  /// The lists of places and times, or of everything else.
  std::vector<SharedPostings> lists(bool firm) const {
    std::vector<SharedPostings> some;
    for (const auto& group : groups_)
      if (group.firm == firm) some.push_back(group.list);
    return some;
  }

  std::vector<std::string> stems() const {
    std::set<std::string> stems;
    for (const auto& word : question_.words)
      if (!word.weak) stems.insert(word.variants.begin(), word.variants.end());
    return {stems.begin(), stems.end()};
  }

  /// The question with each unknown word as it is spelled in titles; empty when all are known.
  std::string suggest() const {
    std::string spelled;
    std::size_t at = 0;
    for (const auto& group : groups_) {
      if (group.by_words || group.list->size() || group.places.size() != 1) continue;
      const auto& word = question_.words[group.places.front()];
      const std::string better = index_.spell(word.folded);
      if (better.empty() || better == word.folded || !is_known(better)) continue;
      spelled.append(question_.text, at, word.begin - at);
      spelled += better;
      at = word.end;
    }
    if (spelled.empty()) return {};
    return spelled + question_.text.substr(at);
  }

 private:
  void gather() {
    std::vector<bool> used(question_.words.size(), false);
    take_identifiers(used);
    for (int phrase = 1; phrase <= question_.phrases; ++phrase) take_phrase(phrase, used);
    for (std::size_t i = 0; i < question_.words.size(); ++i)
      if (!used[i] && !question_.words[i].weak) take_word(i);
  }

  /// Pieces between spaces that look like identifiers and are some.
  void take_identifiers(std::vector<bool>& used) {
    constexpr std::size_t shortest = 4, most = 2000;
    std::size_t at = 0;
    for (const auto piece : split(question_.text, ' ')) {
      const std::size_t begin = at, end = at + piece.size();
      at = end + 1;
      if (piece.size() < shortest || piece.find_first_of("-0123456789") == std::string::npos)
        continue;
      if (std::all_of(piece.begin(), piece.end(), is_digit) && piece.size() < 6) continue;
      const auto terms = index_.terms_beginning(identifier_term(piece), most);
      if (terms.empty()) continue;
      Group group;
      std::vector<SharedPostings> lists;
      for (const auto& term : terms) lists.push_back(index_.postings_of(term));
      group.list = unite(lists, index_.bound());
      group.by_words = true;
      for (std::size_t i = 0; i < question_.words.size(); ++i)
        if (question_.words[i].begin >= begin && question_.words[i].end <= end) {
          used[i] = true;
          group.places.push_back(i);
        }
      groups_.push_back(std::move(group));
    }
  }

  void take_phrase(int phrase, std::vector<bool>& used) {
    Group group;
    std::string text;
    for (std::size_t i = 0; i < question_.words.size(); ++i) {
      const auto& word = question_.words[i];
      if (word.phrase != phrase || used[i]) continue;
      used[i] = true;
      group.places.push_back(i);
      if (!text.empty()) text += ' ';
      text.append(question_.text, word.begin, word.end - word.begin);
    }
    if (group.places.empty()) return;
    std::set<std::vector<std::string>> rows;
    for (const char* language : {"en", "fr", "es", "pt", "de", "it", "nl", "xx"}) {
      std::vector<std::string> row, plain;
      analyser().read(text, language, [&](const Word& word) {
        row.push_back(title_term(word.term));
        plain.push_back(title_term(word.plain.empty() ? word.term : word.plain));
      });
      rows.insert(row);
      rows.insert(plain);
    }
    group.list = index_.phrases_of({rows.begin(), rows.end()});
    group.by_words = true;
    groups_.push_back(std::move(group));
  }

  void take_word(std::size_t place) {
    const auto& word = question_.words[place];
    Group group;
    group.places = {place};
    std::vector<std::string> held;  // terms that something has
    const auto add = [&](const std::string& term) {
      if (index_.has_term(term)) held.push_back(term);
    };
    for (const auto& variant : word.variants) add(variant);
    group.by_words = !held.empty();
    std::set<std::string> terms;
    for (const auto& found : concepts_)
      if (std::binary_search(found.places.begin(), found.places.end(), place)) {
        terms.insert(found.terms.begin(), found.terms.end());
        group.firm = group.firm || is_place_or_time(found.match.dimension);
      }
    for (const auto& term : terms) add(term);
    const auto characters = split_han(word.folded);
    if (held.empty() && !characters.empty()) {  // a word that texts divide in another way
      for (const auto character : characters) {
        Group one;
        one.places = {place};
        one.list = index_.postings_of(std::string(character));
        one.by_words = one.list->size() > 0;
        groups_.push_back(std::move(one));
      }
      return;
    }
    group.list = index_.united(held);
    groups_.push_back(std::move(group));
  }

  bool is_known(const std::string& word) const {
    for (const auto& variant : analyser().variants_of(word))
      if (index_.has_term(variant)) return true;
    return false;
  }

  const Snapshot& index_;
  TypedQuestion question_;
  std::vector<FoundConcept> concepts_;
  std::string language_;
  std::vector<Group> groups_;
};

// Of the weight of its words, when nothing has all: enough to leave out what has but "project".
constexpr double enough_of_a_question = 0.1;

/// Those that have some of the words and all of the question's places and times: who asks for the
/// Sahel since 2015 does not want Brazil because no initiative has every other word.
std::vector<Scored> score_some_there(const Snapshot& index, const Asking& asking) {
  const auto firm = asking.lists(true), others = asking.lists(false);
  if (firm.empty() || others.empty()) return {};
  const auto there = intersect(firm);
  if (there.empty()) return {};
  auto found = score_some(others, index.lengths(), enough_of_a_question);
  auto place = there.begin();
  std::erase_if(found, [&](const Scored& one) {
    while (place != there.end() && *place < one.document) ++place;
    return place == there.end() || *place != one.document;
  });
  return found;
}

/// Those that have some of the words, ascending, where none has all.
std::vector<Scored> score_loosely(const Snapshot& index, const Asking& asking) {
  auto found = score_some_there(index, asking);
  const auto lists = asking.lists();
  if (found.empty()) found = score_some(lists, index.lengths(), enough_of_a_question);
  if (found.empty()) found = score_some(lists, index.lengths(), 0);
  return found;
}

/// The documents that match, ascending, and whether they have only some of the words.
std::vector<Scored> score(const Snapshot& index, const Asking& asking, bool& loosened) {
  loosened = false;
  if (asking.is_empty()) return {};
  const auto lists = asking.lists();
  auto found = score_all(lists, index.lengths());
  if (!found.empty() || lists.size() == 1) return found;
  found = score_loosely(index, asking);
  loosened = !found.empty();
  return found;
}

/// The one list that something stands in; nothing where there are several, or places and times
/// narrow what may be shown.
std::vector<SharedPostings> find_only_list(const Asking& asking) {
  std::vector<SharedPostings> lists;
  for (auto& list : asking.lists())
    if (list->size()) lists.push_back(std::move(list));
  const auto firm = asking.lists(true), others = asking.lists(false);
  const bool narrowed = !firm.empty() && !others.empty();
  if (lists.size() != 1 || narrowed) return {};
  return lists;
}

/// What was understood of a question, beside what it matches.
WordAnswer begin_answer(const Snapshot& index, const Asking& asking) {
  WordAnswer answer;
  answer.revision = index.facts().revision;
  for (const auto& found : asking.concepts()) answer.concepts.push_back(found.match);
  answer.stems = asking.stems();
  answer.suggestion = asking.suggest();
  return answer;
}

WordAnswer answer(const Snapshot& index, const WordQuestion& question, const Allowed& allowed) {
  const Asking asking(index, question);
  auto answer = begin_answer(index, asking);
  const auto add_hits = [&](const std::vector<Scored>& best) {
    for (std::size_t i = question.offset; i < best.size(); ++i)
      answer.hits.push_back({index.keys()[best[i].document], double(best[i].score)});
  };
  std::vector<Scored> all;
  if (!allowed && !asking.is_empty()) {
    const auto most = question.offset + question.limit;
    const auto rank = [&](const std::vector<SharedPostings>& lists) {
      add_hits(rank_all(lists, index.lengths(), most, index.keys(), answer.total));
      return answer.total > 0;
    };
    const auto lists = asking.lists();
    if (rank(lists) || lists.size() == 1) return answer;
    const auto only = find_only_list(asking);
    answer.loosened = !only.empty();
    if (answer.loosened && rank(only)) return answer;
    all = score_loosely(index, asking);
    answer.loosened = !all.empty();
  } else {
    all = score(index, asking, answer.loosened);
  }
  if (allowed)
    std::erase_if(all, [&](const Scored& one) { return !allowed(index.keys()[one.document]); });
  answer.total = all.size();
  const std::size_t upto = std::min(all.size(), question.offset + question.limit);
  add_hits(take_best(std::move(all), upto, index.keys()));
  return answer;
}

Matches ask_all(const Snapshot& index, const WordQuestion& question) {
  const Asking asking(index, question);
  Matches matches;
  matches.said = begin_answer(index, asking);
  matches.keys = index.shared_keys();
  const auto all = score(index, asking, matches.said.loosened);
  matches.said.total = all.size();
  matches.documents.reserve(all.size());
  matches.scores.reserve(all.size());
  for (const auto& one : all) {
    matches.documents.push_back(one.document);
    matches.scores.push_back(one.score);
  }
  return matches;
}

}  // namespace

struct Index::State {
  std::string path;
  mutable std::mutex changing;
  mutable SharedSnapshot snapshot;

  SharedSnapshot get() const {
    const std::lock_guard lock(changing);
    return snapshot;
  }
  void take_up(bool whatever) const {
    const std::lock_guard lock(changing);
    if (whatever || signature_of(path) != snapshot->signature())
      snapshot = std::make_shared<const Snapshot>(path);
  }
  /// Asks the snapshot; again with a new one when an update has written over it meanwhile.
  template <class Ask>
  auto ask(const Ask& ask) const {
    constexpr int tries = 5;
    for (int i = 1;; ++i) try {
        return ask(*get());
      } catch (const Xapian::DatabaseModifiedError&) {
        if (i == tries) throw Error(Kind::unavailable, "the index of words is being rewritten");
        take_up(true);
      } catch (const Xapian::Error& error) {
        throw Error(Kind::unavailable,
                    "the index of words at " + path + " cannot be read: " + error.get_msg());
      }
  }
};

std::vector<Hit> Matches::rank(std::size_t offset, std::size_t limit,
                               const std::function<bool(std::uint32_t)>& allowed,
                               std::size_t& total) const {
  std::vector<Scored> all;
  for (std::size_t i = 0; i < documents.size(); ++i)
    if (!allowed || allowed(documents[i])) all.push_back({documents[i], scores[i]});
  total = all.size();
  const auto best = take_best(std::move(all), std::min(total, offset + limit), *keys);
  std::vector<Hit> hits;
  for (std::size_t i = offset; i < best.size(); ++i)
    hits.push_back({(*keys)[best[i].document], double(best[i].score)});
  return hits;
}

Index::Index(const std::string& path) : state_(std::make_unique<State>()) {
  state_->path = path;
  find_concepts(read_question("", "en"));  // makes the names now, not at the first question
  try {
    state_->take_up(true);
  } catch (const Xapian::Error& error) {
    throw Error(Kind::invalid,
                "the index of words at " + path + " cannot be read: " + error.get_msg());
  }
}
Index::~Index() = default;

std::int64_t Index::revision() const { return state_->get()->facts().revision; }
std::size_t Index::size() const { return state_->get()->lengths().documents; }
void Index::refresh() {
  try {
    state_->take_up(false);
  } catch (const Xapian::Error& error) {
    throw Error(Kind::unavailable,
                "the index of words at " + state_->path + " cannot be read: " + error.get_msg());
  }
}

WordAnswer Index::find(const WordQuestion& question, const Allowed& allowed) const {
  return state_->ask([&](const Snapshot& index) { return answer(index, question, allowed); });
}

void Index::prepare() const {
  state_->ask([](const Snapshot& index) {
    index.prepare();
    return true;
  });
}

Matches Index::ask(const WordQuestion& question) const {
  return state_->ask([&](const Snapshot& index) { return ask_all(index, question); });
}

std::string Index::state() const { return state_->get()->facts().stamp; }

std::vector<std::int64_t> Index::match(const WordQuestion& question) const {
  return state_->ask([&](const Snapshot& index) {
    const Asking asking(index, question);
    std::vector<std::int64_t> keys;
    if (asking.is_empty()) return keys;
    auto documents = intersect(asking.lists());
    if (documents.empty()) {
      bool loosened = false;
      for (const auto& one : score(index, asking, loosened)) documents.push_back(one.document);
    }
    keys.reserve(documents.size());
    for (const auto document : documents) keys.push_back(index.keys()[document]);
    if (!std::is_sorted(keys.begin(), keys.end())) std::sort(keys.begin(), keys.end());
    return keys;
  });
}

}  // namespace austral::search
