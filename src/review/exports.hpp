// Downloads: the rows behind any search, at the grain that the reader chooses, with codes and
// names, streamed from one snapshot of the register.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.hpp"
#include "registry/initiative_store.hpp"
#include "store/database.hpp"

namespace austral::review {

/// What one row is: an initiative, one recipient's part of a contribution, or an organization with
/// one function in an initiative.
enum class Grain { initiative, contribution, participation };
BOOST_DESCRIBE_ENUM(Grain, initiative, contribution, participation)
/// Throws: Error::invalid naming the three.
Grain parse_grain(std::string_view name);

/// A column that a download can have.
struct ExportColumn {
  Column column;
  bool chosen = true;  ///< in a download that does not choose
};
/// All columns of a grain, in their own order. The words are those of `language`.
std::vector<ExportColumn> export_columns(Grain grain, const std::string& language);

struct ExportQuestion {
  Grain grain = Grain::initiative;
  std::vector<std::string> columns;  ///< names in the order wanted; empty: those chosen anyway
  std::string language = "en";
  std::string site;   ///< `https://example.org`, put before permalinks; empty: site paths
  std::string query;  ///< what was asked, in words and as an address (Table)
  std::string query_url;
};

/// The keys of the initiatives to export, in the order wanted; asked once, inside the snapshot.
using KeyFinder = std::function<std::vector<std::int64_t>(store::Database&)>;

/// Opens a snapshot on `database` and keeps both until the last row was given or the stream dies.
/// Memory is that of the keys and of one batch. Initiatives that are there no more are left out.
/// Throws: Error::invalid for a column that the grain does not have, naming those it has.
TableStream export_initiatives(std::shared_ptr<store::Database> database,
                               const ExportQuestion& question, const KeyFinder& find_keys);

/// A search in words, for the notes of a download: `Recipient: Kenya; Words: water`.
std::string describe_search(store::Database& database, const registry::Question& question,
                            const std::string& language);

}  // namespace austral::review
