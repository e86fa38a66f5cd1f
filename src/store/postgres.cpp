// The register in a PostgreSQL database: statements, COPY, and answers row by row.
#include <libpq-fe.h>

#include <deque>
#include <unordered_map>

#include "store/engines.hpp"
#include "store/postgres_address.hpp"
#include "store/postgres_cells.hpp"

namespace austral::store {
namespace {

constexpr std::size_t most_prepared = 512;
constexpr std::size_t copy_buffer_bytes = 1 << 20;
constexpr int rows_before_cancel = 1000;

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

/// A statement prepared on the server. Types are those of the values it was used with; a parameter
/// that was only ever NULL stays 0, and the server infers what it is.
struct PreparedStatement {
  std::string name;
  std::vector<Oid> types;
};

/// Parameters in binary: the four arrays that libpq wants.
struct Parameters {
  std::string bytes;
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;

  explicit Parameters(const std::vector<Value>& from) : formats(from.size(), 1) {
    std::vector<std::size_t> starts;
    for (const auto& value : from) {
      starts.push_back(bytes.size());
      append_parameter(bytes, value);
      lengths.push_back(static_cast<int>(bytes.size() - starts.back()));
      bytes += '\0';  // so that an empty value has an address of its own too
    }
    for (std::size_t i = 0; i < from.size(); ++i)
      values.push_back(type_of(from[i]) ? bytes.data() + starts[i] : nullptr);
  }
};

/// An answer that is still arriving. The connection can do nothing else until it has all come, so
/// the rest is taken into memory when something else must be done in between.
class RowStream {
 public:
  explicit RowStream(PGconn* connection) : connection_(connection) {}
  PostgresResult next() {
    if (!held_.empty()) {
      auto result = std::move(held_.front());
      held_.pop_front();
      return result;
    }
    return receive();
  }
  void hold_rest() {
    while (auto result = receive()) held_.push_back(std::move(result));
  }
  void drop_rest(bool may_cancel) {
    held_.clear();
    bool cancelled = false;
    for (int dropped = 0; receive(); ++dropped)
      if (may_cancel && dropped == rows_before_cancel) cancelled = cancel();
    // A cancellation that came too late would hit the next statement; let it hit this one.
    if (cancelled) PostgresResult(PQexec(connection_, "SELECT 1"));
  }

 private:
  PostgresResult receive() {
    if (ended_) return nullptr;
    PostgresResult result(PQgetResult(connection_));
    ended_ = !result;
    return result;
  }
  bool cancel() {
    char message[256];
    PGcancel* request = PQgetCancel(connection_);
    const bool sent = PQcancel(request, message, sizeof message);
    PQfreeCancel(request);
    return sent;
  }

  PGconn* connection_;
  std::deque<PostgresResult> held_;
  bool ended_ = false;
};

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(PostgresAddress address, Access access)
      : address_(std::move(address)), handle_(connect_postgres(address_, access)) {}

  Engine engine() const override { return Engine::postgresql; }
  const std::string& address() const override { return address_.shown; }
  std::unique_ptr<Database> open_beside() const override {
    return std::make_unique<PostgresDatabase>(address_, Access::read_only);
  }
  bool is_usable() const override { return !open_ && PQstatus(handle_.get()) == CONNECTION_OK; }

  std::int64_t run(std::string_view sql, const std::vector<Value>& values) override {
    free_connection();
    const auto& statement = prepare(sql, values);
    const Parameters parameters(values);
    const PostgresResult result(PQexecPrepared(
        handle_.get(), statement.name.c_str(), static_cast<int>(values.size()),
        parameters.values.data(), parameters.lengths.data(), parameters.formats.data(), 1));
    check(result.get(), sql);
    if (std::string_view(PQcmdStatus(result.get())).starts_with("SELECT")) return 0;
    const std::string_view changed = PQcmdTuples(result.get());
    return changed.empty() ? 0 : std::stoll(std::string(changed));
  }

