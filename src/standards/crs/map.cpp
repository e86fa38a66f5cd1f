// The border: the rows of one CRS activity in one year become a record.
#include <algorithm>

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/organization.hpp"
#include "standards/crs/activity.hpp"
#include "standards/crs/observation.hpp"
#include "standards/rows/crossing.hpp"
#include "standards/rows/values.hpp"

namespace austral::crs {

using namespace registry;  // this file is where the two vocabularies meet
using F = Field;
using rows::add_once;
using rows::code_of;
using rows::only_text;
using rows::unnamed;

namespace {

constexpr std::string_view standard = "crs";
constexpr std::string_view aggregate_publisher = "CRS";

/// The two amounts that are counted. Units: million USD.
constexpr std::pair<ContributionKind, F> amounts[] = {
    {ContributionKind::commitment, F::commitment},
    {ContributionKind::disbursement, F::disbursement}};

void add_purpose(std::vector<Classification>& to, const Activity& row) {
  if (!row[F::purpose].empty())
    add_once(to, code_of("purpose", row[F::purpose], row[F::purpose_name]));
}

void add_marker(std::vector<Classification>& to, const Activity& row, const Marker& marker) {
  if (row[marker.field].empty()) return;
  auto one = code_of("marker", marker.code);
  one.significance = row[marker.field];
  add_once(to, std::move(one));
}

void add_aid_type(std::vector<Classification>& to, const Activity& row) {
  if (!row[F::aid_type].empty()) add_once(to, code_of("aid-type", row[F::aid_type]));
}

/// IATI writes agencies of providers as XM-DAC-PROVIDER-AGENCY.
Party agency_party(const Activity& row) {
  Party party;
  const auto& code = row[F::agency];
  if (!code.empty() && std::all_of(code.begin(), code.end(), is_digit))
    party.ref = rows::provider_ref(row[F::provider]) + "-" + code;
  party.name = unnamed(row[F::agency_name]);
  return party;
}

/// Title and descriptions as map_texts() puts them into a record of both.
void tell_texts(const Record& record, Activity& row) {
  row[F::title] = only_text(record.title);
  for (const auto& description : record.descriptions)
    row[description.type == "1" ? F::description : F::short_description] =
        only_text(description.text);
}

/// Crosses the border once for the rows of one activity and year.
class ActivityCrossing : rows::Crossing {
 public:
  ActivityCrossing(const std::vector<Activity>& rows, Findings& findings)
      : Crossing(rows::lines_of(rows), columns(), standard),
        rows_(rows),
        first_(rows.front()),
        findings_(findings) {}

  Record record() {
    const bool sum = is_aggregate_row(first_);
    Party provider = rows::provider_party(first_[F::provider], first_[F::provider_name]);
    if (sum) {
      record_.kind = "aggregate";
      provider = {std::string(aggregate_publisher), "", unnamed("Creditor Reporting System"), "",
                  ""};
    }
    const bool usable =
        map_identity(std::move(provider), +F::year, +F::provider, +F::crs_id, identifier_mark);
    map_texts();
    for (auto& extra : fold_.extras()) record_.extras.push_back(std::move(extra));
    if (!usable) return std::move(record_);
    if (sum) return std::move(map_sum());
    map_dates();
    map_collaboration();
    for (std::size_t i = 0; i < rows_.size(); ++i) map_amounts(i);
    map_parts();
    map_finance();
    map_parties();
    report_twice(+F::crs_id, findings_);
    return std::move(record_);
  }

 private:
  bool agree(F field) const { return agrees(+field); }

  /// Who gives and receives what of a sum is kept as it stands: groups and totals are no partners.
  Record& map_sum() {
    std::vector<std::string> names;
    for (const F field : {F::provider_name, F::recipient_name, F::purpose_name})
      if (!first_[field].empty()) names.push_back(first_[field]);
    record_.title = unnamed(names.empty() ? first_[F::crs_id] : rows::join(names, ", "));
    for (std::size_t i = 0; i < rows_.size(); ++i) map_amounts(i);
    for (const F field : {F::provider, F::recipient, F::purpose, F::sector, F::flow, F::aid_type,
                          F::finance_type, F::collaboration})
      if (agree(field) && !first_[field].empty()) keep_whole(+field);
    return record_;
  }

  void map_texts() {
    const auto& brief = first_[F::short_description];
    const bool untitled = first_[F::title].empty();
    record_.title = unnamed(untitled ? brief : first_[F::title]);
    if (!first_[F::description].empty())
      record_.descriptions.push_back({"1", unnamed(first_[F::description])});
    if (!untitled && !brief.empty() && brief != first_[F::title])
      record_.descriptions.push_back({record_.descriptions.empty() ? "1" : "4", unnamed(brief)});
    map_number(first_[F::project_number]);
    keep_texts();
  }

  /// All three texts beside the record where its own fields do not tell which of them they are.
  void keep_texts() {
    bool agreed = true, told = true;
    Activity back;
    tell_texts(record_, back);
    for (const F field : {F::title, F::short_description, F::description}) {
      agreed = agreed && agree(field);
      told = told && back[field] == first_[field];
    }
    if (agreed && told) return;
    for (const F field : {F::title, F::short_description, F::description})
      if (agree(field) && !first_[field].empty()) keep_whole(+field);
  }

  void map_dates() {
    constexpr std::pair<F, const char*> dates[] = {{F::planned_start, "1"}, {F::planned_end, "3"}};
    for (const auto& [field, type] : dates) {
      if (!agree(field) || first_[field].empty()) continue;
      if (const auto date = parse_date(first_[field]))
        record_.dates.push_back({type, date, {}});
      else
        keep_whole(+field);
    }
  }

