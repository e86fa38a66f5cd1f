// SQL that starts from the rows of facets, so that small choices cost little in a large register.
#include "registry/scope_store.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "codes/code_list.hpp"
#include "codes/grouping.hpp"

namespace austral::registry {
namespace {

using Values = std::set<std::string>;

Values countries_in(const Values& groupings) {
  Values countries;
  for (const auto& grouping : groupings)
    for (const auto& span : codes::members_of(grouping)) countries.emplace(span.country);
  return countries;
}

Values categories_in(const Values& blocks) {
  Values categories;
  for (const auto& code : codes::get_list("category").all())
    if (blocks.contains(std::string(code.parent))) categories.emplace(code.code);
  return categories;
}

void add_values(Statement& statement, Dimension dimension, const Values& values) {
  statement.text("SELECT f.initiative FROM facet f WHERE f.dim = ")
      .value(std::int64_t(dimension))
      .text(" AND f.value IN (");
  if (values.empty()) statement.own("");  // no facet is empty
  for (auto value = values.begin(); value != values.end(); ++value) {
    if (value != values.begin()) statement.text(", ");
    statement.own(*value);
  }
  statement.text(")");
}

/// Years from the earliest that is asked for, up to the latest.
void add_span(Statement& statement, const Values* since, const Values* until) {
  statement.text("SELECT f.initiative FROM facet f WHERE f.dim = ")
      .value(std::int64_t(Dimension::year));
  if (since) statement.text(" AND f.value >= ").own(*since->begin());
  if (until) statement.text(" AND f.value <= ").own(*until->rbegin());
}

}  // namespace

void add_scope(Statement& statement, std::string_view key, const std::vector<Filter>& filters) {
  if (filters.empty()) return;
  std::map<Dimension, Values> wanted;
  for (const auto& filter : filters) wanted[filter.dimension].insert(filter.value);
  statement.text(" AND ").text(key).text(" IN (");
  bool spanned = false, first = true;
  for (const auto& [dimension, values] : wanted) {
    const bool span = dimension == Dimension::since || dimension == Dimension::until;
    if (span && spanned) continue;
    if (!first) statement.text(" INTERSECT ");
    first = false;
    if (span) {
      const auto since = wanted.find(Dimension::since), until = wanted.find(Dimension::until);
      add_span(statement, since == wanted.end() ? nullptr : &since->second,
               until == wanted.end() ? nullptr : &until->second);
      spanned = true;
    } else if (dimension == Dimension::provider_in) {
      add_values(statement, Dimension::provider, countries_in(values));
    } else if (dimension == Dimension::recipient_in) {
      add_values(statement, Dimension::recipient, countries_in(values));
    } else if (dimension == Dimension::sector_block) {
      add_values(statement, Dimension::category, categories_in(values));
    } else {
      add_values(statement, dimension, values);
    }
  }
  statement.text(")");
}

}  // namespace austral::registry
