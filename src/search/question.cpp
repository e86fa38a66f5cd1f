// Words, phrases and weak words of a question.
#include "search/question.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "base/tsv.hpp"
#include "search/analyser.hpp"

namespace austral::search {
namespace {

constexpr std::size_t most_question_bytes = 4000;
constexpr std::size_t most_words = 200;

using WeakWords = std::map<std::string, std::set<std::string, std::less<>>, std::less<>>;

const WeakWords& weak_words() {
  static const WeakWords all = [] {
    WeakWords words;
    const TsvTable table = read_embedded_table("data/search/stop_words.tsv");
    const auto language = table.column("language"), list = table.column("words");
    for (const auto row : table.rows())
      analyser().read(row[list], row[language], [&](const Word& word) {
        words[std::string(row[language])].emplace(word.folded);
      });
    return words;
  }();
  return all;
}

/// The language whose weak words the question has most of; the reader's when none has more.
std::string guess_language(const std::vector<QuestionWord>& words, std::string_view reader) {
  std::string best(reader);
  const auto count = [&](std::string_view language) {
    return std::count_if(words.begin(), words.end(),
                         [&](const QuestionWord& word) { return is_weak(word.folded, language); });
  };
  auto most = count(reader);
  for (const auto& [language, list] : weak_words())
    if (const auto found = count(language); found > most) {
      most = found;
      best = language;
    }
  return best;
}

bool is_quote(std::string_view text, std::size_t at) {
  return text[at] == '"' || text.substr(at).starts_with("\u201C") ||
         text.substr(at).starts_with("\u201D") || text.substr(at).starts_with("\u00AB") ||
         text.substr(at).starts_with("\u00BB") || text.substr(at).starts_with("\u201E");
}

/// Numbers the words between quotes.
void find_phrases(TypedQuestion& question) {
  std::vector<std::size_t> quotes;
  for (std::size_t at = 0; at < question.text.size(); ++at)
    if (is_quote(question.text, at)) quotes.push_back(at);
  for (std::size_t i = 0; i + 1 < quotes.size(); i += 2) {
    bool used = false;
    for (auto& word : question.words)
      if (word.begin >= quotes[i] && word.end <= quotes[i + 1]) {
        word.phrase = question.phrases + 1;
        used = true;
      }
    if (used) ++question.phrases;
  }
}

}  // namespace

bool is_weak(std::string_view folded, std::string_view language) {
  const auto list = weak_words().find(language.substr(0, language.find_first_of("-_")));
  return list != weak_words().end() && list->second.contains(folded);
}

TypedQuestion read_question(std::string_view text, std::string_view language) {
  TypedQuestion question;
  question.text = make_valid_utf8(text.substr(0, most_question_bytes));
  std::vector<std::pair<std::size_t, std::size_t>> places;
  analyser().read(question.text, language, [&](const Word& word) {
    if (question.words.size() == most_words) return;
    QuestionWord one;
    one.begin = word.begin;
    one.end = word.end;
    one.folded = word.folded;
    question.words.push_back(std::move(one));
  });
  for (auto& word : question.words) {
    const auto typed = std::string_view(question.text).substr(word.begin, word.end - word.begin);
    word.variants = analyser().variants_of(typed);
    word.all_capitals = typed.size() >= 2 && std::all_of(typed.begin(), typed.end(), [](char c) {
                          return (c >= 'A' && c <= 'Z') || is_digit(c);
                        });
  }
  find_phrases(question);
  const auto guessed = guess_language(question.words, language);
  bool all_weak = true;
  for (auto& word : question.words) {
    word.weak = word.phrase == 0 && !word.all_capitals &&
                (is_weak(word.folded, language) || is_weak(word.folded, guessed));
    all_weak = all_weak && word.weak;
  }
  if (all_weak)
    for (auto& word : question.words) word.weak = false;
  return question;
}

}  // namespace austral::search
