// An import that is killed, runs out of disk or meets a register it may not write loses nothing.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include "support/postgres.hpp"

namespace austral::testing {
namespace {

struct Outcome {
  std::string output, remarks;
  int status = 0;
};

/// A folder with generated files, a register `r.db`, and the program at work on it.
class Workshop {
 public:
  explicit Workshop(const std::string& below = {})
      : place_(below.empty() ? folder_.path().string() : below) {}

  std::string path(const std::string& name) const { return folder_.file(name); }
  std::string place(const std::string& name) const { return place_ + "/" + name; }

  /// Arguments of austral, as words for sh; `before` goes before the program.
  Outcome run(const std::string& arguments, const std::string& before = {}) const {
    const auto call = before + " '" AUSTRAL_BINARY "' " + arguments + " --register '" +
                      place("r.db") + "' >'" + path("out") + "' 2>'" + path("err") + "' </dev/null";
    const int result = std::system(call.c_str());
    return {read(path("out")), read(path("err")), WIFEXITED(result) ? WEXITSTATUS(result) : 98};
  }

  /// Starts an import and kills it after some time, wherever it is then.
  void kill_import(const std::string& file, std::chrono::microseconds after) const {
    const auto child = ::fork();
    if (child == 0) {
      std::freopen("/dev/null", "w", stdout);
      std::freopen("/dev/null", "w", stderr);
      const auto register_path = place("r.db");
      ::execl(AUSTRAL_BINARY, "austral", "import", file.c_str(), "--register",
              register_path.c_str(), nullptr);
      ::_exit(99);
    }
    std::this_thread::sleep_for(after);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }

  /// Everything that readers see, without the dates and times of imports.
  std::string answers() const {
    std::string all;
    for (const char* question : {"find --format csv", "report contributions --format csv",
                                 "report flows --format csv", "report publishers --format csv"}) {
      const auto outcome = run(question);
      EXPECT_EQ(outcome.status, 0) << question << ": " << outcome.remarks;
      all += outcome.output;
    }
    return all;
  }

  void forget() const {
    for (const char* name : {"r.db", "r.db-wal", "r.db-shm", "r.db-journal"})
      std::filesystem::remove(place(name));
  }

  static std::string read(const std::string& path) {
    std::ifstream file(path);
    std::stringstream all;
    all << file.rdbuf();
    return all.str();
  }

 private:
  TemporaryFolder folder_;
  std::string place_;
};

/// Activities of one publisher; every third is financed by another of the file.
void write_activities(const std::string& path, int from, int to) {
  std::ofstream out(path);
  out << "<iati-activities version=\"2.03\">\n";
  for (int i = from; i < to; ++i) {
    out << "<iati-activity default-currency=\"EUR\" last-updated-datetime=\"2020-01-01T00:00:00Z\">"
        << "<iati-identifier>BR-GOV-" << i << "</iati-identifier>"
        << "<reporting-org ref=\"BR-GOV\" type=\"10\"><narrative>Agency</narrative></reporting-org>"
        << "<title><narrative>Course number " << i << "</narrative></title>"
        << "<participating-org ref=\"BR-GOV\" type=\"10\" role=\"1\"/>"
        << "<activity-date type=\"2\" iso-date=\"2015-0" << 1 + i % 9 << "-01\"/>"
        << "<recipient-country code=\"" << (i % 2 ? "MZ" : "AO") << "\"/>"
        << "<other-identifier ref=\"BR-GOV-" << (i % 3 ? i : i + 1) << "\" type=\"A9\"/>";
    for (int n = 0; n < 12; ++n)
      out << "<transaction><transaction-type code=\"3\"/><transaction-date iso-date=\"2015-06-"
          << 10 + n << "\"/><value value-date=\"2015-06-10\">" << i * 7 + n
          << ".50</value></transaction>";
    out << "</iati-activity>\n";
  }
  out << "</iati-activities>\n";
}

TEST(KilledImport, any_moment_leaves_a_register_that_checks_and_can_be_completed) {
  using namespace std::chrono;
  constexpr int moments = 50;
  const Workshop workshop;
  const auto file = workshop.path("many.xml");
  write_activities(file, 0, 1500);
  const auto started = steady_clock::now();
  ASSERT_EQ(workshop.run("import '" + file + "'").status, 0);
  const auto whole = duration_cast<microseconds>(steady_clock::now() - started).count();
  const auto expected = workshop.answers();
  const auto seed = std::random_device{}();
  std::mt19937 random(seed);
  int begun = 0, unfinished = 0;
  for (int moment = 0; moment < moments; ++moment) {
    workshop.forget();
    const auto after = std::uniform_int_distribution<long>(0, whole)(random);
    SCOPED_TRACE("killed after " + std::to_string(after) + " of " + std::to_string(whole) +
                 " microseconds, seed " + std::to_string(seed));
    workshop.kill_import(file, microseconds(after));
    const auto checked = workshop.run("check");
    // Killed before the register was made: there is none to check, and the program says so.
    const bool none =
        checked.status == 1 && (checked.remarks.find("no register") != std::string::npos);
    ASSERT_TRUE(checked.status == 0 || none) << checked.output << checked.remarks;
    begun += !none;
    if (!none)
      unfinished +=
          workshop.run("find --format csv").output.find("BR-GOV-1499,") == std::string::npos;
    const auto again = workshop.run("import '" + file + "'");
    ASSERT_EQ(again.status, 0) << again.remarks;
    ASSERT_EQ(workshop.run("check").status, 0);
    ASSERT_EQ(workshop.answers(), expected);
  }
  EXPECT_GT(begun, moments / 3);
  EXPECT_GT(unfinished, 0) << "no import was hit in the middle: the file is too small";
}

/// A register with something in it, then an import that cannot be carried out.
void expect_refused_and_nothing_lost(const Workshop& workshop, const std::string& before,
                                     const std::string& reason) {
  const auto kept = workshop.answers();
  const auto big = workshop.path("big.xml");
  write_activities(big, 100, 4000);
  const auto refused = workshop.run("import '" + big + "'", before);
  EXPECT_EQ(refused.status, 1) << refused.output << refused.remarks;
  EXPECT_NE(refused.remarks.find(reason), std::string::npos) << refused.remarks;
  const auto checked = workshop.run("check");
  EXPECT_EQ(checked.status, 0) << checked.output << checked.remarks;
  // What was read before the disk was full may stay; what was there before must.
  const auto left = workshop.answers();
  std::istringstream lines(kept);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("BR-GOV-")) continue;
    EXPECT_NE(left.find(line), std::string::npos) << line;
  }
}

