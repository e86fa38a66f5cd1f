// How PostgreSQL writes numbers, texts and bytes in binary.
#include "store/postgres_cells.hpp"

#include <bit>
#include <charconv>
#include <cstdio>
#include <limits>

#include "store/engines.hpp"

namespace austral::store {
namespace {

template <class Number>
Number from_network(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return static_cast<Number>(number);
}

/// Source: PostgreSQL, src/backend/utils/adt/numeric.c, numeric_send: count, weight, sign and
/// scale, then digits to the base 10000.
std::string numeric_text(std::string_view bytes) {
  const auto word = [&](std::size_t n) { return from_network<std::int16_t>(bytes.substr(n * 2)); };
  const int count = word(0), weight = word(1), scale = word(3);
  const auto sign = static_cast<std::uint16_t>(word(2));
  if (sign >= 0xC000) return sign == 0xC000 ? "NaN" : sign == 0xD000 ? "Infinity" : "-Infinity";
  const auto digits_at = [&](int n) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "%04d", n < 0 || n >= count ? 0 : int(word(4 + n)));
    return std::string(digits);
  };
  std::string whole, fraction;
  for (int n = 0; n <= weight; ++n) whole += digits_at(n);
  whole.erase(0, whole.find_first_not_of('0'));
  if (whole.empty()) whole = "0";
  for (int n = weight + 1; static_cast<int>(fraction.size()) < scale; ++n) fraction += digits_at(n);
  fraction.resize(scale);
  return (sign == 0x4000 ? "-" : "") + whole + (scale ? "." + fraction : "");
}

double float_of(std::string_view bytes) {
  if (bytes.size() == 4) return std::bit_cast<float>(from_network<std::uint32_t>(bytes));
  return std::bit_cast<double>(from_network<std::uint64_t>(bytes));
}

std::string float_text(std::string_view bytes) {
  char digits[40];
  std::snprintf(digits, sizeof digits, "%.15g", float_of(bytes));
  return digits;
}

/// The whole number a text begins with, as SQLite reads it; 0 for other text.
std::int64_t leading_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc::result_out_of_range)
    throw Error(Kind::invalid, "the number " + std::string(text) + " is beyond 64 bits");
  return number;
}

bool is_integer(Oid type) {
  return type == postgres_type::int8 || type == postgres_type::int4 ||
         type == postgres_type::int2 || type == postgres_type::boolean ||
         type == postgres_type::oid;
}

std::int64_t integer_of(std::string_view bytes, Oid type) {
  switch (type) {
    case postgres_type::int8:
      return from_network<std::int64_t>(bytes);
    case postgres_type::int4:
      return from_network<std::int32_t>(bytes);
    case postgres_type::int2:
      return from_network<std::int16_t>(bytes);
    case postgres_type::oid:
      return from_network<std::uint32_t>(bytes);
    default:
      return bytes[0] != 0;
  }
}

template <class Number>
void append_number_cell(std::string& out, std::int64_t number) {
  if (number < std::numeric_limits<Number>::min() || number > std::numeric_limits<Number>::max())
    throw Error(Kind::invalid, "the number " + std::to_string(number) + " does not fit its column");
  append_network(out, static_cast<std::int32_t>(sizeof(Number)));
  append_network(out, static_cast<Number>(number));
}

void append_bytes_cell(std::string& out, std::string_view bytes) {
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
    throw Error(Kind::invalid, "a text is too long to be kept");
  append_network(out, static_cast<std::int32_t>(bytes.size()));
  out += bytes;
}

}  // namespace

Oid type_of(const Value& value) {
  if (std::holds_alternative<std::int64_t>(value)) return postgres_type::int8;
  if (std::holds_alternative<std::string_view>(value)) return postgres_type::text;
  if (std::holds_alternative<Bytes>(value)) return postgres_type::bytea;
  return 0;
}

void append_parameter(std::string& out, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) append_network(out, *number);
  if (const auto* bytes = std::get_if<Bytes>(&value)) out += bytes->view;
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    refuse_nul(*text);
    out += *text;
  }
}

void append_copy_cell(std::string& out, const Value& value, Oid column_type) {
  if (std::holds_alternative<std::monostate>(value)) return append_network(out, std::int32_t{-1});
  if (const auto* bytes = std::get_if<Bytes>(&value)) {
    AUSTRAL_ASSERT(column_type == postgres_type::bytea);
    return append_bytes_cell(out, bytes->view);
  }
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    AUSTRAL_ASSERT(column_type == postgres_type::text);
    refuse_nul(*text);
    return append_bytes_cell(out, *text);
  }
  const auto number = std::get<std::int64_t>(value);
  switch (column_type) {
    case postgres_type::int8:
      return append_number_cell<std::int64_t>(out, number);
    case postgres_type::int4:
      return append_number_cell<std::int32_t>(out, number);
    case postgres_type::int2:
      return append_number_cell<std::int16_t>(out, number);
    default:
      AUSTRAL_ASSERT(column_type == postgres_type::text);
      return append_bytes_cell(out, std::to_string(number));
  }
}

std::string_view PostgresRow::cell(int column) const {
  return {PQgetvalue(result_, 0, column),
          static_cast<std::size_t>(PQgetlength(result_, 0, column))};
}

std::int64_t PostgresRow::integer(int column) const {
  if (is_null(column)) return 0;
  const auto type = PQftype(result_, column);
  if (is_integer(type)) return integer_of(cell(column), type);
  if (type == postgres_type::numeric) return leading_integer(numeric_text(cell(column)));
  if (type == postgres_type::float8 || type == postgres_type::float4)
    return static_cast<std::int64_t>(float_of(cell(column)));
  return leading_integer(cell(column));
}

std::string_view PostgresRow::text(int column) const {
  if (is_null(column)) return {};
  const auto type = PQftype(result_, column);
  const bool real = type == postgres_type::float8 || type == postgres_type::float4;
  if (!is_integer(type) && !real && type != postgres_type::numeric) return cell(column);
  made_.resize(PQnfields(result_));
  auto& made = made_[column];
  if (is_integer(type))
    made = std::to_string(integer_of(cell(column), type));
  else
    made = real ? float_text(cell(column)) : numeric_text(cell(column));
  return made;
}

}  // namespace austral::store
