// Reads formulas into steps, operands before their operator, and computes them in fractions.
#include "measurement/formula.hpp"

#include <algorithm>

#include "base/decimal.hpp"
#include "base/error.hpp"

namespace austral::measurement {

/// Recursive descent: sum, product, sign, atom. A formula longer than any honest one is refused, so
/// that depth stays bounded.
class FormulaReader {
 public:
  explicit FormulaReader(Formula& formula) : formula_(formula), text_(formula.text_) {}

  void read() {
    if (text_.size() > 2'000) refuse("a formula has at most 2,000 letters");
    read_sum();
    skip();
    if (at_ < text_.size()) refuse("an operator (+ - * /) or the end");
    std::size_t done = 0;
    for (const auto& mention : mentions_) {
      formula_.pieces_.emplace_back(text_.substr(done, mention.begin - done), mention.name);
      done = mention.begin + mention.length;
    }
    formula_.pieces_.emplace_back(text_.substr(done), std::nullopt);
  }

 private:
  struct Mention {
    std::size_t begin, length, name;
  };

  static bool continues_letter(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

  /// The text from its beginning to where a letter ends, at `size` bytes or just behind.
  std::string text_to(std::size_t size) const {
    while (size < text_.size() && continues_letter(text_[size])) ++size;
    return text_.substr(0, size);
  }

  [[noreturn]] void refuse(const std::string& expected) const {
    constexpr std::size_t most = 200;
    const auto before = text_to(at_);
    const std::string found = at_ < text_.size()
                                  ? "'" + text_to(at_ + 1).substr(before.size()) + "'"
                                  : std::string("the end");
    const auto letters =
        std::count_if(before.begin(), before.end(), [](char c) { return !continues_letter(c); });
    const auto shown = text_.size() <= most ? text_ : text_to(most) + "…";
    throw Error(Kind::invalid, "the formula `" + shown + "` has " + found + " at letter " +
                                   std::to_string(letters + 1) + " where it needs " + expected);
  }

  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  bool take(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void add(char what, std::size_t place = 0) { formula_.steps_.push_back({what, place}); }

  void read_sum() {
    if (++depth_ > 50) refuse("fewer brackets within brackets");
    read_product();
    for (;;) {
      const bool plus = take('+');
      if (!plus && !take('-')) break;
      read_product();
      add(plus ? '+' : '-');
    }
    --depth_;
  }

  void read_product() {
    read_signed();
    for (;;) {
      const bool times = take('*');
      if (!times && !take('/')) break;
      const std::size_t first = formula_.steps_.size(), place = at_;
      read_signed();
      if (!times) refuse_zero(first, place);
      add(times ? '*' : '/');
    }
  }

  /// A divisor of numbers alone is known now.
  void refuse_zero(std::size_t first, std::size_t place) {
    Formula part;
    part.numbers_ = formula_.numbers_;
    part.steps_.assign(formula_.steps_.begin() + std::ptrdiff_t(first), formula_.steps_.end());
    const bool constant = std::none_of(part.steps_.begin(), part.steps_.end(),
                                       [](const auto& step) { return step.what == 'i'; });
    if (!constant) return;
    const auto value = part.compute({});
    if (value && !value->is_zero()) return;
    at_ = place;
    refuse("a divisor that is not zero");
  }

  void read_signed() {
    bool minus = false;
    while (take('-')) minus = !minus;
    read_atom();
    if (minus) add('_');
  }

  static bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
  static bool is_number_letter(char c) { return (c >= '0' && c <= '9') || c == '.'; }

  void read_atom() {
    skip();
    if (take('(')) {
      read_sum();
      if (!take(')')) refuse("a closing bracket");
      return;
    }
    if (at_ < text_.size() && begins_name(text_[at_])) return read_name();
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_number_letter(text_[at_])) ++at_;
    const auto number = parse_decimal(std::string_view(text_).substr(begin, at_ - begin));
    if (!number) {
      at_ = begin;
      refuse("a number, the name of an input, or an opening bracket");
    }
    formula_.numbers_.push_back(to_ratio(*number));
    add('n', formula_.numbers_.size() - 1);
  }

  void read_name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (begins_name(text_[at_]) || (text_[at_] >= '0' && text_[at_] <= '9')))
      ++at_;
    const std::string name = text_.substr(begin, at_ - begin);
    if ((name == "min" || name == "max") && take('(')) {
      read_sum();
      if (!take(',')) refuse("a comma and a second value");
      read_sum();
      if (!take(')')) refuse("a closing bracket");
      add(name == "min" ? 'm' : 'M');
      return;
    }
    auto& names = formula_.names_;
    const auto found = std::find(names.begin(), names.end(), name);
    const auto place = std::size_t(found - names.begin());
    if (found == names.end()) names.push_back(name);
    mentions_.push_back({begin, name.size(), place});
    add('i', place);
  }

  Formula& formula_;
  const std::string& text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::vector<Mention> mentions_;
};

Formula::Formula(std::string_view text) : text_(text) { FormulaReader(*this).read(); }

namespace {

/// Nothing for a division by zero.
std::optional<Ratio> apply(char what, const Ratio& left, const Ratio& right) {
  switch (what) {
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    case 'm': return std::min(left, right);
    case 'M': return std::max(left, right);
    default:
      if (right.is_zero()) return std::nullopt;
      return left / right;
  }
}

}  // namespace

std::optional<Ratio> Formula::compute(const std::vector<Ratio>& values) const {
  std::vector<Ratio> stack;
  for (const auto& step : steps_) {
    if (step.what == 'n') {
      stack.push_back(numbers_[step.place]);
    } else if (step.what == 'i') {
      stack.push_back(values.at(step.place));
    } else if (step.what == '_') {
      stack.back() = -stack.back();
    } else {
      const Ratio right = std::move(stack.back());
      stack.pop_back();
      auto result = apply(step.what, stack.back(), right);
      if (!result) return std::nullopt;
      stack.back() = std::move(*result);
    }
  }
  return stack.empty() ? Ratio(0) : stack.back();
}

bool Formula::is_proportional_to(std::size_t input) const {
  // Of each part of the formula: the input's power in it, or `other` where it has none.
  constexpr int other = -1;
  std::vector<int> stack;
  for (const auto& step : steps_) {
    if (step.what == 'n' || step.what == 'i') {
      stack.push_back(step.what == 'i' && step.place == input ? 1 : 0);
      continue;
    }
    if (step.what == '_') continue;
    const int right = stack.back();
    stack.pop_back();
    int& left = stack.back();
    if (left == other || right == other)
      left = other;
    else if (step.what == '+' || step.what == '-')
      left = left == right ? left : other;
    else if (step.what == '*')
      left = left + right <= 1 ? left + right : other;
    else if (step.what == '/')
      left = right == 0 ? left : other;
    else
      left = left == 0 && right == 0 ? 0 : other;
  }
  return stack.size() == 1 && stack.back() == 1;
}

std::string Formula::spell(const std::vector<std::string>& words) const {
  std::string text;
  for (const auto& [before, input] : pieces_) {
    text += before;
    if (input) text += words.at(*input);
  }
  return text;
}

}  // namespace austral::measurement
