// Measurement methodologies: published rules as data, read from YAML, checked, hashed, immutable.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "measurement/formula.hpp"

namespace austral::measurement {

/// A text in the languages in which it was given; `en` is always there.
using Titles = std::map<std::string, std::string>;
std::string_view pick(const Titles& words, std::string_view language);

/// What a contribution must be: all lists that are given hold (each by any of its values), no list
/// under `not` does, numbers lie in their span. Shape: field names of condition_fields(); a value
/// that ends with `*` stands for all that begin so; `none` for "not stated"; `money` for any
/// currency.
struct Condition {
  std::map<std::string, std::vector<std::string>> any, none;
  struct Span {
    std::optional<Decimal> at_least, below;
  };
  std::map<std::string, Span> spans;
  bool empty() const { return any.empty() && none.empty() && spans.empty(); }
};
/// unit, kind, framework, modality, finance_type, flow_type, collaboration, provider, recipient,
/// provider_in, recipient_in, year, and `detail.NAME`.
const std::vector<std::string>& condition_fields();

/// Where an input of a formula comes from; tried in this order.
struct InputSource {
  std::string quantity;    ///< the contribution's own quantity in this unit (`money`: its amount)
  std::string detail;      ///< a detail of the contribution
  std::string price;       ///< a series of prices
  std::string key;         ///< the detail that is the price's key (`grade`, `good`, `level`)
  std::string at;          ///< whose country: `provider` (usual) or `recipient`
  std::string convention;  ///< of the methodology
  std::optional<Decimal> otherwise;
};

/// A way to value a contribution. Source: standards of the field as M0 to M7 (docs/measurement.md).
struct Method {
  std::string id;  ///< `M1`
  Titles title;
  std::string source;
  Formula formula;
  std::vector<InputSource> inputs;  ///< one for each of formula.names()
  bool ppp = false;                 ///< the result is international dollars and is not converted
  int line = 0;
};

enum class GroupKind { monetary, monetised, counted };
BOOST_DESCRIBE_ENUM(GroupKind, monetary, monetised, counted)

struct Group {
  std::string code;
  GroupKind kind = GroupKind::monetary;
  Titles title;
  int line = 0;
};

/// One line of the official table.
struct Item {
  std::string code;
  std::size_t group = 0;
  Titles title;
  std::string status, source, note;
  std::vector<Condition> when;       ///< any of them; empty: everything
  bool otherwise = false;            ///< takes what no other item of its lane takes
  std::vector<std::size_t> methods;  ///< of Methodology::methods, the preferred one first
  /// Of counted items; `initiative` counts these, `as-given` keeps each unit apart.
  std::string unit;
  std::string by;                  ///< a detail whose values are shown apart, such as sex
  std::string sdmx;                ///< its published series, such as DC_OSSD_GRT
  std::vector<std::string> tossd;  ///< modalities that it is in TOSSD
  int line = 0;
};

/// What is left out, and why a person should agree.
struct Exclusion {
  std::string code;
  std::vector<Condition> when;
  Titles why;
  int line = 0;
};

/// A sum of groups, items or other totals; never of counted ones.
struct Total {
  std::string code;
  Titles title;
  std::vector<std::string> of;
  int line = 0;
};

enum class Rates { annual, monthly, own };
BOOST_DESCRIBE_ENUM(Rates, annual, monthly, own)

struct Methodology {
  std::string name, version, status;  ///< status: official, draft or national
  Titles title, about;
  std::string source, parent;
  std::string currency = "USD";
  Rates rates = Rates::annual;
  std::optional<int> price_year;   ///< nothing: current prices
  int decimals = 2;                ///< of printed amounts; rounded half-even, once, after summing
  std::vector<std::string> kinds;  ///< of contributions that count
  std::map<std::string, Decimal> conventions;
  std::vector<Condition> scope;  ///< any of them; empty: everything
  Titles scope_why;
  std::vector<Exclusion> exclusions;
  std::vector<Group> groups;
  std::vector<Item> items;
  std::vector<Method> methods;
  std::vector<Total> totals;
  std::string text;          ///< the YAML as published
  std::string methods_text;  ///< that of the methods it could choose from
  std::string digest;        ///< BLAKE2b of the text and of the shipped methods, in hexadecimal

  const Item* find_item(std::string_view code) const;
};

/// Throws: Error::invalid with every fault, one a line: `line 12: ...`, what was found, what to
/// write instead: unknown words, items of unknown groups, totals that go in circles, rules that
/// two items share, units that do not convert, divisions by zero, inputs without a source.
Methodology read_methodology(std::string_view yaml);
/// The same with other methods to choose from than the shipped ones.
Methodology read_methodology(std::string_view yaml, std::string_view methods);

/// What read_methodology() cannot see in one place alone: shared rules, circles, units, zeros.
/// Shape: line and message.
std::vector<std::pair<int, std::string>> check_methodology(const Methodology& methodology);

/// The shipped ones (data/methodologies/), by name.
const std::vector<Methodology>& shipped_methodologies();

}  // namespace austral::measurement
