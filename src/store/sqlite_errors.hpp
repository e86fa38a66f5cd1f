// What an SQLite failure means to the owner of the file.
#pragma once

#include <sqlite3.h>

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace austral::store {

/// The error to throw for a result code: place, cause and remedy. `handle` may be null.
Error sqlite_error(const std::string& path, sqlite3* handle, int code, std::string_view sql);

}  // namespace austral::store
