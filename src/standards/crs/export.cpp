// Rows on their way out as CRS: names beside codes; records of other formats.
#include "standards/crs/export.hpp"

#include "base/date.hpp"
#include "codes/code_list.hpp"
#include "standards/rows/foreign.hpp"
#include "standards/rows/values.hpp"
#include "standards/rows/write.hpp"

namespace austral::crs {

using registry::ContributionKind;
using F = Field;

namespace {

const rows::ForeignRules& rules() {
  static const rows::ForeignRules all = {.name = "crs",
                                         .title = "the CRS",
                                         .power = 6,
                                         .modality_list = "AidType",
                                         .instrument_list = "FinanceType",
                                         .modality_schemes = {"aid-type"},
                                         .repayments = false,
                                         .national = false,
                                         .flows = true,
                                         .kinds = "commitments and disbursements",
                                         .provider = columns().name(+F::provider),
                                         .missing = {}};
  return all;
}

/// What stands in every row.
Activity describe(const registry::Record& record, const std::string& language) {
  const auto texts = rows::tell_foreign(record, language);
  Activity row;
  row[F::crs_id] = record.identifier;
  row[F::project_number] = record.identifier;
  row[F::title] = texts.title;
  row[F::description] = texts.description;
  row[F::goals] = texts.goals;
  row[F::agency_name] = texts.agency;
  row[F::channel] = texts.channel;
  row[F::channel_as_reported] = texts.channel_name;
  row[F::collaboration] = record.collaboration_type;
  for (const auto& one : record.dates)
    if (one.date && (one.type == "1" || one.type == "3"))
      row[one.type == "1" ? F::planned_start : F::planned_end] = to_string(*one.date);
  for (const auto& marker : markers)
    for (const auto& one : record.classifications)
      if (one.scheme == "marker" && one.code == marker.code) row[marker.field] = one.significance;
  return row;
}

}  // namespace

std::string_view flow_of(std::string_view flow_type, std::string_view finance_type) {
  if (flow_type == "21") return "14";
  if (flow_type != "10") return flow_type_of(flow_type) == flow_type ? flow_type : "";
  if (finance_type.size() == 3 && finance_type[0] == '1') return "11";
  if (finance_type.starts_with("42")) return "13";
  if (finance_type.starts_with("51") || finance_type.starts_with("52")) return "19";
  return {};
}

std::vector<Activity> fold_foreign(const registry::Record& record, const std::string& language,
                                   Findings& findings) {
  std::vector<Activity> made;
  bool flows_missing = false;
  for (const auto& told : rows::fold_contributions(record, rules(), findings)) {
    auto& row = made.emplace_back(describe(record, language));
    row.line.n = made.size() - 1;
    row[F::provider] = told.provider;
    row[F::year] = told.year;
    row[F::recipient] = told.recipient;
    row[F::purpose] = told.purpose;
    row[F::sector] = told.sector;
    row[F::aid_type] = told.modality;
    row[F::finance_type] = told.instrument;
    row[F::flow] = flow_of(told.flow_type, told.instrument);
    flows_missing = flows_missing || row[F::flow].empty();
    for (const auto& [kind, field] : {std::pair{ContributionKind::commitment, F::commitment},
                                      std::pair{ContributionKind::disbursement, F::disbursement}})
      if (const auto sum = told.dollars.find(kind); sum != told.dollars.end())
        row[field] = to_string(sum->second);
  }
  if (flows_missing)
    findings.push_back({Severity::warning, "crs.value.missing", "",
                        "whether it is a grant, a loan or an equity of ODA or another flow is not "
                        "told by its flow type and type of finance; FlowCode is left empty"});
  return made;
}

void add_labels(Activity& row, const std::string& language) {
  const auto fill = [&](F field, std::string words) {
    if (row[field].empty()) row[field] = std::move(words);
  };
  fill(F::provider_name, rows::provider_name(row[F::provider], language));
  if (rows::is_known_recipient(row[F::recipient]))
    fill(F::recipient_name, rows::recipient_name(row[F::recipient], language));
  fill(F::channel_name, rows::channel_label(row[F::channel]));
  if (codes::get_list("purpose").find(row[F::purpose])) {
    fill(F::purpose_name, rows::label_beside("purpose", row[F::purpose], language));
    const std::string category = row[F::purpose].substr(0, 3);
    if (codes::get_list("category").find(category)) fill(F::sector, category);
  }
  fill(F::sector_name, rows::label_beside("category", row[F::sector], language));
}

std::unique_ptr<standards::Writer> open_writer() {
  rows::FileRules file;
  file.name = "crs";
  file.title = "CRS";
  file.separator = '|';
  file.columns = &columns;
  file.written = published_columns;
  file.to_lines = [](const registry::Record& record) {
    return rows::lines_of(to_activities(record));
  };
  file.fold_foreign = [](const registry::Record& record, const std::string& language,
                         Findings& findings) {
    return rows::lines_of(fold_foreign(record, language, findings));
  };
  file.add_labels = [](rows::Line& line, const std::string& language) {
    Activity row(std::move(line));
    add_labels(row, language);
    line = std::move(row.line);
  };
  return rows::open_writer(file);
}

}  // namespace austral::crs
