// Kept answers: never of another state, never somebody's own, made once, found without making.
#include "web/answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <thread>

#include "web/access_log.hpp"

namespace austral::web {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

Request ask_for(const std::string& target, Fields headers = {}) {
  Request request;
  read_target(target, request);
  request.headers = std::move(headers);
  request.language = choose_language(request);
  return request;
}

/// A router whose one page tells the register's state and counts how often it was made.
struct Register {
  std::atomic<int> state{1};
  std::atomic<int> made{0};
  Router router;

  Register() {
    Route route{"GET", "/page", "read", "a page", [this](const Request& request) {
                  ++made;
                  auto answer = html("state " + std::to_string(state.load()));
                  if (request.find_query("lang")) answer.set("Set-Cookie", "lang=x");
                  return answer;
                }};
    route.table = true;
    route.keepable = true;
    route.parameters = "q";
    router.add(route);
    route.pattern = "/long";
    route.handler = [](const Request&) { return text(std::string(600'000, 'x')); };
    router.add(route);
    route.pattern = "/fresh";
    route.keepable = false;
    route.handler = [this](const Request&) { return text(std::to_string(++made)); };
    router.add(route);
  }
  std::string now() const { return std::to_string(state.load()); }
};

struct Kept : Register {
  Answers answers;
  explicit Kept(std::chrono::milliseconds trusted = 1h)
      : answers(router, [this] { return now(); }, {{}, trusted}) {}
  std::string etag(const std::string& target) {
    return answers.make(ask_for(target))->response.find_header("ETag").value_or("");
  }
};

TEST(Addresses, are_the_same_with_marks_of_other_sites) {
  const auto request = ask_for("/a?utm_source=letter&q=water&fbclid=%20x&page=2&utm%5Fterm=a");
  EXPECT_EQ(request.raw_query, "q=water&page=2");
  EXPECT_EQ(request.query, (Fields{{"q", "water"}, {"page", "2"}}));
  EXPECT_EQ(ask_for("/a?gclid=1").raw_query, "");
  EXPECT_EQ(ask_for("/a?sort=utm_source").raw_query, "sort=utm_source");
}

TEST(Answers, are_made_once_and_found_again) {
  Kept kept;
  const auto request = ask_for("/page?q=1");
  EXPECT_EQ(kept.answers.find(request), nullptr);
  const auto made = kept.answers.make(request);
  EXPECT_EQ(kept.answers.find(request), made);
  EXPECT_EQ(kept.answers.make(request), made);
  EXPECT_EQ(kept.made, 1);
  kept.answers.make(ask_for("/page?q=2"));
  kept.answers.make(ask_for("/page?q=1", {{"Accept-Encoding", "br"}}));
  kept.answers.make(ask_for("/page?q=1", {{"Accept-Language", "fr"}}));
  EXPECT_EQ(kept.made, 4);
}

TEST(Answers, say_304_without_making_the_page) {
  Kept kept;
  const auto etag = kept.etag("/page");
  ASSERT_THAT(etag, HasSubstr("W/\""));
  for (const auto& answer :
       {kept.answers.find(ask_for("/page", {{"If-None-Match", "\"x\", " + etag}})),
        kept.answers.make(ask_for("/page", {{"If-None-Match", etag}}))}) {
    ASSERT_NE(answer, nullptr);
    EXPECT_EQ(answer->response.status, 304);
    EXPECT_EQ(answer->response.find_header("ETag"), etag);
    EXPECT_EQ(answer->response.find_header("Cache-Control"), "private, no-cache");
    EXPECT_EQ(answer->bytes, "");
  }
  EXPECT_EQ(kept.made, 1);
  const auto twin = kept.answers.make(ask_for("/page.csv", {{"If-None-Match", etag}}));
  EXPECT_EQ(twin->response.status, 200) << "another address has another tag";
  const auto twin_tag = kept.etag("/page.csv");
  const auto open = kept.answers.find(ask_for("/page.csv", {{"If-None-Match", twin_tag}}));
  EXPECT_EQ(open->response.status, 304);
  EXPECT_EQ(open->response.find_header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(open->response.find_header("Cache-Control"), "public, no-cache");
}

TEST(Answers, tags_differ_by_state_query_and_language) {
  Kept kept(0ms);
  std::set<std::string> tags = {kept.etag("/page"), kept.etag("/page?q=1"), kept.etag("/page?q=2")};
  const auto french = kept.answers.make(ask_for("/page", {{"Accept-Language", "fr"}}));
  tags.insert(french->response.find_header("ETag").value());
  kept.state = 2;
  tags.insert(kept.etag("/page"));
  EXPECT_EQ(tags.size(), 5u);
  kept.state = 1;
  EXPECT_TRUE(tags.contains(kept.etag("/page")));
}

TEST(Answers, of_an_older_state_are_forgotten) {
  Kept kept(0ms);
  kept.answers.make(ask_for("/page"));
  EXPECT_EQ(kept.answers.cache().size(), 1u);
  kept.state = 2;
  EXPECT_EQ(kept.answers.make(ask_for("/page"))->bytes, "state 2");
  EXPECT_EQ(kept.answers.cache().size(), 1u);
}

TEST(Answers, of_one_reader_are_not_kept) {
  Kept kept;
  for (const auto& request :
       {ask_for("/page", {{"Cookie", "session=secret"}}),
        ask_for("/page", {{"Cookie", "lang=fr; session=secret"}}),
        ask_for("/page", {{"Authorization", "Basic c2VjcmV0"}}), ask_for("/page?lang=fr"),
        ask_for("/page?nothing=1"), ask_for("/nowhere"), ask_for("/long"), ask_for("/fresh")}) {
    kept.answers.make(request);
    EXPECT_EQ(kept.answers.find(request), nullptr) << request.path << request.raw_query;
  }
  EXPECT_EQ(kept.answers.cache().size(), 0u);
  kept.answers.make(ask_for("/page", {{"Cookie", "lang=fr"}}));
  EXPECT_EQ(kept.answers.cache().size(), 1u);
}

TEST(Answers, have_one_maker_and_the_others_are_called) {
  Kept kept;
  const auto request = ask_for("/page");
  int called = 0;
  ASSERT_TRUE(kept.answers.begin(request, [&] { ++called; }));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(kept.answers.begin(request, [&] { ++called; }));
  EXPECT_TRUE(kept.answers.begin(ask_for("/page?q=other"), [] {}));
  EXPECT_TRUE(kept.answers.begin(ask_for("/fresh"), [] {}));
  EXPECT_TRUE(kept.answers.begin(ask_for("/fresh"), [] {})) << "what is not kept waits for nobody";
  EXPECT_EQ(called, 0);
  kept.answers.make(request);
  EXPECT_EQ(called, 5);
  EXPECT_NE(kept.answers.find(request), nullptr);
}

TEST(Answers, are_never_older_than_the_question_while_the_register_changes) {
  Kept kept(0ms);
  std::atomic<bool> ending{false};
  std::atomic<int> asked{0}, wrong{0};
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 4; ++reader)
    readers.emplace_back([&, reader] {
      const auto target = "/page?q=" + std::to_string(reader % 2);
      std::map<std::string, std::string> told;  // a tag is for one content alone
      while (!ending || asked < 2000) {
        const int before = kept.state;
        const auto answer = kept.answers.make(ask_for(target));
        const int after = kept.state;
        const std::string body(answer->bytes);
        const int said = std::stoi(body.substr(6));
        const auto tag = answer->response.find_header("ETag").value_or("");
        const auto [first, is_new] = told.emplace(tag, body);
        if (said < before || said > after || first->second != body) ++wrong;
        ++asked;
      }
    });
  for (int i = 0; i < 500; ++i) {
    ++kept.state;
    std::this_thread::yield();
  }
  ending = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GE(asked, 2000);
}

TEST(Answers, made_while_the_state_moves_are_not_kept) {
  Register changing;
  Answers answers(changing.router, [&] { return changing.now(); }, {{}, 1h});
  Router router;
  Route route{"GET", "/moving", "read", "writes while it reads", [&](const Request&) {
                ++changing.state;
                return text("neither");
              }};
  route.keepable = true;
  router.add(route);
  Answers moving(router, [&] { return changing.now(); }, {{}, 1h});
  moving.make(ask_for("/moving"));
  EXPECT_EQ(moving.cache().size(), 0u);
}

/// The slow, plain way: a list of keys by use.
struct PlainCache {
  std::size_t bound;
  std::uint64_t state = 0;
  std::vector<std::pair<std::string, Finished>> entries;
};

Finished answer_of(std::size_t size) {
  auto answer = std::make_shared<FinishedAnswer>();
  answer->response.body = std::string(size, 'x');
  answer->bytes = answer->response.body;
  return answer;
}

RC_GTEST_PROP(AnswerCache, keeps_what_a_plain_list_keeps, ()) {
  // Equal sizes, so that the bound is a number of answers.
  AnswerCache one;
  one.keep("k0", 1, answer_of(1000));
  const auto each = one.bytes();
  const std::size_t room = 4;
  AnswerCache cache({each * room, each});
  PlainCache plain{room};
  const auto steps = *rc::gen::container<std::vector<std::tuple<bool, int, int>>>(
      rc::gen::tuple(rc::gen::arbitrary<bool>(), rc::gen::inRange(0, 8), rc::gen::inRange(0, 20)));
  std::uint64_t state = 1;
  for (const auto& [keeps, number, chance] : steps) {
    state += chance == 0;
    const auto asked = chance == 1 && state > 1 ? state - 1 : state;
    const auto key = "k" + std::to_string(number);
    if (asked > plain.state) {
      plain.state = asked;
      plain.entries.clear();
    }
    const auto at = std::find_if(plain.entries.begin(), plain.entries.end(),
                                 [&](const auto& entry) { return entry.first == key; });
    const bool is_there = asked == plain.state && at != plain.entries.end();
    if (keeps) {
      const auto answer = answer_of(1000);
      cache.keep(key, asked, answer);
      if (asked != plain.state || at != plain.entries.end()) continue;
      plain.entries.insert(plain.entries.begin(), {key, answer});
      if (plain.entries.size() > plain.bound) plain.entries.pop_back();
    } else {
      RC_ASSERT(cache.find(key, asked) == (is_there ? at->second : nullptr));
      if (is_there) std::rotate(plain.entries.begin(), at, at + 1);
    }
    RC_ASSERT(cache.size() == plain.entries.size());
    RC_ASSERT(cache.bytes() == each * plain.entries.size());
  }
}

TEST(AccessLog, writes_every_line_once_and_the_last_at_the_end) {
  std::string written;
  {
    AccessLog log([&](std::string_view lines) { written += lines; });
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&log, i] {
        for (int n = 0; n < 100; ++n) log.add(std::to_string(i) + "-" + std::to_string(n));
      });
    for (auto& thread : threads) thread.join();
  }
  EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 400);
  EXPECT_THAT(written, HasSubstr("3-99\n"));
}

TEST(BuildName, tells_one_build_from_another) {
  EXPECT_GT(build_name().size(), 20u);
  EXPECT_EQ(build_name().find(AUSTRAL_VERSION), 0u);
}

}  // namespace
}  // namespace austral::web
