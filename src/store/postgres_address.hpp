// A postgresql:// address: connecting by it, naming it without its password, and what failures
// mean.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>

#include "store/database.hpp"

namespace austral::store {

struct FinishPostgres {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using PostgresHandle = std::unique_ptr<PGconn, FinishPostgres>;

/// An address taken apart. `shown` is for people and logs; `password` only to keep it out of them.
struct PostgresAddress {
  std::string full;
  std::string shown;
  std::string password;
};

/// Throws: Error::invalid when it cannot be read; the message repeats none of it.
PostgresAddress parse_postgres_address(const std::string& address);

/// Throws: Error::unavailable, forbidden, not_found (no such database), invalid (not UTF-8).
PostgresHandle connect_postgres(const PostgresAddress& address, Access access);

/// What the connection's newest failure means; `result` may be null.
Error postgres_error(const PostgresAddress& address, PGconn* connection, const PGresult* result,
                     std::string_view sql);

}  // namespace austral::store
