// Small records made by hand for the tests of this room, and an import of them.
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "registry/link_store.hpp"
#include "registry/record_store.hpp"

namespace austral::registry::synthetic {

inline Record make_record(const std::string& publisher, const std::string& identifier) {
  Record record;
  record.publisher = publisher;
  record.identifier = identifier;
  record.updated = "2020-01-01T00:00:00Z";
  record.title = {{"en", "Wells of " + identifier}};
  record.status = "2";
  record.dates = {{"2", parse_date("2015-02-01"), {}}, {"4", parse_date("2016-11-30"), {}}};
  return record;
}

inline Party party(const std::string& ref, const std::string& type = "10",
                   const std::string& name = "") {
  Party one;
  one.ref = ref;
  one.type = type;
  if (!name.empty()) one.name = {{"en", name}};
  return one;
}

inline Place country(const std::string& code, const char* share = nullptr) {
  Place place;
  place.kind = "country";
  place.code = code;
  if (share) place.share = parse_decimal(share);
  return place;
}

inline Contribution money(ContributionKind kind, const std::string& amount,
                          const std::string& day = "2015-03-02", const std::string& unit = "USD") {
  Contribution one;
  one.kind = kind;
  one.date = parse_date(day);
  one.quantity.amount = *parse_decimal(amount);
  one.quantity.unit = unit;
  return one;
}

/// Income said to come from another activity, and the reference that a reader makes of it.
inline void add_income(Record& record, const std::string& from_activity,
                       const std::string& amount) {
  auto income = money(ContributionKind::incoming_funds, amount);
  income.provider.activity = from_activity;
  record.contributions.push_back(income);
  record.references.push_back({ReferenceKind::funded_by, from_activity, "", {}});
}

inline std::string source_of(const Record& record) { return to_json(record); }

/// Imports records as one file.
inline ImportCounts import_records(store::Database& database, const std::vector<Record>& records,
                                   const std::string& name = "file.xml") {
  Saving saving(database, "test", name, "synthetic", 100);
  int line = 0;
  for (const auto& record : records)
    saving.save(
        prepare(record, source_of(record), "synthetic-1", "line " + std::to_string(++line), {}));
  return saving.finish("");
}

}  // namespace austral::registry::synthetic
