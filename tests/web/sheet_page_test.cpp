// Read a sheet: sent, proposed, corrected, tried; and imported by nobody but this machine's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <thread>

#include "base/error.hpp"
#include "registry/import_store.hpp"
#include "standards/sheet/table_writers.hpp"
#include "store/schema.hpp"
#include "web/answers.hpp"
#include "web/guard.hpp"
#include "web/pages/sheet.hpp"
#include "web/raw_client.hpp"
#include "web/server.hpp"

namespace austral::web {
namespace {

namespace files = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string sheet_text =
    "Project ID;Project title;Recipient country;Start date;Budget;Currency;Remarks\n"
    "P-1;Wells for Lichinga;Mozambique;13/02/2019;1.200,50;USD;dry season\n"
    "P-2;Seed bank;Kenya;14/03/2020;900,00;USD;\n"
    "P-3;Radio school;Atlantis;15/04/2021;700,25;USD;by air\n";

/// The sheet pages over a register of their own, on a port of their own.
class SheetSite {
 public:
  explicit SheetSite(bool allow_import) {
    folder_ = (files::temp_directory_path() / "austral-test.XXXXXX").string();
    if (!::mkdtemp(folder_.data())) throw std::runtime_error("no temporary folder");
    const auto address = folder_ + "/test.db";
    store::open_register(address, store::Access::create);
    Site site;
    site.pool = std::make_shared<store::Pool>(address, store::Access::read_only, 4);
    site.assets = std::make_shared<const Assets>();
    const auto pages = std::make_shared<Pages>(site.assets, [] { return std::string("1"); });
    site.pages = pages;
    site.address = address;
    site.allow_import = allow_import;
    site.sheets = desk_ = std::make_shared<SheetDesk>();
    site.router = &router_;
    add_sheet_routes(router_, std::make_shared<const Site>(std::move(site)));
    router_.guard = make_guard(allow_import);
    router_.error_page = [pages](const Request& request, int status, const std::string& said) {
      return pages->show_error(request, status, said);
    };
    answers_ = std::make_unique<Answers>(router_, nullptr);
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.stop_on_signals = false;
    std::promise<std::string> ready;
    options.ready = [&](const std::string& at) { ready.set_value(at); };
    server_ = std::make_unique<Server>(options, service_of(router_, *answers_));
    thread_ = std::thread([this] { server_->run(); });
    const auto at = ready.get_future().get();
    port_ = std::stoi(at.substr(at.rfind(':') + 1));
  }
  ~SheetSite() {
    server_->stop();
    thread_.join();
    std::error_code ignored;
    files::remove_all(folder_, ignored);
  }

