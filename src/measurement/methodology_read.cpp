// Reads a methodology's YAML; every fault is told, each with its line and what to write instead.
#include <algorithm>
#include <set>

#include "base/digest.hpp"
#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/exchange_rate.hpp"
#include "measurement/conversion.hpp"
#include "measurement/methodology.hpp"
#include "measurement/yaml_words.hpp"
#include "registry/record.hpp"

namespace austral::measurement {
namespace {

constexpr std::string_view methods_path = "data/methodologies/methods.yaml";

const Names root_words = {"methodology", "version", "status",      "title",  "about",
                          "source",      "parent",  "currency",    "rates",  "price_year",
                          "decimals",    "kinds",   "conventions", "scope",  "exclude",
                          "groups",      "items",   "totals",      "methods"};
const Names item_words = {"code", "group", "title",     "status", "source", "note", "when",
                          "unit", "tossd", "otherwise", "method", "by",     "sdmx"};
const Names method_words = {"title", "source", "formula", "inputs", "result"};
const Names input_words = {"quantity", "detail", "price", "key", "at", "convention", "otherwise"};
const Names spans = {"at_least", "below"};

/// Letters, digits, hyphens and points: what may be a name in a command, a file or a formula.
bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= 60 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

class MethodologyReader : YamlWords {
 public:
  Methodology read(std::string_view yaml, std::string_view methods) {
    take_methods(methods);
    const auto root = parse(yaml);
    read_root(root);
    refuse_faults();
    for (auto& [line, what] : check_methodology(result_)) blame_line(line, what);
    refuse_faults();
    result_.text = yaml;
    result_.methods_text = methods;
    result_.digest = to_string(Digester().add(yaml).add(methods).finish());
    return std::move(result_);
  }

 private:
  void read_fields(const YAML::Node& map, bool refused, std::map<std::string, Names>& fields) {
    std::set<std::string> seen;
    for (const auto& entry : map) {
      count(entry.first);
      const auto field = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
      if (!seen.insert(field).second)
        blame(entry.first, "'" + field + "' stands twice in one rule; write a list in brackets");
      if (!refused && (field == "not" || has_name(spans, field))) continue;
      if (!has_name(condition_fields(), field) && !is_detail(field)) {
        blame(entry.first, "'" + field + "' is nothing a rule can ask; there are " +
                               join_names(condition_fields()) +
                               ", detail.NAME, not, at_least, below");
        continue;
      }
      fields[field] = list(entry.second, field);
    }
  }

  static bool is_detail(std::string_view field) {
    return field.starts_with("detail.") && field.size() > std::string_view("detail.").size();
  }

  void read_spans(const YAML::Node& map, bool lower, Condition& condition) {
    for (const auto& entry : map) {
      count(entry.first);
      const auto field = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
      if (field != "year" && !is_detail(field)) {
        blame(entry.first,
              "'" + field + "' has no size; at_least and below take year or detail.NAME");
        continue;
      }
      auto& span = condition.spans[field];
      (lower ? span.at_least : span.below) = number(entry.second, field);
      if (span.at_least && span.below && *span.below <= *span.at_least)
        blame(entry.first, "no " + field + " is at least " + to_string(*span.at_least) +
                               " and below " + to_string(*span.below));
    }
  }

  std::vector<Condition> conditions(const YAML::Node& node) {
    std::vector<Condition> all;
    if (!node.IsSequence()) {
      all.push_back(condition(node));
      return all;
    }
    for (const auto& one : node) all.push_back(condition(one));
    if (all.empty()) blame(node, "`when:` is empty");
    return all;
  }

  Condition condition(const YAML::Node& node) {
    Condition result;
    if (!is_map(node, "`when:`")) return result;
    if (node.size() == 0) blame(node, "`when:` is empty");
    for (const auto& entry : node) {
      const auto word = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
      if (word == "not") {
        if (is_map(entry.second, "`not:`")) read_fields(entry.second, true, result.none);
      } else if (has_name(spans, word)) {
        if (is_map(entry.second, "`" + word + ":`"))
          read_spans(entry.second, word == "at_least", result);
      }
    }
    read_fields(node, false, result.any);
    return result;
  }

