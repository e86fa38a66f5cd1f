// SQL of published methodologies.
#include "measurement/methodology_store.hpp"

#include <algorithm>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/key.hpp"
#include "store/journal.hpp"

namespace austral::measurement {
namespace {

/// A methodology as the journal keeps it.
struct MethodologyEntry {
  std::string name, version, digest, text;
};
BOOST_DESCRIBE_STRUCT(MethodologyEntry, (), (name, version, digest, text))

}  // namespace

bool publish_methodology(store::Database& database, const std::string& who, std::string_view text) {
  const auto read = read_methodology(text);
  const auto name = read.name + "@" + read.version;
  store::Write write(database);
  for (const auto& known : list_methodologies(database)) {
    if (known.name != read.name || known.version != read.version) continue;
    if (known.text == text) return false;
    throw Error(Kind::conflict,
                "the methodology " + name +
                    " is published already and never changes; give yours another `version:`");
  }
  store::Journal journal(database, who);
  const std::int64_t key = make_key();
  database.run(
      "INSERT INTO methodology (key, name, version, digest, text, methods, who, at) VALUES ($1, "
      "$2, $3, $4, $5, $6, $7, $8)",
      {key, std::string_view(read.name), std::string_view(read.version),
       std::string_view(read.digest), text, std::string_view(read.methods_text),
       std::string_view(who), now_milliseconds()});
  const MethodologyEntry entry{read.name, read.version, read.digest, std::string(text)};
  journal.add({"methodology", key, "add", "", to_json(entry)});
  journal.flush();
  write.commit();
  return true;
}

std::vector<Methodology> list_methodologies(store::Database& database) {
  auto all = shipped_methodologies();
  database.read("SELECT text, methods, digest, name, version FROM methodology ORDER BY at, key", {},
                [&](const store::Row& row) {
                  auto one = read_methodology(row.text(0), row.text(1));
                  if (one.digest != row.text(2))
                    throw Error(Kind::invalid, "the methodology " + std::string(row.text(3)) + "@" +
                                                   std::string(row.text(4)) +
                                                   " was changed in the register: its text has "
                                                   "another hash than when it was published");
                  all.push_back(std::move(one));
                  return true;
                });
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& one, const auto& other) { return one.name < other.name; });
  return all;
}

std::shared_ptr<const Methodology> get_methodology(store::Database& database,
                                                   std::string_view name) {
  return pick_methodology(list_methodologies(database), name);
}

std::shared_ptr<const Methodology> pick_methodology(std::vector<Methodology> all,
                                                    std::string_view name) {
  const auto at = name.find('@');
  std::string known;
  std::shared_ptr<const Methodology> found;
  for (auto& one : all) {
    known += (known.empty() ? "" : ", ") + one.name + "@" + one.version;
    if (one.name != name.substr(0, at)) continue;
    if (at != std::string_view::npos && one.version != name.substr(at + 1)) continue;
    found = std::make_shared<Methodology>(std::move(one));
  }
  if (found) return found;
  throw Error(Kind::not_found,
              "there is no methodology '" + std::string(name) + "'; there are: " + known);
}

}  // namespace austral::measurement
