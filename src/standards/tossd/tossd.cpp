// Opens TOSSD activity files and reads the rows of one activity in one year.
#include "standards/tossd/tossd.hpp"

#include <map>

#include "standards/rows/reader.hpp"
#include "standards/rows/reading.hpp"
#include "standards/rows/values.hpp"
#include "standards/tossd/activity.hpp"

namespace austral::tossd {
namespace {

using F = Field;

std::string value_of(const rows::Line& line, F field) { return line.values[std::size_t(field)]; }

/// Rows of one provider, activity and year; nothing in common where one of them is not told.
std::string key_of_row(const rows::Line& line) {
  return rows::key_of(line, {+F::provider, +F::year, +F::tossd_id});
}

/// The year of the constant prices is the one whose current and constant amounts are all alike; and
/// the sum of the aggregates, which stand for a part of the whole that no activity tells.
class FileSurvey : public rows::Survey {
 public:
  void see(const rows::Line& line) override {
    const auto current = rows::read_figure(value_of(line, F::disbursement));
    const auto constant = rows::read_figure(value_of(line, F::disbursement_constant));
    if (rows::to_code(value_of(line, F::provider)) == "0") {
      ++aggregates_;
      if (current)
        if (const auto sum = add(aggregated_, *current)) aggregated_ = *sum;
    }
    if (!current || !constant || current->is_zero()) return;
    auto& alike = alike_.try_emplace(rows::to_code(value_of(line, F::year)), true).first->second;
    alike = alike && *current == *constant;
  }
  std::vector<std::pair<std::string, std::string>> file_values() const override {
    const auto year = base_year();
    if (year.empty()) return {};
    return {{std::string(columns().name(std::size_t(F::base_year))), year}};
  }
  Findings findings() const override {
    Findings findings;
    if (!alike_.empty() && base_year().empty())
      findings.push_back({Severity::remark, "tossd.base_year", "the columns ending in _defl",
                          "the year of the constant prices cannot be told from this file, since "
                          "not exactly one year has the same amounts in both; they are kept "
                          "without it and counted nowhere"});
    if (aggregates_ > 0)
      findings.push_back(
          {Severity::remark, "tossd.aggregates", "provider 0",
           std::to_string(aggregates_) + " rows are sums over activities, disbursements of " +
               to_string(normalise(aggregated_)) +
               " thousand USD in all; they are kept beside the activities and counted nowhere"});
    return findings;
  }

 private:
  std::string base_year() const {
    std::string base;
    for (const auto& [year, alike] : alike_) {
      if (!alike) continue;
      if (!base.empty()) return {};
      base = year;
    }
    return base;
  }

  std::map<std::string, bool> alike_;
  std::size_t aggregates_ = 0;
  Decimal aggregated_;
};

}  // namespace

bool is_header(const std::vector<std::string>& cells) {
  return rows::is_header(cells, columns(), +F::tossd_id, +F::provider, +F::year);
}

std::unique_ptr<standards::Reader> open(const std::string& path) {
  rows::Layout layout;
  layout.name = "tossd";
  layout.title = "TOSSD";
  layout.columns = &columns;
  layout.is_header = &is_header;
  layout.contract = [](const std::vector<bool>&) -> std::vector<std::size_t> {
    return {+F::year,       +F::provider,       +F::provider_name, +F::tossd_id,
            +F::recipient,  +F::recipient_name, +F::region_name,   +F::pillar,
            +F::sub_pillar, +F::source_name};
  };
  layout.key_of = &key_of_row;
  layout.survey = [] { return std::make_unique<FileSurvey>(); };
  return rows::open_rows(path, std::move(layout));
}

standards::Reading read(const standards::Fragment& fragment) {
  standards::Reading reading;
  std::vector<Activity> rows;
  for (auto& line : rows::read_rows(fragment.text, columns(), fragment.rows))
    rows.push_back(read_activity(std::move(line), reading.findings));
  if (rows.empty()) {
    reading.usable = false;
    reading.findings.push_back({Severity::damage, "tossd.row.unusable", "the record's source",
                                "it has no rows; import its file again"});
    return reading;
  }
  reading.record = to_record(rows, reading.findings);
  reading.usable = !reading.record.identifier.empty();
  if (!reading.usable)
    reading.findings.push_back({Severity::damage, "tossd.row.unusable",
                                rows.front().place(F::tossd_id),
                                "a row without year (four digits), provider and TOSSD number "
                                "cannot be registered; fill the three columns, or delete the row "
                                "if it is a note"});
  return reading;
}

}  // namespace austral::tossd
