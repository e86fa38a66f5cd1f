// The two engines behind open_database(), and what both need; used inside this room only.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace austral::store {

/// Throws: as open_database().
std::unique_ptr<Database> open_sqlite(const std::string& path, Access access);
std::unique_ptr<Database> open_postgresql(const std::string& address, Access access);

/// `"a", "b"`: quoted, because `before` and `key` are keywords to one engine or the other.
std::string quoted_names(const std::vector<std::string_view>& names);

/// Text with a NUL byte cannot stand in PostgreSQL; refused on both engines, so that a register can
/// move. Throws: Error::invalid.
void refuse_nul(std::string_view text);

/// The beginning of a statement on one line, for messages.
std::string statement_for_message(std::string_view sql);

}  // namespace austral::store
