// Tells each tests/stories/*.story to the real program: files, commands, and what must come out.
//
// A story is a text file:
//   # what it shows                    the first line
//   only sqlite                        where a story makes no sense on the other engine
//   file NAME ... end                  a file in the story's folder
//   $ austral find water               a command, run by sh in that folder; `$ sql TEXT` runs SQL;
//                                      $EXAMPLES is the folder tests/data
//   what standard output must be       `...` stands for any text, alone on a line for any lines
//   ! a line of standard error         in this order; other lines may stand between
//   = 2                                the exit status, where it is not 0
//   # a remark                         between commands
// AUSTRAL_STORY_RECORD=FOLDER writes every story there with what came out, to start a new one from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/error.hpp"
#include "support/postgres.hpp"

namespace austral::testing {
namespace {

namespace fs = std::filesystem;

struct Step {
  std::size_t line = 0;
  std::string command;
  std::vector<std::string> output, remarks;
  int status = 0;
};

struct Story {
  std::string title;
  bool only_sqlite = false;
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<Step> steps;
};

struct Outcome {
  std::string output, remarks;
  int status = 0;
};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    line.erase(line.find_last_not_of(" \r") + 1);
    lines.push_back(line);
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

std::string read_file_section(std::istream& in, std::size_t& number) {
  std::string content;
  for (std::string line; std::getline(in, line) && ++number && line != "end";)
    content += line + "\n";
  return content;
}

Story read_story(std::istream& in) {
  Story story;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const bool in_step = !story.steps.empty();
    if (number == 1) {
      if (!line.starts_with("# "))
        throw Error(Kind::invalid, "a story begins with `# what it shows`");
      story.title = line.substr(2);
    } else if (line.starts_with("file ")) {
      const auto name = line.substr(5);
      story.files.emplace_back(name, read_file_section(in, number));
    } else if (line == "only sqlite") {
      story.only_sqlite = true;
    } else if (line.starts_with("$ ")) {
      story.steps.push_back({number, line.substr(2), {}, {}, 0});
    } else if (line.starts_with("# ")) {
      continue;
    } else if (in_step && line.starts_with("! ")) {
      story.steps.back().remarks.push_back(line.substr(2));
    } else if (in_step && line.starts_with("= ")) {
      story.steps.back().status = std::stoi(line.substr(2));
    } else if (in_step) {
      story.steps.back().output.push_back(line);
    } else if (!line.empty()) {
      throw Error(Kind::invalid, "line " + std::to_string(number) + " belongs to no command");
    }
  }
  for (auto& step : story.steps)
    while (!step.output.empty() && step.output.back().empty()) step.output.pop_back();
  return story;
}

Story read_story(const fs::path& path) {
  std::ifstream in(path);
  return read_story(in);
}

/// Whether `...` in `wanted` can be filled so that it becomes `line`.
bool fits(std::string_view wanted, std::string_view line) {
  const auto gap = wanted.find("...");
  if (gap == std::string_view::npos) return wanted == line;
  if (!line.starts_with(wanted.substr(0, gap))) return false;
  const auto rest = wanted.substr(gap + 3);
  for (std::size_t from = gap; from <= line.size(); ++from)
    if (fits(rest, line.substr(from))) return true;
  return false;
}

using Lines = std::vector<std::string>;

bool all_fit(Lines::const_iterator wanted, Lines::const_iterator wanted_end,
             Lines::const_iterator line, Lines::const_iterator end) {
  for (; wanted != wanted_end; ++wanted, ++line) {
    if (*wanted == "...") {
      for (auto from = line;; ++from) {
        if (all_fit(wanted + 1, wanted_end, from, end)) return true;
        if (from == end) return false;
      }
    }
    if (line == end || !fits(*wanted, *line)) return false;
  }
  return line == end;
}

bool all_fit(const Lines& wanted, const Lines& lines) {
  return all_fit(wanted.begin(), wanted.end(), lines.begin(), lines.end());
}

/// The first of `wanted` that does not follow in `lines`; empty when all do.
std::string missing_remark(const Lines& wanted, const Lines& lines) {
  auto line = lines.begin();
  for (const auto& one : wanted) {
    line =
        std::find_if(line, lines.end(), [&](const std::string& text) { return fits(one, text); });
    if (line == lines.end()) return one;
    ++line;
  }
  return {};
}

/// A folder with the story's files, and a register in it or on the server.
class Stage {
 public:
  Stage(const Story& story, store::Engine engine) : place_(engine), engine_(engine) {
    for (const auto& [name, content] : story.files)
      std::ofstream(folder_.path() / name, std::ios::binary) << content;
  }

