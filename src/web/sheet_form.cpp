// Corrects a mapping column by column and says at which field of the form each fault is mended.
#include "web/sheet_form.hpp"

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/mapping/mapping_check.hpp"
#include "standards/mapping/rows.hpp"

namespace austral::web {
namespace {

using mapping::FieldRule;
using mapping::Mapping;
using mapping::Reads;

/// All rules of a mapping, those of its tables too.
template <class Visit>
void for_all_rules(Mapping& all, Visit visit) {
  for (auto& rule : all.fields) visit(rule);
  for (auto& table : all.tables)
    for (auto& rule : table.fields) visit(rule);
}

template <class Wanted>
FieldRule* find_where(Mapping& all, Wanted wanted) {
  FieldRule* found = nullptr;
  for_all_rules(all, [&](FieldRule& rule) {
    if (!found && wanted(rule)) found = &rule;
  });
  return found;
}

template <class Unwanted>
void drop_where(Mapping& all, Unwanted unwanted) {
  std::erase_if(all.fields, unwanted);
  for (auto& table : all.tables) std::erase_if(table.fields, unwanted);
}

bool takes(const FieldRule& rule, const std::string& header) {
  return std::any_of(rule.columns.begin(), rule.columns.end(), [&](const std::string& column) {
    return mapping::fold_header(column) == mapping::fold_header(header);
  });
}

FieldRule* find_taking(Mapping& all, const std::string& header) {
  if (auto* rule = find_where(all, [&](const FieldRule& one) { return takes(one, header); }))
    return rule;
  return find_where(all, [&](const FieldRule& one) { return is_year_of(one, header); });
}

/// `amount 2` as a field and its number. 0: no number was given.
std::pair<std::string, std::size_t> read_label(std::string_view label) {
  const auto space = label.rfind(' ');
  std::size_t item = 0;
  if (space != std::string_view::npos)
    std::from_chars(label.data() + space + 1, label.data() + label.size(), item);
  return {std::string(item > 0 ? label.substr(0, space) : label), item};
}

/// Changes a mapping as a form says.
class Corrector {
 public:
  Corrector(const SheetReading& reading, const Fields& choices, CorrectedMapping& out)
      : reading_(reading), choices_(choices), out_(out), all_(out.mapping) {}

  void correct() {
    const auto& columns = reading_.proposal.columns;
    for (std::size_t i = 0; i < columns.size(); ++i) choose_field(i, columns[i]);
    for (std::size_t i = 0; i < columns.size(); ++i) choose_details(i, columns[i].facts.header);
    if (const auto name = find_choice(choices_, "name")) all_.name = trim(*name);
    if (const auto language = find_choice(choices_, "language")) all_.language = trim(*language);
    for (const auto* field : {"publisher", "provider_country"})
      if (const auto value = find_choice(choices_, field)) set_constant(field, 1, trim(*value));
    if (const auto value = find_choice(choices_, "currency"))
      set_currency(std::string(trim(*value)));
    if (const auto value = find_choice(choices_, "fill")) set_fill(*value);
    if (const auto value = find_choice(choices_, "prefix"))
      for_all_rules(all_, [&](FieldRule& rule) {
        if (rule.field == "identifier") rule.prefix = trim(*value);
      });
  }

 private:
  void choose_field(std::size_t i, const mapping::ColumnProposal& column) {
    const auto chosen = find_choice(choices_, "f" + std::to_string(i));
    if (!chosen) return;
    const auto& header = column.facts.header;
    const auto* rule = find_taking(all_, header);
    if (*chosen == (rule ? label_of(*rule) : "")) return;
    const auto [field, item] = read_label(*chosen);
    if (!field.empty() && !mapping::find_field(field)) {
      const auto near = mapping::nearest_word(field, mapping::field_names());
      out_.faults.push_back(
          {"f" + std::to_string(i),
           "'" + field + "' is no field" + (near.empty() ? "" : "; do you mean '" + near + "'?")});
      return;
    }
    detach(header);
    if (!field.empty()) attach(field, item, column);
  }

  void detach(const std::string& header) {
    for_all_rules(all_, [&](FieldRule& rule) {
      std::erase_if(rule.columns, [&](const std::string& one) {
        return mapping::fold_header(one) == mapping::fold_header(header) ||
               mapping::match_year(one, header).has_value();
      });
      if (rule.columns.size() == 1 && !rule.join.empty()) rule.join.clear();
    });
    drop_where(all_,
               [](const FieldRule& rule) { return rule.columns.empty() && rule.value.empty(); });
    // What was said of an amount goes with it.
    drop_where(all_, [this](const FieldRule& rule) {
      const bool of_amount = rule.field == "kind" || rule.field == "currency";
      return of_amount && rule.columns.empty() && !has("amount", rule.item);
    });
  }

