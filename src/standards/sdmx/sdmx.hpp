// SDMX: measured figures as SDMX-CSV and as a structure-specific SDMX-ML message, with the fifteen
// key dimensions of the SDG data structure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "measurement/measure.hpp"

namespace austral::sdmx {

/// The key of a series. Unused dimensions are `_T`.
/// Source: data structure SDG of the agency IAEG-SDGs, 15 key dimensions in this order.
struct SeriesKey {
  std::string freq = "A", reporting_type = "N", series, ref_area;
  std::string sex = "_T", age = "_T", urbanisation = "_T", income_wealth_quantile = "_T",
              education_lev = "_T", occupation = "_T", cust_breakdown = "_T",
              composite_breakdown = "_T", disability_status = "_T", activity = "_T", product = "_T";
  auto operator<=>(const SeriesKey&) const = default;
};
/// The names of the dimensions in their order, and a key's values in the same order.
const std::vector<std::string_view>& key_dimensions();
std::vector<std::string> values_of(const SeriesKey& key);
/// A query's key: values with points between, nothing for `*`. Shape: 14 points.
std::string query_key(const std::vector<std::string>& values);

struct Observation {
  SeriesKey key;
  int year = 0;
  std::string value;         ///< plain digits
  std::string unit_measure;  ///< `USD`, or a unit of ours
  std::string nature;        ///< `C` as the country reports it, `E` estimated by a formula
};

/// Where a figure stands on the map: with its provider (usual) or its recipient.
enum class Area { provider, recipient };
BOOST_DESCRIBE_ENUM(Area, provider, recipient)

/// One observation an item, group or total, area and year; areas are M49 codes, `1` is the world.
/// Items have the series their methodology gives them, else one of our own agency:
/// `SSC_METHODOLOGY_ITEM`. Partners without an M49 code (institutions, several, not stated) are in
/// the world's figure only.
/// Shape: ordered by key, then year.
std::vector<Observation> observe(const measurement::Answer& answer, Area area);

/// SDMX-CSV 1.0. Source: SDMX-CSV field guide; first column DATAFLOW.
std::string write_csv(const std::vector<Observation>& observations);
/// A structure-specific message in SDMX-ML 2.1. `prepared`: the day it says it was made.
std::string write_xml(const std::vector<Observation>& observations, Date prepared,
                      const std::string& sender);

}  // namespace austral::sdmx
