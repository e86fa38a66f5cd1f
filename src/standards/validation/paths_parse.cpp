// Reads paths and conditions; everything that the language does not have is refused.
#include <fmt/format.h>

#include <charconv>

#include "base/error.hpp"
#include "standards/validation/paths_parts.hpp"

namespace austral::validation {
namespace {

using Part = Expression::Kind;

class PathParser {
 public:
  explicit PathParser(std::string_view text) : text_(text) {}

  std::vector<Steps> parse_paths() {
    auto paths = alternatives();
    end();
    return paths;
  }
  Expression parse_whole() {
    auto expression = either();
    end();
    return expression;
  }

 private:
  [[noreturn]] void refuse(const char* what) const {
    throw Error(austral::Kind::invalid,
                fmt::format("rule path \"{}\", character {}: {}", text_, at_ + 1, what));
  }

  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  bool take(std::string_view token) {
    skip_spaces();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  bool take_word(std::string_view word) {
    const std::size_t before = at_;
    if (take(word) && (at_ == text_.size() || !is_name(text_[at_]))) return true;
    at_ = before;
    return false;
  }
  void expect(std::string_view token) {
    if (!take(token)) refuse("something else is expected here");
  }
  void end() {
    skip_spaces();
    if (at_ != text_.size()) refuse("nothing more is expected here");
  }

  static bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
  static bool is_name(char c) {
    return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
  }
  std::string name() {
    skip_spaces();
    if (at_ == text_.size() || !is_name_start(text_[at_])) refuse("a name is expected here");
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::vector<Steps> alternatives() {
    std::vector<Steps> paths;
    do paths.push_back(steps());
    while (take("|"));
    return paths;
  }
  Steps steps() {
    Steps all;
    do all.push_back(step());
    while (take("/"));
    return all;
  }
  Step step() {
    Step made;
    if (take("..")) {
      made.axis = Step::Axis::parent;
    } else if (take(".")) {
      made.axis = Step::Axis::self;
    } else if (take("@")) {
      made.axis = Step::Axis::attribute;
      made.name = name();
      made.word = find_word(made.name);
    } else if (take("text()")) {
      made.axis = Step::Axis::text;
    } else {
      made.name = name();
      made.word = find_word(made.name);
    }
    while (take("[")) {
      if (made.axis != Step::Axis::child) refuse("only elements take conditions");
      predicate(made);
    }
    return made;
  }
  void predicate(Step& step) {
    if (step.position) refuse("no condition is taken behind a position");
    auto inside = either();
    expect("]");
    if (inside.kind == Part::number)
      step.position = std::size_t(inside.number);
    else
      step.tests.push_back(std::move(inside));
  }

  static Expression make(Part kind, Expression left, Expression right) {
    Expression made;
    made.kind = kind;
    made.parts.push_back(std::move(left));
    made.parts.push_back(std::move(right));
    return made;
  }
  Expression either() {
    auto left = both();
    while (take_word("or")) left = make(Part::either, std::move(left), both());
    return left;
  }
  Expression both() {
    auto left = equality();
    while (take_word("and")) left = make(Part::both, std::move(left), equality());
    return left;
  }
  Expression equality() {
    auto left = relation();
    while (true) {
      if (take("!="))
        left = make(Part::unequal, std::move(left), relation());
      else if (take("="))
        left = make(Part::equal, std::move(left), relation());
      else
        return left;
    }
  }
  Expression relation() {
    auto left = sum();
    while (true) {
      const Part kind = take("<=")   ? Part::less_equal
                        : take(">=") ? Part::greater_equal
                        : take("<")  ? Part::less
                        : take(">")  ? Part::greater
                                     : Part::number;
      if (kind == Part::number) return left;
      left = make(kind, std::move(left), sum());
    }
  }
  Expression sum() {
    auto left = primary();
    while (take("+")) left = make(Part::sum, std::move(left), primary());
    return left;
  }

  Expression primary() {
    skip_spaces();
    Expression made;
    if (take("(")) {
      made = either();
      expect(")");
      return made;
    }
    if (at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"')) return literal();
    if (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') return digits();
    for (const auto& [word, kind] : functions)
      if (const std::size_t before = at_; take(word)) {
        if (take("(")) {
          made.kind = kind;
          if (kind == Part::count)
            made.paths = alternatives();
          else
            made.parts.push_back(either());
          expect(")");
          return made;
        }
        at_ = before;
      }
    made.kind = Part::path;
    made.paths = alternatives();
    return made;
  }
  static constexpr std::pair<std::string_view, Part> functions[] = {
      {"count", Part::count}, {"not", Part::negation}, {"number", Part::to_number}};

  Expression literal() {
    const char quote = text_[at_++];
    const auto close = text_.find(quote, at_);
    if (close == text_.npos) refuse("the quotation mark is not closed");
    Expression made;
    made.text = text_.substr(at_, close - at_);
    made.kind = made.text == "$1" ? Part::variable : Part::text;
    at_ = close + 1;
    return made;
  }
  Expression digits() {
    Expression made;
    made.kind = Part::number;
    const char* begin = text_.data() + at_;
    const auto read = std::from_chars(begin, text_.data() + text_.size(), made.number);
    at_ += std::size_t(read.ptr - begin);
    return made;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Steps> parse_path(std::string_view text) { return PathParser(text).parse_paths(); }

Expression parse_condition(std::string_view text) { return PathParser(text).parse_whole(); }

}  // namespace austral::validation