  bool has(std::string_view field, std::size_t item) {
    return find_where(
        all_, [&](const FieldRule& rule) { return rule.field == field && rule.item == item; });
  }

  void attach(const std::string& name, std::size_t item, const mapping::ColumnProposal& column) {
    const auto& field = *mapping::find_field(name);
    if (field.group == mapping::Group::record) {
      auto* other = find_where(all_, [&](const FieldRule& rule) { return rule.field == name; });
      if (other) {  // a further column of the same: an identifier is all of them together
        if (other->value == unknown_publisher) other->value.clear();
        other->columns.push_back(column.facts.header);
        if (name == "identifier" && other->columns.size() > 1) {
          other->join = "-";
          other->form = "hash";
        }
        return;
      }
    }
    FieldRule rule;
    if (column.rule.field == name) rule = column.rule;
    rule.field = name;
    rule.item = std::max<std::size_t>(item, 1);
    if (rule.columns.empty()) rule.columns = {column.facts.header};
    if (field.reads == Reads::place || field.reads == Reads::country)
      rule.split = column.facts.split;
    const auto taken = [&](const FieldRule& one) {
      return one.field == name && one.item == rule.item && !one.columns.empty();
    };
    while (item == 0 && find_where(all_, taken)) ++rule.item;
    add(rule);
    if (name == "amount" && !has("kind", rule.item)) set_constant("kind", rule.item, "commitment");
  }

  void add(FieldRule rule) {
    if (all_.tables.empty()) all_.tables.emplace_back();
    all_.tables.front().fields.push_back(std::move(rule));
  }

  void choose_details(std::size_t i, const std::string& header) {
    auto* rule = find_taking(all_, header);
    const auto number = std::to_string(i);
    const auto meant_for = find_choice(choices_, "w" + number);
    if (!rule || !meant_for || read_label(*meant_for).first != rule->field) return;
    if (const auto form = find_choice(choices_, "o" + number)) rule->form = trim(*form);
    if (const auto words = find_choice(choices_, "v" + number)) rule->values = read_words(*words);
    const auto kind = find_choice(choices_, "k" + number);
    if (kind && rule->field == "amount") set_constant("kind", rule->item, *kind);
  }

  static std::vector<std::pair<std::string, std::string>> read_words(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> words;
    for (const auto line : split(text, '\n')) {
      const auto sign = line.rfind('=');
      const auto word = trim(line.substr(0, sign));
      if (word.empty() || sign == std::string_view::npos) continue;
      words.emplace_back(word, trim(line.substr(sign + 1)));
    }
    return words;
  }

  /// A field that comes from a column keeps it; an empty value takes the constant away.
  void set_constant(std::string_view field, std::size_t item, std::string_view value) {
    auto* rule = find_where(
        all_, [&](const FieldRule& one) { return one.field == field && one.item == item; });
    if (rule && !rule->columns.empty()) return;
    if (rule) {
      rule->value = value;
    } else if (!value.empty()) {
      FieldRule fresh;
      fresh.field = field;
      fresh.item = item;
      fresh.value = value;
      add(std::move(fresh));
    }
    drop_where(all_, [](const FieldRule& one) { return one.columns.empty() && one.value.empty(); });
  }

  /// Of a mapping with several tables each has its own, which the page leaves alone.
  void set_fill(const std::string& value) {
    if (all_.tables.size() != 1) return;
    auto& fill = all_.tables.front().fill;
    fill.clear();
    for (const auto name : split(value, ';')) {
      const std::string column(trim(name));
      if (column.empty()) continue;
      std::vector<std::string> headers;
      for (const auto& one : reading_.proposal.columns) headers.push_back(one.facts.header);
      const bool known = std::any_of(headers.begin(), headers.end(), [&](const auto& header) {
        return mapping::fold_header(header) == mapping::fold_header(column);
      });
      if (!known) {
        const auto near = mapping::nearest_word(column, headers);
        out_.faults.push_back({"fill", "there is no column '" + column + "'" +
                                           (near.empty() ? "" : "; do you mean '" + near + "'?")});
      }
      fill.push_back(column);
    }
  }

  void set_currency(const std::string& value) {
    std::vector<std::size_t> items;
    for_all_rules(all_, [&](const FieldRule& rule) {
      if (rule.field == "amount" && !has("unit", rule.item)) items.push_back(rule.item);
    });
    for (const auto item : items) set_constant("currency", item, value);
  }

