// Fresh registers for tests, on SQLite always and on PostgreSQL when AUSTRAL_TEST_POSTGRESQL names
// a server.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include "store/schema.hpp"

namespace austral::testing {

/// A folder that is removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "austral-test.XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The test server's address; empty when there is none.
inline std::string postgresql_server() {
  const char* address = std::getenv("AUSTRAL_TEST_POSTGRESQL");
  return address ? address : "";
}

/// An address at which a register can be made, and nothing else is: a file, or a schema of its own.
class FreshRegister {
 public:
  explicit FreshRegister(store::Engine engine) {
    if (engine == store::Engine::sqlite) {
      address_ = folder_.file("register.db");
      return;
    }
    static int made = 0;
    schema_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
    run_on_server("CREATE SCHEMA " + schema_);
    const auto server = postgresql_server();
    const char joint = server.find('?') == std::string::npos ? '?' : '&';
    address_ = server + joint + "options=-csearch_path%3D" + schema_;
  }
  ~FreshRegister() {
    try {
      if (!schema_.empty()) run_on_server("DROP SCHEMA " + schema_ + " CASCADE");
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
  }
  FreshRegister(const FreshRegister&) = delete;
  FreshRegister& operator=(const FreshRegister&) = delete;
  const std::string& address() const { return address_; }
  const TemporaryFolder& folder() const { return folder_; }

 private:
  static void run_on_server(const std::string& sql) {
    store::open_database(postgresql_server(), store::Access::read_write)->run_script(sql);
  }

  TemporaryFolder folder_;
  std::string schema_;
  std::string address_;
};

/// A test that runs once for each engine; `address()` names a fresh place for a register.
class EngineTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == store::Engine::postgresql && postgresql_server().empty())
      GTEST_SKIP() << "no PostgreSQL server: run through scripts/with-postgres";
    place_.emplace(GetParam());
  }
  const std::string& address() const { return place_->address(); }
  bool on_sqlite() const { return GetParam() == store::Engine::sqlite; }
  std::unique_ptr<store::Database> make_register() const {
    return store::open_register(address(), store::Access::create);
  }

  std::optional<FreshRegister> place_;
};

inline std::string engine_name(const ::testing::TestParamInfo<store::Engine>& info) {
  return info.param == store::Engine::sqlite ? "sqlite" : "postgresql";
}

/// Runs `work` in a process of its own, which ends without tidying up; returns its exit status.
inline int run_in_child(const std::function<int()>& work) {
  const auto child = ::fork();
  if (child == 0) {
    int status = 99;
    try {
      status = work();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "in the child: %s\n", error.what());
    }
    ::_exit(status);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

/// What `work` throws; fails the test when it throws nothing.
inline Error error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(Kind::invalid, "nothing was thrown");
}

}  // namespace austral::testing

#define AUSTRAL_ON_BOTH_ENGINES(suite)                                                       \
  INSTANTIATE_TEST_SUITE_P(                                                                  \
      store, suite,                                                                          \
      ::testing::Values(austral::store::Engine::sqlite, austral::store::Engine::postgresql), \
      austral::testing::engine_name)
