// Sums of what filters let through, looking only at initiatives that can have such money.
#include <map>

#include "review/counts_tables.hpp"
#include "review/cube_filters.hpp"
#include "review/money_sums.hpp"

namespace austral::review {
namespace {

using registry::Dimension;
using registry::Filter;

constexpr std::size_t few_contributions = 200'000;  // not worth a second thread

void add_holders(Selection& selection, const Numbers& first, const Numbers& places,
                 std::uint32_t number) {
  for (auto at = first[number]; at < first[number + 1]; ++at) selection.add(places[at]);
}

/// The numbers of the countries that ever were in a grouping.
Numbers list_members(const Dictionary& names, const std::string& grouping) {
  Numbers members;
  for (std::uint32_t number = 0; number < names.size(); ++number)
    for (const auto& span : codes::memberships_of(names.text(number)))
      if (span.grouping == grouping) {
        members.push_back(number);
        break;
      }
  return members;
}

/// Adds the initiatives of whose amounts a part may fall on the code.
void add_split(Selection& selection, const Cube::Columns& columns, const SplitColumn& split,
               const Filter& filter) {
  Flags codes(split.codes.size(), 0);
  for (std::uint32_t i = 0; i < codes.size(); ++i)
    codes[i] = code_in(filter.dimension, split.codes.text(i)) == filter.value;
  Flags mixes(split.mixes.size(), 0);
  for (std::uint32_t mix = 0; mix < mixes.size(); ++mix)
    mixes[mix] = split.mixes.length(mix) == 0
                     ? codes[0]
                     : char(std::any_of(split.mixes.begin(mix), split.mixes.end(mix),
                                        [&](std::uint32_t code) { return codes[code] != 0; }));
  split.of.visit([&](const auto* of) {
    for (std::size_t place = 0; place < selection.size(); ++place)
      if (mixes[of[place]]) selection.add(place);
  });
  std::size_t place = 0;
  for (std::size_t i = 0; i < split.own.at.size(); ++i) {
    if (!mixes[split.own.mix[i]]) continue;
    while (columns.first_bundle[place + 1] <= split.own.at[i]) ++place;
    selection.add(place);
  }
}

/// Dimensions whose filters a contribution passes by itself, and whose holders are known.
bool is_of_money(Dimension dimension) {
  switch (dimension) {
    case Dimension::provider:
    case Dimension::provider_in:
    case Dimension::recipient:
    case Dimension::recipient_in:
    case Dimension::goal:
    case Dimension::target:
    case Dimension::sector_block:
    case Dimension::category:
    case Dimension::purpose: return true;
    default: return false;
  }
}

}  // namespace

std::shared_ptr<const Selection> CubeCounts::find_funded(const Filter& filter) {
  const auto& columns = cube_->columns();
  const auto make = [&] {
    auto holders = std::make_shared<Selection>(cube_->size());
    const auto& recipients = columns.facet(Dimension::recipient).names;
    const auto& providers = columns.facet(Dimension::provider).names;
    switch (filter.dimension) {
      case Dimension::recipient:
      case Dimension::recipient_in: {
        const auto& received = tables_->get_received(columns);
        Numbers numbers;
        if (filter.dimension == Dimension::recipient_in)
          numbers = list_members(recipients, filter.value);
        else if (const auto number = recipients.find(filter.value))
          numbers = {*number};
        for (const auto number : numbers)
          add_holders(*holders, received.first, received.places, number);
        break;
      }
      case Dimension::provider:
        if (const auto number = providers.find(filter.value))
          add_holders(*holders, columns.provided_first, columns.provided, *number);
        break;
      case Dimension::provider_in:
        for (const auto number : list_members(providers, filter.value))
          add_holders(*holders, columns.provided_first, columns.provided, number);
        break;
      case Dimension::goal:
      case Dimension::target: add_split(*holders, columns, columns.goals, filter); break;
      default: add_split(*holders, columns, columns.sectors, filter);
    }
    return std::shared_ptr<const Selection>(std::move(holders));
  };
  return selections_.get("money\x1f" + name_filters({filter}), make, selection_bytes);
}

std::shared_ptr<Selection> CubeCounts::meet_funded(const Scope& scope) {
  std::map<Dimension, Selection> by_dimension;
  for (const auto& filter : scope.filters()) {
    if (!is_of_money(filter.dimension)) continue;
    const auto some = find_funded(filter);
    const auto [known, fresh] = by_dimension.try_emplace(filter.dimension, *some);
    if (!fresh)
      for (std::size_t i = 0; i < some->words().size(); ++i)
        known->second.words()[i] |= some->words()[i];
  }
  std::shared_ptr<Selection> all;
  for (auto& [dimension, some] : by_dimension)
    if (all)
      *all &= some;
    else
      all = std::make_shared<Selection>(std::move(some));
  return all;
}

std::shared_ptr<const Selection> CubeCounts::find_moneyed(const Scope& scope) {
  auto all = meet_funded(scope);
  if (!all) return scope.by_words();
  for (std::size_t i = 0; i < all->words().size(); ++i)
    all->words()[i] |= scope.initiatives()->words()[i];
  if (scope.by_words()) *all &= *scope.by_words();
  return all;
}

std::optional<CubeSums> CubeCounts::add_up_few(const Scope& scope, Perspective perspective) {
  auto some = meet_funded(scope);
  if (!some) return std::nullopt;
  std::map<Dimension, std::vector<Filter>> others;
  for (const auto& filter : scope.filters())
    if (!is_of_money(filter.dimension) && !is_of_years(filter.dimension) &&
        filter.dimension != Dimension::flow_type && filter.dimension != Dimension::modality)
      others[filter.dimension].push_back(filter);
  for (const auto& [dimension, filters] : others) *some &= *select_dimensions(filters);
  if (scope.by_words()) *some &= *scope.by_words();
  if (some->count() * (cube_->contributions() / size() + 1) > few_contributions)
    return std::nullopt;
  const auto& columns = cube_->columns();
  auto sums = sum_money(columns, sort_filters(scope.filters()), perspective, *some);
  if (!sums) return std::nullopt;
  sums->initiatives = std::int64_t(size(scope));
  each_place_of(*scope.initiatives(),
                [&](std::size_t place) { sums->records += columns.records[place]; });
  return sums;
}

CubeSums CubeCounts::total(const Scope& scope, Perspective perspective,
                           std::optional<int> price_year) {
  const auto name = scope.name() + '\x1c' + std::to_string(int(perspective)) + ':' +
                    std::to_string(price_year.value_or(0));
  const auto make = [&] {
    if (!price_year)
      if (const auto sums = add_up_few(scope, perspective))
        return std::make_shared<const CubeSums>(*sums);
    CubeQuestion question;
    question.filters = scope.filters();
    question.perspective = perspective;
    question.price_year = price_year;
    return std::make_shared<const CubeSums>(group_among(question, scope).total);
  };
  return *sums_.get(name, make, [](const CubeSums&) { return sizeof(CubeSums); });
}

CubeAnswer CubeCounts::group_among(CubeQuestion question, const Scope& scope) {
  question.among = find_moneyed(scope);
  if (question.among && size() > 0 &&
      question.among->count() * (cube_->contributions() / size() + 1) < few_contributions)
    question.threads = 1;
  return cube_->group(question);
}

CubeAnswer CubeCounts::group(const CubeQuestion& question) {
  constexpr std::size_t few_rows = 2000, row_bytes = 200;
  if (question.among || !question.kinds.empty()) return cube_->group(question);
  if (!question.filters.empty() || question.by.size() > 1)
    return group_among(question, choose(question.filters));
  auto name = std::to_string(int(question.perspective)) + ':' +
              std::to_string(question.price_year.value_or(0));
  for (const auto& by : question.by) name += '\x1f' + by;
  const auto make = [&] { return std::make_shared<const CubeAnswer>(cube_->group(question)); };
  return *answers_.get(name, make, [&](const CubeAnswer& answer) {
    return answer.rows.size() * row_bytes + (answer.rows.size() > few_rows ? room_for_counts : 0);
  });
}

}  // namespace austral::review
