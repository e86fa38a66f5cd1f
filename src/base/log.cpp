// Writing the log's lines.
#include "base/log.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace austral {
namespace {

std::atomic<LogLevel> least_level{LogLevel::info};

std::string_view name_of(LogLevel level) {
  static constexpr std::string_view names[] = {"debug", "info", "warning", "error"};
  return names[static_cast<std::size_t>(level)];
}

bool names_secret(std::string_view field) {
  static constexpr std::array<std::string_view, 7> secrets = {
      "password", "token", "cookie", "secret", "session", "authorization", "api_key"};
  const std::string folded = fold(field);
  return std::any_of(secrets.begin(), secrets.end(), [&](std::string_view secret) {
    return folded.find(secret) != std::string::npos;
  });
}

void append_text(std::string& line, std::string_view text) {
  if (is_valid_utf8(text))
    append_json_string(line, text);
  else
    append_json_string(line, make_valid_utf8(text));
}

void append_field(std::string& line, const LogField& field) {
  line += ',';
  append_text(line, field.name);
  line += ':';
  if (names_secret(field.name))
    line += "\"(hidden)\"";
  else if (const auto* number = std::get_if<std::int64_t>(&field.value))
    append_json(line, *number);
  else
    append_text(line, std::get<std::string_view>(field.value));
}

// One write a line, so that the kernel keeps lines of threads and processes apart.
void write_whole(std::string_view line) {
  while (!line.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
    if (written <= 0) return;  // nowhere left to complain to
    line.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

std::string to_log_line(LogLevel level, std::int64_t milliseconds, std::string_view message,
                        std::initializer_list<LogField> fields) {
  std::string line = "{\"level\":\"";
  line += name_of(level);
  line += "\",\"time\":\"";
  line += to_timestamp(milliseconds);
  line += "\",\"message\":";
  append_text(line, message);
  for (const auto& field : fields) append_field(line, field);
  line += '}';
  return line;
}

void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  if (level < least_level.load(std::memory_order_relaxed)) return;
  write_whole(to_log_line(level, now_milliseconds(), message, fields) + '\n');
}

void set_log_level(LogLevel level) { least_level = level; }

}  // namespace austral
