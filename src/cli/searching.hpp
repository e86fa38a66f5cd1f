// What commands that choose initiatives share: words, filters and what was found.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "registry/initiative_store.hpp"

namespace austral::cli {

/// Words and filters as they stand on the command line.
struct SearchArguments {
  std::vector<std::string> words;
  std::vector<std::pair<std::string, std::vector<std::string>>> filters;
  std::string index;  ///< the folder of the index of words; empty: beside the register
};

/// Adds words, filters and `--index`.
void add_search_options(CLI::App& app, SearchArguments& arguments);

/// Throws: Error::invalid for a filter that cannot be understood.
registry::Question read_search(const SearchArguments& arguments);

/// Initiatives in the order asked for; `keys` holds at most as many as are wanted.
struct Found {
  std::int64_t total = 0;
  std::vector<std::int64_t> keys;
};

/// Finds by words, as many as the question's limit; what was understood goes to standard error.
/// `sort` is `relevance` or a column; `address` is the register's.
Found find_by_words(store::Database& database, const SearchArguments& arguments,
                    const registry::Question& question, const std::string& address,
                    const std::string& language, const std::string& sort);

/// Says which filters no initiative has at all.
void remark_empty_filters(store::Database& database, const registry::Question& question);

}  // namespace austral::cli
