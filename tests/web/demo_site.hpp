// A small invented site for tests of the web room: every template once, with data made up here.
#pragma once

#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/table.hpp"
#include "web/answers.hpp"
#include "web/page.hpp"
#include "web/routes.hpp"
#include "web/server.hpp"

namespace austral::web::demo {

/// An invented table: amounts with and without cents, unknown values, a script in a title.
inline Table make_table(std::size_t rows) {
  Table table;
  table.name = "flows";
  table.title = "Contributions by initiative";
  table.definition =
      "What each partner brought, in money and in kind, valued in the year given. "
      "Loans are counted when signed; volunteers' time is not.";
  table.source = "an invented data set";
  table.revision = "r42";
  table.columns = {
      {"initiative", "Initiative", ColumnKind::text, "", "The name its first publisher gave it."},
      {"provider", "Provider", ColumnKind::code, "", ""},
      {"recipient", "Recipient", ColumnKind::text, "", ""},
      {"begun", "Begun", ColumnKind::date, "", ""},
      {"year", "Year", ColumnKind::year, "", ""},
      {"people", "Experts", ColumnKind::number, "person-days", "Days worked, as reported."},
      {"amount", "Amount", ColumnKind::money, "USD, 2020 prices", "Sum of contributions."},
      {"share", "Share", ColumnKind::share, "%", "Of all amounts in this table."}};
  const char* names[] = {"Rice seed bank",
                         "Tuberculosis laboratories",
                         "Coastal weather radar",
                         "Escuela de parteras comunitarias",
                         "تدريب معلمي الرياضيات",
                         "小水电站维护",
                         "<script>alert('x')</script> & \"quotes\""};
  const char* countries[] = {"Kenya", "Viet Nam", "Plurinational State of Bolivia", "Tuvalu"};
  const char* codes[] = {"BRA", "IND", "CHN", "CUB", "TUR"};
  for (std::size_t i = 0; i < rows; ++i) {
    const auto n = static_cast<std::int64_t>(i);
    std::vector<Cell> row{
        std::string(names[i % 7]) + (i < 7 ? "" : " " + std::to_string(i)),
        std::string(codes[i % 5]),
        std::string(countries[i % 4]),
        std::string("20") + (i % 2 ? "19-03-0" : "08-11-2") + std::to_string(1 + i % 8),
        std::int64_t(2008 + n % 12),
        Cell{n * 37 % 900},
        Cell{Decimal{(n * 7919 + 1250) * 10001, 2}},
        Cell{Decimal{n * 13 % 1000, 1}}};
    if (i % 4 == 1) row[6] = Decimal{n * 1000 + 5, 0};
    if (i % 5 == 3) row[5] = std::monostate{};
    if (i % 6 == 2) row[6] = Decimal{-(n * 991 + 15), 1};
    table.rows.push_back(std::move(row));
    table.links.push_back("/initiatives/" + std::to_string(i + 1));
  }
  table.notes = {"Two records say different years for one initiative; the earlier is shown."};
  return table;
}

inline View make_bar(const char* title, const char* value, const char* percent,
                     const char* colour) {
  return View{
      {"title", title}, {"value", value}, {"percent", percent}, {"colour", colour}, {"link", ""}};
}

inline View make_fact(const char* title, const char* text, const char* link = "",
                      const char* note = "") {
  boost::json::array values;
  if (*text) values.push_back(View{{"text", text}, {"link", link}, {"note", note}});
  return View{{"title", title}, {"values", std::move(values)}};
}

inline Page make_home() {
  Page page;
  page.template_name = "home";
  page.title = "Who shares what with whom";
  page.summary =
      "12,480 initiatives of South-South and triangular cooperation between 142 countries, "
      "2000 to 2026, from 31 publishers.";
  page.section = "home";
  const auto figure = [](const char* value, const char* unit, const char* title) {
    return View{{"value", value},
                {"unit", unit},
                {"title", title},
                {"link", "/reports"},
                {"definition", "Counted once for each initiative, however many records say it."}};
  };
  page.view["figures"] = {figure("12,480", "", "initiatives"), figure("142", "", "countries"),
                          figure("3.4", "billion USD, 2020", "in money"),
                          figure("1.2", "million person-days", "of experts' time")};
  const auto door = [](const char* title, const char* text, const char* link) {
    return View{{"title", title}, {"text", text}, {"link", link}};
  };
  page.view["doors"] = {
      door("Initiatives", "Find one by name, partner, goal or year.", "/initiatives"),
      door("Countries", "What each gives, receives and arranges.", "/countries"),
      door("Reports", "Tables of the whole, each with its definition.", "/reports")};
  return page;
}

inline Page make_details() {
  Page page;
  page.template_name = "details";
  page.title = "Tuberculosis laboratories";
  page.section = "initiatives";
  page.summary = "A laboratory network built by Brazil with Kenya and Uganda, 2012 to 2016.";
  page.crumbs = {{"Initiatives", "/initiatives"}};
  page.view["facts_first"] = true;
  page.view["facts"] = {make_fact("Provider", "Brazil", "/countries", "Ministry of Health"),
                        make_fact("Recipient", "Kenya", "/countries"), make_fact("Facilitator", ""),
                        make_fact("Goal", "3 Good health and well-being")};
  View shares{{"title", "What each partner brought"},
              {"text", "Valued in USD at 2020 prices."},
              {"has_bars", true},
              {"has_facts", false},
              {"has_timeline", false}};
  shares["bars"] = {make_bar("Brazil", "1,250,000 USD (62.5 %)", "62.5", "1"),
                    make_bar("Kenya", "500,000 USD (25.0 %)", "25", "2"),
                    make_bar("Uganda", "250,000 USD (12.5 %)", "12.5", "3")};
  View times{{"title", "When"},      {"text", ""},           {"has_bars", false},
             {"has_facts", false},   {"has_timeline", true}, {"timeline_from", "2012"},
             {"timeline_to", "2016"}};
  times["timeline"] = {View{{"title", "Planned"},
                            {"text", "2012 – 2015"},
                            {"from", "0"},
                            {"width", "75"},
                            {"colour", "6"}},
                       View{{"title", "Actual"},
                            {"text", "2013 – 2016"},
                            {"from", "20"},
                            {"width", "80"},
                            {"colour", "1"}}};
  page.view["groups"] = {shares, times};
  return page;
}

inline Page make_report(const Request& request) {
  Page page;
  page.section = "reports";
  page.title = "Contributions by initiative";
  page.summary = "An invented table of 120 rows, to see what a table looks like.";
  page.view["has_filters"] = true;
  page.view["action"] = request.path;
  View provider{{"name", "provider"}, {"title", "Provider"}, {"has_options", true}};
  provider["options"] = {
      View{{"value", "BRA"}, {"text", "Brazil"}, {"count", "24"}, {"chosen", true}},
      View{{"value", "IND"}, {"text", "India"}, {"count", "24"}, {"chosen", false}}};
  View year{{"name", "year"}, {"title", "Year"}, {"has_options", false},
            {"value", ""},    {"type", "text"},  {"hint", "Four figures, such as 2012"}};
  page.view["fields"] = {provider, year};
  page.view["has_chips"] = true;
  page.view["chips"] = {View{{"title", "Provider"}, {"text", "Brazil"}, {"link", "/reports"}}};
  page.view["clear_link"] = "/reports";
  return page;
}

/// Counts what is sent and adds its bytes up; refuses at a `!`.
class Counting : public Upload {
 public:
  explicit Counting(std::string mark) : mark_(std::move(mark)) {}
  void take(std::string_view bytes) override {
    if (bytes.find('!') != std::string_view::npos) throw Error(Kind::invalid, "no '!' please");
    ++parts_;
    size_ += bytes.size();
    for (const unsigned char byte : bytes) sum_ += byte;
  }
  Response finish() override {
    return text(mark_ + " " + std::to_string(size_) + " " + std::to_string(sum_) +
                (parts_ > 1 ? " in parts" : " at once"));
  }

