// The columns of downloads, one line each.
#include "review/export_rows.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "registry/coding.hpp"
#include "review/report_rows.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

constexpr std::string_view between = "; ";

void join(std::string& text, std::string_view one) {
  if (!text.empty()) text += between;
  text += one;
}

Cell known(std::string text) {
  return text.empty() ? Cell(std::monostate{}) : Cell(std::move(text));
}

Cell money_cell(std::int64_t cents) {  // nothing published is not the same as nothing given
  return cents ? Cell(to_usd(cents)) : Cell(std::monostate{});
}

Cell date_cell(const std::string& day) { return known(day.substr(0, 10)); }

const registry::InitiativeLine& line_of(const RowFacts& facts) { return facts.initiative->line; }

/// All values of a dimension, as codes or in words.
template <Dimension dimension, bool in_words>
Cell facet_cell(const RowFacts& facts) {
  std::string text;
  for (const auto& facet : facts.initiative->facets)
    if (facet.dimension == dimension)
      join(text, in_words ? facts.names->value(dimension, facet.value) : facet.value);
  return known(std::move(text));
}

Cell coded(const std::vector<std::string>& codes, Dimension dimension, const RowFacts& facts,
           bool in_words) {
  std::string text;
  for (const auto& code : codes) join(text, in_words ? facts.names->value(dimension, code) : code);
  return known(std::move(text));
}

std::vector<std::string> codes_of(const registry::Weights& weights) {
  std::vector<std::string> codes;
  for (const auto& [code, weight] : weights) codes.push_back(code);
  return codes;
}

/// Purposes, and categories where only those are published: of the contribution itself where it
/// says otherwise than its initiative.
template <bool in_words>
Cell sector_cell(const RowFacts& facts) {
  std::vector<std::string> codes;
  if (facts.part && !facts.part->part.sectors.empty())
    codes = codes_of(registry::read_weights(facts.part->part.sectors));
  else
    codes = line_of(facts).sectors;
  std::string text;
  for (const auto& code : codes) {
    const auto dimension = code.size() == 5 ? Dimension::purpose : Dimension::category;
    join(text, in_words ? facts.names->value(dimension, code) : code);
  }
  return known(std::move(text));
}

template <bool in_words>
Cell goal_cell(const RowFacts& facts) {
  if (!facts.part || facts.part->part.goals.empty())
    return facet_cell<Dimension::goal, in_words>(facts);
  return coded(codes_of(registry::read_weights(facts.part->part.goals)), Dimension::goal, facts,
               in_words);
}

template <bool in_words>
Cell modality_cell(const RowFacts& facts) {
  if (!facts.part) return facet_cell<Dimension::modality, in_words>(facts);
  std::vector<std::string> codes;
  for (const auto code : split(facts.part->part.modality, ';'))
    if (!code.empty()) codes.emplace_back(code);
  return coded(codes, Dimension::modality, facts, in_words);
}

template <bool in_words>
Cell flow_type_cell(const RowFacts& facts) {
  if (!facts.part) return facet_cell<Dimension::flow_type, in_words>(facts);
  const auto& code = facts.part->part.flow_type;
  return code.empty() ? Cell(std::monostate{})
                      : coded({code}, Dimension::flow_type, facts, in_words);
}

template <int type>
Cell life_cell(const RowFacts& facts) {
  if (facts.dates)
    for (const auto& one : *facts.dates)
      if (one.type == std::to_string(type) && one.date) return to_string(*one.date);
  return std::monostate{};
}

std::string_view standing_key(const registry::ExportedPart& one) {
  if (one.part.counted) return "standing.counted";
  if (one.record_counted) return "standing.superseded";
  return one.standing.starts_with("same") ? "standing.same" : "standing.financed";
}

const std::string& publisher_of(const RowFacts& facts) {
  return facts.part ? facts.part->publisher : line_of(facts).publisher;
}

std::string permalink_of(const RowFacts& facts) {
  return *facts.site + initiative_path(line_of(facts).identifier);
}

bool holds(const std::vector<std::string>& codes, const std::string& code) {
  return !code.empty() && std::find(codes.begin(), codes.end(), code) != codes.end();
}

/// The roles of the partner that an organization stands for: its country, or itself.
std::vector<std::string> roles_of(const RowFacts& facts) {
  const std::string country = facts.organization ? facts.organization->country : "";
  const std::string& id = facts.participation->organization;
  std::vector<std::string> roles;
  const auto add = [&](const char* role, const std::vector<std::string>& partners) {
    if (holds(partners, id) || holds(partners, country)) roles.emplace_back(role);
  };
  add("provider", line_of(facts).providers);
  add("recipient", line_of(facts).recipients);
  add("facilitator", line_of(facts).facilitators);
  return roles;
}

template <bool in_words>
Cell role_cell(const RowFacts& facts) {
  std::string text;
  for (const auto& role : roles_of(facts))
    join(text, in_words ? facts.words->t("role." + role) : role);
  return known(std::move(text));
}

std::string function_name(Dimension dimension) {
  return boost::describe::enum_to_string(dimension, "organization");
}

