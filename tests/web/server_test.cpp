// The server over raw sockets: framing, limits, deadlines, floods, encodings, and calm refusals.
#include "web/server.hpp"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <csignal>

#include "web/demo_site.hpp"
#include "web/raw_client.hpp"

namespace austral::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using namespace std::chrono_literals;

std::string unzip(const std::string& bytes) {
  z_stream stream{};
  inflateInit2(&stream, MAX_WBITS + 16);
  std::string out(4'000'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

/// The decoder is no library of the program, only of this test.
std::string unbrotli(const std::string& bytes) {
  using Decode = int (*)(std::size_t, const std::uint8_t*, std::size_t*, std::uint8_t*);
  void* library = dlopen("libbrotlidec.so.1", RTLD_NOW);
  if (!library) return "";
  const auto decode = reinterpret_cast<Decode>(dlsym(library, "BrotliDecoderDecompress"));
  std::string out(4'000'000, '\0');
  std::size_t size = out.size();
  EXPECT_EQ(decode(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                   reinterpret_cast<std::uint8_t*>(out.data())),
            1);
  out.resize(size);
  return out;
}

std::string unchunk(const std::string& body) {
  std::string out;
  std::size_t at = 0;
  while (at < body.size()) {
    const auto line = body.find("\r\n", at);
    const auto size = std::stoul(body.substr(at, line - at), nullptr, 16);
    if (size == 0) break;
    out += body.substr(line + 2, size);
    at = line + 2 + size + 2;
  }
  return out;
}

class ServerTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { site_ = new demo::Site(); }
  static void TearDownTestSuite() {
    delete site_;
    site_ = nullptr;
  }
  static int port() { return site_->port(); }
  static inline demo::Site* site_ = nullptr;
};

TEST_F(ServerTest, answers_health) {
  const auto answer = get(port(), "/health");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("\"status\":\"ready\""));
  EXPECT_THAT(answer, HasSubstr("\"revision\":\"r42\""));
}

TEST_F(ServerTest, keeps_the_connection_for_the_next_request) {
  Socket socket(port());
  for (int i = 0; i < 3; ++i) {
    socket.send_text("GET /echo/" + std::to_string(i) + " HTTP/1.1\r\nHost: t\r\n\r\n");
    const auto end = "\r\n\r\n" + std::to_string(i);
    EXPECT_THAT(socket.receive(2000ms, end), HasSubstr(end));
  }
  EXPECT_FALSE(socket.closed_by_peer());
}

