// Opens CRS activity files and reads the rows of one activity in one year.
#include "standards/crs/crs.hpp"

#include <algorithm>

#include "standards/crs/activity.hpp"
#include "standards/crs/observation.hpp"
#include "standards/rows/reader.hpp"
#include "standards/rows/reading.hpp"
#include "standards/rows/values.hpp"

namespace austral::crs {
namespace {

using F = Field;

/// Rows of one provider, activity and year; nothing in common where one of them is not told.
std::string key_of_row(const rows::Line& line) {
  if (is_observation(line) && is_aggregate(line)) return key_of_aggregate(line);
  return rows::key_of(line, {+F::provider, +F::year, +F::crs_id});
}

/// The dimensions that tell the CRS from the OECD's other dataflows.
bool is_observations_header(const std::vector<std::string>& cells) {
  for (const F field : {F::provider, F::recipient, F::purpose, F::flow, F::parent_channel,
                        F::aid_type, F::flow_kind, F::price_base, F::year, F::observation})
    if (std::none_of(cells.begin(), cells.end(), [&](const std::string& cell) {
          return !cell.empty() && columns().find(cell) == +field;
        }))
      return false;
  return true;
}

/// The columns that every file of the layout has.
std::vector<std::size_t> contract_of(const std::vector<bool>& has) {
  if (has[+F::observation])
    return {+F::year, +F::price_base, +F::flow_kind, +F::drilldown, +F::unit, +F::multiplier};
  return {+F::year,          +F::provider,     +F::crs_id,   +F::recipient,  +F::flow,
          +F::collaboration, +F::finance_type, +F::aid_type, +F::commitment, +F::disbursement,
          +F::title,         +F::purpose,      +F::channel};
}

/// What only the whole file tells: how many of its observations are sums, or of constant prices.
class FileSurvey : public rows::Survey {
 public:
  void see(const rows::Line& line) override {
    if (!is_observation(line)) return;
    const auto& flow = line.values[+F::dataflow];
    if (!flow.empty() && flow.find("DF_CRS(") == std::string::npos && other_flow_.empty())
      other_flow_ = flow;
    constant_ += line.values[+F::price_base] == "Q";
    current_ += line.values[+F::price_base] == "V";
    aggregates_ += is_aggregate(line);
    activities_ += !is_aggregate(line);
  }
  Findings findings() const override {
    Findings findings;
    const auto add = [&](Severity severity, const char* rule, const char* place,
                         std::string message) {
      findings.push_back({severity, rule, place, std::move(message)});
    };
    if (aggregates_ > 0)
      add(Severity::remark, "crs.aggregates", "MD_DIM",
          std::to_string(aggregates_) +
              " rows are sums over activities (totals, groups of countries); they are kept beside "
              "the activities and counted nowhere" +
              (activities_ == 0 ? ". The file has no activities: export the microdata to count "
                                  "them"
                                : ""));
    if (constant_ > 0)
      add(current_ > 0 ? Severity::remark : Severity::warning, "crs.constant", "PRICE_BASE",
          std::to_string(constant_) +
              " amounts are in constant prices (Q); they are kept and never summed with those in "
              "current prices" +
              (current_ == 0 ? ". The file has no others, so nothing of it is counted: export it "
                               "in current prices (V)"
                             : ""));
    if (!other_flow_.empty())
      add(Severity::warning, "crs.dataflow", "DATAFLOW",
          "'" + other_flow_ +
              "' is not the dataflow of the CRS itself but drawn from it; its amounts may be parts "
              "of activities that the CRS has whole");
    return findings;
  }

 private:
  std::size_t aggregates_ = 0, activities_ = 0, constant_ = 0, current_ = 0;
  std::string other_flow_;
};

}  // namespace

bool is_header(const std::vector<std::string>& cells) {
  return rows::is_header(cells, columns(), +F::crs_id, +F::provider, +F::year) ||
         is_observations_header(cells);
}

std::unique_ptr<standards::Reader> open(const std::string& path) {
  rows::Layout layout;
  layout.name = "crs";
  layout.title = "CRS";
  layout.columns = &columns;
  layout.is_header = &is_header;
  layout.contract = &contract_of;
  layout.survey = [] { return std::make_unique<FileSurvey>(); };
  layout.key_of = &key_of_row;
  return rows::open_rows(path, std::move(layout));
}

standards::Reading read(const standards::Fragment& fragment) {
  standards::Reading reading;
  std::vector<Activity> rows;
  auto lines = rows::read_rows(fragment.text, columns(), fragment.rows);
  if (std::any_of(lines.begin(), lines.end(), &is_observation))
    lines = fold_observations(std::move(lines), reading.findings);
  for (auto& line : lines) rows.push_back(read_activity(std::move(line), reading.findings));
  if (rows.empty()) {
    reading.usable = false;
    reading.findings.push_back({Severity::damage, "crs.row.unusable", "the record's source",
                                "it has no rows; import its file again"});
    return reading;
  }
  reading.record = to_record(rows, reading.findings);
  reading.usable = !reading.record.identifier.empty();
  if (!reading.usable)
    reading.findings.push_back({Severity::damage, "crs.row.unusable", rows.front().place(F::crs_id),
                                "a row without year (four digits), provider and CRS number cannot "
                                "be registered; fill the three columns, or delete the row if it "
                                "is a note"});
  return reading;
}

}  // namespace austral::crs