  SheetDesk& desk() { return *desk_; }
  std::unique_ptr<store::Database> open() const {
    return store::open_register(folder_ + "/test.db", store::Access::read_only);
  }
  std::string ask(const std::string& line, const std::string& headers = "",
                  const std::string& body = "", const std::string& host = "localhost") const {
    Socket socket(port_);
    socket.send_text(
        line + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers +
        (line.starts_with("GET") ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") +
        "\r\n" + body);
    return socket.receive(std::chrono::milliseconds(20000));
  }
  std::string send(const std::string& name, const std::string& bytes) const {
    return ask("POST /sheet", "Content-Type: multipart/form-data; boundary=xY7\r\n",
               "--xY7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
                   "\"\r\nContent-Type: text/csv\r\n\r\n" + bytes + "\r\n--xY7--\r\n");
  }
  /// The address of a sheet that was sent.
  std::string put(const std::string& name, const std::string& bytes) const {
    const auto answer = send(name, bytes);
    EXPECT_THAT(answer, ::testing::StartsWith("HTTP/1.1 303"));
    return header_of(answer, "Location");
  }
  std::string post(const std::string& path, const std::string& form,
                   const std::string& headers = "", const std::string& host = "localhost") const {
    return ask("POST " + path, "Content-Type: application/x-www-form-urlencoded\r\n" + headers,
               form, host);
  }

 private:
  std::string folder_;
  std::shared_ptr<SheetDesk> desk_;
  Router router_;
  std::unique_ptr<Answers> answers_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
  int port_ = 0;
};

/// The field that a column of the page stands under; empty: under none.
std::string chosen_field(const std::string& page, int column) {
  const auto from = page.find("<select id=\"f" + std::to_string(column) + "\"");
  if (from == std::string::npos) return "no such column";
  const auto select = page.substr(from, page.find("</select>", from) - from);
  const auto mark = select.find("\" selected");
  if (mark == std::string::npos) return "";
  const auto begin = select.rfind("value=\"", mark) + 7;
  return select.substr(begin, mark - begin);
}

const std::string form = "based=%2F%2F&publisher=MZ-GOV-1&name=wells&currency=USD";

class SheetPage : public ::testing::Test {
 protected:
  SheetSite closed{false};
};

TEST_F(SheetPage, proposes_fields_for_a_csv) {
  const auto at = closed.put("projects.csv", sheet_text);
  const auto page = body_of(closed.ask("GET " + at));
  EXPECT_EQ(chosen_field(page, 0), "identifier");
  EXPECT_EQ(chosen_field(page, 1), "title");
  EXPECT_EQ(chosen_field(page, 2), "recipient");
  EXPECT_EQ(chosen_field(page, 3), "start");
  EXPECT_EQ(chosen_field(page, 4), "amount");
  EXPECT_EQ(chosen_field(page, 5), "currency");
  EXPECT_THAT(page, AllOf(HasSubstr("Wells for Lichinga"), HasSubstr("Mozambique"),
                          HasSubstr("austral import projects.csv --mapping mapping.yaml")));
  // Every problem by cell: C4 names no country.
  EXPECT_THAT(page, AllOf(HasSubstr("Atlantis"), HasSubstr("C4")));
}

/// Percent-encodes what a browser would send of a text.
std::string encode_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    constexpr const char* digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

TEST_F(SheetPage, whole_mapping_is_written_as_text) {
  const auto at = closed.put("projects.csv", sheet_text);
  const std::string text =
      "mapping: wells\r\nfill: [Remarks]\r\nfields:\r\n  publisher: {value: MZ-GOV-1}\r\n"
      "  identifier: Project ID\r\n  title: Project title\r\n"
      "  note: {column: Remarks, when: {column: Currency, is: USD}}\r\n";
  auto page = body_of(closed.post(at, form + "&use_yaml=1&yaml=" + encode_text(text)));
  EXPECT_EQ(chosen_field(page, 0), "identifier");
  EXPECT_EQ(chosen_field(page, 2), "");
  EXPECT_EQ(chosen_field(page, 6), "note");
  EXPECT_THAT(page, AllOf(HasSubstr("Only in rows where &#39;Currency&#39; is &#39;USD&#39;"),
                          HasSubstr("name=\"fill\" value=\"Remarks\"")));
  // What is chosen afterwards corrects that text, and keeps what no field says.
  page = body_of(closed.post(at, form + "&f2=recipient&kept=" + encode_text(text)));
  EXPECT_EQ(chosen_field(page, 2), "recipient");
  EXPECT_THAT(page, HasSubstr("Only in rows where"));
  EXPECT_THAT(body_of(closed.ask("GET " + at + "/mapping.yaml")),
              AllOf(HasSubstr("when:"), HasSubstr("recipient:"), HasSubstr("fill:")));
  // Faults name their line, and the text stays as it was written.
  page = body_of(
      closed.post(at, form + "&use_yaml=1&yaml=" + encode_text("mapping: wells\nfeelds: 1")));
  EXPECT_THAT(page, AllOf(HasSubstr("line 2"), HasSubstr("do you mean &#39;fields&#39;"),
                          HasSubstr("feelds: 1</textarea>")));
}

TEST_F(SheetPage, columns_that_repeat_are_corrected) {
  const auto at = closed.put("projects.csv", sheet_text);
  auto page = body_of(closed.post(at, form + "&fill=Remarks%3B+Currency"));
  EXPECT_THAT(page, HasSubstr("name=\"fill\" value=\"Remarks; Currency\""));
  EXPECT_THAT(body_of(closed.ask("GET " + at + "/mapping.yaml")), HasSubstr("fill:"));
  page = body_of(closed.post(at, form + "&fill=Remarkz"));
  EXPECT_THAT(page,
              HasSubstr("there is no column &#39;Remarkz&#39;; do you mean &#39;Remarks&#39;?"));
}

TEST_F(SheetPage, proposes_the_same_for_a_workbook) {
  Table table;
  table.name = "projects";
  for (const auto* header : {"Project ID", "Project title", "Recipient country", "Budget"})
    table.columns.push_back({header, header, ColumnKind::text, "", ""});
  for (int i = 0; i < 5; ++i)
    table.rows.push_back({"P-" + std::to_string(i), "Well number " + std::to_string(i),
                          std::string("Kenya"), std::to_string(1000 + i * 7)});
  const auto at = closed.put("projects.xlsx", sheet::write_table(table, sheet::TableFormat::xlsx));
  const auto page = body_of(closed.ask("GET " + at));
  EXPECT_THAT(page, HasSubstr("Well number 3"));
  EXPECT_THAT(page, HasSubstr("value=\"recipient\" selected"));
}

TEST_F(SheetPage, makes_the_preview_anew_with_each_correction) {
  const auto at = closed.put("projects.csv", sheet_text);
  EXPECT_THAT(body_of(closed.ask("GET " + at)), HasSubstr("C4"));
  const auto without = body_of(closed.post(at, form + "&f2="));
  EXPECT_EQ(chosen_field(without, 2), "");
  EXPECT_THAT(without, Not(HasSubstr("stands where recipient")));
  const auto again = body_of(closed.post(at, form + "&f2=partner_country"));
  EXPECT_EQ(chosen_field(again, 2), "partner_country");
  EXPECT_THAT(again, HasSubstr("stands where partner_country"));
  // What was chosen last stays when the page is opened again, and is what is downloaded.
  EXPECT_EQ(chosen_field(body_of(closed.ask("GET " + at)), 2), "partner_country");
  const auto yaml = closed.ask("GET " + at + "/mapping.yaml");
  EXPECT_THAT(header_of(yaml, "Content-Disposition"), HasSubstr("mapping.yaml"));
  const auto mapping = mapping::read_mapping(body_of(yaml));
  EXPECT_EQ(mapping.name, "wells");
  EXPECT_THAT(mapping::check_mapping(mapping), IsEmpty());
  EXPECT_EQ(find_rule(mapping, "Recipient country")->field, "partner_country");
  EXPECT_EQ(find_constant(mapping, "publisher", 1)->value, "MZ-GOV-1");
}

TEST_F(SheetPage, takes_details_of_a_column) {
  const auto at = closed.put("projects.csv", sheet_text);
  closed.post(at, form +
                      "&f4=amount&w4=amount&k4=disbursement&o4=thousand+comma"
                      "&f2=recipient&w2=recipient&v2=Atlantis+%3D+PT%0D%0A");
  const auto page = body_of(closed.ask("GET " + at));
  EXPECT_THAT(page, AllOf(HasSubstr("disbursement 1200500"), Not(HasSubstr("stands where rec"))));
}

TEST_F(SheetPage, tells_one_by_several_columns) {
  const auto at = closed.put("projects.csv", sheet_text);
  closed.post(at, form + "&f0=&f1=identifier&f3=identifier");
  const auto mapping = mapping::read_mapping(body_of(closed.ask("GET " + at + "/mapping.yaml")));
  const auto* rule = find_rule(mapping, "Project title");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->columns, (std::vector<std::string>{"Project title", "Start date"}));
  EXPECT_EQ(rule->form, "hash");
}

TEST_F(SheetPage, names_faults_at_their_field) {
  const auto at = closed.put("projects.csv", sheet_text);
  const auto page = body_of(closed.post(at, form + "&f1=titel&name=Not+Good"));
  EXPECT_THAT(page, HasSubstr("href=\"#f1\""));
  EXPECT_THAT(page, HasSubstr("do you mean &#39;title&#39;?"));
  EXPECT_THAT(page, HasSubstr("aria-describedby=\"e-f1\""));
  const auto currency =
      body_of(closed.post(at, "based=%2F%2F&publisher=MZ-GOV-1&name=wells&f5=&currency=Dubloons"));
  EXPECT_THAT(currency, AllOf(HasSubstr("href=\"#currency\""), HasSubstr("Dubloons")));
  const auto name = body_of(closed.post(at, "based=%2F%2F&publisher=MZ-GOV-1&name=Not+Good"));
  EXPECT_THAT(name, HasSubstr("href=\"#name\""));
  EXPECT_THAT(closed.ask("GET " + at + "/mapping.yaml"), ::testing::StartsWith("HTTP/1.1 400"));
}

TEST_F(SheetPage, gives_nothing_to_those_who_guess) {
  const auto at = closed.put("projects.csv", sheet_text);
  for (const auto* path :
       {"/sheet/00000000000000000000000000000000", "/sheet/..%2F..%2Fetc%2Fpasswd", "/sheet/%2E%2E",
        "/sheet/.", "/sheet/../sheet", "/sheet/x/mapping.yaml"})
    EXPECT_THAT(closed.ask(std::string("GET ") + path),
                ::testing::AnyOf(::testing::StartsWith("HTTP/1.1 404"),
                                 ::testing::StartsWith("HTTP/1.1 400")))
        << path;
  EXPECT_EQ(at.size(), std::string("/sheet/").size() + 32);
  EXPECT_NE(closed.put("projects.csv", sheet_text), at);
  EXPECT_EQ(header_of(closed.ask("GET " + at), "Cache-Control"), "no-store");
}

TEST_F(SheetPage, keeps_files_inside_its_folder) {
  const auto at = closed.put("../../..\\x y#z'.csv", sheet_text);
  const auto file = closed.desk().find(at.substr(7));
  EXPECT_EQ(file->path().rfind(closed.desk().folder() + "/" + file->token() + "/", 0), 0u);
  EXPECT_THAT(file->name(), Not(HasSubstr("/")));
  EXPECT_THAT(file->name(), Not(HasSubstr("#")));
  EXPECT_EQ(safe_file_name(".."), "sheet");
  EXPECT_EQ(safe_file_name("...a\nb.csv"), "a-b.csv");
  const auto mode = files::status(closed.desk().folder()).permissions();
  EXPECT_EQ(mode & files::perms::others_all, files::perms::none);
  EXPECT_EQ(mode & files::perms::group_all, files::perms::none);
}

TEST_F(SheetPage, says_what_is_no_sheet) {
  EXPECT_THAT(closed.send("empty.csv", ""), ::testing::StartsWith("HTTP/1.1 400"));
  const auto at = closed.put("paper.pdf", "%PDF-1.7 and more");
  const auto page = closed.ask("GET " + at);
  EXPECT_THAT(page, ::testing::StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(page, AllOf(HasSubstr("PDF"), Not(HasSubstr(closed.desk().folder()))));
}

TEST(SheetDesk, lets_the_oldest_go) {
  DeskLimits limits;
  limits.files = 3;
  limits.all = 100;
  limits.file = 60;
  SheetDesk desk(limits);
  std::vector<std::string> tokens;
  for (int i = 0; i < 5; ++i) {
    const auto file = desk.begin("a.csv");
    desk.write(*file, "0123456789");
    desk.keep(file);
    tokens.push_back(file->token());
  }
  EXPECT_EQ(desk.size(), 3u);
  EXPECT_THROW(desk.find(tokens[0]), Error);
  EXPECT_NO_THROW(desk.find(tokens[4]));
  const auto big = desk.begin("b.csv");
  desk.write(*big, std::string(60, 'x'));
  EXPECT_THROW(desk.write(*big, "y"), Error);
  desk.keep(big);
  const auto bigger = desk.begin("c.csv");
  desk.write(*bigger, std::string(60, 'x'));
  desk.keep(bigger);
  EXPECT_EQ(desk.size(), 1u);  // 120 bytes are more than 100
  EXPECT_THROW(desk.find(tokens[4]), Error);
}

TEST(SheetDesk, forgets_after_its_time_and_leaves_nothing) {
  std::string folder;
  {
    DeskLimits limits;
    limits.life = std::chrono::seconds(0);
    SheetDesk desk(limits);
    folder = desk.folder();
    auto file = desk.begin("a.csv");
    const auto path = file->path();
    desk.keep(file);
    EXPECT_THROW(desk.find(file->token()), Error);
    EXPECT_TRUE(files::exists(path));  // as long as somebody reads it
    file.reset();
    EXPECT_FALSE(files::exists(path));
  }
  EXPECT_FALSE(files::exists(folder));
}

TEST_F(SheetPage, refuses_to_import_without_the_flag) {
  const auto at = closed.put("projects.csv", sheet_text);
  const auto page = body_of(closed.post(at, form));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("/import\"")), HasSubstr("--allow-import")));
  for (const auto* act : {"/import", "/remember"})
    EXPECT_THAT(closed.post(at + act, form), ::testing::StartsWith("HTTP/1.1 403"));
  EXPECT_THAT(registry::list_imports(*closed.open(), 0), IsEmpty());
}

