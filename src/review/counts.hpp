// CubeCounts, sums and pages of what filters let through, over one cube, each made once for all
// pages that ask: another page, order or language of the same question counts nothing again.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/kept.hpp"
#include "registry/import_store.hpp"
#include "review/cube.hpp"
#include "search/search.hpp"

namespace austral::review {

/// What words match, as documents of the index and as initiatives of the cube.
struct Matched {
  std::string name;  ///< tells it from other words, and from other states of the index
  search::Matches matches;
  std::shared_ptr<const std::vector<std::uint32_t>> places;  ///< of each document; no_place
  Selection initiatives;
  static constexpr std::uint32_t no_place = 0xffffffffu;
};

/// Initiatives chosen by filters and words; looked for when somebody needs them one by one.
class Scope {
 public:
  using Shared = std::shared_ptr<const Selection>;
  const std::string& name() const { return name_; }  ///< tells it from all others of the cube
  const std::vector<registry::Filter>& filters() const { return filters_; }
  /// Where no words were asked, nothing.
  const std::shared_ptr<const Matched>& matched() const { return matched_; }
  Shared by_words() const;
  const Shared& initiatives() const;
  /// Their places, ascending: for going over few of them again and again.
  const std::vector<std::uint32_t>& places() const;

 private:
  friend class CubeCounts;
  struct Found {
    std::once_flag once;
    std::function<Shared()> find;
    Shared initiatives;
    std::once_flag placed;
    std::vector<std::uint32_t> places;
  };
  std::string name_;
  std::vector<registry::Filter> filters_;
  std::shared_ptr<const Matched> matched_;
  std::shared_ptr<Found> found_;
};

/// Many threads at once. Keeps what it was asked for last, in bounded memory. Every answer is the
/// cube's own.
class CubeCounts : public std::enable_shared_from_this<CubeCounts> {
 public:
  /// Lists of up to `few` are put in order at once, longer ones found in an order kept of all.
  static std::shared_ptr<CubeCounts> make(std::shared_ptr<const Cube> cube, std::size_t few = 4000);
  ~CubeCounts();
  const std::shared_ptr<const Cube>& cube() const { return cube_; }

  /// `matched`: nothing where no words were asked.
  Scope choose(std::vector<registry::Filter> filters,
               const std::shared_ptr<const Matched>& matched = nullptr);
  std::shared_ptr<const Matched> match(const search::Index& index,
                                       const search::WordQuestion& question);

  std::size_t size(const Scope& scope);
  /// As Cube::select().
  std::shared_ptr<const Selection> find(const std::vector<registry::Filter>& filters);
  Selection select(const std::vector<registry::Filter>& filters) { return *find(filters); }
  /// As Cube::group(), looking only at initiatives that can have money which the filters let
  /// through.
  CubeAnswer group(const CubeQuestion& question);
  /// As Cube::count().
  std::vector<FacetCount> count(const Scope& scope, registry::Dimension dimension,
                                std::size_t limit, const std::vector<std::string>& keep = {});
  /// The total of Cube::group() with the scope's filters and words.
  CubeSums total(const Scope& scope, Perspective perspective, std::optional<int> price_year);
  /// As Cube::list().
  std::vector<std::int64_t> list(const Scope& scope, std::string_view sort, bool descending,
                                 std::size_t offset, std::size_t limit, store::Database* database);
  /// What records leave out or get wrong: of these initiatives, by severity.
  std::array<std::int64_t, 4> count_findings(const Scope& scope, store::Database& database);

  /// As registry::list_lines(), each read once while there is room.
  std::vector<registry::InitiativeLine> list_lines(store::Database& database,
                                                   const std::vector<std::int64_t>& keys);

  // The cube's own.
  std::int64_t revision() const { return cube_->revision(); }
  std::size_t size() const { return cube_->size(); }
  std::vector<FacetCount> count(const Selection& among, registry::Dimension dimension) const {
    return cube_->count(among, dimension);
  }
  std::vector<std::int64_t> list(const Selection& among, std::string_view sort, bool descending,
                                 std::size_t offset, std::size_t limit) const {
    return cube_->list(among, sort, descending, offset, limit);
  }

  /// Makes ready what the first reader of a large register would wait for.
  void prepare(store::Database& database);

 private:
  struct Tables;
  CubeCounts(std::shared_ptr<const Cube> cube, std::size_t few);
  using Order = std::vector<std::uint32_t>;  ///< all places, in the order of a list
  CubeAnswer group_among(CubeQuestion question, const Scope& scope);
  std::shared_ptr<const Selection> select_dimensions(const std::vector<registry::Filter>& filters);
  std::shared_ptr<const Selection> find_funded(const registry::Filter& filter);
  /// The initiatives that can have money which the scope's filters of money let through; nothing:
  /// all. A new one each time.
  std::shared_ptr<Selection> meet_funded(const Scope& scope);
  /// Nothing where there is much to look at, or amounts would have to be split anew.
  std::optional<CubeSums> add_up_few(const Scope& scope, Perspective perspective);
  /// A superset of the initiatives that have money which the scope's filters let through, with all
  /// of the scope; nothing: all initiatives.
  std::shared_ptr<const Selection> find_moneyed(const Scope& scope);
  std::shared_ptr<const std::vector<std::uint32_t>> find_places(
      const std::shared_ptr<const std::vector<std::int64_t>>& keys);
  std::shared_ptr<const Order> find_order(std::string_view sort, bool descending,
                                          store::Database* database, bool now);

  std::shared_ptr<const Cube> cube_;
  std::size_t few_;
  std::unique_ptr<Tables> tables_;
  Kept<Selection> selections_;
  Kept<std::vector<FacetCount>> counts_;
  Kept<CubeSums> sums_;
  Kept<std::size_t> sizes_;
  Kept<std::vector<std::int64_t>> lists_;  ///< of few, whole
  Kept<Order> orders_;
  Kept<CubeAnswer> answers_;  ///< to questions without filters
  Kept<Matched> matched_;
  Kept<registry::InitiativeLine> lines_;
  std::mutex places_mutex_;
  std::shared_ptr<const std::vector<std::int64_t>> placed_keys_;
  std::shared_ptr<const std::vector<std::uint32_t>> places_;  ///< of these keys
  std::mutex findings_mutex_;
  struct PlacedFindings {
    std::uint32_t place = 0;
    std::size_t severity = 0;
    std::int64_t findings = 0;
  };
  std::optional<std::vector<PlacedFindings>> findings_;
  std::mutex asked_mutex_;
  std::map<std::string, int, std::less<>> asked_orders_;
};

}  // namespace austral::review
