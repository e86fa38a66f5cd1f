// austral import: files into the register, a line a file.
#include "standards/import.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>

#include "base/catalogue.hpp"
#include "base/error.hpp"
#include "base/progress.hpp"
#include "cli/commands.hpp"
#include "registry/link_store.hpp"
#include "standards/format.hpp"
#include "standards/mapping/reader.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

struct ImportArguments {
  CommonOptions common;
  std::vector<std::string> files;
  std::string as, take = "register";
  mapping::SheetImport sheet;
};

double megabytes_a_second(const standards::ImportedFile& file) {
  const auto seconds = double(std::max<std::int64_t>(file.milliseconds, 1)) / 1000;
  return double(file.bytes) / 1e6 / seconds;
}

void print_line(const standards::ImportedFile& file) {
  std::cout << fmt::format(
                   "{}: read {}, new {}, changed {}, unchanged {}, findings {}, {:.1f} MB/s\n",
                   file.name, file.counts.read, file.counts.added, file.counts.changed,
                   file.counts.unchanged, file.counts.findings, megabytes_a_second(file))
            << std::flush;
  if (!file.damage.empty()) std::cerr << "austral: " << file.name << ", " << file.damage << "\n";
}

/// A file of a known format, or a sheet by the mapping that is named or fits.
standards::ImportedFile import_one(store::Database& database, const std::string& path,
                                   const ImportArguments& arguments,
                                   const standards::ImportOptions& options) {
  const bool named = !arguments.sheet.mapping.empty();
  // `FILE#MEMBER` is a sheet inside an archive.
  const bool inside = path.find('#') != std::string::npos && !std::filesystem::exists(path);
  if (!named && !inside && (!arguments.as.empty() || standards::find_format(path)))
    return standards::import_file(database, path, options);
  mapping::KnownMapping known;
  try {
    known = mapping::choose_mapping(&database, path, arguments.sheet);
  } catch (const Error& error) {
    if (named || inside || error.kind() != Kind::invalid) throw;
    try {
      standards::recognise_format(path);
    } catch (const Error& unknown) {
      throw Error(Kind::invalid, std::string(unknown.what()) + "; " + error.what());
    }
  }
  if (!named)
    std::cerr << get_language("en").t("import.mapping",
                                      {{"file", path}, {"mapping", known.mapping->name}})
              << "\n";
  return mapping::import_sheet(database, path, known, arguments.sheet, options);
}

int import_all(const ImportArguments& arguments) {
  const auto database = store::open_register(arguments.common.address, store::Access::create);
  if (!arguments.as.empty()) standards::get_format(arguments.as);
  int status = done;
  bool changed = false;
  for (const auto& path : arguments.files) {
    std::error_code ignored;
    const auto bytes = std::filesystem::file_size(path, ignored);
    try {
      Progress progress(std::filesystem::path(path).filename().string(), ignored ? 0 : bytes);
      standards::ImportOptions options;
      options.format = arguments.as;
      options.who = current_person();
      options.take_sheet = arguments.take == "sheet";
      options.on_progress = [&](std::uint64_t read) { progress.set_done(read); };
      const auto file = import_one(*database, path, arguments, options);
      progress.finish();
      print_line(file);
      changed = changed || file.counts.added + file.counts.changed > 0;
      if (!file.damage.empty()) status = damaged;
    } catch (const Error& error) {
      if (error.kind() == Kind::unavailable && !std::filesystem::exists(path)) throw;
      std::cerr << "austral: " << error.what() << "\n";
      if (error.kind() == Kind::unavailable) return refused;  // the register, not the file
      if (status == done) status = damaged;
    }
  }
  if (!registry::links_are_current(*database)) {
    const auto links = registry::draw_links(*database);
    if (changed && links.joined + links.not_counted > 0)
      std::cerr << get_language("en").t("import.links",
                                        {{"joined", links.joined}, {"records", links.not_counted}})
                << "\n";
  }
  return status;
}

}  // namespace

std::function<int()> prepare_import(CLI::App& app) {
  auto arguments = std::make_shared<ImportArguments>();
  add_register_option(app, arguments->common.address);
  app.add_option("files", arguments->files, "Files to read; also gzip or zip")->required();
  app.add_option("--as", arguments->as,
                 "The files' format, where it should not be recognised: iati");
  app.add_option("--mapping", arguments->sheet.mapping,
                 "Of sheets: how they are read, by a mapping's name or file");
  app.add_option("--sheet", arguments->sheet.sheet, "The sheet, where a workbook has several");
  app.add_option("--member", arguments->sheet.workbook.member,
                 "The file inside an archive with several");
  app.add_option("--take", arguments->take,
                 "Of forms, where sheet and register changed the same: register or sheet")
      ->check(CLI::IsMember({"register", "sheet"}))
      ->capture_default_str();
  return [arguments] { return import_all(*arguments); };
}

}  // namespace austral::cli
