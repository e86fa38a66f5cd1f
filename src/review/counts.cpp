// CubeCounts facets value by value and keeps what was counted.
#include "review/counts.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <unordered_map>

#include "base/date.hpp"
#include "base/error.hpp"
#include "registry/fact_store.hpp"
#include "review/counts_tables.hpp"
#include "review/cube_filters.hpp"

namespace austral::review {
namespace {

using registry::Dimension;
using registry::Filter;

constexpr std::size_t room_for_selections = 40u << 20;
constexpr std::size_t room_for_sums = 2u << 20;
constexpr std::size_t room_for_orders = 40u << 20;
constexpr std::size_t room_for_words = 32u << 20;
constexpr std::size_t room_for_lines = 16u << 20;
constexpr std::size_t worth_keeping = 1000;  // a dimension of more values is asked in too many ways
constexpr std::size_t few_of_all = 16;       // looked at one by one when they are fewer than a 16th

Selection invert(const Selection& selection) {
  Selection others(selection.size(), true);
  for (std::size_t i = 0; i < others.words().size(); ++i)
    others.words()[i] &= ~selection.words()[i];
  return others;
}

/// As Cube::select() narrows by these filters of one dimension, looking at what is left alone.
void narrow_few(Selection& selection, const Cube::Columns& columns,
                const std::vector<Filter>& filters, std::size_t count) {
  const auto wanted = sort_filters(filters);
  const auto dimension = wanted.begin()->first;
  const auto& column = columns.facet(is_of_years(dimension) ? Dimension::year : dimension);
  const Flags values = is_of_years(dimension) ? flag_years(columns, wanted)
                                              : flag_values(column.names, wanted.begin()->second);
  const auto& mixes = column.mixes;
  const auto passes = [&](std::uint32_t mix) {
    if (mix == 0) return values[0] != 0;
    return std::any_of(mixes.begin(mix), mixes.end(mix),
                       [&](std::uint32_t value) { return values[value] != 0; });
  };
  Flags by_mix;
  if (count > mixes.size())
    for (std::uint32_t mix = 0; mix < mixes.size(); ++mix) by_mix.push_back(char(passes(mix)));
  auto& words = selection.words();
  column.of.visit([&](const auto* of) {
    for (std::size_t i = 0; i < words.size(); ++i)
      for (auto word = words[i]; word != 0; word &= word - 1) {
        const auto bit = word & (0 - word);
        const auto mix = of[i * 64 + std::size_t(std::countr_zero(word))];
        if (!(by_mix.empty() ? passes(mix) : by_mix[mix] != 0)) words[i] &= ~bit;
      }
  });
}

struct Counted {
  const std::string* value = nullptr;
  std::int64_t initiatives = 0;
  bool kept = false;
};

bool comes_first(const Counted& left, const Counted& right) {
  if (left.initiatives != right.initiatives) return left.initiatives > right.initiatives;
  return *left.value < *right.value;
}

/// Most first, cut as Cube::count() cuts.
std::vector<FacetCount> cut_counts(const FacetColumn& column, const Numbers& values,
                                   std::size_t limit, const std::vector<std::string>& keep) {
  std::vector<Counted> found;
  const std::set<std::string> wanted(keep.begin(), keep.end());
  for (std::uint32_t value = 0; value < values.size(); ++value)
    if (const auto& text = column.names.text(value); values[value] != 0)
      found.push_back({&text, values[value], wanted.contains(text)});
  for (const auto& text : wanted)
    if (const auto number = column.names.find(text); !number || values[*number] == 0)
      found.push_back({&text, 0, true});
  if (limit != 0 && found.size() > limit) {
    const auto others = std::stable_partition(found.begin(), found.end(),
                                              [](const Counted& one) { return one.kept; });
    const auto chosen = std::size_t(others - found.begin());
    const auto room = limit - std::min(limit, chosen);
    const auto end = others + std::ptrdiff_t(std::min(room, found.size() - chosen));
    std::partial_sort(others, end, found.end(), comes_first);
    found.erase(end, found.end());
  }
  std::sort(found.begin(), found.end(), comes_first);
  std::vector<FacetCount> counts;
  for (const auto& one : found) counts.push_back({*one.value, one.initiatives});
  return counts;
}

std::size_t line_bytes(const registry::InitiativeLine& line) {
  std::size_t bytes = sizeof line + line.identifier.size() + line.title.size() +
                      line.publisher.size() + line.reason.size() + line.rule.size();
  for (const auto* list : {&line.providers, &line.recipients, &line.facilitators, &line.sectors})
    for (const auto& value : *list) bytes += sizeof value + value.size();
  return bytes;
}

}  // namespace

std::string name_filters(const std::vector<Filter>& filters) {
  std::string name;
  for (const auto& filter : filters)
    name += std::to_string(int(filter.dimension)) + '\x1f' + filter.value + '\x1e';
  return name;
}

/// Initiatives by each value's number. Few are looked at one by one, many by their lists.
namespace {

/// `each` calls what it is given with each place.
template <class Each>
Numbers count_values(const FacetColumn& column, std::size_t count, Each&& each) {
  Numbers values(column.names.size(), 0);
  const auto& mixes = column.mixes;
  if (count < mixes.size()) {
    column.of.visit([&](const auto* of) {
      each([&](std::size_t place) {
        const auto mix = of[place];
        for (const auto *value = mixes.begin(mix), *end = mixes.end(mix); value != end; ++value)
          ++values[*value];
      });
    });
    return values;
  }
  Numbers by_mix(mixes.size(), 0);
  column.of.visit([&](const auto* of) { each([&](std::size_t place) { ++by_mix[of[place]]; }); });
  for (std::uint32_t mix = 1; mix < by_mix.size(); ++mix)
    if (by_mix[mix] != 0)
      for (const auto* value = mixes.begin(mix); value != mixes.end(mix); ++value)
        values[*value] += by_mix[mix];
  return values;
}

}  // namespace

Numbers count_numbers(const FacetColumn& column, const Selection& among, std::size_t count) {
  return count_values(column, count, [&](auto&& use) { each_place_of(among, use); });
}

Numbers count_numbers(const FacetColumn& column, const std::vector<std::uint32_t>& places) {
  return count_values(column, places.size(), [&](auto&& use) {
    for (const auto place : places) use(place);
  });
}

CubeCounts::CubeCounts(std::shared_ptr<const Cube> cube, std::size_t few)
    : cube_(std::move(cube)),
      few_(few),
      tables_(std::make_unique<Tables>()),
      selections_(room_for_selections),
      counts_(room_for_counts),
      sums_(room_for_sums),
      sizes_(room_for_sums),
      lists_(room_for_counts),
      orders_(room_for_orders),
      answers_(room_for_counts),
      matched_(room_for_words),
      lines_(room_for_lines) {}
CubeCounts::~CubeCounts() = default;

std::shared_ptr<CubeCounts> CubeCounts::make(std::shared_ptr<const Cube> cube, std::size_t few) {
  return std::shared_ptr<CubeCounts>(new CubeCounts(std::move(cube), few));
}

Scope::Shared Scope::by_words() const {
  return matched_ ? Shared(matched_, &matched_->initiatives) : nullptr;
}

const Scope::Shared& Scope::initiatives() const {
  std::call_once(found_->once, [&] {
    found_->initiatives = found_->find();
    found_->find = nullptr;
  });
  return found_->initiatives;
}

const std::vector<std::uint32_t>& Scope::places() const {
  const auto& all = *initiatives();
  std::call_once(found_->placed, [&] {
    each_place_of(all, [&](std::size_t place) { found_->places.push_back(std::uint32_t(place)); });
  });
  return found_->places;
}

std::shared_ptr<const Selection> CubeCounts::select_dimensions(const std::vector<Filter>& filters) {
  const auto make = [&] { return std::make_shared<const Selection>(cube_->select(filters)); };
  return selections_.get(name_filters(filters), make, selection_bytes);
}

std::shared_ptr<const Selection> CubeCounts::find(const std::vector<Filter>& filters) {
  std::map<Dimension, std::vector<Filter>> by_dimension;
  for (const auto& filter : filters)
    by_dimension[is_of_years(filter.dimension) ? Dimension::year : filter.dimension].push_back(
        filter);
  if (by_dimension.empty()) return select_dimensions({});
  if (by_dimension.size() == 1) return select_dimensions(by_dimension.begin()->second);
  // Years are asked in so many ways that hardly two readers ask for the same.
  std::vector<const std::vector<Filter>*> rare;
  std::shared_ptr<Selection> both;
  const auto meet = [&](const std::shared_ptr<const Selection>& one) {
    if (both)
      *both &= *one;
    else
      both = std::make_shared<Selection>(*one);
  };
  for (const auto& [dimension, some] : by_dimension) {
    const bool many =
        has_column(dimension) && (dimension == Dimension::year ||
                                  cube_->columns().facet(dimension).names.size() > worth_keeping);
    const auto kept = many ? selections_.find(name_filters(some)) : select_dimensions(some);
    if (kept)
      meet(kept);
    else
      rare.push_back(&some);
  }
  if (!both) {
    meet(select_dimensions(*rare.back()));
    rare.pop_back();
  }
  for (const auto* some : rare) {
    const auto count = both->count();
    if (count * few_of_all < cube_->size())
      narrow_few(*both, cube_->columns(), *some, count);
    else
      meet(select_dimensions(*some));
  }
  return both;
}

std::shared_ptr<const std::vector<std::uint32_t>> CubeCounts::find_places(
    const std::shared_ptr<const std::vector<std::int64_t>>& keys) {
  const std::lock_guard lock(places_mutex_);
  if (placed_keys_ == keys) return places_;
  auto places = std::make_shared<std::vector<std::uint32_t>>();
  places->reserve(keys->size());
  std::size_t next = 0;  // documents mostly stand in the order of initiatives
  for (const auto key : *keys) {
    auto place = next < size() && cube_->key_at(next) == key ? std::optional(next)
                 : key == 0                                  ? std::nullopt
                                                             : cube_->find_place(key);
    places->push_back(place ? std::uint32_t(*place) : Matched::no_place);
    if (place) next = *place + 1;
  }
  placed_keys_ = keys;
  places_ = std::move(places);
  return places_;
}

std::shared_ptr<const Matched> CubeCounts::match(const search::Index& index,
                                                 const search::WordQuestion& question) {
  const auto name = index.state() + '\x1f' + question.language + '\x1f' + question.words;
  const auto make = [&] {
    auto matched = std::make_shared<Matched>();
    matched->name = name;
    matched->matches = index.ask(question);
    matched->places = find_places(matched->matches.keys);
    matched->initiatives = Selection(cube_->size());
    for (const auto document : matched->matches.documents)
      if (const auto place = (*matched->places)[document]; place != Matched::no_place)
        matched->initiatives.add(place);
    return std::shared_ptr<const Matched>(std::move(matched));
  };
  return matched_.get(name, make, [](const Matched& matched) {
    return matched.matches.documents.size() * 8 + selection_bytes(matched.initiatives);
  });
}

Scope CubeCounts::choose(std::vector<Filter> filters,
                         const std::shared_ptr<const Matched>& matched) {
  const auto order = [](const Filter& one) { return std::tie(one.dimension, one.value); };
  std::sort(filters.begin(), filters.end(),
            [&](const Filter& left, const Filter& right) { return order(left) < order(right); });
  filters.erase(std::unique(filters.begin(), filters.end(),
                            [&](const Filter& left, const Filter& right) {
                              return order(left) == order(right);
                            }),
                filters.end());
  Scope scope;
  scope.name_ = name_filters(filters) + (matched ? '\x1d' + matched->name : "");
  scope.found_ = std::make_shared<Scope::Found>();
  scope.found_->find = [counts = shared_from_this(), filters, matched] {
    auto chosen = counts->find(filters);
    if (!matched) return chosen;
    auto both = std::make_shared<Selection>(*chosen);
    *both &= matched->initiatives;
    return std::shared_ptr<const Selection>(std::move(both));
  };
  scope.filters_ = std::move(filters);
  scope.matched_ = matched;
  return scope;
}

std::size_t CubeCounts::size(const Scope& scope) {
  const auto make = [&] {
    return std::make_shared<const std::size_t>(scope.initiatives()->count());
  };
  return *sizes_.get(scope.name(), make, [](std::size_t size) { return sizeof size; });
}

std::vector<FacetCount> CubeCounts::count(const Scope& scope, Dimension dimension,
                                          std::size_t limit, const std::vector<std::string>& keep) {
  if (!has_column(dimension)) return cube_->count(*scope.initiatives(), dimension, limit, keep);
  auto name = scope.name() + '\x1c' + std::to_string(int(dimension)) + ':' + std::to_string(limit);
  for (const auto& value : keep) name += '\x1f' + value;
  const auto make = [&] {
    const auto& columns = cube_->columns();
    const auto& column = columns.facet(dimension);
    const auto count = size(scope), size = cube_->size();
    Numbers values;
    if (count * few_of_all <= size) {
      values = count_numbers(column, scope.places());
    } else if (count * 2 <= size) {
      values = count_numbers(column, *scope.initiatives(), count);
    } else {
      values = tables_->get_whole(columns, dimension);
      if (count < size) {
        const auto others = count_numbers(column, invert(*scope.initiatives()), size - count);
        for (std::size_t i = 0; i < values.size(); ++i) values[i] -= others[i];
      }
    }
    return std::make_shared<const std::vector<FacetCount>>(cut_counts(column, values, limit, keep));
  };
  return *counts_.get(name, make, [](const std::vector<FacetCount>& counts) {
    std::size_t bytes = 0;
    for (const auto& one : counts) bytes += sizeof one + one.value.capacity();
    return bytes;
  });
}

std::array<std::int64_t, 4> CubeCounts::count_findings(const Scope& scope,
                                                       store::Database& database) {
  {
    const std::lock_guard lock(findings_mutex_);
    if (!findings_) {
      findings_.emplace();
      for (const auto& one : registry::count_findings(database))
        if (const auto place = cube_->find_place(one.initiative))
          findings_->push_back({std::uint32_t(*place), std::size_t(one.severity), one.findings});
    }
  }
  std::array<std::int64_t, 4> counts = {};
  const auto& initiatives = *scope.initiatives();
  for (const auto& one : *findings_)
    if (initiatives.has(one.place)) counts.at(one.severity) += one.findings;
  return counts;
}

std::shared_ptr<const CubeCounts::Order> CubeCounts::find_order(std::string_view sort,
                                                                bool descending,
                                                                store::Database* database,
                                                                bool now) {
  // Orders by dates put what has not begun behind.
  const auto name = (descending ? "-" : "") + std::string(sort) + to_string(today());
  {
    const std::lock_guard lock(asked_mutex_);
    if (++asked_orders_[name] < 2 && !now) return nullptr;
  }
  const auto make = [&] {
    const auto keys = cube_->list(Selection(cube_->size(), true), sort, descending, 0, 0, database);
    auto order = std::make_shared<Order>();
    order->reserve(keys.size());
    for (const auto key : keys) order->push_back(std::uint32_t(*cube_->find_place(key)));
    return std::shared_ptr<const Order>(std::move(order));
  };
  return orders_.get(name, make, [](const Order& order) { return order.size() * 4; });
}

std::vector<std::int64_t> CubeCounts::list(const Scope& scope, std::string_view sort,
                                           bool descending, std::size_t offset, std::size_t limit,
                                           store::Database* database) {
  const auto found = size(scope);
  if (found <= few_) {
    const auto name =
        scope.name() + '\x1c' + (descending ? "-" : "") + std::string(sort) + to_string(today());
    const auto make = [&] {
      return std::make_shared<const std::vector<std::int64_t>>(
          cube_->list(*scope.initiatives(), sort, descending, 0, 0, database));
    };
    const auto all = lists_.get(name, make, [](const auto& keys) { return keys.size() * 8; });
    const auto from = std::min(offset, all->size());
    const auto to = limit == 0 ? all->size() : std::min(all->size(), from + limit);
    return {all->begin() + std::ptrdiff_t(from), all->begin() + std::ptrdiff_t(to)};
  }
  const auto& among = *scope.initiatives();
  // Going down the order of all meets one of the chosen every so many places.
  const bool walk = limit > 0 && found > (offset + limit) * (cube_->size() / found + 1);
  const auto order = walk ? find_order(sort, descending, database, false) : nullptr;
  if (!order) return cube_->list(among, sort, descending, offset, limit, database);
  std::vector<std::int64_t> keys;
  std::size_t met = 0;
  for (const auto place : *order) {
    if (!among.has(place) || met++ < offset) continue;
    keys.push_back(cube_->key_at(place));
    if (keys.size() == limit) break;
  }
  return keys;
}

std::vector<registry::InitiativeLine> CubeCounts::list_lines(
    store::Database& database, const std::vector<std::int64_t>& keys) {
  std::vector<std::int64_t> unread;
  std::unordered_map<std::int64_t, std::shared_ptr<const registry::InitiativeLine>> known;
  for (const auto key : keys)
    if (auto line = lines_.find(std::to_string(key)))
      known[key] = std::move(line);
    else
      unread.push_back(key);
  for (auto& line : registry::list_lines(database, unread)) {
    const auto key = line.key;
    const auto make = [&] {
      return std::make_shared<const registry::InitiativeLine>(std::move(line));
    };
    known[key] = lines_.get(std::to_string(key), make, line_bytes);
  }
  std::vector<registry::InitiativeLine> lines;
  for (const auto key : keys)
    if (const auto line = known.find(key); line != known.end()) lines.push_back(*line->second);
  return lines;
}

void CubeCounts::prepare(store::Database& database) {
  const auto whole = choose({});
  total(whole, Perspective::reconciled, std::nullopt);
  tables_->get_received(cube_->columns());
  for (std::size_t i = 0; i < facet_columns; ++i)
    if (has_column(Dimension(i))) tables_->get_whole(cube_->columns(), Dimension(i));
  find_order("start", true, &database, true);
}

}  // namespace austral::review
