// Feeds any bytes to the reader of formulas, and computes what was read in two ways.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "measurement/formula.hpp"

using namespace austral;
using namespace austral::measurement;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!is_valid_utf8(text)) return 0;
  Formula formula;
  try {
    formula = Formula(text);
  } catch (const Error& error) {
    if (error.kind() != Kind::invalid || !is_valid_utf8(error.what())) std::abort();
    return 0;
  }
  const auto& names = formula.names();
  if (formula.spell(names) != text) std::abort();
  std::vector<Ratio> values;
  std::vector<std::string> words;
  for (std::size_t n = 0; n < names.size(); ++n) {
    values.emplace_back(int(n) * 3 + 2, 7);
    words.push_back("(" + std::to_string(n * 3 + 2) + " / 7)");
  }
  const auto result = formula.compute(values);
  // With its figures in place of its names it is the same formula, as far as letters go.
  const auto spelled = formula.spell(words);
  try {
    if (Formula(spelled).compute({}) != result) std::abort();
  } catch (const Error&) {
    // Brackets around figures may go too deep, and figures may be too long.
    const auto brackets = std::count(text.begin(), text.end(), '(');
    if (result && spelled.size() <= 2'000 && brackets < 40) std::abort();
  }
  for (std::size_t n = 0; n < names.size(); ++n) {
    if (!formula.is_proportional_to(n) || !result) continue;
    auto twice = values;
    twice[n] *= 2;
    const auto other = formula.compute(twice);
    if (!other || *other != *result * 2) std::abort();
  }
  return 0;
}