TEST_F(ServerTest, answers_pipelined_requests_in_order) {
  Socket socket(port());
  std::string all;
  for (int i = 0; i < 20; ++i)
    all += "GET /echo/n" + std::to_string(i) + "n HTTP/1.1\r\nHost: t\r\n\r\n";
  socket.send_text(all);
  const auto answer = socket.receive(2000ms, "n19n");
  std::size_t at = 0;
  for (int i = 0; i < 20; ++i) {
    at = answer.find("\r\n\r\nn" + std::to_string(i) + "n", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
}

TEST_F(ServerTest, head_has_the_length_and_no_body) {
  const auto whole = get(port(), "/about");
  const auto head = ask(port(), "HEAD /about HTTP/1.1\r\n");
  EXPECT_THAT(head, StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(header_of(head, "Content-Length"), header_of(whole, "Content-Length"));
  EXPECT_EQ(body_of(head), "");
  EXPECT_EQ(std::to_string(body_of(whole).size()), header_of(whole, "Content-Length"));
}

TEST_F(ServerTest, says_what_is_missing_and_what_is_allowed) {
  EXPECT_THAT(get(port(), "/nowhere"), StartsWith("HTTP/1.1 404"));
  const auto refused = ask(port(), "DELETE /about HTTP/1.1\r\n");
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 405"));
  EXPECT_EQ(header_of(refused, "Allow"), "GET, HEAD");
  EXPECT_EQ(header_of(get(port(), "/echo"), "Allow"), "POST");
  EXPECT_THAT(ask(port(), "BREW /nowhere HTTP/1.1\r\n"), StartsWith("HTTP/1.1 404"));
}

TEST_F(ServerTest, refuses_large_headers_and_bodies_in_words) {
  const auto header = get(port(), "/about", "X-Long: " + std::string(20000, 'x') + "\r\n");
  EXPECT_THAT(header, StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(header, HasSubstr("16 KB"));
  const auto announced = ask(port(), "POST /echo HTTP/1.1\r\nContent-Length: 2001\r\n", "");
  EXPECT_THAT(announced, StartsWith("HTTP/1.1 413"));
  const std::string chunk = "7d0\r\n" + std::string(2000, 'y') + "\r\n";
  const auto chunked = ask(port(), "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
                           chunk + chunk + "0\r\n\r\n");
  EXPECT_THAT(chunked, StartsWith("HTTP/1.1 413"));
  const auto fits =
      ask(port(), "POST /echo HTTP/1.1\r\nContent-Length: 2000\r\n", std::string(2000, 'z'));
  EXPECT_THAT(fits, StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(body_of(fits), std::string(2000, 'z'));
}

TEST_F(ServerTest, sends_continue_when_asked) {
  Socket socket(port());
  socket.send_text(
      "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n"
      "Expect: 100-continue\r\n\r\n");
  EXPECT_THAT(socket.receive(2000ms, "\r\n\r\n"), StartsWith("HTTP/1.1 100"));
  socket.send_text("ok");
  EXPECT_THAT(socket.receive(2000ms, "\r\n\r\nok"), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, refuses_what_is_no_http) {
  for (const auto* words : {"hello\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET  HTTP/1.1\r\n\r\n",
                            "\x16\x03\x01\x02\r\n\r\n"}) {
    Socket socket(port());
    socket.send_text(words);
    EXPECT_THAT(socket.receive(), StartsWith("HTTP/1.1 400")) << words;
    EXPECT_TRUE(socket.closed_by_peer());
  }
}

TEST_F(ServerTest, decodes_after_splitting) {
  EXPECT_EQ(body_of(get(port(), "/echo/XM-DAC%2F41114-A")), "XM-DAC/41114-A");
  EXPECT_EQ(body_of(get(port(), "/echo/%D9%85%20x.csv")), "\u0645 x.csv");
  EXPECT_THAT(get(port(), "/echo/a/b"), StartsWith("HTTP/1.1 404"));
}

TEST_F(ServerTest, refuses_broken_addresses) {
  for (const auto* path : {"/echo/%", "/echo/%4", "/echo/%zz", "/echo/%00", "/echo/%ff%fe"})
    EXPECT_THAT(get(port(), path), StartsWith("HTTP/1.1 400")) << path;
}

TEST_F(ServerTest, gives_no_file_outside_its_own) {
  for (const auto* path :
       {"/assets/../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd", "/../etc/passwd",
        "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets//etc/passwd", "/assets/"}) {
    const auto answer = get(port(), path);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 404")) << path;
    EXPECT_THAT(answer, Not(HasSubstr("root:"))) << path;
  }
}

TEST_F(ServerTest, compresses_what_the_reader_accepts) {
  const auto plain = get(port(), "/reports");
  const auto zipped = get(port(), "/reports", "Accept-Encoding: gzip\r\n");
  const auto brotli = get(port(), "/reports", "Accept-Encoding: gzip, deflate, br\r\n");
  EXPECT_EQ(header_of(plain, "Content-Encoding"), "");
  EXPECT_EQ(header_of(zipped, "Content-Encoding"), "gzip");
  EXPECT_EQ(header_of(brotli, "Content-Encoding"), "br");
  EXPECT_EQ(unzip(body_of(zipped)), body_of(plain));
  EXPECT_EQ(unbrotli(body_of(brotli)), body_of(plain));
  EXPECT_LT(body_of(brotli).size(), body_of(plain).size() / 5);
  EXPECT_THAT(header_of(brotli, "Vary"), HasSubstr("Accept-Encoding"));
}

TEST_F(ServerTest, streams_long_answers) {
  const auto plain = unchunk(body_of(get(port(), "/long")));
  EXPECT_EQ(plain.size(), 1'000'000u);
  const auto zipped = get(port(), "/long", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(unzip(unchunk(body_of(zipped))), plain);
  Socket old(port());
  old.send_text("GET /long HTTP/1.0\r\n\r\n");
  EXPECT_EQ(body_of(old.receive()), plain);
}

TEST_F(ServerTest, answers_304_to_who_has_it) {
  const auto first = get(port(), "/about");
  const auto etag = header_of(first, "ETag");
  EXPECT_THAT(etag, StartsWith("W/\""));
  const auto again = get(port(), "/about", "If-None-Match: \"other\", " + etag + "\r\n");
  EXPECT_THAT(again, StartsWith("HTTP/1.1 304"));
  EXPECT_EQ(body_of(again), "");
  EXPECT_EQ(header_of(again, "ETag"), etag);
  EXPECT_THAT(get(port(), "/about", "If-None-Match: \"other\"\r\n"), StartsWith("HTTP/1.1 200"));
  const auto other = get(port(), "/about?lang=ar", "If-None-Match: " + etag + "\r\n");
  EXPECT_THAT(other, StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, keeps_assets_forever_by_name) {
  const auto page = get(port(), "/about");
  const auto at = page.find("/assets/austral-");
  ASSERT_NE(at, std::string::npos);
  const auto path = page.substr(at, page.find('"', at) - at);
  const auto answer = get(port(), path, "Accept-Encoding: br\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(header_of(answer, "Cache-Control"), HasSubstr("immutable"));
  EXPECT_EQ(unbrotli(body_of(answer)), body_of(get(port(), path)));
  EXPECT_THAT(get(port(), "/assets/austral-0000000000.css"), StartsWith("HTTP/1.1 404"));
}

TEST_F(ServerTest, puts_safety_headers_on_every_answer) {
  for (const auto* path : {"/", "/nowhere", "/health", "/echo/%zz", "/broken", "/favicon.svg"}) {
    const auto answer = get(port(), path);
    const auto policy = header_of(answer, "Content-Security-Policy");
    EXPECT_THAT(policy, StartsWith("default-src 'none'")) << path;
    EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'")) << path;
    EXPECT_THAT(policy, Not(HasSubstr("unsafe"))) << path;
    EXPECT_EQ(header_of(answer, "X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(header_of(answer, "Referrer-Policy"), "same-origin") << path;
    EXPECT_NE(header_of(answer, "Permissions-Policy"), "") << path;
  }
}

TEST_F(ServerTest, turns_refusals_into_numbers_and_escapes_their_words) {
  const std::map<std::string, std::string> numbers = {{"invalid", "400"},
                                                      {"forbidden", "403"},
                                                      {"not_found", "404"},
                                                      {"conflict", "409"},
                                                      {"unavailable", "503"}};
  for (const auto& [kind, number] : numbers) {
    const auto page = get(port(), "/refused/" + kind, "Accept: text/html\r\n");
    EXPECT_THAT(page, StartsWith("HTTP/1.1 " + number));
    EXPECT_THAT(page, HasSubstr("&lt;b&gt;calm"));
    EXPECT_THAT(page, Not(HasSubstr("<b>calm")));
    const auto json = get(port(), "/refused/" + kind, "Accept: application/json\r\n");
    EXPECT_THAT(json, HasSubstr("{\"error\":{\"status\":" + number + ",\"kind\":\"" + kind +
                                "\",\"message\":"));
  }
  EXPECT_THAT(get(port(), "/nothing.json"),
              HasSubstr("{\"error\":{\"status\":404,\"kind\":\"not_found\""));
}

TEST_F(ServerTest, keeps_our_own_mistakes_in_the_log) {
  const auto answer = get(port(), "/broken");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 500"));
  EXPECT_THAT(answer, Not(HasSubstr("secret cause")));
  EXPECT_THAT(site_->errors(), HasSubstr("/broken: secret cause"));
}

TEST_F(ServerTest, logs_paths_without_queries) {
  get(port(), "/about?utm_source=do-not-keep");
  EXPECT_THAT(site_->log(), HasSubstr("\"path\":\"/about\",\"status\":200"));
  EXPECT_THAT(site_->log(), Not(HasSubstr("do-not-keep")));
}

TEST_F(ServerTest, mirrors_for_arabic_and_remembers_it) {
  EXPECT_THAT(get(port(), "/"), HasSubstr("<html lang=\"en\" dir=\"ltr\">"));
  const auto asked = get(port(), "/?lang=ar");
  EXPECT_THAT(asked, HasSubstr("<html lang=\"ar\" dir=\"rtl\">"));
  EXPECT_THAT(header_of(asked, "Set-Cookie"), StartsWith("lang=ar;"));
  EXPECT_THAT(get(port(), "/", "Cookie: a=b; lang=ar\r\n"), HasSubstr("dir=\"rtl\""));
  const auto accepted = get(port(), "/", "Accept-Language: de, pt-BR;q=0.9, fr;q=0.4\r\n");
  EXPECT_THAT(accepted, HasSubstr("<html lang=\"pt\""));
}

TEST_F(ServerTest, survives_connections_that_are_reset) {
  for (int i = 0; i < 50; ++i) {
    Socket socket(port());
    socket.send_text("GET /reports HTTP/1.1\r\nHost: t\r\n\r\nGET /rep");
  }
  EXPECT_THAT(get(port(), "/health"), StartsWith("HTTP/1.1 200"));
}

TEST(Server, closes_slow_headers_at_the_deadline) {
  ServerOptions options;
  options.header_deadline = 600ms;
  demo::Site site(options);
  Socket dripper(site.port());
  const auto begun = std::chrono::steady_clock::now();
  dripper.send_text("GET / HTTP/1.1\r\n");
  while (std::chrono::steady_clock::now() - begun < 5s && !dripper.closed_by_peer()) {
    dripper.send_text("X");
    dripper.receive(100ms);
  }
  const auto taken = std::chrono::steady_clock::now() - begun;
  EXPECT_TRUE(dripper.closed_by_peer());
  EXPECT_GE(taken, 500ms);
  EXPECT_LT(taken, 4s);
}

TEST(Server, closes_idle_connections) {
  ServerOptions options;
  options.idle_deadline = 300ms;
  demo::Site site(options);
  Socket socket(site.port());
  socket.send_text("GET /echo/1 HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_THAT(socket.receive(3000ms), StartsWith("HTTP/1.1 200"));
  EXPECT_TRUE(socket.closed_by_peer());
}

TEST(Server, serves_beside_five_hundred_half_open_sockets) {
  demo::Site site;
  std::vector<Socket> half;
  for (int i = 0; i < 500; ++i) {
    auto& socket = half.emplace_back(site.port());
    ASSERT_TRUE(socket.is_open());
    socket.send_text("GET /slow HTTP/1.1\r\nHost: ");
  }
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 10; ++i) EXPECT_THAT(get(site.port(), "/about"), StartsWith("HTTP/1.1 200"));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
}

TEST(Server, says_503_when_the_queue_is_full) {
  ServerOptions options;
  options.workers = 1;
  options.queue_bound = 2;
  demo::Site site(options);
  std::vector<Socket> askers;
  for (int i = 0; i < 6; ++i)
    askers.emplace_back(site.port())
        .send_text("GET /slow HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
  int served = 0, refused = 0;
  for (auto& socket : askers) {
    const auto answer = socket.receive(5000ms);
    served += answer.starts_with("HTTP/1.1 200");
    refused += answer.starts_with("HTTP/1.1 503") && !header_of(answer, "Retry-After").empty();
  }
  EXPECT_GE(served, 2);
  EXPECT_GE(refused, 3);
  EXPECT_EQ(served + refused, 6);
}

TEST(Server, ends_running_requests_before_it_stops) {
  auto site = std::make_unique<demo::Site>();
  Socket running(site->port()), idle(site->port());
  running.send_text("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n");
  std::this_thread::sleep_for(100ms);
  const auto begun = std::chrono::steady_clock::now();
  std::string answer;
  std::thread reader([&] { answer = running.receive(3000ms, "\r\n\r\nslow"); });
  site.reset();
  reader.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("Connection: close"));
}

TEST(Server, names_the_remedy_when_the_port_is_taken) {
  demo::Site site;
  ServerOptions options;
  options.listen = "127.0.0.1:" + std::to_string(site.port());
  const Router router;
  Answers answers(router, nullptr);
  const auto service = service_of(router, answers);
  try {
    Server(options, service).run();
    FAIL() << "two servers on one port";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Kind::unavailable);
    EXPECT_THAT(error.what(), HasSubstr("--listen 127.0.0.1:8081"));
  }
  options.listen = "nonsense";
  EXPECT_THROW(Server(options, service).run(), Error);
}

TEST(Server, listens_on_ipv6) {
  ServerOptions options;
  options.listen = "[::1]:0";
  demo::Site site(options);
  EXPECT_THAT(site.address(), StartsWith("http://[::1]:"));
}

/// For a browser: AUSTRAL_DEMO=127.0.0.1:8099 web_tests --gtest_filter=*demo*
TEST(Server, demo_for_browsers) {
  const char* listen = std::getenv("AUSTRAL_DEMO");
  if (!listen) GTEST_SKIP() << "set AUSTRAL_DEMO=ADDRESS:PORT to look at the pages";
  ServerOptions options;
  options.listen = listen;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const demo::Site site(options);
  int signal = 0;
  sigwait(&signals, &signal);
}

}  // namespace
}  // namespace austral::web
