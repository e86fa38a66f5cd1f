// The report as a table: a row a fault, for a spreadsheet.
#include "standards/sheet/table_writers.hpp"
#include "standards/validation/report.hpp"

namespace austral::validation {

struct CsvListener::State {
  std::unique_ptr<sheet::TableWriter> writer;
  std::string file;
};

CsvListener::CsvListener(Out out) : state_(std::make_unique<State>()), out_(std::move(out)) {
  Table head;
  head.name = "faults";
  for (const char* name : {"file", "weight", "rule", "category"})
    head.columns.push_back({name, name, ColumnKind::code, "", ""});
  for (const char* name : {"message", "remedy", "identifier", "title"})
    head.columns.push_back({name, name, ColumnKind::text, "", ""});
  for (const char* name : {"line", "column"})
    head.columns.push_back({name, name, ColumnKind::number, "", ""});
  for (const char* name : {"where", "found"})
    head.columns.push_back({name, name, ColumnKind::text, "", ""});
  head.columns.push_back({"times", "times", ColumnKind::number, "", ""});
  state_->writer = sheet::open_writer(std::move(head), sheet::TableFormat::csv);
}

CsvListener::~CsvListener() = default;

void CsvListener::begin(const FileVerdict& verdict) { state_->file = verdict.file; }

void CsvListener::take(const JudgedBatch& batch) {
  std::vector<std::vector<Cell>> rows;
  for (const auto& subject : batch.subjects)
    for (const auto& fault : subject.faults) {
      const auto& kind = batch.kinds[fault.kind];
      rows.push_back({state_->file, std::string(name_of(kind.weight)), kind.id, kind.category,
                      kind.message, kind.remedy, subject.identifier, subject.title,
                      std::int64_t(fault.line), std::int64_t(fault.column), fault.where,
                      fault.found, std::int64_t(fault.times)});
      if (rows.size() < 1000) continue;
      out_(state_->writer->write(rows));
      rows.clear();
    }
  if (!rows.empty()) out_(state_->writer->write(rows));
}

/// A file that could not be read is a row too: an empty table must not look like a clean file.
void CsvListener::end(const FileVerdict& verdict) {
  if (verdict.readable) return;
  std::vector<Cell> row(13, Cell{});
  row[0] = verdict.file;
  row[1] = std::string("unreadable");
  row[4] = verdict.reason;
  out_(state_->writer->write({row}));
}

void CsvListener::finish() {
  out_(state_->writer->write({}));  // the header, where there was no row
  out_(state_->writer->finish());
}

}  // namespace austral::validation
