// Reads data/form/columns.tsv once; codes of every kind of list by code or name.
#include "standards/form/columns.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/tsv.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "codes/unit.hpp"
#include "registry/record.hpp"
#include "standards/mapping/names.hpp"

namespace austral::form {
namespace {

constexpr std::string_view form_languages[] = {"en", "fr", "es", "pt", "ar", "ru", "zh"};

FieldKind kind_of(std::string_view name) {
  return name == "code"      ? FieldKind::code
         : name == "date"    ? FieldKind::date
         : name == "amount"  ? FieldKind::amount
         : name == "number"  ? FieldKind::number
         : name == "details" ? FieldKind::details
                             : FieldKind::text;
}

std::vector<FormSheet> read_sheets() {
  const TsvTable table = read_embedded_table("data/form/columns.tsv");
  const auto at = [&](TsvTable::Row row, std::string_view name) { return row[table.column(name)]; };
  std::vector<FormSheet> sheets;
  for (const auto row : table.rows()) {
    FormColumn column;
    column.sheet = at(row, "sheet");
    column.name = at(row, "name");
    column.path = at(row, "path");
    column.kind = kind_of(at(row, "kind"));
    column.list = at(row, "list");
    column.required = at(row, "need") == "yes";
    column.hidden = at(row, "need") == "hidden";
    for (const auto language : form_languages)
      column.titles.emplace_back(language, at(row, language));
    if (column.name == "*") {
      sheets.push_back({at(row, "sheet"), "", column, {}});
      continue;
    }
    auto& sheet = sheets.back();
    if (const auto mark = column.path.find("[]."); mark != std::string::npos)
      sheet.base = column.path.substr(0, mark);
    sheet.columns.push_back(std::move(column));
  }
  return sheets;
}

template <class Enum>
std::vector<Choice> choices_of_enum() {
  std::vector<Choice> choices;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto one) {
    std::string words = one.name;
    std::replace(words.begin(), words.end(), '_', ' ');
    choices.push_back({one.name, words});
  });
  return choices;
}

std::vector<Choice> bare(std::initializer_list<const char*> codes) {
  std::vector<Choice> choices;
  for (const auto* code : codes) choices.push_back({code, code});
  return choices;
}

std::vector<Choice> own_choices(std::string_view list) {
  if (list == "=function") return choices_of_enum<registry::Function>();
  if (list == "=contribution") return choices_of_enum<registry::ContributionKind>();
  if (list == "=reference") return choices_of_enum<registry::ReferenceKind>();
  if (list == "=place") return bare({"country", "region"});
  return bare({"purpose", "category", "goal", "target", "framework", "marker", "aid-type"});
}

/// The published list behind a column, or nothing.
const codes::CodeList* list_of(std::string_view list, std::string_view scheme) {
  if (list == "@scheme") return codes::find_list(scheme == "aid-type" ? "AidType" : scheme);
  if (list == "@place" || list.empty() || list[0] == '@' || list[0] == '=') return nullptr;
  return codes::find_list(list);
}

/// The name of a code for readers; empty when the list has no such code.
std::string name_of(std::string_view list, std::string_view scheme, const std::string& code,
                    std::string_view language) {
  if (list == "@place" && scheme != "country") return {};
  if (list == "@place" || list == "@country") {
    const auto* country = codes::find_country(code);
    return country && country->alpha2 == code ? codes::country_name(code, language) : "";
  }
  if ((list == "@currency" || list == "@unit") && code.size() == 3) {
    const auto name = codes::currency_name(code, language);
    if (name != code) return name;
  }
  if (list == "@unit") {
    const auto* unit = codes::find_unit(code);
    return unit && unit->code == code ? std::string(label_of(*unit, language)) : "";
  }
  if (const auto* published = list_of(list, scheme))
    if (const auto* found = published->find(code)) return std::string(label_of(*found, language));
  return {};
}

std::optional<std::string> code_named(std::string_view list, std::string_view scheme,
                                      std::string_view words) {
  if (list == "@place") {
    const auto place = mapping::find_place_named(words);
    if (place && place->kind == scheme) return place->code;
    return std::nullopt;
  }
  if (list == "@currency") return mapping::find_currency_named(words);
  if (list == "@unit") {
    if (const auto* unit = codes::find_unit(words)) return std::string(unit->code);
    return mapping::find_currency_named(words);
  }
  if (list_of(list, scheme))
    return mapping::find_code_named(list == "@scheme" && scheme == "aid-type" ? "AidType"
                                    : list == "@scheme"                       ? scheme
                                                                              : list,
                                    words);
  return std::nullopt;
}

bool open_list(std::string_view list) {
  return list == "@language" || list == "@currency" || list == "@unit" || list == "@scheme" ||
         list == "=scheme" || list == "@place";
}

}  // namespace

const FormColumn* FormSheet::find(std::string_view column) const {
  for (const auto& one : columns)
    if (one.name == column) return &one;
  return nullptr;
}

const std::vector<FormSheet>& form_sheets() {
  static const auto sheets = read_sheets();
  return sheets;
}

const FormSheet* find_sheet(std::string_view name) {
  for (const auto& sheet : form_sheets())
    if (sheet.name == name) return &sheet;
  return nullptr;
}

std::string_view title_of(const FormColumn& column, std::string_view language) {
  for (const auto& [lang, title] : column.titles)
    if (lang == language && !title.empty()) return title;
  return column.titles.front().second;
}

std::vector<Choice> choices_of(std::string_view list, std::string_view language) {
  std::vector<Choice> choices;
  if (list.empty() || list == "@scheme" || list == "@language") return choices;
  if (list[0] == '=') return own_choices(list);
  if (list == "@place")
    for (const auto& country : codes::all_countries())
      choices.push_back(
          {std::string(country.alpha2), codes::country_name(country.alpha2, language)});
  if (list == "@currency" || list == "@unit")
    for (const auto& code : {"USD", "EUR", "BRL", "CNY", "INR", "MXN", "RUB", "SAR", "TRY", "ZAR"})
      choices.push_back({code, codes::currency_name(code, language)});
  if (list == "@unit")
    for (const auto& unit : codes::units())
      choices.push_back({std::string(unit.code), std::string(label_of(unit, language))});
  if (const auto* published = list_of(list, ""))
    for (const auto& code : published->all())
      if (!code.withdrawn)
        choices.push_back({std::string(code.code), std::string(label_of(code, language))});
  return choices;
}

CodeReading read_code(std::string_view list, std::string_view scheme, std::string_view cell) {
  const std::string words(trim(cell));
  const auto colon = words.find(':');
  const std::string head(trim(std::string_view(words).substr(0, colon)));
  if (!list.empty() && list[0] == '=') {
    const auto choices = own_choices(list);
    const auto folded = fold(words);
    for (const auto& one : choices)
      if (one.code == head || fold(one.code) == folded || fold(one.label) == folded)
        return {one.code, true};
    return {words, open_list(list)};
  }
  if (!name_of(list, scheme, words, "en").empty()) return {words, true};
  if (colon != std::string::npos && !name_of(list, scheme, head, "en").empty()) return {head, true};
  if (const auto named = code_named(list, scheme, words)) return {*named, true};
  return {words, open_list(list) || list.empty()};
}

std::string show_code(std::string_view list, std::string_view scheme, const std::string& code,
                      std::string_view language) {
  if (!list.empty() && list[0] == '=') return code;
  const auto name = name_of(list, scheme, code, language);
  return name.empty() || name == code ? code : code + ": " + name;
}

}  // namespace austral::form
