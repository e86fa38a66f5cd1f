// What compiled paths and conditions are made of, for the parser and for those who follow them.
#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "standards/validation/paths.hpp"

namespace austral::validation {

/// One step of a path.
struct Step {
  enum class Axis { self, child, attribute, text, parent };
  Axis axis = Axis::child;
  std::string name;
  Word word = 0;  ///< of `name`; 0 when no schema has it
  std::vector<Expression> tests;
  std::size_t position = 0;  ///< `[2]`: the second of those that pass the tests before it; 0: all
};
using Steps = std::vector<Step>;

/// A node of a condition's tree.
struct Expression {
  enum class Kind {
    either,
    both,
    negation,
    equal,
    unequal,
    less,
    less_equal,
    greater,
    greater_equal,
    sum,
    number,
    text,
    variable,  ///< `'$1'`
    count,
    to_number,
    path,
  };
  Kind kind = Kind::number;
  std::vector<Expression> parts;
  double number = 0;
  std::string text;
  std::vector<Steps> paths;  ///< alternatives

  bool is_number() const {
    return kind == Kind::number || kind == Kind::count || kind == Kind::sum ||
           kind == Kind::to_number;
  }
};

std::vector<Steps> parse_path(std::string_view text);
Expression parse_condition(std::string_view text);
bool holds(const Expression& expression, const Scope& scope);

}  // namespace austral::validation
