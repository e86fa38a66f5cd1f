// Bodies taken while they arrive, and forms with files: the same in whatever pieces they come.
#include "web/upload.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.hpp"
#include "web/demo_site.hpp"
#include "web/raw_client.hpp"

namespace austral::web {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Part {
  std::string name, filename, content;
  bool operator==(const Part&) const = default;
};

std::string form_of(const std::vector<Part>& parts, const std::string& boundary) {
  std::string form = "a preamble that readers leave out";
  for (const auto& part : parts) {
    form += "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.name + "\"";
    if (!part.filename.empty())
      form += "; filename=\"" + part.filename + "\"\r\nContent-Type: text/xml";
    form += "\r\n\r\n" + part.content;
  }
  return form + "\r\n--" + boundary + "--\r\nan epilogue";
}

std::vector<Part> read(const std::string& form, std::size_t step, const std::string& type) {
  std::vector<Part> parts;
  FormReader reader(
      type,
      [&](const FormPart& part) {
        parts.push_back({part.name, part.filename, ""});
      },
      [&](std::string_view bytes) { parts.back().content += bytes; });
  for (std::size_t at = 0; at < form.size(); at += step)
    reader.take(std::string_view(form).substr(at, step));
  reader.finish();
  return parts;
}

const std::string type = "multipart/form-data; boundary=\"xY7\"";

std::string refusal(const std::string& form, const std::string& of_type = type,
                    std::size_t step = std::string::npos) {
  try {
    read(form, std::min(step, form.size() + 1), of_type);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Kind::invalid);
    return error.what();
  }
  return "";
}

TEST(FormReader, reads_fields_and_files) {
  const std::vector<Part> parts = {
      {"format", "", "csv"}, {"file", "a.xml", "<x>\r\n--xY\r\n</x>"}, {"empty", "", ""}};
  EXPECT_EQ(read(form_of(parts, "xY7"), 1000, type), parts);
}

TEST(FormReader, leaves_folders_out_of_names) {
  EXPECT_EQ(
      read(form_of({{"f", "C:\\temp\\a.xml", "1"}, {"g", "../../b.xml", "2"}}, "xY7"), 7, type),
      (std::vector<Part>{{"f", "a.xml", "1"}, {"g", "b.xml", "2"}}));
}

TEST(FormReader, tells_a_file_without_a_name_from_a_field) {
  bool is_file = false;
  FormReader reader(
      type, [&](const FormPart& part) { is_file = part.is_file; }, [](std::string_view) {});
  reader.take("--xY7\r\ncontent-disposition: form-data; name=f; filename=\"\"\r\n\r\n");
  EXPECT_TRUE(is_file);
}

