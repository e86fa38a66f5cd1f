// Reading our own data tables.
#include "base/tsv.hpp"

#include <algorithm>

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace austral {
namespace {

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

[[noreturn]] void refuse(const std::string& file, const std::string& what) {
  throw Error(Kind::invalid, "table '" + file + "': " + what);
}

}  // namespace

TsvTable::TsvTable(std::string file, std::string_view bytes) : file_(std::move(file)) {
  std::string_view rest = bytes;
  if (!rest.starts_with('#')) refuse(file_, "line 1 must be a comment (# what the table is for)");
  std::size_t line_number = 1;
  comment_ = trim(take_line(rest).substr(1));
  for (; rest.starts_with('#'); ++line_number) take_line(rest);
  columns_ = split(take_line(rest), '\t');
  ++line_number;
  if (columns_[0].empty()) refuse(file_, "the header line with the columns' names is missing");
  auto names = columns_;
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) refuse(file_, "column '" + std::string(*twice) + "' is named twice");

  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    ++line_number;
    if (line.empty()) continue;
    std::size_t cells = 1;
    std::string_view left = line;
    for (std::size_t at; (at = left.find('\t')) != left.npos; ++cells) {
      cells_.push_back(left.substr(0, at));
      left.remove_prefix(at + 1);
    }
    cells_.push_back(left);
    if (cells > columns_.size())
      refuse(file_, "line " + std::to_string(line_number) + " has " + std::to_string(cells) +
                        " cells, the header " + std::to_string(columns_.size()));
    cells_.resize(cells_.size() + columns_.size() - cells);
  }
}

bool TsvTable::has_column(std::string_view name) const {
  return std::find(columns_.begin(), columns_.end(), name) != columns_.end();
}

std::size_t TsvTable::column(std::string_view name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end()) refuse(file_, "has no column '" + std::string(name) + "'");
  return std::size_t(found - columns_.begin());
}

TsvTable read_embedded_table(std::string_view path) {
  return TsvTable(std::string(path), get_embedded_file(path));
}

}  // namespace austral