  /// A record has one kind of aid; where its rows name several, none is the record's.
  void map_collaboration() {
    if (agree(F::collaboration)) {
      record_.collaboration_type = first_[F::collaboration];
      return;
    }
    findings_.push_back({Severity::warning, "crs.collaboration.mixed",
                         first_.place(F::collaboration),
                         "the rows of this activity and year name different kinds of aid, so the "
                         "record has none of them; give all its rows the same, 8 if it is "
                         "triangular"});
  }

  void map_amounts(std::size_t row) {
    for (const auto& [kind, field] : amounts)
      if (!add_amount(kind, row, +field, 6, "USD")) keep(row, +field);
  }

  void map_parts() {
    map_recipients(+F::recipient, +F::recipient_name);
    classify(+F::purpose, [&](std::vector<Classification>& to, std::size_t row) {
      add_purpose(to, rows_[row]);
    });
    map_sectors(+F::sector);
    map_goals(+F::goals);
    for (const auto& marker : markers)
      classify(+marker.field, [&](std::vector<Classification>& to, std::size_t row) {
        add_marker(to, rows_[row], marker);
      });
  }

  void map_finance() {
    spread(
        agree(F::flow),
        [&](std::size_t row) { record_.flow_type = flow_type_of(rows_[row][F::flow]); },
        [&](std::size_t row, Contribution& one) {
          one.flow_type = flow_type_of(rows_[row][F::flow]);
        });
    // Grants and loans are one flow type but two flows.
    if (agree(F::flow) && !first_[F::flow].empty() && record_.flow_type != first_[F::flow])
      keep_whole(+F::flow);
    map_finance_types(+F::finance_type);
    spread(
        agree(F::aid_type), [&](std::size_t row) { add_aid_type(record_.modalities, rows_[row]); },
        [&](std::size_t row, Contribution& one) { add_aid_type(one.modalities, rows_[row]); });
  }

  void map_parties() {
    for (const auto& row : rows_) add_participation(Function::manages, agency_party(row));
    if (agree(F::agency) && !first_[F::agency].empty() && agency_party(first_).ref.empty())
      keep_whole(+F::agency);
    map_channels(+F::channel, +F::channel_name, +F::channel_as_reported);
  }

  const std::vector<Activity>& rows_;
  const Activity& first_;
  Findings& findings_;
};

}  // namespace

Record to_record(const std::vector<Activity>& rows, Findings& findings) {
  return ActivityCrossing(rows, findings).record();
}

namespace {

std::string code_in(const std::vector<Classification>& all, std::string_view scheme) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.scheme == scheme; });
  return found == all.end() ? std::string() : found->code;
}

void tell_parties(const Record& record, Activity& row) {
  const std::string agency = record.publisher + "-";
  bool managed = false, carried_out = false;
  for (const auto& [function, party] : record.participations) {
    if (function == Function::manages && !managed) {
      managed = true;
      row[F::agency_name] = only_text(party.name);
      if (party.ref.starts_with(agency)) row[F::agency] = party.ref.substr(agency.size());
    }
    if (function == Function::carries_out && !carried_out) {
      carried_out = true;
      row[F::channel] = party.channel;
    }
  }
}

/// What the record's own fields tell of every row.
void tell_common(const Record& record, const rows::Unfold& unfold, Activity& row) {
  const auto& all = record.classifications;
  bool kept = false;
  for (const F field : {F::title, F::short_description, F::description})
    kept = kept || unfold.find(0, +field);
  if (!kept) tell_texts(record, row);
  for (const auto& reference : record.references)
    if (reference.type == rows::number_type) row[F::project_number] = reference.identifier;
  tell_parties(record, row);
  for (const auto& one : record.dates)
    if (one.date) row[one.type == "1" ? F::planned_start : F::planned_end] = to_string(*one.date);
  if (!record.places.empty()) row[F::recipient] = rows::recipient_code(record.places.front());
  row[F::collaboration] = record.collaboration_type;
  row[F::flow] = record.flow_type;
  row[F::finance_type] = record.finance_type;
  row[F::aid_type] = code_in(record.modalities, "aid-type");
  row[F::purpose] = code_in(all, "purpose");
  row[F::sector] = code_in(all, "category");
  row[F::goals] = rows::join(rows::list_goals(all), ";");
  for (const auto& marker : markers)
    for (const auto& one : all)
      if (one.scheme == "marker" && one.code == marker.code) row[marker.field] = one.significance;
}

}  // namespace

std::vector<Activity> to_activities(const Record& record) {
  const auto number = rows::find_number(record, identifier_mark);
  if (!number) return {};
  const rows::Unfold unfold(record, columns(), standard);
  Activity common;
  tell_common(record, unfold, common);
  common[F::year] = number->year;
  common[F::crs_id] = number->number;
  common[F::provider] = record.publisher.substr(rows::provider_ref("").size());
  const auto tell_amount = [](const Contribution& sum, rows::Line& row) {
    for (const auto& [kind, field] : amounts)
      if (const auto millions = rows::times_ten(sum.quantity.amount, -6);
          sum.kind == kind && millions)
        row.values[+field] = to_string(*millions);
  };
  std::vector<Activity> rows;
  for (auto& line : rows::unfold_rows(record, unfold, columns(), common.line, tell_amount))
    rows.emplace_back(std::move(line));
  return rows;
}

}  // namespace austral::crs
