// Records that did not come as TOSSD, as its rows: what they have codes for, and what is left out.
#include "standards/rows/foreign.hpp"

#include "codes/code_list.hpp"
#include "standards/tossd/export.hpp"

namespace austral::tossd {

using registry::ContributionKind;
using F = Field;

namespace {

const rows::ForeignRules& rules() {
  static const rows::ForeignRules all = {.name = "tossd",
                                         .title = "TOSSD",
                                         .power = 3,
                                         .modality_list = "tossd-modality",
                                         .instrument_list = "tossd-instrument",
                                         .modality_schemes = {"modality", "aid-type"},
                                         .repayments = true,
                                         .national = true,
                                         .salaries = true,
                                         .flows = false,
                                         .kinds = "commitments, disbursements and repayments",
                                         .provider = "provider",
                                         .missing = "pillar, financing arrangement"};
  return all;
}

/// What stands in every row.
Activity describe(const registry::Record& record, const std::string& language) {
  const auto texts = rows::tell_foreign(record, language);
  Activity row;
  row[F::tossd_id] = record.identifier;
  row[F::project_number] = record.identifier;
  row[F::title] = texts.title;
  row[F::description] = texts.description;
  row[F::external_link] = texts.link;
  row[F::source_name] = texts.source;
  row[F::sdg_focus] = texts.goals;
  row[F::agency_name] = texts.agency;
  row[F::channel] = texts.channel;
  row[F::channel_as_reported] = texts.channel_name;
  row[F::other_partners] = texts.others;
  for (const auto& one : record.classifications)
    if (one.scheme == "framework" && codes::get_list("tossd-framework").find(one.code))
      row[F::framework] = one.code;
  return row;
}

}  // namespace

std::vector<Activity> fold_foreign(const registry::Record& record, const std::string& language,
                                   Findings& findings) {
  constexpr std::tuple<ContributionKind, F, F> amounts[] = {
      {ContributionKind::commitment, F::commitment, F::commitment_national},
      {ContributionKind::disbursement, F::disbursement, F::disbursement_national},
      {ContributionKind::loan_repayment, F::reflow, F::reflow_national}};
  std::vector<Activity> made;
  for (const auto& told : rows::fold_contributions(record, rules(), findings)) {
    auto& row = made.emplace_back(describe(record, language));
    row.line.n = made.size() - 1;
    row[F::provider] = told.provider;
    row[F::year] = told.year;
    row[F::recipient] = told.recipient;
    row[F::purpose] = told.purpose;
    row[F::sector] = told.sector;
    row[F::modality] = told.modality;
    row[F::instrument] = told.instrument;
    row[F::currency] = told.currency;
    for (const auto& [kind, usd, national] : amounts) {
      if (const auto sum = told.dollars.find(kind); sum != told.dollars.end())
        row[usd] = to_string(sum->second);
      if (const auto sum = told.national.find(kind); sum != told.national.end())
        row[national] = to_string(sum->second);
    }
    if (!told.salaries.is_zero()) row[F::salary_cost] = to_string(told.salaries);
  }
  return made;
}

}  // namespace austral::tossd
