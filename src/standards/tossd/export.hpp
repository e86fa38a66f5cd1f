// The TOSSD door out: records as rows of an activity file, in the published order of columns.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "standards/export.hpp"
#include "standards/tossd/activity.hpp"

namespace austral::tossd {

/// A CSV file: the 53 published columns, our own further ones, OtherColumns. Records that came as
/// TOSSD are equal when they are read again; others become what fold_foreign() says.
std::unique_ptr<standards::Writer> open_writer();

/// Rows for a record that did not come as TOSSD: one for each provider, year, recipient, purpose,
/// modality and currency of its amounts. What TOSSD has no place for is said in `findings`, and no
/// code is written that the record does not have.
std::vector<Activity> fold_foreign(const registry::Record& record, const std::string& language,
                                   Findings& findings);

/// Fills names beside codes, and dollars beside national amounts, where our lists know them.
/// Reading the row takes them away again.
void add_labels(Activity& row, const std::string& language);

}  // namespace austral::tossd
