// Each word of the mapping language on a small sheet that can be added up by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "standards/iati_files.hpp"
#include "standards/mapping/apply.hpp"
#include "standards/mapping/preview.hpp"
#include "standards/mapping/propose.hpp"
#include "standards/mapping/reader.hpp"
#include "standards/sheet/zip_stream.hpp"

namespace austral::mapping {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string sheet_place(const std::string& name) {
  return std::string(AUSTRAL_SOURCE_DIR) + "/tests/data/sheets/" + name;
}

Preview preview_sheet(const std::string& name) {
  PreviewOptions options;
  options.most_records = 100;
  return make_preview(sheet_place(name + ".csv"), get_mapping(nullptr, sheet_place(name + ".yaml")),
                      options);
}

std::string money_of(const registry::Record& record) {
  std::string all;
  for (const auto& one : record.contributions) {
    all += std::string(boost::describe::enum_to_string(one.kind, "?")) + " " +
           to_string(normalise(one.quantity.amount)) + " " + one.quantity.unit + " " +
           (one.date ? to_string(*one.date) : "undated");
    for (const auto& place : one.places) all += " " + place.code;
    all += "; ";
  }
  return all;
}

std::vector<std::string> places_of(const registry::Record& record) {
  std::vector<std::string> codes;
  for (const auto& place : record.places)
    codes.push_back(place.code + (place.share ? " " + to_string(*place.share) : ""));
  return codes;
}

TEST(MappingSheets, a_column_a_year) {
  const auto preview = preview_sheet("wide");
  ASSERT_THAT(preview.records, SizeIs(2));
  EXPECT_EQ(preview.records[0].identifier, "XX-P-1");
  EXPECT_EQ(money_of(preview.records[0]),
            "budget 1000500 USD 2019-01-01; budget 2000000 USD 2021-01-01; ");
  EXPECT_EQ(money_of(preview.records[1]),
            "budget 500000 USD 2019-01-01; budget 750250 USD 2020-01-01; ");
  EXPECT_THAT(preview.rows_told, ElementsAre("5 rows: 2 of data, 1 above the headers, 1 of "
                                             "headers, 1 of totals, which are not summed again"));
}

TEST(MappingSheets, rows_of_one_initiative_add_up) {
  const auto preview = preview_sheet("grouped");
  ASSERT_THAT(preview.records, SizeIs(2));  // in the order in which they are whole
  const auto& clinics = preview.records[0];
  const auto& teachers = preview.records[1];
  EXPECT_EQ(clinics.identifier, "XX-8");
  EXPECT_EQ(teachers.identifier, "XX-7");
  EXPECT_THAT(places_of(teachers), ElementsAre("TD", "NE"));
  EXPECT_THAT(teachers.participations, SizeIs(2));
  EXPECT_EQ(money_of(teachers),
            "disbursement 100 USD 2018-01-01 TD; disbursement 200 USD 2018-01-01 NE; "
            "disbursement 300 USD 2019-01-01 TD; ");
  EXPECT_EQ(money_of(clinics), "disbursement 50 EUR 2019-01-01; ");
}

TEST(MappingSheets, blocks_below_a_country) {
  const auto preview = preview_sheet("sections");
  ASSERT_THAT(preview.records, SizeIs(3));
  EXPECT_EQ(preview.records[1].identifier, "A-1");
  EXPECT_THAT(places_of(preview.records[1]), ElementsAre("AO", "BJ"));
  EXPECT_EQ(money_of(preview.records[1]), "commitment 10 USD undated; ");
  EXPECT_THAT(preview.rows_told,
              ElementsAre("10 rows: 4 of data, 2 of headers, 2 that head a section, 2 of totals, "
                          "which are not summed again"));
}

TEST(MappingSheets, several_values_parts_meanings_and_tests) {
  const auto preview = preview_sheet("values");
  ASSERT_THAT(preview.records, SizeIs(3));
  const auto& rice = preview.records[0];
  ASSERT_THAT(rice.participations, SizeIs(2));
  EXPECT_EQ(rice.participations[0].party.name[0].text, "Exim Bank, Inc.");
  EXPECT_EQ(rice.participations[0].party.type, "10");
  EXPECT_EQ(rice.participations[1].party.name[0].text, "Fund B");
  EXPECT_EQ(rice.participations[1].party.type, "60");
  EXPECT_THAT(places_of(rice), ElementsAre("KE 60", "UG 40"));
  EXPECT_EQ(rice.status, "4");
  EXPECT_EQ(money_of(rice), "commitment 1200 USD undated; disbursement 9000000 EUR 2015-03-31; ");
  EXPECT_EQ(money_of(preview.records[1]), "disbursement 30 person-days undated; ");
  EXPECT_THAT(preview.rows_told,
              ElementsAre("5 rows: 3 of data, 1 of headers, 1 left out: drafts"));
}

TEST(MappingSheets, what_cannot_be_read_is_told_by_cell_and_kept) {
  const auto preview = preview_sheet("values");
  std::vector<std::string> places;
  for (const auto& problem : preview.problems)
    if (problem.rule.starts_with("cell.")) places.push_back(problem.rule + " " + problem.place);
  EXPECT_THAT(places, ElementsAre("cell.recipient D5", "cell.status F5", "cell.amount H5"));
  std::string extras;
  for (const auto& extra : preview.records[2].extras)
    extras += extra.path + "=" + extra.value + ";";
  EXPECT_EQ(extras, "where=Atlantis;state=odd;counted=yes;sum=lots;secret=y;");
  EXPECT_THAT(preview.problems[0].message, HasSubstr("'Atlantis' stands where recipient is read"));
}

TEST(MappingSheets, identifiers_made_of_columns_stay) {
  const auto preview = preview_sheet("nameless");
  ASSERT_THAT(preview.records, SizeIs(3));
  EXPECT_NE(preview.records[0].identifier, preview.records[1].identifier);
  EXPECT_THAT(preview.records[0].identifier, ::testing::StartsWith("XX-W-"));
  EXPECT_EQ(preview.problems.front().rule, "row.identifier.made");
  EXPECT_EQ(preview.problems.front().place, "row 4");
  // Another amount, other letters' case: the same initiative.
  const test::TemporaryFile changed("Year,Country,Title,Money\n2015,KENYA,wells,11\n");
  const auto again =
      make_preview(changed.path(), get_mapping(nullptr, sheet_place("nameless.yaml")));
  EXPECT_EQ(again.records.at(0).identifier, preview.records[0].identifier);
}

TEST(MappingSheets, a_missing_column_names_the_nearest) {
  const test::TemporaryFile file("Nr,Titel,Country,Year,Paid,Currency,Institution\n1,A,Chad,,,,\n");
  const auto known = get_mapping(nullptr, sheet_place("grouped.yaml"));
  const auto preview = make_preview(file.path(), known);
  ASSERT_FALSE(preview.groups.empty());
  EXPECT_EQ(preview.groups[0].first.rule, "mapping.column.missing");
  EXPECT_EQ(preview.groups[0].first.message,
            "there is no column 'Title', from which the mapping 'grouped' takes title; nearest is "
            "'Titel': correct the header, or the mapping");
  const test::TemporaryFile nameless("Number,Title,Country,Year,Paid,Currency,Institution\n");
  EXPECT_THROW(make_preview(nameless.path(), known), Error);
}

TEST(MappingSheets, kept_rows_are_read_back) {
  rc::check([](const std::vector<std::pair<std::string, std::string>>& cells) {
    DataRow row;
    for (const auto& [header, text] : cells) {
      const std::string name = std::to_string(row.cells.size()) + make_valid_utf8(header);
      row.cells.push_back({name,
                           row.cells.size(),
                           sheet::CellKind(1 + row.cells.size() % 2),
                           make_valid_utf8(text),
                           {},
                           row.cells.size() % 3 ? "" : "comma"});
    }
    const auto kept = read_rows(write_rows({row, row}));
    RC_ASSERT(kept.rows.size() == 2u);
    RC_ASSERT(kept.rows[1].cells.size() == row.cells.size());
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      RC_ASSERT(kept.rows[1].cells[i].header == row.cells[i].header);
      RC_ASSERT(kept.rows[1].cells[i].text == row.cells[i].text);
      RC_ASSERT(kept.rows[1].cells[i].kind == row.cells[i].kind);
      RC_ASSERT(kept.rows[1].cells[i].form == row.cells[i].form);
    }
  });
}

