// Reads what rows of every standard have: recipients, channels, sectors, goals, figures.
#include "standards/rows/reading.hpp"

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/organization.hpp"
#include "standards/rows/values.hpp"

namespace austral::rows {

bool in_list(std::string_view list, std::string_view code) {
  return codes::get_list(list).find(code) != nullptr;
}

std::string upper_code(std::string code) {
  for (char& c : code)
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
  return code;
}

void RowReading::add(Severity severity, std::string_view rule, std::size_t column,
                     std::string message) {
  findings_.push_back(
      {severity, standard_ + "." + std::string(rule), place(column), std::move(message)});
}

void RowReading::add_unknown(std::size_t column, std::string_view code, std::string_view list,
                             std::string_view list_words) {
  findings_.push_back(
      unknown_code(standard_ + ".code.unknown", place(column), code, list, list_words));
}

void RowReading::ask_for(std::size_t column, Severity severity) {
  if (value(column).empty())
    add(severity, "value.missing", column,
        "the column '" + std::string(columns_.name(column)) + "' is empty; every row has it in " +
            upper_code(standard_));
}

void RowReading::read_provider(std::size_t code, std::size_t name) {
  if (value(code).empty()) return;
  if (is_known_provider(value(code)))
    value(name).clear();
  else
    add(Severity::warning, "code.unknown", code,
        "'" + value(code) +
            "' is no provider number of the DAC that we know; it is kept as it stands" +
            (value(name).empty() ? "" : ", named " + value(name)));
}

void RowReading::read_recipient(std::size_t column, std::size_t name_column) {
  auto& code = value(column);
  auto& name = value(name_column);
  code = to_code(code);
  if (is_known_recipient(code))
    name.clear();
  else if (code.empty())
    add(Severity::warning, "value.missing", column,
        "the recipient's code is empty" + (name.empty() ? "" : " beside '" + name + "'") +
            "; the amount stands under no recipient");
  else
    add(Severity::warning, "code.unknown", column,
        "'" + code + "' is no recipient number of the DAC that we know; it is kept as it stands" +
            (name.empty() ? "" : ", named " + name));
}

void RowReading::read_channel(std::size_t column, std::size_t name) {
  auto& code = value(column);
  code = to_code(code);
  if (code.empty()) return;
  if (codes::find_organization(code))
    value(name).clear();
  else
    add(Severity::warning, "code.unknown", column,
        "'" + code + "' is not in the list of channels of delivery; it is kept as it stands");
}

void RowReading::read_sector(std::size_t purpose_column, std::size_t purpose_name,
                             std::size_t sector_column, std::size_t sector_name, bool refined) {
  auto& purpose = value(purpose_column);
  auto& sector = value(sector_column);
  purpose = to_code(purpose);
  sector = to_code(sector);
  const bool known = in_list("purpose", refined ? purpose.substr(0, 5) : purpose) &&
                     (purpose.size() == 5 || (refined && purpose.size() == 7));
  if (known)
    value(purpose_name).clear();
  else if (!purpose.empty())
    add_unknown(purpose_column, purpose, "purpose", "CRS purposes");
  if (known && sector == purpose.substr(0, 3)) sector.clear();
  if (sector.empty() ? known : in_list("category", sector))
    value(sector_name).clear();
  else if (!sector.empty())
    add_unknown(sector_column, sector, "category", "DAC sectors of three digits");
}

void RowReading::read_goals(std::size_t goals) {
  const auto all = rows::read_goals(value(goals));
  for (const auto& code : all) {
    const char* list = code.find('.') == std::string::npos ? "goal" : "target";
    if (!in_list(list, code)) add_unknown(goals, code, list, "SDG goals and targets");
  }
  value(goals) = join(all, ";");
}

std::optional<Decimal> RowReading::read_figure(std::size_t column, int power) {
  auto& text = value(column);
  if (text.empty()) return std::nullopt;
  bool rounded = false;
  const auto figure = rows::read_figure(text, &rounded);
  if (!figure || (power > 0 && !times_ten(*figure, power))) {
    add(power > 0 ? Severity::error : Severity::warning, "amount.unreadable", column,
        "'" + shorten(text, 60) +
            "' is no figure that can be held exactly; write digits with a point before the "
            "decimals. It is kept as it stands and not counted");
    return std::nullopt;
  }
  if (rounded)
    add(Severity::remark, "amount.rounded", column,
        "'" + text + "' has more digits than can be held; it is rounded to 12 decimals");
  text = to_string(*figure);
  return figure;
}

bool is_header(const std::vector<std::string>& cells, const Columns& columns, std::size_t number,
               std::size_t provider, std::size_t year) {
  std::size_t known = 0;
  bool has_number = false, has_provider = false, has_year = false;
  for (const auto& cell : cells) {
    const auto column = columns.find(cell);
    if (cell.empty() || column == Columns::none) continue;
    ++known;
    has_number = has_number || column == number;
    has_provider = has_provider || column == provider;
    has_year = has_year || column == year;
  }
  return known >= 5 && has_number && (has_provider || has_year);
}

std::string key_of(const Line& line, std::initializer_list<std::size_t> columns) {
  std::string key;
  for (const auto column : columns) {
    const std::string value = to_code(line.values[column]);
    if (value.empty()) return {};
    key += value + '\n';
  }
  return key;
}

}  // namespace austral::rows
