// Templates, words, tables: everything escaped, every key known, figures exact, unknown never zero.
#include "web/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "base/embedded.hpp"
#include "base/text.hpp"
#include "web/demo_site.hpp"
#include "web/template.hpp"

namespace austral::web {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Language& english() { return get_language("en"); }

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr const char* attack = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

std::set<std::string> names_in(const std::string& source, const std::string& expression) {
  std::set<std::string> names;
  const std::regex pattern(expression);
  for (std::sregex_iterator at(source.begin(), source.end(), pattern), end; at != end; ++at)
    names.insert((*at)[1].str());
  return names;
}

TEST(Templates, escape_every_value) {
  for (const auto& file : embedded_files_below("pages/templates/")) {
    const std::string name(file.path.substr(16, file.path.size() - 16 - 5));
    const auto source = expand_template(name, "en");
    View view;
    for (const auto& value : names_in(source, R"(\{\{([a-z_]+)\}\})"))
      if (!value.starts_with("html_")) view[value] = attack;
    // A section over a list of one object, so that what stands inside is filled as well.
    const auto inner = view;
    for (const auto& section : names_in(source, R"(\{\{#([a-z_]+)\}\})"))
      if (!view.contains(section)) view[section] = boost::json::array{inner};
    const auto page = render(name, view, english());
    for (const auto* leak : {"<script>alert", "<img src=x", "\"'>", "{{"})
      EXPECT_EQ(page.find(leak), std::string::npos) << name << " lets through " << leak;
    EXPECT_TRUE(view.empty() || page.find("&lt;script&gt;") != std::string::npos) << name;
  }
}

TEST(Templates, put_raw_only_what_a_template_made) {
  for (const auto& file : embedded_files_below("pages/templates/")) {
    const std::string source(file.bytes);
    for (const auto& raw : names_in(source, R"(\{\{\{\s*([^}]*?)\s*\}\}\})"))
      EXPECT_TRUE(raw.starts_with("html_")) << file.path << ": " << raw;
    EXPECT_THAT(source, Not(HasSubstr("{{&"))) << file.path;
    EXPECT_THAT(source, Not(HasSubstr("style="))) << file.path;
    EXPECT_FALSE(std::regex_search(source, std::regex(R"(\son[a-z]+=)"))) << file.path;
  }
}

TEST(Templates, name_what_is_missing) {
  EXPECT_THROW(render("no_such_template", {}, english()), Error);
}

TEST(Words, every_key_used_is_in_english) {
  const std::filesystem::path root = AUSTRAL_SOURCE_DIR;
  std::set<std::string> used;
  for (const auto& file : embedded_files_below("pages/templates/"))
    used.merge(names_in(std::string(file.bytes), R"(\{\{t:\s*([a-z0-9_.]+)\s*\}\})"));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           root / "src/", std::filesystem::directory_options::follow_directory_symlink))
    if (entry.path().extension() == ".cpp")
      used.merge(names_in(read_file(entry.path()), R"([.>( ]t\("([a-z0-9_]+\.[a-z0-9_.]+)\")"));
  EXPECT_GT(used.size(), 30u);
  boost::json::object words;
  for (const auto& file : embedded_files_below("pages/lang/"))
    if (file.path == "pages/lang/en.json") words = boost::json::parse(file.bytes).as_object();
  // What ends with a point is put together with the rest of its key.
  const auto begins_one = [&](const std::string& key) {
    return key.ends_with('.') && std::any_of(words.begin(), words.end(), [&](const auto& word) {
             return std::string_view(word.key()).starts_with(key);
           });
  };
  for (const auto& key : used) EXPECT_TRUE(english().has(key) || begins_one(key)) << key;
}

