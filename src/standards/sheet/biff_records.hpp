// The records of an old Excel workbook, and the texts that run over from one into the next.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "standards/sheet/ole_file.hpp"

namespace austral::sheet {

/// The kinds of record that hold cells or what cells need. Source: [MS-XLS], section 2.3.
enum class Biff : std::uint16_t {
  formula = 0x06,
  eof = 0x0A,
  date_mode = 0x22,
  file_pass = 0x2F,
  continued = 0x3C,
  code_page = 0x42,
  column_info = 0x7D,
  bound_sheet = 0x85,
  many_rk = 0xBD,
  rich_string = 0xD6,
  cell_style = 0xE0,
  merged_cells = 0xE5,
  shared_strings = 0xFC,
  label_shared = 0xFD,
  number = 0x203,
  label = 0x204,
  truth_or_error = 0x205,
  string = 0x207,
  row = 0x208,
  rk = 0x27E,
  format = 0x41E,
  bof = 0x809
};

/// Reads record by record; whatever is asked beyond a record's end is zero.
class BiffRecords {
 public:
  explicit BiffRecords(std::unique_ptr<OlePart> part) : part_(std::move(part)) {}

  /// Moves to the next record; false at the end.
  bool next();
  void seek(std::uint64_t at);
  Biff kind() const { return kind_; }
  /// Within the record itself. `at` counts from its first byte.
  std::uint32_t number(std::size_t at, std::size_t size) const;
  std::string_view bytes() const { return bytes_; }
  void move_to(std::size_t at) { at_ = at; }
  /// From here on, over into continuing records; false at their end.
  bool take(std::uint32_t& out, std::size_t size);
  void skip(std::uint64_t size);
  /// A text of that many units from here on, as UTF-8; false when it is cut off.
  /// Source: [MS-XLS], section 2.5.293 (XLUnicodeRichExtendedString).
  bool take_text(std::size_t units, std::string& out);
  /// A text with its length before it, in 1 or 2 bytes.
  bool take_counted(std::size_t length_size, std::string& out);
  /// For workbooks of Excel 5 and 95, whose texts are bytes of a code page.
  void set_code_page(unsigned page);
  void set_old(bool old) { old_ = old; }

 private:
  bool load(std::uint16_t& kind, std::string& bytes);
  bool follow();

  std::unique_ptr<OlePart> part_;
  Biff kind_ = Biff::eof;
  std::string bytes_, ahead_;
  std::size_t at_ = 0;
  std::uint16_t ahead_kind_ = 0;
  bool has_ahead_ = false, old_ = false;
  std::string code_page_ = "windows-1252";
};

}  // namespace austral::sheet
