// TOSSD in its own words: one row of the published activity file, column by column, and its way
// to a record and back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "registry/record.hpp"
#include "standards/rows/row.hpp"

namespace austral::tossd {

/// The columns in their published order (data/tossd/columns.tsv), then those that we add.
/// Source: schema of the published files 2019-2024 (data/tossd/SOURCE.md).
enum class Field : std::size_t {
  year,
  provider,
  provider_name,
  agency_name,
  tossd_id,
  project_number,
  recipient,
  recipient_name,
  region_name,
  channel_as_reported,
  channel,
  parent_channel,
  parent_channel_name,
  other_partners,
  channel_name,
  instrument,
  instrument_name,
  arrangement,
  arrangement_name,
  framework,
  framework_name,
  modality,
  modality_name,
  title,
  external_link,
  sdg_focus,
  sdg_explanation,
  keywords,
  purpose,
  purpose_name,
  sector_name,
  sector,
  isic,
  isic_name,
  isic_section,
  isic_section_name,
  description,
  pillar,
  sub_pillar,
  commitment,
  commitment_constant,
  disbursement,
  disbursement_constant,
  reflow,
  reflow_constant,
  salary_cost,
  concessionality,
  maturity,
  mobilisation,
  mobilised,
  mobilised_constant,
  mobilised_origin,
  source_name,
  currency,
  commitment_national,
  disbursement_national,
  reflow_national,
  base_year,
  count
};

/// The place of a column.
constexpr std::size_t operator+(Field field) { return std::size_t(field); }

const rows::Columns& columns();

/// One row of the file, its values brought to one form by read_activity(). Units: thousand USD,
/// `_national`: thousand units of `currency`, `_constant`: thousand USD at prices of `base_year`.
class Activity : public rows::Row<Field, columns> {
 public:
  using Row::Row;
  bool is_aggregate() const { return (*this)[Field::provider] == "0"; }
};

/// Brings a row's codes, lists and figures to one form and says what is wrong with them: codes that
/// no list has, figures that are none, columns of the contract left empty. Names beside codes that
/// our lists know are dropped: they are made again from the lists. Doing it twice changes nothing.
Activity read_activity(rows::Line line, Findings& findings);

/// Says the same in the register's words. Shape: the rows of one activity in one year, at least
/// one.
registry::Record to_record(const std::vector<Activity>& rows, Findings& findings);

/// The rows that a record came from; empty for a record that did not come as TOSSD.
std::vector<Activity> to_activities(const registry::Record& record);

/// What stands between provider and TOSSD's number in a record's identifier.
inline constexpr std::string_view identifier_mark = "-TOSSD-";

/// The amount in national currency in thousand USD at the average rate of the year; empty when
/// there is none or no rate is published.
std::string to_thousand_usd(std::string_view thousand_national, std::string_view currency,
                            std::string_view year);

}  // namespace austral::tossd
