// Decides what counts, so that money told twice is summed once.
#include "registry/counting.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "codes/exchange_rate.hpp"

namespace austral::registry {
namespace {

bool is_at_home(const Member& member, const std::vector<Partner>& partners) {
  const Record& record = *member.record;
  const auto home =
      find_partner({record.publisher, record.publisher_type, record.publisher_name, {}, {}});
  return !home.code.empty() &&
         std::any_of(partners.begin(), partners.end(),
                     [&](const Partner& partner) { return partner.code == home.code; });
}

/// The members on one side in the order in which they tell: counted ones first.
std::vector<std::size_t> find_side(const std::vector<Member>& members,
                                   const std::vector<Partner>& partners) {
  std::vector<std::size_t> side;
  for (std::size_t i = 0; i < members.size(); ++i)
    if (is_at_home(members[i], partners)) side.push_back(i);
  std::stable_sort(side.begin(), side.end(), [&](std::size_t left, std::size_t right) {
    return members[left].counted > members[right].counted;
  });
  return side;
}

/// What a part tells of: money and days of work given in one year are two things.
bool is_money(const ContributionPart& part) {
  return part.unit.empty() || codes::is_currency(part.unit);
}

void count_side(std::vector<MemberParts>& parts, const std::vector<Member>& members,
                const std::vector<std::size_t>& side, int bit) {
  std::set<std::tuple<ContributionKind, std::optional<int>, bool>> told;
  const bool counted_here = !side.empty() && members[side.front()].counted;
  for (const std::size_t i : side) {
    const bool financed = !members[i].counted && !members[i].same;
    if (financed && counted_here) continue;
    for (auto& part : parts[i].parts)
      if (!part.superseded &&
          (members[i].counted || !told.contains({part.kind, part.year, is_money(part)})))
        part.sides |= bit;
    for (const auto& part : parts[i].parts) told.emplace(part.kind, part.year, is_money(part));
  }
}

}  // namespace

void count_parts(std::vector<MemberParts>& parts, const std::vector<Member>& members) {
  using Told = std::set<std::tuple<std::string_view, ContributionKind, std::optional<int>, bool>>;
  if (members.size() == 1 && members.front().counted) return;
  Told told;
  std::set<std::string_view> counted_publishers;
  const auto tell = [&](std::size_t i) {
    for (const auto& part : parts[i].parts)
      told.emplace(members[i].record->publisher, part.kind, part.year, is_money(part));
  };
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!members[i].counted) continue;
    counted_publishers.insert(members[i].record->publisher);
    tell(i);
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].counted) continue;
    const std::string_view publisher = members[i].record->publisher;
    const bool adds = members[i].same && counted_publishers.contains(publisher);
    for (auto& part : parts[i].parts)
      part.counted =
          part.counted && adds && !told.contains({publisher, part.kind, part.year, is_money(part)});
    if (adds) tell(i);
  }
}

void count_sides(std::vector<MemberParts>& parts, const std::vector<Member>& members,
                 const Roles& roles) {
  count_side(parts, members, find_side(members, roles.providers), provider_side);
  count_side(parts, members, find_side(members, roles.recipients), recipient_side);
}

}  // namespace austral::registry
