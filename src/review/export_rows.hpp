// What stands in each column of a download.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.hpp"
#include "base/table.hpp"
#include "registry/export_store.hpp"
#include "registry/record.hpp"
#include "review/exports.hpp"
#include "review/names.hpp"

namespace austral::review {

/// An organization with one function in an initiative.
struct ExportedParticipation {
  registry::Dimension function = registry::Dimension::organization;
  std::string organization;
};

/// What a row is made from; `part` and `participation` are null at other grains.
struct RowFacts {
  const registry::ExportedInitiative* initiative = nullptr;
  const registry::ExportedPart* part = nullptr;
  const ExportedParticipation* participation = nullptr;
  const registry::OrganizationLine* organization = nullptr;  ///< of the participation, where known
  const std::vector<registry::LifeDate>* dates = nullptr;
  Names* names = nullptr;
  const Language* words = nullptr;
  const std::string* site = nullptr;
};

/// One column. Its words are `column.export.NAME` of the catalogue.
struct ColumnMaker {
  std::string_view name;
  ColumnKind kind = ColumnKind::text;
  std::string_view unit;
  std::string_view grains;    ///< letters of the grains that have it: i, c, p
  std::string_view defaults;  ///< of the grains that have it unless others are chosen
  Cell (*make)(const RowFacts&);
};
/// All columns of all grains, in their order.
const std::vector<ColumnMaker>& column_makers();

/// The functions of every organization in an initiative. Shape: one a function; an organization
/// without any once, as taking part.
std::vector<ExportedParticipation> list_participations(const registry::ExportedInitiative& one);

}  // namespace austral::review
