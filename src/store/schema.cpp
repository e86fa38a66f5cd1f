// Bringing a register's tables to what this program needs, one numbered file of sql/ after another.
#include "store/schema.hpp"

#include <charconv>
#include <filesystem>

#include "base/date.hpp"
#include "base/embedded.hpp"
#include "base/key.hpp"

namespace austral::store {
namespace {

struct Migration {
  int number = 0;
  std::string_view text;
};

std::vector<Migration> migrations() {
  std::vector<Migration> found;
  for (const auto& file : embedded_files_below("sql/")) {
    const auto name = file.path.substr(4);
    int number = 0;
    std::from_chars(name.data(), name.data() + name.size(), number);
    found.push_back({number, file.bytes});
    AUSTRAL_ASSERT(number == static_cast<int>(found.size()));
  }
  AUSTRAL_ASSERT(!found.empty());
  return found;
}

bool is_word(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') || character == '_';
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// Makes every TEXT column compare bytewise, as SQLite's do, whatever collation the PostgreSQL
/// database has: asking each institution's database office for a database in C would be refused
/// more often than granted. `CAST(x AS TEXT)` cannot take a COLLATE and stays as it is.
void collate_bytewise(std::string& text) {
  constexpr std::string_view type = "TEXT", collation = " COLLATE \"C\"";
  for (auto at = text.find(type); at != std::string::npos; at = text.find(type, at + 1)) {
    const auto end = at + type.size();
    const bool whole =
        (at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]));
    const bool cast = at >= 3 && text.compare(at - 3, 3, "AS ") == 0;
    if (whole && !cast) text.insert(end, collation);
  }
}

std::string text_for(const Migration& migration, Engine engine) {
  std::string text;
  for (std::size_t from = 0; from < migration.text.size();) {  // without comment lines
    auto end = migration.text.find('\n', from);
    if (end == std::string_view::npos) end = migration.text.size();
    const auto line = migration.text.substr(from, end - from);
    if (!line.starts_with("--")) text.append(line).append("\n");
    from = end + 1;
  }
  const bool sqlite = engine == Engine::sqlite;
  replace_all(text, "{blob}", sqlite ? "BLOB" : "BYTEA");
  replace_all(text, "{key}", sqlite ? "INTEGER" : "BIGINT");
  replace_all(text, "{clustered}", sqlite ? "WITHOUT ROWID" : "");
  AUSTRAL_ASSERT(text.find('{') == std::string::npos);
  if (!sqlite) collate_bytewise(text);
  return text;
}

bool has_tables(Database& database) {
  const auto found = database.engine() == Engine::sqlite
                         ? find_integer(database,
                                        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' "
                                        "AND name = 'register_info'")
                         : find_integer(database,
                                        "SELECT count(*) FROM information_schema.tables WHERE "
                                        "table_schema = current_schema() AND "
                                        "table_name = 'register_info'");
  return found.value_or(0) > 0;
}

void refuse_newer(Database& database, int schema) {
  if (schema <= newest_schema()) return;
  throw Error(Kind::invalid, "'" + database.address() + "' was made by a newer Austral (schema " +
                                 std::to_string(schema) + "; this program knows up to " +
                                 std::to_string(newest_schema()) + "); use the newer program");
}

void apply(Database& database, const Migration& migration) {
  Write write(database);
  // SQLite's write lock is taken; PostgreSQL needs one that exists before the first table does.
  if (database.engine() == Engine::postgresql)
    database.read("SELECT pg_advisory_xact_lock(1096111956, hashtext(current_schema()))", {},
                  [](const Row&) { return true; });
  const int schema = schema_of(database);
  refuse_newer(database, schema);
  if (schema >= migration.number) return;  // another process was faster
  database.run_script(text_for(migration, database.engine()));
  const auto number = std::to_string(migration.number);
  if (database.engine() == Engine::sqlite) database.run("PRAGMA user_version = " + number);
  set_info(database, "schema", number);
  set_info(database, "program", "austral " AUSTRAL_VERSION);
  if (!find_info(database, "created"))
    set_info(database, "created", to_timestamp(now_milliseconds()));
  write.commit();
}

}  // namespace

int newest_schema() { return migrations().back().number; }

int schema_of(Database& database) {
  if (!has_tables(database)) return 0;
  const auto text = find_info(database, "schema").value_or("");
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  if (number < 1)
    throw Error(Kind::invalid, "'" + database.address() +
                                   "' is not an Austral register: its table " +
                                   "register_info names no schema");
  return number;
}

void migrate(Database& database) {
  const int schema = schema_of(database);
  refuse_newer(database, schema);
  if (schema == newest_schema()) return;
  // What a statement changed stays in temporary storage until it ends, and dropping a column
  // changes a whole table: two gigabytes at a million initiatives.
  const bool sqlite = database.engine() == Engine::sqlite;
  if (sqlite) database.run("PRAGMA temp_store = FILE");
  for (const auto& migration : migrations())
    if (migration.number > schema) apply(database, migration);
  if (sqlite) database.run("PRAGMA temp_store = MEMORY");
}

std::optional<std::string> find_info(Database& database, std::string_view name) {
  return find_text(database, "SELECT value FROM register_info WHERE name = $1", {name});
}

void set_info(Database& database, std::string_view name, std::string_view value) {
  database.run(
      "INSERT INTO register_info (name, value) VALUES ($1, $2) "
      "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      {name, value});
}

namespace {

/// Makes a register whole beside its place and puts it there in one step, so that a stop in between
/// leaves nothing half made. What goes wrong is told by opening the place itself afterwards.
void make_whole(const std::string& path) {
  namespace fs = std::filesystem;
  const std::string making = path + ".new-" + std::to_string(make_key());
  try {
    auto database = open_database(making, Access::create);
    migrate(*database);
    database.reset();
    std::error_code error;
    fs::create_hard_link(making, path, error);  // fails where another program was faster
    if (error && !fs::exists(path)) fs::rename(making, path, error);
  } catch (const Error&) {
  }
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) fs::remove(making + ending, ignored);
}

}  // namespace

std::unique_ptr<Database> open_register(const std::string& address, Access access) {
  if (access == Access::create && !address.starts_with("postgres") &&
      !std::filesystem::exists(address))
    make_whole(address);
  auto database = open_database(address, access);
  const int schema = schema_of(*database);
  refuse_newer(*database, schema);
  if (schema == 0 && access != Access::create)
    throw Error(Kind::not_found, "'" + database->address() + "' holds no register yet; " +
                                     "`austral import FILE...` makes one");
  if (schema < newest_schema() && access == Access::read_only)
    throw Error(Kind::invalid, "'" + database->address() + "' has schema " +
                                   std::to_string(schema) + " and this program needs " +
                                   std::to_string(newest_schema()) +
                                   "; open it once for writing, which brings it up to date");
  if (schema < newest_schema()) migrate(*database);
  return database;
}

}  // namespace austral::store
