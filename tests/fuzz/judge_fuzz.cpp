// Judges any bytes: no crash, no hang, the same faults in whatever pieces they come and on however
// many threads, and reports that are text.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/validation/report.hpp"

using namespace austral;
using namespace austral::validation;

namespace {

/// Every fault as one line, in file order, and the verdicts.
class Collector : public Listener {
 public:
  void take(const JudgedBatch& batch) override {
    for (const auto& subject : batch.subjects)
      for (const auto& fault : subject.faults) {
        const auto& kind = batch.kinds.at(fault.kind);
        lines.push_back(kind.id + '\1' + std::string(name_of(kind.weight)) + '\1' + kind.message +
                        '\1' + kind.remedy + '\1' + fault.where + '\1' + fault.found + '\1' +
                        subject.identifier + '\1' + subject.title + '\1' +
                        std::to_string(fault.line) + ':' + std::to_string(fault.column) + '*' +
                        std::to_string(fault.times));
      }
  }
  void end(const FileVerdict& verdict) override {
    lines.push_back(describe_verdict(verdict) + describe_counts(verdict) + verdict.reason);
  }
  std::vector<std::string> lines;
};

void judge_in_steps(std::string_view text, std::size_t step, std::size_t batch, Listener& listener,
                    unsigned workers = 1) {
  JudgeOptions options;
  options.workers = workers;
  options.today = "2026-11-24T00:00:00Z";
  options.batch = batch;
  standards::Bytes bytes([text, step](char* out, std::size_t capacity) mutable {
    const std::size_t size = std::min({capacity, text.size(), step});
    text.copy(out, size);
    text.remove_prefix(size);
    return size;
  });
  judge(bytes, "stream", options, listener);
}

void expect_text(std::string_view text) {
  if (!is_valid_utf8(text)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // An archive waits in a file; its members are what the targets of plain text judge.
  if (text.starts_with("PK")) return 0;
  try {
    Collector whole, pieces;
    judge_in_steps(text, size + 1, 256u << 10, whole);
    for (const auto& line : whole.lines) expect_text(line);
    judge_in_steps(text, size % 7 + 1, size % 1'900 + 1, pieces, size % 3 + 1);
    if (whole.lines != pieces.lines) std::abort();
    Report report;
    judge_in_steps(text, size + 1, 256u << 10, report);
    std::string told;
    const Out out = [&told](std::string_view bytes) { told += bytes; };
    write_text(report, out);
    write_html({&report}, out);
    CsvListener csv(out);
    judge_in_steps(text, size + 1, 256u << 10, csv);
    csv.finish();
    JsonListener json(out);
    judge_in_steps(text, size + 1, 256u << 10, json);
    json.finish();
    expect_text(told);
  } catch (const Error&) {
  }
  return 0;
}
