// Keeps initiatives and answers questions about them: find by words and facets, list contributions,
// sum.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "registry/initiative.hpp"
#include "store/database.hpp"

namespace austral::registry {

/// Collects the derived rows of many initiatives, to append them in one go. Views into the
/// assemblies: these must live until append_to().
class InitiativeRows {
 public:
  /// `lead` is the key of the record that leads it.
  void add(std::int64_t key, std::int64_t lead, const Assembly& assembly);
  /// Only inside a Write.
  void append_to(store::Database& database);

 private:
  struct FacetRow {
    const Facet* facet = nullptr;
    std::int64_t initiative = 0;
  };
  std::vector<store::Value> initiatives_, contributions_;
  std::vector<FacetRow> facets_;
  std::deque<std::string> facet_texts_;
};

/// Takes an initiative's derived rows away (its records stay). Only inside a Write.
void remove_initiative(store::Database& database, std::int64_t key);

/// One wanted value of one dimension; several of one dimension widen, several dimensions narrow.
struct Filter {
  Dimension dimension = Dimension::none;
  std::string value;
};

/// A question for initiatives.
struct Question {
  std::string words;  ///< all of them must be in title or identifier, letter by letter
  std::vector<Filter> filters;
  std::string sort = "start";  ///< one of sortable_columns()
  bool descending = true;
  std::int64_t offset = 0;
  std::int64_t limit = 50;  ///< 0: all
};

/// A line of a list of initiatives.
struct InitiativeLine {
  std::int64_t key = 0;
  std::string identifier, title, language, publisher, status, start_date, end_date;
  Framework framework = Framework::other;
  std::string rule, reason, updated;
  std::int64_t lead = 0, records = 0, budgeted_cents = 0, committed_cents = 0, disbursed_cents = 0;
  std::vector<std::string> providers, recipients, facilitators, sectors;
};

BOOST_DESCRIBE_STRUCT(InitiativeLine, (),
                      (identifier, title, language, publisher, status, start_date, end_date,
                       framework, rule, reason, updated, records, budgeted_cents, committed_cents,
                       disbursed_cents, providers, recipients, facilitators, sectors))

/// What lists of initiatives can be sorted by: names of the columns of review::list_initiatives.
const std::vector<std::string>& sortable_columns();

struct InitiativePage {
  std::int64_t total = 0;
  std::vector<InitiativeLine> lines;
};

/// `%word%` for LIKE ... ESCAPE '\', with LIKE's own signs escaped.
std::string to_pattern(std::string_view word);

/// Understands a filter as people write it: countries by code or name in any of the languages,
/// sectors by 3 or 5 digits, goals and targets, frameworks by word or FC code, statuses,
/// modalities, flow types, markers and regions by code or label, groupings by code or label,
/// publishers by reference. `name` is `sector` (block, category or purpose) or a dimension. Throws:
/// Error::invalid naming what was given and what can be given.
Filter parse_filter(std::string_view name, std::string_view value);

InitiativePage find_initiatives(store::Database& database, const Question& question);
/// The lines of these initiatives, in no order. Shape: at most 500 keys.
std::vector<InitiativeLine> read_lines(store::Database& database,
                                       std::span<const std::int64_t> keys);
/// The keys of all that fit, in the order asked for; offset and limit count.
std::vector<std::int64_t> find_keys(store::Database& database, const Question& question);
std::optional<InitiativeLine> find_initiative(store::Database& database, std::int64_t key);
/// By the identifier of any of its records, any publisher; the number of initiatives it could be in
/// `matches`.
std::optional<InitiativeLine> find_initiative_named(store::Database& database,
                                                    std::string_view identifier,
                                                    std::int64_t* matches = nullptr);

/// A record as a member of an initiative, as kept.
struct MemberLine {
  std::int64_t key = 0;
  std::string publisher, identifier, updated, format;
  std::int64_t version = 0, versions = 0;
  bool counted = true;
  std::string standing;
};
BOOST_DESCRIBE_STRUCT(MemberLine, (),
                      (publisher, identifier, updated, format, version, versions, counted,
                       standing))
std::vector<MemberLine> list_members(store::Database& database, std::int64_t initiative);

/// A link drawn between records, and whether it joins them into one initiative.
struct LinkLine {
  std::int64_t record = 0, other = 0, other_initiative = 0;
  std::string kind, reason, other_publisher, other_identifier, other_title;
  bool joins = false;
};
BOOST_DESCRIBE_STRUCT(LinkLine, (),
                      (kind, joins, reason, other_publisher, other_identifier, other_title))
std::vector<LinkLine> list_links(store::Database& database, std::int64_t initiative);

/// A record as a member of an initiative, with all its mapped fields.
struct MemberRecord {
  MemberLine member;
  Record record;
  bool adds = false;  ///< not counted as a whole, but with what no counted record tells
};
BOOST_DESCRIBE_STRUCT(MemberRecord, (), (member, record))

/// Everything known of an initiative.
struct InitiativeDetails {
  InitiativeLine initiative;
  std::vector<MemberRecord> records;  ///< the leading one first
  std::vector<LinkLine> links;
};
BOOST_DESCRIBE_STRUCT(InitiativeDetails, (), (initiative, records, links))
/// Throws: Error::not_found.
InitiativeDetails get_initiative(store::Database& database, std::int64_t key);

/// A value of a dimension and how many initiatives stand under it.
struct FacetCount {
  std::string value;
  std::int64_t initiatives = 0;
};

/// How many initiatives fit all filters.
std::int64_t count_initiatives(store::Database& database, const std::vector<Filter>& filters);

/// All values of one initiative, as its own row lists them; the largest shares first.
/// Throws: Error::invalid for a damaged list.
std::vector<Facet> list_facets(store::Database& database, std::int64_t initiative);

/// The sum of fingerprint() over the rows of facets that are searched, by initiative.
using FacetSums = std::unordered_map<std::int64_t, std::uint64_t>;
FacetSums sum_facets(store::Database& database);

}  // namespace austral::registry
