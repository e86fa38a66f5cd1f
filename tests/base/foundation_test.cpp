// The small parts everything stands on: digests, keys, compression, tables of data, queues, log.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <set>
#include <thread>

#include "base/compress.hpp"
#include "base/digest.hpp"
#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/key.hpp"
#include "base/log.hpp"
#include "base/progress.hpp"
#include "base/queue.hpp"
#include "base/tsv.hpp"

namespace austral {
namespace {

TEST(Digest, IsBlake2bOf256Bits) {
  // Source: the published BLAKE2b-256 digests of "" and "abc" (hashlib.blake2b, digest_size=32).
  EXPECT_EQ(to_string(digest_of("")),
            "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  EXPECT_EQ(to_string(digest_of("abc")),
            "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  EXPECT_EQ(to_digest(digest_of("abc").view()), digest_of("abc"));
  EXPECT_THROW(to_digest("short"), Error);
}

TEST(Digest, KeepsPartsApart) {
  const auto of = [](std::string_view a, std::string_view b) {
    return Digester().add(a).add(b).finish();
  };
  EXPECT_EQ(of("ab", "c"), of("ab", "c"));
  EXPECT_NE(of("ab", "c"), of("a", "bc"));
  EXPECT_NE(of("", "abc"), Digester().add("abc").finish());
  EXPECT_NE(Digester().add(std::int64_t(0)).finish(), Digester().add("").finish());
  EXPECT_NE(Digester().add(std::int64_t(1)).finish(), Digester().add(std::int64_t(-1)).finish());
}

TEST(Key, RisesAndIsUniqueAcrossThreads) {
  std::vector<std::vector<std::int64_t>> made(4);
  std::vector<std::thread> threads;
  for (auto& keys : made)
    threads.emplace_back([&keys] {
      for (int i = 0; i < 50'000; ++i) keys.push_back(make_key());
    });
  for (auto& thread : threads) thread.join();
  std::set<std::int64_t> all;
  for (const auto& keys : made) {
    EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
    EXPECT_GT(keys.front(), 0);
    all.insert(keys.begin(), keys.end());
  }
  EXPECT_EQ(all.size(), 200'000u);
}

TEST(Key, NamesItsProcess) {
  const auto process_of = [](std::int64_t key) { return (key >> 13) & 0x1FF; };
  const std::int64_t own = process_of(make_key());
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const std::int64_t key = make_key();
    _exit(write(ends[1], &key, sizeof key) == sizeof key ? 0 : 1);
  }
  std::int64_t key = 0;
  EXPECT_EQ(read(ends[0], &key, sizeof key), ssize_t(sizeof key));
  waitpid(child, nullptr, 0);
  close(ends[0]);
  close(ends[1]);
  // Process numbers of neighbours differ; they may meet again 512 numbers later.
  EXPECT_EQ((process_of(key) - own + 512) % 512, (child - getpid() + 512 * 100'000) % 512);
}

RC_GTEST_PROP(CompressProperty, GivesBackWhatItTook, (const std::string& text)) {
  const int level = *rc::gen::inRange(1, 10);
  RC_ASSERT(decompress(compress(text, level), text.size()) == text);
}

TEST(Compress, RefusesTooMuchAndDamage) {
  const std::string text(100'000, 'a');
  const std::string packed = compress(text);
  EXPECT_LT(packed.size(), 1000u);
  EXPECT_EQ(decompress(packed, 100'000), text);
  EXPECT_THROW(decompress(packed, 99'999), Error);
  EXPECT_THROW(decompress(packed.substr(0, packed.size() / 2), 200'000), Error);
  EXPECT_THROW(decompress("not zstd at all", 100), Error);
  EXPECT_THROW(decompress("", 100), Error);
}

std::string compress_without_size(const std::string& text) {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size()));
  ZSTD_freeCCtx(context);
  return out;
}

TEST(Compress, ReadsFramesThatDoNotSayTheirSize) {
  const std::string text(300'000, 'b');
  const std::string packed = compress_without_size(text);
  ASSERT_EQ(ZSTD_getFrameContentSize(packed.data(), packed.size()), ZSTD_CONTENTSIZE_UNKNOWN);
  EXPECT_EQ(decompress(packed, 300'000), text);
  EXPECT_THROW(decompress(packed, 299'999), Error);
  EXPECT_THROW(decompress(packed.substr(0, packed.size() - 1), 300'000), Error);
  EXPECT_EQ(decompress(compress_without_size(""), 0), "");
}

TEST(Compress, WritesGzipThatZlibReads) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * i) + " ";
  const std::string packed = gzip_compress(text);
  std::string out(text.size() + 1, '\0');
  z_stream stream{};
  ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = uInt(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = uInt(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  EXPECT_EQ(out, text);
  EXPECT_LT(brotli_compress(text).size(), packed.size());
  EXPECT_FALSE(brotli_compress("").empty());
}

TEST(Tsv, ReadsColumnsByName) {
  const TsvTable table("t.tsv", "# What it is.\ncode\tlabel\tnote\nAD\tAndorra\t\nAE\tUAE\r\n\n");
  EXPECT_EQ(table.comment(), "What it is.");
  ASSERT_EQ(table.size(), 2u);
  EXPECT_EQ(table.row(0)[table.column("label")], "Andorra");
  EXPECT_EQ(table.row(1)[table.column("label")], "UAE");
  EXPECT_EQ(table.row(1)[table.column("note")], "");
  EXPECT_FALSE(table.has_column("price"));
  try {
    table.column("price");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Kind::invalid);
    EXPECT_EQ(std::string(error.what()), "table 't.tsv': has no column 'price'");
  }
}

TEST(Tsv, RefusesTablesOutOfShape) {
  for (const char* text :
       {"", "code\tlabel\n", "# only a comment\n", "# c\na\ta\n", "# c\na\tb\n1\t2\t3\n"})
    EXPECT_THROW(TsvTable("t.tsv", text), Error) << text;
}

TEST(Tsv, ReadsEveryTableInsideTheProgram) {
  std::size_t tables = 0;
  for (const auto& file : embedded_files_below("data/")) {
    if (!file.path.ends_with(".tsv")) continue;
    EXPECT_GT(read_embedded_table(file.path).size(), 0u) << file.path;
    ++tables;
  }
  EXPECT_GT(tables, 0u);
}

TEST(Queue, HandsOverEverythingOnce) {
  BoundedQueue<int> queue(3);
  std::atomic<std::int64_t> sum{0};
  std::vector<std::thread> takers, givers;
  for (int i = 0; i < 3; ++i)
    takers.emplace_back([&] {
      while (const auto item = queue.pop()) sum += *item;
    });
  for (int i = 0; i < 2; ++i)
    givers.emplace_back([&] {
      for (int n = 1; n <= 1000; ++n) EXPECT_TRUE(queue.push(n));
    });
  for (auto& thread : givers) thread.join();
  queue.close();
  for (auto& thread : takers) thread.join();
  EXPECT_EQ(sum, 2 * 1000 * 1001 / 2);
  EXPECT_FALSE(queue.push(1));
  EXPECT_FALSE(queue.pop());
}

TEST(Queue, FreesWaitingPushersOnClose) {
  BoundedQueue<int> queue(1);
  EXPECT_TRUE(queue.push(1));
  bool taken = true;
  std::thread giver([&] { taken = queue.push(2); });
  queue.close();
  giver.join();
  EXPECT_FALSE(taken);
  EXPECT_EQ(queue.pop(), 1);
  EXPECT_FALSE(queue.pop());
}

TEST(Log, WritesOneLineWithoutSecrets) {
  const std::string line = to_log_line(
      LogLevel::warning, 0, "slow \"answer\"\n",
      {{"path", "/a\xFF"}, {"milliseconds", 1200}, {"session_token", "abc"}, {"Password", "xyz"}});
  EXPECT_EQ(line,
            "{\"level\":\"warning\",\"time\":\"1970-01-01T00:00:00.000Z\","
            "\"message\":\"slow \\\"answer\\\"\\n\",\"path\":\"/a\uFFFD\",\"milliseconds\":1200,"
            "\"session_token\":\"(hidden)\",\"Password\":\"(hidden)\"}");
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
  testing::internal::CaptureStderr();
  log(LogLevel::debug, "unheard");
  set_log_level(LogLevel::error);
  log(LogLevel::warning, "unheard");
  log(LogLevel::error, "heard");
  set_log_level(LogLevel::info);
  const std::string written = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 1);
  EXPECT_NE(written.find("\"heard\""), std::string::npos);
}

TEST(Progress, SaysHowFarAndHowLong) {
  EXPECT_EQ(
      to_progress_line("reading", 1'200'000'000, 2'400'000'000, 4000, 200),
      "reading  [===============>              ]   50 %  1.20 GB / 2.40 GB  300 MB/s  5 s left");
  EXPECT_EQ(to_progress_line("reading", 500, 0, 0, 80), "reading  500 B  0 MB/s");
  EXPECT_EQ(to_progress_line("reading", 10, 10, 1000, 20), "reading  100 %  10 B / 10 B  0 MB/s");
}

TEST(Progress, IsSilentWithoutATerminal) {
  testing::internal::CaptureStderr();
  {
    Progress progress("reading", 100);
    progress.add(50);
    progress.set_done(100);
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Json, EscapesWhatItMust) {
  std::string out;
  append_json_string(out, std::string_view("a\"b\\c\n\r\t\b\f\x01\x1f\0é", 15));
  EXPECT_EQ(out, "\"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0001\\u001f\\u0000é\"");
}

RC_GTEST_PROP(JsonProperty, StringsAreReadBack, (const std::string& text)) {
  std::string ascii = text;
  for (char& c : ascii) c = char(c & 0x7F);
  std::string out;
  append_json_string(out, ascii);
  RC_ASSERT(std::string(boost::json::parse(out).as_string()) == ascii);
}

struct Inner {
  std::string name;
  std::optional<Date> day;
  std::vector<Decimal> amounts;
  bool operator==(const Inner&) const = default;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (name, day, amounts))

struct Outer {
  std::int64_t key = 0;
  bool live = false;
  std::vector<Inner> inner;
  bool operator==(const Outer&) const = default;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (key, live, inner))

TEST(Json, WritesAndReadsDescribedStructs) {
  const Outer outer{
      9'007'199'254'740'993, true, {{"água", make_date(2020, 2, 29), {{1250, 2}}}, {}}};
  const std::string text = to_json(outer);
  EXPECT_EQ(text,
            "{\"key\":9007199254740993,\"live\":true,\"inner\":[{\"name\":\"água\","
            "\"day\":\"2020-02-29\",\"amounts\":[\"12.50\"]},{}]}");
  EXPECT_EQ(from_json<Outer>(text), outer);
  EXPECT_THROW(from_json<Outer>("{\"key\":\"x\"}"), Error);
  EXPECT_THROW(from_json<Outer>("{\"inner\":[{\"day\":\"2020-02-30\"}]}"), Error);
  EXPECT_THROW(from_json<Outer>("{"), Error);
}

}  // namespace
}  // namespace austral