/// A workbook of sheets with inline texts, written by hand.
std::string make_workbook(const std::vector<std::pair<std::string, std::string>>& sheets,
                          const std::string& hidden) {
  sheet::ZipStream zip;
  std::string bytes, list, relations, types;
  const auto put = [&](const std::string& name, const std::string& text) {
    zip.open(name);
    zip.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text);
    zip.close();
    bytes += zip.take();
  };
  const std::string office = "http://schemas.openxmlformats.org/",
                    main = office + "spreadsheetml/2006/main";
  for (std::size_t n = 0; n < sheets.size(); ++n) {
    const std::string id = std::to_string(n + 1);
    list += "<sheet name=\"" + sheets[n].first + "\" sheetId=\"" + id + "\" r:id=\"r" + id + "\"" +
            (sheets[n].first == hidden ? " state=\"hidden\"" : "") + "/>";
    relations += "<Relationship Id=\"r" + id + "\" Type=\"" + office +
                 "officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet" + id +
                 ".xml\"/>";
    std::string rows;
    int number = 0;
    for (const auto line : split(sheets[n].second, '\n')) {
      rows += "<row r=\"" + std::to_string(++number) + "\">";
      char column = 'A';
      for (const auto cell : split(line, ','))
        rows += std::string("<c t=\"inlineStr\" r=\"") + column++ + std::to_string(number) +
                "\"><is><t>" + std::string(cell) + "</t></is></c>";
      rows += "</row>";
    }
    put("xl/worksheets/sheet" + id + ".xml",
        "<worksheet xmlns=\"" + main + "\"><sheetData>" + rows + "</sheetData></worksheet>");
  }
  put("xl/workbook.xml", "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office +
                             "officeDocument/2006/relationships\"><sheets>" + list +
                             "</sheets></workbook>");
  put("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"" + office +
                                        "package/2006/relationships\">" + relations +
                                        "</Relationships>");
  put("[Content_Types].xml", "<Types xmlns=\"" + office + "package/2006/content-types\"/>");
  zip.finish();
  return bytes + zip.take();
}

