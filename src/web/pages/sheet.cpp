// Read a sheet: it is sent, read, corrected, tried, and where that is allowed remembered and
// imported.
#include "web/pages/sheet.hpp"

#include <chrono>
#include <thread>

#include "base/error.hpp"
#include "base/text.hpp"
#include "registry/import_store.hpp"
#include "registry/link_store.hpp"
#include "standards/mapping/reader.hpp"
#include "store/schema.hpp"
#include "web/guard.hpp"

namespace austral::web {
namespace {

constexpr auto who = "page:sheet";  // for the journal, while nobody can log in
constexpr std::size_t form_frame = 64 * 1024;

/// Takes a form with one file and puts the file on the desk.
class SheetUpload : public Upload {
 public:
  SheetUpload(std::shared_ptr<const Site> site, const Request& request)
      : site_(std::move(site)),
        turn_(site_->sheet_uploads->take()),
        reader_(
            request.find_header("Content-Type").value_or(""),
            [this](const FormPart& part) { begin(part); },
            [this](std::string_view bytes) {
              if (file_ && taking_) site_->sheets->write(*file_, bytes);
            }) {
    if (!turn_)
      throw Error(Kind::unavailable,
                  "Several sheets are arriving at this moment. Try again in a few seconds.");
  }
  void take(std::string_view bytes) override { reader_.take(bytes); }
  Response finish() override {
    reader_.finish();
    if (!file_ || file_->bytes() == 0)
      throw Error(Kind::invalid, "No sheet was sent: choose a file that is not empty, then send.");
    site_->sheets->keep(file_);
    return redirect("/sheet/" + file_->token());
  }

 private:
  void begin(const FormPart& part) {
    taking_ = part.is_file && part.name == "file";
    if (!taking_) return;
    if (file_) throw Error(Kind::invalid, "One sheet at a time: send the others after it.");
    file_ = site_->sheets->begin(part.filename);
  }

