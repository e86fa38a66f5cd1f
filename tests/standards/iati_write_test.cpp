// Any record, written as IATI 2.03 and read again, is the same record; and what is said of gaps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <pugixml.hpp>

#include "base/json.hpp"
#include "standards/iati/iati.hpp"
#include "standards/iati/write.hpp"
#include "standards/iati/writing.hpp"
#include "standards/iati/xsd.hpp"

namespace austral::test {
namespace {

using registry::Record;

Record read_written(const std::string& text) {
  standards::Fragment fragment;
  fragment.text = text;
  fragment.format = "iati-2.03";
  return iati::read(fragment).record;
}

/// Fills a value of any described type: every member of Record is met, also those of later days.
template <class T>
void fill(T& value, int depth) {
  if constexpr (std::is_same_v<T, bool>) {
    value = *rc::gen::arbitrary<bool>();
  } else if constexpr (std::is_enum_v<T>) {
    constexpr int count = boost::mp11::mp_size<boost::describe::describe_enumerators<T>>::value;
    value = T(*rc::gen::inRange(0, count));
  } else if constexpr (std::is_same_v<T, Date>) {
    value = Date{*rc::gen::inRange(10000, 20000)};
  } else if constexpr (std::is_same_v<T, Decimal>) {
    value = Decimal{*rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000),
                    *rc::gen::inRange(0, 4)};
  } else if constexpr (std::is_same_v<T, std::string>) {
    // Codes, words, signs that XML minds, edges that are trimmed, and a control character.
    value = *rc::gen::element<std::string>(
        "", "", "1", "2", "99", "en", "fr", "USD", "EUR", "KE", "country", "region", "dac",
        "purpose", "goal", "tag-99", "marker", "humanitarian-1-1-2", "budget-item-1", "aid-type",
        "total-budget", "2020-01-01T00:00:00Z", "http://example.org/a b", "a < b & \"c\"", " edge ",
        "\xD8\xA8\xD8\xA6\xD8\xB1", "line\nline\r", "one\x01two", "crs-add/loan-terms/@rate-1",
        "crs-add/channel-code", "12.5");
  } else if constexpr (requires { value.has_value(); }) {
    if (*rc::gen::arbitrary<bool>()) fill(value.emplace(), depth);
  } else if constexpr (requires { value.emplace_back(); }) {
    const int count = depth > 5 ? 0 : *rc::gen::inRange(0, depth > 1 ? 2 : 3);
    for (int i = 0; i < count; ++i) fill(value.emplace_back(), depth + 1);
  } else {
    boost::mp11::mp_for_each<MembersOf<T>>(
        [&](auto member) { fill(value.*member.pointer, depth + 1); });
  }
}

RC_GTEST_PROP(IatiWrite, any_record_comes_back_the_same, ()) {
  Record record;
  fill(record, 0);
  record.kind = *rc::gen::element<std::string>("activity", "organisation");
  Findings findings;
  const std::string text = iati::write_record(record, findings);
  RC_ASSERT(pugi::xml_document().load_string(text.c_str()));
  RC_ASSERT(to_json(read_written(text)) == to_json(iati::in_order(record)));
}

Record well_record() {
  Record record;
  record.publisher = "BR-ABC";
  record.publisher_type = "10";
  record.publisher_name = {{"en", "Agency"}};
  record.identifier = "BR-ABC-1";
  record.language = "en";
  record.currency = "BRL";
  record.title = {{"en", "Wells & pumps"}, {"pt", "Po\xC3\xA7os"}};
  record.descriptions = {{"1", {{"en", "Wells are dug."}}}};
  record.status = "2";
  record.dates = {{"1", make_date(2020, 1, 1), {}}};
  record.participations = {{registry::Function::funds, {"BR-ABC", "10", {}, "", ""}}};
  registry::Classification framework;
  framework.scheme = "framework";
  framework.code = "FC01";
  framework.uri = iati::framework_uri;
  record.classifications = {framework};
  registry::Contribution given;
  given.kind = registry::ContributionKind::disbursement;
  given.date = given.value_date = make_date(2020, 5, 1);
  given.quantity = {Decimal{1250, 2}, "BRL"};
  given.channel = "4";
  record.contributions = {given};
  return record;
}

TEST(IatiWrite, a_record_of_the_register_needs_nothing_beside_the_standard) {
  Findings findings;
  const auto text = iati::write_record(well_record(), findings);
  EXPECT_THAT(findings, testing::IsEmpty());
  EXPECT_THAT(text, testing::HasSubstr("<tag code=\"FC01\" vocabulary=\"99\" vocabulary-uri="));
  EXPECT_THAT(text, testing::HasSubstr("<disbursement-channel code=\"4\"/>"));
  EXPECT_THAT(text, testing::HasSubstr("Wells &amp; pumps"));
  EXPECT_EQ(text.find("<austral:"), text.npos);
  EXPECT_EQ(to_json(read_written(text)), to_json(well_record()));
}

TEST(IatiWrite, person_days_go_along_and_come_back) {
  auto record = well_record();
  record.contributions[0].quantity.unit = "person-days";
  Findings findings;
  const auto text = iati::write_record(record, findings);
  EXPECT_EQ(text.find("<transaction>"), text.npos);
  EXPECT_EQ(to_json(read_written(text)), to_json(record));
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].rule, "iati.write.contribution");
}

TEST(IatiWrite, what_somebody_changed_in_the_elements_counts) {
  auto record = well_record();
  record.contributions[0].quantity.unit = "person-days";
  Findings findings;
  auto text = iati::write_record(record, findings);
  text.insert(
      text.find("<austral:member"),
      "<transaction><transaction-type code=\"3\"/><transaction-date iso-date=\"2021-01-01\"/>"
      "<value value-date=\"2021-01-01\">7</value></transaction>");
  const auto read = read_written(text);
  ASSERT_EQ(read.contributions.size(), 1u);
  EXPECT_EQ(to_string(read.contributions[0].quantity.amount), "7");
}

TEST(IatiWrite, gaps_are_said_and_not_filled) {
  Record record;
  record.identifier = "X-1";
  Findings findings;
  const auto text = iati::write_record(record, findings);
  std::size_t gaps = 0;
  for (const auto& finding : findings) gaps += finding.rule == "iati.write.required";
  EXPECT_EQ(gaps, 8u);  // publisher's ref, type, name; title, description, party, status, date
  EXPECT_THAT(text, testing::HasSubstr("<activity-status code=\"\"/>"));
  EXPECT_EQ(to_json(read_written(text)), to_json(record));
}

TEST(IatiWrite, types_of_the_schema) {
  using iati::is_lexical, iati::Lexical;
  EXPECT_TRUE(is_lexical(Lexical::date_time, "2020-01-01T00:00:00Z"));
  EXPECT_TRUE(is_lexical(Lexical::date_time, "2020-01-01T23:59:59.123+03:00"));
  EXPECT_FALSE(is_lexical(Lexical::date_time, "2020-01-01"));
  EXPECT_FALSE(is_lexical(Lexical::date_time, "2020-02-30T00:00:00"));
  EXPECT_TRUE(is_lexical(Lexical::decimal, "-.5"));
  EXPECT_FALSE(is_lexical(Lexical::decimal, "1e3"));
  EXPECT_FALSE(is_lexical(Lexical::decimal, "."));
  EXPECT_TRUE(is_lexical(Lexical::language, "zh-hans"));
  EXPECT_FALSE(is_lexical(Lexical::language, "en_us"));
  EXPECT_EQ(iati::to_uri("http://x/a b%zz"), "http://x/a%20b%25zz");
}

}  // namespace
}  // namespace austral::test
