// The simple types in words, for who is told what to write.
#include "standards/validation/lexical.hpp"

#include <array>
#include <string>

#include "base/error.hpp"

namespace austral::validation {
namespace {

struct TypeWords {
  std::string_view name, title, how;
};

constexpr std::array<TypeWords, 13> type_words = {{
    {"string", "text", "any text"},
    {"anyURI", "an address", "such as https://example.org/a-b; '%' only as in %20, one '#'"},
    {"boolean", "true or false", "true or false (or 1 or 0)"},
    {"date", "a date", "year-month-day, such as 2024-03-31"},
    {"dateTime", "a date with a time", "such as 2024-03-31T00:00:00Z"},
    {"decimal", "a number",
     "figures with a point before decimals, such as 1250.50: no spaces, no "
     "thousands separators, no currency, at most 24 figures"},
    {"integer", "a whole number", "figures only, such as 12"},
    {"int", "a whole number", "figures only, such as 1"},
    {"positiveInteger", "a whole number above 0", "figures only, such as 2024"},
    {"nonNegativeInteger", "a whole number, 0 or more", "figures only, such as 0"},
    {"NMTOKEN", "one word", "letters, figures, '.', '-' and '_' without spaces"},
    {"language", "a language", "a language code, such as en, fr or pt-BR"},
    {"language or empty", "a language", "a language code, such as en, fr or pt-BR"},
}};

}  // namespace

Lexical parse_lexical(std::string_view name) {
  for (std::size_t i = 0; i < type_words.size(); ++i)
    if (type_words[i].name == name) return Lexical(i);
  throw Error(Kind::invalid, "data/rules/iati_shape.tsv: unknown type '" + std::string(name) + "'");
}

std::string_view name_of(Lexical type) { return type_words[std::size_t(type)].title; }
std::string_view how_to_write(Lexical type) { return type_words[std::size_t(type)].how; }

}  // namespace austral::validation
