// austral show: everything known of one initiative, or the text its source published.
#include <fmt/format.h>

#include <iostream>

#include "base/error.hpp"
#include "base/json.hpp"
#include "cli/commands.hpp"
#include "registry/record_store.hpp"
#include "review/names.hpp"
#include "review/reports.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

struct ShowArguments {
  CommonOptions common;
  std::string identifier;
  bool source = false;
};

void print_fact(std::string_view name, const std::string& value) {
  if (!value.empty()) std::cout << fmt::format("  {:<14} {}\n", name, value);
}

std::string list_names(review::Names& names, registry::Dimension dimension,
                       const std::vector<std::string>& values) {
  std::string text;
  for (const auto& value : values)
    text += (text.empty() ? "" : "; ") + names.value(dimension, value) + " (" + value + ")";
  return text;
}

std::string usd(std::int64_t cents) { return cents ? to_string(Decimal{cents, 2}) + " USD" : ""; }

/// Whether its amounts enter totals, and why.
std::string describe_standing(const registry::MemberRecord& one) {
  const auto& standing = one.member.standing;
  if (one.member.counted)
    return standing.starts_with("another year") ? "yes, " + standing : std::string("yes");
  if (!one.adds) return "no, " + standing;
  return "in part: " + standing + ", but for kinds of money and years that it does not tell";
}

void print_record(const registry::MemberRecord& one) {
  const auto& record = one.record;
  std::cout << fmt::format("\nRecord of {} ({}), version {} of {}, {}\n", one.member.publisher,
                           pick_text(record.publisher_name, "en"), one.member.version,
                           one.member.versions, one.member.format);
  print_fact("identifier", one.member.identifier);
  print_fact("updated", one.member.updated);
  print_fact("counted", describe_standing(one));
  for (const auto& participation : record.participations)
    print_fact(boost::describe::enum_to_string(participation.function, "?"),
               std::string(pick_text(participation.party.name, "en")) +
                   (participation.party.ref.empty() ? "" : " [" + participation.party.ref + "]"));
  print_fact("contributions", std::to_string(record.contributions.size()));
  print_fact("results", std::to_string(record.results.size()));
  print_fact("locations", std::to_string(record.locations.size()));
  print_fact("documents", std::to_string(record.documents.size()));
  for (const auto& description : record.descriptions)
    std::cout << "\n  " << pick_text(description.text, "en") << "\n";
}

void print_details(store::Database& database, const registry::InitiativeDetails& details,
                   const std::string& language) {
  const auto& line = details.initiative;
  review::Names names(database, language);
  std::cout << (line.title.empty() ? line.identifier : line.title) << "\n\n";
  print_fact("identifier", line.identifier);
  print_fact("providers", list_names(names, registry::Dimension::provider, line.providers));
  print_fact("recipients", list_names(names, registry::Dimension::recipient, line.recipients));
  print_fact("facilitators",
             list_names(names, registry::Dimension::facilitator, line.facilitators));
  print_fact("sectors", list_names(names,
                                   !line.sectors.empty() && line.sectors.front().size() == 3
                                       ? registry::Dimension::category
                                       : registry::Dimension::purpose,
                                   line.sectors));
  print_fact("status", names.value(registry::Dimension::status, line.status));
  print_fact("dates", line.start_date + " to " + line.end_date);
  print_fact("budgeted", usd(line.budgeted_cents));
  print_fact("committed", usd(line.committed_cents));
  print_fact("disbursed", usd(line.disbursed_cents));
  print_fact("framework", review::framework_label(line.framework, get_language(language)));
  print_fact("because",
             review::rule_words(line.rule, get_language(language)) + " [" + line.rule + "]");
  print_fact("on facts", line.reason);
  for (const auto& one : details.records) print_record(one);
  for (const auto& link : details.links)
    std::cout << fmt::format("\n{} {} ({}): {}{}\n", link.joins ? "joined with" : "linked to",
                             link.other_identifier, link.other_publisher, link.kind,
                             link.other_title.empty() ? "" : ", " + link.other_title);
}

/// Throws: Error::not_found for a record that is a sum over activities, which is no initiative.
void refuse_aggregate(store::Database& database, const std::string& identifier) {
  for (const auto key : registry::find_records(database, identifier))
    if (registry::get_record(database, key).kind == "aggregate")
      throw Error(Kind::not_found, "'" + identifier +
                                       "' is a publisher's sum over activities: kept beside them, "
                                       "counted nowhere; --source prints it");
}

int show(const ShowArguments& arguments) {
  const auto database = store::open_register(arguments.common.address, store::Access::read_only);
  if (arguments.source) {
    const auto keys = registry::find_records(*database, arguments.identifier);
    if (keys.empty())
      throw Error(Kind::not_found, "no record has the identifier '" + arguments.identifier + "'");
    for (const auto key : keys) std::cout << registry::get_source(*database, key) << "\n";
    return done;
  }
  std::int64_t matches = 0;
  const auto line = registry::find_initiative_named(*database, arguments.identifier, &matches);
  if (!line) refuse_aggregate(*database, arguments.identifier);
  if (!line)
    throw Error(Kind::not_found, "no initiative has the identifier '" + arguments.identifier +
                                     "'; austral find WORDS lists those that there are");
  const auto details = registry::get_initiative(*database, line->key);
  if (arguments.common.format == "json")
    std::cout << to_json(details) << "\n";
  else
    print_details(*database, details, arguments.common.language);
  return done;
}

}  // namespace

std::function<int()> prepare_show(CLI::App& app) {
  auto arguments = std::make_shared<ShowArguments>();
  add_register_option(app, arguments->common.address);
  app.add_option("id", arguments->identifier,
                 "The identifier of an initiative or of one of its records")
      ->required();
  app.add_flag("--source", arguments->source, "Print the text as its publisher published it");
  app.add_option("--format", arguments->common.format, "table (for people) or json")
      ->capture_default_str();
  app.add_option("--lang", arguments->common.language, "Language of names")->capture_default_str();
  return [arguments] { return show(*arguments); };
}

}  // namespace austral::cli
