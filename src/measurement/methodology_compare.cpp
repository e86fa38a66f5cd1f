// What two methodologies say differently, part by part.
#include <algorithm>

#include "measurement/methodology_store.hpp"
#include "measurement/table_parts.hpp"
#include "measurement/tables.hpp"

namespace austral::measurement {
namespace {

class Comparison {
 public:
  Comparison(const Methodology& left, const Methodology& right) : left_(left), right_(right) {}

  std::vector<MethodologyDifference> run() {
    compare("", "version", left_.version, right_.version);
    compare("", "status", left_.status, right_.status);
    compare("", "title", title(left_.title), title(right_.title));
    compare("", "source", left_.source, right_.source);
    compare("", "currency", left_.currency, right_.currency);
    compare("", "rates", boost::describe::enum_to_string(left_.rates, ""),
            boost::describe::enum_to_string(right_.rates, ""));
    compare("", "price_year", year(left_), year(right_));
    compare("", "kinds", joined_values(left_.kinds), joined_values(right_.kinds));
    compare("scope", "rule", rules_in_words(left_.scope), rules_in_words(right_.scope));
    for (const auto& [name, value] : left_.conventions)
      compare("conventions", name, to_string(value), convention(right_, name));
    for (const auto& [name, value] : right_.conventions)
      if (!left_.conventions.contains(name)) compare("conventions", name, "", to_string(value));
    compare_exclusions();
    compare_items();
    compare_totals();
    return std::move(differences_);
  }

 private:
  static std::string title(const Titles& titles) { return std::string(pick(titles, "en")); }
  static std::string year(const Methodology& of) {
    return of.price_year ? std::to_string(*of.price_year) : "current";
  }
  static std::string convention(const Methodology& of, const std::string& name) {
    const auto found = of.conventions.find(name);
    return found == of.conventions.end() ? "" : to_string(found->second);
  }

  void compare(std::string_view part, std::string_view what, const std::string& left,
               const std::string& right) {
    if (left != right) differences_.push_back({std::string(part), std::string(what), left, right});
  }

  template <class Part>
  static const Part* find(const std::vector<Part>& parts, const std::string& code) {
    const auto found = std::find_if(parts.begin(), parts.end(),
                                    [&](const Part& part) { return part.code == code; });
    return found == parts.end() ? nullptr : &*found;
  }

  template <class Part, class Compare>
  void each(const std::vector<Part>& left, const std::vector<Part>& right,
            const Compare& compare_one) {
    const Part none{};
    for (const auto& one : left) {
      const auto* other = find(right, one.code);
      compare_one(one.code, one, other ? *other : none);
    }
    for (const auto& other : right)
      if (!find(left, other.code)) compare_one(other.code, none, other);
  }

  void compare_exclusions() {
    each(left_.exclusions, right_.exclusions,
         [&](const auto& code, const Exclusion& one, const Exclusion& other) {
           compare(code, "rule", rules_in_words(one.when), rules_in_words(other.when));
           compare(code, "why", title(one.why), title(other.why));
         });
  }

  std::string methods(const Methodology& of, const Item& item) const {
    std::vector<std::string> ids;
    for (const auto method : item.methods)
      ids.push_back(of.methods[method].id + ": " + of.methods[method].formula.text());
    return joined_values(ids);
  }

  void compare_items() {
    each(left_.items, right_.items, [&](const auto& code, const Item& one, const Item& other) {
      const auto group = [](const Methodology& of, const Item& item) {
        return item.code.empty() ? std::string() : of.groups[item.group].code;
      };
      compare(code, "group", group(left_, one), group(right_, other));
      compare(code, "title", title(one.title), title(other.title));
      compare(code, "rule", item_rule_in_words(one), item_rule_in_words(other));
      compare(code, "methods", methods(left_, one), methods(right_, other));
      compare(code, "unit", one.unit, other.unit);
      compare(code, "source", one.source, other.source);
    });
  }

  void compare_totals() {
    each(left_.totals, right_.totals, [&](const auto& code, const Total& one, const Total& other) {
      compare(code, "of", joined_values(one.of), joined_values(other.of));
    });
  }

  const Methodology &left_, &right_;
  std::vector<MethodologyDifference> differences_;
};

}  // namespace

std::vector<MethodologyDifference> compare_methodologies(const Methodology& left,
                                                         const Methodology& right) {
  return Comparison(left, right).run();
}

Table compared_methodologies_table(const Methodology& left, const Methodology& right,
                                   const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  table.name = "methodologies_compared";
  table.title = words.t("measure.compared.title", {{"left", left.name + "@" + left.version},
                                                   {"right", right.name + "@" + right.version}});
  table.definition = words.t("measure.compared.definition");
  table.source = words.t("measure.methodologies.source");
  table.columns = name_columns(words,
                               {{"part", ColumnKind::code},
                                {"what", ColumnKind::text},
                                {"first_says", ColumnKind::text},
                                {"second_says", ColumnKind::text}},
                               "");
  for (const auto& one : compare_methodologies(left, right))
    table.rows.push_back({one.part, one.what, one.left, one.right});
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace austral::measurement
