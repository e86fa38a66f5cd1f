// Details of contributions: their names, their text, and what of a record belongs to them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/record.hpp"

namespace austral::registry {

/// A detail that the register knows by name; the views live as long as the program.
struct KnownDetail {
  std::string_view name;
  std::string_view unit;  ///< `years`, `money`, `ratio`; empty for words
  std::string_view meaning;
};
/// By name.
const std::vector<KnownDetail>& known_details();

/// Shape: `grade=P4;sex=F`; a backslash stands before `;`, `=`, another backslash, and a space at
/// either end of a name or value. Details without a name are left out.
std::string write_details(const Details& details, std::string_view between = ";");
/// Reads what write_details() wrote, and what people write (`grade = P4; sex = F`); nothing for a
/// text in which something stands without `=` or without a name.
std::optional<Details> read_details(std::string_view text);

/// The first value of that name; empty when there is none.
std::string_view find_detail(const Details& details, std::string_view name);

/// What rules of measurement ask of a record's contributions: each one's own details, the codes
/// that belong to it (concessionality, keyword, pillar, financing-arrangement), and the terms of
/// the loan.
class RecordDetails {
 public:
  explicit RecordDetails(const Record& record);
  Details of(const Contribution& contribution) const;

 private:
  /// A value that a row-wise format kept, of one row or of all.
  struct Kept {
    std::string_view column;
    std::string_view row;  ///< `2`, or empty: of all rows
    std::string_view value;
  };
  std::optional<std::string_view> find_kept(std::string_view column, std::string_view row) const;
  bool differs(std::string_view column) const;
  void add_codes(Details& all, const Contribution& contribution) const;
  void add_terms(Details& all, const Contribution& contribution) const;
  void add_salary(Details& all, const Contribution& contribution) const;

  const Record& record_;
  std::vector<Kept> kept_;
};

}  // namespace austral::registry
