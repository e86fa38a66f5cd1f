// A question's answer as files that are no tables: a workbook of formulas, a frozen answer, SDMX.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "measurement/frozen.hpp"
#include "registry/fact_store.hpp"
#include "standards/measured/book.hpp"
#include "standards/sdmx/sdmx.hpp"
#include "web/pages/measure.hpp"

namespace austral::web {
namespace {

measurement::Identifiers name_initiatives(store::Database& database,
                                          const measurement::Answer& answer) {
  std::vector<std::int64_t> keys;
  for (const auto& fact : answer.facts->rows)
    if (keys.empty() || keys.back() != fact.initiative) keys.push_back(fact.initiative);
  measurement::Identifiers identifiers;
  for (const auto& line : registry::list_lines(database, keys))
    identifiers[line.key] = line.identifier;
  return identifiers;
}

/// A folder of one's own, gone with its user.
class OwnFolder {
 public:
  OwnFolder() : path_((std::filesystem::temp_directory_path() / "austral-book.XXXXXX").string()) {
    if (!::mkdtemp(path_.data()))
      throw Error(Kind::unavailable, "There is no room to write the workbook at this moment.");
  }
  ~OwnFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string file_stem(const Measured& measured) {
  std::string stem = "measured-" + measured.rules->name;
  for (const auto& code : measured.asking.facts.providers) stem += "-" + code;
  const auto& facts = measured.asking.facts;
  if (facts.first_year) stem += "-" + std::to_string(*facts.first_year);
  if (facts.last_year != facts.first_year) stem += "-" + std::to_string(*facts.last_year);
  return stem;
}

Response send_workbook(const Measured& measured, store::Database& database,
                       const Request& request) {
  const OwnFolder folder;
  const auto path = folder.path() + "/book.xlsx";
  measured::write_book(*measured.answer, name_initiatives(database, *measured.answer),
                       request.language, path);
  std::ifstream in(path, std::ios::binary);
  return file({std::istreambuf_iterator<char>(in), {}},
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
              file_stem(measured) + ".xlsx");
}

Response send_frozen(const Measured& measured, store::Database& database, const Request&) {
  return file(
      measurement::write_frozen(*measured.answer, name_initiatives(database, *measured.answer)),
      "application/json", file_stem(measured) + ".json");
}

std::vector<sdmx::Observation> observe_for(const Measured& measured, const Request& request) {
  sdmx::Area area{};
  const auto asked = request.find_query("area").value_or("provider");
  boost::describe::enum_from_string(asked.c_str(), area);
  return sdmx::observe(*measured.answer, area);
}

Response send_sdmx_csv(const Measured& measured, store::Database&, const Request& request) {
  return file(sdmx::write_csv(observe_for(measured, request)), "text/csv; charset=utf-8",
              file_stem(measured) + "-sdmx.csv");
}

Response send_sdmx_ml(const Measured& measured, store::Database&, const Request& request) {
  return file(sdmx::write_xml(observe_for(measured, request), today(), "AUSTRAL"),
              "application/xml", file_stem(measured) + "-sdmx.xml");
}

}  // namespace

void add_measure_files(Router& router, const std::shared_ptr<const Site>& site) {
  using Send = Response (*)(const Measured&, store::Database&, const Request&);
  const auto add = [&](const char* name, const char* title, const char* type,
                       const char* parameters, Send send) {
    Route route{"GET", std::string("/measure/as/") + name, "read", title,
                [site, send](const Request& request) {
                  const auto database = site->pool->lend();
                  const auto measured = measure_for(*site, *database, request);
                  return send(measured, *database, request);
                }};
    route.parameters = parameters;
    route.content_type = type;
    if (route.content_type == "application/json") route.schema = "Frozen";
    route.keepable = true;
    router.add(std::move(route));
  };
  add("workbook", "A measurement as a workbook whose formulas recompute it",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "@measure",
      send_workbook);
  add("frozen", "A measurement with all that it was computed from", "application/json", "@measure",
      send_frozen);
  add("sdmx-csv", "A measurement as SDMX-CSV", "text/csv", "@measure area", send_sdmx_csv);
  add("sdmx-ml", "A measurement as SDMX-ML", "application/xml", "@measure area", send_sdmx_ml);
}

}  // namespace austral::web
