// Words that stand beside amounts: thousands and millions in seven languages, and currencies.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace austral::sheet {

/// What words beside an amount, or in its heading, say of it.
struct MoneyWords {
  int zeros = 0;         ///< `thousand` is 3, `crore` 7
  bool sized = false;    ///< a word of size stood there
  std::string currency;  ///< ISO 4217, or empty
  std::string either;    ///< a word of several currencies, such as `pesos`
  bool names_money() const { return !currency.empty() || !either.empty(); }
};

/// Words that are nothing else: `millones de USD`, `тыс. долл. США`, `万元`; nothing for any
/// further word among them.
std::optional<MoneyWords> read_money_words(std::string_view words);
/// The same among others, as in a heading: `Presupuesto (miles de USD)`.
MoneyWords find_money_words(std::string_view heading);

}  // namespace austral::sheet
