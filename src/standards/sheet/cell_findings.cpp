// Groups the findings of a sheet, so that a million equal ones take the room of one.
#include "standards/sheet/cell_findings.hpp"

namespace austral::sheet {
namespace {

constexpr std::size_t most_messages = 200;  // of one rule; what differs more is the value alone
constexpr std::size_t places_named = 5;

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

}  // namespace

void CellFindings::add(Severity severity, std::string_view rule, std::string place,
                       std::string_view message) {
  listed_ = false;
  damage_ = damage_ || severity == Severity::damage;
  std::string key(rule);
  auto& messages = kinds_[key];
  key += '\n';
  if (messages < most_messages) key += message;
  const auto [known, fresh] = known_.try_emplace(key, groups_.size());
  if (fresh) {
    ++messages;
    groups_.push_back({{severity, std::string(rule), std::move(place), std::string(message)}});
    return;
  }
  auto& group = groups_[known->second];
  ++group.count;
  if (group.more.size() < places_named && !place.empty()) group.more.push_back(std::move(place));
}

void CellFindings::add(const Finding& finding) {
  add(finding.severity, finding.rule, finding.place, finding.message);
}

const Findings& CellFindings::list() const {
  if (listed_) return list_;
  list_.clear();
  for (const auto& group : groups_) {
    list_.push_back(group.finding);
    if (group.count == 1) continue;
    std::string& message = list_.back().message;
    message += " (" + grouped(group.count) + " places";
    for (std::size_t i = 0; i < group.more.size(); ++i)
      message += (i == 0 ? "; also " : ", ") + group.more[i];
    if (group.count > group.more.size() + 1 && !group.more.empty()) message += " ...";
    message += ')';
  }
  listed_ = true;
  return list_;
}

}  // namespace austral::sheet
