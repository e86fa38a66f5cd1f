// The thing itself: an initiative assembled from one or more records, with everything it can be
// found by.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/contribution.hpp"
#include "registry/framework.hpp"
#include "registry/record.hpp"

namespace austral::registry {

/// What an initiative can be filtered by and grouped over. The numbers are kept in the register:
/// never reuse.
enum class Dimension {
  none = 0,
  provider = 1,   ///< alpha-2 or organization id
  recipient = 2,  ///< alpha-2
  facilitator = 3,
  region = 4,    ///< `VOCABULARY:CODE`
  purpose = 5,   ///< CRS purpose, 5 digits
  category = 6,  ///< DAC category, 3 digits; that of a purpose too
  goal = 7,      ///< SDG; that of a target too
  target = 8,
  marker = 9,          ///< policy markers with a significance above 0
  critical_area = 10,  ///< of paragraph 12
  year = 11,           ///< each year in which it ran
  framework = 12,
  status = 13,
  publisher = 14,
  modality = 15,  ///< aid type
  flow_type = 16,
  organization = 17,  ///< any organization taking part, publishing, paying or receiving
  funds = 18,         ///< organization with that function
  answers_for = 19,
  manages = 20,
  carries_out = 21,
  // Computed when asked, never kept.
  provider_in = 101,  ///< code of a grouping: by the membership of the year
  recipient_in = 102,
  since = 103,        ///< years from
  until = 104,        ///< years up to
  sector_block = 105  ///< three digits: the block that holds categories
};
BOOST_DESCRIBE_ENUM(Dimension, none, provider, recipient, facilitator, region, purpose, category,
                    goal, target, marker, critical_area, year, framework, status, publisher,
                    modality, flow_type, organization, funds, answers_for, manages, carries_out,
                    provider_in, recipient_in, since, until, sector_block)

/// Throws: Error::invalid naming the dimensions; `sector` stands for purpose or category by length.
Dimension parse_dimension(std::string_view name);

struct Facet {
  Dimension dimension = Dimension::none;
  std::string value;
  /// Units: millionths of the initiative; 0: found under the value, without a share in it.
  std::int64_t share = 1'000'000;
};

/// A record as a member of an initiative.
struct Member {
  std::int64_t key = 0;
  const Record* record = nullptr;
  bool counted = true;  ///< whether its amounts enter totals; else another member's do
  bool same = false;    ///< not counted because a counted member tells the same
};

/// Parts of one member's contributions.
struct MemberParts {
  std::int64_t key = 0;
  std::vector<ContributionPart> parts;
};

/// An organization met in a record. `named_by`: 3 by itself, 2 by a publisher with its reference, 1
/// in passing.
struct OrganizationName {
  std::string id;
  std::string name;
  std::string type;
  std::string country;
  int named_by = 1;
};

/// What the register keeps of an initiative besides its records; all of it derived from them.
struct Assembly {
  std::string identifier;
  std::string title;
  std::string language;
  std::string publisher;
  std::string status;
  std::string start_date;
  std::string end_date;
  std::optional<int> year;  ///< in which it started; memberships of that year decide its framework
  FrameworkAnswer framework;
  std::string updated;
  std::int64_t budgeted_cents = 0;
  std::int64_t committed_cents = 0;
  std::int64_t disbursed_cents = 0;  ///< disbursements and expenditure
  std::vector<Facet> facets;
  std::vector<MemberParts> members;
  Findings findings;  ///< about prices and shares
};

/// Assembles an initiative; the first member leads (its title, dates and status are the
/// initiative's). A publisher that gives one activity a new identifier every year tells each year
/// in another record: of records of one publisher that tell the same, each counts for kinds and
/// years of which those before it are silent. Shape: at least one member. Pure: many threads at
/// once.
Assembly assemble(const std::vector<Member>& members);

/// Names the edition of everything that derived rows depend on besides records: code lists, prices,
/// rules, and the way assemble() works. Registers of another edition are assembled anew.
std::string assembly_edition();

/// The organizations that a record names.
std::vector<OrganizationName> list_organizations(const Record& record);

}  // namespace austral::registry