TEST(MappingSheets, a_sheet_a_year) {
  const test::TemporaryFile file(make_workbook({{"2018", "Nr,Name,Paid\n1,Wells,10\n2,Roads,20"},
                                                {"2019", "Nr,Name,Paid\n1,Wells,30"},
                                                {"2020", "Nr,Name,Paid\n1,Wells,99"},
                                                {"Notes", "nothing of this"}},
                                               "2020"));
  const auto known = know_mapping(
      read_mapping("mapping: years\nrows: grouped\nsheet: \"20*\"\nfields:\n"
                   "  publisher: {value: XX-GOV}\n  identifier: Nr\n  title: Name\n"
                   "  amount: Paid\n  kind: {value: disbursement}\n  currency: {value: USD}\n"
                   "  year: (sheet)\n"),
      "test");
  const auto preview = make_preview(file.path(), known);
  ASSERT_THAT(preview.records, SizeIs(2));
  EXPECT_EQ(money_of(preview.records[0]), "disbursement 20 USD 2018-01-01; ");
  EXPECT_EQ(money_of(preview.records[1]),
            "disbursement 10 USD 2018-01-01; disbursement 30 USD 2019-01-01; ");
  EXPECT_THAT(preview.rows_told, ElementsAre("2018: 3 rows: 2 of data, 1 of headers",
                                             "2019: 2 rows: 1 of data, 1 of headers"));
  std::vector<std::string> not_read;
  for (const auto& problem : preview.problems)
    if (problem.rule == "sheet.not-read") not_read.push_back(problem.place);
  EXPECT_THAT(not_read, ElementsAre("2020", "Notes"));
  PreviewOptions one;
  one.sheet = "2019";
  EXPECT_EQ(make_preview(file.path(), known, one).rows, 1u);
  one.sheet = "2031";
  EXPECT_THROW(make_preview(file.path(), known, one), Error);
}

