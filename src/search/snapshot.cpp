// Reads Xapian's lists, and keeps the long ones.
#include "search/snapshot.hpp"

#include <algorithm>
#include <limits>

#include "base/error.hpp"
#include "search/analyser.hpp"
#include "search/document.hpp"

namespace austral::search {
namespace {

using registry::Dimension;

constexpr std::size_t most_remembered_bytes = 128u << 20;
constexpr std::size_t long_list = 500;
constexpr std::size_t slow_union = 100'000;
constexpr std::size_t slow_list = 30'000;  // takes more than a millisecond to read

}  // namespace

class Snapshot::Lent {
 public:
  explicit Lent(const Snapshot& owner) : owner_(owner), reader_(owner.lend()) {}
  ~Lent() {
    if (reader_) owner_.give_back(std::move(reader_));
  }
  Xapian::Database& operator*() { return *reader_; }
  Xapian::Database* operator->() { return reader_.get(); }

 private:
  const Snapshot& owner_;
  std::unique_ptr<Xapian::Database> reader_;
};

Snapshot::Snapshot(const std::string& path) : path_(path), signature_(signature_of(path)) {
  if (signature_.empty())
    throw Error(Kind::not_found,
                "there is no index of words at " + path + "; 'austral index' makes it");
  auto reader = std::make_unique<Xapian::Database>(path);
  facts_ = read_facts(*reader);
  if (facts_.analyser != analyser_edition)
    throw Error(Kind::invalid, "the index of words at " + path +
                                   " was made by another edition; 'austral index' makes it anew");
  auto keys = std::make_shared<std::vector<std::int64_t>>(reader->get_lastdocid() + 1, 0);
  lengths_.words.resize(keys->size(), 0);
  std::uint64_t words = 0;
  const auto end = reader->valuestream_end(kept_slot);
  for (auto value = reader->valuestream_begin(kept_slot); value != end; ++value) {
    const Kept kept = read_kept(*value);
    (*keys)[value.get_docid()] = kept.key;
    lengths_.words[value.get_docid()] = kept.length;
    words += kept.length;
    lengths_.shortest =
        lengths_.documents == 0 ? kept.length : std::min(lengths_.shortest, kept.length);
    ++lengths_.documents;
  }
  keys_ = std::move(keys);
  if (words) lengths_.average = double(words) / double(lengths_.documents);
  readers_.push_back(std::move(reader));
}

std::unique_ptr<Xapian::Database> Snapshot::lend() const {
  {
    const std::lock_guard lock(lending_);
    if (!readers_.empty()) {
      auto reader = std::move(readers_.back());
      readers_.pop_back();
      return reader;
    }
  }
  auto reader = std::make_unique<Xapian::Database>(path_);
  if (read_facts(*reader).stamp != facts_.stamp)
    throw Xapian::DatabaseModifiedError("the index of words has moved on");
  return reader;
}

void Snapshot::give_back(std::unique_ptr<Xapian::Database> reader) const {
  const std::lock_guard lock(lending_);
  readers_.push_back(std::move(reader));
}

SharedPostings Snapshot::find_remembered(const std::string& term) const {
  std::shared_ptr<const PackedList> kept;
  {
    const std::lock_guard lock(remembering_);
    const auto found = remembered_.find(term);
    if (found == remembered_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second.place);
    if (found->second.whole) return found->second.whole;
    kept = found->second.packed;
  }
  return kept->unpack(bound());
}

SharedPostings Snapshot::postings_of(const std::string& term) const {
  if (auto known = find_remembered(term)) return known;
  auto list = std::make_shared<Postings>();
  Lent reader(*this);
  const auto expected = reader->get_termfreq(term);
  if (expected == 0) return list;
  const bool dense = are_dense(expected, bound());
  if (dense) {
    list->dense = make_dense(bound());
  } else {
    list->documents.reserve(expected);
    list->counts.reserve(expected);
  }
  const auto end = reader->postlist_end(term);
  for (auto posting = reader->postlist_begin(term); posting != end; ++posting) {
    // Codes are counted once; Xapian keeps no number for them.
    const auto count =
        std::uint8_t(std::clamp<Xapian::termcount>(posting.get_wdf(), 1, most_counted));
    if (dense) {
      list->dense[*posting] = count;
      ++list->held;
    } else {
      list->documents.push_back(*posting);
      list->counts.push_back(count);
    }
  }
  if (list->size() >= long_list) remember(term, list);
  return list;
}

bool Snapshot::has_term(const std::string& term) const {
  {
    const std::lock_guard lock(remembering_);
    if (remembered_.contains(term)) return true;
  }
  Lent reader(*this);
  return reader->term_exists(term);
}

SharedPostings Snapshot::united(const std::vector<std::string>& terms) const {
  if (terms.empty()) return std::make_shared<Postings>();
  if (terms.size() == 1) return postings_of(terms.front());
  std::string name;  // no term holds a zero byte
  for (const auto& term : terms) name += term + '\0';
  if (auto known = find_remembered(name)) return known;
  std::vector<SharedPostings> lists;
  std::size_t postings = 0;
  for (const auto& term : terms) {
    lists.push_back(postings_of(term));
    postings += lists.back()->size();
  }
  auto list = unite(lists, bound());
  if (postings >= slow_union) remember(name, list);
  return list;
}

std::size_t Snapshot::Remembered::bytes(const std::string& term) const {
  const auto own = 2 * term.size() + 128;
  return own + (whole ? whole->dense.size() : packed->bytes());
}

void Snapshot::remember(const std::string& term, const SharedPostings& list) const {
  Remembered fresh;
  if (!list->dense.empty() && is_kept_whole(list->size()))
    fresh.whole = list;
  else
    fresh.packed = std::make_shared<const PackedList>(*list);
  const std::lock_guard lock(remembering_);
  if (remembered_.contains(term)) return;
  order_.push_front(term);
  fresh.place = order_.begin();
  remembered_bytes_ += fresh.bytes(term);
  remembered_[term] = std::move(fresh);
  while (remembered_bytes_ > most_remembered_bytes && order_.size() > 1) {
    const auto last = remembered_.find(order_.back());
    remembered_bytes_ -= last->second.bytes(last->first);
    remembered_.erase(last);
    order_.pop_back();
  }
}

void Snapshot::prepare() const {
  constexpr std::size_t bytes_a_document = 3;  // a little more than a packed list has
  std::vector<std::pair<Xapian::doccount, std::string>> longest;
  {
    Lent reader(*this);
    // Words have no capital before them; of the other terms, codes have long lists. A word such as
    // "Africa" asks for those of many countries at once.
    constexpr std::size_t any = std::numeric_limits<std::size_t>::max();
    const auto read = [&](const std::string& from, const std::string& to, std::size_t least,
                          std::size_t below) {
      const auto end = reader->allterms_end();
      auto term = reader->allterms_begin();
      for (term.skip_to(from); term != end && (to.empty() || *term < to); ++term)
        if (const auto size = term.get_termfreq(); size >= least && size < below)
          longest.emplace_back(size, *term);
    };
    read("", "A", slow_list, any);
    read("C", "D", slow_list, any);
    read("[", "", slow_list, any);
    std::sort(longest.rbegin(), longest.rend());
    for (const auto side : {Dimension::provider, Dimension::recipient, Dimension::facilitator}) {
      const auto codes = code_term(side, "");
      read(codes, codes.substr(0, codes.size() - 1) + ';', long_list, slow_list);
    }
    std::stable_partition(longest.begin(), longest.end(),
                          [](const auto& one) { return one.second.front() == 'C'; });
  }
  std::size_t bytes = 0;
  for (const auto& [size, term] : longest) {
    bytes += is_kept_whole(size) ? bound() : size * bytes_a_document;
    if (bytes > most_remembered_bytes * 3 / 4) break;  // what else is asked needs room too
    postings_of(term);
  }
}

std::vector<std::string> Snapshot::terms_beginning(const std::string& beginning,
                                                   std::size_t most) const {
  std::vector<std::string> terms;
  Lent reader(*this);
  const auto end = reader->allterms_end(beginning);
  for (auto term = reader->allterms_begin(beginning); term != end && terms.size() < most; ++term)
    terms.push_back(*term);
  return terms;
}

SharedPostings Snapshot::phrases_of(const std::vector<std::vector<std::string>>& phrases) const {
  std::vector<Xapian::Query> queries;
  for (const auto& words : phrases)
    queries.emplace_back(Xapian::Query::OP_PHRASE, words.begin(), words.end(),
                         Xapian::termcount(words.size()));
  Lent reader(*this);
  Xapian::Enquire enquire(*reader);
  enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, queries.begin(), queries.end()));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  auto list = std::make_shared<Postings>();
  const auto matches = enquire.get_mset(0, reader->get_doccount());
  for (auto match = matches.begin(); match != matches.end(); ++match)
    list->documents.push_back(*match);
  std::sort(list->documents.begin(), list->documents.end());
  list->counts.assign(list->documents.size(), 1);
  return list;
}

std::string Snapshot::spell(const std::string& word) const {
  Lent reader(*this);
  const unsigned most_edits = word.size() < 6 ? 1 : 2;
  return reader->get_spelling_suggestion(word, most_edits);
}

}  // namespace austral::search
