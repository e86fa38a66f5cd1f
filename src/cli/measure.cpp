// austral measure, bridge, recompute: contributions measured by a methodology, why two differ, and
// frozen answers computed again.
#include <algorithm>
#include <iostream>

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/measuring.hpp"
#include "measurement/asking.hpp"
#include "measurement/frozen.hpp"
#include "measurement/tables.hpp"
#include "registry/fact_store.hpp"
#include "standards/measured/book.hpp"
#include "standards/sdmx/sdmx.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

using measurement::Answer;
using measurement::Asking;

struct MeasureArguments {
  CommonOptions common;
  std::vector<std::pair<std::string, std::vector<std::string>>> choices;
  std::string methodology = "unctad", other;
  std::string show = "table", code, reason, freeze, book, area = "provider";
  bool list = false, rows = false;
  std::size_t limit = 0;
};

const std::vector<std::string> shown = {"table", "rows",   "spread",      "left-out",
                                        "needs", "mirror", "methodology", "country-sheet"};

Asking asking_of(const MeasureArguments& arguments) {
  Asking asking;
  for (const auto& [name, values] : arguments.choices)
    for (const auto& value : values)
      if (!value.empty()) measurement::add_choice(asking, name, value);
  return asking;
}

Table choose_table(store::Database& database, const Answer& answer,
                   const MeasureArguments& arguments) {
  const auto& language = arguments.common.language;
  const measurement::PageOf page{0, arguments.limit};
  if (arguments.show == "rows")
    return measurement::rows_table(answer, database, arguments.code, page, language);
  if (arguments.show == "spread") return measurement::spread_table(answer, language);
  if (arguments.show == "country-sheet")
    return measurement::country_sheet_table(answer, database, language);
  if (arguments.show == "needs") return measurement::needs_table(answer, language);
  if (arguments.show == "left-out")
    return arguments.reason.empty() ? measurement::left_out_table(answer, language)
                                    : measurement::left_out_rows_table(
                                          answer, database, arguments.reason, page, language);
  if (arguments.show == "mirror")
    return measurement::mirror_table(
        measurement::mirror(answer.methodology, answer.facts, answer.prices, answer.options),
        *answer.methodology, *answer.facts, language);
  return measurement::measure_table(answer, language);
}

void tell_needs(const Answer& answer) {
  if (answer.needs.empty()) return;
  std::cerr << "austral: " << answer.needs.size()
            << " prices are missing; `--show needs` lists them\n";
}

void print_text(const std::string& text, const std::string& path) {
  bool written = false;
  print_bytes(
      [&](std::string& out) {
        if (!written) out = text;
        return !std::exchange(written, true);
      },
      path);
}

measurement::Identifiers identifiers_of(store::Database& database, const Answer& answer) {
  std::vector<std::int64_t> keys;
  for (const auto& fact : answer.facts->rows)
    if (keys.empty() || keys.back() != fact.initiative) keys.push_back(fact.initiative);
  measurement::Identifiers identifiers;
  for (const auto& line : registry::list_lines(database, keys))
    identifiers[line.key] = line.identifier;
  return identifiers;
}

void freeze(store::Database& database, const Answer& answer, const std::string& path) {
  print_text(measurement::write_frozen(answer, identifiers_of(database, answer)), path);
}

int recompute(const std::string& path) {
  const auto differences = measurement::recompute(read_text(path));
  for (const auto& difference : differences) std::cout << path << ": " << difference << "\n";
  if (!differences.empty()) return damaged;
  std::cout << path << ": computed again from its own facts and prices, every byte is the same\n";
  return done;
}

/// The formats that are no tables; false for the others.
bool print_special(const Answer& answer, const MeasureArguments& arguments) {
  const auto& format = arguments.common.format;
  if (format != "sdmx-csv" && format != "sdmx-ml") return false;
  sdmx::Area area{};
  if (!boost::describe::enum_from_string(arguments.area.c_str(), area))
    throw Error(Kind::invalid, "'" + arguments.area + "' is no area; say provider or recipient");
  const auto observations = sdmx::observe(answer, area);
  print_text(format == "sdmx-csv" ? sdmx::write_csv(observations)
                                  : sdmx::write_xml(observations, today(), "AUSTRAL"),
             arguments.common.output);
  return true;
}

