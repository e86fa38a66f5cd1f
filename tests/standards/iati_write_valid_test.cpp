// What an office would publish leaves as a file that our own validation finds nothing against, and
// comes back as it was; what was published with faults is named, and left out where one asks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/json.hpp"
#include "standards/iati/export.hpp"
#include "standards/iati/iati.hpp"
#include "standards/iati/write.hpp"
#include "standards/iati/writing.hpp"
#include "standards/iati_files.hpp"
#include "standards/valid_records.hpp"
#include "standards/validation/judged_writer.hpp"
#include "standards/validation_sample.hpp"

namespace austral::test {
namespace {

using registry::Record;
using standards::Kept;
using testing::HasSubstr;

struct Written {
  std::string text;
  Findings findings;
};

/// A whole file. `sources` stand beside the records: as published, empty for none.
Written write_file(std::unique_ptr<standards::Writer> writer, const std::vector<Record>& records,
                   const std::vector<std::string>& sources = {}, Kept kept = Kept::every) {
  Written written;
  standards::ExportHead head;
  head.title = "Initiatives";
  head.date = "2026-11-24T00:00:00Z";
  head.kept = kept;
  writer->begin(head, written.text);
  for (std::size_t i = 0; i < records.size(); ++i) {
    const std::string source = i < sources.size() ? sources[i] : "";
    writer->write({records[i], source, source.empty() ? "" : "iati-2.03"}, written.text,
                  written.findings);
  }
  writer->finish(written.text);
  return written;
}

validation::sample::Collector judge(const std::string& text) {
  validation::JudgeOptions options;
  options.workers = 1;
  options.today = "2026-11-24T12:00:00Z";
  return validation::sample::judge_text(text, options);
}

/// Faults that weigh as errors or more, with what stands there.
std::string errors_in(const std::string& text) {
  std::string all;
  for (const auto& line : judge(text).lines)
    if (line.weight <= validation::Weight::error)
      all += line.id + " " + line.message + " | " + line.where + " | " + line.found + "\n";
  return all;
}

RC_GTEST_PROP(IatiWriteValid, our_own_validation_finds_no_error_and_reading_gives_the_same, ()) {
  std::vector<Record> records;
  for (int i = valid::number(1, 3); i > 0; --i)
    records.push_back(valid::record("XM-DAC-41317-" + std::to_string(i)));
  const auto written = write_file(validation::open_judged_activities(), records);
  const auto errors = errors_in(written.text);
  if (!errors.empty()) RC_FAIL(errors + written.text);
  for (const auto& finding : written.findings)
    if (finding.severity >= Severity::error) RC_FAIL(finding.place + ": " + finding.message);
  const TemporaryFile file(written.text);
  const auto whole = read_whole(file.path());
  RC_ASSERT(whole.readings.size() == records.size());
  for (std::size_t i = 0; i < records.size(); ++i)
    RC_ASSERT(to_json(iati::in_order(whole.record(i))) == to_json(iati::in_order(records[i])));
}

/// A fault of each weight: no date at all, a code that no list has.
const std::string good =
    "<iati-activity default-currency=\"USD\" xml:lang=\"en\">"
    "<iati-identifier>BR-GOV-1</iati-identifier>"
    "<reporting-org ref=\"BR-GOV\" type=\"10\"><narrative>A</narrative></reporting-org>"
    "<title><narrative>Wells</narrative></title>"
    "<description><narrative>Wells are dug.</narrative></description>"
    "<participating-org ref=\"BR-GOV\" role=\"1\"/><activity-status code=\"2\"/>"
    "<activity-date type=\"1\" iso-date=\"2020-01-01\"/><recipient-country code=\"KE\"/>"
    "<sector vocabulary=\"1\" code=\"14030\"/></iati-activity>";

std::string changed(const std::string& text, const std::string& from, const std::string& to) {
  std::string out = text;
  for (std::size_t at = 0; (at = out.find(from, at)) != out.npos; at += to.size())
    out.replace(at, from.size(), to);
  return out;
}

struct Published {
  std::vector<std::string> sources;
  std::vector<Record> records;
};

Published published_with_faults() {
  Published all;
  all.sources = {good,
                 changed(changed(good, "<activity-date type=\"1\" iso-date=\"2020-01-01\"/>", ""),
                         "BR-GOV-1", "BR-GOV-2"),
                 changed(changed(good, "code=\"KE\"", "code=\"KX\""), "BR-GOV-1", "BR-GOV-3"),
                 good};
  for (const auto& source : all.sources) {
    standards::Fragment fragment;
    fragment.text = source;
    fragment.format = "iati-2.03";
    all.records.push_back(iati::read(fragment).record);
  }
  return all;
}

TEST(IatiWriteValid, records_with_faults_are_named_with_their_faults_in_words) {
  const auto all = published_with_faults();
  const auto written = write_file(validation::open_judged_activities(), all.records, all.sources);
  std::vector<std::string> told;
  for (const auto& finding : written.findings)
    if (finding.rule == validation::invalid_record || finding.rule == validation::faulty_record)
      told.push_back(finding.rule + " " + finding.message);
  ASSERT_EQ(told.size(), 3u);
  EXPECT_THAT(told[0], HasSubstr("invalid not valid: <activity-date> is missing"));
  EXPECT_THAT(told[1], HasSubstr("faulty valid, with errors: "));
  EXPECT_THAT(told[1], HasSubstr("'KX'"));
  EXPECT_THAT(told[1], HasSubstr("(9.50.1)"));
  EXPECT_THAT(told[2], HasSubstr("(1.1.2)"));
  EXPECT_THAT(errors_in(written.text), HasSubstr("0.3.1"));
}

TEST(IatiWriteValid, they_are_left_out_where_one_asks) {
  const auto all = published_with_faults();
  const auto valid_only =
      write_file(validation::open_judged_activities(), all.records, all.sources, Kept::valid);
  EXPECT_EQ(judge(valid_only.text).verdicts.at(0).subjects, 3u);
  EXPECT_TRUE(judge(valid_only.text).verdicts.at(0).valid());
  EXPECT_THAT(errors_in(valid_only.text), HasSubstr("9.50.1"));
  const auto faultless =
      write_file(validation::open_judged_activities(), all.records, all.sources, Kept::faultless);
  EXPECT_EQ(errors_in(faultless.text), "");
  EXPECT_EQ(judge(faultless.text).verdicts.at(0).subjects, 1u);
  EXPECT_THAT(faultless.text, HasSubstr("BR-GOV-1</iati-identifier>"));
}

}  // namespace
}  // namespace austral::test
