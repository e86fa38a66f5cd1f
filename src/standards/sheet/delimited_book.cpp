// Delimited text as a workbook of one sheet.
#include <algorithm>
#include <deque>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/bytes.hpp"
#include "standards/encoding.hpp"
#include "standards/sheet/delimited.hpp"
#include "standards/sheet/formats_in.hpp"

namespace austral::sheet {
namespace {

constexpr std::size_t beginning_looked_at = 256 << 10;

standards::Bytes open_text(const OpenSource& source, const std::string& encoding) {
  standards::RawDocuments documents;
  documents.names = {""};
  documents.open = [source](std::size_t) { return source(); };
  standards::Bytes bytes(std::move(documents), encoding);
  bytes.next_document();
  return bytes;
}

class DelimitedReader : public SheetReader {
 public:
  DelimitedReader(const OpenSource& source, const std::string& encoding, const DelimitedForm& form)
      : bytes_(open_text(source, encoding)),
        form_(form),
        cutter_([this](char* out, std::size_t capacity) { return bytes_.read(out, capacity); },
                form.separator) {
    if (form_.line_of_form) cutter_.next(cells_);
  }

  bool next(SheetRow& row) override {
    row.cells.clear();
    while (cutter_.next(cells_)) {
      ++number_;
      take_notices(cutter_.offset());
      tell_faults();
      for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (cells_[i].text.empty()) continue;
        row.cells.emplace_back();
        row.cells.back().column = i;
        row.cells.back().text = cells_[i].text;
      }
      if (row.cells.empty()) continue;
      tell_width();
      row.number = number_;
      return true;
    }
    take_notices(~std::uint64_t(0));
    return false;
  }
  const Findings& findings() const override { return findings_.list(); }
  bool damaged() const override { return findings_.has_damage(); }
  std::uint64_t bytes_read() const override { return bytes_.bytes_read(); }

 private:
  void take_notices(std::uint64_t until) {
    for (auto& notice : bytes_.take_notices()) waiting_.push_back(std::move(notice));
    for (; !waiting_.empty() && waiting_.front().offset < until; waiting_.pop_front()) {
      Finding finding = std::move(waiting_.front().finding);
      finding.place = "row " + std::to_string(number_);
      findings_.add(finding);
    }
  }

  void tell_faults() {
    for (const auto& fault : cutter_.faults()) {
      std::string place = name_cell("", fault.column, number_);
      const std::string line = "line " + std::to_string(fault.line);
      if (fault.kind == QuoteFault::unclosed)
        findings_.add(Severity::warning, "csv.quote.unclosed", std::move(place),
                      "the quotation mark that opens this cell on " + line +
                          " is never closed; it was read as a character of the cell, and the "
                          "cell ends with its line. Close it, or double it if it is meant");
      else if (fault.kind == QuoteFault::inner)
        findings_.add(Severity::remark, "csv.quote.inner", std::move(place),
                      "a quotation mark inside a quoted cell is not doubled; it was read as a "
                      "character of the cell");
      else if (fault.kind == QuoteFault::nul)
        findings_.add(Severity::warning, "csv.nul", std::move(place),
                      "the cell holds characters that are none (NUL); they were left out");
      else
        findings_.add(Severity::damage, "csv.line.long", std::move(place),
                      "a line of more than 64 MB was cut in pieces; this is no table, or its "
                      "separator is another one");
    }
  }

  void tell_width() {
    std::size_t width = cells_.size();
    if (width < form_.width && width > 1)
      findings_.add(Severity::warning, "row.short", name_cell("", 0, number_),
                    "the line has " + std::to_string(width) + " cells where most have " +
                        std::to_string(form_.width) + "; its last columns are empty");
    while (width > 0 && cells_[width - 1].text.empty()) --width;
    if (form_.width > 0 && width > form_.width)
      findings_.add(Severity::warning, "row.wide", name_cell("", form_.width, number_),
                    "the line has " + std::to_string(width) + " cells where most have " +
                        std::to_string(form_.width) +
                        "; is a separator meant as a character and not in quotation marks?");
  }

  standards::Bytes bytes_;
  DelimitedForm form_;
  RecordCutter cutter_;
  std::vector<PlainCell> cells_;
  std::deque<standards::ByteNotice> waiting_;
  CellFindings findings_;
  std::uint64_t number_ = 0;
};

class DelimitedBook : public Workbook {
 public:
  DelimitedBook(OpenSource source, const WorkbookOptions& options)
      : source_(std::move(source)), sheets_(1), encoding_(options.encoding) {
    if (encoding_.empty()) find_encoding();
    auto bytes = open_text(source_, encoding_);
    std::string beginning(beginning_looked_at, '\0');
    std::size_t filled = 0;
    while (beginning.size() - filled >= 16) {
      const std::size_t got = bytes.read(beginning.data() + filled, beginning.size() - filled);
      if (got == 0) break;
      filled += got;
    }
    const bool whole = beginning.size() - filled >= 16;
    beginning.resize(filled);
    if (trim(beginning).empty()) throw Error(Kind::invalid, "the file is empty: it holds no table");
    form_ = find_form(beginning, whole, options.separator);
    findings_.push_back({Severity::remark, "csv.form", "", "read as text " + form_.evidence});
  }

  std::string format() const override { return "csv"; }
  const std::vector<SheetInfo>& sheets() const override { return sheets_; }
  const Findings& findings() const override { return findings_; }
  std::unique_ptr<SheetReader> open(std::size_t) override {
    return std::make_unique<DelimitedReader>(source_, encoding_, form_);
  }

 private:
  void find_encoding() {
    const auto source = source_();
    const auto found = standards::find_text_encoding(*source);
    encoding_ = found.name;
    if (found.name == "UTF-8") return;
    findings_.push_back({found.certain ? Severity::remark : Severity::warning, "csv.encoding", "",
                         "the text does not say its encoding; it was read as " + found.name +
                             (found.evidence.empty() ? "" : " (" + found.evidence + ")") +
                             (found.certain ? ""
                                            : ". If letters look wrong, name the encoding, or "
                                              "save the file as UTF-8")});
    if (found.marked) findings_.back().message = "the text is written in " + found.name;
  }

  OpenSource source_;
  std::vector<SheetInfo> sheets_;
  std::string encoding_;
  DelimitedForm form_;
  Findings findings_;
};

}  // namespace

std::unique_ptr<Workbook> open_delimited(OpenSource source, const WorkbookOptions& options) {
  return std::make_unique<DelimitedBook>(std::move(source), options);
}

}  // namespace austral::sheet
