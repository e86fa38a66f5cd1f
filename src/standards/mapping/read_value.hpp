// One cell as a value of a field: what it is, or what is wrong with it and how to mend it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::mapping {

/// A cell's value, in the register's words.
struct CellValue {
  std::string text;    ///< the text, code, reference, `yes`/`no` as `1`/`0`
  std::string scheme;  ///< of sectors and goals: `purpose` ...; of places: `country`, `m49`, `dac`
  std::optional<Decimal> number;
  std::optional<Date> date;
  std::string currency;   ///< that stands beside a number in its cell
  std::string exactness;  ///< of dates that stand for a longer time: `year`, `month` ...
  bool guessed = false;   ///< the cell can be read in two ways, and nothing tells which is meant
};

/// Why a cell could not be read.
struct ReadProblem {
  std::string expected;  ///< `a date such as 2015-03-31`
  std::string remedy;
};

/// How a cell is to be read.
struct ReadHints {
  const Field* field = nullptr;
  std::string_view form;    ///< of its rule
  std::string_view column;  ///< what all values of the column tell: `comma`, `dmy` ...
};

/// Reads one cell that is not empty. Nothing: `problem` says why.
std::optional<CellValue> read_cell(const ReadHints& hints, sheet::CellKind kind,
                                   std::string_view text, std::optional<Date> date,
                                   ReadProblem& problem);

/// Words of `form` for the size of amounts, and the zeros that they mean.
inline constexpr std::array<std::pair<std::string_view, int>, 7> amount_sizes = {
    {{"thousand", 3},
     {"ten-thousand", 4},
     {"lakh", 5},
     {"million", 6},
     {"crore", 7},
     {"hundred-million", 8},
     {"billion", 9}}};

}  // namespace austral::mapping
