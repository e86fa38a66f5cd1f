// Downloads add up to the register, hold every row once, and carry codes beside names.
#include "review/exports.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/error.hpp"
#include "registry/synthetic.hpp"
#include "review/drill_down.hpp"
#include "support/postgres.hpp"

namespace austral::review {
namespace {

using namespace registry::synthetic;
using registry::ContributionKind;
using registry::Function;
using registry::Record;
using testing::cents;
using testing::column_of;

Table drain(TableStream stream) {
  Table table = std::move(stream.head);
  while (stream.next(table.rows)) {
  }
  return table;
}

std::string text_of(const Table& table, std::size_t row, std::string_view column) {
  const auto* text = std::get_if<std::string>(&table.rows.at(row)[column_of(table, column)]);
  return text ? *text : "";
}

class Exports : public testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (IsSkipped()) return;
    database_ = make_register();
    std::vector<Record> records;
    for (int i = 0; i < 300; ++i) {
      auto record = make_record("BR-GOV-1", "A" + std::to_string(i));
      record.participations = {{Function::funds, party("BR-GOV-1")},
                               {Function::carries_out, party("XM-DAC-5-7")}};
      record.places = {country("MZ", "40"), country("AO", "60")};
      for (const auto kind : {ContributionKind::budget, ContributionKind::commitment,
                              ContributionKind::disbursement, ContributionKind::expenditure})
        for (int n = 0; n < (i == 7 ? 1200 : 1 + i % 3); ++n)
          record.contributions.push_back(money(kind, std::to_string(i * 17 + n) + ".37",
                                               std::to_string(2010 + n % 6) + "-03-02",
                                               i % 5 ? "EUR" : "QQQ"));
      records.push_back(record);
    }
    import_records(*database_, records);
    registry::draw_links(*database_);
  }

  Table download(Grain grain, std::vector<std::string> columns = {},
                 registry::Question question = {}) {
    ExportQuestion asked;
    asked.grain = grain;
    asked.columns = std::move(columns);
    question.limit = 0;
    return drain(export_initiatives(database_, asked, [&](store::Database& snapshot) {
      return registry::find_keys(snapshot, question);
    }));
  }

  std::shared_ptr<store::Database> database_;
};

TEST_P(Exports, contributions_add_up_to_their_initiatives) {
  const Table initiatives = download(Grain::initiative), parts = download(Grain::contribution);
  ASSERT_EQ(initiatives.rows.size(), 300u);
  std::map<std::string, std::map<std::string, std::int64_t>> sums;
  std::set<std::vector<std::string>> places;
  for (std::size_t i = 0; i < parts.rows.size(); ++i) {
    std::vector<std::string> place{text_of(parts, i, "record")};
    for (const char* column : {"line", "part"})
      place.push_back(
          std::to_string(std::get<std::int64_t>(parts.rows[i][column_of(parts, column)])));
    EXPECT_TRUE(places.insert(place).second) << place[0] << " " << place[1];
    if (std::get<std::int64_t>(parts.rows[i][column_of(parts, "counted")]) == 0) continue;
    auto& sum = sums[text_of(parts, i, "identifier")];
    const auto kind = text_of(parts, i, "kind");
    sum[kind == "expenditure" ? "disbursement" : kind] +=
        cents(parts.rows[i][column_of(parts, "amount_usd")]);
  }
  // 2 recipients share each of 4 kinds of 1, 2 or 3 contributions; number 7 has 1200 of each.
  EXPECT_EQ(parts.rows.size(), 2u * 4 * (100 * (1 + 2 + 3) - 2 + 1200));
  for (std::size_t i = 0; i < initiatives.rows.size(); ++i) {
    auto& sum = sums[text_of(initiatives, i, "identifier")];
    const auto expect = [&](const char* column, const char* kind) {
      EXPECT_EQ(cents(initiatives.rows[i][column_of(initiatives, column)]), sum[kind]) << column;
    };
    expect("budgeted_usd", "budget");
    expect("committed_usd", "commitment");
    expect("disbursed_usd", "disbursement");
  }
}

TEST_P(Exports, follow_the_order_of_the_keys_and_the_columns_asked_for) {
  registry::Question question;
  question.sort = "identifier";
  question.descending = false;
  const Table table =
      download(Grain::contribution, {"currency", "recipient_name", "identifier"}, question);
  ASSERT_EQ(table.columns.size(), 3u);
  EXPECT_EQ(table.columns[0].name, "currency");
  EXPECT_EQ(table.columns[1].title, "Recipient");
  std::vector<std::string> identifiers;
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    identifiers.push_back(text_of(table, i, "identifier"));
  EXPECT_TRUE(std::is_sorted(identifiers.begin(), identifiers.end()));
  EXPECT_EQ(std::set<std::string>(identifiers.begin(), identifiers.end()).size(), 300u);
}

TEST_P(Exports, hold_codes_beside_names) {
  const Table table = download(Grain::initiative, {"recipients", "recipient_names", "providers",
                                                   "provider_names", "actual_start"});
  EXPECT_EQ(text_of(table, 0, "recipients"), "AO; MZ");
  EXPECT_EQ(text_of(table, 0, "recipient_names"), "Angola; Mozambique");
  EXPECT_EQ(text_of(table, 0, "provider_names"), "Brazil");
  EXPECT_EQ(table.revision.empty(), false);
  EXPECT_EQ(table.query, "everything in the register");
}

TEST_P(Exports, list_each_organization_with_its_functions) {
  const Table table = download(Grain::participation);
  std::map<std::string, std::size_t> functions;
  for (std::size_t i = 0; i < table.rows.size(); ++i) ++functions[text_of(table, i, "function")];
  EXPECT_EQ(functions["funds"], 300u);
  EXPECT_EQ(functions["carries_out"], 300u);
  EXPECT_EQ(functions["publisher"], 300u);
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    if (text_of(table, i, "function") == "funds") {
      EXPECT_EQ(text_of(table, i, "role"), "provider");
      EXPECT_EQ(text_of(table, i, "country_name"), "Brazil");
    }
}

TEST_P(Exports, refuse_columns_that_the_grain_lacks) {
  try {
    download(Grain::initiative, {"amount"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Kind::invalid);
    EXPECT_NE(std::string(error.what()).find("disbursed_usd"), std::string::npos);
  }
  EXPECT_TRUE(database_->is_usable());
  EXPECT_THROW(parse_grain("row"), Error);
}

TEST_P(Exports, see_one_snapshot_and_let_go_of_it) {
  ExportQuestion asked;
  auto stream = export_initiatives(database_, asked, [](store::Database& snapshot) {
    return registry::find_keys(snapshot, {.limit = 0});
  });
  EXPECT_FALSE(database_->is_usable());
  std::vector<std::vector<Cell>> rows;
  EXPECT_TRUE(stream.next(rows));
  EXPECT_LT(rows.size(), 300u);
  stream.next = nullptr;  // the reader is gone
  EXPECT_TRUE(database_->is_usable());
}

AUSTRAL_ON_BOTH_ENGINES(Exports);

}  // namespace
}  // namespace austral::review
