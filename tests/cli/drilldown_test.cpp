// Real files, imported as the command does it: the register holds together and every drill-down
// adds up.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "registry/integrity_store.hpp"
#include "registry/link_store.hpp"
#include "review/drill_down.hpp"
#include "standards/import.hpp"
#include "support/postgres.hpp"

namespace austral {
namespace {

/// Files of the data pack: several publishers that pay one another, institutions of the South,
/// dated versions.
std::vector<std::string> real_files(const std::string& folder) {
  std::vector<std::string> files;
  for (const char* part : {"iati-southern", "iati-publishers"})
    for (const auto& entry : std::filesystem::directory_iterator(folder + "/" + part))
      if (entry.path().extension() == ".xml") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

TEST(RealFiles, every_drill_down_adds_up_to_its_figure) {
  const char* folder = std::getenv("AUSTRAL_DATA");
  if (!folder) GTEST_SKIP() << "AUSTRAL_DATA does not name the data pack";
  testing::FreshRegister place(store::Engine::sqlite);
  const auto database = store::open_register(place.address(), store::Access::create);
  std::int64_t read = 0;
  for (const auto& file : real_files(folder)) {
    standards::ImportOptions options;
    options.who = "test";
    read += standards::import_file(*database, file, options).counts.read;
  }
  EXPECT_GT(read, 11402);  // Source: README.md of the pack, iati-publishers alone
  registry::draw_links(*database);
  EXPECT_EQ(registry::draw_links(*database).assembled, 0);
  const Table flows = make_report(*database, review::get_report("flows"), {});
  EXPECT_GT(flows.rows.size(), 1000u);
  testing::expect_drill_downs(*database, flows, 97);
  testing::expect_agreement(*database);
  for (const auto& result : registry::check_integrity(*database, {}))
    EXPECT_TRUE(result.damage.empty()) << result.name << ": " << result.damage.front();
}

}  // namespace
}  // namespace austral
