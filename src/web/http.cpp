// Reads what a request says of path, query, cookie and language; makes the common answers.
#include "web/http.hpp"

#include <algorithm>
#include <charconv>

#include "base/catalogue.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace austral::web {
namespace {

bool same_name(std::string_view left, std::string_view right) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

std::optional<std::string> find_field(const Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields)
    if (same_name(key, name)) return value;
  return std::nullopt;
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

void check_path(std::string_view path) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto byte = static_cast<unsigned char>(path[i]);
    if (byte < 0x20 || byte == 0x7f) throw Error(Kind::invalid, "control character in the address");
    if (path[i] != '%') continue;
    if (i + 2 >= path.size() || !is_hex(path[i + 1]) || !is_hex(path[i + 2]))
      throw Error(Kind::invalid, "broken percent escape in the address; write % itself as %25");
    if (path[i + 1] == '0' && path[i + 2] == '0')
      throw Error(Kind::invalid, "NUL byte in the address");
  }
  if (!is_valid_utf8(percent_decode(path))) throw Error(Kind::invalid, "the address is not UTF-8");
}

/// The page language that a BCP 47 tag means (`pt-BR` -> `pt`), or empty.
std::string match_language(std::string_view tag) {
  const auto primary = tag.substr(0, tag.find('-'));
  for (const auto& code : catalogue_languages())
    if (same_name(code, primary)) return code;
  return "";
}

int weight_of(std::string_view parameters) {
  const auto q = parameters.find("q=");
  if (q == std::string_view::npos) return 1000;
  int thousandths = 0, factor = 1000;
  for (const char c : parameters.substr(q + 2)) {
    if (c == '.') continue;
    if (c < '0' || c > '9' || factor == 0) break;
    thousandths += (c - '0') * factor;
    factor /= 10;
  }
  return thousandths;
}

std::string language_accepted(std::string_view header) {
  std::string best;
  int best_weight = 0;
  for (const auto item : split(header, ',')) {
    const auto semicolon = item.find(';');
    const auto code = match_language(trim(item.substr(0, semicolon)));
    const int weight =
        semicolon == std::string_view::npos ? 1000 : weight_of(item.substr(semicolon));
    if (!code.empty() && weight > best_weight) {
      best = code;
      best_weight = weight;
    }
  }
  return best;
}

Response answer(std::string body, int status, std::string content_type) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.set("Content-Type", std::move(content_type));
  return response;
}

}  // namespace

std::optional<std::string> Request::find_query(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return std::nullopt;
}

std::vector<std::string> Request::query_values(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : query)
    if (key == name) values.push_back(value);
  return values;
}

std::optional<std::string> Request::find_header(std::string_view name) const {
  return find_field(headers, name);
}

std::optional<std::string> Request::find_cookie(std::string_view name) const {
  const auto header = find_header("Cookie");
  if (!header) return std::nullopt;
  for (const auto item : split(*header, ';')) {
    const auto pair = trim(item);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name)
      return std::string(pair.substr(equals + 1));
  }
  return std::nullopt;
}

const std::string& Request::placeholder(std::string_view name) const {
  for (const auto& [key, value] : placeholders)
    if (key == name) return value;
  throw Error(Kind::not_found, "the address has no part named '" + std::string(name) + "'");
}

