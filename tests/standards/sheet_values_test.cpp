// What people write in cells is read as they meant it, or refused with the reason.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "standards/sheet/values.hpp"

namespace austral::sheet {
namespace {

ColumnShape shape_of(std::initializer_list<const char*> values) {
  ColumnShape shape;
  for (const char* value : values) shape.add(value);
  return shape;
}

std::string number(const char* words, const ColumnShape& shape = {}) {
  const auto reading = read_number(words, shape);
  if (!reading.value) return "no";
  return to_string(*reading.value) + (reading.percent ? "%" : "") +
         (reading.currency.empty() ? "" : " " + reading.currency) + (reading.guessed ? "?" : "");
}

TEST(SheetNumbers, EveryHabitOfWritingIsRead) {
  const std::pair<const char*, const char*> cases[] = {
      {"1234", "1234"},
      {"1234.5", "1234.5"},
      {"1234,5", "1234.5"},
      {"1,234,567.89", "1234567.89"},
      {"1.234.567,89", "1234567.89"},
      {"1 234 567,89", "1234567.89"},
      {"1\u00A0234\u202F567", "1234567"},
      {"1'234'567.5", "1234567.5"},
      {"1’234’567", "1234567"},
      {"12,34,567", "1234567"},
      {"1,00,00,000.50", "10000000.50"},
      {"١٬٢٣٤٬٥٦٧٫٨٩", "1234567.89"},
      {"۱۲۳", "123"},
      {"१२,३४,५६७", "1234567"},
      {"１２３．５", "123.5"},
      {"12.5%", "12.5%"},
      {"٥٠٪", "50%"},
      {"US$ 1,234.50", "1234.50 US$"},
      {"R$1.234,50", "1234.50 R$"},
      {"1.234,50 €", "1234.50 €"},
      {"1 000,5 руб.", "1000.5 руб."},
      {"USD 12", "12 USD"},
      {"12 XOF", "12 XOF"},
      {"(1,234.00)", "-1234.00"},
      {"($500)", "-500 $"},
      {"1234-", "-1234"},
      {"−5", "-5"},
      {"-$5.25", "-5.25 $"},
      {"+7", "7"},
      {".5", "0.5"},
      {"12.", "12"},
      {"1.5E+3", "1500"},
      {"0,125", "0.125"},
      {"1234,567", "1234.567"},
      {"\u200F123\u200E", "123"},
  };
  for (const auto& [words, expected] : cases) EXPECT_EQ(number(words), expected) << words;
}

TEST(SheetNumbers, WhatIsNoNumberIsRefusedWithTheReason) {
  for (const char* words : {"", "abc", "12 months", "1,23,4", "1 23", "12/3", "1.2.3.4", "5 to 6",
                            "2014-03-01", "1..2", "N/A", "12345678901234567890123"})
    EXPECT_EQ(number(words), "no") << words;
  EXPECT_NE(read_number("12 months", {}).trouble.find("12 months"), std::string::npos);
}

TEST(SheetNumbers, ThousandsOrDecimalsIsDecidedByTheColumn) {
  EXPECT_EQ(number("1,234"), "1234?");
  EXPECT_EQ(number("1.234"), "1.234?");
  EXPECT_EQ(number("1,234", shape_of({"1,234", "1,5"})), "1.234");
  EXPECT_EQ(number("1,234", shape_of({"1,234", "3.50"})), "1234");
  EXPECT_EQ(number("1.234", shape_of({"1.234", "3,50"})), "1234");
  EXPECT_EQ(number("1.234", shape_of({"1.234.567"})), "1234");
  const auto doubtful = shape_of({"1,234", "5,678"}).findings("Amount");
  ASSERT_EQ(doubtful.size(), 1u);
  EXPECT_EQ(doubtful[0].rule, "column.marks.unknown");
  EXPECT_TRUE(shape_of({"1,234", "5,678.0"}).findings("Amount").empty());
  EXPECT_EQ(shape_of({"1,5", "1.5"}).findings("Amount")[0].rule, "column.marks.mixed");
}

std::string day(const char* words, const ColumnShape& shape = {}) {
  const auto reading = read_date(words, shape);
  if (!reading.first) return "no";
  return to_string(*reading.first) +
         (reading.last == *reading.first ? "" : ".." + to_string(reading.last)) +
         (reading.guessed ? "?" : "");
}

TEST(SheetDates, EveryOrderAndLanguageIsRead) {
  const std::pair<const char*, const char*> cases[] = {
      {"2014-03-12", "2014-03-12"},
      {"2014-03-12T10:20:30Z", "2014-03-12"},
      {"2014/3/12", "2014-03-12"},
      {"20140312", "2014-03-12"},
      {"25/12/2014", "2014-12-25"},
      {"12/25/2014", "2014-12-25"},
      {"25.12.2014", "2014-12-25"},
      {"25/12/2014 10:39", "2014-12-25"},
      {"3/3/2014", "2014-03-03"},
      {"12 March 2014", "2014-03-12"},
      {"March 12, 2014", "2014-03-12"},
      {"12-Mar-14", "2014-03-12?"},
      {"12 mars 2014", "2014-03-12"},
      {"1er février 2014", "2014-02-01"},
      {"12 de marzo de 2014", "2014-03-12"},
      {"12 de março de 2014", "2014-03-12"},
      {"12 марта 2014 г.", "2014-03-12"},
      {"١٢ مارس ٢٠١٤", "2014-03-12"},
      {"2014年3月12日", "2014-03-12"},
      {"2014年3月", "2014-03-01..2014-03-31"},
      {"March 2014", "2014-03-01..2014-03-31"},
      {"2014-02", "2014-02-01..2014-02-28"},
      {"02/2014", "2014-02-01..2014-02-28"},
      {"2014", "2014-01-01..2014-12-31"},
      {"Q2 2014", "2014-04-01..2014-06-30"},
      {"2014 T3", "2014-07-01..2014-09-30"},
      {"2014/15", "2014-01-01..2015-12-31"},
      {"2014-2016", "2014-01-01..2016-12-31"},
      {"FY 2014", "2014-01-01..2014-12-31"},
  };
  for (const auto& [words, expected] : cases) EXPECT_EQ(day(words), expected) << words;
}

TEST(SheetDates, OtherCalendarsAndNoDaysAreRefusedWithTheReason) {
  for (const char* words : {"", "soon", "31/02/2014", "2014-13-01", "99/99/2014", "0/5/2014"})
    EXPECT_EQ(day(words), "no") << words;
  EXPECT_NE(read_date("12/03/2557", {}).trouble.find("Buddhist"), std::string::npos);
  EXPECT_NE(read_date("1435-03-12", {}).trouble.find("Hijri"), std::string::npos);
}

TEST(SheetDates, DayOrMonthFirstIsDecidedByTheColumn) {
  EXPECT_EQ(day("03/04/2014"), "2014-04-03?");
  EXPECT_EQ(day("03/04/2014", shape_of({"03/04/2014", "25/04/2014"})), "2014-04-03");
  EXPECT_EQ(day("03/04/2014", shape_of({"03/04/2014", "04/25/2014"})), "2014-03-04");
  EXPECT_EQ(shape_of({"03/04/2014"}).findings("Date")[0].rule, "column.days.unknown");
  EXPECT_EQ(shape_of({"13/04/2014", "04/13/2014"}).findings("Date")[0].rule, "column.days.mixed");
  ColumnShape told;
  told.tell_order(DayOrder::month_first);
  EXPECT_EQ(day("03/04/2014", told), "2014-03-04");
}

TEST(SheetDates, NumberCellsAreYearsOrSerialDays) {
  const auto of = [](const char* text) {
    SheetCell cell;
    cell.kind = CellKind::number;
    cell.text = text;
    const auto reading = read_date(cell, {});
    return reading.first ? to_string(*reading.first) + (reading.guessed ? "?" : "") : "no";
  };
  EXPECT_EQ(of("2014"), "2014-01-01");
  EXPECT_EQ(of("20140312"), "2014-03-12");
  EXPECT_EQ(of("43890.5"), "2020-02-29?");  // Source: ECMA-376 part 1, 18.17.4.1
  for (const char* text : {"0", "-5", "999999", "20141E+3", "1e9"}) EXPECT_EQ(of(text), "no");
}

TEST(SheetTruths, SevenLanguages) {
  for (const char* word : {"Yes", "TRUE", "oui", "Sí", "sim", "Да", "نعم", "是", "1"})
    EXPECT_EQ(read_truth(word), true) << word;
  for (const char* word : {"no", "FALSE", "Non", "não", "нет", "لا", "否", "0"})
    EXPECT_EQ(read_truth(word), false) << word;
  EXPECT_EQ(read_truth("maybe"), std::nullopt);
}

RC_GTEST_PROP(SheetNumbers, WhatIsWrittenInAnyHabitReadsBack, ()) {
  const auto amount = *rc::gen::inRange<std::int64_t>(-999'999'999'999, 999'999'999'999);
  const auto [group, mark] = *rc::gen::element(
      std::pair<std::string, char>{",", '.'}, std::pair<std::string, char>{".", ','},
      std::pair<std::string, char>{" ", ','}, std::pair<std::string, char>{"'", '.'},
      std::pair<std::string, char>{"\u202F", ','}, std::pair<std::string, char>{"", '.'});
  std::string digits = std::to_string(std::abs(amount));
  while (digits.size() < 3) digits.insert(0, "0");
  const std::string behind = digits.substr(digits.size() - 2);
  digits.resize(digits.size() - 2);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, group);
  const std::string words = (amount < 0 ? "-" : "") + digits + mark + behind;
  const auto reading = read_number(words, {});
  RC_ASSERT(reading.value.has_value());
  RC_ASSERT(*reading.value == (Decimal{amount, 2}));
  RC_ASSERT(!reading.guessed);
}

RC_GTEST_PROP(SheetNumbers, ShapeOfPartsIsTheShapeOfAll, ()) {
  const auto values = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("1,5", "1.5", "1,234", "1.234", "13/04/2014", "04/13/2014",
                                    "03/04/2014", "yes", "2014", "words", ""));
  const auto cut = *rc::gen::inRange<std::size_t>(0, values.size() + 1);
  ColumnShape all, left, right;
  for (std::size_t i = 0; i < values.size(); ++i) {
    all.add(values[i]);
    (i < cut ? left : right).add(values[i]);
  }
  left.merge(right);
  RC_ASSERT(left.mark() == all.mark());
  RC_ASSERT(left.order() == all.order());
  RC_ASSERT(left.filled() == all.filled());
  RC_ASSERT(left.findings("x").size() == all.findings("x").size());
}

}  // namespace
}  // namespace austral::sheet