  void read_root(const YAML::Node& root) {
    check_words(root, root_words, "a methodology");
    result_.name = text(root, "methodology", true);
    if (!result_.name.empty() && !is_plain_name(result_.name))
      blame(root["methodology"], "a methodology's name has letters, digits and hyphens alone");
    result_.version = text(root, "version", true);
    result_.status = text(root, "status", true);
    if (!has_name({"official", "draft", "national"}, result_.status) && !result_.status.empty())
      blame(root["status"], "'" + result_.status +
                                "' is no status; there are official, draft, "
                                "national");
    result_.title = titles(root, "title", true);
    result_.about = titles(root, "about", false);
    result_.source = text(root, "source", true);
    result_.parent = text(root, "parent");
    read_money(root);
    if (root["kinds"]) result_.kinds = list(root["kinds"], "kinds");
    if (result_.kinds.empty()) result_.kinds = {"disbursement", "expenditure"};
    for (const auto& kind : result_.kinds) check_kind(root["kinds"], kind);
    if (const auto scope = root["scope"]; scope && is_map(scope, "`scope:`")) {
      check_words(scope, {"when", "why"}, "a scope");
      if (scope["when"]) result_.scope = conditions(scope["when"]);
      result_.scope_why = titles(scope, "why", true);
    }
    for_each(root, "exclude", [&](const YAML::Node& node) { read_exclusion(node); });
    for_each(root, "groups", [&](const YAML::Node& node) { read_group(node); });
    if (const auto methods = root["methods"]; methods && is_map(methods, "`methods:`"))
      read_methods(methods);
    for_each(root, "items", [&](const YAML::Node& node) { read_item(node); });
    for_each(root, "totals", [&](const YAML::Node& node) { read_total(node); });
    if (result_.groups.empty()) blame(root, "`groups:` is missing: a methodology has at least one");
    if (result_.items.empty()) blame(root, "`items:` is missing: a methodology has at least one");
  }

  void check_kind(const YAML::Node& node, const std::string& kind) {
    registry::ContributionKind known{};
    if (boost::describe::enum_from_string(kind.c_str(), known)) return;
    Names all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<registry::ContributionKind>>(
        [&](auto one) { all.emplace_back(one.name); });
    blame(node, "'" + kind + "' is no kind of contribution; there are " + join_names(all));
  }

  void read_money(const YAML::Node& root) {
    if (const auto currency = text(root, "currency"); !currency.empty()) {
      result_.currency = currency;
      if (!codes::is_currency(currency))
        blame(root["currency"], "'" + currency + "' is no currency of ISO 4217, such as USD");
    }
    if (const auto rates = text(root, "rates"); !rates.empty())
      if (!boost::describe::enum_from_string(rates.c_str(), result_.rates))
        blame(root["rates"], "'" + rates +
                                 "' is no way to take rates; there are annual, monthly, "
                                 "own (imported as prices exchange_rate)");
    if (const auto year = text(root, "price_year"); !year.empty() && year != "current") {
      result_.price_year = whole_number(root["price_year"], "price_year", 1900, 2200);
    }
    if (root["decimals"])
      result_.decimals = whole_number(root["decimals"], "decimals", 0, 6).value_or(2);
    read_conventions(root);
  }

  void read_conventions(const YAML::Node& root) {
    const auto conventions = root["conventions"];
    if (!conventions || !is_map(conventions, "`conventions:`")) return;
    for (const auto& entry : conventions)
      if (entry.first.IsScalar())
        if (const auto value = number(entry.second, entry.first.Scalar()))
          result_.conventions[entry.first.Scalar()] = *value;
  }

