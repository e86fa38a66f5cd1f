// What an office changed in a form, against the version it was given and the version in force.
#pragma once

#include <string>
#include <vector>

#include "base/table.hpp"
#include "standards/form/form.hpp"
#include "standards/import.hpp"
#include "store/database.hpp"

namespace austral::form {

enum class ChangeKind {
  change,    ///< the sheet says otherwise than what was given out
  addition,  ///< the sheet says what was not there
  conflict,  ///< the register changed meanwhile too, and differently
  removal    ///< the row of a record given out is gone; never applied
};
BOOST_DESCRIBE_ENUM(ChangeKind, change, addition, conflict, removal)

struct FormChange {
  ChangeKind kind = ChangeKind::change;
  std::string identifier, field;
  std::string given, in_force, sheet;  ///< values; empty: nothing
  std::string cell;
};

/// A record as it would be entered.
struct MergedRecord {
  registry::Record record;
  std::size_t from = 0;  ///< its place in ReadForm::records
};

struct Comparison {
  std::vector<FormChange> changes;
  std::vector<MergedRecord> to_enter;
  std::size_t unchanged = 0;
  Findings findings;
};

/// Compares record by record. `take_sheet`: conflicts are decided for the sheet.
Comparison compare_form(store::Database& database, const ReadForm& form, bool take_sheet = false);
/// Every change, addition, conflict and removal, a row each.
Table list_changes(const Comparison& comparison);

/// For import_file(): enters what changed. Throws: as import_file().
standards::ImportedFile import_form(store::Database& database, const std::string& path,
                                    const standards::ImportOptions& options);

}  // namespace austral::form