  Outcome act(const std::string& command) {
    if (command.starts_with("sql ")) return run_sql(command.substr(4));
    const auto binaries = fs::path(AUSTRAL_BINARY).parent_path().string();
    std::ofstream(folder_.path() / ".command")
        << "cd '" << folder_.path().string() << "' || exit 99\nexport PATH='" << binaries
        << "':\"$PATH\" LC_ALL=C.UTF-8\nunset AUSTRAL_REGISTER\nexport EXAMPLES='"
        << AUSTRAL_SOURCE_DIR << "/tests/data'\n"
        << (engine_ == store::Engine::postgresql ? "export AUSTRAL_REGISTER='" + address() + "'\n"
                                                 : "")
        << command << "\n";
    const auto file = [&](const char* name) { return (folder_.path() / name).string(); };
    const auto call = "sh '" + file(".command") + "' >'" + file(".output") + "' 2>'" +
                      file(".remarks") + "' </dev/null";
    const int result = std::system(call.c_str());
    Outcome outcome{content_of(file(".output")), content_of(file(".remarks")), 98};
    if (WIFEXITED(result)) outcome.status = WEXITSTATUS(result);
    return outcome;
  }

 private:
  std::string address() const {
    return engine_ == store::Engine::postgresql ? place_.address()
                                                : (folder_.path() / "austral.db").string();
  }

  Outcome run_sql(const std::string& text) {
    store::open_database(address(), store::Access::read_write)->run_script(text);
    return {};
  }

