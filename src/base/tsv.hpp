// Our own data tables: a comment line, a header line, rows of tab-separated cells.
#pragma once

#include <cstddef>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace austral {

/// A table over bytes that outlive it (those inside the binary); cells are views into them.
/// Shape: every row has as many cells as the header; empty cells at a row's end may be left out.
class TsvTable {
 public:
  using Row = std::span<const std::string_view>;

  /// `file` is for messages. Throws: Error::invalid for a missing comment or header, a column named
  /// twice, or a row with more cells than the header.
  TsvTable(std::string file, std::string_view bytes);

  /// A column's place in a row. Throws: Error::invalid naming file and column when there is none.
  std::size_t column(std::string_view name) const;
  bool has_column(std::string_view name) const;

  std::size_t size() const { return cells_.size() / columns_.size(); }
  Row row(std::size_t index) const {
    return Row(cells_).subspan(index * columns_.size(), columns_.size());
  }
  /// All rows, for a range-based for.
  auto rows() const {
    return std::views::iota(std::size_t{0}, size()) |
           std::views::transform([this](std::size_t index) { return row(index); });
  }
  const std::vector<std::string_view>& columns() const { return columns_; }
  /// What the file says of itself in its first lines, without the `#`.
  std::string_view comment() const { return comment_; }

 private:
  std::string file_;
  std::string_view comment_;
  std::vector<std::string_view> columns_;
  std::vector<std::string_view> cells_;
};

/// The table inside the binary at this path (`data/codes/countries.tsv`).
/// Throws: Error::not_found; Error::invalid as the constructor.
TsvTable read_embedded_table(std::string_view path);

}  // namespace austral
