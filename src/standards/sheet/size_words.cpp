// Finds the words of data/mappings/words.tsv in texts, the longest first.
#include "standards/sheet/size_words.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/text.hpp"
#include "base/tsv.hpp"
#include "codes/exchange_rate.hpp"

namespace austral::sheet {
namespace {

struct MoneyWord {
  std::string folded;
  bool bounded = true;  ///< ends where a word ends; Chinese writes words together
  int zeros = 0;        ///< 0: a currency
  std::string currency;
};

std::string fold_marks(std::string_view text) {
  std::string out = fold(text);
  for (const char* apostrophe : {"’", "‘", "`"})
    for (auto at = out.find(apostrophe); at != std::string::npos; at = out.find(apostrophe, at))
      out.replace(at, std::string_view(apostrophe).size(), "'");
  return out;
}

const std::vector<MoneyWord>& money_words() {
  static const auto all = [] {
    std::vector<MoneyWord> words;
    const TsvTable table = read_embedded_table("data/mappings/words.tsv");
    const auto list = table.column("list"), code = table.column("code"),
               lang = table.column("lang"), word = table.column("word");
    for (const auto row : table.rows()) {
      if (row[list] != "size" && row[list] != "currency") continue;
      MoneyWord one{fold_marks(row[word]), row[lang] != "zh", 0, {}};
      if (row[list] == "size")
        std::from_chars(row[code].data(), row[code].data() + row[code].size(), one.zeros);
      else
        one.currency = row[code];
      words.push_back(std::move(one));
    }
    std::stable_sort(words.begin(), words.end(), [](const MoneyWord& a, const MoneyWord& b) {
      return a.folded.size() > b.folded.size();
    });
    return words;
  }();
  return all;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || (c & 0x80) != 0; }

bool ends_at(std::string_view text, std::size_t end, const MoneyWord& word) {
  if (!word.bounded || !is_letter(word.folded.back())) return true;
  return end == text.size() || !is_letter(text[end]);
}
bool starts_at(std::string_view text, std::size_t at, const MoneyWord& word) {
  if (!word.bounded || !is_letter(word.folded.front())) return true;
  return at == 0 || !is_letter(text[at - 1]) || is_digit(text[at - 1]);
}

/// English words, and words of headings, that are codes of currencies too.
bool is_also_a_word(std::string_view code) {
  for (const std::string_view word :
       {"ALL", "TOP", "TRY", "CUP", "MOP", "PEN", "MAD", "BAM", "SOS", "LAK", "RON", "PAB"})
    if (code == word) return true;
  return false;
}

void take_word(const MoneyWord& word, MoneyWords& out) {
  if (word.zeros > 0) {
    if (!out.sized) out.zeros = word.zeros;
    out.sized = true;
  } else if (word.currency == "?") {
    if (out.either.empty()) out.either = word.folded;
  } else if (out.currency.empty()) {
    out.currency = word.currency;
  }
}

/// A code written in capitals.
std::string find_iso_code(std::string_view text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
    if (!std::all_of(text.begin() + long(at), text.begin() + long(at) + 3, is_capital)) continue;
    std::size_t end = at + 3;
    if ((at > 0 && is_letter(char(text[at - 1] | 0x20))) ||
        (end < text.size() && (is_capital(text[end]) || is_letter(text[end])))) {
      while (end < text.size() && is_capital(text[end])) ++end;
      at = end;
      continue;
    }
    const std::string code(text.substr(at, 3));
    const bool bracketed = at > 0 && end < text.size() &&
                           std::string_view("([").find(text[at - 1]) != std::string_view::npos;
    if (codes::is_currency(code) && (bracketed || !is_also_a_word(code))) return code;
  }
  return {};
}

}  // namespace

std::optional<MoneyWords> read_money_words(std::string_view words) {
  MoneyWords out;
  std::string text = fold_marks(trim(words));
  const std::string code = find_iso_code(words);
  while (!text.empty()) {
    if (const auto first = text.find_first_not_of(" .,()-"); first != 0) {
      text.erase(0, std::min(first, text.size()));
      continue;
    }
    bool found = false;
    for (const auto& word : money_words())
      if (text.starts_with(word.folded) && ends_at(text, word.folded.size(), word)) {
        take_word(word, out);
        text.erase(0, word.folded.size());
        found = true;
        break;
      }
    if (found) continue;
    if (!code.empty() && text.starts_with(fold(code))) {
      out.currency = code;
      text.erase(0, 3);
      continue;
    }
    for (const std::string_view joint : {"de ", "d'", "of ", "en ", "in ", "em "})
      if (text.starts_with(joint)) {
        text.erase(0, joint.size());
        found = true;
        break;
      }
    if (!found) return std::nullopt;
  }
  return out;
}

MoneyWords find_money_words(std::string_view heading) {
  MoneyWords out;
  std::string text = fold_marks(heading);
  for (const auto& word : money_words())
    for (auto at = text.find(word.folded); at != std::string::npos;
         at = text.find(word.folded, at + 1)) {
      if (!starts_at(text, at, word) || !ends_at(text, at + word.folded.size(), word)) continue;
      take_word(word, out);
      std::fill_n(text.begin() + long(at), word.folded.size(), '\x01');  // taken
    }
  if (const auto code = find_iso_code(heading); !code.empty()) out.currency = code;
  if (!out.currency.empty()) out.either.clear();
  return out;
}

}  // namespace austral::sheet