  TemporaryFolder folder_;
  FreshRegister place_;
  store::Engine engine_;
};

std::string describe(const Story& story, const Step& step, const Outcome& outcome) {
  return story.title + "\nline " + std::to_string(step.line) + ": $ " + step.command +
         "\nended with " + std::to_string(outcome.status) + " and printed:\n" + outcome.output +
         "-- on standard error:\n" + outcome.remarks;
}

void tell(const Story& story, store::Engine engine) {
  Stage stage(story, engine);
  for (const auto& step : story.steps) {
    const auto outcome = stage.act(step.command);
    const auto found = describe(story, step, outcome);
    ASSERT_EQ(outcome.status, step.status) << found;
    ASSERT_TRUE(all_fit(step.output, lines_of(outcome.output))) << found;
    ASSERT_EQ(missing_remark(step.remarks, lines_of(outcome.remarks)), "") << found;
  }
}

void record(const fs::path& from, const fs::path& to) {
  const auto story = read_story(from);
  Stage stage(story, store::Engine::sqlite);
  std::ofstream out(to);
  out << "# " << story.title << "\n" << (story.only_sqlite ? "only sqlite\n" : "");
  for (const auto& [name, content] : story.files)
    out << "\nfile " << name << "\n" << content << "end\n";
  for (const auto& step : story.steps) {
    const auto outcome = stage.act(step.command);
    out << "\n$ " << step.command << "\n";
    for (const auto& line : lines_of(outcome.output)) out << line << "\n";
    for (const auto& line : lines_of(outcome.remarks)) out << "! " << line << "\n";
    if (outcome.status != 0) out << "= " << outcome.status << "\n";
  }
}

struct Telling {
  fs::path path;
  store::Engine engine;
};

/// For the name of the test in GoogleTest's lists.
std::ostream& operator<<(std::ostream& out, const Telling& telling) {
  return out << telling.path.filename().string();
}

std::vector<Telling> tellings() {
  std::vector<Telling> all;
  for (const auto& entry : fs::directory_iterator(fs::path(AUSTRAL_SOURCE_DIR) / "tests/stories")) {
    if (entry.path().extension() != ".story") continue;
    all.push_back({entry.path(), store::Engine::sqlite});
    if (!read_story(entry.path()).only_sqlite)
      all.push_back({entry.path(), store::Engine::postgresql});
  }
  std::sort(all.begin(), all.end(), [](const Telling& left, const Telling& right) {
    return std::tie(left.path, left.engine) < std::tie(right.path, right.engine);
  });
  return all;
}

class StoryTest : public ::testing::TestWithParam<Telling> {};

TEST_P(StoryTest, holds) {
  const auto& [path, engine] = GetParam();
  if (engine == store::Engine::postgresql && postgresql_server().empty())
    GTEST_SKIP() << "no PostgreSQL server: run through scripts/with-postgres";
  const char* folder = std::getenv("AUSTRAL_STORY_RECORD");
  if (folder && engine == store::Engine::sqlite) record(path, fs::path(folder) / path.filename());
  tell(read_story(path), engine);
}

INSTANTIATE_TEST_SUITE_P(stories, StoryTest, ::testing::ValuesIn(tellings()),
                         [](const ::testing::TestParamInfo<Telling>& info) {
                           auto name = info.param.path.stem().string();
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name + (info.param.engine == store::Engine::sqlite
                                              ? "_sqlite"
                                              : "_postgresql");
                         });

TEST(StoryRunner, minds_every_line) {
  EXPECT_TRUE(all_fit({"a", "b"}, {"a", "b"}));
  EXPECT_FALSE(all_fit({"a"}, {"a", "b"}));
  EXPECT_FALSE(all_fit({"a", "b"}, {"a"}));
  EXPECT_FALSE(all_fit({}, {"a"}));
  EXPECT_TRUE(all_fit({"a", "...", "c"}, {"a", "b", "b", "c"}));
  EXPECT_FALSE(all_fit({"a", "...", "d"}, {"a", "b", "b", "c"}));
  EXPECT_TRUE(fits("read 3, ... MB/s", "read 3, new 1, 2.5 MB/s"));
  EXPECT_FALSE(fits("read 3, ... MB/s", "read 4, new 1, 2.5 MB/s"));
  EXPECT_EQ(missing_remark({"one", "two"}, {"one", "other", "two"}), "");
  EXPECT_EQ(missing_remark({"two", "one"}, {"one", "two"}), "one");
}

TEST(StoryRunner, reads_its_sections) {
  std::istringstream in("# t\nfile a\nx\nend\n$ sh\nout\n\n! err\n= 2\n");
  const auto story = read_story(in);
  ASSERT_EQ(story.steps.size(), 1u);
  EXPECT_EQ(story.files.front().second, "x\n");
  EXPECT_THAT(story.steps.front().output, ::testing::ElementsAre("out"));
  EXPECT_THAT(story.steps.front().remarks, ::testing::ElementsAre("err"));
  EXPECT_EQ(story.steps.front().status, 2);
  EXPECT_EQ(story.steps.front().line, 5u);
}

TEST(StoryRunner, sees_a_wrong_exit_status) {
  Stage stage({}, store::Engine::sqlite);
  EXPECT_EQ(stage.act("exit 3").status, 3);
  EXPECT_EQ(stage.act("echo out; echo err >&2").output, "out\n");
  EXPECT_EQ(stage.act("echo out; echo err >&2").remarks, "err\n");
}

}  // namespace
}  // namespace austral::testing
