// Flows added up for charts: by year, and by provider and recipient.
#pragma once

#include <cstddef>
#include <string>

#include "base/catalogue.hpp"
#include "base/table.hpp"

namespace austral::web {

/// Shape: year, budgeted_usd, committed_usd, disbursed_usd; a row a year, without a year last.
Table sum_flows_by_year(const Table& flows, const Language& language);

/// Shape: provider_name, recipient_name, disbursed_usd, committed_usd, budgeted_usd. On each side
/// the `most` partners with the most disbursed stand by name and the rest as others; 0: all.
Table sum_flows_by_pair(const Table& flows, std::size_t most, const Language& language);

}  // namespace austral::web
