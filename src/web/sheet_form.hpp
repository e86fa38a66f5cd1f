// What a person chose on the page of a sheet, and the mapping that comes of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "standards/mapping/propose.hpp"
#include "web/http.hpp"

namespace austral::web {

/// A sheet as it was understood before anybody corrected anything.
struct SheetReading {
  std::vector<std::string> members;  ///< tables of an archive, to choose from
  std::string member;
  std::vector<sheet::SheetInfo> sheets;
  std::string sheet;
  std::vector<mapping::KnownMapping> fitting;  ///< wholly, best first
  std::string base;                            ///< name of one of them; empty: the proposal
  mapping::Proposal proposal;
};

/// A fault of a mapping at the form's field where it is mended; empty where it is none's.
struct SheetFault {
  std::string at, text;
};

/// What comes of a reading and the corrections of a person.
struct CorrectedMapping {
  mapping::Mapping mapping;
  std::vector<SheetFault> faults;
  std::string typed;         ///< the mapping's text as a person wrote it; empty: made from fields
  bool placeholder = false;  ///< who reports is not known: it can be tried and not imported
};

/// The form's fields are `name`, `language`, `publisher`, `provider_country`, `currency`, `prefix`
/// and for each column, by its number, `fN` (field), `wN` (the field that the following are for),
/// `kN` (kind of money), `oN` (form), `vN` (words and meanings, a line each). `based` names what
/// they correct: choices for another base are left. `yaml` with `use_yaml` is a whole mapping in
/// place of the fields; as `kept` it is what later fields correct. `fill` are columns, parted by ;.
CorrectedMapping correct_mapping(const SheetReading& reading, const Fields& choices);

/// A test in words, as mappings write it: `Counted is yes`.
std::string describe_condition(const mapping::Condition& condition);

/// What `based` must be for the form to hold.
std::string base_mark(const SheetReading& reading);
std::optional<std::string> find_choice(const Fields& choices, std::string_view name);

/// The rule that takes a column; nullptr where none does.
const mapping::FieldRule* find_rule(const mapping::Mapping& mapping, const std::string& header);
/// The rule of a field without a column; nullptr where there is none.
const mapping::FieldRule* find_constant(const mapping::Mapping& mapping, std::string_view field,
                                        std::size_t item);
/// Whether a field comes from a column.
bool comes_from_column(const mapping::Mapping& mapping, std::string_view field);
/// `amount 2`.
std::string label_of(const mapping::FieldRule& rule);
/// Whether one rule takes several columns of years, this one among them.
bool is_year_of(const mapping::FieldRule& rule, const std::string& header);

/// The reference that stands where who reports is not known yet.
inline constexpr std::string_view unknown_publisher = "XX-GOV-YOURS";

}  // namespace austral::web
