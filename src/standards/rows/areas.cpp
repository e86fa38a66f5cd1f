// Reads data/crs/areas.tsv.
#include "standards/rows/areas.hpp"

#include <unordered_map>

#include "base/tsv.hpp"

namespace austral::rows {
namespace {

struct Areas {
  std::unordered_map<std::string_view, Area> by_code, organizations;
};

AreaKind kind_of(std::string_view word) {
  if (word == "group") return AreaKind::group;
  if (word == "region") return AreaKind::region;
  return word == "organization" ? AreaKind::organization : AreaKind::country;
}

const Areas& areas() {
  static const TsvTable table = read_embedded_table("data/crs/areas.tsv");
  static const Areas all = [] {
    Areas made;
    const auto code = table.column("code"), dac = table.column("dac"), kind = table.column("kind"),
               type = table.column("type"), label = table.column("label");
    for (const auto row : table.rows()) {
      const Area area{row[code], row[dac], kind_of(row[kind]), row[type], row[label]};
      if (!area.code.empty()) made.by_code.emplace(area.code, area);
      if (area.kind == AreaKind::organization) made.organizations.emplace(area.dac, area);
    }
    return made;
  }();
  return all;
}

const Area* find_in(const std::unordered_map<std::string_view, Area>& all, std::string_view key) {
  const auto found = all.find(key);
  return found == all.end() ? nullptr : &found->second;
}

}  // namespace

const Area* find_area(std::string_view code) { return find_in(areas().by_code, code); }

const Area* find_provider_organization(std::string_view dac) {
  return find_in(areas().organizations, dac);
}

}  // namespace austral::rows
