// Turns a question to the cube into tables.
#include "review/cube_plan.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

constexpr std::size_t most_dimensions = 4;

/// Where a dimension's money is read from.
enum class Source { provider, recipient, year, flow_type, sectors, goals, modalities, initiative };

struct Shape {
  std::string_view name;
  Dimension dimension;  ///< what initiatives are counted by
  Source source;
};

constexpr Shape shapes[] = {
    {"provider", Dimension::provider, Source::provider},
    {"recipient", Dimension::recipient, Source::recipient},
    {"facilitator", Dimension::facilitator, Source::initiative},
    {"sector_block", Dimension::sector_block, Source::sectors},
    {"sector", Dimension::category, Source::sectors},
    {"purpose", Dimension::purpose, Source::sectors},
    {"goal", Dimension::goal, Source::goals},
    {"target", Dimension::target, Source::goals},
    {"year", Dimension::year, Source::year},
    {"framework", Dimension::framework, Source::initiative},
    {"modality", Dimension::modality, Source::modalities},
    {"flow_type", Dimension::flow_type, Source::flow_type},
    {"status", Dimension::status, Source::initiative},
    {"publisher", Dimension::publisher, Source::initiative},
    {"region", Dimension::region, Source::initiative},
    {"critical_area", Dimension::critical_area, Source::initiative},
};

/// Makes the tables of one dimension after another.
class Planner {
 public:
  Planner(const Cube::Columns& columns, const CubeQuestion& question, Wanted wanted, Plan& plan)
      : columns_(columns), question_(question), wanted_(std::move(wanted)), plan_(plan) {}

  void add_filters(MoneyFilter filter);
  void name_groups();
  void add_groups();
  void add_terms();

 private:
  const Shape* find_shape(const std::string& name) const;
  std::vector<std::string> list_values(const Shape& shape) const;
  bool lets_through(Dimension dimension, const std::string& value) const;
  void add_group(const Shape& shape, GroupColumn& group);
  void add_members(const std::string& name, GroupColumn& group);
  ListAdds list_adds(const FacetColumn& column, const Adds& by_value) const;

  const Cube::Columns& columns_;
  const CubeQuestion& question_;
  Wanted wanted_;
  Plan& plan_;
  Adds flow_types_, modalities_;
};

void add_flags(Adds& adds, std::size_t size, const Flags& flags) {
  if (flags.empty()) return;
  adds.assign(size, 0);
  for (std::size_t i = 0; i < flags.size(); ++i)
    if (!flags[i]) adds[i] = excluded;
}

void Planner::add_filters(MoneyFilter filter) {
  const auto size = [&](Dimension dimension) { return columns_.facet(dimension).names.size(); };
  add_flags(plan_.provider, size(Dimension::provider), filter.provider);
  add_flags(plan_.recipient, size(Dimension::recipient), filter.recipient);
  add_flags(plan_.year, size(Dimension::year), filter.year);
  add_flags(flow_types_, size(Dimension::flow_type), filter.flow_type);
  add_flags(modalities_, size(Dimension::modality), filter.modalities);
  add_flags(plan_.sectors, columns_.sectors.codes.size(), filter.sectors);
  add_flags(plan_.goals, columns_.goals.codes.size(), filter.goals);
  plan_.provider_in = std::move(filter.provider_in);
  plan_.recipient_in = std::move(filter.recipient_in);
  plan_.money = std::move(filter.initiatives);
}

const Shape* Planner::find_shape(const std::string& name) const {
  for (const auto& shape : shapes)
    if (shape.name == name) return &shape;
  const auto& known = cube_dimensions();
  if (std::find(known.begin(), known.end(), name) != known.end()) return nullptr;
  std::string list;
  for (const auto& one : known) list += (list.empty() ? "" : ", ") + one;
  throw Error(Kind::invalid, "nothing can be grouped by '" + name + "'; use " + list);
}

