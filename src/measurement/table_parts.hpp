// What the tables of measurement share: cells, heads, columns by their words.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/catalogue.hpp"
#include "base/table.hpp"
#include "measurement/measure.hpp"

namespace austral::measurement {

Cell amount_cell(const Amount& amount, int digits);
Cell quantity_cell(const Amount& amount);  ///< as many decimals as it has, four at most

/// Title, definition, source, revision and the notes that every answer carries. Its words:
/// `measure.NAME.definition`.
void head_table(Table& table, const std::string& name, const Answer& answer, const Language& words);

/// Columns with their words `measure.column.NAME` and `.what`; money is in `currency`.
std::vector<Column> name_columns(const Language& words,
                                 const std::vector<std::pair<std::string, ColumnKind>>& shapes,
                                 const std::string& currency);

/// The code by which a reason is asked for: an exclusion's own, or the reason's.
std::string reason_code(const Answer& answer, LeftOut why, std::uint16_t rule);

/// `A | B`.
std::string joined_values(const std::vector<std::string>& values);
/// Conditions in words: `unit = money; modality not F* OR unit = goods`.
std::string rules_in_words(const std::vector<Condition>& any);
std::string item_rule_in_words(const Item& item);

/// A unit as people call it: a currency's code, or the label of a unit.
std::string unit_label(const std::string& unit, const std::string& language);

}  // namespace austral::measurement
