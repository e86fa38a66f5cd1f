// Formulas as data: `days * monthly * months_paid * (1 + charge) / working_days`, read, checked,
// computed exactly, and spelled out with their figures.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measurement/ratio.hpp"

namespace austral::measurement {

/// A formula over named inputs with + - * / ( ), numbers, min(a, b) and max(a, b).
class Formula {
 public:
  /// Throws: Error::invalid naming the place in the text and what was expected there; a division
  /// by a number that is zero is refused here.
  explicit Formula(std::string_view text);
  Formula() = default;

  const std::string& text() const { return text_; }
  /// The inputs it names, each once, in the order of their first mention.
  const std::vector<std::string>& names() const { return names_; }
  /// Nothing for a division by zero. Shape: `values` has one value for each of names().
  std::optional<Ratio> compute(const std::vector<Ratio>& values) const;
  /// Whether twice the input always gives twice the result: seen from the formula's form alone.
  bool is_proportional_to(std::size_t input) const;
  /// The formula with `words` in place of its inputs (figures; cells of a spreadsheet).
  std::string spell(const std::vector<std::string>& words) const;

 private:
  struct Step {
    char what = 0;  ///< 'n' number, 'i' input, + - * / m(in) M(ax) _ (minus sign)
    std::size_t place = 0;
  };
  friend class FormulaReader;
  std::string text_;
  std::vector<std::string> names_;
  std::vector<Ratio> numbers_;
  std::vector<Step> steps_;  ///< operands before their operator
  /// The text as pieces: words between inputs, and after each the input that follows.
  std::vector<std::pair<std::string, std::optional<std::size_t>>> pieces_;
};

}  // namespace austral::measurement
