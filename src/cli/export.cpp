// austral export: records as IATI or GeoJSON, rows as tables, or an organization's own publication.
#include "standards/export.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "base/catalogue.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/searching.hpp"
#include "registry/export_store.hpp"
#include "registry/fact_store.hpp"
#include "registry/organization_store.hpp"
#include "review/exports.hpp"
#include "standards/validation/judged_writer.hpp"
#include "store/journal.hpp"
#include "store/schema.hpp"

namespace austral::cli {
namespace {

constexpr std::size_t examples_told = 3;

struct ExportArguments {
  CommonOptions common;
  SearchArguments search;
  std::string what, grain, columns, only;
};

/// What was found while writing: equal findings told once, with their number and some places;
/// records that do not pass validation are named one by one, while they come.
class Told {
 public:
  explicit Told(standards::Kept kept = standards::Kept::every) : kept_(kept) {}
  void add(const Findings& findings) {
    for (const auto& finding : findings) {
      if (tell_record(finding)) continue;
      auto& kind = kinds_[{finding.severity, finding.rule, finding.message}];
      if (kind.count++ < examples_told)
        kind.places += (kind.places.empty() ? "" : "; ") + finding.place;
    }
  }
  void print() const {
    for (auto one = kinds_.rbegin(); one != kinds_.rend(); ++one) {
      const auto& [severity, rule, message] = one->first;
      std::cerr << "austral: " << boost::describe::enum_to_string(severity, "") << " " << rule
                << " (" << one->second.count << "): " << message << " [" << one->second.places
                << (one->second.count > examples_told ? "; ..." : "") << "]\n";
    }
    if (invalid_ + faulty_ > 0)
      std::cerr << "austral: " << sentence(invalid_, "not valid", kept_ != standards::Kept::every)
                << ", "
                << sentence(faulty_, "valid with errors", kept_ == standards::Kept::faultless)
                << (kept_ == standards::Kept::every
                        ? "; mend them at their source, or leave them out with --only valid or "
                          "--only faultless\n"
                        : "; mend them at their source\n");
  }

 private:
  bool tell_record(const Finding& finding) {
    const bool invalid = finding.rule == validation::invalid_record;
    if (!invalid && finding.rule != validation::faulty_record) return false;
    ++(invalid ? invalid_ : faulty_);
    std::cerr << "austral: " << finding.place << ": " << finding.message << "\n";
    return true;
  }
  static std::string sentence(std::size_t count, const char* what, bool left_out) {
    return std::to_string(count) + (count == 1 ? " record is " : " records are ") + what +
           (left_out && count > 0 ? " (left out)" : "");
  }

