// The cube: the register's initiatives and contributions as columns in memory, for every count, sum
// and filter of pages and reports.
#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/initiative_store.hpp"
#include "store/database.hpp"

namespace austral::review {

/// Whose records are asked about money: everybody's with double telling taken out (reconciled), or
/// only those that one side publishes.
enum class Perspective { reconciled, provider, recipient };
BOOST_DESCRIBE_ENUM(Perspective, reconciled, provider, recipient)
/// Throws: Error::invalid naming the three.
Perspective parse_perspective(std::string_view name);

/// A set of the cube's initiatives, by their place in it.
class Selection {
 public:
  explicit Selection(std::size_t size = 0, bool all = false);
  std::size_t size() const { return size_; }  ///< of the cube, not of the set
  bool has(std::size_t place) const { return bits_[place / 64] >> (place % 64) & 1; }
  void add(std::size_t place) { bits_[place / 64] |= std::uint64_t(1) << (place % 64); }
  std::size_t count() const;
  Selection& operator&=(const Selection& other);
  std::vector<std::uint64_t>& words() { return bits_; }
  const std::vector<std::uint64_t>& words() const { return bits_; }

 private:
  std::size_t size_ = 0;
  std::vector<std::uint64_t> bits_;
};

/// What can be grouped by: provider, recipient, facilitator, sector_block, sector (category),
/// purpose, goal, target, year, framework, modality, flow_type, status, publisher, region,
/// critical_area, and `provider.KIND` / `recipient.KIND` for each kind of grouping (by the
/// membership of the year). Shape: names in the order in which a page offers them.
const std::vector<std::string>& cube_dimensions();
/// Whether a value of one initiative or contribution can stand under several groups at once with
/// its whole amount (countries are members of several economic communities): rows then overlap.
bool overlaps(std::string_view dimension);

struct CubeQuestion {
  std::vector<std::string> by;  ///< names of cube_dimensions(), at most four
  std::vector<registry::Filter> filters;
  std::shared_ptr<const Selection> among;  ///< only these initiatives (found by words)
  Perspective perspective = Perspective::reconciled;
  std::optional<int> price_year;                  ///< USD of that year; nothing: current USD
  std::vector<registry::ContributionKind> kinds;  ///< empty: all that have a sum of their own
  unsigned threads = 0;                           ///< 0: as many as help; the answer is the same
};

/// What stands in one group. Nothing where no contribution of that kind has a dollar amount.
struct CubeSums {
  std::int64_t initiatives = 0, records = 0, contributions = 0, unpriced = 0;
  std::optional<std::int64_t> budgeted_cents, committed_cents, disbursed_cents, pledged_cents;
};

/// The values of one row, one a dimension asked for; an empty text: not stated. Shares its texts
/// with the other rows of its answer.
class CubeValues {
 public:
  using Texts = std::vector<std::vector<std::string>>;  ///< of each dimension

  CubeValues() = default;
  CubeValues(std::shared_ptr<const Texts> texts, const std::array<std::uint32_t, 4>& places)
      : texts_(std::move(texts)), places_(places) {}
  std::size_t size() const { return texts_ ? texts_->size() : 0; }
  const std::string& operator[](std::size_t n) const { return (*texts_)[n][places_[n]]; }

 private:
  std::shared_ptr<const Texts> texts_;
  std::array<std::uint32_t, 4> places_ = {};
};

struct CubeRow {
  CubeValues values;
  CubeSums sums;
};

/// Shape: rows ordered by their values; `total` counts every initiative and contribution once.
struct CubeAnswer {
  std::int64_t revision = 0;
  std::vector<CubeRow> rows;
  CubeSums total;
};

/// A value of a dimension and the initiatives that have it.
using registry::FacetCount;

/// The register at one revision; never changes, so many threads read it at once.
class Cube {
 public:
  /// Reads the register, or only the initiatives that have the facets of `scope`.
  static std::shared_ptr<const Cube> build(store::Database& database,
                                           const std::vector<registry::Filter>& scope = {},
                                           bool with_contributions = true);
  ~Cube();

  std::int64_t revision() const;
  std::size_t size() const;           ///< initiatives
  std::size_t contributions() const;  ///< parts
  std::size_t memory() const;         ///< Units: bytes

  std::int64_t key_at(std::size_t place) const;
  std::optional<std::size_t> find_place(std::int64_t key) const;

  /// The initiatives that have all filters: several of one dimension widen, several dimensions
  /// narrow. `year` filters together with `since`/`until` narrow one another.
  Selection select(const std::vector<registry::Filter>& filters) const;
  Selection select_keys(const std::vector<std::int64_t>& keys) const;

  /// Most first. Shape: at most `limit` (0: all), the chosen values of `keep` among them whatever
  /// their count.
  std::vector<FacetCount> count(const Selection& among, registry::Dimension dimension,
                                std::size_t limit = 0,
                                const std::vector<std::string>& keep = {}) const;

  /// Keys of one page, in the order of a column of the list of initiatives; unknown last.
  /// Titles, identifiers and publishers are ordered by the register, at first use: `database`.
  /// Throws: Error::invalid for a column that cannot be sorted by.
  std::vector<std::int64_t> list(const Selection& among, std::string_view sort, bool descending,
                                 std::size_t offset, std::size_t limit,
                                 store::Database* database = nullptr) const;

  /// Amounts of an initiative with several sectors, goals ... are split over them so that parts
  /// add up to the cent (largest remainder); recipients are split in the register already.
  /// Throws: Error::invalid for an unknown dimension, or more than four.
  CubeAnswer group(const CubeQuestion& question) const;

  struct Columns;
  /// For counting beside the cube (cube_columns.hpp).
  const Columns& columns() const { return *columns_; }

 private:
  const std::vector<std::uint32_t>& text_ranks(std::string_view sort,
                                               store::Database* database) const;
  explicit Cube(std::unique_ptr<Columns> columns);
  std::unique_ptr<Columns> columns_;
};

}  // namespace austral::review
