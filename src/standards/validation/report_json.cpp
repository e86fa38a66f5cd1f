// The official validator's report as JSON, with our places and remedies beside its own members.
#include <algorithm>

#include "base/json.hpp"
#include "standards/validation/report.hpp"

namespace austral::validation {
namespace {

void member(std::string& out, std::string_view name, std::string_view value) {
  if (out.back() != '{') out += ',';
  append_json_string(out, name);
  out += ':';
  append_json_string(out, value);
}

void member(std::string& out, std::string_view name, std::uint64_t value) {
  if (out.back() != '{') out += ',';
  append_json_string(out, name);
  out += ':' + std::to_string(value);
}

std::string context_of(const FoundFault& fault) {
  std::string text = fault.where.empty() ? "At " : "For " + fault.where + ", at ";
  text += describe_spot(fault);
  if (!fault.found.empty()) text += ": found '" + fault.found + "'";
  if (fault.times > 1) text += " (and " + std::to_string(fault.times - 1) + " more like it)";
  return text;
}

void append_context(std::string& out, const FoundFault& fault) {
  out += '{';
  member(out, "text", context_of(fault));
  member(out, "line", fault.line);
  member(out, "column", fault.column);
  if (!fault.where.empty()) member(out, "where", fault.where);
  if (!fault.found.empty()) member(out, "found", fault.found);
  if (fault.times > 1) member(out, "times", fault.times);
  out += '}';
}

/// One rule's faults of a subject: `order` are the places of `subject.faults` that share the kind.
void append_error(std::string& out, const JudgedBatch& batch, const JudgedSubject& subject,
                  const std::vector<std::uint32_t>& order) {
  const auto& kind = batch.kinds[subject.faults[order.front()].kind];
  out += '{';
  member(out, "id", kind.id);
  member(out, "severity", name_of(kind.weight));
  member(out, "message", kind.message);
  member(out, "remedy", kind.remedy);
  out += ",\"context\":[";
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0) out += ',';
    append_context(out, subject.faults[order[i]]);
  }
  out += "]}";
}

/// The faults of a subject by kind, the kinds in the order in which they occur.
std::vector<std::vector<std::uint32_t>> group(const JudgedSubject& subject) {
  std::unordered_map<std::uint32_t, std::size_t> places;
  std::vector<std::vector<std::uint32_t>> groups;
  for (std::uint32_t i = 0; i < subject.faults.size(); ++i) {
    const auto [found, fresh] = places.try_emplace(subject.faults[i].kind, groups.size());
    if (fresh) groups.emplace_back();
    groups[found->second].push_back(i);
  }
  return groups;
}

void append_subject(std::string& out, const JudgedBatch& batch, const JudgedSubject& subject) {
  out += '{';
  member(out, "identifier", subject.identifier);
  member(out, "title", subject.title);
  member(out, "line", subject.line);
  member(out, "column", subject.column);
  out += ",\"errors\":[";
  auto groups = group(subject);
  std::vector<std::string> categories;
  for (const auto& one : groups) {
    const auto& category = batch.kinds[subject.faults[one.front()].kind].category;
    if (std::find(categories.begin(), categories.end(), category) == categories.end())
      categories.push_back(category);
  }
  for (const auto& category : categories) {
    if (out.back() != '[') out += ',';
    out += '{';
    member(out, "category", category);
    out += ",\"errors\":[";
    for (const auto& one : groups) {
      if (batch.kinds[subject.faults[one.front()].kind].category != category) continue;
      if (out.back() != '[') out += ',';
      append_error(out, batch, subject, one);
    }
    out += "]}";
  }
  out += "]}";
}

}  // namespace

void JsonListener::begin(const FileVerdict& verdict) {
  first_ = true;
  if (several_) out_(documents_ == 0 ? "[\n" : ",\n");
  ++documents_;
  std::string out = "{";
  member(out, "file", verdict.file);
  member(out, "fileType", verdict.type);
  member(out, "iatiVersion", verdict.version);
  for (const auto& version : rule_versions())
    member(out,
           version.name == "codelists" ? "codelistCommitSha"
           : version.name == "schemas" ? "schemaCommitSha"
                                       : "rulesetCommitSha",
           version.commit);
  member(out, "orgIdPrefixFileName", "id_prefixes.tsv");  // in data/codes
  member(out, "apiVersion", "austral " AUSTRAL_VERSION);
  out_(out + ",\"errors\":[");
}

void JsonListener::take(const JudgedBatch& batch) {
  std::string out;
  for (const auto& subject : batch.subjects) {
    out += std::exchange(first_, false) ? "\n" : ",\n";
    append_subject(out, batch, subject);
    if (out.size() > (1u << 16)) {
      out_(out);
      out.clear();
    }
  }
  out_(out);
}

/// The verdict is only known at the end, and so stands there.
void JsonListener::end(const FileVerdict& verdict) {
  std::string out = "\n],\"summary\":{";
  for (const auto weight : {Weight::critical, Weight::error, Weight::warning, Weight::advisory})
    member(out, name_of(weight), verdict.count(weight));
  out += '}';
  member(out, "subjects", verdict.subjects);
  out += std::string(",\"readable\":") + (verdict.readable ? "true" : "false");
  if (!verdict.readable) member(out, "reason", verdict.reason);
  out += std::string(",\"valid\":") + (verdict.valid() ? "true" : "false") + "}\n";
  out_(out);
}

void JsonListener::finish() {
  if (several_) out_(documents_ == 0 ? "[]\n" : "]\n");
}

}  // namespace austral::validation