  template <class Read>
  void for_each(const YAML::Node& root, const char* word, const Read& read) {
    const auto list = root[word];
    if (!list) return;
    count(list);
    if (!list.IsSequence()) return blame(list, std::string("`") + word + ":` is a list of `- ...`");
    for (const auto& node : list)
      if (is_map(node, std::string("each of `") + word + ":`")) read(node);
  }

  void read_exclusion(const YAML::Node& node) {
    check_words(node, {"code", "when", "why"}, "an exclusion");
    Exclusion one;
    one.line = line_of(node);
    one.code = text(node, "code", true);
    if (!one.code.empty() && !exclusions_.insert(one.code).second)
      blame(node, "the exclusion '" + one.code + "' stands twice; give each its own code");
    one.why = titles(node, "why", true);
    if (node["when"]) one.when = conditions(node["when"]);
    if (!node["when"]) blame(node, "an exclusion says what it excludes: `when:`");
    result_.exclusions.push_back(std::move(one));
  }

  void read_group(const YAML::Node& node) {
    check_words(node, {"code", "kind", "title"}, "a group");
    Group one;
    one.line = line_of(node);
    one.code = text(node, "code", true);
    one.title = titles(node, "title", true);
    const auto kind = text(node, "kind", true);
    if (!kind.empty() && !boost::describe::enum_from_string(kind.c_str(), one.kind))
      blame(node["kind"],
            "'" + kind + "' is no kind of group; there are monetary, monetised, counted");
    claim(one.code, node);
    result_.groups.push_back(std::move(one));
  }

  /// Groups, items and totals share one list of codes.
  void claim(const std::string& code, const YAML::Node& node) {
    if (!code.empty() && !codes_.insert(code).second)
      blame(node, "the code '" + code + "' is taken; every group, item and total has its own");
  }

  void read_item(const YAML::Node& node) {
    check_words(node, item_words, "an item");
    Item one;
    one.line = line_of(node);
    one.code = text(node, "code", true);
    claim(one.code, node);
    one.title = titles(node, "title", true);
    one.status = text(node, "status");
    one.source = text(node, "source");
    one.note = text(node, "note");
    one.unit = text(node, "unit");
    if (!one.status.empty() && one.status != "confirmed" && one.status != "draft")
      blame(node["status"], "an item's `status:` is confirmed or draft");
    read_tossd(node, one);
    one.otherwise = truth(node, "otherwise");
    one.by = text(node, "by");
    one.sdmx = text(node, "sdmx");
    if (node["when"]) one.when = conditions(node["when"]);
    if (one.when.empty() && !one.otherwise && one.unit != "initiative")
      blame(node, "the item " + one.code +
                      " says nothing of what belongs to it: `when:` or "
                      "`otherwise: true`");
    const auto group = text(node, "group", true);
    const auto found = std::find_if(result_.groups.begin(), result_.groups.end(),
                                    [&](const Group& known) { return known.code == group; });
    if (found == result_.groups.end())
      blame(node["group"] ? node["group"] : node, "there is no group '" + group + "' above");
    else
      one.group = std::size_t(found - result_.groups.begin());
    read_item_methods(node, one);
    result_.items.push_back(std::move(one));
  }

  void read_tossd(const YAML::Node& node, Item& item) {
    if (!node["tossd"]) return;
    item.tossd = list(node["tossd"], "tossd");
    const auto* known = codes::find_list("tossd-modality");
    for (const auto& code : item.tossd)
      if (!known->find(code))
        blame(node["tossd"], "'" + code + "' is no modality of TOSSD, such as D011");
  }

  void read_item_methods(const YAML::Node& node, Item& item) {
    if (!node["method"]) return;
    for (const auto& id : list(node["method"], "method")) {
      const auto found = std::find_if(result_.methods.begin(), result_.methods.end(),
                                      [&](const Method& method) { return method.id == id; });
      if (found != result_.methods.end()) {
        item.methods.push_back(std::size_t(found - result_.methods.begin()));
        continue;
      }
      Names known;
      for (const auto& method : result_.methods) known.push_back(method.id);
      blame(node["method"], "there is no method '" + id + "'; there are " + join_names(known));
    }
  }

