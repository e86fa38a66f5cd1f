// Checking a file over the wire: verdicts, refusals in words, flat memory, senders who leave.
#include "web/pages/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/compress.hpp"
#include "web/demo_site.hpp"
#include "web/pages/pages.hpp"
#include "web/raw_client.hpp"

namespace austral::web {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

namespace fs = std::filesystem;

constexpr const char* sample_path = AUSTRAL_SOURCE_DIR "/tests/data/validation/faults.xml";

std::string read_whole(const fs::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

std::string form_of(const std::string& filename, const std::string& content,
                    const std::string& format = "") {
  std::string form;
  if (!format.empty())
    form = "--B7\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\n" + format + "\r\n";
  return form + "--B7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + filename +
         "\"\r\nContent-Type: text/xml\r\n\r\n" + content + "\r\n--B7--\r\n";
}

/// Resident memory of this process. Units: kB
std::uint64_t resident() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stoull(line.substr(6));
  return 0;
}

std::size_t thread_count() {
  return std::size_t(std::distance(fs::directory_iterator("/proc/self/task"), {}));
}

bool comes_true(const std::function<bool()>& holds) {
  for (int i = 0; i < 1000 && !holds(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return holds();
}

const std::string organisations =
    "<iati-organisations version=\"2.03\">"
    "<iati-organisation><organisation-identifier>XM-DAC-41301</organisation-identifier>"
    "<name><narrative>A</narrative></name>"
    "<reporting-org ref=\"XM-DAC-41301\" type=\"40\"><narrative>A</narrative></reporting-org>"
    "</iati-organisation></iati-organisations>";

class CheckTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto router = std::make_shared<Router>();
    Site parts;
    parts.assets = std::make_shared<const Assets>();
    parts.pages = std::make_shared<Pages>(parts.assets, [] { return std::string("r42"); });
    parts.router = router.get();
    checks_ = parts.checks;
    const auto site = std::make_shared<const Site>(parts);
    router->add({"GET", "/check", "read", "the page",
                 [site](const Request& request) { return show_check(*site, request); }});
    add_check(*router, site);
    ServerOptions options;
    options.workers = 6;
    site_ = new demo::Site(options, router);
  }
  static void TearDownTestSuite() {
    delete site_;
    site_ = nullptr;
    checks_.reset();
  }
  static int port() { return site_->port(); }
  static std::string send_form(const std::string& form, const std::string& query = "") {
    return ask(port(),
               "POST /check" + query +
                   " HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=B7\r\n"
                   "Content-Length: " +
                   std::to_string(form.size()) + "\r\n",
               form);
  }
  static std::string send_raw(const std::string& body, const std::string& query = "",
                              const std::string& type = "application/xml") {
    return ask(port(),
               "POST /check" + query + " HTTP/1.1\r\nContent-Type: " + type +
                   "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n",
               body);
  }
  static std::string body_of_chunks(const std::string& answer) {
    auto rest = std::string_view(answer).substr(answer.find("\r\n\r\n") + 4);
    std::string body;
    while (const auto size = std::stoull(std::string(rest.substr(0, 16)), nullptr, 16)) {
      body += rest.substr(rest.find("\r\n") + 2, size);
      rest.remove_prefix(rest.find("\r\n") + 2 + size + 2);
    }
    return body;
  }
  static bool all_turns_are_free() {
    std::vector<std::shared_ptr<void>> turns;
    for (int i = 0; i < 4; ++i) turns.push_back(checks_->take());
    return turns.back() != nullptr;
  }
  static inline demo::Site* site_ = nullptr;
  static inline std::shared_ptr<Turns> checks_;
};

TEST_F(CheckTest, shows_the_form) {
  const auto page = get(port(), "/check");
  EXPECT_THAT(page, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(page, AllOf(HasSubstr("enctype=\"multipart/form-data\""), HasSubstr("name=\"file\""),
                          Not(HasSubstr("[["))));
}

TEST_F(CheckTest, says_that_a_valid_file_is_valid) {
  const auto page = send_form(form_of("org.xml", organisations));
  EXPECT_THAT(page, StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(header_of(page, "Cache-Control"), "no-store");
  EXPECT_THAT(page, HasSubstr("<h1 tabindex=\"-1\">Valid</h1>"));
  EXPECT_THAT(page, AllOf(HasSubstr("org.xml"), HasSubstr("1 organisation"), HasSubstr("2.03"),
                          Not(HasSubstr("[["))));
}

TEST_F(CheckTest, tells_what_is_wrong_and_carries_its_downloads) {
  const auto page = send_form(form_of("faults.xml", read_whole(sample_path), "page"));
  EXPECT_THAT(page, HasSubstr("<h1 tabindex=\"-1\">Not valid</h1>"));
  EXPECT_THAT(page, AllOf(HasSubstr("0.3.1"), HasSubstr("Line "), HasSubstr("class=\"remedy\"")));
  for (const auto* link : {"href=\"data:text/csv;charset=utf-8;base64,",
                           "href=\"data:application/json;charset=utf-8;base64,",
                           "href=\"data:text/html;charset=utf-8;base64,"})
    EXPECT_THAT(page, HasSubstr(link));
  EXPECT_THAT(page, HasSubstr("download=\"faults.xml-report.csv\""));
}

TEST_F(CheckTest, tells_broken_xml_with_its_line) {
  const auto page = send_form(form_of("b.xml", "<iati-activities version=\"2.03\">\n<iati-activ"));
  EXPECT_THAT(page, AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("Not valid"), HasSubstr("0.1.1"),
                          HasSubstr("Line 2")));
}

TEST_F(CheckTest, unpacks_gzip) {
  const auto plain = send_form(form_of("x.xml", organisations, "json"));
  const auto packed = send_form(form_of("x.xml", gzip_compress(organisations), "json"));
  EXPECT_EQ(body_of_chunks(packed), body_of_chunks(plain));
  EXPECT_THAT(body_of_chunks(plain), HasSubstr("\"valid\":true"));
}

TEST_F(CheckTest, answers_files_as_the_command_writes_them) {
  const auto folder = fs::temp_directory_path() / ("check-test-" + std::to_string(getpid()));
  fs::create_directories(folder);
  fs::copy_file(sample_path, folder / "faults.xml");
  const auto content = read_whole(sample_path);
  for (const std::string format : {"csv", "json", "html"}) {
    const auto command = "cd '" + folder.string() + "' && '" AUSTRAL_BINARY "' validate --format " +
                         format + " -o out faults.xml 2>errors";
    EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1) << read_whole(folder / "errors");
    const auto said = read_whole(folder / "out");
    const auto form = send_form(form_of("faults.xml", content, format));
    EXPECT_THAT(header_of(form, "Content-Disposition"), HasSubstr("faults-report." + format));
    const auto raw = send_raw(content, "?filename=faults.xml&format=" + format);
    const bool whole = format == "html";  // bounded: it is sent at once
    EXPECT_EQ(whole ? body_of(form) : body_of_chunks(form), said) << format;
    EXPECT_EQ(whole ? body_of(raw) : body_of_chunks(raw), said) << format;
  }
  fs::remove_all(folder);
}

TEST_F(CheckTest, refuses_in_words) {
  const std::string office = std::string("PK\x03\x04", 4) + std::string(26, '\0') +
                             "[Content_Types].xml" + std::string(100, 'x');
  const std::string old_office = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(100, '\0');
  for (const auto& [form, words] :
       {std::pair{form_of("", ""), "No file was chosen"},
        std::pair{form_of("a.xml", ""), "The file is empty"},
        std::pair{std::string("--B7--\r\n"), "No file was chosen"},
        std::pair{std::string("--B7\r\n"), "broke off"},
        std::pair{form_of("a.xml", "<x/>", "pdf"), "page, html, csv and json"},
        std::pair{form_of("a.xlsx", office), "a spreadsheet"},
        std::pair{form_of("a.xls", old_office), "an old Excel"}}) {
    const auto page = send_form(form);
    EXPECT_THAT(page, AllOf(StartsWith("HTTP/1.1 400"), HasSubstr(words),
                            HasSubstr("role=\"alert\""), HasSubstr("name=\"file\"")));
  }
  EXPECT_THAT(send_raw("a=b", "", "application/x-www-form-urlencoded"),
              AllOf(StartsWith("HTTP/1.1 400"), HasSubstr("{\"error\":"),
                    HasSubstr("multipart/form-data")));
  EXPECT_THAT(send_raw("<x/>", "?format=pdf"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(send_raw("<x/>", "?formt=json"), HasSubstr("did you mean 'format'"));
}

TEST_F(CheckTest, judges_a_hundred_megabytes_in_flat_memory) {
  std::string activity = "<iati-activity><iati-identifier>A-";
  const std::string rest = "</iati-identifier><title><narrative>" + std::string(4000, 't') +
                           "</narrative></title></iati-activity>\n";
  Socket socket(port());
  const auto send_chunk = [&](const std::string& text) {
    std::ostringstream size;
    size << std::hex << text.size();
    for (auto all = size.str() + "\r\n" + text + "\r\n"; !all.empty();) {
      ASSERT_TRUE(socket.send_text(all));
      all.clear();
    }
  };
  socket.send_text(
      "POST /check?format=json HTTP/1.1\r\nHost: t\r\nConnection: close\r\n"
      "Content-Type: application/xml\r\nTransfer-Encoding: chunked\r\n\r\n");
  send_chunk("<iati-activities version=\"2.03\">");
  std::uint64_t sent = 0, least = 0, most = 0;
  for (int block = 0; sent < 100'000'000; ++block) {
    std::string text;
    for (int i = 0; i < 64; ++i) text += activity + std::to_string(block * 64 + i) + rest;
    send_chunk(text);
    sent += text.size();
    if (sent < 20'000'000) least = resident();
    most = std::max(most, resident());
  }
  send_chunk("</iati-activities>");
  socket.send_text("0\r\n\r\n");
  const auto answer = socket.receive(std::chrono::milliseconds(60'000));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("\"readable\":true,\"valid\":false"));
  EXPECT_LT(most - least, 50'000u) << "memory grew from " << least << " kB to " << most;
}

TEST_F(CheckTest, ends_with_its_sender) {
  const auto threads = thread_count();
  ASSERT_TRUE(all_turns_are_free());
  for (int i = 0; i < 3; ++i) {
    Socket socket(port());
    socket.send_text(
        "POST /check HTTP/1.1\r\nHost: t\r\nContent-Type: application/xml\r\n"
        "Content-Length: 900000000\r\n\r\n<iati-activities version=\"2.03\"><iati-activity>" +
        std::string(3'000'000, 'x'));
    EXPECT_TRUE(comes_true([&] { return thread_count() > threads; }));
  }
  EXPECT_TRUE(comes_true([&] { return thread_count() <= threads; }));
  EXPECT_TRUE(comes_true(all_turns_are_free));
}

TEST_F(CheckTest, judges_four_at_once_and_asks_the_fifth_to_wait) {
  {
    std::vector<Socket> sockets;
    for (int i = 0; i < 4; ++i) {
      sockets.emplace_back(port());
      sockets.back().send_text(
          "POST /check?format=json HTTP/1.1\r\nHost: t\r\nConnection: close\r\n"
          "Content-Type: application/xml\r\nContent-Length: " +
          std::to_string(organisations.size()) + "\r\n\r\n" + organisations.substr(0, 50));
    }
    ASSERT_TRUE(comes_true([] { return checks_->take() == nullptr; }));
    const auto fifth = send_form(form_of("org.xml", organisations));
    EXPECT_THAT(fifth, AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("again in a minute")));
    EXPECT_EQ(header_of(fifth, "Retry-After"), "60");
    for (auto& socket : sockets) {
      socket.send_text(organisations.substr(50));
      EXPECT_THAT(socket.receive(std::chrono::milliseconds(10'000)), HasSubstr("\"valid\":true"));
    }
  }
  EXPECT_TRUE(comes_true(all_turns_are_free));
  EXPECT_THAT(send_form(form_of("org.xml", organisations)), StartsWith("HTTP/1.1 200"));
}

}  // namespace
}  // namespace austral::web
