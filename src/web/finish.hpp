// Last touch on every answer: safety headers, entity tags, 304, and the smallest encoding accepted.
#pragma once

#include <string>
#include <string_view>

#include "web/http.hpp"

namespace austral::web {

/// Completes `response` as it will be sent for `request`; afterwards `body` (or `asset`) is final.
/// The bytes to send are those returned; they live as long as `response` does.
std::string_view finish(const Request& request, Response& response);

/// What If-None-Match holds covers `etag`, compared weakly.
bool covers_etag(std::string_view if_none_match, std::string_view etag);

/// `br`, `gzip` or empty: the best that Accept-Encoding allows (`q=0` forbids).
std::string choose_encoding(std::string_view accept_encoding);

}  // namespace austral::web
