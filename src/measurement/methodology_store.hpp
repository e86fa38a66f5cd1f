// Methodologies that a register keeps beside the shipped ones: published once, never changed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "measurement/methodology.hpp"
#include "store/database.hpp"

namespace austral::measurement {

/// Publishes a methodology. False where the very same version is there already. Throws:
/// Error::conflict for another text under a name and version that is taken, shipped ones among
/// them; Error::invalid for a text that is no methodology.
bool publish_methodology(store::Database& database, const std::string& who, std::string_view text);

/// The shipped ones and those that were published: by name, the versions of one name in the order
/// in which they came.
std::vector<Methodology> list_methodologies(store::Database& database);

/// By name (its latest version) or NAME@VERSION. Throws: Error::not_found naming them.
std::shared_ptr<const Methodology> get_methodology(store::Database& database,
                                                   std::string_view name);

/// The same among a list of them.
std::shared_ptr<const Methodology> pick_methodology(std::vector<Methodology> all,
                                                    std::string_view name);

/// What two methodologies say differently. `part` is an item's code, `scope`, `conventions` ...;
/// empty texts: it has none of it. Shape: in the order of the first, then what only the second has.
struct MethodologyDifference {
  std::string part, what;  ///< `B1`, `rule`
  std::string left, right;
};
std::vector<MethodologyDifference> compare_methodologies(const Methodology& left,
                                                         const Methodology& right);

}  // namespace austral::measurement
