// THE TABLE of commands, and what they share: the register's address, the output format, exit
// statuses.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.hpp"

namespace austral::cli {

/// What every command ends with.
enum ExitStatus {
  done = 0,
  refused = 1,  ///< the request could not be done; the reason is on standard error
  damaged =
      2,  ///< some data was damaged (what could be read was kept), or the register does not check
  misused = 64  ///< the command line was not understood
};

/// Options that several commands have.
struct CommonOptions {
  std::string address;  ///< of the register
  std::string format = "table";
  std::string output;  ///< a file instead of standard output
  std::string language = "en";
};

/// One row of THE TABLE (commands.cpp).
struct Command {
  std::string_view name;
  std::string_view summary;
  std::string_view example;
  /// Adds the command's options to `app` and returns what runs it.
  std::function<int()> (*prepare)(CLI::App& app);
};

const std::vector<Command>& commands();

/// Understands the command line and runs what it says. Returns the exit status.
int run(int count, char** words);

/// Adds `--register`, with AUSTRAL_REGISTER and ./austral.db behind it.
void add_register_option(CLI::App& app, std::string& address);
/// Adds `--format table|csv|json|xlsx` and `--output FILE`.
void add_table_options(CLI::App& app, CommonOptions& options);
/// Writes a table as asked. Throws: Error for a spreadsheet on a terminal, or a file that cannot be
/// written.
void print_table(const Table& table, const CommonOptions& options);
/// Writes a long table as csv, json or xlsx while its rows come. Throws: as print_table().
void print_stream(TableStream stream, const CommonOptions& options);
/// Writes parts to a file, or to standard output when `path` is empty, until `next` says false.
/// Throws: Error for a file that cannot be written.
void print_bytes(const std::function<bool(std::string&)>& next, const std::string& path);
/// Who does it, for the journal: `cli:NAME`.
std::string current_person();

// One file a command.
std::function<int()> prepare_import(CLI::App& app);
std::function<int()> prepare_mapping(CLI::App& app);
std::function<int()> prepare_template(CLI::App& app);
std::function<int()> prepare_find(CLI::App& app);
std::function<int()> prepare_index(CLI::App& app);
std::function<int()> prepare_show(CLI::App& app);
std::function<int()> prepare_report(CLI::App& app);
std::function<int()> prepare_measure(CLI::App& app);
std::function<int()> prepare_bridge(CLI::App& app);
std::function<int()> prepare_recompute(CLI::App& app);
std::function<int()> prepare_methodology(CLI::App& app);
std::function<int()> prepare_export(CLI::App& app);
std::function<int()> prepare_prices(CLI::App& app);
std::function<int()> prepare_check(CLI::App& app);
std::function<int()> prepare_validate(CLI::App& app);
std::function<int()> prepare_serve(CLI::App& app);

}  // namespace austral::cli
