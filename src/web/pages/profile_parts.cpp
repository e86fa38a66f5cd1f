// Makes the parts that profiles share.
#include "web/pages/profile_parts.hpp"

#include "base/text.hpp"
#include "web/pages/parts.hpp"

namespace austral::web {
namespace {

/// The contributions behind a side's dollars; groupings have their members' table instead.
std::string disbursed_link(const ProfileSource& source, const review::Side& side) {
  if (source.subject.kind == review::Subject::Kind::grouping) return "#members-title";
  return "/reports/contributions?" + side.filter + "=" + percent_encode(side.value) +
         "&kind=disbursed";
}

/// Years as lines; whom somebody gives to, or gets from, as a map; the rest are tables alone.
void add_charts(TableSection& section, const review::Side& side, const std::string& by) {
  const bool across = (side.role == "provider" && by == "recipient") ||
                      (side.role == "recipient" && by == "provider") ||
                      (side.role == "organization" && by == "recipient");
  if (by == "year") {
    section.charts = {{.kind = "lines", .x = "year", .y = "disbursed_usd committed_usd"}};
    section.folded = true;
  } else if (across) {
    section.charts = {
        {.kind = "map", .x = "name", .y = "initiatives disbursed_usd committed_usd", .code = by},
        {.kind = "bars", .x = "name", .y = "initiatives disbursed_usd"}};
  } else {
    return;
  }
  section.wide = true;
  section.rows = 300;  // figures want them all
  section.folded = true;
}

}  // namespace

boost::json::array role_figures(const ProfileSource& source) {
  const auto& language = source.language;
  boost::json::array figures;
  const bool organization = source.subject.kind == review::Subject::Kind::organization;
  for (const auto& side : source.subject.roles()) {
    // An organization's functions stand in a table of their own.
    if (organization && side.role != "organization" && side.role != "provider") continue;
    const auto sums = review::sum_side(*source.cube, side);
    if (organization && sums.initiatives == 0) continue;
    figures.push_back(make_figure(language.number(sums.initiatives), language.t("unit.initiatives"),
                                  language.t(std::string("profile.role.") + side.role),
                                  language.t(std::string("profile.role.") + side.role + ".what"),
                                  sums.initiatives ? side.path() : ""));
    const bool own_money = side.role == "provider" || side.role == "recipient";
    if (own_money && sums.disbursed_cents)
      figures.push_back(make_figure(write_usd(*sums.disbursed_cents, language), "USD",
                                    language.t(std::string("profile.money.") + side.role),
                                    language.t("field.disbursed.definition"),
                                    disbursed_link(source, side)));
  }
  return figures;
}

Part make_side_part(const ProfileSource& source, const review::Side& side,
                    const std::vector<std::string>& dimensions, bool with_quality) {
  const auto& language = source.language;
  const Arguments name = {{"name", source.name}};
  Part part;
  part.id = "side-" + side.role;
  part.title = language.t(std::string("profile.side.") + side.filter, name);
  const auto sums = review::sum_side(*source.cube, side);
  if (sums.initiatives == 0) {
    part.text = language.t(std::string("profile.side.") + side.role + ".nothing", name);
    return part;
  }
  part.text = language.t("profile.whole",
                         {{"count", sums.initiatives},
                          {"usd", write_usd(sums.disbursed_cents.value_or(0), language)}}) +
              " " + language.t(std::string("profile.side.") + side.role + ".text", name);
  for (const auto& by : dimensions) {
    TableSection section;
    section.name = by == "organization" ? "companions" : side.role + "_" + by + "s";
    section.make = [&source, side, by] {
      return by == "organization" ? review::make_companions(*source.cube, source.names, side)
                                  : review::make_breakdown(*source.cube, source.names, side, by);
    };
    section.wide = false;
    section.rows = 8;
    add_charts(section, side, by);
    part.sections.push_back(std::move(section));
  }
  if (with_quality)
    part.sections.push_back({side.role + "_quality",
                             [&source, side] {
                               return review::make_quality(source.database, *source.cube,
                                                           source.names, side);
                             },
                             "", "", 100, false});
  return part;
}

}  // namespace austral::web
