// austral mapping: proposes, shows, checks and tries mappings of somebody's own sheets.
#include <fstream>
#include <iostream>

#include "base/catalogue.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "standards/mapping/preview.hpp"
#include "standards/mapping/propose.hpp"
#include "standards/mapping/reader.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

struct MappingArguments {
  CommonOptions common;
  std::string act, what, sheet, member, mapping, publisher, name;
  bool problems = false, remember = false;
};

const std::vector<std::string> mapping_acts = {"propose", "preview", "list",
                                               "show",    "check",   "fields"};

/// The register, where there is one: mappings are tried without a register too.
std::unique_ptr<store::Database> find_register(const std::string& address) {
  try {
    return store::open_register(address, store::Access::read_only);
  } catch (const Error& error) {
    if (error.kind() != Kind::not_found) throw;
    return nullptr;
  }
}

void print_remarks(const std::vector<std::string>& remarks) {
  for (const auto& remark : remarks) std::cerr << "austral: " << remark << "\n";
}

std::string name_of_file(const std::string& path) {
  std::string name;
  for (const char c : std::filesystem::path(path).stem().string()) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      name += c;
    else if (c >= 'A' && c <= 'Z')
      name += char(c + 32);
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "my-sheet" : name.substr(0, 64);
}

sheet::WorkbookOptions workbook_of(const MappingArguments& arguments) {
  sheet::WorkbookOptions options;
  options.member = arguments.member;
  return options;
}

int propose(const MappingArguments& arguments, store::Database* database) {
  mapping::ProposalOptions options;
  options.name = arguments.name.empty() ? name_of_file(arguments.what) : arguments.name;
  options.sheet = arguments.sheet;
  options.publisher = arguments.publisher;
  options.known = mapping::list_known(database);
  const auto workbook = sheet::open_workbook(arguments.what, workbook_of(arguments));
  const auto proposal = mapping::propose_mapping(*workbook, options);
  if (arguments.common.output.empty()) {
    print_table(mapping::list_proposal(proposal), arguments.common);
    return done;
  }
  std::ofstream file(arguments.common.output, std::ios::binary);
  file << mapping::write_mapping(proposal.mapping);
  file.close();
  if (!file) throw Error(Kind::unavailable, "cannot write " + arguments.common.output);
  print_remarks(proposal.remarks);
  std::cerr << get_language("en").t("mapping.written", {{"file", arguments.common.output}}) << "\n";
  return done;
}

int preview(const MappingArguments& arguments, store::Database* database) {
  mapping::SheetImport how;
  how.mapping = arguments.mapping;
  how.sheet = arguments.sheet;
  how.workbook = workbook_of(arguments);
  const auto known = mapping::choose_mapping(database, arguments.what, how);
  mapping::PreviewOptions options;
  options.sheet = arguments.sheet;
  const auto preview = mapping::make_preview(arguments.what, known, options, how.workbook);
  print_table(arguments.problems ? mapping::list_problems(preview)
                                 : mapping::list_preview(preview, arguments.common.language),
              arguments.common);
  return preview.damaged ? damaged : done;
}

int check(const MappingArguments& arguments, store::Database* database) {
  const auto known = mapping::get_mapping(database, arguments.what);
  if (!arguments.remember) {
    std::cout << get_language("en").t("mapping.checked", {{"name", known.mapping->name}}) << "\n";
    return done;
  }
  const auto writable = store::open_register(arguments.common.address, store::Access::create);
  mapping::remember_mapping(*writable, current_person(), *known.mapping);
  std::cout << get_language("en").t("mapping.remembered", {{"name", known.mapping->name}}) << "\n";
  return done;
}

int run_mapping(const MappingArguments& arguments) {
  if (arguments.act != "list" && arguments.act != "fields" && arguments.what.empty())
    throw Error(Kind::invalid, "austral mapping " + arguments.act + " needs a file or a name");
  const auto database = find_register(arguments.common.address);
  if (arguments.act == "propose") return propose(arguments, database.get());
  if (arguments.act == "preview") return preview(arguments, database.get());
  if (arguments.act == "check") return check(arguments, database.get());
  if (arguments.act == "show") {
    std::cout << mapping::write_mapping(
        *mapping::get_mapping(database.get(), arguments.what).mapping);
    return done;
  }
  print_table(arguments.act == "list" ? mapping::list_mappings(mapping::list_known(database.get()))
                                      : mapping::list_fields(),
              arguments.common);
  return done;
}

}  // namespace

std::function<int()> prepare_mapping(CLI::App& app) {
  auto arguments = std::make_shared<MappingArguments>();
  add_register_option(app, arguments->common.address);
  add_table_options(app, arguments->common);
  app.add_option("act", arguments->act, "propose, preview, list, show, check or fields")
      ->required()
      ->check(CLI::IsMember(mapping_acts));
  app.add_option("what", arguments->what, "A sheet's file, or a mapping's name or file");
  app.add_option("--mapping", arguments->mapping, "The mapping to try, by name or file");
  app.add_option("--sheet", arguments->sheet, "The sheet, where a workbook has several");
  app.add_option("--member", arguments->member, "The file inside an archive with several");
  app.add_option("--publisher", arguments->publisher,
                 "Reference of who reports, such as BR-GOV-ABC");
  app.add_option("--name", arguments->name, "Name of the proposed mapping");
  app.add_flag("--problems", arguments->problems, "List every problem by cell");
  app.add_flag("--remember", arguments->remember, "Keep the checked mapping in the register");
  return [arguments] { return run_mapping(*arguments); };
}

}  // namespace austral::cli
