// What the server says about itself: one line of JSON an event on standard error.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace austral {

enum class LogLevel { debug, info, warning, error };

/// One named value beside the message. Values of fields that name a secret (password, token,
/// cookie, authorization, secret, session, api_key) are never written.
struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;

  LogField(std::string_view field, std::string_view text) : name(field), value(text) {}
  LogField(std::string_view field, const std::string& text)
      : name(field), value(std::string_view(text)) {}
  LogField(std::string_view field, const char* text) : name(field), value(std::string_view(text)) {}
  template <std::integral Number>
  LogField(std::string_view field, Number number)
      : name(field), value(static_cast<std::int64_t>(number)) {}
};

/// Writes one line; lines of several threads never mix. Text that is not UTF-8 is mended.
void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});
/// The line that log() writes, without its line end.
std::string to_log_line(LogLevel level, std::int64_t milliseconds, std::string_view message,
                        std::initializer_list<LogField> fields);
/// Events below `level` are left out from now on; `info` at the start.
void set_log_level(LogLevel level);

}  // namespace austral
