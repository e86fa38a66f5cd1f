// Check a file: takes it as a form or as it is, judges it while it comes, and keeps nothing.
#include "web/pages/check.hpp"

#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "web/pages/pages.hpp"

namespace austral::web {
namespace {

constexpr std::size_t most_sent = std::size_t{16} << 30;  // Units: bytes

CheckForm parse_check_form(const std::string& name) {
  for (const auto& [known, form] :
       {std::pair{"page", CheckForm::page}, std::pair{"html", CheckForm::html},
        std::pair{"csv", CheckForm::csv}, std::pair{"json", CheckForm::json}})
    if (name == known) return form;
  throw Error(Kind::invalid, "There is no report as '" + shorten(make_valid_utf8(name), 40) +
                                 "'; there are page, html, csv and json.");
}

bool wants_page(const Request& request) {
  return request.find_header("Accept").value_or("").find("text/html") != std::string::npos;
}

CheckForm first_form(const Request& request) {
  const auto asked = request.find_query("format").value_or("");
  if (!asked.empty()) return parse_check_form(asked);
  return is_form(request) || wants_page(request) ? CheckForm::page : CheckForm::json;
}

/// `report.csv` for `a/activities.xml` is `activities.csv`.
std::string name_report(const std::string& name, const std::string& ending) {
  auto stem = name;
  for (const std::string_view known : {".gz", ".zip", ".xml"})
    if (stem.size() > known.size() && stem.ends_with(known))
      stem.resize(stem.size() - known.size());
  return stem + "-report." + ending;
}

/// Sends a file without a name part by part.
Producer send_whole(NamelessFile whole) {
  return [whole = std::move(whole), part = std::vector<char>(64 * 1024)](std::string& out) mutable {
    const auto size = std::fread(part.data(), 1, part.size(), whole.get());
    out.append(part.data(), size);
    if (std::ferror(whole.get())) throw Error(Kind::unavailable, "the report cannot be read back");
    return size == part.size();
  };
}

class CheckUpload : public Upload {
 public:
  CheckUpload(std::shared_ptr<const Site> site, const Request& request)
      : site_(std::move(site)), request_(request) {
    attempt([&] { begin(); });
  }
  void take(std::string_view bytes) override {
    if (!refusal_) attempt([&] { reader_ ? reader_->take(bytes) : pass(bytes); });
  }
  Response finish() override {
    Response answer;
    if (!refusal_) attempt([&] { answer = make_answer(); });
    return refusal_ ? std::move(*refusal_) : answer;
  }

 private:
  void begin() {
    turn_ = site_->checks->take();
    if (!turn_)
      throw Error(Kind::unavailable,
                  "As many files as this site can judge at once are being judged. Send yours again "
                  "in a minute.");
    form_ = first_form(request_);
    const auto type = request_.find_header("Content-Type").value_or("");
    if (is_form(request_)) {
      reader_.emplace(
          type, [this](const FormPart& part) { begin_part(part); },
          [this](std::string_view bytes) { take_part(bytes); });
    } else if (type.starts_with("application/x-www-form-urlencoded")) {
      throw Error(Kind::invalid,
                  "What was sent is a form without a file. Send the file itself, with Content-Type "
                  "application/xml, or in a form as multipart/form-data.");
    } else {
      const auto name = make_valid_utf8(request_.find_query("filename").value_or(""));
      name_ = name.empty() ? "file" : shorten(name, 200);
      is_file_ = true;
    }
  }

  void begin_part(const FormPart& part) {
    end_field();
    is_file_ = part.is_file || part.name == "file";
    field_ = is_file_ ? "" : part.name;
    if (is_file_ && (checking_ || !name_.empty()))
      throw Error(Kind::invalid,
                  "There is more than one file in the form. Send them one by one, or together in "
                  "a .zip.");
    if (is_file_) name_ = shorten(part.filename, 200);
    if (!is_file_ && field_ != "format")
      throw Error(Kind::invalid, "The form has a field '" + shorten(field_, 40) +
                                     "', which is not known here; there are format and file.");
    if (!is_file_ && checking_)
      throw Error(Kind::invalid, "The field format has to stand before the file.");
  }