  void read_total(const YAML::Node& node) {
    check_words(node, {"code", "title", "of"}, "a total");
    Total one;
    one.line = line_of(node);
    one.code = text(node, "code", true);
    claim(one.code, node);
    one.title = titles(node, "title", true);
    if (node["of"])
      one.of = list(node["of"], "of");
    else
      blame(node, "a total says what it adds up: `of: [A, B]`");
    result_.totals.push_back(std::move(one));
  }

  void take_methods(std::string_view yaml) {
    const auto root = parse(yaml);
    for (const auto& entry : root["conventions"])
      if (const auto value = number(entry.second, "conventions"))
        result_.conventions[entry.first.Scalar()] = *value;
    read_methods(root["methods"]);
    refuse_faults();
  }

  void read_methods(const YAML::Node& methods) {
    for (const auto& entry : methods) {
      count(entry.first);
      Method one;
      one.line = line_of(entry.first);
      one.id = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
      for (const auto& known : result_.methods)
        if (known.id == one.id)
          blame(entry.first, "the method " + one.id + " is there already; give yours another name");
      if (!is_plain_name(one.id))
        blame(entry.first, "a method's name has letters, digits and hyphens alone, such as M8");
      if (!is_map(entry.second, "a method")) continue;
      check_words(entry.second, method_words, "a method");
      one.title = titles(entry.second, "title", true);
      one.source = text(entry.second, "source");
      const auto result = text(entry.second, "result");
      one.ppp = result == "ppp";
      if (!result.empty() && result != "ppp" && result != "currency")
        blame(entry.second["result"], "`result:` is currency or ppp");
      const auto formula = text(entry.second, "formula", true);
      try {
        if (!formula.empty()) one.formula = Formula(formula);
      } catch (const Error& error) {
        blame(entry.second["formula"], error.what());
        continue;
      }
      read_inputs(entry.second, one);
      result_.methods.push_back(std::move(one));
    }
  }

  void read_inputs(const YAML::Node& node, Method& method) {
    const auto inputs = node["inputs"];
    if (!inputs || !is_map(inputs, "`inputs:`")) {
      if (!inputs) blame(node, "`inputs:` is missing: where each name of the formula comes from");
      return;
    }
    for (const auto& entry : inputs)
      if (entry.first.IsScalar() && !has_name(method.formula.names(), entry.first.Scalar()))
        blame(entry.first,
              "the formula of " + method.id + " has no '" + entry.first.Scalar() + "'");
    for (const auto& name : method.formula.names()) {
      InputSource source;
      if (const auto one = inputs[name]; one && is_map(one, "an input")) {
        check_words(one, input_words, "an input");
        source.quantity = text(one, "quantity");
        source.detail = text(one, "detail");
        source.price = text(one, "price");
        source.key = text(one, "key");
        source.at = text(one, "at");
        source.convention = text(one, "convention");
        if (!source.quantity.empty() && !is_unit_word(source.quantity))
          blame(one, "'" + source.quantity +
                         "' is no quantity; there are money, goods, and units "
                         "such as person-day or TNE");
        if (!source.at.empty() && source.at != "provider" && source.at != "recipient")
          blame(one, "`at:` is provider or recipient");
        if (one["otherwise"]) source.otherwise = number(one["otherwise"], "otherwise");
      } else if (!one) {
        blame(inputs, "`" + name + ":` of the formula is missing among the inputs");
      }
      method.inputs.push_back(std::move(source));
    }
  }

  Methodology result_;
  std::set<std::string> codes_, exclusions_;
};

}  // namespace

Methodology read_methodology(std::string_view yaml) {
  return read_methodology(yaml, get_embedded_file(methods_path));
}

Methodology read_methodology(std::string_view yaml, std::string_view methods) {
  return MethodologyReader().read(yaml, methods);
}

}  // namespace austral::measurement
