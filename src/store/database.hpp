// One layer over SQLite and PostgreSQL: the same SQL text, parameters $1, $2 ... in any order.
// Both engines give the same answers to the SQL used here (tests/store). Three traps to write
// around: a whole-number parameter is a bigint, so `substr(x, CAST($1 AS INTEGER))`; no `$1::type`
// (write CAST); text in a column sorts bytewise on both, text made from numbers only in a database
// with collation C.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace austral::store {

/// Bytes, to tell them from text in a parameter list.
struct Bytes {
  std::string_view view;
};

/// A parameter or a cell to append: nothing, a whole number, text or bytes. Views must outlive the
/// call. Text holds no NUL byte (refused with Error::invalid); bytes may.
using Value = std::variant<std::monostate, std::int64_t, std::string_view, Bytes>;

/// Makes a Value of an optional.
template <class T>
Value nullable(const std::optional<T>& value) {
  if (!value) return std::monostate{};
  return Value(*value);
}

/// One row of an answer; the views live until the next row.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;    ///< NULL reads as 0; bool as 0/1
  virtual std::string_view text(int column) const = 0;   ///< NULL reads as empty
  virtual std::string_view bytes(int column) const = 0;  ///< NULL reads as empty
};

enum class Engine { sqlite, postgresql };

/// What a register is opened for. `create` makes the SQLite file when it is absent (a PostgreSQL
/// database must exist already).
enum class Access { read_only, read_write, create };

/// One connection; used by one thread at a time.
class Database {
 public:
  virtual ~Database() = default;
  virtual Engine engine() const = 0;
  virtual const std::string& address() const = 0;  ///< without a password

  /// Runs one statement; returns the rows it changed.
  virtual std::int64_t run(std::string_view sql, const std::vector<Value>& values = {}) = 0;

  /// Runs a query and hands over each row; `on_row` returns false to stop early. Rows stream, so
  /// that memory stays small; when `on_row` itself uses this connection, PostgreSQL's remaining
  /// rows are first taken into memory.
  virtual void read(std::string_view sql, const std::vector<Value>& values,
                    const std::function<bool(const Row&)>& on_row) = 0;

  /// Runs several statements without parameters (migrations).
  virtual void run_script(std::string_view sql) = 0;

  /// Appends rows in bulk (SQLite: one prepared INSERT; PostgreSQL: COPY). Only inside a Write.
  /// Shape: `cells` holds rows one after another, `columns.size()` cells each.
  virtual void append(std::string_view table, const std::vector<std::string_view>& columns,
                      const std::vector<Value>& cells) = 0;

  virtual void begin() = 0;  ///< opens a write; on SQLite it takes the write lock at once
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;

  /// Opens a snapshot for several reads that must agree with one another; ended by commit().
  virtual void begin_reading() = 0;

  /// Opens another connection to the same register, for reading only. Throws: as open_database().
  virtual std::unique_ptr<Database> open_beside() const = 0;

  /// False once the connection is lost or while something is open on it; the pool drops such ones.
  virtual bool is_usable() const = 0;
};

/// Opens a register: a file path for SQLite, `postgresql://...` for PostgreSQL.
/// Throws: Error::not_found (no such file or database), unavailable (cannot be reached, locked,
/// read-only, disk full), invalid (not a register, or a newer schema than this program's).
std::unique_ptr<Database> open_database(const std::string& address, Access access);

/// Begins reading as begin_reading() does, and gives a second connection that sees the very same
/// moment until it is destroyed, so that two threads read at once; nothing where none can be had.
std::unique_ptr<Database> begin_reading_twice(Database& database);

/// A write: everything inside it is kept together or not at all; rolled back unless commit() was
/// called.
class Write {
 public:
  explicit Write(Database& database) : database_(database) { database_.begin(); }
  ~Write() {
    if (!done_) database_.roll_back();
  }
  Write(const Write&) = delete;
  Write& operator=(const Write&) = delete;
  void commit() {
    database_.commit();
    done_ = true;
  }

 private:
  Database& database_;
  bool done_ = false;
};

/// First row's first column, or nothing.
std::optional<std::int64_t> find_integer(Database& database, std::string_view sql,
                                         const std::vector<Value>& values = {});
std::optional<std::string> find_text(Database& database, std::string_view sql,
                                     const std::vector<Value>& values = {});

/// Connections to one register, lent to one thread at a time (the web server's workers).
class Pool {
 public:
  /// Units: `most` connections at a time; opened when first needed.
  Pool(std::string address, Access access, std::size_t most);
  /// Returns to the pool when the pointer dies. Blocks while all are lent.
  std::shared_ptr<Database> lend();

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace austral::store
