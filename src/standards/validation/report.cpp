// Groups faults in bounded memory and words what a report says of a file as a whole.
#include "standards/validation/report.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/tsv.hpp"

namespace austral::validation {
namespace {

std::string counted(std::uint64_t count, const std::string& one, const std::string& many) {
  return group_digits(std::int64_t(count), "en") + " " + (count == 1 ? one : many);
}

}  // namespace

const std::vector<RuleVersion>& rule_versions() {
  static const std::vector<RuleVersion> all = [] {
    const auto table = read_embedded_table("data/rules/versions.tsv");
    std::vector<RuleVersion> versions;
    for (const auto row : table.rows())
      versions.push_back(
          {std::string(row[0]), std::string(row[1]), std::string(row[2]), std::string(row[3])});
    return versions;
  }();
  return all;
}

std::string commit_of(std::string_view name) {
  for (const auto& version : rule_versions())
    if (version.name == name) return version.commit;
  return {};
}

FaultGroup* Report::find_group(const FaultKind& kind) {
  const std::string key = kind.id + '\n' + kind.message;
  const auto found = groups_.find(key);
  if (found != groups_.end()) return &found->second;
  if (groups_.size() >= most_groups) return nullptr;
  auto& group = groups_[key];
  group.kind = kind;
  return &group;
}

void Report::take(const JudgedBatch& batch) {
  std::vector<FaultGroup*> groups;
  groups.reserve(batch.kinds.size());
  for (const auto& kind : batch.kinds) groups.push_back(find_group(kind));
  for (std::size_t i = 0; i < batch.more.size(); ++i)
    (groups[i] ? groups[i]->count : beyond_) += batch.more[i];
  for (const auto& subject : batch.subjects)
    for (const auto& fault : subject.faults) {
      FaultGroup* group = groups[fault.kind];
      if (!group) {
        beyond_ += fault.times;
        continue;
      }
      group->count += fault.times;
      if (group->first.size() < most_places)
        group->first.push_back({subject.identifier, subject.title, fault});
    }
}

std::vector<const FaultGroup*> Report::groups() const {
  std::vector<const FaultGroup*> sorted;
  for (const auto& [key, group] : groups_)
    if (group.count > 0) sorted.push_back(&group);
  std::sort(sorted.begin(), sorted.end(), [](const FaultGroup* a, const FaultGroup* b) {
    if (a->kind.weight != b->kind.weight) return a->kind.weight < b->kind.weight;
    if (a->count != b->count) return a->count > b->count;
    return std::tie(a->kind.id, a->kind.message) < std::tie(b->kind.id, b->kind.message);
  });
  return sorted;
}

std::string describe_verdict(const FileVerdict& verdict) {
  if (!verdict.readable) return "could not be read: " + verdict.reason;
  const bool organisations = verdict.type == "iati-organisations";
  const bool activities = verdict.type == "iati-activities";
  std::string words = verdict.valid() ? "valid" : "not valid";
  if (activities || organisations) {
    words += organisations ? ": organisation file" : ": activity file";
    words += verdict.version.empty() ? ", no version" : ", version " + shorten(verdict.version, 20);
    words += ", " + (organisations ? counted(verdict.subjects, "organisation", "organisations")
                                   : counted(verdict.subjects, "activity", "activities"));
  } else {
    words += ": no IATI file";
  }
  return words;
}

std::string describe_spot(const FoundFault& fault) {
  return "line " + std::to_string(fault.line) + ", column " + std::to_string(fault.column);
}

std::string describe_counts(const FileVerdict& verdict) {
  return counted(verdict.count(Weight::critical), "critical", "critical") + ", " +
         counted(verdict.count(Weight::error), "error", "errors") + ", " +
         counted(verdict.count(Weight::warning), "warning", "warnings") + ", " +
         counted(verdict.count(Weight::advisory), "advisory", "advisories");
}

std::string describe_versions() {
  std::string words = "judged with";
  for (const auto& version : rule_versions())
    words += (words.back() == 'h' ? " " : ", ") + version.title + " (" +
             version.commit.substr(0, 8) + ")";
  return words;
}

}  // namespace austral::validation
