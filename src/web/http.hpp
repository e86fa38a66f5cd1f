// What a page sees of HTTP: a request, a response, and the function between; no socket, no Beast.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace austral::web {

/// Names and values in the order in which they came; a name may come twice.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// One question to the site.
struct Request {
  std::string method = "GET";
  std::string path = "/";  ///< still percent-encoded, without the query
  std::string raw_query;   ///< as sent, without `?`
  Fields query;            ///< decoded
  Fields headers;
  std::string body;
  std::string language = "en";
  std::string remote;   ///< the peer's address
  std::string twin;     ///< `json`, `csv`, `xlsx` where the path asks for that form
  Fields placeholders;  ///< decoded segments of the route's pattern, by name

  /// The first value of a query parameter.
  std::optional<std::string> find_query(std::string_view name) const;
  /// All values of a query parameter.
  std::vector<std::string> query_values(std::string_view name) const;
  /// A header's value; names are compared without case.
  std::optional<std::string> find_header(std::string_view name) const;
  std::optional<std::string> find_cookie(std::string_view name) const;
  /// A segment of the path by its name in the route's pattern. Throws: Error::not_found.
  const std::string& placeholder(std::string_view name) const;
};

/// Bytes prepared once and sent often, with their compressed forms.
struct Asset {
  std::string name;  ///< `austral-1f2e3d4c.css`
  std::string content_type;
  std::string bytes, gzip, brotli;
  std::string etag;
};

/// Appends the next part of a long answer; returns false when nothing follows.
using Producer = std::function<bool(std::string&)>;

/// One answer. The body is `body`, or `asset`, or what `producer` gives part by part.
struct Response {
  int status = 200;
  Fields headers;
  std::string body;
  bool framed = false;  ///< may stand inside pages of other sites
  std::shared_ptr<const Asset> asset;
  Producer producer;

  /// Sets a header, replacing one of the same name.
  Response& set(std::string_view name, std::string value);
  std::optional<std::string> find_header(std::string_view name) const;
};

using Handler = std::function<Response(const Request&)>;

Response html(std::string body, int status = 200);
Response json(std::string body, int status = 200);
Response text(std::string body, int status = 200);
/// An answer that a browser saves under `name`.
Response file(std::string body, std::string content_type, std::string_view name);
/// `location` is a path of this site. Throws: Error::invalid for what leads elsewhere.
Response redirect(std::string location, int status = 303);

/// Whether other sites put a parameter of this name behind links to us (`utm_source`, `fbclid`).
bool is_mark_of_others(std::string_view name);

/// Splits `/path?query` (or an absolute address) into the request's path, raw_query and query; both
/// are as if no site had put marks of its own behind the link.
/// Throws: Error::invalid for broken percent escapes, control bytes or a path that is not UTF-8.
void read_target(std::string_view target, Request& request);

/// Decodes `a=1&b=%20`; `+` is a space; what is not UTF-8 becomes U+FFFD.
Fields parse_query(std::string_view query);

/// From ?lang=, the cookie `lang`, then Accept-Language by weight; English when none fits.
std::string choose_language(const Request& request);

/// The path with its query after `changes`: a changed name is replaced, an empty value removes it.
std::string link_with(const std::string& path, const Fields& query, const Fields& changes);

/// Whether a refusal is to be JSON: for a twin, below /api/, or where Accept names JSON and not
/// HTML.
bool wants_json(const Request& request);

}  // namespace austral::web
