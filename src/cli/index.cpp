// austral index: brings the index of words up to the register, or makes it anew.
#include <chrono>
#include <filesystem>
#include <iostream>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "search/search.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

struct IndexArguments {
  std::string address, path;
  bool rebuild = false;
};

std::uintmax_t bytes_of(const std::string& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder))
    if (file.is_regular_file()) bytes += file.file_size();
  return bytes;
}

int bring_up(const IndexArguments& arguments) {
  const auto database = store::open_register(arguments.address, store::Access::read_only);
  const std::string path =
      arguments.path.empty() ? search::default_index_path(arguments.address) : arguments.path;
  const auto started = std::chrono::steady_clock::now();
  search::UpdateCounts counts;
  {
    Progress progress("indexing", 0, "documents");
    counts = search::update_index(*database, path, arguments.rebuild, &progress);
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - started;
  const search::Index index(path);
  std::cout << path << ": revision " << counts.revision << ", "
            << group_digits(std::int64_t(index.size()), "en") << " initiatives, "
            << group_digits(counts.indexed, "en") << " indexed, "
            << group_digits(counts.removed, "en") << " removed, " << bytes_of(path) / 1'000'000
            << " MB, " << group_digits(std::int64_t(double(counts.indexed) / taken.count()), "en")
            << " a second\n";
  return done;
}

}  // namespace

std::function<int()> prepare_index(CLI::App& app) {
  auto arguments = std::make_shared<IndexArguments>();
  add_register_option(app, arguments->address);
  app.add_option("--index", arguments->path, "The index's folder; beside the register by default")
      ->type_name("PATH");
  app.add_flag("--rebuild", arguments->rebuild, "Make it anew, whatever stands there");
  return [arguments] { return bring_up(*arguments); };
}

}  // namespace austral::cli
