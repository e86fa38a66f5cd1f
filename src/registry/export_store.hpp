// Reads initiatives, their contributions and their organizations in small batches, for downloads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/contribution.hpp"
#include "registry/initiative_store.hpp"
#include "registry/organization_store.hpp"
#include "store/database.hpp"

namespace austral::registry {

/// An initiative's line with all its facets, the largest shares of a dimension first.
struct ExportedInitiative {
  InitiativeLine line;
  std::vector<Facet> facets;
};
/// In the order of `keys`, each of them once; keys that are there no more are left out.
std::vector<ExportedInitiative> list_exported(store::Database& database,
                                              const std::vector<std::int64_t>& keys);

/// How many parts of contributions each of these initiatives has; those without are left out.
std::unordered_map<std::int64_t, std::size_t> count_parts(store::Database& database,
                                                          const std::vector<std::int64_t>& keys);

/// One part of a contribution with the record that tells it.
struct ExportedPart {
  std::int64_t initiative = 0, record = 0;
  std::string identifier, publisher;  ///< of the record
  bool record_counted = true;
  std::string standing;  ///< why the record is counted, or not
  ContributionPart part;
};
/// All parts of these initiatives. Shape: by initiative, record and place.
std::vector<ExportedPart> list_parts(store::Database& database,
                                     const std::vector<std::int64_t>& keys);
/// At most `limit` parts of one initiative that follow `last` (nullptr: from the first).
std::vector<ExportedPart> list_parts_after(store::Database& database, std::int64_t key,
                                           const ExportedPart* last, std::size_t limit);

/// What is known of organizations; ids that have no row are left out. Counts are not filled in.
std::unordered_map<std::string, OrganizationLine> list_organizations_named(
    store::Database& database, const std::vector<std::string>& ids);

/// A record in force with what it was read from.
struct KeptRecord {
  std::int64_t initiative = 0, key = 0;
  bool counted = true;
  std::string publisher, identifier, format;
  std::string source;  ///< as published
  std::string body;    ///< the Record as JSON
};
/// All records of these initiatives. Shape: by initiative and key. Throws: Error::invalid for
/// damaged content.
std::vector<KeptRecord> list_records_of(store::Database& database,
                                        const std::vector<std::int64_t>& initiatives);
/// These records, by key. Throws: Error::invalid for damaged content.
std::vector<KeptRecord> list_records(store::Database& database,
                                     const std::vector<std::int64_t>& keys);
/// The keys of the organisation files that a publisher gave (empty: all), ascending.
std::vector<std::int64_t> find_organisation_files(store::Database& database,
                                                  std::string_view publisher);

}  // namespace austral::registry
