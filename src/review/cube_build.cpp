// Reads the register into columns.
#include <malloc.h>
#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <exception>
#include <numeric>
#include <set>
#include <thread>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "registry/coding.hpp"
#include "registry/fact_store.hpp"
#include "review/cube_bundles.hpp"
#include "store/journal.hpp"

/// Only where the program is linked with jemalloc.
extern "C" [[gnu::weak]] int mallctl(const char*, void*, std::size_t*, void*, std::size_t);

namespace austral::review {
namespace {

using registry::Dimension;

std::uint64_t hash_list(const std::vector<Weighted>& list) {
  std::uint64_t hash = 0x9e3779b97f4a7c15u;
  for (const auto& one : list) {
    hash ^= std::uint64_t(one.value) << 32 | one.weight;
    hash *= 0xff51afd7ed558ccdu;
    hash ^= hash >> 32;
  }
  return hash;
}

/// One facet of an initiative's own list; the view lives as long as the list.
struct FacetView {
  Dimension dimension = Dimension::none;
  std::string_view value;
  std::int64_t share = 0;
  std::uint32_t number = 0;  ///< of its dimension's dictionary
};

/// What a goal has, divided equally among its targets.
registry::Weights divide_goals(const registry::Weights& goals,
                               const std::set<std::string>& targets) {
  const auto count = [&](const std::string& goal) {
    return std::count_if(targets.begin(), targets.end(),
                         [&](const std::string& target) { return target.starts_with(goal + "."); });
  };
  std::int64_t divisible = 1;
  for (const auto& [goal, weight] : goals)
    if (const auto of = count(goal); of > 0 && divisible < 1'000'000)
      divisible = std::lcm(divisible, std::int64_t(of));
  registry::Weights parts;
  for (const auto& [goal, weight] : goals) {
    const auto of = count(goal);
    if (of == 0) parts[goal] = weight * divisible;
    for (const auto& target : targets)
      if (target.starts_with(goal + ".")) parts[target] = weight * divisible / of;
  }
  return parts;
}

std::int32_t day_of(std::string_view text) {
  const auto day = parse_date(text);
  return day ? day->days : no_day;
}

}  // namespace

std::vector<Weighted> reduce(Dictionary& codes, const registry::Weights& weights) {
  constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
  std::int64_t divisor = 0, largest = 0;
  for (const auto& [code, weight] : weights) {
    divisor = std::gcd(divisor, weight);
    largest = std::max(largest, weight);
  }
  std::vector<Weighted> list;
  for (const auto& [code, weight] : weights) {
    if (divisor != 0 && weight <= 0) continue;
    auto share = divisor == 0 ? 1 : weight / divisor;
    if (divisor != 0 && largest / divisor > most)  // finer than anybody publishes
      share = std::max<std::int64_t>(1, share / (largest / divisor / most + 1));
    list.push_back({codes.number(code), std::uint32_t(share)});
  }
  return list;
}

void enlarge_pages(const void* memory, std::size_t bytes) {
  constexpr int collapse = 25;  // MADV_COLLAPSE, which not every C library names yet
  constexpr std::uintptr_t page = std::uintptr_t(2) << 20;
  const auto start = reinterpret_cast<std::uintptr_t>(memory);
  const auto first = (start + page - 1) / page * page, last = (start + bytes) / page * page;
  if (first < last) madvise(reinterpret_cast<void*>(first), last - first, collapse);
}

bool Mixes::equals(std::uint32_t mix, const std::vector<Weighted>& list) const {
  if (length(mix) != list.size()) return false;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (begin(mix)[i] != list[i].value || (weighted_ && weights(mix)[i] != list[i].weight))
      return false;
  return true;
}

void Mixes::grow() {
  slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), 0);
  const auto mask = slots_.size() - 1;
  for (std::uint32_t mix = 1; mix < size(); ++mix) {
    auto at = hashes_[mix] & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = mix + 1;
  }
}