std::string type_name(const std::string& type, const std::string& language) {
  const auto* list = codes::find_list("OrganisationType");
  return list && !type.empty() ? std::string(list->label(type, language)) : type;
}

std::string kind_code(const registry::ContributionPart& part) {
  return boost::describe::enum_to_string(part.kind, "none");
}

using F = const RowFacts&;

std::vector<ColumnMaker> make_initiative_columns() {
  constexpr auto text = ColumnKind::text, code = ColumnKind::code;
  return {
      {"identifier", code, "", "icp", "icp", [](F f) -> Cell { return line_of(f).identifier; }},
      {"title", text, "", "icp", "icp", [](F f) { return known(line_of(f).title); }},
      {"providers", code, "", "icp", "i", facet_cell<Dimension::provider, false>},
      {"provider_names", text, "", "icp", "i", facet_cell<Dimension::provider, true>},
      {"recipients", code, "", "icp", "i", facet_cell<Dimension::recipient, false>},
      {"recipient_names", text, "", "icp", "i", facet_cell<Dimension::recipient, true>},
      {"facilitators", code, "", "icp", "i", facet_cell<Dimension::facilitator, false>},
      {"facilitator_names", text, "", "icp", "i", facet_cell<Dimension::facilitator, true>},
      {"framework", code, "", "icp", "i",
       [](F f) -> Cell { return std::string(registry::to_string(line_of(f).framework)); }},
      {"framework_name", text, "", "icp", "i",
       [](F f) -> Cell { return framework_label(line_of(f).framework, *f.words); }},
      {"rule", code, "", "icp", "i", [](F f) { return known(line_of(f).rule); }},
      {"status", code, "", "icp", "i", [](F f) { return known(line_of(f).status); }},
      {"status_name", text, "", "icp", "i",
       [](F f) {
         const auto& status = line_of(f).status;
         return known(status.empty() ? "" : f.names->value(Dimension::status, status));
       }},
      {"start", ColumnKind::date, "", "icp", "i",
       [](F f) { return date_cell(line_of(f).start_date); }},
      {"end", ColumnKind::date, "", "icp", "i", [](F f) { return date_cell(line_of(f).end_date); }},
      {"planned_start", ColumnKind::date, "", "icp", "", life_cell<1>},
      {"actual_start", ColumnKind::date, "", "icp", "", life_cell<2>},
      {"planned_end", ColumnKind::date, "", "icp", "", life_cell<3>},
      {"actual_end", ColumnKind::date, "", "icp", "", life_cell<4>}};
}

std::vector<ColumnMaker> make_coding_columns() {
  constexpr auto text = ColumnKind::text, code = ColumnKind::code;
  return {{"sectors", code, "", "icp", "ic", sector_cell<false>},
          {"sector_names", text, "", "icp", "ic", sector_cell<true>},
          {"categories", code, "", "icp", "", facet_cell<Dimension::category, false>},
          {"category_names", text, "", "icp", "", facet_cell<Dimension::category, true>},
          {"goals", code, "", "icp", "ic", goal_cell<false>},
          {"goal_names", text, "", "icp", "ic", goal_cell<true>},
          {"targets", code, "", "icp", "i", facet_cell<Dimension::target, false>},
          {"target_names", text, "", "icp", "i", facet_cell<Dimension::target, true>},
          {"critical_areas", code, "", "icp", "", facet_cell<Dimension::critical_area, false>},
          {"critical_area_names", text, "", "icp", "", facet_cell<Dimension::critical_area, true>},
          {"markers", code, "", "icp", "", facet_cell<Dimension::marker, false>},
          {"marker_names", text, "", "icp", "", facet_cell<Dimension::marker, true>},
          {"regions", code, "", "icp", "i", facet_cell<Dimension::region, false>},
          {"region_names", text, "", "icp", "i", facet_cell<Dimension::region, true>},
          {"modalities", code, "", "icp", "i", modality_cell<false>},
          {"modality_names", text, "", "icp", "i", modality_cell<true>},
          {"flow_types", code, "", "icp", "i", flow_type_cell<false>},
          {"flow_type_names", text, "", "icp", "i", flow_type_cell<true>}};
}

std::vector<ColumnMaker> make_sum_columns() {
  return {{"budgeted_usd", ColumnKind::money, "USD", "ip", "i",
           [](F f) { return money_cell(line_of(f).budgeted_cents); }},
          {"committed_usd", ColumnKind::money, "USD", "ip", "i",
           [](F f) { return money_cell(line_of(f).committed_cents); }},
          {"disbursed_usd", ColumnKind::money, "USD", "ip", "i",
           [](F f) { return money_cell(line_of(f).disbursed_cents); }}};
}

