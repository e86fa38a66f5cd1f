// austral check: whether the register holds together.
#include <iostream>

#include "cli/commands.hpp"
#include "registry/integrity_store.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

int check_register(const CommonOptions& options) {
  const auto database = store::open_register(options.address, store::Access::read_only);
  const auto results = registry::check_integrity(
      *database, [](const std::string& name) { std::cerr << "checking " << name << " ...\n"; });
  Table table;
  table.name = "check";
  table.title = "Integrity of the register";
  table.definition = "Each check recomputes what it looks at from what it was made of.";
  table.source = database->address();
  table.columns = {{"check", "Check", ColumnKind::text, "", ""},
                   {"examined", "Examined", ColumnKind::number, "", ""},
                   {"result", "Result", ColumnKind::text, "", ""}};
  bool holds = true;
  for (const auto& result : results) {
    holds = holds && result.damage.empty();
    std::string words =
        result.damage.empty() ? "holds" : std::to_string(result.damage.size()) + " damaged";
    table.rows.push_back({result.name, result.examined, words});
    for (const auto& damage : result.damage) table.notes.push_back(result.name + ": " + damage);
    for (const auto& remark : result.remarks) table.notes.push_back(result.name + ": " + remark);
  }
  if (options.format != "table")
    for (const auto& note : table.notes) std::cerr << "austral: " << note << "\n";
  print_table(table, options);
  return holds ? done : damaged;
}

}  // namespace

std::function<int()> prepare_check(CLI::App& app) {
  auto options = std::make_shared<CommonOptions>();
  add_register_option(app, options->address);
  add_table_options(app, *options);
  return [options] { return check_register(*options); };
}

}  // namespace austral::cli
