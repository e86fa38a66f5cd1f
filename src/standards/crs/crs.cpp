// Opens CRS activity files and reads the rows of one activity in one year.
#include "standards/crs/crs.hpp"

#include "standards/crs/activity.hpp"
#include "standards/rows/reader.hpp"
#include "standards/rows/reading.hpp"
#include "standards/rows/values.hpp"

namespace austral::crs {
namespace {

using F = Field;

/// Rows of one provider, activity and year; nothing in common where one of them is not told.
std::string key_of_row(const rows::Line& line) {
  return rows::key_of(line, {+F::provider, +F::year, +F::crs_id});
}

}  // namespace

bool is_header(const std::vector<std::string>& cells) {
  return rows::is_header(cells, columns(), +F::crs_id, +F::provider, +F::year);
}

std::unique_ptr<standards::Reader> open(const std::string& path) {
  rows::Layout layout;
  layout.name = "crs";
  layout.title = "CRS";
  layout.columns = &columns;
  layout.is_header = &is_header;
  for (const F field :
       {F::year, F::provider, F::crs_id, F::recipient, F::flow, F::collaboration, F::finance_type,
        F::aid_type, F::commitment, F::disbursement, F::title, F::purpose, F::channel})
    layout.contract.push_back(std::size_t(field));
  layout.key_of = &key_of_row;
  return rows::open_rows(path, std::move(layout));
}

standards::Reading read(const standards::Fragment& fragment) {
  standards::Reading reading;
  std::vector<Activity> rows;
  for (auto& line : rows::read_rows(fragment.text, columns(), fragment.rows))
    rows.push_back(read_activity(std::move(line), reading.findings));
  if (rows.empty()) {
    reading.usable = false;
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
