// Figures by any of the cube's dimensions, as a Table.
#pragma once

#include <string>

#include "base/catalogue.hpp"
#include "review/cube.hpp"
#include "review/names.hpp"
#include "review/reports.hpp"

namespace austral::review {

/// A dimension of the cube in the reader's words: `Recipient`, `Provider: Economic community`.
std::string dimension_title(std::string_view dimension, const Language& words);
/// A value of a dimension of the cube in the reader's words.
std::string dimension_value(std::string_view dimension, const std::string& value, Names& names);
/// The filter that a value of a dimension of the cube stands for, as parameters of lists name it.
/// Shape: name and value; an empty name where no filter means that (nothing stated, several).
std::pair<std::string, std::string> dimension_filter(std::string_view dimension,
                                                     const std::string& value);
/// The name by which lists of initiatives are filtered by a dimension: `sector` for all three
/// levels.
std::string filter_name(registry::Dimension dimension);

/// The cube that a question is answered from: the caller's, or one made of what the filters can
/// reach.
std::shared_ptr<const Cube> find_cube(store::Database& database, const ReportQuestion& question,
                                      const std::vector<registry::Filter>& filters,
                                      Perspective perspective = Perspective::reconciled);
/// All filters of a question, those with members of their own too.
std::vector<registry::Filter> list_filters(const ReportQuestion& question);

/// An answer of the cube as a Table, whose rows open onto the initiatives behind them; `q` are the
/// words by which these were found.
Table tabulate_breakdown(store::Database& database, const CubeQuestion& asked,
                         const CubeAnswer& answer, const std::string& language,
                         std::string_view q = {});

/// Shape: code and name of each dimension (a year has one column), then counts and sums; the total,
/// in which every initiative and contribution counts once, stands in the notes.
Table make_breakdown(store::Database& database, const ReportQuestion& question);

}  // namespace austral::review
