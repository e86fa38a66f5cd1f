// The cube's dimensions, and what it answers without reading its columns through.
#include "review/cube.hpp"

#include <algorithm>
#include <bit>

#include "base/error.hpp"
#include "codes/code_list.hpp"
#include "codes/grouping.hpp"
#include "review/cube_columns.hpp"

namespace austral::review {

Perspective parse_perspective(std::string_view name) {
  Perspective perspective{};
  if (boost::describe::enum_from_string(std::string(name).c_str(), perspective)) return perspective;
  throw Error(Kind::invalid, "'" + std::string(name) +
                                 "' is no perspective; use reconciled, provider or recipient");
}

Selection::Selection(std::size_t size, bool all)
    : size_(size), bits_(size / 64 + 1, all ? ~std::uint64_t(0) : 0) {
  if (all) bits_.back() &= (std::uint64_t(1) << (size % 64)) - 1;
}

std::size_t Selection::count() const {
  std::size_t found = 0;
  for (const auto word : bits_) found += std::size_t(std::popcount(word));
  return found;
}

Selection& Selection::operator&=(const Selection& other) {
  AUSTRAL_ASSERT(size_ == other.size_);
  for (std::size_t i = 0; i < bits_.size(); ++i) bits_[i] &= other.bits_[i];
  return *this;
}

const std::vector<std::string>& cube_dimensions() {
  static const auto all = [] {
    std::vector<std::string> names = {"provider", "recipient", "facilitator", "sector_block",
                                      "sector",   "purpose",   "goal",        "target",
                                      "year",     "framework", "modality",    "flow_type",
                                      "status",   "publisher", "region",      "critical_area"};
    for (const std::string side : {"provider.", "recipient."})
      for (const auto& grouping : codes::all_groupings())
        if (const auto name = side + std::string(grouping.kind);
            std::find(names.begin(), names.end(), name) == names.end())
          names.push_back(name);
    return names;
  }();
  return all;
}

bool overlaps(std::string_view dimension) {
  return dimension == "facilitator" || dimension == "publisher" || dimension == "region" ||
         dimension == "critical_area" || dimension.find('.') != std::string_view::npos;
}

std::string block_of(std::string_view sector) {
  static const auto& categories = codes::get_list("category");
  const auto* category = categories.find(sector.substr(0, 3));
  return category ? std::string(category->parent) : std::string();
}

Cube::Cube(std::unique_ptr<Columns> columns) : columns_(std::move(columns)) {}
Cube::~Cube() = default;

std::int64_t Cube::revision() const { return columns_->revision; }
std::size_t Cube::size() const { return columns_->keys.size(); }
std::size_t Cube::contributions() const { return columns_->contributions; }
std::int64_t Cube::key_at(std::size_t place) const {
  return columns_->keys.at(columns_->turns.at(place));
}

std::optional<std::size_t> Cube::find_place(std::int64_t key) const {
  const auto& keys = columns_->keys;
  const auto found = std::lower_bound(keys.begin(), keys.end(), key);
  if (found == keys.end() || *found != key) return std::nullopt;
  return columns_->places[std::size_t(found - keys.begin())];
}

std::size_t SplitColumn::memory() const {
  return codes.memory() + mixes.memory() + of.memory() + own.memory() + tags.memory() +
         parts.memory() + (coarse_of.size() + first_tag.size() + first_part.size()) * 4;
}

std::size_t Cube::memory() const {
  const auto& columns = *columns_;
  std::size_t bytes =
      columns.keys.size() * (8 + 5 * 4) + (columns.first.size() + columns.first_bundle.size()) * 4;
  for (const auto* column :
       {&columns.records, &columns.began, &columns.occasions, &columns.provider, &columns.terms})
    bytes += column->memory();
  for (const auto* split : {&columns.sectors, &columns.goals}) bytes += split->memory();
  for (const auto& facet : columns.facets)
    bytes += facet.names.memory() + facet.mixes.memory() + facet.of.memory();
  for (const auto* column :
       {&columns.budgeted, &columns.committed, &columns.disbursed, &columns.sums, &columns.cents})
    bytes += column->memory();
  bytes += columns.occasion_list.size() * sizeof(Occasion) + columns.counts.size();
  bytes += (columns.provided_first.size() + columns.provided.size()) * 4;
  const std::lock_guard lock(columns.order_mutex);
  for (const auto& [name, ranks] : columns.ranks) bytes += ranks.size() * 4;
  return bytes;
}

std::int64_t Amounts::find_apart(std::size_t at) const {
  const auto found = std::lower_bound(apart_at_.begin(), apart_at_.end(), at);
  return apart_[std::size_t(found - apart_at_.begin())];
}

}  // namespace austral::review
