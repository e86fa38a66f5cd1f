// Texts of the wire: the head of an answer, the date of today, a line of the access log.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "web/http.hpp"

namespace austral::web {

/// How an answer's body is framed.
struct Framing {
  unsigned version = 11;              ///< of HTTP: 10 or 11
  bool keep = true;                   ///< the connection stays for the next request
  std::optional<std::size_t> length;  ///< of the body; nothing: until the end, or chunked
  bool chunked = false;
};

/// Status line, headers and the empty line behind them.
std::string write_head(const Response& response, std::string_view reason, const Framing& framing);

/// One JSON line without its end. The path only: queries and headers may hold what people search
/// for, or secrets.
std::string write_access_line(const Request& request, int status, std::size_t bytes,
                              std::chrono::steady_clock::time_point begun);

}  // namespace austral::web
