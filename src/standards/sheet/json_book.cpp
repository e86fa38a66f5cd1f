// A JSON text as a workbook: each list of objects is a sheet, its fields are the columns.
#include "base/error.hpp"
#include "standards/bytes.hpp"
#include "standards/sheet/formats_in.hpp"
#include "standards/sheet/json_records.hpp"

namespace austral::sheet {
namespace {

standards::Bytes open_utf8(const OpenSource& source) {
  standards::RawDocuments documents;
  documents.names = {""};
  documents.open = [source](std::size_t) { return source(); };
  standards::Bytes bytes(std::move(documents), "UTF-8");
  bytes.next_document();
  return bytes;
}

class JsonReader : public SheetReader {
 public:
  JsonReader(const OpenSource& source, std::shared_ptr<const JsonTable> table)
      : table_(std::move(table)), bytes_(open_utf8(source)), records_(*table_, findings_) {
    header_.number = 1;
    for (std::size_t i = 0; i < table_->columns.size(); ++i)
      header_.cells.push_back({i, CellKind::words, table_->columns[i]});
  }

  bool next(SheetRow& row) override {
    if (!header_.cells.empty()) {
      row = std::move(header_);
      header_.cells.clear();
      return true;
    }
    while (records_.ready.empty() && !ended_) {
      char block[64 * 1024];
      const std::size_t got = bytes_.read(block, sizeof block);
      for (auto& notice : bytes_.take_notices()) findings_.add(notice.finding);
      ended_ = got == 0 ? (records_.finish(), true) : !records_.feed({block, got});
    }
    if (records_.ready.empty()) return false;
    row = std::move(records_.ready.front());
    records_.ready.pop_front();
    return true;
  }
  const Findings& findings() const override { return findings_.list(); }
  bool damaged() const override { return findings_.has_damage(); }
  std::uint64_t bytes_read() const override { return bytes_.bytes_read(); }

 private:
  CellFindings findings_;
  std::shared_ptr<const JsonTable> table_;
  standards::Bytes bytes_;
  JsonRecords records_;
  SheetRow header_;
  bool ended_ = false;
};

class JsonBook : public Workbook {
 public:
  explicit JsonBook(OpenSource source) : source_(std::move(source)) {
    std::vector<JsonTable> tables;
    CellFindings findings;
    JsonRecords records(tables, findings);
    auto bytes = open_utf8(source_);
    std::string block(256 << 10, '\0');
    bool whole = true;
    while (whole) {
      const std::size_t got = bytes.read(block.data(), block.size());
      if (got == 0) break;
      whole = records.feed({block.data(), got});
    }
    if (whole) records.finish();
    findings_ = findings.list();
    for (auto& table : tables) {
      sheets_.push_back({table.name});
      tables_.push_back(std::make_shared<JsonTable>(std::move(table)));
    }
    if (!sheets_.empty()) return;
    throw Error(Kind::invalid, findings_.empty() ? "the JSON text holds no list of objects, which "
                                                   "would be the rows of a table"
                                                 : findings_.front().message);
  }
  std::string format() const override { return "json"; }
  const std::vector<SheetInfo>& sheets() const override { return sheets_; }
  const Findings& findings() const override { return findings_; }
  std::unique_ptr<SheetReader> open(std::size_t sheet) override {
    return std::make_unique<JsonReader>(source_, tables_.at(sheet));
  }

 private:
  OpenSource source_;
  std::vector<SheetInfo> sheets_;
  std::vector<std::shared_ptr<const JsonTable>> tables_;
  Findings findings_;
};

}  // namespace

std::unique_ptr<Workbook> open_json_book(OpenSource source, const WorkbookOptions&) {
  return std::make_unique<JsonBook>(std::move(source));
}

}  // namespace austral::sheet