std::uint32_t Mixes::intern(const std::vector<Weighted>& list) {
  if (list.empty()) return 0;
  if (slots_.size() < 2 * (size() + 1)) grow();
  const auto hash = hash_list(list);
  const auto mask = slots_.size() - 1;
  auto at = hash & mask;
  for (; slots_[at] != 0; at = (at + 1) & mask)
    if (hashes_[slots_[at] - 1] == hash && equals(slots_[at] - 1, list)) return slots_[at] - 1;
  for (const auto& one : list) {
    append_to(values_, one.value);
    if (weighted_) append_to(weights_, one.weight);
  }
  append_to(first_, std::uint32_t(values_.size()));
  append_to(hashes_, hash);
  slots_[at] = std::uint32_t(size());
  return std::uint32_t(size() - 1);
}

namespace {

/// Work of another thread, waited for wherever this one leaves.
class Beside {
 public:
  template <class Work>
  explicit Beside(const Work& work)
      : thread_([this, work] {
          try {
            work();
          } catch (...) {
            failure_ = std::current_exception();
          }
        }) {}
  ~Beside() {
    if (thread_.joinable()) thread_.join();
  }
  /// Throws: what the work threw.
  void wait() {
    thread_.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::exception_ptr failure_;
  std::thread thread_;
};

/// Takes facts in and gives columns out.
class CubeBuilder {
 public:
  std::unique_ptr<Cube::Columns> columns = std::make_unique<Cube::Columns>();

  void add(const registry::InitiativeFact& fact);
  /// After the last initiative; gives back what only reading needed.
  void end_reading();
  void finish(std::vector<BundleBuilder>& bundles);

 private:
  void read_list(std::string_view text);
  std::uint32_t intern_one(std::size_t dimension);
  void add_splits();
  std::vector<registry::Facet> list_facets() const;
  void list_provided();