 private:
  std::string mark_;
  std::uint64_t size_ = 0, sum_ = 0, parts_ = 0;
};

/// Routes of the demonstration.
inline std::shared_ptr<Router> make_router() {
  auto router = std::make_shared<Router>();
  const auto assets = std::make_shared<const Assets>();
  const auto pages = std::make_shared<Pages>(assets, [] { return std::string("r42"); });
  pages->twins["csv"] = [](const Table& table, const Request&) {
    return file(std::to_string(table.rows.size()) + "\n", "text/csv; charset=utf-8", "flows.csv");
  };
  pages->twins["xlsx"] = pages->twins["csv"];
  add_fixed_routes(*router, assets, [] { return Health{"r42", true}; });
  router->error_page = [pages](const Request& request, int status, const std::string& message) {
    return pages->show_error(request, status, message);
  };
  const auto page = [&](const char* pattern, std::function<Response(const Request&)> handler,
                        bool table = false) {
    Route route{"GET", pattern, "read", "a page of the demonstration", handler, table};
    if (table) route.parameters = "@search @pages";
    router->add(std::move(route));
  };
  page("/", [pages](const Request& request) { return pages->show(request, make_home()); });
  page("/initiatives/{id}",
       [pages](const Request& request) { return pages->show(request, make_details()); });
  const auto report = [pages](const Request& request) {
    return pages->show_table(request, make_table(120), make_report(request));
  };
  for (const auto* pattern : {"/initiatives", "/countries", "/organizations", "/reports", "/data"})
    page(pattern, report, true);
  page("/about", [pages](const Request& request) {
    Page empty;
    empty.template_name = "report";
    empty.section = "about";
    empty.title = "Nothing yet";
    empty.view["empty"] =
        View{{"title", "No initiative fits these filters"},
             {"text", "Remove one, or look at all."},
             {"links", {View{{"title", "All initiatives"}, {"link", "/initiatives"}}}}};
    return pages->show(request, empty);
  });
  page("/echo/{id}", [](const Request& request) { return text(request.placeholder("id")); });
  page("/slow", [](const Request&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    return text("slow");
  });
  page("/long", [](const Request&) {
    Response response = text("");
    response.producer = [n = 0](std::string& out) mutable {
      out = std::string(10000, static_cast<char>('a' + n % 26));
      return ++n < 100;
    };
    return response;
  });
  page("/broken", [](const Request&) -> Response { throw std::runtime_error("secret cause"); });
  for (const auto& [name, kind] : std::map<std::string, Kind>{{"invalid", Kind::invalid},
                                                              {"forbidden", Kind::forbidden},
                                                              {"not_found", Kind::not_found},
                                                              {"conflict", Kind::conflict},
                                                              {"unavailable", Kind::unavailable}})
    page(("/refused/" + name).c_str(),
         [kind = kind](const Request&) -> Response { throw Error(kind, "<b>calm</b> words"); });
  router->add({"POST", "/echo", "read", "gives the body back",
               [](const Request& request) { return text(request.body); }, false, 2000});
  Route upload{"POST", "/count/{mark}", "read", "counts the body's bytes"};
  upload.body_limit = 64u << 20;
  upload.upload = [](const Request& request) {
    return std::make_unique<Counting>(request.placeholder("mark"));
  };
  router->add(std::move(upload));
  return router;
}

/// The demonstration on a port of its own, for as long as this object lives.
class Site {
 public:
  explicit Site(ServerOptions options = {}, std::shared_ptr<Router> router = make_router())
      : router_(std::move(router)) {
    if (options.listen == ServerOptions{}.listen) options.listen = "127.0.0.1:0";
    options.stop_on_signals = false;
    std::promise<std::string> ready;
    options.ready = [&](const std::string& address) { ready.set_value(address); };
    options.access_log = [this](std::string_view line) {
      const std::lock_guard lock(mutex_);
      log_ += std::string(line) + "\n";
    };
    router_->error_log = [this](std::string_view line) {
      const std::lock_guard lock(mutex_);
      errors_ += std::string(line) + "\n";
    };
    answers_ = std::make_unique<Answers>(*router_, nullptr);
    server_ = std::make_unique<Server>(options, service_of(*router_, *answers_));
    thread_ = std::thread([this] { server_->run(); });
    address_ = ready.get_future().get();
  }
  ~Site() {
    server_->stop();
    thread_.join();
  }
  const std::string& address() const { return address_; }
  int port() const { return std::stoi(address_.substr(address_.rfind(':') + 1)); }
  std::string log() const {
    const std::lock_guard lock(mutex_);
    return log_;
  }
  std::string errors() const {
    const std::lock_guard lock(mutex_);
    return errors_;
  }

 private:
  std::shared_ptr<Router> router_;
  std::unique_ptr<Answers> answers_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
  std::string address_;
  mutable std::mutex mutex_;
  std::string log_, errors_;
};

}  // namespace austral::web::demo
