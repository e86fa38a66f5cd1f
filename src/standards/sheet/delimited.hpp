// Delimited text: its records cut from a stream of UTF-8, its form found from its first lines.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "standards/sheet/cell_findings.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::sheet {

/// How a delimited text is written.
struct DelimitedForm {
  char separator = ',';       ///< `\n` stands for none: one column
  std::size_t width = 0;      ///< cells that most lines have; 0: not known
  bool line_of_form = false;  ///< a first line `sep=;` that is no row
  std::string evidence;       ///< in words
};

/// Finds the separator from the beginning of a text; `whole` when that is all of it.
/// `separator` other than 0 is taken as told.
DelimitedForm find_form(std::string_view beginning, bool whole, char separator);

/// One cell of a record as it stands in the text.
struct PlainCell {
  std::string_view text;  ///< without quotes; valid until the next record
  bool quoted = false;
};

/// What is wrong with a record's quotes.
struct QuoteFault {
  enum Kind { inner, unclosed, nul, endless } kind;
  std::size_t column;
  std::uint64_t line;  ///< of the file, from 1
};

/// Cuts records, whatever the blocks in which their bytes come.
/// Source: RFC 4180; line ends LF, CRLF and CR alike.
class RecordCutter {
 public:
  using Fill = std::function<std::size_t(char*, std::size_t)>;  ///< 0 at the end
  RecordCutter(Fill fill, char separator);

  /// The next record, also an empty one; false at the end.
  bool next(std::vector<PlainCell>& cells);
  std::uint64_t line() const { return line_; }      ///< on which the record began, from 1
  std::uint64_t offset() const { return offset_; }  ///< of the next record. Units: bytes
  const std::vector<QuoteFault>& faults() const { return faults_; }  ///< of the record

 private:
  bool cut(std::vector<PlainCell>& cells);
  bool cut_quoted(std::size_t& at, std::vector<PlainCell>& cells);
  bool cut_plain(std::size_t& at, std::vector<PlainCell>& cells);
  bool close_cell(std::size_t& at);
  void keep_cell(std::string_view text, bool quoted, char dropped, std::vector<PlainCell>& cells);
  void load();
  std::size_t limit() const;

  struct Copied {
    std::size_t cell, at, size;
  };
  Fill fill_;
  char separator_;
  std::string buffer_;
  std::size_t begin_ = 0, end_ = 0;  ///< of what is not yet cut
  std::uint64_t offset_ = 0;         ///< of `begin_` in the text
  bool ended_ = false, record_over_ = false;
  std::uint64_t line_ = 1, next_line_ = 1, new_lines_ = 0, unclosed_ = 0;
  std::size_t literal_quote_ = ~std::size_t(0);  ///< of an opening quote that nothing closes
  std::string texts_;                            ///< of cells that do not stand as they are
  std::vector<Copied> copied_;
  std::vector<QuoteFault> faults_;
};

}  // namespace austral::sheet