  std::vector<FacetView> facets_;
  std::vector<Weighted> list_;
  static constexpr auto not_known = std::numeric_limits<std::uint32_t>::max();
  std::array<std::vector<std::uint32_t>, facet_columns> ones_;  // by number, the list of it alone
  /// The codings met before, and the lists of the split that they mean.
  struct Known {
    Mixes codings{true};
    std::vector<std::uint32_t> splits;
  };
  std::array<Known, 2> known_;  // sectors, goals
};

void CubeBuilder::read_list(std::string_view text) {
  facets_.clear();
  const auto take = [&](std::int64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto taken = std::size_t(end - text.data());
    if (error != std::errc() || taken >= text.size())
      throw Error(Kind::invalid, "an initiative's list of facets is damaged");
    const char sign = text[taken];
    text.remove_prefix(taken + 1);
    return sign;
  };
  while (!text.empty()) {
    std::int64_t dimension = 0, size = 0, share = registry::Facet{}.share;
    take(dimension);
    if (take(size) == ',') take(share);
    if (size < 0 || std::size_t(size) > text.size())
      throw Error(Kind::invalid, "an initiative's list of facets is damaged");
    facets_.push_back({Dimension(dimension), text.substr(0, std::size_t(size)), share});
    text.remove_prefix(std::size_t(size));
  }
  std::stable_sort(facets_.begin(), facets_.end(),
                   [](const FacetView& left, const FacetView& right) {
                     return left.dimension < right.dimension;
                   });
}

void CubeBuilder::add(const registry::InitiativeFact& fact) {
  auto& to = *columns;
  append_to(to.keys, fact.key);
  append_to(to.start, day_of(fact.start_date));
  append_to(to.end, day_of(fact.end_date));
  append_to(to.updated, day_of(fact.updated));
  to.budgeted.push_back(fact.budgeted_cents);
  to.committed.push_back(fact.committed_cents);
  to.disbursed.push_back(fact.disbursed_cents);
  to.records.push_back(std::uint32_t(fact.records));
  auto& years = to.facets[std::size_t(Dimension::year)].names;
  to.began.push_back(fact.year ? years.number(std::to_string(*fact.year)) : 0);
  read_list(fact.facets);
  std::size_t at = 0;
  for (std::size_t dimension = 1; dimension < facet_columns; ++dimension) {
    auto& column = to.facets[dimension];
    list_.clear();
    while (at < facets_.size() && std::size_t(facets_[at].dimension) < dimension) ++at;
    for (; at < facets_.size() && std::size_t(facets_[at].dimension) == dimension; ++at) {
      const Weighted one{facets_[at].number = column.names.number(facets_[at].value), 1};
      if (std::find(list_.begin(), list_.end(), one) == list_.end()) list_.push_back(one);
    }
    column.of.push_back(list_.size() == 1 ? intern_one(dimension) : column.mixes.intern(list_));
  }
  add_splits();
}

/// The list of one number, which most are.
std::uint32_t CubeBuilder::intern_one(std::size_t dimension) {
  auto& known = ones_[dimension];
  const auto number = list_.front().value;
  if (known.size() <= number) known.resize(number + 1, not_known);
  if (known[number] == not_known) known[number] = columns->facets[dimension].mixes.intern(list_);
  return known[number];
}

/// Most initiatives share their coding with another: what it means is worked out once.
void CubeBuilder::add_splits() {
  constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
  std::array<std::vector<Weighted>, 2> lists;
  bool fits = true;
  for (const auto& facet : facets_) {
    const bool sector =
        facet.dimension == Dimension::purpose || facet.dimension == Dimension::category;
    if (!sector && facet.dimension != Dimension::goal && facet.dimension != Dimension::target)
      continue;
    const bool fine = facet.dimension == Dimension::purpose || facet.dimension == Dimension::target;
    fits = fits && facet.share >= 0 && facet.share <= most;
    lists[sector ? 0 : 1].push_back(
        {facet.number << 1 | std::uint32_t(fine), std::uint32_t(facet.share)});
  }
  const auto find = [&](std::size_t n, auto&& work_out) {
    if (!fits) return work_out();
    const auto number = known_[n].codings.intern(lists[n]);
    auto& splits = known_[n].splits;
    if (splits.size() <= number) splits.resize(number + 1, not_known);
    if (splits[number] == not_known) splits[number] = work_out();
    return splits[number];
  };
  auto& to = *columns;
  to.sectors.of.push_back(find(0, [&] {
    return to.sectors.mixes.intern(
        reduce(to.sectors.codes, registry::sector_weights(list_facets())));
  }));
  to.goals.of.push_back(find(1, [&] {
    std::set<std::string> targets;
    for (const auto& facet : facets_)
      if (facet.dimension == Dimension::target) targets.emplace(facet.value);
    return to.goals.mixes.intern(
        reduce(to.goals.codes, divide_goals(registry::goal_weights(list_facets()), targets)));
  }));
}

std::vector<registry::Facet> CubeBuilder::list_facets() const {
  std::vector<registry::Facet> list;
  for (const auto& facet : facets_)
    list.push_back({facet.dimension, std::string(facet.value), facet.share});
  return list;
}

/// Each provider's initiatives, for questions that ask for one.
void CubeBuilder::list_provided() {
  auto& to = *columns;
  const auto size = to.facet(Dimension::provider).names.size();
  auto& first = to.provided_first;
  std::vector<std::uint32_t> last(size);
  const auto each = [&](auto&& use) {
    std::fill(last.begin(), last.end(), std::numeric_limits<std::uint32_t>::max());
    for (std::uint32_t place = 0; place < to.keys.size(); ++place)
      for (auto at = to.first_bundle[place]; at < to.first_bundle[place + 1]; ++at)
        if (const auto provider = to.provider[at]; last[provider] != place) {
          last[provider] = place;
          use(provider, place);
        }
  };
  first.assign(size + 1, 0);
  each([&](std::uint32_t provider, std::uint32_t) { ++first[provider + 1]; });
  std::partial_sum(first.begin(), first.end(), first.begin());
  to.provided.resize(first.back());
  auto next = first;
  each([&](std::uint32_t provider, std::uint32_t place) { to.provided[next[provider]++] = place; });
}

void CubeBuilder::end_reading() {
  for (auto& known : known_) known = Known();
  for (auto& facet : columns->facets) facet.mixes.finish();
}

void CubeBuilder::finish(std::vector<BundleBuilder>& bundles) {
  auto& to = *columns;
  for (const auto& one : bundles) to.contributions += one.contributions();
  order_initiatives(to);
  join_bundles(bundles, to);
  list_provided();
  to.sectors.mixes.finish();
  to.goals.mixes.finish();
  Beside goals([&] { split_bundles(to, to.goals, Dimension::goal); });
  split_bundles(to, to.sectors, Dimension::category);
  goals.wait();
  for (const auto* column : {&to.occasions, &to.provider, &to.terms, &to.records, &to.began,
                             &to.sectors.of, &to.goals.of, &to.sectors.tags, &to.goals.tags})
    column->enlarge();
  for (const auto& facet : to.facets) facet.of.enlarge();
  for (const auto* column : {&to.sums, &to.cents, &to.sectors.parts, &to.goals.parts})
    column->enlarge();
  for (const auto* column : {&to.first_bundle, &to.first, &to.sectors.first_tag,
                             &to.sectors.first_part, &to.goals.first_tag, &to.goals.first_part})
    enlarge_pages(*column);
  enlarge_pages(to.counts);
}

}  // namespace

namespace {

void read_contributions(store::Database& database, const std::vector<registry::Filter>& scope,
                        const registry::KeySpan& span, BundleBuilder& bundles) {
  registry::read_contribution_facts(
      database, scope,
      [&](const registry::ContributionFact& fact) {
        bundles.add(fact);
        return true;
      },
      span);
  bundles.finish();
}

/// What building needed for a while goes back to the system, which allocators put off.
void return_memory() {
  if (mallctl)
    mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0);
  else
    malloc_trim(0);
}

/// Contributions in spans, which threads take one after another.
class Contributions {
 public:
  Contributions(const std::vector<registry::Filter>& scope, std::vector<registry::KeySpan> spans)
      : scope_(scope), spans_(std::move(spans)), builders_(spans_.size()) {}
  /// Reads what no other thread has taken.
  void read(store::Database& database) {
    for (auto at = next_++; at < spans_.size(); at = next_++)
      read_contributions(database, scope_, spans_[at], builders_[at]);
  }
  std::vector<BundleBuilder>& builders() { return builders_; }

