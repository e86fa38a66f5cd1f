// Makes the rows of the first reports: flows, countries, publishers, contributions.
#include "review/report_rows.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "registry/contribution_store.hpp"
#include "registry/import_store.hpp"
#include "review/names.hpp"
#include "store/journal.hpp"

namespace austral::review {
namespace {

using registry::ContributionKind;

registry::ContributionQuestion to_contribution_question(const ReportQuestion& question) {
  registry::ContributionQuestion asked;
  asked.provider = question.provider;
  asked.recipient = question.recipient;
  asked.year = question.year;
  asked.framework = question.framework;
  asked.initiative = question.initiative;
  asked.offset = question.offset;
  asked.limit = question.limit;
  if (question.kind) asked.kinds = kinds_named(*question.kind);
  return asked;
}

std::vector<registry::Flow> find_flows(store::Database& database, const ReportQuestion& question) {
  const auto asked = to_contribution_question(question);
  return question.summary && registry::can_pick(asked)
             ? registry::pick_flows(*question.summary, asked)
             : registry::sum_flows(database, asked);
}

/// Keeps one page of the rows and says how many there are.
void cut_page(Table& table, const ReportQuestion& question) {
  table.total_rows = table.rows.size();
  if (question.limit <= 0) return;
  const auto from = std::min(std::size_t(question.offset), table.rows.size());
  const auto to = std::min(from + std::size_t(question.limit), table.rows.size());
  table.rows = {table.rows.begin() + std::ptrdiff_t(from), table.rows.begin() + std::ptrdiff_t(to)};
  table.links = {table.links.begin() + std::ptrdiff_t(from),
                 table.links.begin() + std::ptrdiff_t(to)};
}

Cell year_cell(const std::optional<int>& year) {
  return year ? Cell(std::int64_t(*year)) : Cell(std::monostate{});
}

/// Nothing published is not the same as nothing given.
Cell usd_cell(const std::optional<std::int64_t>& cents) {
  return cents ? Cell(to_usd(*cents)) : Cell(std::monostate{});
}

/// What one country gives, gets and helps with.
struct CountrySums {
  std::int64_t provides = 0, receives = 0, facilitates = 0, given_cents = 0, received_cents = 0;
};

}  // namespace

std::vector<ContributionKind> kinds_named(std::string_view name) {
  if (name == "budgeted") return {ContributionKind::budget};
  if (name == "committed") return {ContributionKind::commitment};
  if (name == "disbursed") return {ContributionKind::disbursement, ContributionKind::expenditure};
  if (name == "flows") return registry::flow_kinds();
  ContributionKind kind{};
  if (boost::describe::enum_from_string(std::string(name).c_str(), kind)) return {kind};
  throw Error(Kind::invalid,
              "'" + std::string(name) +
                  "' is no kind of contribution; use budgeted, committed, disbursed, flows (all "
                  "three) or a kind such as pledge or planned_disbursement");
}

Table make_flows(store::Database& database, const ReportQuestion& question) {
  const auto& words = get_language(question.language);
  Table table;
  table.columns = make_columns(words, "flows",
                               {{"provider", ColumnKind::code},
                                {"provider_name", ColumnKind::text},
                                {"recipient", ColumnKind::code},
                                {"recipient_name", ColumnKind::text},
                                {"year", ColumnKind::year},
                                {"framework", ColumnKind::text},
                                {"initiatives", ColumnKind::number},
                                {"contributions", ColumnKind::number},
                                {"budgeted_usd", ColumnKind::money, "USD"},
                                {"committed_usd", ColumnKind::money, "USD"},
                                {"disbursed_usd", ColumnKind::money, "USD"},
                                {"unpriced", ColumnKind::number}});
  const auto flows = find_flows(database, question);
  Names names(database, question.language);
  std::vector<std::string> codes;
  for (const auto& flow : flows) codes.push_back(flow.provider);
  names.expect(codes);
  for (const auto& flow : flows) {
    table.rows.push_back(
        {flow.provider, names.partner(flow.provider), flow.recipient, names.partner(flow.recipient),
         year_cell(flow.year), framework_label(flow.framework, words), flow.initiatives,
         flow.contributions, usd_cell(flow.budgeted_cents), usd_cell(flow.committed_cents),
         usd_cell(flow.disbursed_cents), flow.unpriced});
    ReportQuestion behind;
    behind.provider = flow.provider;
    behind.recipient = flow.recipient;
    behind.year = flow.year.value_or(0);
    behind.framework = flow.framework;
    behind.kind = "flows";
    table.links.push_back(contributions_path(behind));
  }
  cut_page(table, question);
  return table;
}

Table make_countries(store::Database& database, const ReportQuestion& question) {
  const auto& words = get_language(question.language);
  Table table;
  table.columns = make_columns(words, "countries",
                               {{"country", ColumnKind::code},
                                {"name", ColumnKind::text},
                                {"provides", ColumnKind::number},
                                {"receives", ColumnKind::number},
                                {"facilitates", ColumnKind::number},
                                {"given_usd", ColumnKind::money, "USD"},
                                {"received_usd", ColumnKind::money, "USD"}});
  std::vector<registry::Filter> filters;
  if (question.framework)
    filters.push_back(
        {registry::Dimension::framework, std::string(registry::to_string(*question.framework))});
  if (question.year) filters.push_back({registry::Dimension::year, std::to_string(*question.year)});
  std::map<std::string, CountrySums> countries;
  const auto count = [&](registry::Dimension dimension, std::int64_t CountrySums::*member) {
    for (const auto& one : registry::count_facet(database, dimension, filters))
      if (is_country_code(one.value)) countries[one.value].*member = one.initiatives;
  };
  count(registry::Dimension::provider, &CountrySums::provides);
  count(registry::Dimension::recipient, &CountrySums::receives);
  count(registry::Dimension::facilitator, &CountrySums::facilitates);
  for (const auto& flow : find_flows(database, question)) {
    if (flow.disbursements == 0) continue;
    if (is_country_code(flow.provider))
      countries[flow.provider].given_cents += flow.disbursed_cents.value_or(0);
    if (is_country_code(flow.recipient))
      countries[flow.recipient].received_cents += flow.disbursed_cents.value_or(0);
  }
  Names names(database, question.language);
  std::vector<std::pair<std::string, CountrySums>> busiest(countries.begin(), countries.end());
  std::stable_sort(busiest.begin(), busiest.end(), [](const auto& left, const auto& right) {
    return left.second.provides + left.second.receives >
           right.second.provides + right.second.receives;
  });
  for (const auto& [code, sums] : busiest) {
    table.rows.push_back({code, names.country(code), sums.provides, sums.receives, sums.facilitates,
                          to_usd(sums.given_cents), to_usd(sums.received_cents)});
    table.links.push_back(partner_path(code));
  }
  cut_page(table, question);
  return table;
}

Table make_publishers(store::Database& database, const ReportQuestion& question) {
  const auto& words = get_language(question.language);
  Table table;
  table.columns = make_columns(words, "publishers",
                               {{"publisher", ColumnKind::code},
                                {"name", ColumnKind::text},
                                {"records", ColumnKind::number},
                                {"versions", ColumnKind::number},
                                {"initiatives", ColumnKind::number},
                                {"not_counted", ColumnKind::number},
                                {"updated", ColumnKind::date},
                                {"imported", ColumnKind::date},
                                {"errors", ColumnKind::number},
                                {"warnings", ColumnKind::number}});
  const auto publishers = registry::list_publishers(database);
  Names names(database, question.language);
  std::vector<std::string> ids;
  for (const auto& one : publishers) ids.push_back(one.publisher);
  names.expect(ids);
  for (const auto& one : publishers) {
    table.rows.push_back({one.publisher, names.organization(one.publisher), one.records,
                          one.versions, one.initiatives, one.not_counted, one.updated.substr(0, 10),
                          to_timestamp(one.imported).substr(0, 10), one.errors, one.warnings});
    table.links.push_back(partner_path(one.publisher));
  }
  cut_page(table, question);
  return table;
}

Table make_contributions(store::Database& database, const ReportQuestion& question) {
  const auto& words = get_language(question.language);
  Table table;
  table.columns = make_columns(words, "contributions",
                               {{"initiative", ColumnKind::code},
                                {"title", ColumnKind::text},
                                {"day", ColumnKind::date},
                                {"kind", ColumnKind::text},
                                {"provider", ColumnKind::code},
                                {"provider_name", ColumnKind::text},
                                {"recipient", ColumnKind::code},
                                {"recipient_name", ColumnKind::text},
                                {"amount", ColumnKind::money},
                                {"currency", ColumnKind::code},
                                {"amount_usd", ColumnKind::money, "USD"},
                                {"line", ColumnKind::number}});
  std::int64_t total = 0;
  const auto lines =
      registry::list_contributions(database, to_contribution_question(question), &total);
  Names names(database, question.language);
  std::set<std::string> codes;
  for (const auto& line : lines) codes.insert({line.part.provider, line.part.recipient});
  names.expect({codes.begin(), codes.end()});
  for (const auto& line : lines) {
    const auto& part = line.part;
    table.rows.push_back(
        {line.identifier, line.title, part.day.empty() ? Cell(std::monostate{}) : Cell(part.day),
         kind_label(part.kind, words), part.provider, names.partner(part.provider), part.recipient,
         names.partner(part.recipient), Decimal{part.amount, part.scale}, part.unit,
         part.usd_cents ? Cell(to_usd(*part.usd_cents)) : Cell(std::monostate{}), part.n + 1});
    table.links.push_back(initiative_path(line.identifier));
  }
  table.total_rows = std::size_t(total);
  return table;
}

std::int64_t sum_contributions(store::Database& database, const ReportQuestion& question) {
  return registry::sum_cents(database, to_contribution_question(question));
}

}  // namespace austral::review
