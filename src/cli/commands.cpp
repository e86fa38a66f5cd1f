// THE TABLE of commands, and the shared ends of each.
#include "cli/commands.hpp"

#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>

#include "base/error.hpp"
#include "standards/sheet/table_writers.hpp"

namespace austral::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      {"import", "Read files into the register",
       "austral import activities.xml organisations.xml.gz", prepare_import},
      {"validate", "Judge IATI files as the official validator does",
       "austral validate activities.xml --format html --output report.html", prepare_validate},
      {"mapping", "Make and try the mapping of a sheet of your own",
       "austral mapping propose projects.xlsx -o projects.yaml", prepare_mapping},
      {"template", "Make a form to fill offline; compare one that came back",
       "austral template --publisher BR-GOV -o form.xlsx", prepare_template},
      {"find", "Find initiatives by words and filters",
       "austral find water --recipient Kenya --framework south_south --year 2015", prepare_find},
      {"index", "Bring the index of words up to the register", "austral index --rebuild",
       prepare_index},
      {"show", "Show all that is known of one initiative",
       "austral show XM-DAC-41114-PROJECT-00012345", prepare_show},
      {"report", "Make a report, or list them all",
       "austral report flows --provider Brazil --format csv", prepare_report},
      {"measure", "Measure contributions by a methodology",
       "austral measure --methodology unctad --provider Brazil --year 2010", prepare_measure},
      {"bridge", "Tell why two methodologies give two answers",
       "austral bridge unctad tossd --provider Brazil --year 2005-2011", prepare_bridge},
      {"methodology", "Check, publish, read and compare methodologies",
       "austral methodology publish our-country.yaml", prepare_methodology},
      {"recompute", "Compute a frozen answer again", "austral recompute answer.json",
       prepare_recompute},
      {"export", "Write records as IATI, GeoJSON or tables",
       "austral export iati --recipient Kenya -o kenya.xml", prepare_export},
      {"prices", "Import, show and check dated prices",
       "austral prices import pay-2024.xlsx --source 'Pay table 2024'", prepare_prices},
      {"check", "Check the register's integrity", "austral check --register ministry.db",
       prepare_check},
      {"serve", "Serve the web pages", "austral serve --listen 127.0.0.1:8080", prepare_serve},
  };
  return all;
}

void add_register_option(CLI::App& app, std::string& address) {
  address = "./austral.db";
  app.add_option("--register", address, "The register: a file, or postgresql://...")
      ->envname("AUSTRAL_REGISTER")
      ->type_name("PATH|postgresql://...")
      ->capture_default_str();
}

void add_table_options(CLI::App& app, CommonOptions& options) {
  app.add_option("--format", options.format, "table, csv, json or xlsx")->capture_default_str();
  app.add_option("-o,--output", options.output, "Write to this file")->type_name("FILE");
  app.add_option("--lang", options.language, "Language of names: en fr es ar ru zh pt")
      ->capture_default_str();
}

namespace {

std::size_t terminal_columns() {
  winsize size{};
  if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 0;
}

void refuse_spreadsheet_on_terminal(sheet::TableFormat format, const CommonOptions& options) {
  if (format == sheet::TableFormat::xlsx && options.output.empty() && isatty(STDOUT_FILENO))
    throw Error(Kind::invalid,
                "a spreadsheet is not for the terminal; give it a file: --output flows.xlsx");
}

// Standard output, or the file that was asked for.
class Output {
 public:
  explicit Output(const std::string& path) : path_(path) {
    if (!path_.empty()) file_.open(path_, std::ios::binary);
  }
  void write(const std::string& text) {
    if (path_.empty()) {
      if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) refuse();
    } else if (!(file_ << text)) {
      refuse();
    }
  }
  void close() {
    if (path_.empty()) {
      if (std::fflush(stdout) != 0) refuse();
      return;
    }
    file_.close();
    if (!file_) refuse();
  }

 private:
  [[noreturn]] void refuse() const {
    if (path_.empty()) throw Error(Kind::unavailable, "standard output cannot be written");
    throw Error(Kind::unavailable, "cannot write " + path_ + "; is there room, may you?");
  }

  std::string path_;
  std::ofstream file_;
};

}  // namespace

void print_table(const Table& table, const CommonOptions& options) {
  const auto format = sheet::parse_table_format(options.format);
  refuse_spreadsheet_on_terminal(format, options);
  sheet::WriteOptions write;
  write.columns = options.output.empty() ? terminal_columns() : 0;
  write.language = options.language;
  Output output(options.output);
  output.write(sheet::write_table(table, format, write));
  output.close();
}

void print_stream(TableStream stream, const CommonOptions& options) {
  const auto format = sheet::parse_table_format(options.format);
  refuse_spreadsheet_on_terminal(format, options);
  sheet::WriteOptions write;
  write.language = options.language;
  print_bytes(sheet::write_parts(std::move(stream), format, write), options.output);
}

void print_bytes(const std::function<bool(std::string&)>& next, const std::string& path) {
  Output output(path);
  for (bool more = true; more;) {
    std::string part;
    more = next(part);
    output.write(part);
  }
  output.close();
}

std::string current_person() {
  const passwd* entry = getpwuid(getuid());
  return std::string("cli:") + (entry ? entry->pw_name : std::to_string(getuid()));
}

int run(int count, char** words) {
  CLI::App app{"Austral: the register of South-South and triangular cooperation", "austral"};
  app.set_version_flag("--version", AUSTRAL_VERSION);
  app.require_subcommand(0, 1);
  app.footer(
      "Results go to standard output, remarks to standard error. 'austral COMMAND --help' has an "
      "example.");
  std::vector<std::pair<CLI::App*, std::function<int()>>> prepared;
  for (const auto& command : commands()) {
    auto* sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
    sub->footer("Example:\n  " + std::string(command.example));
    prepared.emplace_back(sub, command.prepare(*sub));
  }
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);
    return status == 0 ? done : misused;
  }
  try {
    for (const auto& [sub, act] : prepared)
      if (sub->parsed()) return act();
    std::cout << app.help();
    return done;
  } catch (const Error& error) {
    std::cerr << "austral: " << error.what() << "\n";
    return refused;
  } catch (const std::bad_alloc&) {
    std::cerr << "austral: there is not enough memory for this\n";
    return refused;
  }
}

}  // namespace austral::cli