TEST(SheetImport, is_for_this_machine_alone) {
  SheetSite site(true);
  const auto at = site.put("projects.csv", sheet_text);
  const auto refused = [&](const std::string& headers, const std::string& host) {
    return site.post(at + "/import", form, headers, host).starts_with("HTTP/1.1 403");
  };
  EXPECT_TRUE(refused("", "register.example"));
  EXPECT_TRUE(refused("", "127.0.0.1.example:8080"));
  EXPECT_TRUE(refused("", "localhost.example"));
  EXPECT_TRUE(refused("Sec-Fetch-Site: cross-site\r\n", "localhost"));
  EXPECT_TRUE(refused("Sec-Fetch-Site: same-site\r\n", "localhost"));
  EXPECT_TRUE(refused("Origin: http://localhost:9\r\n", "localhost"));
  EXPECT_TRUE(refused("Origin: null\r\n", "localhost"));
  EXPECT_TRUE(refused("X-Forwarded-For: 203.0.113.9\r\n", "localhost"));
  EXPECT_THAT(registry::list_imports(*site.open(), 0), IsEmpty());
  Request far;
  far.method = "POST";
  far.headers = {{"Host", "localhost"}};
  for (const auto* remote : {"", "203.0.113.9", "127.0.0.1.example", "::2", "10.0.0.1"}) {
    far.remote = remote;
    EXPECT_NE(why_not_import(far, true), "") << remote;
  }
  for (const auto* remote : {"127.0.0.1", "::1", "127.1.2.3", "::ffff:127.0.0.1"}) {
    far.remote = remote;
    EXPECT_EQ(why_not_import(far, true), "") << remote;
    EXPECT_NE(why_not_import(far, false), "") << remote;
  }
  for (const auto* host : {"localhost:8080", "LOCALHOST", "127.0.0.1:80", "[::1]:8080", "[::1]"}) {
    far.headers = {{"Host", host}};
    EXPECT_EQ(why_not_import(far, true), "") << host;
  }
}

