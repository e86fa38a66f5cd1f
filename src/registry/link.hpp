// Which records speak of the same initiative, and whose amounts count: concluded from what records
// name of one another, each link with its reason, never by likeness.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "registry/initiative.hpp"

namespace austral::registry {

/// Record `record` names `other` in one of the ways of ReferenceKind, or has the same identifier.
struct Mention {
  std::int64_t record = 0;
  std::int64_t other = 0;
  std::string kind;  ///< `same_identifier` or the name of a ReferenceKind
  bool same_publisher = false;
};

/// A mention with what it means: joined into one initiative, or only shown.
struct Link {
  std::int64_t record = 0;
  std::int64_t other = 0;
  std::string kind;
  bool joins = false;
  std::string reason;  ///< short name; the language catalogue has the sentence
  auto operator<=>(const Link&) const = default;
};

/// Records whose whole income is said to come from registered activities of other publishers, each
/// of which says that it pays: the record -> those activities. Their money is counted there.
using Incomes = std::map<std::int64_t, std::set<std::int64_t>>;

/// Without the incomes that go in a circle, which tell nothing about who comes first; records that
/// tell the same are one in this.
Incomes without_circles(Incomes incomes, const std::vector<Mention>& mentions);

/// Joins: the same identifier; an identifier named as the same activity's other or former one;
/// other years of an activity that its publisher reports year by year; a third party's report on
/// it; an income from exactly one activity of another publisher that funds exactly this one. Shown
/// only: parents, children, siblings, co-funded ones, money of several activities, and money of
/// which the receiver does not say that it is all it has. `incomes` are without circles.
std::vector<Link> decide_links(const std::vector<Mention>& mentions, const Incomes& incomes);

/// What is asked of a record to choose among those that tell the same.
struct Candidate {
  std::int64_t key = 0;
  bool secondary = false;  ///< its publisher reports what others do
  bool publisher_funds = false;
  bool has_outgoing = false;
  std::string updated;
  std::string publisher,
      identifier;  ///< decide between equals, so that the order of import does not
};

/// A record's place in its initiative.
struct Standing {
  std::int64_t record = 0;
  std::int64_t initiative = 0;  ///< key of the leading record
  bool counted = true;
  /// `only record`, `leads`, `another year of KEY`, `same as KEY`, `financed by KEY`
  std::string reason;
  bool operator==(const Standing&) const = default;
};

/// A record as a member of its initiative, by its standing.
Member to_member(std::int64_t key, const Record& record, bool counted, std::string_view standing);

/// One initiative's records: the first leads. Of records that tell the same, the provider's own
/// counts, then the newest; those that tell other years of what it tells count too; a record
/// financed by another of them does not count. Shape: one Standing a candidate, the leading one
/// first.
std::vector<Standing> rank_members(const std::vector<Candidate>& candidates,
                                   const std::vector<Link>& links);

/// Groups of records that joining links tie together; records without one are not listed.
std::vector<std::vector<std::int64_t>> join_records(const std::vector<Link>& links);

}  // namespace austral::registry
