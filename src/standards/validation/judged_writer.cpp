// The judge beside the writer: one record after the other, as it will stand in the file.
#include "standards/validation/judged_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "standards/iati/export.hpp"
#include "standards/iati/writing.hpp"
#include "standards/iati/xml.hpp"
#include "standards/validation/piece.hpp"

namespace austral::validation {
namespace {

constexpr std::size_t most_said = 5;  // kinds of faults of one record
constexpr std::string_view written_version = "2.03";

class JudgedWriter : public standards::Writer {
 public:
  JudgedWriter(std::unique_ptr<standards::Writer> writer, bool organisations)
      : writer_(std::move(writer)) {
    facts_.version = written_version;
    facts_.organisations = organisations;
    facts_.schema = find_schema(written_version, organisations);
    facts_.supported = true;
    facts_.most_wanted = 1;
    facts_.around = {{"austral", std::string(iati::austral_namespace)}};
  }

  void begin(const standards::ExportHead& head, std::string& out) override {
    kept_ = head.kept;
    facts_.today = head.date;  // the same register is judged alike on any day
    writer_->begin(head, out);
  }

  void write(const standards::Outgoing& one, std::string& out, Findings& findings) override {
    std::string text;
    writer_->write(one, text, findings);
    if (!is_dropped(judge(iati::trimmed(text), findings))) out += text;
  }

  void finish(std::string& out) override { writer_->finish(out); }

 private:
  bool is_dropped(Weight worst) const {
    return (worst == Weight::critical && kept_ != standards::Kept::every) ||
           (worst == Weight::error && kept_ == standards::Kept::faultless);
  }

  static Weight worst_of(const BatchResult& result) {
    Weight worst = Weight::advisory;
    for (const auto& piece : result.pieces)
      for (const auto& fault : piece.subject.faults)
        worst = std::min(worst, result.kinds[fault.kind].weight);
    return worst;
  }

  /// The weight of the worst fault: critical, error, or less.
  Weight judge(std::string_view text, Findings& findings) {
    PieceJudge judge(facts_);  // anew for each: a download's parts may be asked for on any thread
    judge.judge(text, {});
    auto result = judge.take();
    Faults together;
    if (!is_dropped(worst_of(result)))
      for (const auto& piece : result.pieces) together_.add(piece.ties, together);
    Kinds kinds(result.kinds);
    for (auto& fault : together) {
      fault.where = "its identifier";  // the other one's line is not known here
      Faults alone{std::move(fault)};
      place_faults(alone, {}, {}, kinds, result.pieces.back().subject.faults);
    }
    result.more.resize(result.kinds.size());
    tell(result, findings);
    return worst_of(result);
  }

  static void tell(const BatchResult& result, Findings& findings) {
    std::string words;
    std::size_t said = 0, more = 0;
    for (const auto weight : {Weight::critical, Weight::error})
      for (const auto& piece : result.pieces)
        for (const auto& fault : piece.subject.faults) {
          const auto& kind = result.kinds[fault.kind];
          if (kind.weight != weight) continue;
          if (++said > most_said)
            ++more;
          else
            words += (words.empty() ? "" : "; ") + describe(kind, fault, result.more[fault.kind]);
        }
    if (words.empty()) return;
    if (more > 0) words += fmt::format("; and {} more kinds of faults", more);
    const bool invalid = worst_of(result) == Weight::critical;
    findings.push_back({Severity::error, std::string(invalid ? invalid_record : faulty_record), "",
                        (invalid ? "not valid: " : "valid, with errors: ") + words});
  }

  static std::string describe(const FaultKind& kind, const FoundFault& fault, std::uint64_t more) {
    std::string words = kind.message;
    if (!fault.where.empty()) words += ", at " + fault.where;
    if (!fault.found.empty()) words += " ('" + fault.found + "')";
    if (more > 0) words += fmt::format(" and {} more like it", more);
    return words + " (" + kind.id + ")";
  }

  std::unique_ptr<standards::Writer> writer_;
  standards::Kept kept_ = standards::Kept::every;
  FileFacts facts_;
  Together together_;
};

}  // namespace

std::unique_ptr<standards::Writer> judge_written(std::unique_ptr<standards::Writer> writer,
                                                 bool organisations) {
  return std::make_unique<JudgedWriter>(std::move(writer), organisations);
}

std::unique_ptr<standards::Writer> open_judged_activities() {
  return judge_written(iati::open_activities(), false);
}

std::unique_ptr<standards::Writer> open_judged_organisations() {
  return judge_written(iati::open_organisations(), true);
}

}  // namespace austral::validation
