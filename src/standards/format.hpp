// The doors for data: each format found in the field is one row of THE TABLE, read by the same two
// steps.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "registry/record.hpp"
#include "store/database.hpp"

namespace austral::standards {

/// Where a row of a record's source stands, so that findings can name its cells.
struct RowPlace {
  static constexpr std::uint32_t nowhere = 0xFFFFFFFF;  ///< of what stands in no cell of the row
  std::string sheet;
  std::uint64_t row = 0;               ///< from 1
  std::vector<std::uint32_t> columns;  ///< from 0, in the order of the text's cells
};

/// One record's source text as it stands in a file, in UTF-8, and what the file around it adds to
/// its meaning.
struct Fragment {
  std::string text;
  std::string
      format;  ///< `iati-2.03`: standard and version, enough to read `text` again on its own;
               ///< what stands behind an `@` says by what it was read, and is no part of the source
  std::string file_updated;  ///< the file's own date-time, used where the record has none
  std::uint64_t line =
      0;  ///< of its first character in the file, from 1 (64 bits: right beyond 65,535)
  std::uint64_t offset = 0;    ///< in bytes of the decoded file
  std::vector<RowPlace> rows;  ///< of row-wise formats, whose findings name cells by themselves
};

/// A record as read, with what was wrong or weak in it.
struct Reading {
  registry::Record record;
  Findings findings;
  bool usable =
      true;  ///< false: nothing of it can be registered (no identifier ...), findings say why
};

/// A file being read from front to end, in bounded memory.
class Reader {
 public:
  virtual ~Reader() = default;
  /// The next record's source, or false at the end. Damage ends the file: everything before it has
  /// been handed over, and `findings()` then names the place.
  virtual bool next(Fragment& fragment) = 0;
  virtual const Findings& findings() const = 0;
  virtual bool damaged() const = 0;
  virtual std::uint64_t bytes_read() const = 0;  ///< of the file on disk, for progress and MB/s
  virtual std::string format() const = 0;        ///< once known: `iati-2.03`
};

/// One row of THE TABLE (formats.cpp).
struct Format {
  std::string_view name;  ///< for `--as`: `iati`
  std::string_view title;
  std::string_view versions;                        ///< what of it is read
  bool (*recognise)(std::string_view first_bytes);  ///< decoded, decompressed beginning of a file
  std::unique_ptr<Reader> (*open)(const std::string& path);
  Reading (*read)(const Fragment& fragment);  ///< pure; many threads at once
  /// Of formats that are tables: whether a row is their header. Else nothing.
  bool (*is_header)(const std::vector<std::string>& cells) = nullptr;
};

/// All formats, in the order in which they are tried.
const std::vector<Format>& formats();
/// Throws: Error::invalid naming the known formats.
const Format& get_format(std::string_view name);
/// The format that recognises a file's beginning. Throws: Error::not_found (no such file), invalid
/// (no format knows it; the message says what was seen and what can be read).
const Format& recognise_format(const std::string& path);
/// The same; nullptr when no format knows it. Throws: Error::not_found.
const Format* find_format(const std::string& path);
/// The format whose header stands among the first rows of a table; nullptr for other files.
const Format* find_table_format(const std::string& path);
/// Reads a stored source again: `format` as kept in the register (`iati-2.03`).
Reading read_source(const std::string& format, const std::string& text);
/// The same for a source of a register, which keeps the mappings that its sheets were read by.
Reading read_source(store::Database& database, const std::string& format, const std::string& text);

}  // namespace austral::standards
