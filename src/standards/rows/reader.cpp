// Two walks over the file: the first learns where each record's last row stands, the second hands a
// record over as soon as it is complete. Rows that wait too long wait in a temporary file.
#include "standards/rows/reader.hpp"

#include <array>
#include <cstdio>
#include <cstring>
#include <unordered_map>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::rows {
namespace {

using Name = std::array<char, 16>;

struct NameHash {
  std::size_t operator()(const Name& name) const {
    std::size_t hash = 0;
    std::memcpy(&hash, name.data(), sizeof hash);
    return hash;
  }
};

Name name_of(std::string_view key) {
  Name name;
  std::memcpy(name.data(), digest_of(key).bytes.data(), name.size());
  return name;
}

/// Rows' texts that wait for the rest of their record; beyond a bound they wait on disk.
class WaitingRows {
 public:
  struct Place {
    std::string text;  // in memory, or
    long offset = -1;  // in the file
    std::size_t size = 0;
    standards::RowPlace row;
  };

  Place put(std::string text, standards::RowPlace row) {
    Place place;
    place.row = std::move(row);
    place.size = text.size();
    if (held_ + text.size() <= most_held) {
      held_ += text.size();
      place.text = std::move(text);
      return place;
    }
    if (!file_) file_.reset(std::tmpfile());
    if (!file_ || std::fseek(file_.get(), 0, SEEK_END) != 0)
      throw Error(Kind::unavailable, "no temporary file can be made; is there room?");
    place.offset = std::ftell(file_.get());
    if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size())
      throw Error(Kind::unavailable, "the temporary file cannot be written; is there room?");
    return place;
  }
  std::string take(Place& place) {
    if (place.offset < 0) {
      held_ -= place.text.size();
      return std::move(place.text);
    }
    std::string text(place.size, '\0');
    if (std::fseek(file_.get(), place.offset, SEEK_SET) != 0 ||
        std::fread(text.data(), 1, text.size(), file_.get()) != text.size())
      throw Error(Kind::unavailable, "the temporary file cannot be read");
    return text;
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  static constexpr std::size_t most_held = 64 << 20;
  std::size_t held_ = 0;
  std::unique_ptr<std::FILE, Close> file_;
};

/// One walk over the rows below the headers of all sheets that have one.
class Walk {
 public:
  Walk(const std::string& path, const Layout& layout)
      : layout_(layout), book_(sheet::open_workbook(path)) {}

  bool next() {
    for (;;) {
      if (!reader_ && !open_sheet()) return false;
      if (reader_->next(row)) return true;
      damaged_ = damaged_ || reader_->damaged();
      bytes_ += reader_->bytes_read();
      for (const auto& finding : reader_->findings()) findings_.push_back(finding);
      reader_.reset();
    }
  }
  /// The row's text, and where its cells stand.
  std::string text(standards::RowPlace& place) const {
    NamedCells cells;
    place.sheet = sheet_name();
    place.row = row.number;
    for (const auto& cell : row.cells) {
      if (cell.column >= header_.size() || header_[cell.column].empty() || cell.text.empty())
        continue;
      cells.emplace_back(header_[cell.column], cell.text);
      place.columns.push_back(std::uint32_t(cell.column));
    }
    std::string text;
    append_row(text, cells);
    return text;
  }
  Line line() const {
    Line line;
    const auto& columns = layout_.columns();
    line.values.resize(columns.size());
    for (const auto& cell : row.cells) {
      const auto column = cell.column < places_.size() ? places_[cell.column] : Columns::none;
      if (column != Columns::none && line.values[column].empty())
        line.values[column] = trim_cell(cell.text);
    }
    return line;
  }
  /// Cells that stand under no header.
  std::size_t count_headless() const {
    std::size_t count = 0;
    for (const auto& cell : row.cells)
      count += cell.column >= header_.size() || header_[cell.column].empty();
    return count;
  }
  const std::string& sheet_name() const { return book_->sheets()[sheet_ - 1].name; }
  std::uint64_t bytes_read() const { return bytes_ + (reader_ ? reader_->bytes_read() : 0); }
  bool damaged() const { return damaged_; }
  bool found_header() const { return found_header_; }
  Findings take_findings() {
    for (const auto& finding : book_->findings()) findings_.push_back(finding);
    return std::move(findings_);
  }

  sheet::SheetRow row;

 private:
  static constexpr int most_rows_above = 30;  // titles and notes that stand over the header

  bool open_sheet() {
    while (sheet_ < book_->sheets().size()) {
      reader_ = book_->open(sheet_++);
      for (int n = 0; n < most_rows_above && reader_->next(row); ++n)
        if (take_header()) return true;
      damaged_ = damaged_ || reader_->damaged();
      const auto& info = book_->sheets()[sheet_ - 1];
      if (!info.name.empty())
        findings_.push_back(
            {Severity::remark, layout_.name + ".sheet", info.name,
             "no row of this sheet is a header of " + layout_.title + "; the sheet is not read"});
      for (const auto& finding : reader_->findings()) findings_.push_back(finding);
      reader_.reset();
    }
    return false;
  }