TEST(MappingSheets, any_bytes_below_headers_are_read_or_refused) {
  const auto known = get_mapping(nullptr, sheet_place("values.yaml"));
  rc::check([&](const std::vector<std::uint8_t>& noise, bool json) {
    std::string content = json ? "[{\"id\": \"1\", \"name\": \"A\", \"where\": "
                               : "id,name,where,share,state,counted,sum,paid,unit\n1,A,";
    content.append(noise.begin(), noise.end());
    const test::TemporaryFile file(content);
    try {
      const auto preview = make_preview(file.path(), known);
      RC_ASSERT(preview.rows >= preview.initiatives);
      propose_mapping(*sheet::open_workbook(file.path()));
    } catch (const Error&) {
    }
  });
}

TEST(MappingSheets, a_proposal_reads_what_it_was_made_from) {
  // A title, headers over two rows, a column a year, and a row of totals.
  const test::TemporaryFile file(
      "Cooperation given,,,,\n"
      "Code,Project name,Country,Budget,\n"
      ",,,2019,2020\n"
      "P-1,Wells for the villages,Kenya,100,200\n"
      "P-2,Roads to the coast,Mozambique,,300\n"
      ",Total,,100,500\n");
  const auto workbook = sheet::open_workbook(file.path());
  ProposalOptions options;
  options.publisher = "XX-GOV-PLAN";
  auto proposal = propose_mapping(*workbook, options);
  EXPECT_EQ(proposal.header, 2u);
  FieldRule currency;
  currency.field = "currency";
  currency.value = "USD";
  proposal.mapping.tables[0].fields.push_back(currency);  // what a person would add
  EXPECT_THAT(check_mapping(proposal.mapping), IsEmpty());
  const auto known = know_mapping(read_mapping(write_mapping(proposal.mapping)), "proposal");
  const auto preview = make_preview(file.path(), known);
  ASSERT_THAT(preview.records, SizeIs(2));
  EXPECT_EQ(money_of(preview.records[0]),
            "commitment 100 USD 2019-01-01; commitment 200 USD 2020-01-01; ");
  EXPECT_EQ(money_of(preview.records[1]), "commitment 300 USD 2020-01-01; ");
  EXPECT_THAT(places_of(preview.records[1]), ElementsAre("MZ"));
}

TEST(MappingSheets, unseen_sheets_of_five_languages_are_proposed) {
  const auto fields_of = [](const char* csv) {
    const test::TemporaryFile file(csv);
    const auto workbook = sheet::open_workbook(file.path());
    std::string fields;
    for (const auto& column : propose_mapping(*workbook).columns) fields += column.rule.field + " ";
    return fields;
  };
  EXPECT_EQ(fields_of("Numéro;Intitulé du projet;Pays bénéficiaire;Montant;Devise;Date de début\n"
                      "A1;Forage de puits au village;Tchad;1500,5;EUR;12/03/2015\n"
                      "A2;Formation des maîtres d'école;Côte d'Ivoire;900;EUR;30/04/2016\n"),
            "identifier title recipient amount currency start ");
  EXPECT_EQ(fields_of("Código,Nombre del proyecto,País receptor,Estado,Monto,Moneda\n"
                      "1,Semillas para el altiplano,Bolivia,Cerrada,2000,USD\n"
                      "2,Salud rural en la costa,Perú,En ejecución,3000,USD\n"),
            "identifier title recipient status amount currency ");
  EXPECT_EQ(fields_of("الرقم,اسم المشروع,الدولة المستفيدة,المبلغ,العملة\n"
                      "١,بناء مدرسة في الريف,السودان,1000,USD\n"
                      "٢,تدريب المعلمين في المدينة,مصر,2000,USD\n"),
            "identifier title recipient amount currency ");
  EXPECT_EQ(fields_of("Номер;Название проекта;Страна;Сумма;Валюта\n"
                      "К-1;Строительство больницы в области;Таджикистан;100;RUB\n"
                      "К-2;Обучение врачей и медсестер;Кыргызстан;200;RUB\n"),
            "identifier title recipient amount currency ");
  EXPECT_EQ(
      fields_of(
          "编号,项目名称,受援国,金额,币种,年份\n1,乡村水井建设和维护项目,肯尼亚,100,CNY,2015\n"
          "2,教师培训和教材编写项目,乍得,200,CNY,2016\n"),
      "identifier title recipient amount currency year ");
}

}  // namespace
}  // namespace austral::mapping
