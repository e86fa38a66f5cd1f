// The border: the rows of one TOSSD activity in one year on one side, a record on the other.
#include <algorithm>

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "registry/detail.hpp"
#include "standards/rows/crossing.hpp"
#include "standards/rows/values.hpp"
#include "standards/tossd/activity.hpp"

namespace austral::tossd {

using namespace registry;  // this file is where the two vocabularies meet
using F = Field;
using rows::code_of;
using rows::only_text;
using rows::unnamed;

namespace {

constexpr std::string_view standard = "tossd";
constexpr std::string_view aggregate_publisher = "TOSSD";

/// The three amounts that are counted, with their columns.
struct Amount {
  ContributionKind kind;
  F usd, national;
};
constexpr Amount amounts[] = {
    {ContributionKind::commitment, F::commitment, F::commitment_national},
    {ContributionKind::disbursement, F::disbursement, F::disbursement_national},
    {ContributionKind::loan_repayment, F::reflow, F::reflow_national}};

std::string pillar_code(const Activity& row) {
  const auto& sub = row[F::sub_pillar];
  return row[F::pillar] == "2" && (sub == "21" || sub == "22") ? sub : row[F::pillar];
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
    Party provider = rows::provider_party(first_[F::provider], first_[F::provider_name]);
    if (first_.is_aggregate()) {
      record_.kind = "aggregate";
      provider = {std::string(aggregate_publisher), "", unnamed(first_[F::provider_name]), "", ""};
    }
    const bool usable =
        map_identity(std::move(provider), +F::year, +F::provider, +F::tossd_id, identifier_mark);
    map_texts();
    map_classifications();
    record_.extras = fold_.extras();
    if (!usable) return std::move(record_);
    for (std::size_t i = 0; i < rows_.size(); ++i) map_amounts(i);
    map_parts();
    map_channels(+F::channel, +F::channel_name, +F::channel_as_reported);
    report();
    return std::move(record_);
  }

 private:
  void map_texts() {
    record_.title = unnamed(first_[F::title]);
    if (!first_[F::description].empty())
      record_.descriptions.push_back({"1", unnamed(first_[F::description])});
    if (!first_[F::external_link].empty()) {
      auto& document = record_.documents.emplace_back();
      document.url = first_[F::external_link];
    }
    map_number(first_[F::project_number]);
    if (!first_[F::agency_name].empty())
      record_.participations.push_back(
          {Function::manages, {"", "", unnamed(first_[F::agency_name]), "", ""}});
    if (!first_[F::other_partners].empty())
      for (const auto piece : split(first_[F::other_partners], ';'))
        record_.participations.push_back(
            {Function::unspecified, {"", "", unnamed(trim(piece)), "", ""}});
  }

  void map_classifications() {
    auto& all = record_.classifications;
    for (const auto& row : rows_) {
      if (!row[F::framework].empty()) rows::add_once(all, code_of("framework", row[F::framework]));
      if (!row[F::arrangement].empty())
        rows::add_once(all, code_of("financing-arrangement", row[F::arrangement]));
      if (!row[F::pillar].empty()) rows::add_once(all, code_of("pillar", pillar_code(row)));
      if (!row[F::concessionality].empty())
        rows::add_once(all, code_of("concessionality", row[F::concessionality]));
      if (!row[F::isic].empty() || !row[F::isic_name].empty())
        rows::add_once(all, code_of("isic", row[F::isic], row[F::isic_name]));
      if (!row[F::isic_section].empty() || !row[F::isic_section_name].empty())
        rows::add_once(all,
                       code_of("isic-section", row[F::isic_section], row[F::isic_section_name]));
      if (row[F::keywords].empty()) continue;
      for (const auto keyword : split(row[F::keywords], '|'))
        rows::add_once(all, code_of("keyword", keyword));
    }
  }

  /// Dollars where they are given, else national currency; the other of the two is kept.
  void map_amounts(std::size_t row) {
    for (const auto& [kind, usd, national] : amounts) {
      const bool in_usd = !rows_[row][usd].empty();
      const std::string& currency = rows_[row][F::currency];
      if (in_usd) keep(row, +national);
      const F field = in_usd ? usd : national;
      if ((!in_usd && currency.empty()) ||
          !add_amount(kind, row, +field, 3, in_usd ? "USD" : currency))
        keep(row, +field);
    }
  }

  static void add_purpose(std::vector<Classification>& to, const Activity& row) {
    const auto& purpose = row[F::purpose];
    if (purpose.empty()) return;
    const std::string five = purpose.substr(0, 5);
    const bool refined = purpose.size() == 7 && codes::get_list("purpose").find(five);
    rows::add_once(to, code_of("purpose", refined ? five : purpose, row[F::purpose_name]));
  }

  void map_parts() {
    map_recipients(+F::recipient, +F::recipient_name);
    classify(+F::purpose, [&](std::vector<Classification>& to, std::size_t row) {
      add_purpose(to, rows_[row]);
    });
    map_sectors(+F::sector);
    map_goals(+F::sdg_focus);
    const auto add_modality = [&](std::vector<Classification>& to, std::size_t row) {
      const auto& modality = rows_[row][F::modality];
      if (!modality.empty()) rows::add_once(to, code_of("modality", modality));
    };
    spread(
        agrees(+F::modality), [&](std::size_t row) { add_modality(record_.modalities, row); },
        [&](std::size_t row, Contribution& one) { add_modality(one.modalities, row); });
    map_finance_types(+F::instrument);
    keep_unmapped();
  }