  struct Kind {
    std::size_t count = 0;
    std::string places;
  };
  standards::Kept kept_;
  std::size_t invalid_ = 0, faulty_ = 0;
  std::map<std::tuple<Severity, std::string, std::string>, Kind> kinds_;
};

standards::Kept read_only(const std::string& only) {
  if (only.empty()) return standards::Kept::every;
  if (only == "valid") return standards::Kept::valid;
  if (only == "faultless") return standards::Kept::faultless;
  throw Error(Kind::invalid,
              "--only takes 'valid' (no critical fault) or 'faultless' (no error "
              "either), not '" +
                  only + "'");
}

/// Keys in ascending order: the same register, the same file.
std::vector<std::int64_t> find_sorted(store::Database& database, const ExportArguments& arguments,
                                      const registry::Question& question) {
  auto keys = question.words.empty()
                  ? registry::find_keys(database, question)
                  : find_by_words(database, arguments.search, question, arguments.common.address,
                                  arguments.common.language, "relevance")
                        .keys;
  std::sort(keys.begin(), keys.end());
  return keys;
}

standards::ExportHead make_head(store::Database& database, const registry::Question& question,
                                const std::string& language) {
  const auto& words = get_language(language);
  standards::ExportHead head;
  head.title = words.t("export.initiative.title");
  head.source = words.t("report.initiatives.source");
  head.licence = words.t("footer.licence_text");
  head.query = review::describe_search(database, question, language);
  if (head.query.empty()) head.query = words.t("export.everything");
  head.language = language;
  return head;
}

standards::KeyFinder finder_of(const standards::ExportFormat& format,
                               std::vector<std::int64_t> keys, std::string publisher) {
  if (format.taken == standards::Taken::organisations)
    return [publisher](store::Database& database) {
      return registry::find_organisation_files(database, publisher);
    };
  return [keys = std::move(keys)](store::Database&) { return keys; };
}

/// The facts that a table's file has no room for, beside it, as the W3C's CSV on the Web asks.
void write_companion(const Table& head, const std::string& path) {
  boost::json::array columns;
  for (const auto& column : head.columns)
    columns.push_back(boost::json::object{
        {"name", column.name}, {"titles", column.title}, {"dc:description", column.definition}});
  boost::json::object about{{"@context", "http://www.w3.org/ns/csvw"},
                            {"url", std::filesystem::path(path).filename().string()},
                            {"dc:title", head.title},
                            {"dc:source", head.source},
                            {"dc:rights", head.licence},
                            {"dc:date", head.made},
                            {"dc:identifier", "revision " + head.revision},
                            {"dc:description", head.query}};
  if (!columns.empty()) about["tableSchema"] = boost::json::object{{"columns", columns}};
  std::ofstream(path + "-metadata.json") << boost::json::serialize(about) << "\n";
}

/// Tells the facts of a table's file in its companion, without a file on standard error.
void tell_facts(const Table& head, const std::string& output) {
  if (!output.empty())
    write_companion(head, output);
  else
    std::cerr << "austral: " << head.title << "; " << head.query << "; revision " << head.revision
              << " of " << head.made << "; " << head.licence << "\n";
}

/// The same facts of a format of rows that is no table of ours.
void tell_facts(store::Database& database, const standards::ExportHead& head,
                const std::string& output) {
  const auto revision = store::revision_of(database);
  Table facts;
  facts.title = head.title;
  facts.source = head.source;
  facts.licence = head.licence;
  facts.query = head.query;
  facts.revision = std::to_string(revision);
  facts.made = standards::date_of_revision(database, revision);
  tell_facts(facts, output);
}

int export_table(const std::shared_ptr<store::Database>& database,
                 const registry::Question& question, ExportArguments arguments) {
  review::ExportQuestion asked;
  asked.language = arguments.common.language;
  if (!arguments.grain.empty()) asked.grain = review::parse_grain(arguments.grain);
  for (const auto name : split(arguments.columns, ','))
    if (!trim(name).empty()) asked.columns.emplace_back(trim(name));
  asked.query = review::describe_search(*database, question, asked.language);
  const auto keys = find_sorted(*database, arguments, question);
  auto stream = review::export_initiatives(database, asked, [&](store::Database&) { return keys; });
  stream.head.made = standards::date_of_revision(*database, store::revision_of(*database));
  if (arguments.what == "csv") tell_facts(stream.head, arguments.common.output);
  arguments.common.format = arguments.what;
  print_stream(std::move(stream), arguments.common);
  return done;
}

std::string as_file_name(std::string_view text) {
  std::string out;
  for (const char c : text)
    out += std::isalnum(static_cast<unsigned char>(c)) || c == '-' ? char(std::tolower(c)) : '-';
  return out;
}

/// What the IATI Registry asks of a file's entry, for whoever fills in its form.
struct RegistryEntry {
  std::string name, title, publisher_id, url = "https://YOUR-SITE/", format = "IATI-XML";
  std::string file_type, iati_version = "2.03", data_updated, licence, language;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(RegistryEntry, (),
                      (name, title, publisher_id, url, format, file_type, iati_version,
                       data_updated, licence, language, count))

void write_text(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  if (!(file << text)) throw Error(Kind::unavailable, "cannot write " + path.string());
}

/// One file of a publication with its entry for the registry.
void publish(const std::shared_ptr<store::Database>& database, std::string_view format_name,
             standards::ExportHead head, const std::filesystem::path& folder,
             std::vector<std::int64_t> keys, const std::string& publisher, Told& told) {
  const auto& format = *standards::find_export_format(format_name);
  const bool activities = format.taken != standards::Taken::organisations;
  if (!activities) keys = registry::find_organisation_files(*database, publisher);
  if (keys.empty()) return;
  head.publisher = publisher;
  RegistryEntry entry;
  entry.name = as_file_name(publisher) + (activities ? "-activities" : "-organisation");
  entry.title = head.title + ": " + publisher;
  entry.publisher_id = publisher;
  entry.url += entry.name + ".xml";
  entry.file_type = activities ? "activity" : "organisation";
  entry.data_updated = standards::date_of_revision(*database, store::revision_of(*database));
  entry.licence = head.licence;
  entry.language = head.language;
  entry.count = std::int64_t(keys.size());
  write_text(folder / (entry.name + ".json"), to_json(entry) + "\n");
  print_bytes(standards::export_records(database, format, std::move(head),
                                        finder_of(format, std::move(keys), publisher),
                                        [&](const Findings& findings) { told.add(findings); }),
              (folder / (entry.name + ".xml")).string());
}

int publish_all(const std::shared_ptr<store::Database>& database,
                const registry::Question& question, const ExportArguments& arguments) {
  std::string publisher;
  for (const auto& filter : question.filters)
    if (filter.dimension == registry::Dimension::publisher) publisher = filter.value;
  if (publisher.empty())
    throw Error(Kind::invalid,
                "a folder holds one organization's publication; say whose: --publisher ORG");
  const std::filesystem::path folder = arguments.common.output;
  std::filesystem::create_directories(folder);
  auto head = make_head(*database, question, arguments.common.language);
  head.kept = read_only(arguments.only);
  Told told(head.kept);
  publish(database, "iati", head, folder, find_sorted(*database, arguments, question), publisher,
          told);
  publish(database, "iati-organisations", head, folder, {}, publisher, told);
  write_text(folder / "README.txt",
             "What to do with these files\n\n"
             "1. Check them: austral validate *.xml. Mend what it names at the source and export "
             "again.\n"
             "2. Put the .xml files on a web site of yours, at addresses that stay.\n"
             "3. Open an account at the IATI Registry and register your organization, if it is "
             "not there yet.\n"
             "4. Add one entry a file. The .json file beside each says what to fill in; put the "
             "file's real address for 'url', and your licence.\n"
             "5. Export again when your data changes, and replace the files at the same "
             "addresses; date and count of the entry are in the new .json files.\n");
  told.print();
  return done;
}

int export_all(const ExportArguments& arguments) {
  const std::shared_ptr<store::Database> database =
      store::open_register(arguments.common.address, store::Access::read_only);
  auto question = read_search(arguments.search);
  question.limit = 0;
  question.sort = "identifier";
  remark_empty_filters(*database, question);
  const auto& what = arguments.what;
  const bool table = what == "csv" || what == "xlsx" || what == "json";
  const auto* format = standards::find_export_format(what);
  if (!arguments.only.empty() && (table || (format && !format->judged)))
    throw Error(Kind::invalid,
                "--only leaves out what is no valid IATI; it goes with iati and "
                "iati-organisations");
  if (table) return export_table(database, question, arguments);
  if (!arguments.columns.empty() || !arguments.grain.empty())
    throw Error(Kind::invalid, "--grain and --columns go with the tables csv, xlsx and json");
  if (!format) {
    std::string known;
    for (const auto& one : standards::export_formats()) known += std::string(one.name) + ", ";
    throw Error(Kind::invalid,
                "there is no format '" + what + "'; known: " + known + "csv, xlsx, json");
  }
  const auto& output = arguments.common.output;
  if (what == "iati" && !output.empty() &&
      (output.back() == '/' || std::filesystem::is_directory(output)))
    return publish_all(database, question, arguments);
  std::string publisher;
  if (format->taken == standards::Taken::organisations)
    for (const auto& filter : question.filters) {
      if (filter.dimension != registry::Dimension::publisher)
        throw Error(Kind::invalid, "organisation files are chosen by --publisher alone");
      publisher = filter.value;
    }
  auto keys = format->taken == standards::Taken::organisations
                  ? std::vector<std::int64_t>()
                  : find_sorted(*database, arguments, question);
  auto head = make_head(*database, question, arguments.common.language);
  head.kept = read_only(arguments.only);
  if (format->content_type.starts_with("text/")) tell_facts(*database, head, output);
  Told told(head.kept);
  print_bytes(standards::export_records(database, *format, head,
                                        finder_of(*format, std::move(keys), publisher),
                                        [&](const Findings& findings) { told.add(findings); }),
              output);
  told.print();
  return done;
}

}  // namespace

std::function<int()> prepare_export(CLI::App& app) {
  auto arguments = std::make_shared<ExportArguments>();
  app.add_option("format", arguments->what,
                 "iati, iati-organisations, geojson, tossd, crs; or a table: csv, xlsx, json")
      ->required();
  add_register_option(app, arguments->common.address);
  add_search_options(app, arguments->search);
  app.add_option("-o,--output", arguments->common.output,
                 "Write to this file; of iati a folder: a publication of --publisher ORG")
      ->type_name("FILE|FOLDER/");
  app.add_option("--lang", arguments->common.language, "Language of names")->capture_default_str();
  app.add_option("--grain", arguments->grain,
                 "Of tables: one row is an initiative, a contribution or a participation");
  app.add_option("--columns", arguments->columns,
                 "Of tables: names of columns, in the order wanted");
  app.add_option("--only", arguments->only,
                 "Of iati: leave out records that are not 'valid', or not 'faultless'")
      ->type_name("valid|faultless");
  return [arguments] { return export_all(*arguments); };
}

}  // namespace austral::cli
