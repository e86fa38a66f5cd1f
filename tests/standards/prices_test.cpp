// Price lists as offices keep them: our columns, the UN's rates, tables by period; every bad cell
// is said with its place and remedy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>

#include "base/error.hpp"
#include "measurement/price_table.hpp"
#include "standards/prices/price_sheet.hpp"
#include "standards/sheet/table_writers.hpp"
#include "support/postgres.hpp"

namespace austral::prices {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

PriceSheet read_text(const std::string& text, const std::string& source = "a paper",
                     const std::string& name = "list.csv") {
  testing::TemporaryFolder folder;
  std::ofstream(folder.file(name), std::ios::binary) << text;
  return read_price_sheet(folder.file(name), {"test", source, {}});
}

std::vector<std::string> told(const PriceSheet& sheet) {
  std::vector<std::string> all;
  for (const auto& price : sheet.prices)
    all.push_back(price.series + "|" + price.key + "|" + price.country + "|" +
                  to_string(price.from) + "|" + to_string(price.to) + "|" + to_string(price.value) +
                  "|" + price.unit + "|" + price.currency + "|" + price.source);
  return all;
}

/// Rule and place of what keeps rows out.
std::vector<std::string> errors(const PriceSheet& sheet) {
  std::vector<std::string> all;
  for (const auto& finding : sheet.findings)
    if (finding.severity >= Severity::error) all.push_back(finding.rule + " " + finding.place);
  return all;
}

TEST(PriceSheets, own_columns_in_any_order_case_and_language) {
  const auto sheet = read_text(
      "Our pay tables;;;;;;;;\n"
      "VALOR;Serie;Grade;pays;From;to;Unidad;Moeda;Source;Remark\n"
      "18.000,50;Salary;A;Brasil;2024-01-01;;por mes;brl;Pay table;checked\n"
      "28%;employer charge;;BR;2024;2024;;;Law 1;\n"
      "220;WORKING_DAYS;;Brésil;2024-03;;;;;\n");
  EXPECT_THAT(told(sheet),
              ElementsAre("salary|A|BR|2024-01-01|9999-12-31|18000.5|month|BRL|Pay table",
                          "employer_charge||BR|2024-01-01|2024-12-31|0.28|||Law 1",
                          "working_days||BR|2024-03-01|9999-12-31|220|year||a paper"));
  EXPECT_THAT(errors(sheet), IsEmpty());
  EXPECT_EQ(sheet.rows, 3u);
  EXPECT_EQ(sheet.left_out, 0u);
  EXPECT_THAT(sheet.findings, Contains(::testing::Field(&Finding::rule, "price.column.unused")));
}

TEST(PriceSheets, every_bad_cell_is_said_and_its_row_left_out) {
  const auto sheet = read_text(
      "series,key,country,from,to,value,unit,currency,source\n"
      "wages,,BR,2024,,100,,BRL,x\n"
      "salary,,Atlantis,2024,,100,,BRL,x\n"
      "salary,,BR,soon,,100,,BRL,x\n"
      "salary,,BR,,,100,,BRL,x\n"
      "salary,,BR,2024,,much,,BRL,x\n"
      "salary,,BR,2024,,,,BRL,x\n"
      "salary,,BR,2024,,100,,Kr,x\n"
      "salary,,BR,2024,,100,year,BRL,x\n"
      "salary,,,2024,,100,,BRL,x\n"
      "unit_price,,BR,2024,,100,,BRL,x\n"
      "salary,,BR,2024,2023,100,,BRL,x\n"
      "salary,,BR,2024,,-100,,BRL,x\n"
      "working_days,,BR,2024,,60%,,,x\n"
      "salary,a,BR,2024,,100,,BRL,x\n"
      "salary,A,BR,2024,,101,,BRL,x\n"
      "salary,b,BR,2024,,EUR 100,,BRL,x\n");
  EXPECT_THAT(
      errors(sheet),
      ElementsAre("price.series.unknown A2", "price.country.unknown C3", "price.day D4",
                  "price.from.missing D5", "price.value F6", "price.value.missing F7",
                  "price.currency.unknown H8", "price.unit.other G9", "price.country.missing C10",
                  "price.key.missing B11", "price.span.turned E12", "price.value.not-positive F13",
                  "price.value F14", "price.contradiction F16", "price.currency.two F17"));
  EXPECT_THAT(told(sheet), ElementsAre("salary|a|BR|2024-01-01|9999-12-31|100|month|BRL|x"));
  EXPECT_EQ(sheet.rows, 16u);
  EXPECT_EQ(sheet.left_out, 15u);
}

TEST(PriceSheets, units_by_name_in_any_language) {
  const auto sheet = read_text(
      "series,good,from,value,unit,currency\n"
      "unit_price,rice,2024,500,tonnes,USD\n"
      "unit_price,ambulance,2024,48000,pièce,USD\n"
      "unit_price,books,2024,3,shelf-mile,USD\n"
      "stipend,,2024,600,mois,EUR\n"
      "daily_rate,senior,2024,450,daily,USD\n");
  std::vector<std::string> units;
  for (const auto& price : sheet.prices) units.push_back(price.unit);
  EXPECT_THAT(units, ElementsAre("TNE", "H87", "shelf-mile", "month", "day"));
  EXPECT_THAT(errors(sheet), IsEmpty());
  EXPECT_THAT(sheet.findings, Contains(::testing::Field(&Finding::rule, "price.unit.unknown")));
}

TEST(PriceSheets, a_sheet_a_series_and_sheets_without_prices) {
  Table table;
  table.name = "salary";
  table.title = "salary";
  table.columns = {{"grade", "Grade"},
                   {"country", "Country"},
                   {"year", "Year"},
                   {"value", "Value", ColumnKind::number},
                   {"currency", "Currency"}};
  table.rows = {{"A", "Kenya", std::int64_t{2024}, std::int64_t{90000}, "KES"}};
  testing::TemporaryFolder folder;
  const auto path = folder.file("pay.xlsx");
  std::ofstream(path, std::ios::binary) << sheet::write_xlsx(table);
  const auto sheet = read_price_sheet(path, {"test", "a paper", {}});
  EXPECT_THAT(told(sheet),
              ElementsAre("salary|A|KE|2024-01-01|2024-12-31|90000|month|KES|a paper"));
  EXPECT_THAT(sheet.findings, Contains(::testing::Field(&Finding::rule, "price.sheet.unused")))
      << "the sheet About";
}

TEST(PriceSheets, a_list_without_source_is_refused) {
  const std::string list = "series,country,from,value,currency\nsalary,BR,2024,100,BRL\n";
  const auto refused = testing::error_of([&] { read_text(list, ""); });
  EXPECT_EQ(refused.kind(), Kind::invalid);
  EXPECT_THAT(refused.what(), HasSubstr("--source"));
  EXPECT_THAT(errors(read_text(list, "Pay table")), IsEmpty());
  const auto half = read_text(
      "series,country,from,value,currency,source\nsalary,BR,2024,100,BRL,\n"
      "salary,BR,2025,100,BRL,Pay table\n",
      "");
  EXPECT_THAT(errors(half), ElementsAre("price.source.missing F2"));
  EXPECT_EQ(half.prices.size(), 1u);
  EXPECT_THROW(read_text("name,amount\na,1\n"), Error);
  EXPECT_THROW(read_text(""), Error);
}

/// Source: the layout of the UN's operational rates of exchange (country, currency, effective date,
/// rate); K31. The rates are made up.
TEST(PriceSheets, operational_rates_hold_until_the_next_of_their_currency) {
  const auto sheet = read_text(
      "Country,Currency,Effective Date,Rate\n"
      "Brazil,Real,01 Jun 2016,3.57\n"
      "Kenya,KES Kenya Shilling,01 Jun 2016,100.8\n"
      "Benin,XOF CFA Franc,01 Jun 2016,588.1\n"
      "Mali,XOF CFA Franc,01 Jun 2016,588.1\n"
      "Brazil,Real,15 Jun 2016,3.45\n"
      "Niger,XOF CFA Franc,01 Jun 2016,590\n"
      "Brazil,Real,01 Jul 2016,3.23\n"
      "Belarus,Ruble,01 Jul 2016,2.01\n");
  const std::string r = "exchange_rate|";
  EXPECT_THAT(told(sheet), ElementsAre(r + "BRL||2016-06-01|2016-06-14|3.57||BRL|a paper",
                                       r + "KES||2016-06-01|2016-07-31|100.8||KES|a paper",
                                       r + "XOF||2016-06-01|2016-07-31|588.1||XOF|a paper",
                                       r + "BRL||2016-06-15|2016-06-30|3.45||BRL|a paper",
                                       r + "BRL||2016-07-01|2016-07-31|3.23||BRL|a paper"));
  EXPECT_THAT(errors(sheet), ElementsAre("price.contradiction D7", "price.currency.unknown B9"))
      << "in the year in which BYR became BYN a name is not enough";
  measurement::PriceList list;
  for (const auto& price : sheet.prices) list.add(price);
  list.sort();
  const auto on = [&](const char* day) {
    return list.find("exchange_rate", "BRL", "BR", *parse_date(day));
  };
  EXPECT_EQ(on("2016-06-14")->value, (Decimal{357, 2}));
  EXPECT_EQ(on("2016-06-15")->value, (Decimal{345, 2}));
  EXPECT_EQ(on("2016-07-01")->value, (Decimal{323, 2}));
  EXPECT_EQ(on("2016-08-01"), nullptr) << "the table of August is missing";
}

TEST(PriceSheets, rates_by_year_and_month) {
  const auto sheet = read_text(
      "Date,Rate,Currency,Frequency,Source,Country code\n"
      "2015-12-31,3.3269,BRL,A,IMF,BR\n"
      "2015-02-28,2.8165,BRL,M,IMF,BR\n");
  EXPECT_THAT(told(sheet), ElementsAre("exchange_rate|BRL||2015-01-01|2015-12-31|3.3269||BRL|IMF",
                                       "exchange_rate|BRL||2015-02-01|2015-02-28|2.8165||BRL|IMF"));
  const auto periods =
      read_text("currency,period,rate\nKES,2015,98.18\nKES,2015-03,91.7\nKES,2015M04,93.4\n");
  EXPECT_THAT(told(periods),
              ElementsAre("exchange_rate|KES||2015-01-01|2015-12-31|98.18||KES|a paper",
                          "exchange_rate|KES||2015-03-01|2015-03-31|91.7||KES|a paper",
                          "exchange_rate|KES||2015-04-01|2015-04-30|93.4||KES|a paper"));
}

/// Source: our table of currencies: BYR in use to 2016, 10,000 of it one BYN.
TEST(PriceSheets, a_rate_under_the_old_code_is_said) {
  const auto sheet = read_text("currency,period,rate\nBYR,2018,2.04\nBYN,2018,20400\n");
  std::vector<std::string> rules;
  for (const auto& finding : sheet.findings) rules.push_back(finding.rule + " " + finding.place);
  EXPECT_THAT(rules, Contains("price.currency.withdrawn A2"));
  EXPECT_THAT(rules, Contains("price.rate.other-code C3"));
}

/// What is shown is read again as the same prices, from every file it can be written to.
RC_GTEST_PROP(PriceSheets, what_is_shown_reads_back, ()) {
  measurement::PriceList list;
  for (int left = *rc::gen::inRange(1, 20); left > 0; --left) {
    const bool share = *rc::gen::arbitrary<bool>();
    measurement::Price price;
    price.series = share ? "institutional_factor" : "unit_price";
    price.key = "good " + std::to_string(left);
    price.country = *rc::gen::element<std::string>("BR", "KE", "ZA");
    price.from = Date{*rc::gen::inRange(14000, 20000)};
    if (*rc::gen::arbitrary<bool>()) price.to = Date{price.from.days + *rc::gen::inRange(0, 900)};
    price.value = {*rc::gen::inRange(1, 1'000'000), share ? 7 : *rc::gen::inRange(0, 6)};
    if (!share) {
      price.unit = *rc::gen::element<std::string>("TNE", "KGM", "person-day");
      price.currency = *rc::gen::element<std::string>("USD", "ZAR");
    }
    price.source = *rc::gen::element<std::string>("=1+1", "Catalogue, \"p. 3\"", "目录 2024");
    price.set = "test";
    list.add(price);
  }
  list.sort();
  const auto table = measurement::list_prices(list, {}, "en");
  testing::TemporaryFolder folder;
  for (const auto format : {sheet::TableFormat::csv, sheet::TableFormat::xlsx}) {
    const auto path = folder.file("shown");
    std::ofstream(path, std::ios::binary) << sheet::write_table(table, format);
    const auto sheet = read_price_sheet(path, {"test", "", {}});
    measurement::PriceList again;
    for (const auto& price : sheet.prices) again.add(price);
    again.sort();
    RC_ASSERT(again.all().size() == list.all().size());
    RC_ASSERT(again.digest() == list.digest());
  }
}

}  // namespace
}  // namespace austral::prices
