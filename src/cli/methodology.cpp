// austral methodology: check, publish, list, read and compare methodologies.
#include <iostream>

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/measuring.hpp"
#include "measurement/methodology_store.hpp"
#include "measurement/tables.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

struct MethodologyArguments {
  CommonOptions common;
  std::string first, second;
  bool yaml = false;
};

std::unique_ptr<store::Database> open(const MethodologyArguments& arguments, store::Access access) {
  return store::open_register(arguments.common.address, access);
}

std::shared_ptr<const measurement::Methodology> take(const MethodologyArguments& arguments,
                                                     const std::string& name) {
  if (is_methodology_file(name)) return read_methodology_file(name);
  return measurement::pick_methodology(list_known_methodologies(arguments.common.address), name);
}

int list_all(const MethodologyArguments& arguments) {
  print_table(measurement::methodologies_table(list_known_methodologies(arguments.common.address),
                                               arguments.common.language),
              arguments.common);
  return done;
}

int show_methodology(const MethodologyArguments& arguments) {
  const auto methodology = take(arguments, arguments.first);
  if (arguments.yaml) {
    std::cout << methodology->text;
    return done;
  }
  print_table(measurement::methodology_table(*methodology, arguments.common.language),
              arguments.common);
  return done;
}

int check_methodology(const MethodologyArguments& arguments) {
  const auto methodology = read_methodology_file(arguments.first);
  std::cout << arguments.first << ": " << methodology->name << "@" << methodology->version << ", "
            << methodology->items.size() << " items, holds; hash " << methodology->digest << "\n";
  return done;
}

int publish_methodology(const MethodologyArguments& arguments) {
  const auto methodology = read_methodology_file(arguments.first);
  const auto database = open(arguments, store::Access::read_write);
  const bool fresh =
      measurement::publish_methodology(*database, current_person(), methodology->text);
  std::cout << methodology->name << "@" << methodology->version
            << (fresh ? " is published" : " was published before, the same") << "; hash "
            << methodology->digest << "\n";
  return done;
}

int compare_methodology(const MethodologyArguments& arguments) {
  print_table(measurement::compared_methodologies_table(*take(arguments, arguments.first),
                                                        *take(arguments, arguments.second),
                                                        arguments.common.language),
              arguments.common);
  return done;
}

}  // namespace

std::function<int()> prepare_methodology(CLI::App& app) {
  auto arguments = std::make_shared<MethodologyArguments>();
  auto chosen = std::make_shared<int (*)(const MethodologyArguments&)>(nullptr);
  app.require_subcommand(1);
  const auto add = [&](const char* name, const char* summary,
                       int (*run)(const MethodologyArguments&), int words) {
    auto* sub = app.add_subcommand(name, summary);
    add_register_option(*sub, arguments->common.address);
    add_table_options(*sub, arguments->common);
    if (words > 0)
      sub->add_option("methodology", arguments->first, "A name, NAME@VERSION, or a YAML file")
          ->required();
    if (words > 1) sub->add_option("other", arguments->second, "Another")->required();
    sub->callback([chosen, run] { *chosen = run; });
    return sub;
  };
  add("list", "The methodologies there are", list_all, 0);
  add("show", "Items, rules, methods and sources", show_methodology, 1)
      ->add_flag("--yaml", arguments->yaml, "The text as published");
  add("check", "Read a file and tell every fault", check_methodology, 1);
  add("publish", "Keep a file's methodology in the register, for ever", publish_methodology, 1);
  add("compare", "What two say differently", compare_methodology, 2);
  return [arguments, chosen] { return (*chosen)(*arguments); };
}

}  // namespace austral::cli
