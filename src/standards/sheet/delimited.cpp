// Cuts delimited text into records; a quote that nothing closes costs one line, not the file.
#include "standards/sheet/delimited.hpp"

#include <algorithm>
#include <cstring>

namespace austral::sheet {
namespace {

constexpr std::size_t first_buffer = 64 << 10;
constexpr std::size_t longest_record = 64 << 20;
constexpr std::size_t longest_quoted = 8 << 20;
// Where quotes are often left open, looking far for their end would take for ever.
constexpr std::uint64_t patience = 20;
constexpr std::size_t longest_quoted_then = 64 << 10;

std::uint64_t count_lines(std::string_view text) {
  std::uint64_t lines = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
  return lines;
}

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

}  // namespace

RecordCutter::RecordCutter(Fill fill, char separator)
    : fill_(std::move(fill)), separator_(separator) {}

void RecordCutter::load() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    if (literal_quote_ != ~std::size_t(0)) literal_quote_ -= begin_;
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) buffer_.resize(std::max(first_buffer, buffer_.size() * 2));
  const std::size_t got = fill_(buffer_.data() + end_, buffer_.size() - end_);
  end_ += got;
  ended_ = got == 0;
}

std::size_t RecordCutter::limit() const { return std::min(end_, begin_ + longest_record); }

bool RecordCutter::next(std::vector<PlainCell>& cells) {
  literal_quote_ = ~std::size_t(0);
  for (;;) {
    if (begin_ == end_ && ended_) return false;
    if (begin_ < end_ && cut(cells)) break;
    if (!ended_) load();
  }
  for (const auto& copied : copied_)
    cells[copied.cell].text = std::string_view(texts_).substr(copied.at, copied.size);
  return true;
}

/// Cuts one record; false when its end is not in the buffer.
bool RecordCutter::cut(std::vector<PlainCell>& cells) {
  cells.clear(), copied_.clear(), texts_.clear(), faults_.clear();
  new_lines_ = 0;
  record_over_ = false;
  std::size_t at = begin_;
  while (!record_over_) {
    const bool quoted = at < end_ && buffer_[at] == '"' && at != literal_quote_;
    if (!(quoted ? cut_quoted(at, cells) : cut_plain(at, cells))) return false;
  }
  line_ = next_line_;
  next_line_ += new_lines_;
  offset_ += at - begin_;
  begin_ = at;
  return true;
}

/// Steps over the separator or line end at `at`; false when more bytes must be seen for that.
bool RecordCutter::close_cell(std::size_t& at) {
  if (at >= limit()) {
    if (!ended_ && end_ - begin_ < longest_record) return false;
    if (at < end_) faults_.push_back({QuoteFault::endless, 0, next_line_});
    record_over_ = true;
    return true;
  }
  const char c = buffer_[at];
  if (c == separator_ && !is_line_end(c)) {
    ++at;
    return true;
  }
  if (c == '\r') {
    if (at + 1 == end_ && !ended_) return false;
    if (at + 1 < end_ && buffer_[at + 1] == '\n') ++at;
  }
  ++at;
  ++new_lines_;
  record_over_ = true;
  return true;
}

void RecordCutter::keep_cell(std::string_view text, bool quoted, char dropped,
                             std::vector<PlainCell>& cells) {
  cells.push_back({text, quoted});
  const bool nul = std::memchr(text.data(), 0, text.size()) != nullptr;
  if (nul) faults_.push_back({QuoteFault::nul, cells.size() - 1, next_line_ + new_lines_});
  if (!nul && dropped == 0) return;
  const std::size_t start = texts_.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == 0) continue;
    texts_ += text[i];
    if (dropped != 0 && text[i] == dropped && i + 1 < text.size() && text[i + 1] == dropped) ++i;
  }
  copied_.push_back({cells.size() - 1, start, texts_.size() - start});
}

bool RecordCutter::cut_plain(std::size_t& at, std::vector<PlainCell>& cells) {
  const std::size_t start = at, until = limit();
  const char* const bytes = buffer_.data();
  const char separator = separator_;
  while (at < until && bytes[at] != separator && bytes[at] != '\n' && bytes[at] != '\r') ++at;
  const std::size_t cell_end = at;
  if (!close_cell(at)) return false;
  keep_cell({bytes + start, cell_end - start}, false, 0, cells);
  return true;
}

bool RecordCutter::cut_quoted(std::size_t& at, std::vector<PlainCell>& cells) {
  const std::size_t start = at;
  const std::size_t longest = unclosed_ < patience ? longest_quoted : longest_quoted_then;
  const std::size_t until = std::min(limit(), start + longest);
  const bool all_seen = ended_ || until == start + longest || end_ - begin_ >= longest_record;
  bool doubled = false, inner = false, crossed = false;
  for (std::size_t i = start + 1;; ++i) {
    const void* const quote = i < until ? std::memchr(&buffer_[i], '"', until - i) : nullptr;
    if (!quote && !all_seen) return false;
    if (!quote) break;
    const std::size_t from = i;
    i = std::size_t(static_cast<const char*>(quote) - buffer_.data());
    crossed = crossed || std::any_of(buffer_.data() + from, buffer_.data() + i, is_line_end);
    std::size_t after = i + 1;
    if (after < until && buffer_[after] == '"') {
      doubled = true;
      ++i;
      continue;
    }
    while (after < until && buffer_[after] == ' ' && separator_ != ' ') ++after;
    if (after == until && !all_seen) return false;
    if (after < end_ && buffer_[after] != separator_ && !is_line_end(buffer_[after])) {
      // A quote that seems to open a cell on a later line: this one was never closed.
      const char before = buffer_[i - 1];
      if (crossed && (before == separator_ || is_line_end(before))) break;
      inner = true;
      continue;
    }
    const std::string_view text(&buffer_[start + 1], i - start - 1);
    const std::uint64_t lines = crossed ? count_lines(text) : 0;
    std::size_t next = after;
    if (!close_cell(next)) return false;
    at = next;
    if (inner) faults_.push_back({QuoteFault::inner, cells.size(), next_line_ + new_lines_});
    new_lines_ += lines;
    keep_cell(text, true, doubled ? '"' : 0, cells);
    return true;
  }
  ++unclosed_;
  faults_.push_back({QuoteFault::unclosed, cells.size(), next_line_ + new_lines_});
  literal_quote_ = start;
  const bool cut = cut_plain(at, cells);
  if (!cut) --unclosed_;
  return cut;
}

}  // namespace austral::sheet
