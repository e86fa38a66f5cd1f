// The rules of joining, as pure functions over mentions.
#include "registry/link.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/error.hpp"

namespace austral::registry {
namespace {

using Key = std::int64_t;

/// Union-find over record keys.
class Groups {
 public:
  Key find(Key key) {
    auto& parent = parents_.try_emplace(key, key).first->second;
    if (parent == key) return key;
    const Key root = find(parent);
    parents_[key] = root;
    return root;
  }
  void join(Key left, Key right) {
    left = find(left);
    right = find(right);
    if (left != right) parents_[std::max(left, right)] = std::min(left, right);
  }

 private:
  std::unordered_map<Key, Key> parents_;
};

bool tells_the_same(const std::string& kind) {
  return kind == "same_identifier" || kind == "other_identifier" || kind == "third_party" ||
         kind == "year_of";
}

/// Money between activities of different publishers: who is downstream, who upstream.
struct Funding {
  Key downstream = 0, upstream = 0;
};

Funding to_funding(Key record, Key other, const std::string& kind) {
  return kind == "funded_by" ? Funding{record, other} : Funding{other, record};
}

bool is_funding(const std::string& kind) { return kind == "funded_by" || kind == "funds"; }

}  // namespace

Incomes without_circles(Incomes incomes, const std::vector<Mention>& mentions) {
  Groups same;
  for (const auto& mention : mentions)
    if (tells_the_same(mention.kind)) same.join(mention.record, mention.other);
  std::map<Key, std::set<Key>> ups, downs;
  for (const auto& [record, payers] : incomes)
    for (const Key payer : payers) {
      ups[same.find(record)].insert(same.find(payer));
      downs[same.find(payer)].insert(same.find(record));
    }
  // What has no payer, or pays nobody, is in no circle; without it the next ones are not either.
  const auto peel = [](std::map<Key, std::set<Key>>& one_way,
                       std::map<Key, std::set<Key>>& other_way) {
    std::vector<Key> ends;
    for (const auto& [key, targets] : other_way)
      if (!one_way.contains(key)) ends.push_back(key);
    while (!ends.empty()) {
      const Key end = ends.back();
      ends.pop_back();
      const auto neighbours = other_way.extract(end);
      if (neighbours.empty()) continue;
      for (const Key neighbour : neighbours.mapped()) {
        auto& left = one_way[neighbour];
        left.erase(end);
        if (!left.empty()) continue;
        one_way.erase(neighbour);
        ends.push_back(neighbour);
      }
    }
  };
  peel(ups, downs);
  peel(downs, ups);
  std::erase_if(incomes, [&](const auto& income) { return ups.contains(same.find(income.first)); });
  return incomes;
}

std::vector<Link> decide_links(const std::vector<Mention>& mentions, const Incomes& incomes) {
  std::map<Key, std::set<Key>> downstreams;
  for (const auto& mention : mentions) {
    if (!is_funding(mention.kind) || mention.same_publisher) continue;
    const auto [down, up] = to_funding(mention.record, mention.other, mention.kind);
    downstreams[up].insert(down);
  }
  std::vector<Link> links;
  for (const auto& mention : mentions) {
    Link link{mention.record, mention.other, mention.kind, false, mention.kind};
    if (tells_the_same(mention.kind)) {
      link.joins = true;
    } else if (is_funding(mention.kind)) {
      const auto [down, up] = to_funding(mention.record, mention.other, mention.kind);
      const auto income = incomes.find(down);
      link.joins = !mention.same_publisher && downstreams[up].size() == 1 &&
                   income != incomes.end() && income->second == std::set<Key>{up};
      link.reason = mention.same_publisher ? "funding_within_publisher"
                    : link.joins           ? "funding_one_to_one"
                                           : "funding_several";
    }
    links.push_back(std::move(link));
  }
  std::sort(links.begin(), links.end());
  links.erase(std::unique(links.begin(), links.end(),
                          [](const Link& left, const Link& right) {
                            return left.record == right.record && left.other == right.other &&
                                   left.kind == right.kind;
                          }),
              links.end());
  return links;
}

std::vector<std::vector<Key>> join_records(const std::vector<Link>& links) {
  Groups groups;
  for (const auto& link : links)
    if (link.joins) groups.join(link.record, link.other);
  std::map<Key, std::set<Key>> members;
  for (const auto& link : links)
    if (link.joins)
      for (const Key key : {link.record, link.other}) members[groups.find(key)].insert(key);
  std::vector<std::vector<Key>> joined;
  for (const auto& [root, keys] : members) joined.emplace_back(keys.begin(), keys.end());
  return joined;
}

Member to_member(Key key, const Record& record, bool counted, std::string_view standing) {
  return {key, &record, counted, standing.starts_with("same as ")};
}

std::vector<Standing> rank_members(const std::vector<Candidate>& candidates,
                                   const std::vector<Link>& links) {
  AUSTRAL_ASSERT(!candidates.empty());
  Groups same;
  std::map<Key, Key>
      financed_by;  // a group of records that tell the same -> the group that finances it
  for (const auto& link : links)
    if (link.joins && tells_the_same(link.kind)) same.join(link.record, link.other);
  for (const auto& link : links) {
    if (!link.joins || !is_funding(link.kind)) continue;
    const auto [down, up] = to_funding(link.record, link.other, link.kind);
    if (same.find(down) != same.find(up)) financed_by[same.find(down)] = up;
  }
  auto ranked = candidates;
  std::sort(ranked.begin(), ranked.end(), [](const Candidate& left, const Candidate& right) {
    const auto rank = [](const Candidate& one, const Candidate& other) {
      return std::tie(one.secondary, other.publisher_funds, other.has_outgoing, other.updated,
                      one.publisher, other.identifier);
    };
    return rank(left, right) < rank(right, left);
  });
  std::set<std::pair<Key, Key>> years;  // records of one publisher that tell different years
  for (const auto& link : links)
    if (link.joins && link.kind == "year_of") years.insert(std::minmax(link.record, link.other));
  std::map<Key, Key> counted;  // group -> its counted record
  std::vector<Standing> standings;
  for (const auto& candidate : ranked) {
    const Key group = same.find(candidate.key);
    Standing standing{candidate.key, 0, true, "leads"};
    if (const auto financed = financed_by.find(group); financed != financed_by.end()) {
      standing.counted = false;
      standing.reason = "financed by " + std::to_string(financed->second);
    } else if (const auto first = counted.find(group); first != counted.end()) {
      if (years.contains(std::minmax(candidate.key, first->second))) {
        standing.reason = "another year of " + std::to_string(first->second);
        standings.push_back(std::move(standing));
        continue;
      }
      standing.counted = false;
      standing.reason = "same as " + std::to_string(first->second);
    } else {
      counted[group] = candidate.key;
    }
    standings.push_back(std::move(standing));
  }
  std::stable_sort(
      standings.begin(), standings.end(),
      [](const Standing& left, const Standing& right) { return left.counted > right.counted; });
  for (auto& standing : standings) standing.initiative = standings.front().record;
  return standings;
}

}  // namespace austral::registry
