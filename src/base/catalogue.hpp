// The words of pages, tables and commands in the reader's language, and its way of writing numbers
// and dates.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"

namespace austral {

/// The languages of the catalogue, as BCP 47 codes; the first is what everything falls back to.
const std::vector<std::string>& catalogue_languages();

/// What a message's placeholder stands for.
using Argument = std::variant<std::string, std::int64_t>;
using Arguments = std::vector<std::pair<std::string, Argument>>;

/// One language of the pages: pages/lang/CODE.json over English, key by key.
class Language {
 public:
  explicit Language(std::string code);
  ~Language();

  const std::string& code() const { return code_; }
  /// `rtl` or `ltr`.
  std::string dir() const;
  /// The language's name in itself.
  std::string name() const;

  /// The text of a key; ICU MessageFormat where it has placeholders (`{count, plural, ...}`).
  /// A key that no catalogue has comes back between double brackets.
  std::string t(std::string_view key, const Arguments& arguments = {}) const;
  bool has(std::string_view key) const;

  std::string number(std::int64_t value) const;    ///< grouped
  std::string number(const Decimal& value) const;  ///< grouped, exact, its scale kept
  std::string decimal_point() const;
  std::string date(Date day) const;        ///< `1 December 2009`
  std::string short_date(Date day) const;  ///< `1 Dec 2009`

 private:
  struct State;
  std::string code_;
  std::unique_ptr<State> state_;
};

/// The language of a code of catalogue_languages(); English for any other. Thread-safe.
const Language& get_language(std::string_view code);

}  // namespace austral
