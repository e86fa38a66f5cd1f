// The CRS door out: records as rows of an activity file, in the published order of columns.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "standards/crs/activity.hpp"
#include "standards/export.hpp"

namespace austral::crs {

/// A text file separated by `|`: the 86 columns of 2016, those of later years, OtherColumns.
/// Records that came as CRS are equal when they are read again; others become what fold_foreign()
/// says.
std::unique_ptr<standards::Writer> open_writer();

/// Rows for a record that did not come as CRS: one for each provider, year, recipient, purpose,
/// type of aid, type of finance and flow of its amounts. What the CRS has no place for is said in
/// `findings`, and no code is written that the record does not have.
std::vector<Activity> fold_foreign(const registry::Record& record, const std::string& language,
                                   Findings& findings);

/// Fills names beside codes where our lists know them. Reading the row takes them away again.
void add_labels(Activity& row, const std::string& language);

}  // namespace austral::crs