  void take_part(std::string_view bytes) {
    if (is_file_) return pass(bytes);
    value_.append(bytes.substr(0, 64 - std::min<std::size_t>(value_.size(), 64)));
  }

  void end_field() {
    if (field_ == "format") form_ = parse_check_form(value_);
    field_.clear();
    value_.clear();
  }

  void pass(std::string_view bytes) {
    if (bytes.empty()) return;
    if (!checking_)
      checking_ = std::make_unique<Checking>(name_.empty() ? std::string("file") : name_, form_);
    checking_->take(bytes);
  }

  Response make_answer() {
    if (reader_) {
      reader_->finish();
      end_field();
    }
    if (!checking_)
      throw Error(Kind::invalid, name_.empty()
                                     ? "No file was chosen. Choose an IATI file and send it again."
                                     : "The file is empty: there is nothing in it to judge.");
    const auto checked = checking_->finish();
    const auto date = to_timestamp(now_milliseconds()).substr(0, 10);
    Response answer;
    if (form_ == CheckForm::page) {
      answer = show_checked(*site_, request_, name_, checked, checking_->taken());
    } else if (form_ == CheckForm::html) {
      std::vector<const validation::Report*> reports;
      for (const auto& report : checked.reports) reports.push_back(report.get());
      answer = file(write_bounded(reports, form_, validation::Report::most_places),
                    "text/html; charset=utf-8", name_report(name_, "html"));
    } else {
      const bool csv = form_ == CheckForm::csv;
      answer = file("", csv ? "text/csv; charset=utf-8" : "application/json",
                    name_report(name_, csv ? "csv" : "json"));
      answer.producer = send_whole(checked.whole);
    }
    return answer.set("Cache-Control", "no-store");
  }

  /// A form is answered with the form again, a program with words it can read.
  void attempt(const std::function<void()>& work) {
    try {
      work();
    } catch (const Error& error) {
      checking_.reset();
      const auto status = status_of(error.kind());
      auto asked = request_;
      if (is_form(request_) || wants_page(request_)) {
        refusal_ = show_check(*site_, request_, error.what(), status);
      } else {
        asked.headers.emplace(asked.headers.begin(), "Accept", "application/json");
        refusal_ = site_->router->refuse(asked, status, error.what());
      }
      refusal_->set("Cache-Control", "no-store");
      if (status == 503) refusal_->set("Retry-After", "60");
    }
  }

  std::shared_ptr<const Site> site_;
  const Request& request_;
  std::shared_ptr<void> turn_;
  CheckForm form_ = CheckForm::page;
  std::optional<FormReader> reader_;
  std::string name_, field_, value_;
  bool is_file_ = false;
  std::unique_ptr<Checking> checking_;
  std::optional<Response> refusal_;
};

View make_judged(const Language& language, const char* name) {
  const std::string key = std::string("check.") + name;
  return View{{"title", language.t(key)}, {"text", language.t(key + ".text")}};
}

}  // namespace

Response show_check(const Site& site, const Request& request, const std::string& problem,
                    int status) {
  const auto& language = get_language(request.language);
  Page page;
  page.template_name = "check";
  page.section = "data";
  page.crumbs = {{language.t("nav.data"), "/data"}};
  page.title = language.t("check.title");
  page.summary = language.t("check.summary");
  page.status = status;
  page.view["problem"] = problem;
  page.view["sending"] =
      language.t("check.sending", {{"sent", std::string("{sent}")}, {"all", std::string("{all}")}});
  page.view["parts"] =
      boost::json::array{make_judged(language, "judged"), make_judged(language, "kept"),
                         make_judged(language, "large")};
  return site.pages->show(request, page);
}

Response show_check(const Site& site, const Request& request) {
  return show_check(site, request, "", 200);
}

void add_check(Router& router, const std::shared_ptr<const Site>& site) {
  Route route{"POST", "/check", "read", "Judge an IATI file that is sent; nothing of it is kept"};
  route.body_limit = most_sent;
  route.parameters = "format filename";
  route.upload = [site](const Request& request) -> std::unique_ptr<Upload> {
    return std::make_unique<CheckUpload>(site, request);
  };
  router.add(std::move(route));
}

}  // namespace austral::web
