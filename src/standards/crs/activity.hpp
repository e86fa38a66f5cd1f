// The CRS in its own words: one row of an activity file, column by column, and its way to a record.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "registry/record.hpp"
#include "standards/rows/row.hpp"

namespace austral::crs {

/// The columns that a record has a word for, by their place in data/crs/columns.tsv; all others are
/// kept as they stand.
/// Source: layout of 2016 (86 columns) and later names (data/crs/SOURCE.md).
enum class Field : std::size_t {
  year = 0,
  provider = 1,
  provider_name = 2,
  agency = 3,
  agency_name = 4,
  crs_id = 5,
  project_number = 6,
  recipient = 8,
  recipient_name = 9,
  flow = 14,
  collaboration = 16,
  finance_type = 18,
  aid_type = 19,
  commitment = 20,
  disbursement = 21,
  commitment_constant = 23,
  disbursement_constant = 24,
  commitment_national = 39,
  disbursement_national = 40,
  short_description = 43,
  title = 44,
  purpose = 45,
  purpose_name = 46,
  sector = 47,
  sector_name = 48,
  channel = 49,
  channel_name = 50,
  channel_as_reported = 51,
  parent_channel = 52,
  planned_start = 54,
  planned_end = 55,
  description = 56,
  gender = 57,
  environment = 58,
  trade = 59,
  governance = 60,
  biodiversity = 65,
  mitigation = 66,
  adaptation = 67,
  desertification = 68,
  child_health = 83,
  goals = 88,
  disaster_risk = 90,
  nutrition = 91,
  disability = 92,
  flow_kind = 97,
  price_base = 98,
  drilldown = 99,
  microdata = 100,
  unit = 101,
  observation = 102,
  base_year = 103,
  status = 104,
  multiplier = 105,
  decimals = 106,
  tied = 107,
  untied = 108,
  partly_untied = 109,
  dataflow = 110,
  first_label = 111,
  last_label = 131
};

/// How many columns an activity file has: the 86 of 2016 and those of later years.
inline constexpr std::size_t published_columns = 97;

/// A marker's column and its code in IATI's PolicyMarker list, which names the same DAC markers.
struct Marker {
  Field field;
  std::string_view code;
};
inline constexpr Marker markers[] = {
    {Field::gender, "1"},         {Field::environment, "2"},     {Field::governance, "3"},
    {Field::trade, "4"},          {Field::biodiversity, "5"},    {Field::mitigation, "6"},
    {Field::adaptation, "7"},     {Field::desertification, "8"}, {Field::child_health, "9"},
    {Field::disaster_risk, "10"}, {Field::disability, "11"},     {Field::nutrition, "12"}};

/// The place of a column.
constexpr std::size_t operator+(Field field) { return std::size_t(field); }

const rows::Columns& columns();

/// One row of the file, its values brought to one form by read_activity(). Units: million USD.
using Activity = rows::Row<Field, columns>;

/// Brings a row's codes, dates and figures to one form and says what is wrong with them. Names
/// beside codes that our lists know are dropped. Doing it twice changes nothing.
Activity read_activity(rows::Line line, Findings& findings);

/// The flow type of IATI's list that a CRS flow belongs to; empty where that is not certain.
/// Source: names of the CRS flows: 11 ODA grants, 13 ODA loans, 14 other official flows without
/// export credits, 19 equity investment of ODA; the rest has the same numbers in both lists.
std::string_view flow_type_of(std::string_view flow);

/// The other way: the CRS flow of a flow type and a type of finance; empty where it is not certain.
/// ODA is 11 given as grants (1xx), 13 as loans (42x), 19 as equity (51x, 52x).
std::string_view flow_of(std::string_view flow_type, std::string_view finance_type);

/// Says the same in the register's words. Shape: the rows of one activity in one year, at least
/// one.
registry::Record to_record(const std::vector<Activity>& rows, Findings& findings);

/// The rows that a record came from; empty for a record that did not come as CRS.
std::vector<Activity> to_activities(const registry::Record& record);

/// What stands between provider and the CRS number in a record's identifier.
inline constexpr std::string_view identifier_mark = "-CRS-";

}  // namespace austral::crs
