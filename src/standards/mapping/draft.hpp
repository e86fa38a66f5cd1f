// The values of one row, field by field, on their way into a record.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "standards/mapping/apply.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/mapping/read_value.hpp"

namespace austral::mapping {

/// One value that was read, or an empty place in a list of values.
struct Placed {
  bool filled = false;
  CellValue value;
  std::string lang;
  int year = 0;            ///< of a wide table's header
  bool only_year = false;  ///< the day stands for a year
  bool once = false;
};

/// The fields of one thing: a contribution, a document, a party ...
class Things {
 public:
  void add(std::string_view field, std::vector<Placed> values);
  /// As many things as the longest field that leads has values.
  std::size_t count() const;
  /// A single value stands for all things.
  const Placed* find(std::string_view field, std::size_t n) const;
  std::string text(std::string_view field, std::size_t n) const;
  const std::vector<Placed>* all(std::string_view field) const;

 private:
  std::map<std::string, std::vector<Placed>, std::less<>> values_;
};

/// A row's values by what they are part of.
using Draft = std::map<std::pair<Group, std::size_t>, Things>;

/// Reads one row by a mapping's rules; what cannot be read becomes a finding and stays an extra.
struct DraftedRow {
  Draft draft;
  std::vector<const RowCell*> unused;  ///< cells that no rule took, or could not read
};
DraftedRow draft_row(const Mapping& mapping, const DataRow& row, Findings& findings);

/// `Sheet1!B7`, or the column where the row's place is not known.
std::string name_place(const DataRow& row, const RowCell* cell);

/// Every address that stands in a text.
std::vector<std::string> find_urls(std::string_view text);

}  // namespace austral::mapping