  bool take_header() {
    std::vector<std::string> names;
    for (const auto& cell : row.cells) {
      if (names.size() <= cell.column) names.resize(cell.column + 1);
      names[cell.column] = trim_cell(cell.text);
    }
    if (!layout_.is_header(names)) return false;
    found_header_ = true;
    places_.clear();
    std::unordered_map<std::string, int> met;
    std::vector<bool> has(layout_.columns().size());
    std::string unknown;
    for (auto& name : names) {
      const auto place = name.empty() ? Columns::none : layout_.columns().find(name);
      if (place == Columns::none && !name.empty())
        unknown += (unknown.empty() ? "'" : ", '") + name + "'";
      places_.push_back(place);
      if (place != Columns::none) has[place] = true;
      if (const int before = met[name]++; before > 0 && !name.empty())
        name += " (" + std::to_string(before + 1) + ")";
    }
    report_header(has, unknown);
    header_ = std::move(names);
    return true;
  }

  void report_header(const std::vector<bool>& has, const std::string& unknown) {
    const std::string place = sheet::name_cell(sheet_name(), 0, row.number);
    for (const auto column : layout_.contract(has))
      if (!has[column])
        findings_.push_back({Severity::error, layout_.name + ".column.missing", place,
                             "the column '" + std::string(layout_.columns().name(column)) +
                                 "' is missing; every " + layout_.title +
                                 " file has it: add it, or mend the spelling of its header"});
    if (!unknown.empty())
      findings_.push_back({Severity::remark, layout_.name + ".column.unknown", place,
                           "columns that " + layout_.title + " does not have: " + unknown +
                               "; their values are kept beside the record"});
  }

  const Layout& layout_;
  std::unique_ptr<sheet::Workbook> book_;
  std::unique_ptr<sheet::SheetReader> reader_;
  std::size_t sheet_ = 0;
  std::vector<std::string> header_;
  std::vector<std::size_t> places_;
  std::uint64_t bytes_ = 0;
  bool damaged_ = false, found_header_ = false;
  Findings findings_;
};

class RowReader : public standards::Reader {
 public:
  RowReader(const std::string& path, Layout layout) : path_(path), layout_(std::move(layout)) {
    walk_ = std::make_unique<Walk>(path_, layout_);
  }

  bool next(standards::Fragment& fragment) override {
    if (!surveyed_) survey();
    while (walk_->next()) {
      if (const auto headless = walk_->count_headless(); headless > 0)
        findings_.push_back({Severity::warning, layout_.name + ".cell.headless",
                             sheet::name_cell(walk_->sheet_name(), 0, walk_->row.number),
                             std::to_string(headless) +
                                 " cells stand under no header and are not read; are there "
                                 "separators inside a text without quotation marks?"});
      const std::uint64_t n = rows_read_++;
      const std::string key = layout_.key_of(walk_->line());
      standards::RowPlace place;
      std::string text = walk_->text(place);
      if (key.empty()) {
        hand_over(fragment, {std::move(text)}, {std::move(place)});
        return true;
      }
      const Name name = name_of(key);
      auto& group = open_[name];
      group.push_back(waiting_.put(std::move(text), std::move(place)));
      if (n != last_.at(name)) continue;
      std::vector<std::string> rows;
      std::vector<standards::RowPlace> places;
      for (auto& held : group) {
        rows.push_back(waiting_.take(held));
        places.push_back(std::move(held.row));
      }
      open_.erase(name);
      hand_over(fragment, rows, std::move(places));
      return true;
    }
    if (!ended_) end();
    return false;
  }
  const Findings& findings() const override { return findings_; }
  bool damaged() const override { return damaged_; }
  std::uint64_t bytes_read() const override { return walk_->bytes_read(); }
  std::string format() const override { return layout_.name; }

 private:
  void survey() {
    surveyed_ = true;
    Walk walk(path_, layout_);
    const auto survey = layout_.survey ? layout_.survey() : nullptr;
    std::uint64_t n = 0;
    while (walk.next()) {
      const Line line = walk.line();
      if (const std::string key = layout_.key_of(line); !key.empty()) last_[name_of(key)] = n;
      if (survey) survey->see(line);
      ++n;
    }
    if (!survey) return;
    file_values_ = survey->file_values();
    for (auto& finding : survey->findings()) findings_.push_back(std::move(finding));
  }

  void hand_over(standards::Fragment& fragment, const std::vector<std::string>& rows,
                 std::vector<standards::RowPlace> places) {
    fragment.text = join_rows(rows, file_values_);
    fragment.format = layout_.name;
    fragment.line = places.front().row;
    fragment.rows = std::move(places);
  }

  void end() {
    ended_ = true;
    damaged_ = walk_->damaged();
    for (auto& finding : walk_->take_findings()) findings_.push_back(std::move(finding));
    if (walk_->found_header()) return;
    damaged_ = true;
    findings_.push_back({Severity::damage, layout_.name + ".header", "the first rows",
                         "no row is a header of " + layout_.title +
                             "; its columns are named in docs/" + layout_.name + ".md"});
  }

  std::string path_;
  Layout layout_;
  std::unique_ptr<Walk> walk_;
  std::unordered_map<Name, std::uint64_t, NameHash> last_;
  std::unordered_map<Name, std::vector<WaitingRows::Place>, NameHash> open_;
  WaitingRows waiting_;
  std::vector<std::pair<std::string, std::string>> file_values_;
  Findings findings_;
  std::uint64_t rows_read_ = 0;
  bool surveyed_ = false, ended_ = false, damaged_ = false;
};

}  // namespace

std::unique_ptr<standards::Reader> open_rows(const std::string& path, Layout layout) {
  return std::make_unique<RowReader>(path, std::move(layout));
}

}  // namespace austral::rows
