// Chooses initiatives by their facets, and money by its own values.
#include <algorithm>

#include "base/error.hpp"
#include "review/cube_filters.hpp"

namespace austral::review {
namespace {

using registry::Dimension;

int to_year(const std::string& text) {
  int year = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9' || year > 9999) return 0;
    year = year * 10 + (digit - '0');
  }
  return year;
}

/// Narrows to the initiatives whose list passes.
template <class Passes>
void narrow(Selection& selection, const Packed& of, Passes&& passes) {
  of.visit([&](const auto* mixes) {
    auto& words = selection.words();
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] == 0) continue;
      const auto end = std::min<std::size_t>(64, selection.size() - i * 64);
      std::uint64_t word = 0;
      for (std::size_t bit = 0; bit < end; ++bit)
        word |= std::uint64_t(bool(passes(mixes[i * 64 + bit], i * 64 + bit))) << bit;
      words[i] &= word;
    }
  });
}

/// Whether any value of each list is flagged; the empty list counts as the empty value.
Flags flag_mixes(const Mixes& mixes, const Flags& values) {
  Flags flags(mixes.size(), 0);
  flags[0] = values[0];
  for (std::uint32_t mix = 1; mix < mixes.size(); ++mix)
    flags[mix] = std::any_of(mixes.begin(mix), mixes.end(mix),
                             [&](std::uint32_t value) { return values[value] != 0; });
  return flags;
}

void narrow_by_values(Selection& selection, const FacetColumn& column, const Flags& values) {
  const Flags flags = flag_mixes(column.mixes, values);
  narrow(selection, column.of, [&](std::uint32_t mix, std::size_t) { return flags[mix]; });
}

void narrow_by_members(Selection& selection, const Cube::Columns& columns, Dimension side,
                       const std::vector<std::string>& groupings) {
  const auto& column = columns.facet(side);
  const MemberTable members(columns, column.names, groupings);
  narrow(selection, column.of, [&](std::uint32_t mix, std::size_t place) {
    const auto year = columns.began[place];
    return std::any_of(column.mixes.begin(mix), column.mixes.end(mix),
                       [&](std::uint32_t value) { return !members.of(value, year).empty(); });
  });
}

Flags flag_blocks(const Dictionary& names, const std::vector<std::string>& wanted) {
  Flags flags(names.size(), 0);
  for (std::uint32_t i = 0; i < names.size(); ++i)
    flags[i] = std::find(wanted.begin(), wanted.end(), block_of(names.text(i))) != wanted.end();
  return flags;
}

bool is_year(Dimension dimension) {
  return dimension == Dimension::year || dimension == Dimension::since ||
         dimension == Dimension::until;
}

/// Narrows by one dimension other than years.
void narrow_by(Selection& selection, const Cube::Columns& columns, Dimension dimension,
               const std::vector<std::string>& values) {
  if (dimension == Dimension::provider_in)
    return narrow_by_members(selection, columns, Dimension::provider, values);
  if (dimension == Dimension::recipient_in)
    return narrow_by_members(selection, columns, Dimension::recipient, values);
  const auto& column =
      columns.facet(dimension == Dimension::sector_block ? Dimension::category : dimension);
  narrow_by_values(selection, column,
                   dimension == Dimension::sector_block ? flag_blocks(column.names, values)
                                                        : flag_values(column.names, values));
}

/// The codes of a split that fit all of these dimensions.
Flags flag_codes(const Dictionary& codes, const Wanted& wanted,
                 const std::vector<Dimension>& dimensions) {
  Flags flags;
  for (const auto dimension : dimensions) {
    const auto asked = wanted.find(dimension);
    if (asked == wanted.end()) continue;
    if (flags.empty()) flags.assign(codes.size(), 1);
    for (std::uint32_t i = 0; i < codes.size(); ++i)
      flags[i] &= std::find(asked->second.begin(), asked->second.end(),
                            code_in(dimension, codes.text(i))) != asked->second.end();
  }
  return flags;
}

/// The initiatives with money of these providers.
Selection list_provided(const Cube::Columns& columns, const Flags& providers) {
  Selection selection(columns.keys.size());
  const auto& first = columns.provided_first;
  for (std::size_t provider = 0; provider < providers.size(); ++provider)
    if (providers[provider])
      for (auto at = first[provider]; at < first[provider + 1]; ++at)
        selection.add(columns.provided[at]);
  return selection;
}

}  // namespace

Wanted sort_filters(const std::vector<registry::Filter>& filters) {
  Wanted wanted;
  for (const auto& filter : filters) wanted[filter.dimension].push_back(filter.value);
  return wanted;
}

std::string code_in(Dimension dimension, const std::string& code) {
  if (dimension == Dimension::purpose) return code.size() == 5 ? code : std::string();
  if (dimension == Dimension::category) return code.substr(0, 3);
  if (dimension == Dimension::sector_block) return block_of(code);
  if (dimension == Dimension::goal) return code.substr(0, code.find('.'));
  if (dimension == Dimension::target)
    return code.find('.') == std::string::npos ? std::string() : code;
  return code;
}

Flags flag_values(const Dictionary& names, const std::vector<std::string>& wanted) {
  Flags flags(names.size(), 0);
  for (const auto& value : wanted)
    if (const auto number = names.find(value)) flags[*number] = 1;
  return flags;
}

