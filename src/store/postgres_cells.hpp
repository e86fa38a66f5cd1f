// PostgreSQL's binary cells: reading them from answers, writing them for parameters and COPY.
#pragma once

#include <libpq-fe.h>

#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace austral::store {

/// Type numbers of pg_type that never change.
namespace postgres_type {
constexpr Oid boolean = 16, bytea = 17, int8 = 20, int2 = 21, int4 = 23, text = 25, oid = 26,
              float4 = 700, float8 = 701, numeric = 1700;
}  // namespace postgres_type

/// The type a parameter is declared with; 0 (the server infers it) for nothing.
Oid type_of(const Value& value);

/// Appends a parameter's binary form as type_of() says. Throws: Error::invalid for text with NUL.
void append_parameter(std::string& out, const Value& value);

/// Appends one cell of a binary COPY, length first, for a column of that type.
/// Throws: Error::invalid for a number that the column cannot hold, or text with NUL.
void append_copy_cell(std::string& out, const Value& value, Oid column_type);

/// Appends a whole number in network order.
template <class Number>
void append_network(std::string& out, Number number) {
  for (int shift = (sizeof(Number) - 1) * 8; shift >= 0; shift -= 8)
    out += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xff);
}

/// The first row of a binary answer.
class PostgresRow final : public Row {
 public:
  explicit PostgresRow(const PGresult* result) : result_(result) {}
  bool is_null(int column) const override { return PQgetisnull(result_, 0, column) == 1; }
  /// Throws: Error::invalid for a sum beyond 64 bits.
  std::int64_t integer(int column) const override;
  std::string_view text(int column) const override;
  std::string_view bytes(int column) const override { return cell(column); }

 private:
  std::string_view cell(int column) const;

  const PGresult* result_;
  mutable std::vector<std::string> made_;  ///< texts of cells that came as numbers
};

}  // namespace austral::store