  void read(std::string_view sql, const std::vector<Value>& values,
            const std::function<bool(const Row&)>& on_row) override {
    free_connection();
    const auto& statement = prepare(sql, values);
    const Parameters parameters(values);
    if (!PQsendQueryPrepared(handle_.get(), statement.name.c_str(), static_cast<int>(values.size()),
                             parameters.values.data(), parameters.lengths.data(),
                             parameters.formats.data(), 1))
      throw postgres_error(address_, handle_.get(), nullptr, sql);
    PQsetSingleRowMode(handle_.get());
    const StreamScope scope(*this);
    while (const auto result = scope.stream->next()) {
      check(result.get(), sql);
      if (PQntuples(result.get()) == 0) continue;  // the end mark after the rows
      if (!on_row(PostgresRow(result.get()))) return;
    }
  }

  void run_script(std::string_view sql) override {
    free_connection();
    const PostgresResult result(PQexec(handle_.get(), std::string(sql).c_str()));
    check(result.get(), sql);
    forget_prepared();  // a table that changed makes their plans void
    column_types_.clear();
  }

  void append(std::string_view table, const std::vector<std::string_view>& columns,
              const std::vector<Value>& cells) override {
    AUSTRAL_ASSERT(open_ && !columns.empty() && cells.size() % columns.size() == 0);
    if (cells.empty()) return;
    free_connection();
    const auto target = quoted_names({table}) + " (" + quoted_names(columns) + ")";
    const auto& types = types_of(target, table, columns);
    const auto sql = "COPY " + target + " FROM STDIN (FORMAT binary)";
    {
      const PostgresResult started(PQexec(handle_.get(), sql.c_str()));
      check(started.get(), sql, PGRES_COPY_IN);
    }
    try {
      send_rows(types, cells, sql);
    } catch (const Error&) {
      PQputCopyEnd(handle_.get(), "row refused");
      const CommandEnd rest{handle_.get()};
      throw;
    }
    PQputCopyEnd(handle_.get(), nullptr);
    const CommandEnd rest{handle_.get()};
    const PostgresResult result(PQgetResult(handle_.get()));
    check(result.get(), sql);
  }

  void begin() override { open_with("BEGIN"); }
  void begin_reading() override {  // the SELECT takes the snapshot, which BEGIN does not
    open_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1");
  }
  void commit() override {
    AUSTRAL_ASSERT(open_);
    free_connection();
    const PostgresResult result(PQexec(handle_.get(), "COMMIT"));
    check(result.get(), "COMMIT");
    open_ = false;
    if (std::string_view(PQcmdStatus(result.get())) != "COMMIT")
      throw Error(Kind::conflict, address_.shown + ": this write failed before and was undone");
  }
  void roll_back() noexcept override {
    if (stream_) stream_->drop_rest(false);
    if (PQtransactionStatus(handle_.get()) != PQTRANS_IDLE)
      PostgresResult(PQexec(handle_.get(), "ROLLBACK"));
    open_ = false;
  }

 private:
  /// Makes a stream the connection's current one for as long as its reader reads.
  struct StreamScope {
    explicit StreamScope(PostgresDatabase& database)
        : owner(database),
          outer(database.stream_),
          stream(std::make_unique<RowStream>(database.handle_.get())) {
      owner.stream_ = stream.get();
    }
    ~StreamScope() {
      stream->drop_rest(!owner.open_);
      owner.stream_ = outer;
    }
    PostgresDatabase& owner;
    RowStream* outer;
    std::unique_ptr<RowStream> stream;
  };
  /// Takes the answers left of a command, so that the next one can be sent.
  struct CommandEnd {
    PGconn* connection;
    ~CommandEnd() {
      while (PostgresResult(PQgetResult(connection))) continue;
    }
  };

  void free_connection() {
    if (stream_) stream_->hold_rest();
  }

