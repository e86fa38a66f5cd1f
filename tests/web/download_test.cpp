// Downloads: named, whole, few at a time, and let go of when their reader goes.
#include "web/pages/download.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "base/error.hpp"
#include "registry/synthetic.hpp"
#include "support/postgres.hpp"

namespace austral::web {
namespace {

using namespace registry::synthetic;
using ::testing::HasSubstr;
using ::testing::Not;

class Downloads : public testing::EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    if (IsSkipped()) return;
    database_ = make_register();
    std::vector<registry::Record> records;
    for (int i = 0; i < 600; ++i)
      records.push_back(make_record("BR-GOV-1", "A" + std::to_string(i)));
    import_records(*database_, records);
    site_.pool = std::make_shared<store::Pool>(address(), store::Access::read_only, 6);
    site_.downloads = std::make_shared<Turns>(2);
  }
  Response ask(const std::string& target, const std::string& twin) {
    Request request;
    read_target(target, request);
    request.headers = {{"Host", "register.example:8080"}};
    request.twin = twin;
    return download_initiatives(site_, request, {"Words: wells", [](store::Database& snapshot) {
                                                   return registry::find_keys(snapshot,
                                                                              {.limit = 0});
                                                 }});
  }
  static std::string whole(Response& response) {
    std::string bytes;
    while (response.producer(bytes)) {
    }
    return bytes;
  }
  std::unique_ptr<store::Database> database_;
  Site site_;
};

TEST_P(Downloads, hold_all_rows_and_what_was_asked) {
  auto csv = ask("/initiatives.csv?columns=identifier&columns=permalink", "csv");
  EXPECT_THAT(*csv.find_header("Content-Disposition"), HasSubstr("initiatives.csv"));
  const auto rows = whole(csv);
  EXPECT_TRUE(rows.starts_with("\xEF\xBB\xBFidentifier,permalink\r\n"));
  EXPECT_EQ(std::count(rows.begin(), rows.end(), '\n'), 601);
  EXPECT_THAT(rows, HasSubstr("\nA599,http://register.example:8080/initiatives/A599\r\n"));
  auto json = ask("/initiatives.json?grain=participation", "json");
  const auto told = boost::json::parse(whole(json));
  EXPECT_EQ(told.at("query").as_string(), "Words: wells");
  EXPECT_EQ(told.at("query_url").as_string(),
            "http://register.example:8080/initiatives.json?grain=participation");
  EXPECT_EQ(told.at("total_rows").as_int64(), std::int64_t(told.at("rows").as_array().size()));
}

TEST_P(Downloads, take_turns_and_give_them_back) {
  auto first = ask("/initiatives.csv", "csv");
  std::string part;
  ASSERT_TRUE(first.producer(part));
  auto second = ask("/initiatives.xlsx", "xlsx");
  try {
    ask("/initiatives.json", "json");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Kind::unavailable);
  }
  first.producer = nullptr;  // what the server does when its reader is gone
  EXPECT_TRUE(whole(second).starts_with("PK"));
  auto third = ask("/initiatives.json", "json");
  EXPECT_THAT(whole(third), HasSubstr("\"total_rows\":600"));
}

TEST_P(Downloads, refuse_before_they_begin) {
  EXPECT_THROW(ask("/initiatives.csv?grain=row", "csv"), Error);
  for (int i = 0; i < 20; ++i)  // neither turns nor connections are lost
    EXPECT_THROW(ask("/initiatives.csv?columns=nothing", "csv"), Error);
  auto fine = ask("/initiatives.csv", "csv");
  EXPECT_THAT(whole(fine), HasSubstr("A599"));
}

TEST_P(Downloads, hold_the_records_in_a_standards_words) {
  Request request;
  read_target("/initiatives/as/iati?q=wells", request);
  request.headers = {{"Host", "register.example:8080"}};
  const auto ask_as = [&](const char* format) {
    return download_records(
        site_, request, *standards::find_export_format(format),
        {"Words: wells",
         [](store::Database& snapshot) { return registry::find_keys(snapshot, {.limit = 0}); }},
        "initiatives");
  };
  auto iati = ask_as("iati");
  EXPECT_THAT(*iati.find_header("Content-Disposition"), HasSubstr("initiatives.xml"));
  const auto xml = whole(iati);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(xml.c_str()));
  const auto activities = document.child("iati-activities").children("iati-activity");
  EXPECT_EQ(std::distance(activities.begin(), activities.end()), 600);
  EXPECT_THAT(xml, HasSubstr("Words: wells"));
  auto geojson = ask_as("geojson");
  EXPECT_EQ(boost::json::parse(whole(geojson)).at("type").as_string(), "FeatureCollection");
  iati = geojson = {};  // what is under way takes a turn
  auto crs = ask_as("crs");
  EXPECT_THAT(*crs.find_header("Content-Disposition"), HasSubstr("initiatives.txt"));
  const auto rows = whole(crs);
  EXPECT_EQ(rows.substr(0, 15), "Year|DonorCode|");
  EXPECT_GT(std::count(rows.begin(), rows.end(), '\n'), 1);
}

TEST_P(Downloads, are_offered_with_the_search_kept) {
  Request request;
  read_target("/initiatives?recipient=KE&page=3", request);
  const auto html =
      render("download", make_download_part(request, get_language("en")), get_language("en"));
  EXPECT_THAT(html, HasSubstr("name=\"recipient\" value=\"KE\""));
  EXPECT_THAT(html, HasSubstr("formaction=\"/initiatives.xlsx\""));
  EXPECT_THAT(html, Not(HasSubstr("name=\"page\"")));
  EXPECT_THAT(html, HasSubstr("href=\"/initiatives/as/iati?recipient=KE\""));
}

AUSTRAL_ON_BOTH_ENGINES(Downloads);

}  // namespace
}  // namespace austral::web