std::vector<int> list_years(const Cube::Columns& columns) {
  const auto& names = columns.facet(Dimension::year).names;
  std::vector<int> years;
  for (std::uint32_t i = 0; i < names.size(); ++i) years.push_back(to_year(names.text(i)));
  return years;
}

Flags flag_years(const Cube::Columns& columns, const Wanted& wanted) {
  const auto years = wanted.find(Dimension::year), since = wanted.find(Dimension::since),
             until = wanted.find(Dimension::until);
  if (years == wanted.end() && since == wanted.end() && until == wanted.end()) return {};
  const auto& names = columns.facet(Dimension::year).names;
  Flags flags = years == wanted.end() ? Flags(names.size(), 1) : flag_values(names, years->second);
  const auto bound = [&](Wanted::const_iterator asked, auto&& better, auto&& outside) {
    if (asked == wanted.end()) return;
    int limit = to_year(asked->second.front());
    for (const auto& one : asked->second)
      if (better(to_year(one), limit)) limit = to_year(one);
    for (std::uint32_t i = 0; i < names.size(); ++i)
      if (i == 0 || outside(to_year(names.text(i)), limit)) flags[i] = 0;
  };
  bound(since, std::less<>(), std::less<>());
  bound(until, std::greater<>(), std::greater<>());
  return flags;
}

MemberTable::MemberTable(const Cube::Columns& columns, const Dictionary& countries,
                         const std::vector<std::string>& groupings)
    : years_(columns.facet(Dimension::year).names.size()), row_of_(countries.size(), -1) {
  const auto years = list_years(columns);
  for (std::uint32_t country = 0; country < countries.size(); ++country) {
    if (countries.text(country).size() != 2) continue;
    const auto spans = codes::memberships_of(countries.text(country));
    if (spans.empty()) continue;
    row_of_[country] = std::int32_t(lists_.size() / years_);
    for (const int year : years) {
      auto& list = lists_.emplace_back();
      for (std::uint32_t i = 0; i < groupings.size(); ++i)
        if (std::any_of(spans.begin(), spans.end(), [&](const codes::Membership& span) {
              return span.grouping == groupings[i] &&
                     (year == 0 ? span.to == 0
                                : (span.from == 0 || span.from <= year) &&
                                      (span.to == 0 || year <= span.to));
            }))
          list.push_back(i);
    }
  }
}

Selection select_initiatives(const Cube::Columns& columns, const Wanted& wanted) {
  Selection selection(columns.keys.size(), true);
  for (const auto& [dimension, values] : wanted)
    if (!is_year(dimension)) narrow_by(selection, columns, dimension, values);
  if (const auto years = flag_years(columns, wanted); !years.empty())
    narrow_by_values(selection, columns.facet(Dimension::year), years);
  return selection;
}

MoneyFilter filter_money(const Cube::Columns& columns, const Wanted& wanted) {
  MoneyFilter filter{Selection(columns.keys.size(), true)};
  const auto own = [&](Dimension dimension) {
    const auto asked = wanted.find(dimension);
    return asked == wanted.end() ? Flags{}
                                 : flag_values(columns.facet(dimension).names, asked->second);
  };
  const auto members = [&](Dimension dimension, Dimension side) {
    const auto asked = wanted.find(dimension);
    return asked == wanted.end()
               ? nullptr
               : std::make_unique<MemberTable>(columns, columns.facet(side).names, asked->second);
  };
  filter.provider = own(Dimension::provider);
  filter.recipient = own(Dimension::recipient);
  filter.flow_type = own(Dimension::flow_type);
  filter.modalities = own(Dimension::modality);
  filter.year = flag_years(columns, wanted);
  filter.provider_in = members(Dimension::provider_in, Dimension::provider);
  filter.recipient_in = members(Dimension::recipient_in, Dimension::recipient);
  filter.sectors = flag_codes(columns.sectors.codes, wanted,
                              {Dimension::sector_block, Dimension::category, Dimension::purpose});
  filter.goals = flag_codes(columns.goals.codes, wanted, {Dimension::goal, Dimension::target});
  static constexpr Dimension of_money[] = {
      Dimension::provider,    Dimension::recipient,    Dimension::flow_type,    Dimension::modality,
      Dimension::provider_in, Dimension::recipient_in, Dimension::sector_block, Dimension::category,
      Dimension::purpose,     Dimension::goal,         Dimension::target};
  for (const auto& [dimension, values] : wanted)
    if (!is_year(dimension) &&
        std::find(std::begin(of_money), std::end(of_money), dimension) == std::end(of_money))
      narrow_by(filter.initiatives, columns, dimension, values);
  if (!filter.provider.empty()) filter.initiatives &= list_provided(columns, filter.provider);
  return filter;
}

Selection Cube::select(const std::vector<registry::Filter>& filters) const {
  return select_initiatives(*columns_, sort_filters(filters));
}

Selection Cube::select_keys(const std::vector<std::int64_t>& keys) const {
  Selection selection(size());
  for (const auto key : keys)
    if (const auto place = find_place(key)) selection.add(*place);
  return selection;
}

}  // namespace austral::review