 private:
  const std::vector<registry::Filter>& scope_;
  std::vector<registry::KeySpan> spans_;
  std::vector<BundleBuilder> builders_;
  std::atomic<std::size_t> next_ = 0;
};

}  // namespace

std::shared_ptr<const Cube> Cube::build(store::Database& database,
                                        const std::vector<registry::Filter>& scope,
                                        bool with_contributions) {
  constexpr std::size_t most_spans = 16;
  CubeBuilder builder;
  // Initiatives and contributions of one moment; all of them, on a connection each.
  std::unique_ptr<store::Database> second;
  std::optional<Contributions> contributions;
  if (scope.empty() && with_contributions)
    second = store::begin_reading_twice(database);
  else
    database.begin_reading();
  try {
    contributions.emplace(scope, !with_contributions ? std::vector<registry::KeySpan>{}
                                 : second            ? registry::split_keys(database, most_spans)
                                                     : std::vector<registry::KeySpan>(1));
    std::optional<Beside> beside;
    if (second) beside.emplace([&] { contributions->read(*second); });
    builder.columns->revision = store::revision_of(database);
    registry::read_initiative_facts(database, scope, [&](const registry::InitiativeFact& fact) {
      builder.add(fact);
      return true;
    });
    builder.end_reading();
    contributions->read(database);
    if (beside) beside->wait();
    database.commit();
  } catch (...) {
    database.roll_back();
    throw;
  }
  second.reset();
  builder.finish(contributions->builders());
  contributions.reset();
  return_memory();
  return std::shared_ptr<const Cube>(new Cube(std::move(builder.columns)));
}

}  // namespace austral::review
