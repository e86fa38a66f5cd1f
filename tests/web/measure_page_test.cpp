// The pages of measurement over a register of invented contributions in kind: figures that open
// onto rows which add up, questions that cannot be answered, drafts with faults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>

#include "base/text.hpp"
#include "measurement/methodology_store.hpp"
#include "registry/link_store.hpp"
#include "standards/mapping/reader.hpp"
#include "store/schema.hpp"
#include "web/measures.hpp"
#include "web/pages/measure.hpp"

namespace austral::web {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string data_path = AUSTRAL_SOURCE_DIR "/tests/data/measurement/";

/// The whole site's routes over a register of its own, asked without a socket.
class MeasureSite {
 public:
  MeasureSite() {
    folder_ = (std::filesystem::temp_directory_path() / "austral-test.XXXXXX").string();
    if (!::mkdtemp(folder_.data())) throw std::runtime_error("no temporary folder");
    address_ = folder_ + "/test.db";
    {
      const auto database = store::open_register(address_, store::Access::create);
      mapping::SheetImport how;
      how.mapping = data_path + "example.yaml";
      const auto known = mapping::choose_mapping(database.get(), data_path + "example.csv", how);
      mapping::import_sheet(*database, data_path + "example.csv", known, how, {});
      registry::draw_links(*database);
    }
    Site site;
    site.pool = std::make_shared<store::Pool>(address_, store::Access::read_only, 4);
    site.assets = std::make_shared<const Assets>();
    const auto pages = std::make_shared<Pages>(site.assets, [] { return std::string("1"); });
    site.pages = pages;
    site.cubes = std::make_shared<Cubes>(
        std::make_shared<store::Pool>(address_, store::Access::read_only, 2));
    site.words = std::make_shared<WordIndex>(
        std::make_shared<store::Pool>(address_, store::Access::read_only, 2), folder_ + "/words");
    site.router = &router_;
    site.measures = measures_;
    router_.error_page = [pages](const Request& request, int status, const std::string& said) {
      return pages->show_error(request, status, said);
    };
    add_pages(router_, std::make_shared<const Site>(std::move(site)));
  }
  ~MeasureSite() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  Response ask(const std::string& target, const std::string& method = "GET",
               const std::string& body = "") const {
    Request request;
    request.method = method;
    read_target(target, request);
    request.body = body;
    return router_.answer(request);
  }
  std::string page(const std::string& target, int status = 200) const {
    const auto response = ask(target);
    EXPECT_EQ(response.status, status) << target << "\n" << response.body.substr(0, 2000);
    return response.body;
  }
  boost::json::object table(const std::string& target) const {
    return boost::json::parse(page(target)).as_object();
  }
  boost::json::array rows(const std::string& target) const {
    return table(target).at("rows").as_array();
  }
  const std::string& address() const { return address_; }
  Measures& measures() const { return *measures_; }

