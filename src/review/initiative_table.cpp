// Initiatives as a Table, one line each: what lists, searches and the command line show.
#include <set>

#include "review/explorer.hpp"
#include "review/names.hpp"
#include "review/report_rows.hpp"
#include "store/journal.hpp"

namespace austral::review {

Table tabulate_initiatives(store::Database& database,
                           const std::vector<registry::InitiativeLine>& lines, std::size_t total,
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
  for (const auto& line : lines) {
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
  for (const auto& line : lines) {
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
  table.total_rows = total;
  table.revision = std::to_string(store::revision_of(database));
  return table;
}

Table list_initiatives(store::Database& database, const registry::Question& question,
                       const std::string& language) {
  const auto page = registry::find_initiatives(database, question);
  return tabulate_initiatives(database, page.lines, std::size_t(page.total), language);
}

}  // namespace austral::review