  void check(const PGresult* result, std::string_view sql,
             ExecStatusType expected = PGRES_COMMAND_OK) const {
    const auto status = PQresultStatus(result);
    if (status == expected || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE) return;
    throw postgres_error(address_, handle_.get(), result, sql);
  }

  void open_with(const char* sql) {
    AUSTRAL_ASSERT(!open_);
    free_connection();
    const PostgresResult result(PQexec(handle_.get(), sql));
    check(result.get(), sql);
    open_ = true;
  }

  const PreparedStatement& prepare(std::string_view sql, const std::vector<Value>& values) {
    auto found = prepared_.find(std::string(sql));
    std::vector<Oid> types(values.size());
    if (found != prepared_.end()) types = found->second.types;
    AUSTRAL_ASSERT(types.size() == values.size());
    bool same = found != prepared_.end();
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto type = type_of(values[i]);
      if (type == 0 || type == types[i]) continue;
      types[i] = type;
      same = false;
    }
    if (same) return found->second;
    if (prepared_.size() >= most_prepared) forget_prepared();
    const auto name = "s" + std::to_string(++last_name_);
    const PostgresResult result(PQprepare(handle_.get(), name.c_str(), std::string(sql).c_str(),
                                          static_cast<int>(types.size()), types.data()));
    check(result.get(), sql);
    auto& statement = prepared_[std::string(sql)];
    if (!statement.name.empty())
      PostgresResult(PQexec(handle_.get(), ("DEALLOCATE " + statement.name).c_str()));
    statement = {name, std::move(types)};
    return statement;
  }

  void forget_prepared() {
    if (prepared_.empty() || PQtransactionStatus(handle_.get()) == PQTRANS_INERROR) return;
    PostgresResult(PQexec(handle_.get(), "DEALLOCATE ALL"));
    prepared_.clear();
  }

  const std::vector<Oid>& types_of(const std::string& target, std::string_view table,
                                   const std::vector<std::string_view>& columns) {
    auto& types = column_types_[target];
    if (!types.empty()) return types;
    const auto sql =
        "SELECT " + quoted_names(columns) + " FROM " + quoted_names({table}) + " LIMIT 0";
    const PostgresResult result(PQexec(handle_.get(), sql.c_str()));
    check(result.get(), sql, PGRES_TUPLES_OK);
    for (int i = 0; i < PQnfields(result.get()); ++i) types.push_back(PQftype(result.get(), i));
    return types;
  }

  /// Source: PostgreSQL 15 documentation, COPY, "Binary Format".
  void send_rows(const std::vector<Oid>& types, const std::vector<Value>& cells,
                 const std::string& sql) {
    using namespace std::string_literals;
    std::string buffer = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"s;
    const auto send = [&] {
      if (PQputCopyData(handle_.get(), buffer.data(), static_cast<int>(buffer.size())) != 1)
        throw postgres_error(address_, handle_.get(), nullptr, sql);
      buffer.clear();
    };
    for (std::size_t row = 0; row < cells.size(); row += types.size()) {
      append_network(buffer, static_cast<std::int16_t>(types.size()));
      for (std::size_t i = 0; i < types.size(); ++i)
        append_copy_cell(buffer, cells[row + i], types[i]);
      if (buffer.size() >= copy_buffer_bytes) send();
    }
    append_network(buffer, std::int16_t{-1});
    send();
  }

  PostgresAddress address_;
  PostgresHandle handle_;
  std::unordered_map<std::string, PreparedStatement> prepared_;
  std::unordered_map<std::string, std::vector<Oid>> column_types_;
  RowStream* stream_ = nullptr;
  std::uint64_t last_name_ = 0;
  bool open_ = false;
};

}  // namespace

std::unique_ptr<Database> open_postgresql(const std::string& address, Access access) {
  return std::make_unique<PostgresDatabase>(parse_postgres_address(address), access);
}

}  // namespace austral::store