std::vector<std::string> Planner::list_values(const Shape& shape) const {
  std::vector<std::string> values = {""};
  const auto add = [&](const Dictionary& names) {
    for (std::uint32_t i = 1; i < names.size(); ++i)
      values.push_back(code_in(shape.dimension, names.text(i)));
  };
  add(columns_
          .facet(shape.dimension == Dimension::sector_block ? Dimension::category : shape.dimension)
          .names);
  if (shape.source == Source::sectors) add(columns_.sectors.codes);
  if (shape.source == Source::goals) add(columns_.goals.codes);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

std::vector<std::string> groupings_of(std::string_view kind) {
  std::vector<std::string> codes;
  for (const auto& grouping : codes::all_groupings())
    if (grouping.kind == kind) codes.emplace_back(grouping.code);
  std::sort(codes.begin(), codes.end());
  return codes;
}

void Planner::name_groups() {
  if (question_.by.size() > most_dimensions)
    throw Error(Kind::invalid, "figures can be grouped by four dimensions at most");
  for (const auto& name : question_.by) {
    auto& group = plan_.groups.emplace_back();
    if (const auto* shape = find_shape(name)) {
      group.values = list_values(*shape);
    } else {
      group.values = groupings_of(std::string_view(name).substr(name.find('.') + 1));
      group.values.insert(group.values.begin(), "");
    }
  }
  for (auto group = plan_.groups.rbegin(); group != plan_.groups.rend(); ++group) {
    group->stride = plan_.keys;
    if (__builtin_mul_overflow(plan_.keys, std::uint64_t(group->values.size()), &plan_.keys) ||
        plan_.keys >> 62 != 0)
      throw Error(Kind::invalid, "these dimensions have too many values to be grouped together");
  }
}

/// A dimension that is filtered shows the values filtered for, and no others.
bool Planner::lets_through(Dimension dimension, const std::string& value) const {
  const auto asked = wanted_.find(dimension);
  return asked == wanted_.end() ||
         std::find(asked->second.begin(), asked->second.end(), value) != asked->second.end();
}

ListAdds Planner::list_adds(const FacetColumn& column, const Adds& by_value) const {
  ListAdds list{&column, by_value};
  auto sorted = by_value;
  std::sort(sorted.begin(), sorted.end());
  const auto let = std::lower_bound(sorted.begin(), sorted.end(), 0);
  list.direct = std::adjacent_find(let, sorted.end()) == sorted.end();
  if (list.direct) return list;
  list.first = {0};
  std::vector<std::uint64_t> adds;
  for (std::uint32_t mix = 0; mix < column.mixes.size(); ++mix) {
    adds.clear();
    for (const auto* value = column.mixes.begin(mix); value != column.mixes.end(mix); ++value)
      if (by_value[*value] >= 0) adds.push_back(std::uint64_t(by_value[*value]));
    if (mix == 0 && by_value[0] >= 0) adds.push_back(std::uint64_t(by_value[0]));
    std::sort(adds.begin(), adds.end());
    adds.erase(std::unique(adds.begin(), adds.end()), adds.end());
    list.adds.insert(list.adds.end(), adds.begin(), adds.end());
    list.first.push_back(std::uint32_t(list.adds.size()));
  }
  return list;
}

/// Joins what a dimension adds to what a table holds already.
void join(Adds& table, const Adds& more) {
  if (table.empty()) table.assign(more.size(), 0);
  for (std::size_t i = 0; i < more.size(); ++i)
    table[i] = table[i] < 0 || more[i] < 0 ? excluded : table[i] + more[i];
}

void Planner::add_group(const Shape& shape, GroupColumn& group) {
  const auto years = shape.dimension == Dimension::year ? flag_years(columns_, wanted_) : Flags{};
  const auto adds_of = [&](const Dictionary& names) {
    Adds adds(names.size(), excluded);
    for (std::uint32_t i = 0; i < names.size(); ++i) {
      const auto value = code_in(shape.dimension, names.text(i));
      if (years.empty() ? !lets_through(shape.dimension, value) : !years[i]) continue;
      const auto place = std::lower_bound(group.values.begin(), group.values.end(), value);
      adds[i] = (place - group.values.begin()) * std::int64_t(group.stride);
    }
    return adds;
  };
  const auto& column = columns_.facet(
      shape.dimension == Dimension::sector_block ? Dimension::category : shape.dimension);
  const Adds adds = adds_of(column.names);
  plan_.countings.push_back({list_adds(column, adds)});
  switch (shape.source) {
    case Source::provider: return join(plan_.provider, adds);
    case Source::recipient: return join(plan_.recipient, adds);
    case Source::year: return join(plan_.year, adds);
    case Source::flow_type: return join(flow_types_, adds);
    case Source::modalities: return join(modalities_, adds);
    case Source::sectors: return join(plan_.sectors, adds_of(columns_.sectors.codes));
    case Source::goals: return join(plan_.goals, adds_of(columns_.goals.codes));
    case Source::initiative: plan_.initiative_lists.push_back(plan_.countings.back().lists);
  }
}

void Planner::add_members(const std::string& name, GroupColumn& group) {
  const auto side = name.starts_with("provider") ? Dimension::provider : Dimension::recipient;
  const std::vector<std::string> codes(group.values.begin() + 1, group.values.end());
  plan_.countings.push_back({{}, int(plan_.members.size())});
  plan_.members.push_back(
      {side, std::make_unique<MemberTable>(columns_, columns_.facet(side).names, codes),
       group.stride});
}

void Planner::add_groups() {
  for (std::size_t i = 0; i < question_.by.size(); ++i) {
    if (const auto* shape = find_shape(question_.by[i]))
      add_group(*shape, plan_.groups[i]);
    else
      add_members(question_.by[i], plan_.groups[i]);
  }
}

/// Modality and flow type are numbered together; several modalities of one contribution are split.
void Planner::add_terms() {
  if (flow_types_.empty() && modalities_.empty()) return;
  plan_.modalities = modalities_;
  for (const auto& term : columns_.term_list) {
    std::int64_t add = flow_types_.empty() ? 0 : flow_types_[term.flow_type];
    const bool several = !modalities_.empty() && term.modalities.size() > 1;
    if (add >= 0 && !modalities_.empty() && !several) {
      const auto of_modality = modalities_[term.modalities.empty() ? 0 : term.modalities.front()];
      add = of_modality < 0 ? excluded : add + of_modality;
    }
    plan_.terms.push_back(add);
    plan_.several.push_back(several);
  }
}

std::array<std::int8_t, 256> measure_flags(const CubeQuestion& question) {
  std::array<std::int8_t, 256> measures;
  measures.fill(-1);
  for (unsigned flag = 0; flag < measures.size(); ++flag) {
    const auto kind = flag & kind_bits;
    if (kind >= measured_kinds.size() || !(flag & perspective_bit(question.perspective))) continue;
    const auto& kinds = question.kinds;
    if (kinds.empty() ||
        std::find(kinds.begin(), kinds.end(), measured_kinds[kind].kind) != kinds.end())
      measures[flag] = std::int8_t(measured_kinds[kind].measure);
  }
  return measures;
}

}  // namespace

Plan make_plan(const Cube::Columns& columns, const CubeQuestion& question) {
  auto wanted = sort_filters(question.filters);
  Plan plan{columns, select_initiatives(columns, wanted), Selection()};
  plan.measure_of_flag = measure_flags(question);
  if (question.price_year) {
    plan.deflation.emplace(*question.price_year);
    plan.years = list_years(columns);
  }
  Planner planner(columns, question, wanted, plan);
  planner.add_filters(filter_money(columns, wanted));
  if (question.among) {
    plan.initiatives &= *question.among;
    plan.money &= *question.among;
  }
  planner.name_groups();
  planner.add_groups();
  planner.add_terms();
  return plan;
}

}  // namespace austral::review