TEST(Words, no_language_has_a_key_that_english_lacks) {
  for (const auto& code : catalogue_languages()) {
    const auto path = "pages/lang/" + code + ".json";
    for (const auto& file : embedded_files_below("pages/lang/")) {
      if (file.path != path) continue;
      const auto words = boost::json::parse(file.bytes);
      for (const auto& [key, text] : words.as_object())
        EXPECT_TRUE(english().has(std::string_view(key))) << path << ": " << key;
    }
  }
}

TEST(Words, plurals_and_fallback) {
  EXPECT_EQ(english().t("table.rows", {{"count", std::int64_t(0)}}), "No rows");
  EXPECT_EQ(english().t("table.rows", {{"count", std::int64_t(1)}}), "1 row");
  EXPECT_EQ(english().t("table.rows", {{"count", std::int64_t(12345)}}), "12,345 rows");
  EXPECT_EQ(english().t("no.such.key"), "[[no.such.key]]");
  EXPECT_EQ(get_language("xx").code(), "en");
  EXPECT_EQ(get_language("ar").dir(), "rtl");
}

TEST(Words, numbers_and_dates_as_the_language_writes_them) {
  EXPECT_EQ(english().number(Decimal{123456789012345678, 2}), "1,234,567,890,123,456.78");
  EXPECT_EQ(english().number(Decimal{1250, 2}), "12.50");
  EXPECT_EQ(english().date(*make_date(2009, 12, 1)), "1 December 2009");
  EXPECT_EQ(get_language("fr").date(*make_date(2009, 12, 1)), "1 décembre 2009");
  EXPECT_EQ(get_language("fr").number(std::int64_t(1234567)), "1\u202f234\u202f567");
  EXPECT_EQ(get_language("ar").number(std::int64_t(1234567)), "1,234,567");
}

Table small_table() {
  Table table;
  table.name = "t";
  table.title = "T";
  table.columns = {{"name", "Name", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::money, "USD"}};
  table.rows = {{std::string("b"), Decimal{150, 2}},
                {std::string("a"), std::monostate{}},
                {std::string("<i>"), std::int64_t{20}},
                {std::string("é"), Decimal{-5, 1}}};
  table.links = {"/b", "/a", "/i", "/e"};
  return table;
}

std::vector<std::string> order_after(const std::string& query) {
  auto table = small_table();
  Request request;
  request.query = parse_query(query);
  arrange(table, read_arrangement(request), english());
  return table.links;
}

TEST(Tables, sort_by_value_with_unknown_last) {
  EXPECT_THAT(order_after("sort=amount"), ElementsAre("/e", "/b", "/i", "/a"));
  EXPECT_THAT(order_after("sort=-amount"), ElementsAre("/i", "/b", "/e", "/a"));
  EXPECT_THROW(order_after("sort=no_column"), Error);
  EXPECT_THAT(order_after("page=2"), ElementsAre());
  EXPECT_THAT(order_after("page=-7&sort=-"), ElementsAre("/b", "/a", "/i", "/e"));
}

TEST(Tables, show_unknown_as_unknown_and_align_points) {
  Request request;
  request.path = "/reports/t";
  request.query = parse_query("provider=BRA&page=2");
  const auto html = render_table(small_table(), {}, request, english());
  EXPECT_THAT(html, HasSubstr("<span class=\"hidden\">not known</span>"));
  EXPECT_THAT(html, HasSubstr(">20<span class=\"pad\" aria-hidden=\"true\">\u2008\u2007\u2007<"));
  EXPECT_THAT(html, HasSubstr(">1.50<"));
  EXPECT_THAT(html, HasSubstr("&lt;i&gt;"));
  EXPECT_THAT(html, HasSubstr("<span class=\"unit\">USD</span>"));
  EXPECT_THAT(html, HasSubstr("href=\"/reports/t.csv?provider=BRA\""));
  EXPECT_THAT(html, HasSubstr("href=\"/reports/t?provider=BRA&amp;sort=-amount\""));
  EXPECT_THAT(html, HasSubstr("4 rows"));
}

