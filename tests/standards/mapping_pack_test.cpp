// The published cases end to end: as many records and as much money as plain readings of the same
// files with Python's csv, json and zip count, every row accounted for, and nothing new when they
// are imported again.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "base/json.hpp"
#include "registry/link_store.hpp"
#include "registry/mapping_store.hpp"
#include "standards/iati_files.hpp"
#include "standards/mapping/reader.hpp"
#include "standards/mapping/rows.hpp"
#include "standards/mapping_cases.hpp"
#include "store/schema.hpp"

namespace austral::mapping {
namespace {

using registry::ContributionKind;

/// A case read record by record, and what its contributions add up to.
struct Told {
  std::size_t records = 0, rows = 0, contributions = 0;
  std::map<std::string, __int128> sums;  // `commitment USD`; in units of 10^-18
  Findings findings;
  std::set<std::string> identifiers;
};

Told tell(const std::string& mapping, const std::string& path) {
  Told told;
  const auto reader = open_rows(path, get_mapping(nullptr, mapping));
  standards::Fragment fragment;
  while (reader->next(fragment)) {
    const auto reading = read_fragment(fragment);
    ++told.records;
    told.rows += fragment.rows.size();
    told.identifiers.insert(reading.record.identifier);
    for (const auto& one : reading.record.contributions) {
      ++told.contributions;
      __int128 amount = one.quantity.amount.mantissa;  // published amounts have 14 decimals
      for (int n = one.quantity.amount.scale; n < 18; ++n) amount *= 10;
      told.sums[std::string(boost::describe::enum_to_string(one.kind, "?")) + " " +
                one.quantity.unit] += amount;
    }
    fragment = {};
  }
  told.findings = reader->findings();
  return told;
}

std::string sum_of(const Told& told, const std::string& what) {
  const auto found = told.sums.find(what);
  if (found == told.sums.end()) return "none";
  __int128 one = 1;
  for (int n = 0; n < 16; ++n) one *= 10;
  const auto hundredths = std::int64_t((found->second + one / 2) / one);
  return to_string(normalise(Decimal{hundredths, 2}));
}

class PublishedSheets : public ::testing::Test {
 protected:
  void SetUp() override {
    if (testing::data_pack().empty()) GTEST_SKIP() << "AUSTRAL_DATA names no data pack";
  }
  static std::string path_of(const std::string& mapping) {
    for (const auto& one : testing::sheet_cases())
      if (one.mapping == mapping) return one.path;
    return {};
  }
  static Told tell_case(const std::string& mapping) { return tell(mapping, path_of(mapping)); }
};

// Actions and projects of both sheets without headers, countries and TOTAL rows: 1,242 names. The
// budgets of sheet 2, rows 9 to 887, each name once: python3 with zipfile and ElementTree,
//   budget[name(row)] = Decimal(cell E); sum(budget.values())
TEST_F(PublishedSheets, brazil) {
  const auto told = tell_case("brazil-2005-2011");
  EXPECT_EQ(told.records, 1242u);
  EXPECT_EQ(told.identifiers.size(), 1242u);
  EXPECT_EQ(told.contributions, 480u);
  EXPECT_EQ(sum_of(told, "commitment USD"), "141840420.74");
}

// sum(Decimal(row["amount"]) for rows with recommended_for_research and an amount), by currency:
// python3 with zipfile and ElementTree over the workbook inside the archive.
TEST_F(PublishedSheets, china_to_2014) {
  const auto told = tell_case("china-2000-2014");
  EXPECT_EQ(told.records, 5466u);
  EXPECT_EQ(told.contributions, 2676u);
  EXPECT_EQ(sum_of(told, "commitment USD"), "256446887030.6");
  EXPECT_EQ(sum_of(told, "commitment CNY"), "55561367827.5");
  EXPECT_EQ(sum_of(told, "commitment EUR"), "3959500000");
  // ' D' stands where NAD should: all of its 17 rows are Namibia's, and the dollars beside it are
  // those of NAD (project 41119: 120000000 / 16526348.48 = 7.2611 in 2011).
  EXPECT_EQ(sum_of(told, "commitment NAD"), "1914006174.46");
  EXPECT_EQ(sum_of(told, "commitment "), "none");
}

// csv.DictReader: sum(Decimal(row["Amount (Constant USD2017)"]) where "Recommended For Aggregates"
// is Yes)
TEST_F(PublishedSheets, china_to_2017) {
  const auto told = tell_case("china-2000-2017");
  EXPECT_EQ(told.records, 3319u);
  EXPECT_EQ(told.contributions, 2153u);
  EXPECT_EQ(sum_of(told, "commitment USD"), "350323277703.02");
}

// csv.DictReader over the text with CR made LF; commas taken out of `amount`; by currency, pledges
// and others together 34544630300 USD and 7672115328 SAR.
TEST_F(PublishedSheets, saudi_arabia) {
  const auto told = tell_case("saudi-arabia");
  EXPECT_EQ(told.records, 228u);
  EXPECT_EQ(told.contributions, 136u);
  EXPECT_EQ(sum_of(told, "pledge USD"), "956000000");
  EXPECT_EQ(sum_of(told, "commitment USD"), "33588630300");
  EXPECT_EQ(sum_of(told, "pledge SAR"), "609710000");
  EXPECT_EQ(sum_of(told, "commitment SAR"), "7062405328");
  EXPECT_EQ(sum_of(told, "commitment JOD"), "19000000");
}

// json.load(...)["rows"]: 386 rows; 382 rows with 380 titles, without regard to case, accents and
// kinds of spaces. 320 titles stand in both.
TEST_F(PublishedSheets, undp_both_years) {
  const auto first = tell_case("undp-mapping-2015"), second = tell_case("undp-mapping-2016");
  EXPECT_EQ(first.records, 386u);
  EXPECT_EQ(second.records, 380u);
  EXPECT_EQ(second.rows, 382u);
  const test::TemporaryFile place;
  const std::string address = place.path() + ".db";
  const auto database = store::open_register(address, store::Access::create);
  standards::ImportOptions options;
  options.who = "test";
  for (const auto name : {"undp-mapping-2015", "undp-mapping-2016"})
    import_sheet(*database, path_of(name), get_mapping(nullptr, name), {}, options);
  EXPECT_EQ(registry::draw_links(*database).joined, 320);
  for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(address + ending);
}

// {row["id"]: Decimal(row["amountUSD"])} with csv.DictReader: three flows stand twice.
TEST_F(PublishedSheets, fts) {
  const auto told = tell_case("fts-flows");
  EXPECT_EQ(told.records, 1103u);
  EXPECT_EQ(told.rows, 1106u);
  EXPECT_EQ(told.contributions, 1103u);
  EXPECT_EQ(sum_of(told, "disbursement USD"), "1347635008");
  EXPECT_EQ(sum_of(told, "commitment USD"), "674318182");
  EXPECT_EQ(sum_of(told, "pledge USD"), "110749");  // together 2022063939
}

// csv.DictReader without the row of tags: sum of "FA Financing"; json.load: sums of TotalGCFFunding
// and Disbursements[].AmountDisbursed by currency.
TEST_F(PublishedSheets, green_climate_fund) {
  const auto list = tell_case("gcf-projects"), projects = tell_case("gcf-projects-json"),
             readiness = tell_case("gcf-readiness-json");
  EXPECT_EQ(list.records, 314u);
  EXPECT_EQ(sum_of(list, "commitment USD"), "18020550271.99");
  EXPECT_EQ(list.identifiers, projects.identifiers);
  EXPECT_EQ(sum_of(projects, "commitment USD"), "18020550271.99");
  EXPECT_EQ(sum_of(projects, "disbursement USD"), "5083797738.47");
  EXPECT_EQ(sum_of(projects, "disbursement EUR"), "625340030.9");
  EXPECT_EQ(readiness.records, 862u);
  EXPECT_EQ(sum_of(readiness, "commitment USD"), "750609671.66");
  EXPECT_EQ(sum_of(readiness, "disbursement USD"), "458935247.83");
}

TEST_F(PublishedSheets, every_row_is_somewhere) {
  for (const auto& one : testing::sheet_cases()) {
    const auto workbook = sheet::open_workbook(one.path);
    const auto known = get_mapping(nullptr, one.mapping);
    TableRows rows(*workbook, *known.mapping, "");
    DataRow row;
    std::uint64_t data = 0, told = 0, all = 0, read = 0;
    while (rows.next(row)) ++data;
    for (const auto& tally : rows.tallies()) {
      std::uint64_t left_out = 0;
      for (const auto& [why, count] : tally.left_out) left_out += count;
      told += tally.above + tally.headers + tally.sections + tally.tags + tally.totals +
              tally.notes + left_out + tally.data;
      all += tally.rows;
      read += tally.data;
    }
    EXPECT_EQ(told, all) << one.mapping;
    EXPECT_EQ(read, data) << one.mapping;
    std::uint64_t in_file = 0;  // counted without a mapping
    for (std::size_t n = 0; n < workbook->sheets().size(); ++n) {
      if (workbook->sheets()[n].hidden) continue;
      const auto reader = workbook->open(n);
      sheet::SheetRow any;
      while (reader->next(any)) ++in_file;
    }
    EXPECT_EQ(all, in_file) << one.mapping;
    EXPECT_EQ(tell(one.mapping, one.path).rows, data) << one.mapping;
  }
}

TEST_F(PublishedSheets, headers_choose_their_own_mapping) {
  for (const auto& one : testing::sheet_cases())
    EXPECT_EQ(choose_mapping(nullptr, one.path, {}).mapping->name, one.mapping);
}

TEST_F(PublishedSheets, again_is_nothing_new_and_kept_rows_read_the_same) {
  const test::TemporaryFile place;
  const std::string address = place.path() + ".db";
  const auto database = store::open_register(address, store::Access::create);
  for (const auto& one : testing::sheet_cases()) {
    const auto known = get_mapping(database.get(), one.mapping);
    standards::ImportOptions options;
    options.who = "test";
    const auto first = import_sheet(*database, one.path, known, {}, options);
    EXPECT_EQ(first.counts.added + first.counts.changed, first.counts.read) << one.mapping;
    const auto second = import_sheet(*database, one.path, known, {}, options);
    EXPECT_EQ(second.counts.added, 0) << one.mapping;
    EXPECT_EQ(second.counts.changed, 0) << one.mapping;
    EXPECT_EQ(second.counts.unchanged, first.counts.read) << one.mapping;
    const auto reader = open_rows(one.path, known);
    standards::Fragment fragment;
    for (int n = 0; n < 50 && reader->next(fragment); ++n) {
      const auto direct = read_fragment(fragment);
      const auto again = standards::read_source(fragment.format, fragment.text);
      EXPECT_EQ(to_json(again.record), to_json(direct.record)) << one.mapping;
      fragment = {};
    }
  }
  EXPECT_EQ(registry::list_mapping_versions(*database).size(), testing::sheet_cases().size());
  for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(address + ending);
}

}  // namespace
}  // namespace austral::mapping
