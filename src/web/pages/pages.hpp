// One function a page; site.cpp's table says which address leads to which.
#pragma once

#include "standards/export.hpp"
#include "web/site.hpp"

namespace austral::web {

Response show_home(const Site& site, const Request& request);
Response show_initiatives(const Site& site, const Request& request);
Response show_initiative_values(const Site& site, const Request& request);
Response show_initiative(const Site& site, const Request& request);
/// What was found, or one initiative, as a file of a standard.
Response export_initiatives(const Site& site, const Request& request,
                            const standards::ExportFormat& format);
Response export_initiative(const Site& site, const Request& request,
                           const standards::ExportFormat& format);
Response show_source(const Site& site, const Request& request);
Response show_countries(const Site& site, const Request& request);
Response show_country(const Site& site, const Request& request);
Response show_groupings(const Site& site, const Request& request);
Response show_grouping(const Site& site, const Request& request);
Response show_compare(const Site& site, const Request& request);
Response show_organizations(const Site& site, const Request& request);
Response show_organization(const Site& site, const Request& request);
Response show_reports(const Site& site, const Request& request);
Response show_report(const Site& site, const Request& request);
Response show_data(const Site& site, const Request& request);
Response show_findings(const Site& site, const Request& request);
Response show_check(const Site& site, const Request& request);
Response show_api(const Site& site, const Request& request);
Response show_about(const Site& site, const Request& request);

}  // namespace austral::web
