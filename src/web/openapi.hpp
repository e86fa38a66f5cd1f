// The API described for programs: OpenAPI 3.1, generated from the table of routes.
#pragma once

#include <boost/json.hpp>
#include <vector>

#include "base/catalogue.hpp"
#include "web/routes.hpp"

namespace austral::web {

/// Everything that `routes` answer: pages, their twins as paths of their own, parameters, answers.
/// Source: OpenAPI Specification 3.1.0.
boost::json::object describe_api(const std::vector<Route>& routes, const Language& language);

/// Adds `/api/openapi.json`, which describes all routes of `router`, this one too.
/// `router` outlives its routes.
void add_openapi(Router& router);

}  // namespace austral::web