Request make_request(const std::string& target, const std::string& method = "GET") {
  Request request;
  request.method = method;
  read_target(target, request);
  return request;
}

TEST(Routes, twins_only_where_a_table_is) {
  const auto router = demo::make_router();
  EXPECT_THAT(router->answer(make_request("/reports.json?sort=-amount")).body,
              HasSubstr("\"total_rows\":120"));
  EXPECT_EQ(router->answer(make_request("/reports.csv")).body, "120\n");
  EXPECT_EQ(router->answer(make_request("/reports.exe")).status, 404);
  EXPECT_EQ(router->answer(make_request("/echo/report.csv")).body, "report.csv");
  EXPECT_EQ(router->answer(make_request("/echo/a.json")).body, "a.json");
}

TEST(Routes, lead_back_to_the_address_without_slash) {
  const auto router = demo::make_router();
  const auto answer = router->answer(make_request("/reports/?a=1"));
  EXPECT_EQ(answer.status, 308);
  EXPECT_EQ(answer.find_header("Location"), "/reports?a=1");
  EXPECT_EQ(router->answer(make_request("//evil.example/")).status, 404);
  EXPECT_THROW(redirect("//evil.example"), Error);
  EXPECT_THROW(redirect("https://evil.example"), Error);
}

TEST(Routes, refuse_forms_of_other_sites) {
  const auto router = demo::make_router();
  auto request = make_request("/echo", "POST");
  request.headers = {{"sec-fetch-site", "cross-site"}};
  EXPECT_EQ(router->answer(request).status, 403);
  request.headers = {{"sec-fetch-site", "same-origin"}};
  EXPECT_EQ(router->answer(request).status, 200);
}

TEST(Routes, refuse_to_be_there_twice) {
  Router router;
  const auto handler = [](const Request&) { return Response{}; };
  router.add({"GET", "/a/{id}", "read", "", handler});
  EXPECT_THROW(router.add({"GET", "/a/{id}", "read", "", handler}), Error);
  router.add({"GET", "/a/new", "read", "", [](const Request&) { return text("exact"); }});
  EXPECT_EQ(router.answer(make_request("/a/new")).body, "exact");
}

TEST(Http, reads_queries_cookies_and_languages) {
  EXPECT_THAT(parse_query("a=1&b=%20x+y&a=2&&c"),
              ElementsAre(std::pair("a", "1"), std::pair("b", " x y"), std::pair("a", "2"),
                          std::pair("c", "")));
  Request request;
  request.headers = {{"Accept-Language", "de;q=1, ru;q=0.3, zh-Hant;q=0.7"}};
  EXPECT_EQ(choose_language(request), "zh");
  request.headers.emplace_back("cookie", "x=1; lang=es");
  EXPECT_EQ(choose_language(request), "es");
  request.query = {{"lang", "AR"}};
  EXPECT_EQ(choose_language(request), "ar");
  request.query = {{"lang", "../../x"}};
  EXPECT_EQ(choose_language(request), "es");
  EXPECT_EQ(make_request("http://host:8080/a%20b?c=d").path, "/a%20b");
  EXPECT_EQ(link_with("/r", {{"a", "1"}, {"page", "3"}}, {{"page", ""}, {"b", "x y"}}),
            "/r?a=1&b=x%20y");
}

TEST(Http, headers_cannot_be_split) {
  Response response;
  response.set("X-Test", "a\r\nSet-Cookie: b=c");
  EXPECT_EQ(response.find_header("x-test"), "aSet-Cookie: b=c");
}

TEST(Css, stays_under_twenty_kilobytes_and_logical) {
  const std::string css(get_embedded_file("pages/assets/austral.css"));
  EXPECT_LT(css.size(), 20'000u);
  EXPECT_FALSE(std::regex_search(css, std::regex("(margin|padding|border)-(left|right)")));
  EXPECT_THAT(css, Not(HasSubstr("http")));
}

}  // namespace
}  // namespace austral::web
