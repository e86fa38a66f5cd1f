// The form: any record comes back the same in any language; changes, additions, conflicts and
// removals are found in a real register.
#include "standards/form/form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/catalogue.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "registry/record_store.hpp"
#include "standards/form/compare.hpp"
#include "standards/import.hpp"
#include "store/schema.hpp"

namespace austral::form {
namespace {

using registry::Record;

std::string form_file(const std::string& name) {
  return (std::filesystem::temp_directory_path() /
          ("austral-form-" + std::to_string(getpid()) + "-" + name))
      .string();
}

std::vector<Record> there_and_back(const std::vector<Record>& records, const std::string& language,
                                   Findings* findings = nullptr) {
  const auto path = form_file("round.xlsx");
  FormHead head;
  head.language = language;
  std::vector<GivenRecord> given;
  for (const auto& record : records) given.push_back({record, 0, 0});
  write_form(path, head, given);
  const auto form = read_form(path);
  if (findings) *findings = form.findings;
  std::filesystem::remove(path);
  std::vector<Record> back;
  for (const auto& one : form.records) back.push_back(to_record(one.leaves));
  return back;
}

rc::Gen<std::string> form_words() {
  return rc::gen::weightedOneOf<std::string>(
      {{4, rc::gen::just(std::string())},
       {8, rc::gen::element<std::string>(
               "USD", "KE", "2", "11220", "=1+1", "Kenya", "KE: Kenya", "a\tb", " outer ", "true",
               "{}", "\"quoted\"", "_x0041_", "line\nbreak", "cr\r\n", "\xEF\xBF\xBF", "es", "1.50",
               "disbursement", "مياه", "水", "purpose", "goal", "country", "region", "marker",
               "2015-01-01", "EUR", "US dollar", "a:b", "\x7F", "#N/A", "Closed", "@x", "-1")},
       {1, rc::gen::map(rc::gen::inRange(30'000, 90'000),
                        [](int size) { return std::string(std::size_t(size), 'x') + "é"; })}});
}
rc::Gen<std::optional<Decimal>> form_share() {
  return rc::gen::map(rc::gen::inRange(0, 40), [](int n) -> std::optional<Decimal> {
    if (n < 8) return std::nullopt;
    if (n == 9) return Decimal{999'999'999'999'999'999, 3};
    return Decimal{std::int64_t(n) * 995'123'457 / (n % 7 + 1), n % 9};
  });
}
rc::Gen<std::optional<Date>> form_date() {
  return rc::gen::map(rc::gen::inRange(-60'000, 40'000), [](int n) -> std::optional<Date> {
    if (n % 5 == 0) return std::nullopt;
    return Date{n};
  });
}
std::string pick() { return *form_words(); }
std::size_t few() { return *rc::gen::inRange<std::size_t>(0, 3); }

registry::Texts some_texts() {
  registry::Texts texts;
  for (std::size_t i = few(); i > 0; --i) texts.push_back({pick(), pick()});
  return texts;
}
registry::Party some_party() { return {pick(), pick(), some_texts(), pick(), pick()}; }
std::vector<registry::Classification> some_classifications() {
  std::vector<registry::Classification> all;
  for (std::size_t i = few(); i > 0; --i)
    all.push_back({pick(), pick(), *form_share(), pick(), pick(), some_texts()});
  return all;
}
std::vector<registry::Place> some_places() {
  std::vector<registry::Place> all;
  for (std::size_t i = few(); i > 0; --i)
    all.push_back({pick(), pick(), pick(), *form_share(), pick(), some_texts()});
  return all;
}

registry::Contribution some_contribution() {
  registry::Contribution one;
  one.kind = registry::ContributionKind(*rc::gen::inRange(0, 16));
  one.date = *form_date();
  one.end_date = *form_date();
  one.value_date = *form_date();
  const auto amount = *form_share();
  one.quantity = {amount.value_or(Decimal{}), pick()};
  one.ref = pick();
  one.type = pick();
  one.description = some_texts();
  one.provider = some_party();
  one.receiver = some_party();
  one.places = some_places();
  one.classifications = some_classifications();
  one.modalities = some_classifications();
  one.tied_status = pick();
  one.humanitarian = pick();
  for (std::size_t i = few(); i > 0; --i)
    one.details.push_back(
        {*rc::gen::element<std::string>("evidence", "grade", "sex", "life", "a;b=c\\", " x ", ""),
         pick()});
  return one;
}

/// What has sheets of its own beside the facts.
void add_things(Record& record) {
  for (auto i = few(); i > 0; --i) {
    registry::Document document{pick(), pick(), some_texts(), {}, {pick()}, {pick(), pick()}, {}};
    document.date = *form_date();
    record.documents.push_back(document);
    registry::Location location;
    location.latitude = pick();
    location.reach = pick();
    location.activity_description = some_texts();
    registry::Contact contact;
    contact.type = pick();
    contact.person = some_texts();
    contact.job_title = some_texts();
    contact.emails = {pick(), pick()};
    record.contacts.push_back(contact);
    record.conditions.push_back({pick(), some_texts()});
    record.conditions_attached = pick();
    location.name = some_texts();
    location.administrative = some_classifications();
    record.locations.push_back(location);
  }
  for (auto i = few(); i > 0; --i) record.extras.push_back({pick(), pick()});
  if (few() == 1) {
    registry::Result result;
    result.type = pick();
    result.title = some_texts();
    for (auto i = 1 + few(); i > 0; --i) {
      auto& indicator = result.indicators.emplace_back();
      indicator.title = some_texts();
      indicator.measure = pick();
      for (auto n = few(); n > 0; --n) {
        auto& period = indicator.periods.emplace_back();
        period.start = *form_date();
        period.targets.emplace_back().value = pick();
        period.actuals.emplace_back().comment = some_texts();
      }
    }
    record.results.push_back(result);
  }
}

Record some_record() {
  Record record;
  record.kind = *rc::gen::element<std::string>("activity", "organisation");
  record.publisher = pick();
  record.publisher_type = pick();
  record.publisher_name = some_texts();
  record.secondary_publisher = few() == 1;
  record.identifier = pick();
  record.updated = pick();
  record.language = pick();
  record.currency = pick();
  record.title = some_texts();
  for (auto i = few(); i > 0; --i) record.descriptions.push_back({pick(), some_texts()});
  record.status = pick();
  record.modalities = some_classifications();
  for (auto i = 2 * few(); i > 0; --i)
    record.dates.push_back(
        {*rc::gen::element<std::string>("1", "2", "3", "4", "", "9"), *form_date(), some_texts()});
  for (auto i = few(); i > 0; --i)
    record.participations.push_back({registry::Function(*rc::gen::inRange(0, 5)), some_party()});
  record.places = some_places();
  record.classifications = some_classifications();
  for (auto i = few(); i > 0; --i) record.contributions.push_back(some_contribution());
  for (auto i = few(); i > 0; --i)
    record.references.push_back(
        {registry::ReferenceKind(*rc::gen::inRange(0, 10)), pick(), pick(), some_party()});
  add_things(record);
  return record;
}

RC_GTEST_PROP(Form, any_record_comes_back_the_same, ()) {
  const auto language = *rc::gen::element<std::string>("en", "fr", "es", "pt", "ar", "ru", "zh");
  std::vector<Record> records;
  for (std::size_t i = 1 + few(); i > 0; --i) records.push_back(some_record());
  const auto back = there_and_back(records, language);
  RC_ASSERT(back.size() == records.size());
  for (std::size_t i = 0; i < records.size(); ++i)
    RC_ASSERT(to_json(back[i]) == to_json(records[i]));
}

Record plain_record(const std::string& identifier) {
  Record record;
  record.publisher = "BR-GOV";
  record.publisher_type = "10";
  record.identifier = identifier;
  record.updated = "2020-01-01T00:00:00Z";
  record.title = {{"en", "Wells"}, {"fr", "Puits"}};
  record.status = "2";
  record.dates = {{"2", make_date(2015, 1, 1), {}}};
  for (const int amount : {100, 200}) {
    registry::Contribution one;
    one.kind = registry::ContributionKind::disbursement;
    one.date = make_date(2015, 6, 15);
    one.quantity = {Decimal{amount * 100, 2}, "USD"};
    record.contributions.push_back(one);
  }
  return record;
}

/// A register of two records, and forms as an office would send them.
class FormReturns : public ::testing::Test {
 protected:
  void SetUp() override {
    database_ = store::open_register(form_file("register.db"), store::Access::create);
    save({plain_record("BR-1"), plain_record("BR-2")});
  }
  void TearDown() override {
    database_.reset();
    for (const auto* end : {"register.db", "register.db-wal", "register.db-shm", "sent.xlsx"})
      std::filesystem::remove(form_file(end));
  }

  void save(const std::vector<Record>& records) {
    registry::Saving saving(*database_, "test", "records", "form-1", 0);
    for (const auto& record : records)
      saving.save(registry::prepare(record, to_json(record), "form-1", "row 1", {}));
    saving.finish("");
  }
  GivenRecord given(const std::string& identifier) {
    const auto key = registry::find_records(*database_, identifier).at(0);
    return {registry::get_record(*database_, key), key,
            registry::list_versions(*database_, key).front().version};
  }
  Record held(const std::string& identifier) { return given(identifier).record; }

  /// A form that was filled in: the same workbook with what the office made of the records.
  std::string send(const std::vector<GivenRecord>& records) {
    write_form(form_file("sent.xlsx"), {}, records);
    return form_file("sent.xlsx");
  }
  Comparison compare(const std::string& path) { return compare_form(*database_, read_form(path)); }
  standards::ImportedFile import(const std::string& path, bool take_sheet = false) {
    standards::ImportOptions options;
    options.who = "test";
    options.take_sheet = take_sheet;
    return standards::import_file(*database_, path, options);
  }

  std::unique_ptr<store::Database> database_;
};

TEST(FormDetails, stand_in_columns_of_their_own_and_in_one) {
  Record record;
  record.identifier = "BR-ABC-1";
  auto& one = record.contributions.emplace_back();
  one.details = {{"grade", "P4"}, {"sex", "F"}, {"age", "3"}, {"life", "8"}};
  auto leaves = to_leaves(record);
  EXPECT_EQ(leaves["contributions[0].grade"].text, "P4");
  EXPECT_EQ(leaves["contributions[0].sex"].text, "F");
  EXPECT_EQ(leaves["contributions[0].details"].text, "age=3; life=8");
  EXPECT_EQ(to_record(leaves).contributions[0].details, one.details);
  leaves["contributions[0].details"].text = "life = 10; note=new wheels";
  const registry::Details changed = {
      {"grade", "P4"}, {"sex", "F"}, {"life", "10"}, {"note", "new wheels"}};
  EXPECT_EQ(to_record(leaves).contributions[0].details, changed);
  // In another order they stay together, so that the order stays.
  one.details = {{"sex", "F"}, {"grade", "P4"}};
  EXPECT_EQ(to_leaves(record)["contributions[0].details"].text, "sex=F; grade=P4");
  const auto* column = find_sheet("contributions")->find("details");
  ASSERT_TRUE(column);
  sheet::SheetCell cell;
  cell.text = "eight years";
  EXPECT_THAT(take_cell(*column, "", cell).trouble, ::testing::HasSubstr("life=8"));
}

TEST(FormUnits, are_offered_and_read_by_name) {
  EXPECT_EQ(read_code("@unit", "", "person days").code, "person-day");
  EXPECT_EQ(read_code("@unit", "", "TNE: tonne").code, "TNE");
  EXPECT_EQ(read_code("@unit", "", "BRL").code, "BRL");
  EXPECT_EQ(show_code("@unit", "", "TNE", "fr"), "TNE: tonne");
  std::set<std::string> offered;
  for (const auto& choice : choices_of("@unit", "en")) offered.insert(choice.code);
  EXPECT_TRUE(offered.contains("USD"));
  EXPECT_TRUE(offered.contains("scholarship"));
}

TEST_F(FormReturns, unchanged_form_changes_nothing) {
  const auto path = send({given("BR-1"), given("BR-2")});
  EXPECT_TRUE(is_form(path));
  const auto comparison = compare(path);
  EXPECT_EQ(list_changes(comparison).rows.size(), 0u);
  EXPECT_EQ(comparison.unchanged, 2u);
  const auto file = import(path);
  EXPECT_EQ(file.counts.added + file.counts.changed, 0);
  EXPECT_EQ(file.counts.unchanged, 2);
}

TEST_F(FormReturns, change_and_addition_are_entered_once) {
  auto one = given("BR-1");
  one.record.status = "4";
  one.record.contributions[1].quantity.amount = Decimal{25050, 2};
  one.record.contributions.push_back(one.record.contributions[0]);
  one.record.title[0].text = "=HYPERLINK(\"x\")";
  const auto path = send({one, given("BR-2"), {plain_record("BR-3"), 0, 0}});
  const auto comparison = compare(path);
  ASSERT_GE(comparison.changes.size(), 4u);
  EXPECT_EQ(comparison.to_enter.size(), 2u);
  const auto file = import(path);
  EXPECT_EQ(file.counts.added, 1);
  EXPECT_EQ(file.counts.changed, 1);
  EXPECT_EQ(file.counts.unchanged, 1);
  EXPECT_EQ(held("BR-1").status, "4");
  EXPECT_EQ(held("BR-1").title[0].text, "=HYPERLINK(\"x\")");
  EXPECT_EQ(held("BR-1").contributions.size(), 3u);
  EXPECT_EQ(to_string(held("BR-1").contributions[1].quantity.amount), "250.50");
  EXPECT_EQ(held("BR-3").title[1].text, "Puits");
  const auto again = import(path);
  EXPECT_EQ(again.counts.added, 0);
  EXPECT_EQ(again.counts.changed, 0);
}

TEST_F(FormReturns, conflict_waits_for_a_decision) {
  auto sheet = given("BR-1");
  auto register_side = sheet.record;
  register_side.status = "3";
  register_side.scope = "4";
  register_side.updated = "2021-01-01T00:00:00Z";
  save({register_side});
  sheet.record.status = "4";
  sheet.record.link = "https://example.org";
  const auto path = send({sheet});
  const auto comparison = compare(path);
  ASSERT_EQ(comparison.changes.size(), 2u);
  EXPECT_EQ(comparison.changes[0].kind, ChangeKind::addition);
  EXPECT_EQ(comparison.changes[0].field, "link");
  const auto& conflict = comparison.changes[1];
  EXPECT_EQ(conflict.kind, ChangeKind::conflict);
  EXPECT_EQ(conflict.field, "status");
  EXPECT_EQ(conflict.given + conflict.in_force + conflict.sheet, "234");
  import(path);
  EXPECT_EQ(held("BR-1").status, "3");
  EXPECT_EQ(held("BR-1").scope, "4");
  EXPECT_EQ(held("BR-1").link, "https://example.org");
  import(path, true);
  EXPECT_EQ(held("BR-1").status, "4");
  EXPECT_EQ(held("BR-1").scope, "4");
}

TEST_F(FormReturns, rows_removed) {
  auto one = given("BR-1");
  const auto two = given("BR-2");
  one.record.contributions.erase(one.record.contributions.begin());
  const auto path = send({one});
  EXPECT_EQ(import(path).counts.changed, 1);
  EXPECT_EQ(import(path).counts.changed, 0);
  ASSERT_EQ(held("BR-1").contributions.size(), 1u);
  EXPECT_EQ(to_string(held("BR-1").contributions[0].quantity.amount), "200.00");
  EXPECT_EQ(to_json(held("BR-2")), to_json(two.record));
}

TEST_F(FormReturns, a_row_taken_out_takes_its_element) {
  auto form = read_form(send({given("BR-1"), given("BR-2")}));
  std::erase_if(form.records[0].leaves,
                [](const auto& leaf) { return leaf.first.starts_with("contributions[0]"); });
  form.records.pop_back();
  const auto comparison = compare_form(*database_, form);
  ASSERT_EQ(comparison.changes.size(), 2u);
  EXPECT_EQ(comparison.changes[0].kind, ChangeKind::change);
  EXPECT_EQ(comparison.changes[0].field, "contributions[0]");
  EXPECT_EQ(comparison.changes[0].sheet, "");
  EXPECT_EQ(comparison.changes[1].kind, ChangeKind::removal);
  EXPECT_EQ(comparison.changes[1].identifier, "BR-2");
  ASSERT_EQ(comparison.to_enter.size(), 1u);
  ASSERT_EQ(comparison.to_enter[0].record.contributions.size(), 1u);
  EXPECT_EQ(to_string(comparison.to_enter[0].record.contributions[0].quantity.amount), "200.00");
}

TEST_F(FormReturns, form_of_another_register_is_refused_by_name) {
  auto one = given("BR-1");
  one.key = 1;
  const auto comparison = compare(send({one}));
  EXPECT_TRUE(comparison.to_enter.empty());
  ASSERT_EQ(comparison.findings.size(), 1u);
  EXPECT_EQ(comparison.findings[0].rule, "form.other_register");
  EXPECT_EQ(comparison.findings[0].place, "Initiatives!C3");
}

TEST(FormWords, every_title_has_its_note) {
  const auto& words = get_language("en");
  for (const auto& sheet : form_sheets()) {
    EXPECT_TRUE(words.has("form.note." + std::string(sheet.name))) << sheet.name;
    for (const auto& column : sheet.columns) {
      const auto key = "form.note." + std::string(sheet.name) + "." + std::string(column.name);
      EXPECT_TRUE(words.has(key)) << key;
      for (const auto& [language, title] : column.titles) EXPECT_FALSE(title.empty()) << key;
    }
  }
}

TEST(FormCells, take_what_people_type) {
  const auto code = [](const char* list, const char* scheme, const char* words) {
    return read_code(list, scheme, words).code;
  };
  EXPECT_EQ(code("@place", "country", "KE: Kenya"), "KE");
  EXPECT_EQ(code("@place", "country", "Kenia"), "KE");
  EXPECT_EQ(code("@place", "country", "ke"), "KE");
  EXPECT_EQ(code("=contribution", "", "planned disbursement"), "planned_disbursement");
  EXPECT_EQ(code("ActivityStatus", "", "2"), "2");
  EXPECT_EQ(code("@scheme", "goal", "6: anything"), "6");
  EXPECT_FALSE(read_code("ActivityStatus", "", "half done").known);
}

}  // namespace
}  // namespace austral::form