TEST(FormReader, refuses_what_is_no_form_in_words) {
  EXPECT_THAT(refusal("x", "multipart/form-data"), HasSubstr("no border"));
  EXPECT_THAT(refusal("--xY7\r\nContent-Disposition: form-data; name=a\r\n\r\nx"),
              HasSubstr("broke off"));
  EXPECT_THAT(refusal("--xY7\r\nContent-Type: text/plain\r\n\r\nx\r\n--xY7--"),
              HasSubstr("no name"));
  EXPECT_THAT(refusal("--xY7 and more\r\n"), HasSubstr("behind the border"));
  EXPECT_THAT(refusal(std::string(20'000, 'x')), HasSubstr("begin with its border"));
  EXPECT_THAT(refusal("--xY7\r\nX: " + std::string(20'000, 'x')), HasSubstr("too long"));
  EXPECT_THAT(refusal(""), HasSubstr("broke off"));
}

TEST(FormReader, counts_its_limits_alike_in_any_pieces) {
  const std::string part = "--xY7\r\nContent-Disposition: form-data; name=a";
  const std::string rest = "\r\n\r\nx\r\n--xY7--";
  const std::size_t head = std::string_view("Content-Disposition: form-data; name=a").size() + 2;
  const auto blanks = [](std::size_t size) { return std::string(size, ' '); };
  const std::vector<std::pair<std::string, std::string>> cases = {
      // Beside each limit: the last form that is taken, and the first that is not.
      {std::string(16'382, '-') + "\r\n" + part + rest, ""},
      {std::string(16'383, '-') + "\r\n" + part + rest, "begin with its border"},
      {"--xY7" + blanks(256) + part.substr(5) + rest, ""},
      {"--xY7" + blanks(257) + part.substr(5) + rest, "behind the border"},
      {part + blanks(16'384 - head) + rest, ""},
      {part + blanks(16'385 - head) + rest, "too long"}};
  for (const auto& [form, expected] : cases)
    for (const std::size_t step : {1, 2, 3, 250, 259, 16'000, 16'385, 20'000}) {
      const auto told = refusal(form, type, step);
      EXPECT_THAT(told, HasSubstr(expected)) << step;
      EXPECT_EQ(told.empty(), expected.empty()) << step << told;
    }
}

RC_GTEST_PROP(FormReader, reads_the_same_in_any_pieces, ()) {
  // Contents made of the border's own letters come nearest to being mistaken for it.
  const auto content =
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("\r\n-xY7a")));
  const auto contents = *rc::gen::container<std::vector<std::string>>(content);
  std::vector<Part> parts;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    RC_PRE(contents[i].find("\r\n--xY7") == std::string::npos);
    parts.push_back({"n" + std::to_string(i), i % 2 ? "f.xml" : "", contents[i]});
  }
  // A content that begins like a border's rest would belong to it.
  const auto step = *rc::gen::inRange<std::size_t>(1, 40);
  RC_ASSERT(read(form_of(parts, "xY7"), step, type) == parts);
}

class UploadTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { site_ = new demo::Site(); }
  static void TearDownTestSuite() {
    delete site_;
    site_ = nullptr;
  }
  static int port() { return site_->port(); }
  static inline demo::Site* site_ = nullptr;
};

TEST_F(UploadTest, takes_long_bodies_part_by_part) {
  const std::string body(40'000'000, 'a');
  const auto answer = ask(port(), "POST /count/x HTTP/1.1\r\nContent-Length: 40000000\r\n", body);
  EXPECT_EQ(body_of(answer), "x 40000000 " + std::to_string(40'000'000ull * 'a') + " in parts");
  EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store");
  const auto chunked = ask(port(), "POST /count/y HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
                           "3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n");
  EXPECT_THAT(body_of(chunked), StartsWith("y 4 394"));
  const auto empty = ask(port(), "POST /count/z HTTP/1.1\r\nContent-Length: 0\r\n");
  EXPECT_EQ(body_of(empty), "z 0 0 at once");
}

TEST_F(UploadTest, refuses_inside_a_body_after_all_of_it) {
  const std::string body = "!" + std::string(5'000'000, 'a');
  Socket socket(port());
  socket.send_text("POST /count/x HTTP/1.1\r\nHost: t\r\nContent-Length: 5000001\r\n\r\n" + body);
  const auto refused = socket.receive(std::chrono::milliseconds(5000), "please");
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(refused, HasSubstr("no &#39;!&#39; please"));
  // The connection goes on with the next request.
  socket.send_text("GET /echo/still HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(socket.receive(std::chrono::milliseconds(3000)), HasSubstr("still"));
  EXPECT_THAT(ask(port(), "POST /count/x HTTP/1.1\r\nContent-Length: 99999999999\r\n"),
              StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(ask(port(),
                  "POST /count/x HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\n"
                  "Content-Length: 1\r\n",
                  "a"),
              StartsWith("HTTP/1.1 403"));
  EXPECT_THAT(ask(port(), "POST /count/x?unknown=1 HTTP/1.1\r\nContent-Length: 1\r\n", "a"),
              StartsWith("HTTP/1.1 400"));
}

TEST_F(UploadTest, leaves_an_upload_whose_sender_is_gone) {
  {
    Socket socket(port());
    socket.send_text("POST /count/x HTTP/1.1\r\nHost: t\r\nContent-Length: 500000\r\n\r\nabc");
  }
  EXPECT_THAT(get(port(), "/echo/alive"), HasSubstr("alive"));
}

}  // namespace
}  // namespace austral::web
