// Finds the borders between a form's parts in whatever pieces the bytes come.
#include "web/upload.hpp"

#include <strings.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace austral::web {
namespace {

constexpr std::string_view form_type = "multipart/form-data";
constexpr std::size_t head_limit = 16 * 1024;  // of one part. Units: bytes
constexpr std::size_t padding_limit = 256;     // of blanks behind a border. Units: bytes

bool begins_alike(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && ::strncasecmp(text.data(), start.data(), start.size()) == 0;
}
bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && begins_alike(a, b);
}

[[noreturn]] void refuse_form(const std::string& why) {
  throw Error(Kind::invalid, "The form that was sent cannot be read: " + why + ". Send it again.");
}

/// The value of `name="..."` or `name=...` in a header's line; `\"` is a quote (RFC 9110, 5.6.4).
std::optional<std::string> parameter_of(std::string_view line, std::string_view name) {
  for (auto at = line.find(';'); at != std::string_view::npos;) {
    auto rest = trim(line.substr(at + 1));
    const auto sign = rest.find('=');
    if (sign == std::string_view::npos) return std::nullopt;
    const bool found = same(trim(rest.substr(0, sign)), name);
    rest.remove_prefix(sign + 1);
    std::string value;
    std::size_t used = 0;
    if (rest.starts_with('"')) {
      for (used = 1; used < rest.size() && rest[used] != '"'; ++used) {
        if (rest[used] == '\\' && used + 1 < rest.size() && rest[used + 1] == '"') ++used;
        value += rest[used];
      }
      ++used;
    } else {
      used = std::min(rest.find(';'), rest.size());
      value = trim(rest.substr(0, used));
    }
    if (found) return value;
    const auto offset = std::size_t(rest.data() - line.data()) + used;
    at = offset < line.size() ? line.find(';', offset) : std::string_view::npos;
  }
  return std::nullopt;
}

std::string without_folders(const std::string& name) {
  const auto slash = name.find_last_of("/\\");
  return make_valid_utf8(slash == std::string::npos ? name : name.substr(slash + 1));
}

}  // namespace

bool is_form(const Request& request) {
  const auto type = request.find_header("Content-Type").value_or("");
  return begins_alike(trim(type), form_type);
}

FormReader::FormReader(std::string_view content_type, std::function<void(const FormPart&)> begin,
                       std::function<void(std::string_view)> data)
    : begin_(std::move(begin)), data_(std::move(data)) {
  const auto boundary = parameter_of(content_type, "boundary").value_or("");
  // 70 characters at most: RFC 2046, section 5.1.1.
  if (boundary.empty() || boundary.size() > 70) refuse_form("it names no border between its parts");
  border_ = "\r\n--" + boundary;
}

void FormReader::take(std::string_view bytes) {
  if (state_ == State::behind) return;
  waiting_.append(bytes);
  while (step()) {
  }
}

/// False when more bytes are needed.
bool FormReader::step() {
  switch (state_) {
    case State::before:
    case State::data: return pass_data();
    case State::border: {
      if (waiting_.size() < 2) return false;
      if (waiting_.starts_with("--")) {
        state_ = State::behind;
        waiting_.clear();
        return false;
      }
      const auto end = waiting_.find("\r\n");
      // Limits count from the border, not by what has come: pieces of any size are judged alike.
      if (end == std::string::npos && waiting_.size() < padding_limit + 2) return false;
      if (end == std::string::npos || end > padding_limit ||
          !trim(std::string_view(waiting_).substr(0, end)).empty())
        refuse_form("something stands behind the border of a part");
      waiting_.erase(0, end);  // the line end stays: a head may be empty
      state_ = State::head;
      return true;
    }
    case State::head: {
      const auto end = waiting_.find("\r\n\r\n");
      if (end == std::string::npos && waiting_.size() < head_limit + 4) return false;
      if (end == std::string::npos || end > head_limit)
        refuse_form("the head of a part is too long");
      read_head(std::string_view(waiting_).substr(0, end));
      waiting_.erase(0, end + 4);
      state_ = State::data;
      return true;
    }
    case State::behind: return false;
  }
  return false;
}

/// Hands on what can be no part of a border.
bool FormReader::pass_data() {
  const auto at = waiting_.find(border_);
  const bool found = at != std::string::npos;
  const auto sure = found                              ? at
                    : waiting_.size() > border_.size() ? waiting_.size() - border_.size()
                                                       : 0;
  if (sure > 0 && state_ == State::data) data_(std::string_view(waiting_).substr(0, sure));
  if (state_ == State::before && (preamble_ += sure) > head_limit)
    refuse_form("it does not begin with its border");
  waiting_.erase(0, found ? at + border_.size() : sure);
  if (found) state_ = State::border;
  return found;
}

void FormReader::read_head(std::string_view lines) {
  FormPart part;
  for (const auto line : split(lines, '\n')) {
    const auto text = trim(line);
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) continue;
    if (!same(trim(text.substr(0, colon)), "content-disposition")) continue;
    part.name = make_valid_utf8(parameter_of(text, "name").value_or(""));
    const auto filename = parameter_of(text, "filename");
    part.is_file = filename.has_value();
    part.filename = without_folders(filename.value_or(""));
  }
  if (part.name.empty()) refuse_form("a part of it has no name");
  begin_(part);
}

void FormReader::finish() const {
  if (state_ != State::behind) refuse_form("it broke off before its end");
}

}  // namespace austral::web
