// What judging a file found, grouped: ten thousand equal faults are one line with a count.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "standards/validation/judge.hpp"

namespace austral::validation {

/// Takes a report's bytes as they come.
using Out = std::function<void(std::string_view)>;

/// One of the published rules a judgement is made with.
struct RuleVersion {
  std::string name, repository, commit, title;
};
/// From data/rules/versions.tsv.
const std::vector<RuleVersion>& rule_versions();
/// The commit of `ruleset` or `codelists`.
std::string commit_of(std::string_view name);

/// One fault as a person sees it.
struct ShownFault {
  std::string identifier, title;
  FoundFault fault;
};

/// Equal faults.
struct FaultGroup {
  FaultKind kind;
  std::uint64_t count = 0;
  std::vector<ShownFault> first;  ///< the first ones in file order, at most Report::most_places
};

/// One document's report; its memory is bounded whatever the file holds.
class Report : public Listener {
 public:
  static constexpr std::size_t most_places = 20;
  static constexpr std::size_t most_groups = 2'000;

  std::size_t most_wanted() const override { return most_places; }
  void begin(const FileVerdict& verdict) override { verdict_ = verdict; }
  void take(const JudgedBatch& batch) override;
  void end(const FileVerdict& verdict) override { verdict_ = verdict; }

  const FileVerdict& verdict() const { return verdict_; }
  /// By weight, then by how often, then by rule.
  std::vector<const FaultGroup*> groups() const;
  /// Faults of kinds beyond the bound: counted alone.
  std::uint64_t beyond() const { return beyond_; }

 private:
  FaultGroup* find_group(const FaultKind& kind);

  FileVerdict verdict_;
  std::unordered_map<std::string, FaultGroup> groups_;
  std::uint64_t beyond_ = 0;
};

/// "not valid: activity file, version 2.03, 152 activities".
std::string describe_verdict(const FileVerdict& verdict);
/// "line 12, column 3".
std::string describe_spot(const FoundFault& fault);
/// `3 critical, 12 errors, 1 warning, 0 advisories`.
std::string describe_counts(const FileVerdict& verdict);
/// "judged with IATI standard ruleset a88f835b, ...".
std::string describe_versions();

/// For a terminal.
void write_text(const Report& report, const Out& out, std::size_t places = 5);
/// A whole page, to read, print and send on; nothing in it is fetched from elsewhere.
void write_html(const std::vector<const Report*>& reports, const Out& out);
/// The report's part of a page: verdict, counts, groups.
std::string render_html(const Report& report);

/// The official validator's report as JSON, fault by fault while they come.
class JsonListener : public Listener {
 public:
  /// Shape: one object; of `several` documents an array of them.
  explicit JsonListener(Out out, bool several = false) : out_(std::move(out)), several_(several) {}
  void begin(const FileVerdict& verdict) override;
  void take(const JudgedBatch& batch) override;
  void end(const FileVerdict& verdict) override;
  /// The rest, once, behind the last document.
  void finish();

 private:
  Out out_;
  bool several_;
  std::size_t documents_ = 0;
  bool first_ = true;
};

/// A row a fault, while they come; no cell can act as a formula.
class CsvListener : public Listener {
 public:
  explicit CsvListener(Out out);
  ~CsvListener() override;
  void begin(const FileVerdict& verdict) override;
  void take(const JudgedBatch& batch) override;
  void end(const FileVerdict& verdict) override;
  /// The rest, once, behind the last document.
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
  Out out_;
};

}  // namespace austral::validation
