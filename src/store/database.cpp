// Opening a register by its address, lending connections, and the small reads everybody needs.
#include "store/database.hpp"

#include <condition_variable>
#include <mutex>

#include "store/engines.hpp"

namespace austral::store {

std::unique_ptr<Database> open_database(const std::string& address, Access access) {
  if (address.empty())
    throw Error(Kind::invalid, "the register has no address; name a file or postgresql://...");
  if (address.starts_with("postgresql://") || address.starts_with("postgres://"))
    return open_postgresql(address, access);
  return open_sqlite(address, access);
}

std::optional<std::int64_t> find_integer(Database& database, std::string_view sql,
                                         const std::vector<Value>& values) {
  std::optional<std::int64_t> found;
  database.read(sql, values, [&](const Row& row) {
    if (!row.is_null(0)) found = row.integer(0);
    return false;
  });
  return found;
}

std::optional<std::string> find_text(Database& database, std::string_view sql,
                                     const std::vector<Value>& values) {
  std::optional<std::string> found;
  database.read(sql, values, [&](const Row& row) {
    if (!row.is_null(0)) found = row.text(0);
    return false;
  });
  return found;
}

namespace {

/// PostgreSQL hands a snapshot over by name.
void join_reading(Database& database, Database& second) {
  database.begin_reading();
  const auto name = find_text(database, "SELECT pg_export_snapshot()").value_or("");
  second.run_script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '" +
                    name + "'");
}

/// SQLite only tells whether anybody wrote between two looks: both snapshots then are of one moment
/// where nobody did.
bool begin_together(Database& database, Database& second) {
  const std::string_view version = "PRAGMA data_version";
  const auto before = find_integer(second, version);
  database.begin_reading();
  second.begin_reading();
  if (find_integer(second, version) == before) return true;
  second.roll_back();
  database.roll_back();
  return false;
}

}  // namespace

std::unique_ptr<Database> begin_reading_twice(Database& database) {
  constexpr int most_attempts = 5;  // somebody may write again and again
  try {
    auto second = database.open_beside();
    if (database.engine() == Engine::postgresql) {
      join_reading(database, *second);
      return second;
    }
    for (int i = 0; i < most_attempts; ++i)
      if (begin_together(database, *second)) return second;
  } catch (const Error&) {
    database.roll_back();  // no second one: the first reads all
  }
  database.begin_reading();
  return nullptr;
}

struct Pool::Shared {
  std::string address;
  Access access;
  std::size_t most;
  std::mutex mutex;
  std::condition_variable returned;
  std::vector<std::unique_ptr<Database>> idle;
  std::size_t lent = 0;

  void take_back(Database* database) {
    std::unique_ptr<Database> owned(database);
    if (!owned->is_usable()) owned->roll_back();
    const bool usable = owned->is_usable();
    std::vector<std::unique_ptr<Database>> dropped;
    {
      const std::lock_guard lock(mutex);
      --lent;
      if (usable)
        idle.push_back(std::move(owned));
      else
        dropped.swap(idle);  // where one connection was lost, the others of that time are too
    }
    returned.notify_one();
  }
};

Pool::Pool(std::string address, Access access, std::size_t most)
    : shared_(std::make_shared<Shared>()) {
  AUSTRAL_ASSERT(most > 0);
  shared_->address = std::move(address);
  shared_->access = access;
  shared_->most = most;
}

std::shared_ptr<Database> Pool::lend() {
  std::unique_ptr<Database> database;
  {
    std::unique_lock lock(shared_->mutex);
    shared_->returned.wait(lock, [&] { return shared_->lent < shared_->most; });
    ++shared_->lent;
    if (!shared_->idle.empty()) {
      database = std::move(shared_->idle.back());
      shared_->idle.pop_back();
    }
  }
  if (!database) {
    try {
      database = open_database(shared_->address, shared_->access);
    } catch (...) {
      {
        const std::lock_guard lock(shared_->mutex);
        --shared_->lent;
      }
      shared_->returned.notify_one();
      throw;
    }
  }
  return {database.release(), [shared = shared_](Database* lent) { shared->take_back(lent); }};
}

std::string quoted_names(const std::vector<std::string_view>& names) {
  std::string out;
  for (const auto name : names) {
    if (!out.empty()) out += ", ";
    out += '"';
    out += name;
    out += '"';
  }
  return out;
}

void refuse_nul(std::string_view text) {
  const auto at = text.find('\0');
  if (at == std::string_view::npos) return;
  throw Error(Kind::invalid, "a text holds a NUL byte (byte " + std::to_string(at + 1) + " of " +
                                 std::to_string(text.size()) + "), which cannot be kept as text; " +
                                 "remove it");
}

std::string statement_for_message(std::string_view sql) {
  std::string out(sql.substr(0, 200));
  for (auto& character : out)
    if (character == '\n') character = ' ';
  if (sql.size() > 200) out += "...";
  return out;
}

}  // namespace austral::store
