// Matches the words of a question with the names of codes.
#include "search/concepts.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <unordered_map>

#include "base/date.hpp"
#include "base/text.hpp"
#include "search/concept_names.hpp"
#include "search/document.hpp"

namespace austral::search {
namespace {

using registry::Dimension;

/// A name counts as meant when so much of its weight is said, in two words at least.
constexpr double enough_of_a_name = 0.7;

bool may_be_partial(Dimension dimension) {
  return dimension == Dimension::purpose || dimension == Dimension::category ||
         dimension == Dimension::goal || dimension == Dimension::target;
}

/// What was found of one name.
struct Reading {
  std::size_t name = 0;
  std::vector<std::size_t> places;
  double share = 0;  ///< of the name's weight
};

/// Where the question says each term.
using Said = std::unordered_map<std::string_view, std::vector<std::size_t>>;

Said list_said(const TypedQuestion& question) {
  Said said;
  for (std::size_t i = 0; i < question.words.size(); ++i)
    for (const auto& variant : question.words[i].variants) said[variant].push_back(i);
  return said;
}

Reading read_name(const ConceptNames& all, std::size_t place, const Said& said) {
  const auto& name = all.names[place];
  Reading reading{place, {}, 0};
  double weight = 0;
  for (const auto& stem : name.stems) {
    const auto found = said.find(stem);
    if (found == said.end()) continue;
    reading.places.insert(reading.places.end(), found->second.begin(), found->second.end());
    weight += all.weights.at(stem);
  }
  std::sort(reading.places.begin(), reading.places.end());
  reading.places.erase(std::unique(reading.places.begin(), reading.places.end()),
                       reading.places.end());
  reading.share = name.weight > 0 ? weight / name.weight : 0;
  return reading;
}

bool is_meant(const ConceptNames& all, const Reading& reading) {
  if (reading.share > 0.999) return true;
  return reading.share >= enough_of_a_name && reading.places.size() > 1 &&
         may_be_partial(all.concepts[all.names[reading.name].owner].dimension);
}

/// Acronyms ("PMA", "OMS") are meant only when written as such: many are words of a language.
bool is_written_so(const ConceptNames& all, const Reading& reading, const TypedQuestion& question) {
  const auto& owner = all.concepts[all.names[reading.name].owner];
  if (owner.dimension != Dimension::organization || reading.places.size() != 1) return true;
  const auto& word = question.words[reading.places.front()];
  return word.all_capitals || static_cast<unsigned char>(word.folded.front()) >= 0x80;
}

/// Chinese names inside the question, however its words were divided.
void read_chinese(const ConceptNames& all, const TypedQuestion& question,
                  std::vector<Reading>& readings) {
  const bool has_han = std::any_of(question.text.begin(), question.text.end(),
                                   [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
  if (!has_han) return;
  constexpr std::size_t one_character = 3;
  for (const auto place : all.chinese) {
    const auto& name = all.names[place];
    if (name.folded.size() <= one_character) continue;
    const auto at = question.text.find(name.folded);
    if (at == std::string::npos) continue;
    Reading reading{place, {}, 1};
    for (std::size_t i = 0; i < question.words.size(); ++i)
      if (question.words[i].begin < at + name.folded.size() && question.words[i].end > at)
        reading.places.push_back(i);
    readings.push_back(std::move(reading));
  }
}

bool is_inside(const std::vector<std::size_t>& part, const std::vector<std::size_t>& whole) {
  return part.size() < whole.size() &&
         std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

/// The best reading of each concept that is meant and stands in no longer name.
std::vector<Reading> choose(const ConceptNames& all, std::vector<Reading> readings) {
  std::map<std::size_t, Reading> best;
  for (auto& reading : readings) {
    auto& known = best[all.names[reading.name].owner];
    if (reading.places.size() > known.places.size() ||
        (reading.places.size() == known.places.size() && reading.share > known.share))
      known = std::move(reading);
  }
  std::vector<Reading> chosen;
  for (const auto& [owner, reading] : best)
    if (std::none_of(best.begin(), best.end(), [&](const auto& other) {
          return other.second.share > 0.999 && is_inside(reading.places, other.second.places);
        }))
      chosen.push_back(reading);
  return chosen;
}

std::string words_at(const TypedQuestion& question, const std::vector<std::size_t>& places) {
  std::string words;
  for (const auto place : places) {
    const auto& word = question.words[place];
    if (!words.empty()) words += ' ';
    words.append(question.text, word.begin, word.end - word.begin);
  }
  return words;
}

std::optional<int> year_of_word(const QuestionWord& word) {
  int year = 0;
  const auto* end = word.folded.data() + word.folded.size();
  if (word.folded.size() != 4 || std::from_chars(word.folded.data(), end, year).ptr != end)
    return std::nullopt;
  if (year < 1950 || year > 2100) return std::nullopt;
  return year;
}

enum class Direction { none, since, until };

/// What the words before a year say of it ("since 2015", "depuis l'an 2015", "منذ عام 2015").
Direction direction_before(const TypedQuestion& question, std::size_t place) {
  static const std::set<std::string, std::less<>> since = {
      "since", "after", "depuis", "apres", "desde", "apos", "depois",
      "с",     "после", "منذ",    "自",    "从",    "seit"};
  static const std::set<std::string, std::less<>> until = {
      "until", "till",  "before", "jusque", "jusqu'en", "jusqu", "avant", "hasta",
      "ate",   "antes", "до",     "حتي",    "قبل",      "到",    "截至"};
  for (std::size_t back = 1; back <= 2 && back <= place; ++back) {
    const auto& word = question.words[place - back];
    if (since.contains(word.folded)) return Direction::since;
    if (until.contains(word.folded) || word.folded.starts_with("jusqu")) return Direction::until;
    if (!word.weak && word.folded.size() > 8) break;
  }
  return Direction::none;
}

FoundConcept make_years(const TypedQuestion& question, std::vector<std::size_t> places, int from,
                        int to, std::string code) {
  FoundConcept found;
  found.match = {Dimension::year, std::move(code), words_at(question, places)};
  for (int year = from; year <= to; ++year)
    found.terms.push_back(code_term(Dimension::year, std::to_string(year)));
  found.places = std::move(places);
  return found;
}

void find_years(const TypedQuestion& question, std::vector<FoundConcept>& found) {
  const int last = year_of(today()) + 10, first = 1950;
  for (std::size_t i = 0; i < question.words.size(); ++i) {
    const auto year = year_of_word(question.words[i]);
    if (!year) continue;
    if (i + 1 < question.words.size() && question.words[i + 1].begin - question.words[i].end <= 3) {
      const auto between =
          std::string_view(question.text)
              .substr(question.words[i].end, question.words[i + 1].begin - question.words[i].end);
      const auto to = year_of_word(question.words[i + 1]);
      if (to && *to >= *year && (between == "-" || between == "\u2013")) {
        found.push_back(make_years(question, {i, i + 1}, *year, *to,
                                   std::to_string(*year) + "-" + std::to_string(*to)));
        ++i;
        continue;
      }
    }
    switch (direction_before(question, i)) {
      case Direction::since:
        found.push_back(
            make_years(question, {i}, *year, std::max(last, *year), std::to_string(*year) + "-"));
        break;
      case Direction::until:
        found.push_back(make_years(question, {i}, first, *year, "-" + std::to_string(*year)));
        break;
      case Direction::none:
        found.push_back(make_years(question, {i}, *year, *year, std::to_string(*year)));
    }
  }
}

}  // namespace

std::vector<FoundConcept> find_concepts(const TypedQuestion& question) {
  const auto& all = concept_names();
  std::set<std::size_t> touched;
  for (const auto& word : question.words)
    if (!word.weak)
      for (const auto& variant : word.variants)
        if (const auto names = all.by_stem.find(variant); names != all.by_stem.end())
          touched.insert(names->second.begin(), names->second.end());
  std::vector<Reading> readings;
  const Said said = list_said(question);
  for (const auto place : touched) {
    auto reading = read_name(all, place, said);
    if (is_meant(all, reading) && is_written_so(all, reading, question))
      readings.push_back(std::move(reading));
  }
  read_chinese(all, question, readings);
  std::vector<FoundConcept> found;
  for (const auto& reading : choose(all, std::move(readings))) {
    const auto& owner = all.concepts[all.names[reading.name].owner];
    FoundConcept one;
    one.match = {owner.dimension, owner.code, words_at(question, reading.places)};
    one.terms = owner.terms;
    one.places = reading.places;
    one.whole = reading.share > 0.999;
    found.push_back(std::move(one));
  }
  find_years(question, found);
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& left, const auto& right) { return left.places < right.places; });
  return found;
}

std::vector<std::string> concept_words() {
  std::set<std::string> words;
  constexpr std::size_t shortest = 4;
  for (const auto& name : concept_names().names)
    if (name.language != "zh")
      for (const auto word : split(name.folded, ' '))
        if (word.size() >= shortest && !is_digit(word.front())) words.emplace(word);
  return {words.begin(), words.end()};
}

}  // namespace austral::search
