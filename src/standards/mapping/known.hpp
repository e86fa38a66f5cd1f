// The mappings that this program knows: those it is shipped with, those a register remembers, and
// those read from files; each edition by the digest of its content.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "standards/mapping/mapping.hpp"
#include "standards/sheet/workbook.hpp"
#include "store/database.hpp"

namespace austral::mapping {

using SharedMapping = std::shared_ptr<const Mapping>;

/// A mapping ready for use.
struct KnownMapping {
  SharedMapping mapping;
  std::string digest;
  std::string origin;  ///< `shipped`, `register` or a file's path
};

/// Those inside the program (data/mappings/*.yaml), by name.
const std::vector<KnownMapping>& shipped_mappings();
/// Keeps an edition at hand for read_source(), for as long as the program runs. Thread-safe.
KnownMapping know_mapping(Mapping mapping, std::string origin);
/// Keeps an edition at hand for as long as somebody holds the pointer: for trying it. Thread-safe.
std::shared_ptr<const KnownMapping> lend_mapping(Mapping mapping);
/// Keeps all editions that a register remembers at hand.
void know_mappings_of(store::Database& database);
/// An edition by its digest; nullptr when it is not at hand.
SharedMapping find_edition(std::string_view digest);

/// The newest of each name: remembered ones, then shipped ones that none of them replaces.
std::vector<KnownMapping> list_known(store::Database* database);
/// By name, or read from a file where `name` is the path of one (with a `.` or `/` in it).
/// Throws: Error::not_found naming the nearest; Error::invalid for a faulty file.
KnownMapping get_mapping(store::Database* database, const std::string& name);

/// Keeps a mapping in the register for next year's sheet; faulty ones are refused.
/// Throws: Error::invalid naming what is wrong.
KnownMapping remember_mapping(store::Database& database, const std::string& who,
                              const Mapping& mapping);

/// How well a workbook's headers fit a mapping.
struct MappingFit {
  KnownMapping known;
  std::size_t found = 0, wanted = 0;  ///< columns
  std::string missing;                ///< the first that lacks
  bool is_whole() const { return found == wanted; }
};
/// Best first; only those of which at least half is there.
std::vector<MappingFit> find_fitting(sheet::Workbook& workbook,
                                     const std::vector<KnownMapping>& known);

}  // namespace austral::mapping
