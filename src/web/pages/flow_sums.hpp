// Flows added up for charts: by year, by provider and recipient, and by the two sides of a partner.
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

/// Shape: year, provided_usd, received_usd: what was disbursed by a partner and to it.
Table sum_flows_by_side(const Table& flows, const std::string& partner, const Language& language);

}  // namespace austral::web
