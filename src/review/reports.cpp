// THE TABLE of reports, and what every report shares.
#include "review/reports.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "review/breakdown.hpp"
#include "review/names.hpp"
#include "review/report_rows.hpp"
#include "store/journal.hpp"

namespace austral::review {

const std::vector<Report>& reports() {
  static const std::vector<Report> all = {
      {"breakdown",
       "by perspective price_year provider recipient facilitator sector goal year since until "
       "framework status publisher organization critical_area modality flow_type region marker "
       "provider_in recipient_in funds answers_for manages carries_out",
       make_breakdown},
      {"flows", "provider recipient year framework", make_flows},
      {"allocation", "provider recipient year framework perspective price_year", make_allocation},
      {"countries", "framework year", make_countries},
      {"publishers", "", make_publishers},
      {"contributions", "provider recipient year framework kind initiative", make_contributions},
  };
  return all;
}

const Report& get_report(std::string_view name) {
  std::string known;
  for (const auto& report : reports()) {
    if (report.name == name) return report;
    known += (known.empty() ? "" : ", ") + std::string(report.name);
  }
  throw Error(Kind::not_found,
              "there is no report '" + std::string(name) + "'; there are: " + known);
}

void name_table(Table& table, const Language& words) {
  const std::string prefix = "report." + table.name + ".";
  table.title = words.t(prefix + "title");
  table.definition = words.t(prefix + "definition");
  table.source = words.t(prefix + "source");
}

std::vector<Column> make_columns(const Language& words, const std::string& table,
                                 const std::vector<ColumnShape>& shapes) {
  std::vector<Column> columns;
  for (const auto& shape : shapes) {
    const std::string key = "column." + table + "." + std::string(shape.name);
    Column column{std::string(shape.name), words.t(key), shape.kind, std::string(shape.unit), ""};
    if (words.has(key + ".unit")) column.unit = words.t(key + ".unit");
    if (words.has(key + ".what")) column.definition = words.t(key + ".what");
    columns.push_back(std::move(column));
  }
  return columns;
}

namespace {

void refuse_unknown_filters(const Report& report, const ReportQuestion& question) {
  const auto refuse_unless_known = [&](bool given, std::string_view name) {
    if (!given) return;
    for (const auto known : split(report.filters, ' '))
      if (known == name) return;
    throw Error(Kind::invalid,
                "the report '" + std::string(report.name) + "' cannot be filtered by " +
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
  refuse_unless_known(!question.by.empty(), "by");
  refuse_unless_known(question.perspective.has_value(), "perspective");
  refuse_unless_known(question.price_year.has_value(), "price_year");
  for (const auto& filter : question.filters) {
    const auto name = filter_name(filter.dimension);
    refuse_unless_known(true, name);
    if (report.name != "breakdown")
      throw Error(Kind::invalid,
                  "the report '" + std::string(report.name) + "' takes one value of " + name);
  }
}

}  // namespace

Table make_report(store::Database& database, const Report& report, const ReportQuestion& question) {
  refuse_unknown_filters(report, question);
  Table table = report.make(database, question);
  table.name = report.name;
  name_table(table, get_language(question.language));
  table.revision = std::to_string(store::revision_of(database));
  if (table.total_rows == 0) table.total_rows = table.rows.size();
  return table;
}

namespace {

/// `*` and empty are values of their own in drill-downs: several partners, and not stated.
registry::Filter read_filter(std::string_view name, std::string_view value) {
  const bool special =
      value.empty() || value == registry::several_partners || value.starts_with("region:");
  if (special && (name == "provider" || name == "recipient" || name == "year"))
    return {registry::parse_dimension(name), std::string(value)};
  return registry::parse_filter(name, value);
}

/// Takes one of the members that are no filters of initiatives; false for other names.
bool add_choice(ReportQuestion& question, std::string_view name, std::string_view value) {
  if (name == "kind") {
    kinds_named(value);
    question.kind = std::string(value);
  } else if (name == "by") {
    for (const auto one : split(value, ','))
      if (!trim(one).empty()) question.by.emplace_back(trim(one));
  } else if (name == "perspective") {
    question.perspective = parse_perspective(value);
  } else if (name == "price_year") {
    question.price_year = std::stoi(registry::parse_filter("year", value).value);
  } else {
    return false;
  }
  return true;
}

}  // namespace

void add_filter(ReportQuestion& question, std::string_view name, std::string_view value) {
  if (add_choice(question, name, value)) return;
  const auto known = get_report("breakdown").filters;
  const auto names = split(known, ' ');
  if (std::find(names.begin(), names.end(), name) == names.end())
    throw Error(Kind::invalid, "'" + std::string(name) + "' is no filter of reports");
  auto filter = read_filter(name, value);
  if (name == "provider" && !question.provider)
    question.provider = filter.value;
  else if (name == "recipient" && !question.recipient)
    question.recipient = filter.value;
  else if (name == "year" && !question.year)
    question.year = filter.value.empty() ? 0 : std::stoi(filter.value);
  else if (name == "framework" && !question.framework)
    question.framework = registry::parse_framework(filter.value);
  else
    question.filters.push_back(std::move(filter));
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
