// austral validate: judges IATI files as the official validator does; needs no register.
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "base/error.hpp"
#include "base/progress.hpp"
#include "cli/commands.hpp"
#include "registry/record_store.hpp"
#include "standards/validation/report.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

namespace fs = std::filesystem;
using validation::Report;

struct ValidateArguments {
  std::vector<std::string> files;
  std::string format = "text";
  std::string output, version, address;
  unsigned workers = 0;
  std::size_t places = 5;
};

/// A report for each document of a file, kept for the forms that are written at the end.
class Reports : public validation::Listener {
 public:
  explicit Reports(std::function<void(const Report&)> on_end) : on_end_(std::move(on_end)) {}
  std::size_t most_wanted() const override { return Report::most_places; }
  void begin(const validation::FileVerdict& verdict) override {
    current_ = std::make_unique<Report>();
    current_->begin(verdict);
  }
  void take(const validation::JudgedBatch& batch) override { current_->take(batch); }
  void end(const validation::FileVerdict& verdict) override {
    current_->end(verdict);
    on_end_(*current_);
    done_.push_back(std::move(current_));
  }
  std::vector<const Report*> all() const {
    std::vector<const Report*> all;
    for (const auto& one : done_) all.push_back(one.get());
    return all;
  }

 private:
  std::function<void(const Report&)> on_end_;
  std::unique_ptr<Report> current_;
  std::vector<std::unique_ptr<Report>> done_;
};

/// Standard output or a file; a full disk is told, not passed over.
class ReportFile {
 public:
  explicit ReportFile(const std::string& path) : path_(path) {
    file_ = path.empty() ? stdout : std::fopen(path.c_str(), "wb");
    if (!file_) refuse();
  }
  ~ReportFile() {
    if (file_ && file_ != stdout) std::fclose(file_);
  }
  void write(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) refuse();
  }
  void close() {
    FILE* file = std::exchange(file_, nullptr);
    if ((file == stdout ? std::fflush(file) : std::fclose(file)) != 0) refuse();
  }

 private:
  [[noreturn]] void refuse() const {
    throw Error(Kind::unavailable, path_.empty()
                                       ? "standard output cannot be written"
                                       : "cannot write " + path_ + "; is there room, may you?");
  }
  std::string path_;
  FILE* file_ = nullptr;
};

int judge_all(const ValidateArguments& arguments, validation::Listener& listener) {
  bool unreadable = false, invalid = false;
  std::unique_ptr<store::Database> database;  // only where one is named
  if (!arguments.address.empty())
    database = store::open_register(arguments.address, store::Access::read_only);
  for (const auto& path : arguments.files) {
    std::error_code ignored;
    const auto bytes = fs::file_size(path, ignored);
    Progress progress(fs::path(path).filename().string(), ignored ? 0 : bytes);
    validation::JudgeOptions options;
    options.workers = arguments.workers;
    options.as_version = arguments.version;
    if (database)
      options.find_activity = [&](const std::string& identifier) {
        return !registry::find_records(*database, identifier).empty();
      };
    options.on_progress = [&](std::uint64_t read) { progress.set_done(read); };
    try {
      for (const auto& verdict : validation::judge_file(path, options, listener)) {
        unreadable = unreadable || !verdict.readable;
        invalid = invalid || !verdict.valid();
      }
      progress.finish();
    } catch (const Error& error) {
      progress.finish();
      validation::FileVerdict verdict;
      verdict.file = path;
      verdict.readable = false;
      verdict.reason = error.what();
      listener.begin(verdict);
      listener.end(verdict);
      unreadable = true;
    }
  }
  return unreadable ? damaged : invalid ? 1 : 0;
}

/// A file that cannot be opened counts too: it gets a report that says so.
std::size_t count_documents(const std::vector<std::string>& files) {
  if (files.size() != 1) return files.size();
  try {
    return standards::Bytes(files.front()).documents();
  } catch (const Error&) {
    return 1;
  }
}

int validate(const ValidateArguments& arguments) {
  const std::set<std::string> formats = {"text", "json", "csv", "html"};
  if (!formats.contains(arguments.format))
    throw Error(Kind::invalid,
                "unknown format '" + arguments.format + "'; there are text, json, csv and html");
  ReportFile file(arguments.output);
  const validation::Out out = [&](std::string_view text) { file.write(text); };
  int status = 0;
  if (arguments.format == "text") {
    bool first = true;
    Reports reports([&](const Report& report) {
      if (!std::exchange(first, false)) out("\n");
      write_text(report, out, arguments.places);
    });
    status = judge_all(arguments, reports);
  } else if (arguments.format == "html") {
    Reports reports([](const Report&) {});
    status = judge_all(arguments, reports);
    write_html(reports.all(), out);
  } else if (arguments.format == "csv") {
    validation::CsvListener listener(out);
    status = judge_all(arguments, listener);
    listener.finish();
  } else {
    validation::JsonListener listener(out, count_documents(arguments.files) != 1);
    status = judge_all(arguments, listener);
    listener.finish();
  }
  file.close();
  return status;
}

}  // namespace

std::function<int()> prepare_validate(CLI::App& app) {
  auto arguments = std::make_shared<ValidateArguments>();
  app.add_option("files", arguments->files, "IATI files to judge; also gzip or zip")->required();
  app.add_option("--format", arguments->format, "text, json, csv or html")->capture_default_str();
  app.add_option("-o,--output", arguments->output, "Write to this file")->type_name("FILE");
  app.add_option("--as-version", arguments->version,
                 "Judge by this version of the standard, whatever the file says")
      ->type_name("2.03");
  app.add_option("--register", arguments->address,
                 "Look for linked activities in this register too")
      ->type_name("ADDRESS");
  app.add_option("--workers", arguments->workers, "Threads that judge; 0: one a core")
      ->capture_default_str();
  app.add_option("--places", arguments->places, "How many places of each fault text shows (to 20)")
      ->capture_default_str();
  return [arguments] { return validate(*arguments); };
}

}  // namespace austral::cli