Response& Response::set(std::string_view name, std::string value) {
  // A line break would let a value begin a header of its own.
  std::erase_if(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  for (auto& [key, old] : headers)
    if (same_name(key, name)) {
      old = std::move(value);
      return *this;
    }
  headers.emplace_back(std::string(name), std::move(value));
  return *this;
}

std::optional<std::string> Response::find_header(std::string_view name) const {
  return find_field(headers, name);
}

Response html(std::string body, int status) {
  return answer(std::move(body), status, "text/html; charset=utf-8");
}

Response json(std::string body, int status) {
  return answer(std::move(body), status, "application/json; charset=utf-8");
}

Response text(std::string body, int status) {
  return answer(std::move(body), status, "text/plain; charset=utf-8");
}

Response file(std::string body, std::string content_type, std::string_view name) {
  auto response = answer(std::move(body), 200, std::move(content_type));
  return response.set("Content-Disposition",
                      "attachment; filename*=UTF-8''" + percent_encode(name));
}

Response redirect(std::string location, int status) {
  if (location.empty() || location[0] != '/' || location.starts_with("//") ||
      location.find('\\') != std::string::npos)
    throw Error(Kind::invalid, "'" + location + "' is not a path of this site");
  Response response;
  response.status = status;
  return response.set("Location", std::move(location));
}

namespace {

/// A query without the marks that other sites put behind links: the page is the same with and
/// without them, and its own links do not hand them on.
std::string leave_out_marks(std::string_view query) {
  std::string kept;
  for (const auto field : split(query, '&')) {
    const auto name = percent_decode(field.substr(0, field.find('=')));
    if (is_mark_of_others(name)) continue;
    if (!kept.empty()) kept += '&';
    kept += field;
  }
  return kept;
}

}  // namespace

bool is_mark_of_others(std::string_view name) {
  return name.starts_with("utm_") || name == "fbclid" || name == "gclid";
}

void read_target(std::string_view target, Request& request) {
  const auto scheme = target.find("://");
  if (!target.starts_with('/') && scheme != std::string_view::npos) {
    const auto slash = target.find_first_of("/?", scheme + 3);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  target = target.substr(0, target.find('#'));
  const auto mark = target.find('?');
  request.path = std::string(target.substr(0, mark));
  if (request.path.empty()) request.path = "/";
  if (request.path[0] != '/') throw Error(Kind::invalid, "the address does not begin with /");
  check_path(request.path);
  request.raw_query =
      mark == std::string_view::npos ? "" : leave_out_marks(target.substr(mark + 1));
  request.query = parse_query(request.raw_query);
}

Fields parse_query(std::string_view query) {
  Fields fields;
  const auto decode = [](std::string_view part) {
    std::string spaced(part);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return make_valid_utf8(percent_decode(spaced));
  };
  for (const auto item : split(query, '&')) {
    if (item.empty()) continue;
    const auto equals = item.find('=');
    const auto value = equals == std::string_view::npos ? "" : item.substr(equals + 1);
    fields.emplace_back(decode(item.substr(0, equals)), decode(value));
  }
  return fields;
}

std::string choose_language(const Request& request) {
  if (const auto asked = request.find_query("lang"))
    if (const auto code = match_language(*asked); !code.empty()) return code;
  if (const auto kept = request.find_cookie("lang"))
    if (const auto code = match_language(*kept); !code.empty()) return code;
  if (const auto accepted = request.find_header("Accept-Language"))
    if (const auto code = language_accepted(*accepted); !code.empty()) return code;
  return catalogue_languages().front();
}

std::string link_with(const std::string& path, const Fields& query, const Fields& changes) {
  std::string link;
  const auto append = [&](const std::string& name, const std::string& value) {
    link += link.empty() ? '?' : '&';
    link += percent_encode(name) + "=" + percent_encode(value);
  };
  for (const auto& [name, value] : query)
    if (std::none_of(changes.begin(), changes.end(),
                     [&](const auto& change) { return change.first == name; }))
      append(name, value);
  for (const auto& [name, value] : changes)
    if (!value.empty()) append(name, value);
  return path + link;
}

bool wants_json(const Request& request) {
  if (!request.twin.empty() || request.path.starts_with("/api/")) return true;
  for (const auto* twin : {".json", ".csv", ".xlsx"})
    if (request.path.ends_with(twin)) return true;
  const auto accept = request.find_header("Accept");
  return accept && accept->find("application/json") != std::string::npos &&
         accept->find("text/html") == std::string::npos;
}

}  // namespace austral::web
