// Connecting to PostgreSQL, and saying what went wrong without ever saying a password.
#include "store/postgres_address.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "store/engines.hpp"

namespace austral::store {
namespace {

[[noreturn]] void refuse_address() {
  throw Error(
      Kind::invalid,
      "the PostgreSQL address cannot be read; write postgresql://USER:PASSWORD@HOST/DATABASE "
      "with @ : / and % in user and password percent-encoded (@ is %40)");
}

/// Removes the password, should libpq or the server ever repeat it, and the line's end.
std::string without_password(std::string text, const std::string& password) {
  if (!password.empty())
    for (auto at = text.find(password); at != std::string::npos; at = text.find(password, at + 3))
      text.replace(at, password.size(), "***");
  while (!text.empty() && text.back() == '\n') text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// The kind a five-character SQLSTATE asks for.
/// Source: PostgreSQL 15 documentation, Appendix A, PostgreSQL Error Codes.
Kind kind_of(std::string_view state) {
  const auto of_class = [&](std::string_view name) { return state.starts_with(name); };
  if (state == "42501" || of_class("28")) return Kind::forbidden;
  if (state == "40001" || state == "40P01" || state == "40003" || state == "25P02" ||
      of_class("23"))
    return Kind::conflict;
  if (of_class("22") || of_class("54")) return Kind::invalid;
  if (state == "3D000") return Kind::not_found;
  return Kind::unavailable;
}

std::string remedy_of(std::string_view state) {
  if (state == "53100") return "; the server's disk is full: free some space and do it again";
  if (state == "53300") return "; the server has no connection left: raise max_connections";
  if (state.starts_with("57P")) return "; the server is stopping or starting: try again soon";
  if (state == "25006") return "; this is a read-only copy: write to the primary server";
  if (state == "42501") return "; ask the database's owner to GRANT it to this account";
  if (state == "40001" || state == "40P01") return "; another write was faster: do it again";
  if (state == "25P02") return "; this write failed before and is being undone";
  if (state == "40003") return "; whether it was kept is not known: look before doing it again";
  return "";
}

Error connection_error(const PostgresAddress& address, PGconn* connection) {
  const auto text = without_password(PQerrorMessage(connection), address.password);
  if (text.find("database \"") != std::string::npos &&
      text.find("does not exist") != std::string::npos)
    return Error(Kind::not_found, "there is no database at " + address.shown + " (" + text +
                                      "); its owner makes one with: createdb --encoding=UTF8");
  const bool refused = text.find("authentication failed") != std::string::npos ||
                       text.find("no password supplied") != std::string::npos ||
                       text.find("pg_hba.conf") != std::string::npos;
  return Error(refused ? Kind::forbidden : Kind::unavailable,
               address.shown + " cannot be reached: " + text + "; check that the server runs and " +
                   "that host, port, user and password are right");
}

void set_up_session(const PostgresAddress& address, PGconn* connection, Access access) {
  const char* encoding = PQparameterStatus(connection, "server_encoding");
  if (!encoding || std::string_view(encoding) != "UTF8")
    throw Error(Kind::invalid, address.shown + " keeps text as " + (encoding ? encoding : "?") +
                                   ", not UTF8; make its database with: createdb --encoding=UTF8 " +
                                   "--template=template0");
  std::string sql =
      "SET client_min_messages = warning; SET TimeZone = 'UTC';"
      "SET standard_conforming_strings = on";
  if (access == Access::read_only) sql += "; SET default_transaction_read_only = on";
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection, sql.c_str()),
                                                             PQclear);
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
    throw postgres_error(address, connection, result.get(), sql);
}

}  // namespace

PostgresAddress parse_postgres_address(const std::string& address) {
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(address.c_str(), &message), PQconninfoFree);
  if (message) PQfreemem(message);
  if (!options) refuse_address();
  const auto value_of = [&](std::string_view keyword) {
    for (const auto* option = options.get(); option->keyword; ++option)
      if (keyword == option->keyword && option->val) return std::string(option->val);
    return std::string();
  };
  const auto host = value_of("host"), port = value_of("port"), user = value_of("user"),
             name = value_of("dbname");
  // An @ or / left bare in a password makes the rest of it look like a host, port or database.
  const bool bare = (host + name).find('@') != std::string::npos ||
                    port.find_first_not_of("0123456789,") != std::string::npos;
  if (bare) refuse_address();
  PostgresAddress parsed{address, "postgresql://", value_of("password")};
  if (!user.empty()) parsed.shown += percent_encode(user) + "@";
  parsed.shown += host.starts_with('/') ? percent_encode(host) : host;
  if (!port.empty()) parsed.shown += ":" + port;
  parsed.shown += "/" + percent_encode(name);
  return parsed;
}

PostgresHandle connect_postgres(const PostgresAddress& address, Access access) {
  // What stands before dbname is a default that the address may set otherwise.
  const char* const names[] = {"connect_timeout", "fallback_application_name", "dbname",
                               "client_encoding", nullptr};
  const char* const values[] = {"10", "austral", address.full.c_str(), "UTF8", nullptr};
  PostgresHandle connection(PQconnectdbParams(names, values, 1));
  if (PQstatus(connection.get()) != CONNECTION_OK)
    throw connection_error(address, connection.get());
  PQsetNoticeProcessor(
      connection.get(), [](void*, const char*) {}, nullptr);
  set_up_session(address, connection.get(), access);
  return connection;
}

Error postgres_error(const PostgresAddress& address, PGconn* connection, const PGresult* result,
                     std::string_view sql) {
  const char* field = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  const std::string state = field ? field : "";
  const char* primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
  auto text = without_password(primary ? primary : PQerrorMessage(connection), address.password);
  if (PQstatus(connection) == CONNECTION_BAD && !state.starts_with("57P"))
    return Error(Kind::unavailable, "the connection to " + address.shown + " was lost (" + text +
                                        "); a write that was not finished was undone. Try again");
  const auto kind = kind_of(state);
  if (kind == Kind::unavailable && remedy_of(state).empty())
    text += " (" + state + ", in: " + statement_for_message(sql) + ")";
  return Error(kind, address.shown + " refuses this: " + text + remedy_of(state));
}

}  // namespace austral::store