  /// What all rows agree on and the record's own fields tell only in part.
  void keep_unmapped() {
    const auto& purpose = first_[F::purpose];
    if (agrees(+F::purpose) && purpose.size() == 7 &&
        codes::get_list("purpose").find(purpose.substr(0, 5)))
      keep_whole(+F::purpose);
    const auto pillar = std::find_if(record_.classifications.begin(), record_.classifications.end(),
                                     [](const auto& one) { return one.scheme == "pillar"; });
    if (agrees(+F::sub_pillar) && pillar != record_.classifications.end() &&
        first_[F::sub_pillar] != pillar->code)
      keep_whole(+F::sub_pillar);
  }

  void report() {
    if (first_.is_aggregate())
      findings_.push_back({Severity::remark, "tossd.aggregate", first_.place(F::provider),
                           "provider 0 is a sum over activities of providers that do not publish "
                           "them; it is kept beside the activities and counted nowhere"});
    report_twice(+F::tossd_id, findings_);
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

/// The first classification of a scheme.
const Classification* find_scheme(const std::vector<Classification>& all, std::string_view scheme) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.scheme == scheme; });
  return found == all.end() ? nullptr : &*found;
}

std::string code_in(const std::vector<Classification>& all, std::string_view scheme) {
  const auto* found = find_scheme(all, scheme);
  return found ? found->code : std::string();
}

/// What the record's own fields tell of every row.
void tell_common(const Record& record, Activity& row) {
  const auto& all = record.classifications;
  row[F::title] = only_text(record.title);
  if (!record.descriptions.empty()) row[F::description] = only_text(record.descriptions[0].text);
  if (!record.documents.empty()) row[F::external_link] = record.documents[0].url;
  for (const auto& reference : record.references)
    if (reference.type == rows::number_type) row[F::project_number] = reference.identifier;
  std::vector<std::string> others, keywords;
  for (const auto& [function, party] : record.participations) {
    if (function == Function::manages) row[F::agency_name] = only_text(party.name);
    if (function == Function::unspecified) others.emplace_back(only_text(party.name));
    if (function == Function::carries_out) row[F::channel] = party.channel;
  }
  row[F::other_partners] = rows::join(others, "; ");
  if (!record.places.empty()) row[F::recipient] = rows::recipient_code(record.places.front());
  row[F::framework] = code_in(all, "framework");
  row[F::arrangement] = code_in(all, "financing-arrangement");
  row[F::concessionality] = code_in(all, "concessionality");
  const std::string pillar = code_in(all, "pillar");
  row[F::pillar] = pillar == "21" || pillar == "22" ? "2" : pillar;
  row[F::sub_pillar] = pillar;
  if (const auto* isic = find_scheme(all, "isic")) {
    row[F::isic] = isic->code;
    row[F::isic_name] = only_text(isic->name);
  }
  if (const auto* section = find_scheme(all, "isic-section")) {
    row[F::isic_section] = section->code;
    row[F::isic_section_name] = only_text(section->name);
  }
  for (const auto& one : all)
    if (one.scheme == "keyword") keywords.push_back(one.code);
  row[F::keywords] = rows::join(keywords, "|");
  row[F::purpose] = code_in(all, "purpose");
  row[F::sector] = code_in(all, "category");
  row[F::sdg_focus] = rows::join(rows::list_goals(all), ";");
  row[F::modality] = code_in(record.modalities, "modality");
  row[F::instrument] = record.finance_type;
}

/// Adds a counted amount to its row. Units: back to thousands.
void tell_amount(const Contribution& sum, rows::Line& row) {
  for (const auto& [kind, usd, national] : amounts) {
    if (sum.kind != kind) continue;
    const auto thousands = rows::times_ten(sum.quantity.amount, -3);
    if (thousands)
      row.values[+(sum.quantity.unit == "USD" ? usd : national)] = to_string(*thousands);
  }
  const auto currency = find_detail(sum.details, "currency");
  const bool in_usd = currency.empty() ? sum.quantity.unit == "USD" : currency == "USD";
  const auto salaries = parse_decimal(find_detail(sum.details, "salary_cost"));
  const auto thousands = salaries && in_usd ? rows::times_ten(*salaries, -3) : std::nullopt;
  if (thousands) row.values[+F::salary_cost] = to_string(normalise(*thousands));
}

}  // namespace

std::vector<Activity> to_activities(const Record& record) {
  const auto number = rows::find_number(record, identifier_mark);
  if (!number) return {};
  const rows::Unfold unfold(record, columns(), standard);
  Activity common;
  tell_common(record, common);
  common[F::year] = number->year;
  common[F::tossd_id] = number->number;
  common[F::provider] =
      record.kind == "aggregate" ? "0" : record.publisher.substr(rows::provider_ref("").size());
  std::vector<Activity> rows;
  for (auto& line : rows::unfold_rows(record, unfold, columns(), common.line,
                                      [](const auto&sum, auto&row) { tell_amount(sum, row); }))
    rows.emplace_back(std::move(line));
  return rows;
}

}  // namespace austral::tossd