 private:
  std::string folder_, address_;
  Router router_;
  std::shared_ptr<Measures> measures_ = std::make_shared<Measures>();
};

const MeasureSite& measure_site() {
  static const MeasureSite site;
  return site;
}

Decimal cell_amount(const boost::json::value& cell) {
  return cell.is_null() ? Decimal{} : *parse_decimal(std::string(cell.as_string()));
}

std::string draft_form(const std::string& text, const std::string& more = "") {
  return "text=" + percent_encode(text) + more;
}

TEST(MeasurePages, every_address_answers_as_page_and_file) {
  const auto& site = measure_site();
  for (const auto* path :
       {"/measure", "/measure/items", "/measure/rows", "/measure/left-out", "/measure/needs",
        "/measure/spread", "/measure/mirror", "/measure/country-sheet", "/bridge", "/bridge/rows",
        "/methodologies", "/methodologies/unctad", "/methodologies/unctad?with=tossd", "/prices"}) {
    const auto page = site.page(path);
    EXPECT_THAT(page, AllOf(HasSubstr("<h1>"), Not(HasSubstr("[[")))) << path;
    EXPECT_LT(page.size(), 160'000u) << path;
    const std::string bare = std::string(path).substr(0, std::string(path).find('?'));
    EXPECT_FALSE(site.table(bare + ".json").at("columns").as_array().empty()) << path;
  }
}

TEST(MeasurePages, a_figure_opens_onto_rows_that_add_up) {
  const auto& site = measure_site();
  const auto page = site.page("/measure");
  std::size_t opened = 0;
  for (const auto& row : site.rows("/measure.json")) {
    if (row.at("amount").is_null() || row.at("rows").is_null()) continue;
    const std::string code(row.at("code").as_string());
    EXPECT_THAT(page, HasSubstr("/measure/rows?item=" + code)) << code;
    Decimal sum;
    for (const auto& one : site.rows("/measure/rows.json?item=" + code))
      sum = *add(sum, cell_amount(one.at("amount")));
    EXPECT_EQ(sum, cell_amount(row.at("amount"))) << code;
    ++opened;
  }
  EXPECT_EQ(opened, 4u);  // of the four items in kind that the example has prices for
  EXPECT_THAT(site.page("/measure/rows?item=B1"), HasSubstr("the figure of the table"));
}

TEST(MeasurePages, the_steps_of_a_bridge_add_up) {
  const auto all = measure_site().rows("/bridge.json?first=unctad&second=oda-cash");
  Decimal sum;
  ASSERT_GT(all.size(), 1u);
  for (std::size_t n = 0; n + 1 < all.size(); ++n)
    sum = *add(sum, cell_amount(all[n].at("difference")));
  EXPECT_EQ(sum, cell_amount(all.back().at("difference")));
  EXPECT_THAT(measure_site().page("/bridge?first=unctad&second=oda-cash"),
              HasSubstr("data-kind=\"steps\""));
}

TEST(MeasurePages, two_currencies_have_no_bridge_and_say_so) {
  EXPECT_THAT(measure_site().page("/bridge?first=unctad&second=cobradi"),
              HasSubstr("role=\"alert\""));
  EXPECT_EQ(measure_site().ask("/bridge.json?first=unctad&second=cobradi").status, 400);
}

TEST(MeasurePages, what_cannot_be_asked_is_refused_with_what_can) {
  const auto& site = measure_site();
  EXPECT_THAT(site.page("/measure?methodology=unknown", 404), HasSubstr("unctad"));
  EXPECT_THAT(site.page("/measure?kinds=gift", 400), HasSubstr("disbursement"));
  EXPECT_THAT(site.page("/measure?year=2015-2010", 400), HasSubstr("2010-2015"));
  EXPECT_THAT(site.page("/measure?methodolgy=tossd", 400), HasSubstr("methodology"));
  EXPECT_THAT(site.page("/measure/rows?item=Z9", 404), HasSubstr("Z9"));
  EXPECT_THAT(site.page("/measure/left-out?reason=mood", 404), HasSubstr("no_price"));
  EXPECT_THAT(site.page("/prices?series=ppq", 404), HasSubstr("ppp"));
  EXPECT_THAT(site.page("/methodologies/unknown", 404), HasSubstr("tossd"));
}

TEST(MeasurePages, an_empty_answer_says_why_and_what_to_do) {
  const auto page = measure_site().page("/measure?kinds=commitment");
  EXPECT_THAT(page, AllOf(HasSubstr("Nothing is measured"), HasSubstr("/measure/left-out")));
  const auto nobody = measure_site().page("/measure?year=1950");
  EXPECT_THAT(nobody, HasSubstr("no contribution between these partners"));
}

TEST(MeasurePages, files_of_a_question) {
  const auto& site = measure_site();
  EXPECT_TRUE(site.page("/measure/as/workbook").starts_with("PK"));
  EXPECT_THAT(site.page("/measure/as/frozen"), HasSubstr("\"methodology\""));
  EXPECT_THAT(site.page("/measure/as/sdmx-csv"), HasSubstr("DATAFLOW"));
  EXPECT_THAT(site.page("/measure/as/sdmx-ml?area=recipient"), HasSubstr("<?xml"));
  EXPECT_EQ(site.ask("/measure/as/sdmx-ml?area=moon").status, 400);
}

TEST(MeasurePages, a_methodology_gives_its_text_and_hash) {
  const auto& site = measure_site();
  const auto& shipped = measurement::shipped_methodologies();
  for (const auto& one : shipped) {
    EXPECT_EQ(site.page("/methodologies/" + one.name + "/methodology.yaml"), one.text);
    EXPECT_THAT(site.page("/methodologies/" + one.name), HasSubstr(one.digest));
  }
}

TEST(MeasurePages, a_draft_with_faults_shows_each_at_its_line) {
  std::string text = measurement::shipped_methodologies().front().text;
  const auto at = text.find("\ngroups:");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 8, "\ngruops:");
  const auto line = std::count(text.begin(), text.begin() + std::ptrdiff_t(at) + 1, '\n') + 1;
  const auto answer = measure_site().ask("/methodologies/draft", "POST", draft_form(text));
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, AllOf(HasSubstr("Line " + std::to_string(line)), HasSubstr("gruops:"),
                                 HasSubstr("cannot be used yet")));
}

