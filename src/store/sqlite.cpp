// The register in one SQLite file: opening it, statements, bulk appends and reads.
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>
#include <unordered_map>

#include "base/text.hpp"
#include "store/engines.hpp"
#include "store/sqlite_errors.hpp"

namespace austral::store {
namespace {

/// "AUST": marks a file as a register, so that no other program's database is ever written to.
constexpr std::int64_t register_application_id = 0x41555354;
constexpr int busy_milliseconds = 10'000;
constexpr std::size_t most_statements = 512;

struct CloseSqlite {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
using SqliteHandle = std::unique_ptr<sqlite3, CloseSqlite>;

/// string_agg(text, separator), which SQLite has only from 3.44 on.
void step_string_agg(sqlite3_context* context, int, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) return;
  auto** joined =
      static_cast<std::string**>(sqlite3_aggregate_context(context, sizeof(std::string*)));
  if (!joined) return sqlite3_result_error_nomem(context);
  const auto text_of = [](sqlite3_value* value) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return std::string_view(text ? text : "", text ? sqlite3_value_bytes(value) : 0);
  };
  if (!*joined)
    *joined = new std::string;
  else
    (*joined)->append(text_of(values[1]));
  (*joined)->append(text_of(values[0]));
}

void finish_string_agg(sqlite3_context* context) {
  auto** joined = static_cast<std::string**>(sqlite3_aggregate_context(context, 0));
  if (!joined || !*joined) return sqlite3_result_null(context);
  sqlite3_result_text64(context, (*joined)->data(), (*joined)->size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
  delete *joined;
}

/// A compiled statement; `places[i]` is where SQLite put `$i+1`, which it numbers by appearance.
struct SqliteStatement {
  sqlite3_stmt* handle = nullptr;
  std::vector<int> places;
  bool busy = false;

  ~SqliteStatement() { sqlite3_finalize(handle); }
};

/// Holds a statement for one use and gives it back clean.
class StatementLoan {
 public:
  explicit StatementLoan(std::shared_ptr<SqliteStatement> statement)
      : statement_(std::move(statement)) {
    statement_->busy = true;
  }
  ~StatementLoan() {
    sqlite3_reset(handle());
    sqlite3_clear_bindings(handle());
    statement_->busy = false;
  }
  StatementLoan(const StatementLoan&) = delete;
  StatementLoan& operator=(const StatementLoan&) = delete;
  sqlite3_stmt* handle() const { return statement_->handle; }
  const std::vector<int>& places() const { return statement_->places; }

 private:
  std::shared_ptr<SqliteStatement> statement_;
};

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_, column);
  }
  std::string_view text(int column) const override {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (!text) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  std::string_view bytes(int column) const override {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    if (!bytes) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  sqlite3_stmt* statement_;
};

/// A pointer is never null here: SQLite would take it for NULL where an empty text is meant.
const char* pointer_of(std::string_view view) { return view.data() ? view.data() : ""; }

int bind_value(sqlite3_stmt* statement, int place, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return sqlite3_bind_int64(statement, place, *number);
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    refuse_nul(*text);
    return sqlite3_bind_text64(statement, place, pointer_of(*text), text->size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  if (const auto* bytes = std::get_if<Bytes>(&value))
    return sqlite3_bind_blob64(statement, place, pointer_of(bytes->view), bytes->view.size(),
                               SQLITE_STATIC);
  return sqlite3_bind_null(statement, place);
}

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(const std::string& path, Access access, bool immutable)
      : path_(path), access_(access) {
    connect(immutable);
    recognise();
    configure();
  }

  Engine engine() const override { return Engine::sqlite; }
  const std::string& address() const override { return path_; }
  std::unique_ptr<Database> open_beside() const override {
    return open_sqlite(path_, Access::read_only);
  }
  bool is_usable() const override { return !open_; }

  std::int64_t run(std::string_view sql, const std::vector<Value>& values) override {
    refuse_lost_write();
    StatementLoan statement(find_statement(sql));
    bind(statement, values, sql);
    const auto before = sqlite3_total_changes64(handle_.get());
    int code;
    do code = sqlite3_step(statement.handle());
    while (code == SQLITE_ROW);
    if (code != SQLITE_DONE) fail(code, sql);
    const bool changed = sqlite3_total_changes64(handle_.get()) != before;
    return changed ? sqlite3_changes64(handle_.get()) : 0;
  }

  void read(std::string_view sql, const std::vector<Value>& values,
            const std::function<bool(const Row&)>& on_row) override {
    refuse_lost_write();
    StatementLoan statement(find_statement(sql));
    bind(statement, values, sql);
    const SqliteRow row(statement.handle());
    for (;;) {
      const int code = sqlite3_step(statement.handle());
      if (code == SQLITE_DONE) return;
      if (code != SQLITE_ROW) fail(code, sql);
      if (!on_row(row)) return;
    }
  }

  void run_script(std::string_view sql) override {
    refuse_lost_write();
    const int code =
        sqlite3_exec(handle_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, sql);
  }

  void append(std::string_view table, const std::vector<std::string_view>& columns,
              const std::vector<Value>& cells) override {
    AUSTRAL_ASSERT(open_ && !columns.empty() && cells.size() % columns.size() == 0);
    refuse_lost_write();
    std::string sql =
        "INSERT INTO " + quoted_names({table}) + " (" + quoted_names(columns) + ") VALUES (";
    for (std::size_t i = 1; i <= columns.size(); ++i)
      sql += (i > 1 ? ", $" : "$") + std::to_string(i);
    sql += ")";
    StatementLoan statement(find_statement(sql));
    for (std::size_t row = 0; row < cells.size(); row += columns.size()) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const int code = bind_value(statement.handle(), static_cast<int>(i + 1), cells[row + i]);
        if (code != SQLITE_OK) fail(code, sql);
      }
      const int code = sqlite3_step(statement.handle());
      if (code != SQLITE_DONE) fail(code, sql);
      sqlite3_reset(statement.handle());
    }
  }

  void begin() override {
    AUSTRAL_ASSERT(!open_);
    run("BEGIN IMMEDIATE", {});
    open_ = true;
  }
  void begin_reading() override {
    AUSTRAL_ASSERT(!open_);
    run("BEGIN DEFERRED", {});
    open_ = true;
    try {  // a deferred transaction has no snapshot until it reads
      run("SELECT count(*) FROM sqlite_schema", {});
    } catch (...) {
      roll_back();
      throw;
    }
  }
  void commit() override {
    AUSTRAL_ASSERT(open_);
    run("COMMIT", {});
    open_ = false;
  }
  void roll_back() noexcept override {
    if (!sqlite3_get_autocommit(handle_.get()))
      sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    open_ = false;
  }

 private:
  [[noreturn]] void fail(int code, std::string_view sql) const {
    throw sqlite_error(path_, handle_.get(), code, sql);
  }

  /// A full disk ends SQLite's transaction by itself; what came after it would be kept alone.
  void refuse_lost_write() const {
    if (open_ && sqlite3_get_autocommit(handle_.get()))
      throw Error(Kind::conflict, "'" + path_ + "': this write failed before and was undone");
  }

  std::shared_ptr<SqliteStatement> find_statement(std::string_view sql) {
    const auto found = statements_.find(std::string(sql));
    if (found != statements_.end() && !found->second->busy) return found->second;
    auto statement = std::make_shared<SqliteStatement>();
    const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement->handle, nullptr);
    if (code != SQLITE_OK) fail(code, sql);
    const int count = sqlite3_bind_parameter_count(statement->handle);
    for (int i = 1; i <= count; ++i) {
      const auto name = "$" + std::to_string(i);
      statement->places.push_back(sqlite3_bind_parameter_index(statement->handle, name.c_str()));
    }
    if (found == statements_.end()) {
      if (statements_.size() >= most_statements) statements_.clear();  // those in use are shared
      statements_.emplace(sql, statement);
    }
    return statement;
  }

  void bind(StatementLoan& statement, const std::vector<Value>& values, std::string_view sql) {
    AUSTRAL_ASSERT(statement.places().size() == values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      AUSTRAL_ASSERT(statement.places()[i] > 0);
      const int code = bind_value(statement.handle(), statement.places()[i], values[i]);
      if (code != SQLITE_OK) fail(code, sql);
    }
  }

  void connect(bool immutable) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY;
    if (access_ == Access::read_write) flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE;
    if (access_ == Access::create)
      flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    std::string name = path_;
    if (immutable) {
      name = "file:" + percent_encode(path_) + "?immutable=1";
      flags |= SQLITE_OPEN_URI;
    }
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &opened, flags, nullptr);
    handle_.reset(opened);
    if (code != SQLITE_OK) fail(code, "open");
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, busy_milliseconds);
    if (access_ != Access::read_only && sqlite3_db_readonly(opened, "main") == 1)
      fail(SQLITE_READONLY, "open");
  }

  void recognise() {
    begin_reading();  // another process may be making this register right now
    const auto id = find_integer(*this, "PRAGMA application_id");
    const auto tables = find_integer(*this, "SELECT count(*) FROM sqlite_schema");
    commit();
    if (id == register_application_id) return;
    const bool empty = id == 0 && tables == 0;
    if (empty && access_ == Access::create) {
      // Records are some kilobytes each: larger pages waste less at their ends. Heeded only before
      // the file's first write.
      run_script("PRAGMA page_size = 16384");
      run("PRAGMA application_id = " + std::to_string(register_application_id), {});
      return;
    }
    throw Error(Kind::invalid,
                "'" + path_ + "' is " +
                    (empty ? "empty: there is no register in it yet; `austral import FILE...` "
                             "makes one"
                           : "an SQLite database but not an Austral register; name the "
                             "register's own file, or a new one"));
  }

  void configure() {
    if (access_ != Access::read_only) keep_log_beside();
    run_script(access_ == Access::read_only
                   ? "PRAGMA cache_size = -16384; PRAGMA query_only = ON"
                   : "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000");
    run_script(
        "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
        "PRAGMA mmap_size = 67108864; PRAGMA journal_size_limit = 67108864;"
        "PRAGMA case_sensitive_like = ON");
    const int code = sqlite3_create_function_v2(
        handle_.get(), "string_agg", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, nullptr,
        step_string_agg, finish_string_agg, nullptr);
    if (code != SQLITE_OK) fail(code, "string_agg");
  }

  /// Write-ahead log: readers never wait for a writer. SQLite does not queue for this change of
  /// mode, so that two programs making one register at once must try again themselves.
  void keep_log_beside() {
    using namespace std::chrono;
    const auto deadline = steady_clock::now() + milliseconds(busy_milliseconds);
    for (;;) {
      try {
        find_text(*this, "PRAGMA journal_mode = WAL");
        return;
      } catch (const Error&) {
        const bool busy = (sqlite3_errcode(handle_.get()) & 0xff) == SQLITE_BUSY;
        if (!busy || steady_clock::now() > deadline) throw;
        std::this_thread::sleep_for(milliseconds(20));
      }
    }
  }

  std::string path_;
  Access access_;
  SqliteHandle handle_;
  std::unordered_map<std::string, std::shared_ptr<SqliteStatement>> statements_;
  bool open_ = false;
};