TEST(SheetImport, adds_records_once_and_remembers_the_mapping) {
  SheetSite site(true);
  const auto at = site.put("projects.csv", sheet_text);
  EXPECT_THAT(site.post(at + "/import", "based=%2F%2F&publisher=&name=wells"),
              AllOf(HasSubstr("Put the reference"), Not(HasSubstr("What changed"))));
  EXPECT_THAT(registry::list_imports(*site.open(), 0), IsEmpty());
  const auto first = site.post(at + "/import", form, "Origin: http://localhost\r\n");
  EXPECT_THAT(first, AllOf(HasSubstr("What changed in the register"), HasSubstr("findings?file=")));
  auto imports = registry::list_imports(*site.open(), 0);
  ASSERT_EQ(imports.size(), 1u);
  EXPECT_EQ(imports[0].added, 3);
  EXPECT_EQ(imports[0].name, "projects.csv");
  site.post(at + "/import", form);
  imports = registry::list_imports(*site.open(), 1);
  EXPECT_EQ(imports[0].added + imports[0].changed, 0);
  EXPECT_EQ(imports[0].unchanged, 3);
  // Next year's sheet is read by what was remembered, and the page says so.
  const auto next = site.put("projects-2027.csv", sheet_text + "P-4;Dam;Kenya;;1,00;USD;\n");
  const auto page = body_of(site.ask("GET " + next));
  EXPECT_THAT(page, HasSubstr("The mapping wells, remembered before, fits"));
  EXPECT_THAT(page, HasSubstr("value=\"MZ-GOV-1\""));
}

TEST(SheetImport, remembers_without_importing) {
  SheetSite site(true);
  const auto at = site.put("projects.csv", sheet_text);
  EXPECT_THAT(site.post(at + "/remember", form), HasSubstr("The mapping wells is remembered"));
  EXPECT_THAT(registry::list_imports(*site.open(), 0), IsEmpty());
  const auto database = site.open();
  EXPECT_EQ(mapping::get_mapping(database.get(), "wells").origin, "register");
}

}  // namespace
}  // namespace austral::web
