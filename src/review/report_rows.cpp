// Makes the rows of the first reports: flows, countries, publishers, contributions.
#include "review/report_rows.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "registry/contribution_store.hpp"
#include "registry/import_store.hpp"
#include "review/breakdown.hpp"
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

/// Sums of a question by dimensions of the cube, of what enters flows.
CubeAnswer sum_flows(store::Database& database, const ReportQuestion& question,
                     std::vector<std::string> by) {
  CubeQuestion asked;
  asked.by = std::move(by);
  asked.filters = list_filters(question);
  asked.kinds = registry::flow_kinds();
  return find_cube(database, question, asked.filters)->group(asked);
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

void cut_page(Table& table, const ReportQuestion& question) {
  table.total_rows = table.rows.size();
  if (question.limit <= 0) return;
  const auto from = std::min(std::size_t(question.offset), table.rows.size());
  const auto to = std::min(from + std::size_t(question.limit), table.rows.size());
  table.rows = {table.rows.begin() + std::ptrdiff_t(from), table.rows.begin() + std::ptrdiff_t(to)};
  table.links = {table.links.begin() + std::ptrdiff_t(from),
                 table.links.begin() + std::ptrdiff_t(to)};
}

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
  const auto flows = sum_flows(database, question, {"provider", "recipient", "year", "framework"});
  Names names(database, question.language);
  std::set<std::string> codes;
  for (const auto& row : flows.rows) codes.insert(row.values[0]);
  names.expect({codes.begin(), codes.end()});
  for (const auto& [values, sums] : flows.rows) {
    if (sums.contributions == 0) continue;  // no money between these partners in that year
    const int year = values[2].empty() ? 0 : std::stoi(values[2]);
    const auto framework = registry::parse_framework(values[3]);
    table.rows.push_back({values[0], names.partner(values[0]), values[1], names.partner(values[1]),
                          year_cell(year ? std::optional(year) : std::nullopt),
                          framework_label(framework, words), sums.initiatives, sums.contributions,
                          usd_cell(sums.budgeted_cents), usd_cell(sums.committed_cents),
                          usd_cell(sums.disbursed_cents), sums.unpriced});
    ReportQuestion behind;
    behind.provider = values[0];
    behind.recipient = values[1];
    behind.year = year;
    behind.framework = framework;
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
  auto with_cube = question;
  with_cube.cube = find_cube(database, question, list_filters(question));
  const auto selection = with_cube.cube->select(list_filters(question));
  std::map<std::string, CountrySums> countries;
  const auto count = [&](registry::Dimension dimension, std::int64_t CountrySums::*member) {
    for (const auto& one : with_cube.cube->count(selection, dimension))
      if (is_country_code(one.value)) countries[one.value].*member = one.initiatives;
  };
  count(registry::Dimension::provider, &CountrySums::provides);
  count(registry::Dimension::recipient, &CountrySums::receives);
  count(registry::Dimension::facilitator, &CountrySums::facilitates);
  const auto sum = [&](const char* side, std::int64_t CountrySums::*member) {
    for (const auto& [values, sums] : sum_flows(database, with_cube, {side}).rows)
      if (sums.disbursed_cents && is_country_code(values[0]))
        countries[values[0]].*member = *sums.disbursed_cents;
  };
  sum("provider", &CountrySums::given_cents);
  sum("recipient", &CountrySums::received_cents);
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

Table list_initiatives(store::Database& database, const registry::Question& question,
                       const std::string& language) {
  return list_initiatives(database, registry::find_initiatives(database, question), language);
}

Table list_initiatives(store::Database& database, const registry::InitiativePage& page,
                       const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  table.name = "initiatives";
  name_table(table, words);
  table.columns = make_columns(words, "initiatives",
                               {{"identifier", ColumnKind::code},
                                {"title", ColumnKind::text},
                                {"providers", ColumnKind::text},
                                {"recipients", ColumnKind::text},
                                {"facilitators", ColumnKind::text},
                                {"framework", ColumnKind::text},
                                {"rule", ColumnKind::code},
                                {"sectors", ColumnKind::text},
                                {"status", ColumnKind::text},
                                {"start", ColumnKind::date},
                                {"end", ColumnKind::date},
                                {"budgeted_usd", ColumnKind::money, "USD"},
                                {"committed_usd", ColumnKind::money, "USD"},
                                {"disbursed_usd", ColumnKind::money, "USD"},
                                {"publisher", ColumnKind::code},
                                {"records", ColumnKind::number},
                                {"updated", ColumnKind::date}});
  Names names(database, language);
  std::set<std::string> codes;
  for (const auto& line : page.lines) {
    codes.insert(line.providers.begin(), line.providers.end());
    codes.insert(line.facilitators.begin(), line.facilitators.end());
  }
  names.expect({codes.begin(), codes.end()});
  const auto list = [&](registry::Dimension dimension, const std::vector<std::string>& values) {
    std::string text;
    for (const auto& value : values)
      text += (text.empty() ? "" : "; ") + names.value(dimension, value);
    return text;
  };
  const auto date = [](const std::string& day) {
    return day.empty() ? Cell(std::monostate{}) : Cell(day.substr(0, 10));
  };
  // Nothing published is not the same as nothing given.
  const auto amount = [](std::int64_t cents) {
    return cents ? Cell(to_usd(cents)) : Cell(std::monostate{});
  };
  for (const auto& line : page.lines) {
    const auto sector = !line.sectors.empty() && line.sectors.front().size() == 5
                            ? registry::Dimension::purpose
                            : registry::Dimension::category;
    table.rows.push_back(
        {line.identifier, line.title, list(registry::Dimension::provider, line.providers),
         list(registry::Dimension::recipient, line.recipients),
         list(registry::Dimension::facilitator, line.facilitators),
         framework_label(line.framework, words), line.rule, list(sector, line.sectors),
         names.value(registry::Dimension::status, line.status), date(line.start_date),
         date(line.end_date), amount(line.budgeted_cents), amount(line.committed_cents),
         amount(line.disbursed_cents), line.publisher, line.records, date(line.updated)});
    table.links.push_back(initiative_path(line.identifier));
  }
  table.total_rows = std::size_t(page.total);
  table.revision = std::to_string(store::revision_of(database));
  return table;
}

}  // namespace austral::review
