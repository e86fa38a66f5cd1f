// How well somebody's initiatives are told, and what organizations plan by their own files.
#include <set>

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "registry/import_store.hpp"
#include "registry/organization_store.hpp"
#include "registry/record_store.hpp"
#include "review/counts_tables.hpp"
#include "review/profile_parts.hpp"
#include "store/journal.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

/// How many of these initiatives have any value of a list.
std::int64_t count_coded(CubeCounts& cube, const registry::Filter& side, Dimension dimension,
                         std::string_view list) {
  std::vector<registry::Filter> filters = {side};
  for (const auto& code : codes::get_list(list).all())
    filters.push_back({dimension, std::string(code.code)});
  return std::int64_t(cube.size(cube.choose(std::move(filters))));
}

/// What initiatives leave out.
struct Gaps {
  std::int64_t without_amounts = 0;  ///< neither budget, commitment nor disbursement in dollars
  std::optional<Date> updated;       ///< the latest, as its publisher dates it
};

Gaps find_gaps(const Cube::Columns& columns, const Selection& initiatives) {
  Gaps gaps;
  auto latest = no_day;
  each_place_of(initiatives, [&](std::size_t place) {
    gaps.without_amounts += columns.budgeted[place] == 0 && columns.committed[place] == 0 &&
                            columns.disbursed[place] == 0;
    latest = std::max(latest, columns.updated[place]);
  });
  if (latest != no_day) gaps.updated = Date{latest};
  return gaps;
}

/// Publishers that are the subject itself: the organization, or those that belong to the country.
std::vector<std::string> find_own_publishers(store::Database& database, const Side& side,
                                             const std::vector<FacetCount>& publishers) {
  std::vector<std::string> own, ids;
  for (const auto& one : publishers) ids.push_back(one.value);
  const auto countries = is_country_code(side.value)
                             ? registry::find_organization_countries(database, ids)
                             : std::unordered_map<std::string, std::string>();
  for (const auto& id : ids)
    if (const auto country = countries.find(id);
        id == side.value || (country != countries.end() && country->second == side.value))
      own.push_back(id);
  return own;
}

std::string findings_path(const Side& side, Severity severity) {
  return "/data/findings?" + side.filter + "=" + percent_encode(side.value) +
         "&severity=" + boost::describe::enum_to_string(severity, "");
}

/// Fills the table of quality row by row.
class QualityRows {
 public:
  QualityRows(Table& table, const Language& words, std::int64_t whole)
      : table_(table), words_(words), whole_(whole) {}
  void add(const std::string& measure, std::int64_t count, std::string link, bool shared = true) {
    Cell share;
    if (shared && whole_ > 0) share = *round_to(Decimal{count * 100'000 / whole_, 3}, 1);
    table_.rows.push_back({words_.t(std::string("profile.quality.") + measure), count, share});
    table_.links.push_back(count > 0 ? std::move(link) : "");
  }

 private:
  Table& table_;
  const Language& words_;
  std::int64_t whole_;
};

}  // namespace

Table make_quality(store::Database& database, CubeCounts& cube, Names& names, const Side& side) {
  const auto& words = get_language(names.language());
  Table table = begin_profile_table(cube, words, side.role + "_quality", side.role + ".quality",
                                    names.side(side.filter, side.value),
                                    {{"measure", ColumnKind::text},
                                     {"count", ColumnKind::number},
                                     {"share", ColumnKind::share, "%"}});
  const auto facet = side.filter_of();
  const auto scope = cube.choose({facet});
  const auto whole = std::int64_t(cube.size(scope));
  if (whole == 0) return table;
  const auto publishers = cube.count(scope, Dimension::publisher, 0);
  const auto own = find_own_publishers(database, side, publishers);
  std::vector<registry::Filter> by_itself = {facet};
  std::vector<std::pair<std::string, std::string>> own_links;
  for (const auto& id : own) {
    by_itself.push_back({Dimension::publisher, id});
    own_links.emplace_back("publisher", id);
  }
  const auto told_by_itself = own.empty() ? 0 : std::int64_t(cube.size(cube.choose(by_itself)));
  const auto sums = sum_side(cube, side);
  const auto gaps = find_gaps(cube.cube()->columns(), *scope.initiatives());
  const auto findings = cube.count_findings(scope, database);
  QualityRows rows(table, words, whole);
  rows.add("initiatives", whole, side.path(), false);
  rows.add("records", sums.records, "", false);
  rows.add("publishers", std::int64_t(publishers.size()), "", false);
  rows.add("by_itself", told_by_itself, side.path(own_links));
  rows.add("by_others", whole - told_by_itself, "");
  rows.add("without_amounts", gaps.without_amounts, "");
  rows.add("without_sector", whole - count_coded(cube, facet, Dimension::category, "category"), "");
  rows.add("without_goal", whole - count_coded(cube, facet, Dimension::goal, "goal"), "");
  rows.add("unpriced", sums.unpriced, "", false);
  for (const auto severity :
       {Severity::damage, Severity::error, Severity::warning, Severity::remark})
    if (const auto count = findings[std::size_t(severity)])
      rows.add(std::string("findings.") + boost::describe::enum_to_string(severity, ""), count,
               findings_path(side, severity), false);
  if (gaps.updated)
    table.definition +=
        " " + words.t("profile.quality.updated", {{"day", words.date(*gaps.updated)}});
  table.total_rows = table.rows.size();
  return table;
}

namespace {

/// For whom a budget is: a country, a region or an organization; empty for the whole.
std::string name_receiver(Names& names, const registry::Contribution& budget) {
  std::string name;
  for (const auto& place : budget.places) {
    const auto one = place.kind == "country"
                         ? names.country(place.code)
                         : names.partner("region:" + place.vocabulary + ":" + place.code);
    name += (name.empty() ? "" : "; ") + one;
  }
  if (!name.empty()) return name;
  const auto said = registry::pick_text(budget.receiver.name, names.language());
  if (!said.empty()) return std::string(said);
  return budget.receiver.ref.empty() ? "" : names.organization(budget.receiver.ref);
}

Cell day_or_unknown(const std::optional<Date>& day) {
  return day ? Cell(to_string(*day)) : Cell(std::monostate{});
}

}  // namespace

Table make_own_budgets(store::Database& database, Names& names, const std::string& organization) {
  const auto& words = get_language(names.language());
  Table table;
  table.name = "budgets";
  table.title = words.t("profile.budgets.title", {{"name", names.organization(organization)}});
  table.definition = words.t("profile.budgets.definition");
  table.source = words.t("source.records");
  table.revision = std::to_string(store::revision_of(database));
  table.columns = make_columns(words, "profile",
                               {{"budget", ColumnKind::text},
                                {"receiver", ColumnKind::text},
                                {"from", ColumnKind::date},
                                {"until", ColumnKind::date},
                                {"amount", ColumnKind::money},
                                {"currency", ColumnKind::code},
                                {"budget_status", ColumnKind::text}});
  const auto& statuses = codes::get_list("BudgetStatus");
  for (const auto key : registry::find_organization_records(database, organization))
    for (const auto& budget : registry::get_record(database, key).contributions) {
      const std::string kind = "profile.budget." + budget.type;
      table.rows.push_back(
          {words.has(kind) ? words.t(kind) : budget.type, name_receiver(names, budget),
           day_or_unknown(budget.date), day_or_unknown(budget.end_date), budget.quantity.amount,
           budget.quantity.unit,
           budget.status.empty() ? std::string()
                                 : std::string(statuses.label(budget.status, names.language()))});
    }
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace austral::review
