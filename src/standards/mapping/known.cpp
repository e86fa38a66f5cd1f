// Editions at hand, and which of them a workbook's headers fit.
#include "standards/mapping/known.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <sstream>

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "registry/mapping_store.hpp"
#include "standards/mapping/rows.hpp"

namespace austral::mapping {
namespace {

struct Edition {
  KnownMapping known;
  bool kept = false;     ///< for as long as the program runs
  std::size_t lent = 0;  ///< to so many who try it
};

struct Editions {
  std::mutex mutex;
  std::map<std::string, Edition, std::less<>> by_digest;

  /// Those who call hold the lock.
  Edition& get(Mapping mapping, const std::string& digest, const std::string& origin) {
    auto& edition = by_digest[digest];
    if (!edition.known.mapping)
      edition.known = {std::make_shared<const Mapping>(std::move(mapping)), digest, origin};
    return edition;
  }
};

Editions& editions() {
  static Editions all;
  return all;
}

std::string read_text_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(Kind::not_found, "there is no file " + path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Rows from the top of a sheet in which headers are looked for.
constexpr std::size_t rows_of_head = 40;

struct SheetHead {
  sheet::SheetInfo info;
  std::vector<std::vector<std::string>> rows;
};

std::vector<SheetHead> read_heads(sheet::Workbook& workbook) {
  std::vector<SheetHead> heads;
  for (std::size_t n = 0; n < workbook.sheets().size(); ++n) {
    SheetHead head{workbook.sheets()[n], {}};
    const auto reader = workbook.open(n);
    sheet::SheetRow row;
    while (head.rows.size() < rows_of_head && reader->next(row)) {
      std::vector<std::string> texts;
      for (const auto& cell : row.cells) texts.push_back(cell.text);
      head.rows.push_back(std::move(texts));
    }
    heads.push_back(std::move(head));
  }
  return heads;
}

HeaderFit fit_table(const Mapping& mapping, std::size_t table,
                    const std::vector<SheetHead>& heads) {
  HeaderFit best;
  for (const auto& head : heads)
    for (const auto& row : head.rows) {
      const auto fit = fit_headers(mapping, table, row);
      if (fit.found > best.found || best.rules == 0) best = fit;
    }
  return best;
}

}  // namespace

KnownMapping know_mapping(Mapping mapping, std::string origin) {
  const auto digest = digest_of(mapping);
  auto& all = editions();
  const std::lock_guard lock(all.mutex);
  auto& edition = all.get(std::move(mapping), digest, origin);
  edition.kept = true;
  return {edition.known.mapping, digest, std::move(origin)};
}

std::shared_ptr<const KnownMapping> lend_mapping(Mapping mapping) {
  const auto digest = digest_of(mapping);
  auto& all = editions();
  const std::lock_guard lock(all.mutex);
  auto& edition = all.get(std::move(mapping), digest, "trial");
  ++edition.lent;
  const auto give_back = [](const KnownMapping* known) {
    auto& held = editions();
    const std::unique_ptr<const KnownMapping> owned(known);
    const std::lock_guard lock(held.mutex);
    const auto found = held.by_digest.find(known->digest);
    if (found == held.by_digest.end()) return;
    if (--found->second.lent == 0 && !found->second.kept) held.by_digest.erase(found);
  };
  return {new KnownMapping{edition.known.mapping, digest, "trial"}, give_back};
}

const std::vector<KnownMapping>& shipped_mappings() {
  static const std::vector<KnownMapping> shipped = [] {
    std::vector<KnownMapping> all;
    for (const auto& file : embedded_files_below("data/mappings/"))
      if (file.path.ends_with(".yaml"))
        all.push_back(know_mapping(read_mapping(file.bytes), "shipped"));
    return all;
  }();
  return shipped;
}

void know_mappings_of(store::Database& database) {
  for (const auto& kept : registry::list_mapping_versions(database))
    know_mapping(read_mapping(kept.text), "register");
}

SharedMapping find_edition(std::string_view digest) {
  shipped_mappings();
  auto& all = editions();
  const std::lock_guard lock(all.mutex);
  const auto found = all.by_digest.find(digest);
  return found == all.by_digest.end() ? nullptr : found->second.known.mapping;
}

std::vector<KnownMapping> list_known(store::Database* database) {
  std::vector<KnownMapping> all;
  std::set<std::string> names;
  if (database)
    for (const auto& kept : registry::list_mappings(*database)) {
      try {
        all.push_back(know_mapping(read_mapping(kept.text), "register"));
        names.insert(kept.name);
      } catch (const Error&) {
        // Kept by a program with other words: get_mapping() says so when it is asked for.
      }
    }
  for (const auto& shipped : shipped_mappings())
    if (!names.contains(shipped.mapping->name)) all.push_back(shipped);
  return all;
}

KnownMapping get_mapping(store::Database* database, const std::string& name) {
  if (name.find_first_of("./") != std::string::npos) {
    try {
      return know_mapping(read_mapping(read_text_file(name)), name);
    } catch (const Error& error) {
      if (error.kind() != Kind::invalid) throw;
      throw Error(Kind::invalid, name + ": " + error.what());
    }
  }
  std::vector<std::string> names;
  if (database)
    for (const auto& kept : registry::list_mappings(*database))
      if (kept.name == name) return know_mapping(read_mapping(kept.text), "register");
  for (auto& known : list_known(database)) {
    if (known.mapping->name == name) return known;
    names.push_back(known.mapping->name);
  }
  const std::string near = nearest_word(name, names);
  throw Error(Kind::not_found,
              "no mapping is called '" + name + "'" +
                  (near.empty() ? std::string("; `austral mapping list` shows those there are")
                                : "; do you mean '" + near + "'?"));
}

KnownMapping remember_mapping(store::Database& database, const std::string& who,
                              const Mapping& mapping) {
  const auto faults = check_mapping(mapping);
  if (!faults.empty()) throw Error(Kind::invalid, "the mapping cannot be kept: " + faults.front());
  auto known = know_mapping(mapping, "register");
  registry::keep_mapping(database, who, mapping.name, known.digest, write_mapping(mapping));
  return known;
}

std::vector<MappingFit> find_fitting(sheet::Workbook& workbook,
                                     const std::vector<KnownMapping>& known) {
  const auto heads = read_heads(workbook);
  std::vector<MappingFit> fits;
  for (const auto& one : known) {
    MappingFit fit;
    fit.known = one;
    for (std::size_t table = 0; table < one.mapping->tables.size(); ++table) {
      // A second table may begin far below; its headers are looked for when it is read.
      const auto best = fit_table(*one.mapping, table, heads);
      if (table > 0 && !best.is_header()) continue;
      fit.found += best.found;
      fit.wanted += best.rules;
    }
    if (fit.wanted > 0 && fit.found * 2 >= fit.wanted) fits.push_back(std::move(fit));
  }
  std::stable_sort(fits.begin(), fits.end(), [](const MappingFit& left, const MappingFit& right) {
    const auto l = left.found * right.wanted, r = right.found * left.wanted;
    return l != r ? l > r : left.found > right.found;
  });
  return fits;
}

}  // namespace austral::mapping