TEST(FullDisk, a_limit_on_file_sizes_is_told) {
  const Workshop workshop;
  write_activities(workshop.path("few.xml"), 0, 20);
  ASSERT_EQ(workshop.run("import '" + workshop.path("few.xml") + "'").status, 0);
  expect_refused_and_nothing_lost(workshop, "trap '' XFSZ; ulimit -f 1200;", "austral: ");
}

/// A small disk of its own; nothing when this user may not mount one.
class SmallDisk {
 public:
  SmallDisk() : mounted_(::mount("tmpfs", path().c_str(), "tmpfs", 0, "size=2m") == 0) {}
  ~SmallDisk() {
    if (mounted_) ::umount2(path().c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  bool make_read_only() const {
    return ::mount("tmpfs", path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=2m") == 0;
  }
  std::string path() const { return folder_.path().string(); }

 private:
  TemporaryFolder folder_;
  bool mounted_;
};

TEST(FullDisk, a_small_disk_is_told) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small disk needs root";
  const Workshop workshop(disk.path());
  write_activities(workshop.path("few.xml"), 0, 20);
  ASSERT_EQ(workshop.run("import '" + workshop.path("few.xml") + "'").status, 0);
  expect_refused_and_nothing_lost(workshop, "", "full");
}

TEST(ReadOnlyRegister, is_read_and_refuses_imports) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "mounting a disk needs root";
  const Workshop workshop(disk.path());
  const auto few = workshop.path("few.xml");
  write_activities(few, 0, 20);
  ASSERT_EQ(workshop.run("import '" + few + "'").status, 0);
  const auto kept = workshop.answers();
  ASSERT_TRUE(disk.make_read_only());
  const auto refused = workshop.run("import '" + few + "'");
  EXPECT_EQ(refused.status, 1) << refused.output;
  EXPECT_NE(refused.remarks.find("read-only"), std::string::npos) << refused.remarks;
  EXPECT_EQ(workshop.answers(), kept);
}

TEST(ReadOnlyRegister, without_the_right_to_write_the_file) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everything";
  const Workshop workshop;
  const auto few = workshop.path("few.xml");
  write_activities(few, 0, 20);
  ASSERT_EQ(workshop.run("import '" + few + "'").status, 0);
  const auto kept = workshop.answers();
  ASSERT_EQ(::chmod(workshop.place("r.db").c_str(), 0444), 0);
  EXPECT_EQ(workshop.run("import '" + few + "'").status, 1);
  EXPECT_EQ(workshop.answers(), kept);
}

}  // namespace
}  // namespace austral::testing
