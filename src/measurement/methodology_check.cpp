// Faults of a methodology that show only between its parts: rules that two items share, totals in
// circles, units that do not convert, divisors that are zero.
#include <algorithm>
#include <set>

#include "codes/grouping.hpp"
#include "measurement/conversion.hpp"
#include "measurement/methodology.hpp"
#include "measurement/price.hpp"
#include "registry/framework.hpp"
#include "registry/record.hpp"

namespace austral::measurement {
namespace {

using Values = std::vector<std::string>;

/// Whether every text that `value` stands for is one that `pattern` stands for.
bool covers(std::string_view pattern, std::string_view value) {
  if (!pattern.ends_with('*')) return pattern == value;
  pattern.remove_suffix(1);
  if (value.ends_with('*')) value.remove_suffix(1);
  return value.starts_with(pattern);
}

bool share_a_unit(std::string_view one, std::string_view other) {
  if (is_unit(one, other) || is_unit(other, one)) return true;
  const auto meant = units_meant(one);
  return std::any_of(meant.begin(), meant.end(),
                     [&](std::string_view unit) { return is_unit(unit, other); });
}

bool share_a_value(std::string_view field, const Values& left, const Values& right) {
  for (const auto& one : left)
    for (const auto& other : right)
      if (field == "unit" ? share_a_unit(one, other) : covers(one, other) || covers(other, one))
        return true;
  return false;
}

bool all_covered(const Values& values, const Values& patterns) {
  return std::all_of(values.begin(), values.end(), [&](const auto& value) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const auto& pattern) { return covers(pattern, value); });
  });
}

/// Fields of which a contribution may have several values at once: that two lists differ does not
/// keep rules apart.
bool is_manifold(std::string_view field) {
  return field == "provider_in" || field == "recipient_in" || field == "detail.keyword";
}

bool refuses_all_of(const Condition& one, const Condition& other) {
  return std::any_of(other.any.begin(), other.any.end(), [&](const auto& entry) {
    const auto refused = one.none.find(entry.first);
    return refused != one.none.end() && all_covered(entry.second, refused->second);
  });
}

bool spans_apart(const Condition::Span& one, const Condition::Span& other) {
  return one.below && other.at_least && *one.below <= *other.at_least;
}

/// A number of one value: what is not stated, is no number or lies outside meets no span.
bool lies_outside(const std::string& value, const Condition::Span& span) {
  if (value.ends_with('*')) return false;
  const auto number = parse_decimal(value);
  if (!number) return true;
  return (span.at_least && *number < *span.at_least) || (span.below && *number >= *span.below);
}

bool span_excludes(const Condition& spanned, const Condition& listed) {
  return std::any_of(spanned.spans.begin(), spanned.spans.end(), [&](const auto& entry) {
    const auto found = listed.any.find(entry.first);
    if (found == listed.any.end()) return false;
    return std::all_of(found->second.begin(), found->second.end(), [&](const auto& value) {
      return lies_outside(value, entry.second);
    });
  });
}

/// Whether no contribution can meet both.
bool exclude_each_other(const Condition& left, const Condition& right) {
  for (const auto& [field, values] : left.any) {
    const auto found = right.any.find(field);
    if (found == right.any.end() || is_manifold(field)) continue;
    if (!share_a_value(field, values, found->second)) return true;
  }
  for (const auto& [field, span] : left.spans) {
    const auto found = right.spans.find(field);
    if (found == right.spans.end()) continue;
    if (spans_apart(span, found->second) || spans_apart(found->second, span)) return true;
  }
  return span_excludes(left, right) || span_excludes(right, left) ||
         refuses_all_of(left, right) || refuses_all_of(right, left);
}

bool share_contributions(const std::vector<Condition>& left, const std::vector<Condition>& right) {
  if (left.empty() || right.empty()) return true;
  for (const auto& one : left)
    for (const auto& other : right)
      if (!exclude_each_other(one, other)) return true;
  return false;
}

class MethodologyCheck {
 public:
  explicit MethodologyCheck(const Methodology& methodology) : of_(methodology) {}

  std::vector<std::pair<int, std::string>> run() {
    for (const auto& method : of_.methods) check_method(method);
    for (const auto& item : of_.items) check_item(item);
    for (const auto& item : of_.items)
      for (const auto& when : item.when) check_values(item.line, when);
    for (const auto& exclusion : of_.exclusions)
      for (const auto& when : exclusion.when) check_values(exclusion.line, when);
    for (const auto& when : of_.scope) check_values(1, when);
    check_overlaps();
    for (const auto& total : of_.totals) check_total(total);
    return std::move(faults_);
  }

 private:
  void blame(int line, std::string what) { faults_.emplace_back(line, std::move(what)); }
  bool is_counted(const Item& item) const {
    return of_.groups[item.group].kind == GroupKind::counted;
  }

  void check_method(const Method& method) {
    for (std::size_t n = 0; n < method.inputs.size(); ++n) {
      const auto& name = method.formula.names()[n];
      const auto& source = method.inputs[n];
      if (source.quantity.empty() && source.detail.empty() && source.price.empty() &&
          source.convention.empty() && !source.otherwise)
        blame(method.line, "the input '" + name + "' of " + method.id +
                               " has no source: quantity, detail, price, convention or otherwise");
      if (!source.price.empty() && !find_price_series(source.price)) {
        std::string known;
        for (const auto& series : price_series())
          known += (known.empty() ? "" : ", ") + std::string(series.name);
        blame(method.line, "'" + source.price + "' is no series of prices; there are " + known);
      }
      if (!source.convention.empty() && !of_.conventions.contains(source.convention))
        blame(method.line, "the convention '" + source.convention + "' of " + method.id +
                               " is not among `conventions:`");
    }
    check_zeros(method);
  }

