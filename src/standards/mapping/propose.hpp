// A mapping proposed from a sheet's headers and values, with the reason for each column, for a
// person to correct.
#pragma once

#include <string>
#include <vector>

#include "base/table.hpp"
#include "standards/mapping/column_facts.hpp"
#include "standards/mapping/known.hpp"
#include "standards/mapping/mapping.hpp"

namespace austral::mapping {

/// What is proposed for one column.
struct ColumnProposal {
  ColumnFacts facts;
  FieldRule rule;                   ///< `field` empty: the column is kept as it is, under no field
  int certainty = 0;                ///< Units: per cent; a rank among proposals, no probability
  std::string reason;               ///< which header or values told
  std::vector<std::string> others;  ///< further fields that would fit, best first
};

struct Proposal {
  Mapping mapping;  ///< ready for read_mapping(): what is missing stands in `remarks`
  std::string sheet;
  std::uint64_t header = 0;  ///< row; 0: none found
  std::uint64_t rows = 0;    ///< of data that were looked at
  std::vector<ColumnProposal> columns;
  std::vector<FieldRule> further;  ///< that no column proposes alone: constants, identifiers
  bool money_in_cells = false;     ///< the cells of amounts name their currency
  std::vector<std::string> remarks;
};

struct ProposalOptions {
  std::string name = "my-sheet";
  std::string sheet;                ///< empty: the one that looks most like a table
  std::string publisher;            ///< reference of who reports; empty: to be filled in
  std::vector<KnownMapping> known;  ///< whose headers are remembered too
};

/// Looks at the first rows of a workbook. Throws: Error::invalid when no sheet holds a table.
Proposal propose_mapping(sheet::Workbook& workbook, const ProposalOptions& options = {});
/// The mapping of (corrected) columns.
Mapping make_mapping(const Proposal& proposal, const ProposalOptions& options);
/// One row a column: header, field, certainty, reason, examples.
Table list_proposal(const Proposal& proposal);

}  // namespace austral::mapping
