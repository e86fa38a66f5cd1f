// austral prices: imports, shows and checks the prices by which contributions are measured.
#include <fmt/format.h>

#include <cstdio>
#include <iostream>

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "codes/country.hpp"
#include "measurement/price_table.hpp"
#include "standards/prices/price_sheet.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

struct PriceArguments {
  CommonOptions common;
  std::string act;
  std::vector<std::string> what;
  std::string set, source, country, key, member;
  std::optional<int> year;
  std::optional<std::int64_t> version;
};

const std::vector<std::string> price_acts = {"import", "show",   "check",
                                             "sets",   "remove", "template"};

/// The register, where there is one: the shipped prices are shown without one too.
std::unique_ptr<store::Database> find_price_register(const std::string& address) {
  try {
    return store::open_register(address, store::Access::read_only);
  } catch (const Error& error) {
    if (error.kind() != Kind::not_found) throw;
    return nullptr;
  }
}

std::string name_of_set(const std::string& path) {
  std::string name;
  for (const char c : std::filesystem::path(path).stem().string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain || static_cast<unsigned char>(c) >= 0x80)
      name += c;
    else if (c >= 'A' && c <= 'Z')
      name += char(c + 32);
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "prices" : name;
}

/// What all files of one set hold together.
struct GatheredSet {
  std::vector<measurement::Price> prices;
  std::uint64_t rows = 0, left_out = 0, findings = 0;
};

int read_into(GatheredSet& gathered, const std::string& path, const std::string& set,
              const PriceArguments& arguments) {
  prices::PriceSheetOptions options;
  options.set = set;
  options.source = arguments.source;
  options.workbook.member = arguments.member;
  auto sheet = prices::read_price_sheet(path, options);
  bool any_error = sheet.damaged;
  for (const auto& finding : sheet.findings) {
    const std::string place = finding.place.empty() ? "" : finding.place + ": ";
    std::cerr << "austral: " << path << ": " << place << finding.message << "\n";
    any_error = any_error || finding.severity >= Severity::error;
  }
  gathered.rows += sheet.rows;
  gathered.left_out += sheet.left_out;
  gathered.findings += sheet.findings.size();
  for (auto& price : sheet.prices) gathered.prices.push_back(std::move(price));
  return any_error ? damaged : done;
}

void keep_set(store::Database& database, const std::string& set, const GatheredSet& gathered) {
  if (gathered.prices.empty())
    throw Error(Kind::invalid, "no row is a price that can be used, so the set '" + set +
                                   "' stays as it is; mend the cells that are named above");
  const auto changes = measurement::save_prices(database, set, gathered.prices, current_person());
  std::fputs(fmt::format("{}: version {}; read {}, left out {}; added {}, changed {}, removed {}, "
                         "unchanged {}; findings {}\n",
                         set, changes.version, gathered.rows, gathered.left_out, changes.added,
                         changes.changed, changes.removed, changes.same, gathered.findings)
                 .c_str(),
             stdout);
}

int import_prices(const PriceArguments& arguments) {
  std::map<std::string, std::vector<std::string>> files;
  for (const auto& path : arguments.what)
    files[arguments.set.empty() ? name_of_set(path) : arguments.set].push_back(path);
  const auto database = store::open_register(arguments.common.address, store::Access::create);
  int status = done;
  for (const auto& [set, paths] : files) {
    GatheredSet gathered;
    for (const auto& path : paths)
      status = std::max(status, read_into(gathered, path, set, arguments));
    keep_set(*database, set, gathered);
  }
  return status;
}

measurement::PriceList choose_prices(store::Database* database, const PriceArguments& arguments) {
  if (!database) return measurement::shipped_prices();
  if (!arguments.set.empty())
    return measurement::read_price_set(*database, arguments.set, arguments.version);
  return measurement::read_prices(*database);
}