  const SheetReading& reading_;
  const Fields& choices_;
  CorrectedMapping& out_;
  Mapping& all_;
};

/// The form's field at which a rule's faults are mended.
std::string place_of(const SheetReading& reading, const FieldRule& rule) {
  const auto& columns = reading.proposal.columns;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (takes(rule, columns[i].facts.header) || is_year_of(rule, columns[i].facts.header))
      return "f" + std::to_string(i);
  for (const auto* constant : {"publisher", "provider_country", "currency"})
    if (rule.field == constant) return constant;
  return {};
}

void check_corrected(const SheetReading& reading, CorrectedMapping& out) {
  for_all_rules(out.mapping, [&](const FieldRule& rule) {
    if (!mapping::find_field(rule.field)) return;
    for (auto& fault : mapping::check_rule(rule))
      out.faults.push_back({place_of(reading, rule), std::move(fault)});
  });
  if (!out.faults.empty()) return;
  for (auto& fault : mapping::check_whole(out.mapping)) {
    const bool name = fault.starts_with("a mapping needs a name");
    const bool who = fault.find("`publisher:") != std::string::npos;
    out.faults.push_back({name ? "name" : who ? "publisher" : "", std::move(fault)});
  }
}

}  // namespace

std::string base_mark(const SheetReading& reading) {
  return reading.base + "/" + reading.sheet + "/" + reading.member;
}

std::optional<std::string> find_choice(const Fields& choices, std::string_view name) {
  for (const auto& [key, value] : choices)
    if (key == name) return value;
  return std::nullopt;
}

bool is_year_of(const FieldRule& rule, const std::string& header) {
  return std::any_of(rule.columns.begin(), rule.columns.end(), [&](const std::string& column) {
    return column.find(mapping::year_mark) != std::string::npos &&
           mapping::match_year(column, header);
  });
}

const FieldRule* find_rule(const Mapping& mapping, const std::string& header) {
  return find_taking(const_cast<Mapping&>(mapping), header);
}

const FieldRule* find_constant(const Mapping& mapping, std::string_view field, std::size_t item) {
  return find_where(const_cast<Mapping&>(mapping), [&](const FieldRule& rule) {
    return rule.field == field && rule.columns.empty() && (item == 0 || rule.item == item);
  });
}

bool comes_from_column(const Mapping& mapping, std::string_view field) {
  return find_where(const_cast<Mapping&>(mapping), [&](const FieldRule& rule) {
    return rule.field == field && !rule.columns.empty();
  });
}

std::string label_of(const FieldRule& rule) {
  return rule.field + (rule.item > 1 ? " " + std::to_string(rule.item) : "");
}

std::string describe_condition(const mapping::Condition& condition) {
  std::string text =
      "'" + condition.column + "' " + boost::describe::enum_to_string(condition.test, "?");
  for (std::size_t i = 0; i < condition.words.size(); ++i)
    text += (i == 0 ? " '" : ", '") + condition.words[i] + "'";
  return text;
}

/// Takes a mapping that a person wrote. False: there is none, or its faults are told.
static bool take_text(const std::optional<std::string>& text, CorrectedMapping& out) {
  if (!text || trim(*text).empty()) return false;
  try {
    out.mapping = mapping::read_mapping(*text);
    out.typed = *text;
    return true;
  } catch (const Error& error) {
    const std::string faults = error.what();
    for (const auto line : split(faults, '\n')) out.faults.push_back({"yaml", std::string(line)});
    return false;
  }
}

CorrectedMapping correct_mapping(const SheetReading& reading, const Fields& choices) {
  CorrectedMapping out;
  out.mapping = reading.proposal.mapping;
  for (const auto& known : reading.fitting)
    if (known.mapping->name == reading.base) out.mapping = *known.mapping;
  const bool in_place = find_choice(choices, "based") == base_mark(reading);
  const bool text_sent = in_place && find_choice(choices, "use_yaml").has_value();
  if (text_sent) take_text(find_choice(choices, "yaml"), out);
  if (!out.faults.empty()) return out;
  if (in_place && !text_sent) {
    take_text(find_choice(choices, "kept"), out);
    Corrector(reading, choices, out).correct();
  }
  // The mapping can be tried while nobody has said who reports.
  const auto reports =
      find_where(out.mapping, [](const FieldRule& rule) { return rule.field == "publisher"; });
  if (!reports || reports->value == unknown_publisher) {
    out.placeholder = true;
    if (!reports) {
      FieldRule rule;
      rule.field = "publisher";
      rule.value = unknown_publisher;
      if (out.mapping.tables.empty()) out.mapping.tables.emplace_back();
      auto& fields = out.mapping.tables.front().fields;
      fields.insert(fields.begin(), std::move(rule));
    }
  }
  check_corrected(reading, out);
  return out;
}

}  // namespace austral::web
