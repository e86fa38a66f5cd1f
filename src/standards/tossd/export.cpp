// Rows on their way out: names beside codes, dollars beside national amounts.
#include "standards/tossd/export.hpp"

#include "codes/code_list.hpp"
#include "standards/rows/values.hpp"
#include "standards/rows/write.hpp"

namespace austral::tossd {

using F = Field;

namespace {

/// What the reader takes for "no year told", so that it does not conclude one from a part of a
/// file.
constexpr std::string_view no_base_year = "unknown";

void label_sectors(Activity& row, const std::string& language) {
  const auto& purpose = row[F::purpose];
  const std::string five = purpose.substr(0, 5);
  const bool known = (purpose.size() == 5 || purpose.size() == 7) &&
                     codes::get_list("purpose").find(five) != nullptr;
  if (known && row[F::purpose_name].empty())
    row[F::purpose_name] = rows::label_beside("purpose", five, language);
  if (known && row[F::sector].empty() && codes::get_list("category").find(five.substr(0, 3)))
    row[F::sector] = five.substr(0, 3);
  if (row[F::sector_name].empty())
    row[F::sector_name] = rows::label_beside("category", row[F::sector], language);
}

void add_dollars(Activity& row) {
  constexpr std::pair<F, F> pairs[] = {{F::commitment, F::commitment_national},
                                       {F::disbursement, F::disbursement_national},
                                       {F::reflow, F::reflow_national}};
  for (const auto& [usd, national] : pairs)
    if (row[usd].empty() && !row[national].empty())
      row[usd] = to_thousand_usd(row[national], row[F::currency], row[F::year]);
  const bool constant = !row[F::commitment_constant].empty() ||
                        !row[F::disbursement_constant].empty() ||
                        !row[F::reflow_constant].empty() || !row[F::mobilised_constant].empty();
  if (constant && row[F::base_year].empty()) row[F::base_year] = no_base_year;
}

}  // namespace

void add_labels(Activity& row, const std::string& language) {
  const auto fill = [&](F field, auto&& find) {
    if (row[field].empty()) row[field] = find();
  };
  const auto listed = [&](F field, F name, const char* list) {
    fill(name, [&] { return rows::label_beside(list, row[field], language); });
  };
  if (!row.is_aggregate())
    fill(F::provider_name, [&] { return rows::provider_name(row[F::provider], language); });
  if (rows::is_known_recipient(row[F::recipient])) {
    fill(F::recipient_name, [&] { return rows::recipient_name(row[F::recipient], language); });
    fill(F::region_name, [&] { return rows::region_name(row[F::recipient], language); });
  }
  fill(F::channel_name, [&] { return rows::channel_label(row[F::channel]); });
  fill(F::parent_channel_name, [&] { return rows::channel_label(row[F::parent_channel]); });
  listed(F::instrument, F::instrument_name, "tossd-instrument");
  listed(F::arrangement, F::arrangement_name, "tossd-financing_arrangement");
  listed(F::framework, F::framework_name, "tossd-framework");
  listed(F::modality, F::modality_name, "tossd-modality");
  label_sectors(row, language);
  add_dollars(row);
}

std::unique_ptr<standards::Writer> open_writer() {
  rows::FileRules rules;
  rules.name = "tossd";
  rules.title = "TOSSD";
  rules.columns = &columns;
  rules.written = columns().size();
  rules.to_lines = [](const registry::Record& record) {
    return rows::lines_of(to_activities(record));
  };
  rules.fold_foreign = [](const registry::Record& record, const std::string& language,
                          Findings& findings) {
    return rows::lines_of(fold_foreign(record, language, findings));
  };
  rules.add_labels = [](rows::Line& line, const std::string& language) {
    Activity row(std::move(line));
    add_labels(row, language);
    line = std::move(row.line);
  };
  return rows::open_writer(rules);
}

}  // namespace austral::tossd