void require_file(const std::string& path, Access access) {
  std::error_code ignored;
  if (path == ":memory:" || std::filesystem::exists(path, ignored)) return;
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && !std::filesystem::exists(folder, ignored))
    throw Error(Kind::not_found, "there is no folder '" + folder.string() + "' for the register '" +
                                     path + "'; make it first");
  if (access == Access::create) return;
  throw Error(Kind::not_found,
              "there is no register '" + path + "'; `austral import FILE...` makes one");
}

bool has_content(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return !error && size > 0;
}

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path, Access access) {
  // Nobody reads SQLite's own count of its memory, which costs a lock at every allocation.
  static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)uncounted;
  require_file(path, access);
  if (std::error_code ignored; std::filesystem::is_directory(path, ignored))
    throw Error(Kind::invalid, "'" + path + "' is a folder; name the register's file");
  try {
    return std::make_unique<SqliteDatabase>(path, access, false);
  } catch (const Error& error) {
    if (access != Access::read_only || error.kind() != Kind::unavailable) throw;
    const bool readable = !::access(path.c_str(), R_OK);
    const auto folder = std::filesystem::absolute(path).parent_path();
    if (!readable || !::access(folder.c_str(), W_OK)) throw;
  }
  // Nobody can write beside the file, so a reader can have no shared index of the log: the file is
  // read as one that does not change. What a log beside it still holds would be missing, silently.
  if (has_content(path + "-wal") || has_content(path + "-journal"))
    throw Error(Kind::unavailable,
                "'" + path +
                    "' stands in a read-only folder, and its newest writes are still in '" + path +
                    "-wal': read alone it would lack them. Copy both files to a folder " +
                    "that can be written, or open the register once where it was written");
  return std::make_unique<SqliteDatabase>(path, access, true);
}

}  // namespace austral::store