  std::shared_ptr<const Site> site_;
  std::shared_ptr<void> turn_;
  std::shared_ptr<DeskFile> file_;
  bool taking_ = false;
  FormReader reader_;
};

std::string name_of_mapping(const std::string& file) {
  std::string name;
  for (const char c : file.substr(0, file.rfind('.'))) {
    if ((c >= 'a' && c <= 'z') || is_digit(c))
      name += c;
    else if (c >= 'A' && c <= 'Z')
      name += static_cast<char>(c - 'A' + 'a');
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  name = name.substr(0, 64);
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "my-sheet" : name;
}

/// The mapping that fits, unless the person asked for another one or for a proposal.
void choose_base(SheetReading& reading, const Fields& choices) {
  const auto wanted = find_choice(choices, "base");
  if (!wanted) {
    if (!reading.fitting.empty()) reading.base = reading.fitting.front().mapping->name;
    return;
  }
  for (const auto& known : reading.fitting)
    if (known.mapping->name == *wanted) reading.base = *wanted;
}

void read_sheet(const Site& site, const DeskFile& file, const Fields& choices,
                SheetReading& reading) {
  reading.members = sheet::list_members(file.path());
  reading.member = find_choice(choices, "member").value_or("");
  if (reading.member.empty() && reading.members.size() > 1)
    reading.member = reading.members.front();
  sheet::WorkbookOptions options;
  options.member = reading.member;
  const auto workbook = sheet::open_workbook(file.path(), options);
  reading.sheets = workbook->sheets();
  const auto wanted = find_choice(choices, "sheet").value_or("");
  for (const auto& one : reading.sheets)
    if (one.name == wanted) reading.sheet = wanted;
  const auto database = site.pool->lend();
  mapping::ProposalOptions how;
  how.known = mapping::list_known(database.get());
  how.name = name_of_mapping(file.name());
  how.sheet = reading.sheet;
  for (auto& fit : mapping::find_fitting(*workbook, how.known))
    if (fit.is_whole()) reading.fitting.push_back(fit.known);
  choose_base(reading, choices);
  reading.proposal = mapping::propose_mapping(*workbook, how);
}

void try_mapping(DeskFile& file, SheetWork& work) {
  const auto known = mapping::lend_mapping(work.corrected.mapping);
  const auto how = sheet_import_of(work.reading);
  const auto key = known->digest + "/" + how.sheet + "/" + how.workbook.member;
  work.preview = std::static_pointer_cast<const mapping::Preview>(file.find_made(key));
  if (work.preview) return;
  mapping::PreviewOptions options;
  options.sheet = how.sheet;
  work.preview = std::make_shared<const mapping::Preview>(
      mapping::make_preview(file.path(), *known, options, how.workbook));
  file.keep_made(key, work.preview);
}

std::shared_ptr<DeskFile> find_file(const Site& site, const Request& request) {
  return site.sheets->find(request.placeholder("token"));
}

/// A form's whole choice takes the place of the one before.
std::shared_ptr<DeskFile> take_choices(const Site& site, const Request& request) {
  auto file = find_file(site, request);
  file->set_choices(parse_query(request.body));
  return file;
}

Response correct_sheet(const Site& site, const Request& request) {
  const auto file = take_choices(site, request);
  return show_sheet_work(site, request, *file, work_on(site, *file));
}

Response show_sheet(const Site& site, const Request& request) {
  const auto file = find_file(site, request);
  return show_sheet_work(site, request, *file, work_on(site, *file));
}

Response download_mapping(const Site& site, const Request& request) {
  const auto file = find_file(site, request);
  const auto work = work_on(site, *file);
  if (!work.corrected.faults.empty())
    throw Error(Kind::invalid,
                "The mapping cannot be used yet: " + work.corrected.faults.front().text);
  return austral::web::file(mapping::write_mapping(work.corrected.mapping),
                            "application/yaml; charset=utf-8", "mapping.yaml");
}

Response remember_sheet(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto file = take_choices(site, request);
  const auto work = work_on(site, *file);
  if (!work.ready()) return show_sheet_work(site, request, *file, work);
  const auto database = store::open_register(site.address, store::Access::create);
  mapping::remember_mapping(*database, who, work.corrected.mapping);
  return show_sheet_work(site, request, *file, work,
                         language.t("sheet.remembered", {{"name", work.corrected.mapping.name}}));
}

Table make_result(const standards::ImportedFile& done, const std::string& findings_link,
                  const Language& language) {
  Table table;
  table.name = "imported";
  table.title = language.t("sheet.result");
  table.definition = language.t("sheet.result.text");
  const auto count = [&](const char* name) {
    return Column{name, language.t(std::string("field.import.") + name), ColumnKind::number, "",
                  ""};
  };
  table.columns = {{"file", language.t("field.file"), ColumnKind::text, "", ""},
                   count("read"),
                   count("new"),
                   count("changed"),
                   count("unchanged"),
                   count("findings")};
  table.rows = {{done.name, std::int64_t(done.counts.read), std::int64_t(done.counts.added),
                 std::int64_t(done.counts.changed), std::int64_t(done.counts.unchanged),
                 std::int64_t(done.counts.findings)}};
  table.links = {findings_link};
  if (!done.damage.empty()) table.notes.push_back(done.damage);
  return table;
}

Response import_now(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  const auto turn = site.imports->take();
  if (!turn)
    throw Error(Kind::unavailable, "Another sheet is being imported. Try again when it is done.");
  const auto file = take_choices(site, request);
  const auto work = work_on(site, *file);
  if (!work.ready()) return show_sheet_work(site, request, *file, work);
  const auto database = store::open_register(site.address, store::Access::create);
  standards::ImportOptions options;
  options.who = who;
  const auto done = mapping::import_sheet(*database, file->path(),
                                          mapping::know_mapping(work.corrected.mapping, "register"),
                                          sheet_import_of(work.reading), options);
  if (!registry::links_are_current(*database)) registry::draw_links(*database);
  std::string link = "/data/findings";
  for (const auto& line : registry::list_imports(*database, 1))
    link += "?file=" + std::to_string(line.key);
  Page page;
  page.template_name = "sheet_done";
  page.view["sheet_css"] = site.assets->address("sheet.css");
  page.section = "data";
  page.title = language.t("sheet.imported");
  page.summary = language.t("sheet.imported.text", {{"name", work.corrected.mapping.name}});
  page.crumbs = {{language.t("nav.data"), "/data"},
                 {language.t("sheet.title"), "/sheet"},
                 {file->name(), "/sheet/" + file->token()}};
  Arrangement arrangement;
  arrangement.sortable.emplace();
  arrangement.downloads = false;
  page.view["html_table"] =
      render_table(make_result(done, link, language), arrangement, request, language);
  page.view["findings_link"] = link;
  page.view["back_link"] = "/sheet/" + file->token();
  Request shown = request;  // a language is chosen on the sheet's own page
  shown.path = "/sheet/" + file->token();
  return site.pages->show(shown, page).set("Cache-Control", "no-store");
}

}  // namespace

mapping::SheetImport sheet_import_of(const SheetReading& reading) {
  mapping::SheetImport how;
  how.sheet = reading.sheet;
  how.workbook.member = reading.member;
  return how;
}

/// Most sheets are read in a moment: whoever comes meanwhile waits a little before being refused.
std::shared_ptr<void> wait_for_turn(Turns& turns) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(3);
  auto turn = turns.take();
  while (!turn && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    turn = turns.take();
  }
  return turn;
}

SheetWork work_on(const Site& site, DeskFile& file) {
  const auto turn = wait_for_turn(*site.sheet_turns);
  if (!turn)
    throw Error(Kind::unavailable,
                "Other sheets are being read at this moment. Try again in a few seconds.");
  SheetWork work;
  const auto choices = file.choices();
  try {
    read_sheet(site, file, choices, work.reading);
    work.corrected = correct_mapping(work.reading, choices);
    if (work.corrected.faults.empty()) try_mapping(file, work);
  } catch (const Error& error) {
    if (error.kind() != Kind::invalid && error.kind() != Kind::not_found) throw;
    // The folder is nobody's business.
    work.trouble = error.what();
    for (auto at = work.trouble.find(file.path()); at != std::string::npos;
         at = work.trouble.find(file.path(), at))
      work.trouble.replace(at, file.path().size(), file.name());
  }
  return work;
}

Response show_sheet_start(const Site& site, const Request& request) {
  const auto& language = get_language(request.language);
  Page page;
  page.template_name = "sheet_start";
  page.view["sheet_css"] = site.assets->address("sheet.css");
  page.section = "data";
  page.title = language.t("sheet.title");
  page.summary = language.t("sheet.summary");
  page.view["sending"] =
      language.t("check.sending", {{"sent", std::string("{sent}")}, {"all", std::string("{all}")}});
  page.crumbs = {{language.t("nav.data"), "/data"}};
  return site.pages->show(request, page);
}

void add_sheet_routes(Router& router, const std::shared_ptr<const Site>& site) {
  Route upload{"POST", "/sheet", "read", "Takes a sheet to be read"};
  upload.described = false;
  upload.body_limit = DeskLimits{}.file + form_frame;
  upload.upload = [site](const Request& request) {
    return std::make_unique<SheetUpload>(site, request);
  };
  router.add(std::move(upload));
  using PageFunction = Response (*)(const Site&, const Request&);
  const auto add = [&](const char* method, const char* pattern, const char* right,
                       const char* title, PageFunction show) {
    Route route{method, pattern, right, title, [site, show](const Request& request) {
                  return show(*site, request).set("Cache-Control", "no-store");
                }};
    route.described = false;  // behind a token that one reader knows
    router.add(std::move(route));
  };
  add("GET", "/sheet/{token}", "read", "A sheet and its mapping", show_sheet);
  add("POST", "/sheet/{token}", "read", "Corrects a sheet's mapping", correct_sheet);
  add("GET", "/sheet/{token}/mapping.yaml", "read", "The mapping, to keep", download_mapping);
  add("POST", "/sheet/{token}/remember", "import", "Remembers the mapping", remember_sheet);
  add("POST", "/sheet/{token}/import", "import", "Imports the sheet", import_now);
}

}  // namespace austral::web
