// Telling what failed, why, and what to do, from SQLite's result codes.
#include "store/sqlite_errors.hpp"

#include <cstring>

#include "store/engines.hpp"

namespace austral::store {
namespace {

/// The operating system's last word on the file or its log; 0 when it had none.
int last_system_error(sqlite3* handle) {
  if (!handle) return 0;
  if (const int error = sqlite3_system_errno(handle)) return error;
  int error = 0;
  sqlite3_file* log = nullptr;
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log && log->pMethods) log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &error);
  if (!error) sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &error);
  return error;
}

}  // namespace

Error sqlite_error(const std::string& path, sqlite3* handle, int code, std::string_view sql) {
  const std::string detail = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  const int system_error = last_system_error(handle);
  const std::string cause = system_error ? std::strerror(system_error) : detail;
  const auto unavailable = [](const std::string& text) { return Error(Kind::unavailable, text); };
  switch (code & 0xff) {
    case SQLITE_FULL:
      return unavailable("'" + path +
                         "' cannot grow: the disk is full. Nothing of this write was " +
                         "kept; free some space and do it again");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      if (code == SQLITE_BUSY_SNAPSHOT)
        return Error(Kind::conflict, "'" + path + "' was changed meanwhile; do it again");
      return unavailable("'" + path + "' is locked: another program has been writing to it for " +
                         "more than 10 seconds; let it finish and do it again");
    case SQLITE_CORRUPT:
      return unavailable("'" + path + "' is damaged (" + detail + "); restore the newest backup, " +
                         "or save what can be saved with: sqlite3 FILE .recover");
    case SQLITE_NOTADB:
      return Error(Kind::invalid, "'" + path + "' is no Austral register: it is not a database " +
                                      "file; name the register's own file");
    case SQLITE_READONLY:
      return unavailable("'" + path + "' cannot be written: the file or its folder is read-only " +
                         "for this account; change its permissions, or copy it elsewhere");
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return unavailable("'" + path + "' cannot be opened (" + cause +
                         "); check that the account " +
                         "may read and write both the file and its folder");
    case SQLITE_IOERR:
      return unavailable("'" + path + "' cannot be read or written (" + cause + "); nothing of " +
                         "this write was kept; check the disk and its limits and do it again");
    case SQLITE_NOMEM:
      return unavailable("'" + path + "': not enough memory");
    case SQLITE_CONSTRAINT:
      return Error(Kind::conflict, "'" + path + "' refuses this: " + detail);
    case SQLITE_TOOBIG:
      return Error(Kind::invalid, "a text is too long to be kept: " + detail);
    default:
      return unavailable("'" + path + "' cannot answer: " + detail +
                         " (in: " + statement_for_message(sql) + ")");
  }
}

}  // namespace austral::store
