// Writes heads and log lines, as short of work as answers kept in memory deserve.
#include "web/wire.hpp"

#include <cstdio>
#include <ctime>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace austral::web {
namespace {

/// `Mon, 23 Nov 2026 18:16:26 GMT`, whatever the locale.
const std::string& http_date() {
  static const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  thread_local std::time_t written = 0;
  thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now == written) return text;
  std::tm utc{};
  gmtime_r(&now, &utc);
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%s, %02d %s %d %02d:%02d:%02d GMT", days[utc.tm_wday],
                utc.tm_mday, months[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
                utc.tm_sec);
  text = buffer;
  written = now;
  return text;
}

}  // namespace

std::string write_head(const Response& response, std::string_view reason, const Framing& framing) {
  std::string head;
  head.reserve(1024);
  head += framing.version >= 11 ? "HTTP/1.1 " : "HTTP/1.0 ";
  head += std::to_string(response.status);
  head += ' ';
  head += reason;
  head += "\r\n";
  const auto add = [&](std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
  };
  for (const auto& [name, value] : response.headers) add(name, value);
  add("Server", "austral");
  add("Date", http_date());
  if (!framing.keep)
    add("Connection", "close");
  else if (framing.version < 11)
    add("Connection", "keep-alive");
  if (framing.length) add("Content-Length", std::to_string(*framing.length));
  if (framing.chunked) add("Transfer-Encoding", "chunked");
  head += "\r\n";
  return head;
}

std::string write_access_line(const Request& request, int status, std::size_t bytes,
                              std::chrono::steady_clock::time_point begun) {
  const auto taken = std::chrono::duration_cast<std::chrono::microseconds>(
                         std::chrono::steady_clock::now() - begun)
                         .count();
  std::string line = "{\"time\":";
  append_json(line, to_timestamp(now_milliseconds()));
  line += ",\"remote\":";
  append_json(line, request.remote);
  line += ",\"method\":";
  append_json(line, make_valid_utf8(request.method));
  line += ",\"path\":";
  append_json(line, make_valid_utf8(request.path));
  line += ",\"status\":" + std::to_string(status) + ",\"bytes\":" + std::to_string(bytes) +
          ",\"microseconds\":" + std::to_string(taken) + "}";
  return line;
}

}  // namespace austral::web