int measure(const MeasureArguments& arguments) {
  if (arguments.list) {
    print_table(measurement::methodologies_table(list_known_methodologies(arguments.common.address),
                                                 arguments.common.language),
                arguments.common);
    return done;
  }
  const auto database = store::open_register(arguments.common.address, store::Access::read_only);
  const auto methodology = take_methodology(*database, arguments.methodology);
  if (arguments.show == "methodology") {
    print_table(measurement::methodology_table(*methodology, arguments.common.language),
                arguments.common);
    return done;
  }
  const auto answer = measurement::answer(*database, asking_of(arguments), methodology);
  if (!arguments.freeze.empty()) freeze(*database, answer, arguments.freeze);
  if (!arguments.book.empty())
    measured::write_book(answer, identifiers_of(*database, answer), arguments.common.language,
                         arguments.book);
  if (!print_special(answer, arguments))
    print_table(choose_table(*database, answer, arguments), arguments.common);
  tell_needs(answer);
  return done;
}

int bridge(const MeasureArguments& arguments) {
  const auto database = store::open_register(arguments.common.address, store::Access::read_only);
  const auto asking = asking_of(arguments);
  const auto left =
      measurement::answer(*database, asking, take_methodology(*database, arguments.methodology));
  const auto right = measurement::measure(take_methodology(*database, arguments.other), left.facts,
                                          left.prices, asking.options);
  const auto steps = measurement::bridge(left, right);
  const auto& language = arguments.common.language;
  print_table(arguments.rows ? measurement::bridge_rows_table(steps, left, right, *database,
                                                              {0, arguments.limit}, language)
                             : measurement::bridge_table(steps, left, right, language),
              arguments.common);
  return done;
}

std::string describe(const std::string& name) {
  if (name == "year") return "A year, or years from and to: 2010-2015";
  if (name == "perspective") return "Whose records are asked: reconciled, provider or recipient";
  if (name == "method") return "Value by this method wherever it applies: M0 to M7";
  if (name == "kinds") return "Kinds of contributions instead of those paid, such as commitment";
  if (name == "price_year") return "Constant prices of that year";
  return "Only this " + name + ", by name or code";
}

void add_choices(CLI::App& app, MeasureArguments& arguments) {
  const auto& names = measurement::choice_names();
  arguments.choices.reserve(names.size());  // the options point into it
  for (const auto& name : names) {
    if (name == "methodology") continue;
    auto& values = arguments.choices.emplace_back(name, std::vector<std::string>{}).second;
    app.add_option(name == "price_year" ? "--prices,--price_year" : "--" + name, values,
                   describe(name))
        ->type_name("VALUE")
        ->take_all();
  }
  app.add_option("--limit", arguments.limit, "At most so many rows; 0: all");
}

}  // namespace

std::function<int()> prepare_measure(CLI::App& app) {
  auto arguments = std::make_shared<MeasureArguments>();
  add_register_option(app, arguments->common.address);
  add_table_options(app, arguments->common);
  app.add_flag("--list", arguments->list, "List the methodologies");
  app.add_option("-m,--methodology", arguments->methodology,
                 "A methodology by name, or a YAML file to try")
      ->capture_default_str();
  add_choices(app, *arguments);
  app.add_option("--show", arguments->show,
                 "table, rows, spread, left-out, needs, mirror, country-sheet or methodology")
      ->check(CLI::IsMember(shown))
      ->capture_default_str();
  app.add_option("--item", arguments->code, "With --show rows: an item, group or total");
  app.add_option("--reason", arguments->reason,
                 "With --show left-out: the contributions of this reason");
  app.add_option(
         "--area", arguments->area,
         "With --format sdmx-csv or sdmx-ml: whose country is the area, provider or recipient")
      ->capture_default_str();
  app.add_option("--book", arguments->book,
                 "Write a workbook (XLSX) whose formulas recompute every figure")
      ->type_name("FILE");
  app.add_option("--freeze", arguments->freeze,
                 "Write all that the answer was computed from to this file")
      ->type_name("FILE");
  return [arguments] { return measure(*arguments); };
}

std::function<int()> prepare_recompute(CLI::App& app) {
  auto path = std::make_shared<std::string>();
  app.add_option("file", *path, "An answer that `austral measure --freeze` wrote")->required();
  return [path] { return recompute(*path); };
}

std::function<int()> prepare_bridge(CLI::App& app) {
  auto arguments = std::make_shared<MeasureArguments>();
  add_register_option(app, arguments->common.address);
  add_table_options(app, arguments->common);
  app.add_option("first", arguments->methodology, "A methodology by name, or a YAML file")
      ->required();
  app.add_option("second", arguments->other, "Another")->required();
  app.add_flag("--rows", arguments->rows, "The contributions with a difference, one by one");
  add_choices(app, *arguments);
  return [arguments] { return bridge(*arguments); };
}

}  // namespace austral::cli
