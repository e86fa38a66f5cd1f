// Parameters, refusals, headers for other sites' scripts, and the API's description of itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/embedded.hpp"
#include "web/demo_site.hpp"
#include "web/openapi.hpp"
#include "web/pages/explore.hpp"
#include "web/site.hpp"

namespace austral::web {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Request request_of(const std::string& target, const std::string& method = "GET") {
  Request request;
  request.method = method;
  read_target(target, request);
  return request;
}

/// The routes of the real site; none of them is asked.
const Router& real_router() {
  static const auto router = [] {
    auto all = std::make_unique<Router>();
    add_fixed_routes(*all, std::make_shared<const Assets>(), [] { return Health{}; });
    add_pages(*all, std::make_shared<const Site>());
    add_openapi(*all);
    return all;
  }();
  return *router;
}

std::string refusal_of(const std::string& words, const Fields& query) {
  try {
    check_parameters(read_parameters(words), query);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Kind::invalid);
    return error.what();
  }
  return "";
}

TEST(Parameters, know_sets_names_and_the_language) {
  std::vector<std::string> names;
  for (const auto& one : read_parameters("name @order")) names.push_back(one.name);
  EXPECT_THAT(names, ElementsAre("name", "sort", "page", "lang"));
}

TEST(Parameters, unknown_ones_are_refused_with_the_nearest_name) {
  const auto said = refusal_of("@search", {{"recipent", "KE"}});
  EXPECT_THAT(said, HasSubstr("'recipent'; did you mean 'recipient'?"));
  EXPECT_THAT(said, HasSubstr("provider_in"));
  EXPECT_THAT(refusal_of("", {{"wholly_other", "1"}}), HasSubstr("It knows: lang."));
  EXPECT_THAT(refusal_of("", {{"", "1"}}), HasSubstr("''"));
}

TEST(Parameters, values_of_the_wrong_type_are_refused_with_a_remedy) {
  for (const auto& [name, value, remedy] :
       {std::tuple{"page", "abc", "from 1 to 1000000"}, std::tuple{"page", "0", "from 1"},
        std::tuple{"page", "1.5", "whole number"}, std::tuple{"page", " 1", "whole number"},
        std::tuple{"per_page", "13", "25, 50, 100, 250"},
        std::tuple{"sort", "a b", "column's name"}, std::tuple{"since", "yesterday", "1900"},
        std::tuple{"perspective", "mine", "reconciled"}, std::tuple{"by", "a;b", "commas"},
        std::tuple{"lang", "not a tag!", "language"}}) {
    const auto said = refusal_of("@search @pages", {{name, value}});
    EXPECT_THAT(said, HasSubstr(remedy)) << name << "=" << value;
    EXPECT_THAT(said, HasSubstr("'" + std::string(name) + "'"));
    EXPECT_THAT(said, HasSubstr("'" + std::string(value) + "'"));
  }
}

TEST(Parameters, good_empty_and_foreign_ones_pass) {
  EXPECT_EQ(refusal_of("@search @pages @choice", {{"recipient", "KE"},
                                                  {"recipient", "UG"},
                                                  {"page", ""},
                                                  {"per_page", "25"},
                                                  {"sort", "-start"},
                                                  {"by", "provider,year"},
                                                  {"utm_source", "letter"},
                                                  {"fbclid", "x"},
                                                  {"lang", "pt-BR"},
                                                  {"q", "anything & all"}}),
            "");
}

TEST(Parameters, single_ones_come_once) {
  EXPECT_THAT(refusal_of("@pages", {{"page", "1"}, {"page", "2"}}), HasSubstr("more than once"));
  EXPECT_THAT(refusal_of("provider", {{"provider", "BR"}, {"provider", "IN"}}),
              HasSubstr("takes one value"));
}

