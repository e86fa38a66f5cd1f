// THE TABLE of reports, and what every report shares.
#include "review/reports.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "review/names.hpp"
#include "review/report_rows.hpp"
#include "store/journal.hpp"

namespace austral::review {

const std::vector<Report>& reports() {
  static const std::vector<Report> all = {
      {"flows", "Flows between partners",
       "Money from each provider to each recipient in each year, by framework of collaboration. Counts "
       "budgets, commitments, and disbursements with expenditure, each apart; an initiative's amounts count "
       "once, whoever else reports them; several recipients share an amount by the published percentages.",
       "records as published, priced at the exchange rate of their value date", "provider recipient year framework",
       make_flows},
      {"countries", "Countries",
       "For each country, the initiatives in which it provides, receives or facilitates, and the disbursements "
       "and expenditure it gave and received.",
       "records as published, priced at the exchange rate of their value date", "framework year", make_countries},
      {"publishers", "Publishers",
       "For each reporting organization, how many records and versions it published, of how many initiatives, "
       "when last, and what was found wrong or weak in them.",
       "imported files", "", make_publishers},
      {"contributions", "Contributions",
       "The single contributions behind a figure, one line for each recipient's part, with the amount as "
       "published and in US dollars.",
       "records as published, priced at the exchange rate of their value date",
       "provider recipient year framework kind initiative", make_contributions},
  };
  return all;
}

const Report& get_report(std::string_view name) {
  std::string known;
  for (const auto& report : reports()) {
    if (report.name == name) return report;
    known += (known.empty() ? "" : ", ") + std::string(report.name);
  }
  throw Error(Kind::not_found, "there is no report '" + std::string(name) + "'; there are: " + known);
}

namespace {

void refuse_unknown_filters(const Report& report, const ReportQuestion& question) {
  const auto refuse_unless_known = [&](bool given, std::string_view name) {
    if (!given) return;
    for (const auto known : split(report.filters, ' '))
      if (known == name) return;
    throw Error(Kind::invalid, "the report '" + std::string(report.name) + "' cannot be filtered by " +
                                   std::string(name) +
                                   (report.filters.empty() ? "; it takes no filters"
                                                           : "; it takes: " + std::string(report.filters)));
  };
  refuse_unless_known(question.provider.has_value(), "provider");
  refuse_unless_known(question.recipient.has_value(), "recipient");
  refuse_unless_known(question.year.has_value(), "year");
  refuse_unless_known(question.framework.has_value(), "framework");
  refuse_unless_known(question.kind.has_value(), "kind");
  refuse_unless_known(question.initiative.has_value(), "initiative");
}

}  // namespace

Table make_report(store::Database& database, const Report& report, const ReportQuestion& question) {
  refuse_unknown_filters(report, question);
  Table table = report.make(database, question);
  table.name = report.name;
  table.title = report.title;
  table.definition = report.definition;
  table.source = report.source;
  table.revision = std::to_string(store::revision_of(database));
  if (table.total_rows == 0) table.total_rows = table.rows.size();
  return table;
}

void add_filter(ReportQuestion& question, std::string_view name, std::string_view value) {
  if (name == "kind") {
    kinds_named(value);
    question.kind = std::string(value);
    return;
  }
  // `*` and empty are values of their own in drill-downs: several partners, and not stated.
  const bool special = value.empty() || value == registry::several_partners || value.starts_with("region:");
  if (name == "provider" || name == "recipient") {
    const auto code =
        special ? std::string(value) : registry::parse_filter(name, value).value;
    (name == "provider" ? question.provider : question.recipient) = code;
  } else if (name == "year") {
    question.year = value.empty() ? 0 : std::stoi(registry::parse_filter(name, value).value);
  } else if (name == "framework") {
    question.framework = registry::parse_framework(value);
  } else {
    throw Error(Kind::invalid, "'" + std::string(name) + "' is no filter of reports");
  }
}

std::string contributions_path(const ReportQuestion& question) {
  std::string path;
  const auto add = [&](std::string_view name, std::string_view value) {
    path += (path.empty() ? "?" : "&") + std::string(name) + "=" + percent_encode(value);
  };
  if (question.provider) add("provider", *question.provider);
  if (question.recipient) add("recipient", *question.recipient);
  if (question.year) add("year", *question.year ? std::to_string(*question.year) : "");
  if (question.framework) add("framework", registry::to_string(*question.framework));
  if (question.kind) add("kind", *question.kind);
  if (question.initiative) add("initiative", std::to_string(*question.initiative));
  return "/reports/contributions" + path;
}

std::string initiative_path(std::string_view identifier) {
  return "/initiatives/" + percent_encode(identifier);
}

std::string partner_path(std::string_view code) {
  if (code.empty() || code == registry::several_partners || code.starts_with("region:")) return "";
  return (is_country_code(code) ? "/countries/" : "/organizations/") + percent_encode(code);
}

}  // namespace austral::review