  /// Conventions are known: a formula that cannot be computed with them, whatever else is put in,
  /// divides by zero.
  void check_zeros(const Method& method) {
    for (const int other : {1, 2, 3}) {
      std::vector<Ratio> values;
      for (const auto& source : method.inputs) {
        const auto found = of_.conventions.find(source.convention);
        values.push_back(found == of_.conventions.end() ? Ratio(other) : to_ratio(found->second));
      }
      if (method.formula.compute(values)) return;
    }
    blame(method.line, "the formula of " + method.id +
                           " divides by zero with this methodology's conventions: " +
                           method.formula.text());
  }

  void check_item(const Item& item) {
    if (!is_counted(item)) {
      if (item.methods.empty())
        blame(item.line, "the item " + item.code + " needs `method:`, such as M0");
      if (!item.unit.empty())
        blame(item.line, "the item " + item.code + " is money: `unit:` is for counted items");
      return;
    }
    if (!item.methods.empty())
      blame(item.line, "the item " + item.code + " is counted, never valued: leave `method:` out");
    if (item.unit.empty())
      blame(item.line, "the counted item " + item.code + " needs `unit:`, such as person-day");
    if (item.unit == "initiative" || item.unit.empty()) return;
    for (const auto& when : item.when) check_units(item, when);
  }

  void check_units(const Item& item, const Condition& when) {
    const auto units = when.any.find("unit");
    if (units == when.any.end())
      return blame(item.line, "the counted item " + item.code +
                                  " says which units it takes: `when: {unit: ...}`");
    for (const auto& asked : units->second) {
      if (is_unit("USD", asked))
        blame(item.line, "the item " + item.code + " is counted and takes no money");
      if (item.unit == "as-given") continue;
      for (const auto unit : units_meant(asked))
        if (!convert_unit(unit, item.unit, of_.conventions))
          return blame(item.line, "the item " + item.code + " counts " + item.unit + ", and " +
                                      std::string(unit) + " does not convert into it");
    }
  }

  /// Values that no contribution can have are a slip of the pen.
  void check_values(int line, const Condition& when) {
    for (const auto* fields : {&when.any, &when.none})
      for (const auto& [field, values] : *fields)
        for (const auto& value : values)
          if (!value.ends_with('*') && value != "none") check_value(line, field, value);
  }

  void check_value(int line, const std::string& field, const std::string& value) {
    bool known = true;
    registry::ContributionKind kind{};
    registry::Framework framework{};
    if (field == "unit")
      known = is_unit_word(value);
    else if (field == "kind")
      known = boost::describe::enum_from_string(value.c_str(), kind);
    else if (field == "framework")
      known = boost::describe::enum_from_string(value.c_str(), framework);
    else if (field == "provider_in" || field == "recipient_in")
      known = codes::find_grouping(value) != nullptr;
    else if (field == "year")
      known = value.size() == 4 && parse_decimal(value).has_value();
    if (!known)
      blame(line, "'" + value + "' is no " + field + " that a contribution can have" +
                      (field.ends_with("_in") ? "; it takes a grouping's code, such as ldc" : ""));
  }

  void check_overlaps() {
    for (std::size_t i = 0; i < of_.items.size(); ++i)
      for (std::size_t j = i + 1; j < of_.items.size(); ++j) {
        const auto &one = of_.items[i], &other = of_.items[j];
        if (is_counted(one) != is_counted(other)) continue;
        if (one.unit == "initiative" || other.unit == "initiative") continue;
        if (one.otherwise != other.otherwise) continue;
        if (!share_contributions(one.when, other.when)) continue;
        blame(other.line, "a contribution can belong to " + one.code + " (line " +
                              std::to_string(one.line) + ") and to " + other.code +
                              " at once; let one of them refuse what the other takes (`not:`), or "
                              "mark it `otherwise: true`");
      }
  }

  void check_total(const Total& total) {
    std::set<std::string> path{total.code};
    walk(total, total, path);
  }

  void walk(const Total& start, const Total& total, std::set<std::string>& path) {
    for (const auto& code : total.of) {
      const auto group = std::find_if(of_.groups.begin(), of_.groups.end(),
                                      [&](const Group& one) { return one.code == code; });
      const auto* item = of_.find_item(code);
      if (group != of_.groups.end() || item) {
        const auto& kind = item ? of_.groups[item->group].kind : group->kind;
        if (kind == GroupKind::counted)
          blame(start.line, "the total " + start.code + " adds " + code +
                                ", which is counted: counted things are never added to money");
        continue;
      }
      const auto next = std::find_if(of_.totals.begin(), of_.totals.end(),
                                     [&](const Total& one) { return one.code == code; });
      if (next == of_.totals.end()) {
        blame(start.line, "the total " + start.code + " adds '" + code +
                              "', which is no group, item or total");
      } else if (!path.insert(code).second) {
        blame(start.line, "the total " + start.code + " goes in a circle by way of " + code);
        return;
      } else {
        walk(start, *next, path);
        path.erase(code);
      }
    }
  }

  const Methodology& of_;
  std::vector<std::pair<int, std::string>> faults_;
};

}  // namespace

std::vector<std::pair<int, std::string>> check_methodology(const Methodology& methodology) {
  return MethodologyCheck(methodology).run();
}

}  // namespace austral::measurement
