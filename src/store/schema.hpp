// The register's tables: migrations in sql/, applied once and in order, and what made the register.
#pragma once

#include <string>
#include <vector>

#include "store/database.hpp"

namespace austral::store {

/// The schema number this program needs: the highest numbered file in sql/.
int newest_schema();

/// The schema number of an open register; 0 when it has no tables yet.
int schema_of(Database& database);

/// Brings an open register to newest_schema(), each migration in a write of its own; safe to call
/// always. Sets `register_info` (program version, schema number, code-list version). Throws:
/// Error::invalid when the register is newer than this program.
void migrate(Database& database);

/// A named fact about the register (`program`, `schema`, `codes`, `created`); nothing when unknown.
std::optional<std::string> find_info(Database& database, std::string_view name);
void set_info(Database& database, std::string_view name, std::string_view value);

/// Opens and, unless read-only, migrates: the one way in for commands and pages.
std::unique_ptr<Database> open_register(const std::string& address, Access access);

}  // namespace austral::store