TEST(Parameters, the_nearest_name_is_near) {
  const std::vector<std::string> known = {"provider", "recipient", "year"};
  EXPECT_EQ(nearest_name("provdier", known), "provider");
  EXPECT_EQ(nearest_name("years", known), "year");
  EXPECT_EQ(nearest_name("xyz", known), "");
  EXPECT_EQ(nearest_name(std::string(100'000, 'p'), known), "");
}

TEST(Parameters, every_one_has_its_words) {
  const auto& english = get_language("en");
  for (const auto& one : all_parameters())
    EXPECT_TRUE(english.has("api.param." + one.name)) << one.name;
  for (const auto& route : real_router().routes())
    for (const auto& one : route.known)
      EXPECT_TRUE(english.has("api.param." + one.name)) << route.pattern << " " << one.name;
}

TEST(Parameters, examples_fit_their_own_type) {
  for (const auto& one : all_parameters())
    EXPECT_EQ(refusal_of(one.name, {{one.name, std::string(one.example)}}), "");
}

TEST(Parameters, know_each_view_of_the_explorer) {
  for (const auto& view : explorer_views()) EXPECT_EQ(refusal_of("@search", {{"view", view}}), "");
  EXPECT_NE(refusal_of("@search", {{"view", "tabel"}}), "");
}

TEST(OpenApi, describes_exactly_the_routes) {
  std::set<std::string> routed, described;
  for (const auto& route : real_router().routes()) {
    if (!route.described) {  // forms for people, and what they lead to
      EXPECT_TRUE(route.pattern.starts_with("/sheet") || route.pattern == "/methodologies/draft")
          << "describe " << route.pattern;
      continue;
    }
    ASSERT_TRUE(route.method == "GET" || route.method == "POST") << "describe it as well";
    routed.insert(route.method + route.pattern);
    if (!route.table) continue;
    for (const auto* twin : {".json", ".csv", ".xlsx"}) routed.insert("GET" + route.pattern + twin);
  }
  const auto api = describe_api(real_router().routes(), get_language("en"));
  for (const auto& path : api.at("paths").as_object())
    for (const auto& operation : path.value().as_object())
      described.insert((operation.key() == "post" ? "POST" : "GET") + std::string(path.key()));
  EXPECT_EQ(routed, described);
  EXPECT_TRUE(routed.contains("GET/api/openapi.json"));
  EXPECT_TRUE(routed.contains("POST/check"));
}

TEST(OpenApi, has_words_and_targets_for_everything) {
  const auto api = describe_api(real_router().routes(), get_language("en"));
  const auto text = boost::json::serialize(api);
  EXPECT_THAT(text, Not(HasSubstr("[[")));
  std::size_t references = 0;
  for (auto from = text.find("\"$ref\":\"#"); from != std::string::npos;
       from = text.find("\"$ref\":\"#", from + 1)) {
    const auto begin = from + 9;
    const auto pointer = text.substr(begin, text.find('"', begin) - begin);
    EXPECT_NO_THROW(boost::json::value(api).at_pointer(pointer)) << pointer;
    ++references;
  }
  EXPECT_GT(references, 100u);
}

TEST(Router, refuses_on_twins_in_json_and_on_pages_in_html) {
  const auto router = demo::make_router();
  for (const auto* twin : {".json", ".csv", ".xlsx"}) {
    const auto answer = router->answer(request_of(std::string("/reports") + twin + "?recipent=KE"));
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("{\"error\":{\"status\":400,\"kind\":\"invalid\","));
    EXPECT_EQ(answer.find_header("Access-Control-Allow-Origin"), "*");
  }
  const auto page = router->answer(request_of("/reports?recipent=KE"));
  EXPECT_EQ(page.status, 400);
  EXPECT_THAT(page.body, HasSubstr("<html"));
  EXPECT_THAT(page.body, HasSubstr("recipient"));
}

TEST(Router, opens_twins_and_assets_to_other_sites_and_pages_never) {
  const auto router = demo::make_router();
  const auto asset = Assets().address("austral.css");
  for (const auto& path : {std::string("/reports.json"), std::string("/reports.csv"), asset}) {
    const auto answer = router->answer(request_of(path));
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_EQ(answer.find_header("Access-Control-Allow-Origin"), "*") << path;
    EXPECT_EQ(answer.find_header("Cross-Origin-Resource-Policy"), "cross-origin") << path;
    EXPECT_THAT(answer.find_header("Cache-Control").value_or(""), HasSubstr("public")) << path;
    const auto asked = router->answer(request_of(path, "OPTIONS"));
    EXPECT_EQ(asked.status, 204) << path;
    EXPECT_EQ(asked.find_header("Access-Control-Allow-Methods"), "GET, HEAD, OPTIONS");
  }
  for (const auto* path : {"/", "/reports", "/initiatives/1", "/nowhere", "/echo/x.csv"}) {
    EXPECT_EQ(router->answer(request_of(path)).find_header("Access-Control-Allow-Origin"),
              std::nullopt)
        << path;
    EXPECT_GE(router->answer(request_of(path, "OPTIONS")).status, 404) << path;
  }
}

TEST(Router, names_the_nearest_address) {
  const auto router = demo::make_router();
  EXPECT_THAT(router->answer(request_of("/initiative.csv")).body,
              HasSubstr("Did you mean /initiatives.csv?"));
  EXPECT_THAT(router->answer(request_of("/something-else.json")).body,
              Not(HasSubstr("Did you mean")));
}

TEST(Tables, refuse_to_sort_by_what_they_lack) {
  const auto router = demo::make_router();
  const auto answer = router->answer(request_of("/reports.json?sort=-nothing"));
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr("this table has the columns initiative, provider"));
}

}  // namespace
}  // namespace austral::web