int show_prices(const PriceArguments& arguments) {
  const auto database = find_price_register(arguments.common.address);
  measurement::PriceQuestion question;
  if (!arguments.what.empty()) question.series = arguments.what.front();
  question.key = arguments.key;
  question.year = arguments.year;
  if (!arguments.country.empty()) {
    const auto* country = codes::find_country_named(arguments.country);
    if (!country)
      throw Error(Kind::not_found,
                  "'" + arguments.country + "' is no country; write its two letters, such as BR");
    question.country = country->alpha2;
  }
  print_table(measurement::list_prices(choose_prices(database.get(), arguments), question,
                                       arguments.common.language),
              arguments.common);
  return done;
}

int check(const PriceArguments& arguments) {
  const auto database = find_price_register(arguments.common.address);
  measurement::PriceList prices;  // the shipped ones were looked at before they were shipped
  for (const auto& price : choose_prices(database.get(), arguments).all())
    if (price.set != measurement::shipped_set || arguments.set == measurement::shipped_set)
      prices.add(price);
  prices.sort();
  auto findings = measurement::check_prices(prices);
  bool any_error = false;
  if (database)
    for (const auto& damage : measurement::find_price_damage(*database))
      findings.push_back({Severity::damage, "price.set.damaged", arguments.common.address, damage});
  for (const auto& finding : findings) any_error = any_error || finding.severity >= Severity::error;
  print_table(measurement::list_price_findings(findings, arguments.common.language),
              arguments.common);
  return any_error ? damaged : done;
}

int remove_sets(const PriceArguments& arguments) {
  const auto database = store::open_register(arguments.common.address, store::Access::read_write);
  for (const auto& set : arguments.what) {
    measurement::read_price_set(*database, set);  // says so when there is none
    const auto changes = measurement::save_prices(*database, set, {}, current_person());
    std::fputs(fmt::format("{}: removed {}\n", set, changes.removed).c_str(), stdout);
  }
  return done;
}

int run_prices(const PriceArguments& arguments) {
  const bool needs_what = arguments.act == "import" || arguments.act == "remove";
  if (needs_what && arguments.what.empty())
    throw Error(Kind::invalid, arguments.act == "import"
                                   ? "which price list? austral prices import pay-2024.xlsx"
                                   : "which set? `austral prices sets` lists them");
  if (arguments.version && arguments.set.empty())
    throw Error(Kind::invalid, "--version is of a set; say --set NAME too");
  if (arguments.act == "import") return import_prices(arguments);
  if (arguments.act == "show") return show_prices(arguments);
  if (arguments.act == "check") return check(arguments);
  if (arguments.act == "remove") return remove_sets(arguments);
  if (arguments.act == "template") {
    print_table(measurement::make_price_template(arguments.common.language), arguments.common);
    return done;
  }
  const auto database = store::open_register(arguments.common.address, store::Access::read_only);
  print_table(
      measurement::list_sets(measurement::list_price_sets(*database), arguments.common.language),
      arguments.common);
  return done;
}

}  // namespace

std::function<int()> prepare_prices(CLI::App& app) {
  auto arguments = std::make_shared<PriceArguments>();
  add_register_option(app, arguments->common.address);
  add_table_options(app, arguments->common);
  app.add_option("act", arguments->act, "import, show, check, sets, remove or template")
      ->required()
      ->check(CLI::IsMember(price_acts));
  app.add_option("what", arguments->what,
                 "import: price lists; show: a series; remove: names of sets");
  app.add_option("--set", arguments->set, "The set's name; without it the file's");
  app.add_option("--source", arguments->source,
                 "Where the prices come from, for rows that do not say it");
  app.add_option("--country", arguments->country, "Only prices that hold in this country");
  app.add_option("--key", arguments->key, "Only prices of this grade, good, level or currency");
  app.add_option("--year", arguments->year, "Only prices that hold in this year");
  app.add_option("--version", arguments->version, "An earlier version of the set");
  app.add_option("--member", arguments->member, "The file inside an archive with several");
  return [arguments] { return run_prices(*arguments); };
}

}  // namespace austral::cli
