// The Data Explorer's SDMX-CSV: one amount a line, brought into the rows of an activity file.
#pragma once

#include <string>
#include <vector>

#include "base/finding.hpp"
#include "standards/crs/activity.hpp"

namespace austral::crs {

/// Whether a row tells one observation of the dataflow instead of an activity's amounts.
bool is_observation(const rows::Line& line);

/// Whether an observation is a sum over activities: said by MD_DIM `_T`, by a total (`_T`) or a
/// group of countries in one of its dimensions, or by having no number of an activity.
/// Source: .Stat Suite on microdata: the drill-down dimension is `DD` for microdata, `_T` for sums.
bool is_aggregate(const rows::Line& line);

/// What observations of one sum have in common.
std::string key_of_aggregate(const rows::Line& line);

/// The rows of one record as an activity file has them: amounts of current prices under
/// usd_commitment and usd_disbursement, of constant prices under the same with `_defl`, in
/// millions; the Data Explorer's codes of areas as DAC numbers. Observations that agree in all
/// else become one row. What is not understood stays as it is and is a finding.
std::vector<rows::Line> fold_observations(std::vector<rows::Line> lines, Findings& findings);

/// Whether a row came from a sum over activities; its number is then made of its dimensions.
bool is_aggregate_row(const Activity& row);

}  // namespace austral::crs
