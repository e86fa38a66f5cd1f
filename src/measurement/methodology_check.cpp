// Faults of a methodology that show only between its parts: rules that two items share, totals in
// circles, units that do not convert, divisors that are zero.
#include <algorithm>
#include <set>

#include "codes/country.hpp"
#include "codes/exchange_rate.hpp"
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
    return std::all_of(found->second.begin(), found->second.end(),
                       [&](const auto& value) { return lies_outside(value, entry.second); });
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
  return span_excludes(left, right) || span_excludes(right, left) || refuses_all_of(left, right) ||
         refuses_all_of(right, left);
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
    const auto quantities =
        std::count_if(method.inputs.begin(), method.inputs.end(),
                      [](const InputSource& input) { return !input.quantity.empty(); });
    if (quantities != 1)
      blame(method.line, "the formula of " + method.id + " has " + std::to_string(quantities) +
                             " inputs with `quantity:`; it takes the contribution once");
    check_zeros(method);
  }

  /// Conventions are known: a formula that cannot be computed with them, whatever else is put in,
  /// divides by zero.
  void check_zeros(const Method& method) {
    for (const int other : {1, 2, 3}) {
      std::vector<Ratio> values;
      for (const auto& source : method.inputs) {
        const auto found = of_.conventions.find(source.convention);
        const bool elsewhere =
            !source.quantity.empty() || !source.detail.empty() || !source.price.empty();
        if (found != of_.conventions.end())
          values.push_back(to_ratio(found->second));
        else if (source.otherwise && !elsewhere)
          values.push_back(to_ratio(*source.otherwise));
        else
          values.push_back(Ratio(other * 7 + int(values.size()) * 3, 5));
      }
      if (method.formula.compute(values)) return;
    }
    blame(method.line,
          "the formula of " + method.id +
              " divides by zero with this methodology's conventions: " + method.formula.text());
  }

  void check_item(const Item& item) {
    if (!is_counted(item)) {
      if (item.methods.empty())
        blame(item.line, "the item " + item.code + " needs `method:`, such as M0");
      if (!item.unit.empty())
        blame(item.line, "the item " + item.code + " is money: `unit:` is for counted items");
      if (!item.by.empty())
        blame(item.line, "the item " + item.code + " is money: `by:` is for counted items");
      return check_methods_fit(item);
    }
    if (!item.methods.empty())
      blame(item.line, "the item " + item.code + " is counted, never valued: leave `method:` out");
    if (item.unit.empty())
      blame(item.line, "the counted item " + item.code + " needs `unit:`, such as person-day");
    if (item.unit == "initiative" || item.unit.empty()) return;
    for (const auto& when : item.when) check_units(item, when);
  }

  bool values(const Method& method, std::string_view unit) const {
    return std::any_of(method.inputs.begin(), method.inputs.end(), [&](const InputSource& input) {
      if (input.quantity == "money" || input.quantity == "goods")
        return is_unit(unit, input.quantity);
      return !input.quantity.empty() &&
             convert_unit(unit, input.quantity, of_.conventions).has_value();
    });
  }

  /// The units that a rule of a valued item takes; money stands for its currencies.
  static std::vector<std::string_view> units_of(const std::string& asked) {
    if (is_unit("USD", asked) || codes::is_currency(asked)) return {"USD"};
    return units_meant(asked);
  }

  /// Units that no method values, and methods that value nothing of what the item takes.
  void check_methods_fit(const Item& item, const Condition& when, std::set<std::size_t>& used) {
    const auto units = when.any.find("unit");
    if (units == when.any.end()) {
      used.insert(item.methods.begin(), item.methods.end());
      return;
    }
    for (const auto& asked : units->second) {
      bool valued = asked.ends_with('*') || asked == "none" || !is_unit_word(asked);
      for (const auto method : item.methods)
        for (const auto unit : units_of(asked))
          if (values(of_.methods[method], unit)) {
            valued = true;
            used.insert(method);
          }
      if (!valued)
        blame(item.line, "the item " + item.code + " takes " + asked +
                             ", which does not convert into what its methods value; add a method, "
                             "or leave that unit out");
    }
  }

  void check_methods_fit(const Item& item) {
    std::set<std::size_t> used;
    if (item.when.empty()) return;
    for (const auto& when : item.when) check_methods_fit(item, when, used);
    for (const auto method : item.methods)
      if (!used.contains(method))
        blame(item.line, "the item " + item.code + " takes nothing that its method " +
                             of_.methods[method].id + " values");
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

  /// Countries by their two letters; organizations have a digit or a hyphen in their identifier.
  static bool can_be_partner(const std::string& value) {
    const bool letters = std::all_of(value.begin(), value.end(), [](unsigned char c) {
      return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    });
    if (!letters) return value.find(' ') == std::string::npos;
    const auto* country = codes::find_country(value);
    return country && country->alpha2 == value;
  }

  void check_value(int line, const std::string& field, const std::string& value) {
    if ((field == "provider" || field == "recipient") && !can_be_partner(value))
      return blame(line, "'" + value + "' is no " + field +
                             "; write a country's two letters, such as BR, or an organization's "
                             "identifier");
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

  /// What comparing every rule with every other takes grows with its square.
  bool is_comparable() {
    std::size_t weight = 0;
    for (const auto& item : of_.items)
      for (const auto& when : item.when)
        for (const auto* fields : {&when.any, &when.none})
          for (const auto& [field, list] : *fields)
            weight += list.size() * (field == "unit" ? 10 : 1);
    if (weight <= 10'000) return true;
    blame(of_.items.back().line,
          "the rules of all items together have too many values to be compared; write fewer, or "
          "`*` for all that begin so");
    return false;
  }

  void check_overlaps() {
    if (!is_comparable()) return;
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
    std::set<std::string> seen;
    std::set<const Item*> added;
    walk(total, total, path, seen, added);
  }

  /// False where the walk ends: in a circle, or at an item that was added before.
  bool add_items(const Total& start, const std::string& code, std::set<const Item*>& added) {
    bool once = true;
    for (const auto& item : of_.items) {
      if (item.code != code && of_.groups[item.group].code != code) continue;
      if (is_counted(item)) {
        blame(start.line, "the total " + start.code + " adds " + code +
                              ", which is counted: counted things are never added to money");
        return false;
      }
      once = added.insert(&item).second && once;
    }
    if (!once) blame(start.line, "the total " + start.code + " adds " + code + " twice");
    return once;
  }

  bool walk(const Total& start, const Total& total, std::set<std::string>& path,
            std::set<std::string>& seen, std::set<const Item*>& added) {
    for (const auto& code : total.of) {
      const bool group = std::any_of(of_.groups.begin(), of_.groups.end(),
                                     [&](const Group& one) { return one.code == code; });
      if (group || of_.find_item(code)) {
        if (!add_items(start, code, added)) return false;
        continue;
      }
      const auto next = std::find_if(of_.totals.begin(), of_.totals.end(),
                                     [&](const Total& one) { return one.code == code; });
      if (next == of_.totals.end()) {
        blame(start.line,
              "the total " + start.code + " adds '" + code + "', which is no group, item or total");
        return false;
      }
      if (!path.insert(code).second) {
        blame(start.line, "the total " + start.code + " goes in a circle by way of " + code);
        return false;
      }
      if (!seen.insert(code).second) {
        blame(start.line, "the total " + start.code + " adds " + code + " twice");
        return false;
      }
      if (!walk(start, *next, path, seen, added)) return false;
      path.erase(code);
    }
    return true;
  }

  const Methodology& of_;
  std::vector<std::pair<int, std::string>> faults_;
};

}  // namespace

std::vector<std::pair<int, std::string>> check_methodology(const Methodology& methodology) {
  return MethodologyCheck(methodology).run();
}

}  // namespace austral::measurement
