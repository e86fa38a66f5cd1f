// What the commands of measurement share: texts and methodologies from files.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "measurement/methodology_store.hpp"

namespace austral::cli {

/// Throws: Error::not_found for a file that cannot be read.
std::string read_text(const std::string& path);

/// Whether a name given for a methodology is that of a file: `.yaml`, `.yml`.
bool is_methodology_file(const std::string& name);
/// Throws: Error::invalid with the file's name before every fault.
std::shared_ptr<const measurement::Methodology> read_methodology_file(const std::string& path);
/// The register's methodologies; those of the program alone where there is no register yet.
std::vector<measurement::Methodology> list_known_methodologies(const std::string& address);
/// One of the register's by name, or a file that is being tried.
std::shared_ptr<const measurement::Methodology> take_methodology(store::Database& database,
                                                                 const std::string& name);

}  // namespace austral::cli
