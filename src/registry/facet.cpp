// Writes and reads an initiative's facets as one text.
#include "registry/facet.hpp"

#include <charconv>

#include "base/digest.hpp"
#include "base/error.hpp"

namespace austral::registry {
namespace {

const std::int64_t unsaid_share = Facet{}.share;

void append_number(std::string& out, std::int64_t number) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

[[noreturn]] void refuse() {
  throw Error(Kind::invalid, "an initiative's list of facets is damaged");
}

/// Takes a number and the sign behind it off the text; returns the sign.
char take_number(std::string_view& text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto taken = std::size_t(end - text.data());
  if (error != std::errc() || taken >= text.size()) refuse();
  const char sign = text[taken];
  text.remove_prefix(taken + 1);
  return sign;
}

}  // namespace

std::string to_text(const std::vector<Facet>& facets) {
  std::string out;
  out.reserve(facets.size() * 16);
  for (const auto& facet : facets) {
    append_number(out, std::int64_t(facet.dimension));
    out += ',';
    append_number(out, std::int64_t(facet.value.size()));
    if (facet.share != unsaid_share) {
      out += ',';
      append_number(out, facet.share);
    }
    out += ':';
    out += facet.value;
  }
  return out;
}

bool FacetReader::next() {
  if (text_.empty()) return false;
  std::int64_t number = 0, size = 0;
  share = unsaid_share;
  if (take_number(text_, number) != ',') refuse();
  char sign = take_number(text_, size);
  if (sign == ',') sign = take_number(text_, share);
  if (sign != ':' || size < 0 || std::size_t(size) > text_.size()) refuse();
  dimension = Dimension(number);
  value = text_.substr(0, std::size_t(size));
  text_.remove_prefix(std::size_t(size));
  return true;
}

std::vector<Facet> read_facets(std::string_view text) {
  std::vector<Facet> facets;
  for (FacetReader reader(text); reader.next();)
    facets.push_back({reader.dimension, std::string(reader.value), reader.share});
  return facets;
}

std::uint64_t fingerprint(int dimension, std::string_view value, std::int64_t share) {
  const auto digest = Digester().add(std::int64_t(dimension)).add(value).add(share).finish();
  std::uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = number << 8 | digest.bytes[std::size_t(i)];
  return number;
}

}  // namespace austral::registry
