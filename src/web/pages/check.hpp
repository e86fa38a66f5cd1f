// The page "Check a file": what it is given, and the page that a report becomes.
#pragma once

#include <string>

#include "web/pages/checking.hpp"
#include "web/site.hpp"

namespace austral::web {

/// The page with its form; `problem` says what was wrong with what was sent.
Response show_check(const Site& site, const Request& request, const std::string& problem,
                    int status);
/// The report as a page: verdict, counts, groups, downloads that hold themselves.
Response show_checked(const Site& site, const Request& request, const std::string& name,
                      const Checked& checked, std::uint64_t bytes);
/// Adds what takes a sent file, POST /check.
void add_check(Router& router, const std::shared_ptr<const Site>& site);

}  // namespace austral::web