TEST(MeasurePages, a_draft_is_measured_and_not_kept) {
  const auto& site = measure_site();
  const auto database = store::open_register(site.address(), store::Access::read_only);
  const auto before = measurement::list_methodologies(*database).size();
  std::string text = measurement::get_methodology(*database, "unctad")->text;
  const auto version = text.find("version: \"");
  text.insert(version + 10, "9.");
  const auto answer =
      site.ask("/methodologies/draft", "POST", draft_form(text, "&year=&provider=Brazil"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, AllOf(HasSubstr("version 9."), HasSubstr("not kept")));
  for (const auto& row : site.rows("/measure.json?provider=BR"))
    if (!row.at("amount").is_null() && !row.at("rows").is_null()) {
      const auto amount = get_language("en").number(cell_amount(row.at("amount")));
      EXPECT_THAT(answer.body, HasSubstr(amount)) << row.at("code");
    }
  EXPECT_EQ(measurement::list_methodologies(*database).size(), before);
  EXPECT_EQ(site.ask("/methodologies/draft", "POST", draft_form(text, "&year=soon")).status, 400);
}

TEST(Measures, one_reading_serves_every_methodology_and_side) {
  const auto& site = measure_site();
  const auto database = store::open_register(site.address(), store::Access::read_only);
  Measures measures;
  measurement::Asking asking;
  for (const auto* name : {"unctad", "tossd", "oda-cash", "unctad"})
    for (const auto side : {measurement::Side::reconciled, measurement::Side::provider}) {
      asking.options.side = side;
      measures.answer(*database, asking, measurement::get_methodology(*database, name));
    }
  EXPECT_EQ(measures.reads(), 1u);
  const auto rules = measurement::get_methodology(*database, "unctad");
  EXPECT_EQ(measures.answer(*database, asking, rules), measures.answer(*database, asking, rules));
  asking.facts.first_year = asking.facts.last_year = 2024;
  measures.answer(*database, asking, rules);
  EXPECT_EQ(measures.reads(), 2u);
  EXPECT_GT(measures.bytes(), 0u);
}

TEST(Measures, keep_within_their_bound) {
  const auto& site = measure_site();
  const auto database = store::open_register(site.address(), store::Access::read_only);
  const auto rules = measurement::get_methodology(*database, "unctad");
  Measures measures(1);
  measurement::Asking asking;
  const auto first = measures.answer(*database, asking, rules);
  EXPECT_EQ(measures.bytes(), 0u);
  EXPECT_EQ(measures.answer(*database, asking, rules)->valued.size(), first->valued.size());
  EXPECT_EQ(measures.reads(), 2u);
}

}  // namespace
}  // namespace austral::web