std::vector<ColumnMaker> make_part_columns() {
  constexpr auto text = ColumnKind::text, code = ColumnKind::code;
  return {
      {"day", ColumnKind::date, "", "c", "c", [](F f) { return known(f.part->part.day); }},
      {"year", ColumnKind::year, "", "c", "c",
       [](F f) {
         const auto& year = f.part->part.year;
         return year ? Cell(std::int64_t(*year)) : Cell(std::monostate{});
       }},
      {"kind", code, "", "c", "c", [](F f) -> Cell { return kind_code(f.part->part); }},
      {"kind_name", text, "", "c", "c",
       [](F f) -> Cell { return kind_label(f.part->part.kind, *f.words); }},
      {"provider", code, "", "c", "c", [](F f) { return known(f.part->part.provider); }},
      {"provider_name", text, "", "c", "c",
       [](F f) -> Cell { return f.names->partner(f.part->part.provider); }},
      {"recipient", code, "", "c", "c", [](F f) { return known(f.part->part.recipient); }},
      {"recipient_name", text, "", "c", "c",
       [](F f) -> Cell { return f.names->partner(f.part->part.recipient); }},
      {"amount", ColumnKind::money, "", "c", "c",
       [](F f) -> Cell {
         return Decimal{f.part->part.amount, f.part->part.scale};
       }},
      {"currency", code, "", "c", "c", [](F f) { return known(f.part->part.unit); }},
      {"amount_usd", ColumnKind::money, "USD", "c", "c",
       [](F f) {
         const auto& cents = f.part->part.usd_cents;
         return cents ? Cell(to_usd(*cents)) : Cell(std::monostate{});
       }},
      {"counted", ColumnKind::number, "", "c", "c",
       [](F f) -> Cell { return std::int64_t(f.part->part.counted); }},
      {"standing", text, "", "c", "c",
       [](F f) -> Cell { return f.words->t(standing_key(*f.part)); }},
      {"record", code, "", "c", "c", [](F f) -> Cell { return f.part->identifier; }},
      {"line", ColumnKind::number, "", "c", "c", [](F f) -> Cell { return f.part->part.n + 1; }},
      {"part", ColumnKind::number, "", "c", "c",
       [](F f) -> Cell { return f.part->part.part + 1; }}};
}

std::vector<ColumnMaker> make_participation_columns() {
  constexpr auto text = ColumnKind::text, code = ColumnKind::code;
  return {
      {"role", code, "", "p", "p", role_cell<false>},
      {"role_name", text, "", "p", "p", role_cell<true>},
      {"function", code, "", "p", "p",
       [](F f) -> Cell { return function_name(f.participation->function); }},
      {"function_name", text, "", "p", "p",
       [](F f) -> Cell {
         return f.words->t("function." + function_name(f.participation->function));
       }},
      {"organization", code, "", "p", "p",
       [](F f) -> Cell { return f.participation->organization; }},
      {"organization_name", text, "", "p", "p",
       [](F f) -> Cell { return f.names->organization(f.participation->organization); }},
      {"organization_type", code, "", "p", "p",
       [](F f) { return known(f.organization ? f.organization->type : ""); }},
      {"organization_type_name", text, "", "p", "p",
       [](F f) {
         return known(f.organization ? type_name(f.organization->type, f.names->language()) : "");
       }},
      {"country", code, "", "p", "p",
       [](F f) { return known(f.organization ? f.organization->country : ""); }},
      {"country_name", text, "", "p", "p", [](F f) {
         const bool has = f.organization && !f.organization->country.empty();
         return known(has ? f.names->country(f.organization->country) : "");
       }}};
}

std::vector<ColumnMaker> make_source_columns() {
  constexpr auto text = ColumnKind::text, code = ColumnKind::code;
  return {{"publisher", code, "", "icp", "ic", [](F f) -> Cell { return publisher_of(f); }},
          {"publisher_name", text, "", "icp", "ic",
           [](F f) -> Cell { return f.names->organization(publisher_of(f)); }},
          {"records", ColumnKind::number, "", "icp", "i",
           [](F f) -> Cell { return line_of(f).records; }},
          {"updated", ColumnKind::date, "", "icp", "i",
           [](F f) { return date_cell(line_of(f).updated); }},
          {"permalink", text, "", "icp", "icp", [](F f) -> Cell { return permalink_of(f); }}};
}

}  // namespace

const std::vector<ColumnMaker>& column_makers() {
  static const auto all = [] {
    std::vector<ColumnMaker> makers;
    for (const auto& some :
         {make_initiative_columns(), make_part_columns(), make_participation_columns(),
          make_coding_columns(), make_sum_columns(), make_source_columns()})
      makers.insert(makers.end(), some.begin(), some.end());
    return makers;
  }();
  return all;
}

std::vector<ExportedParticipation> list_participations(const registry::ExportedInitiative& one) {
  std::vector<ExportedParticipation> all;
  std::set<std::string_view> told;
  for (const auto function : {Dimension::funds, Dimension::answers_for, Dimension::manages,
                              Dimension::carries_out, Dimension::publisher})
    for (const auto& facet : one.facets)
      if (facet.dimension == function) {
        all.push_back({function, facet.value});
        told.insert(facet.value);
      }
  for (const auto& facet : one.facets)
    if (facet.dimension == Dimension::organization && !told.contains(facet.value))
      all.push_back({Dimension::organization, facet.value});
  return all;
}

}  // namespace austral::review
