// The border: the rows of one CRS activity in one year become a record.
#include <algorithm>

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/organization.hpp"
#include "standards/crs/activity.hpp"
#include "standards/rows/fold.hpp"
#include "standards/rows/values.hpp"

namespace austral::crs {

using namespace registry;  // this file is where the two vocabularies meet
using F = Field;

namespace {

constexpr std::string_view standard = "crs";
constexpr std::string_view number_type = "ProjectNumber";

Texts unnamed(std::string_view text) {
  return text.empty() ? Texts{} : Texts{{"", std::string(text)}};
}

std::string_view only_text(const Texts& texts) {
  return texts.empty() ? std::string_view() : std::string_view(texts.front().text);
}

void add_once(std::vector<Classification>& all, Classification one) {
  const auto same = [&](const Classification& other) {
    return other.scheme == one.scheme && other.code == one.code &&
           other.significance == one.significance && only_text(other.name) == only_text(one.name);
  };
  if (std::none_of(all.begin(), all.end(), same)) all.push_back(std::move(one));
}

Classification code_of(const char* scheme, std::string_view code, std::string_view name = {}) {
  Classification one;
  one.scheme = scheme;
  one.code = code;
  one.name = unnamed(name);
  return one;
}

void add_purpose(std::vector<Classification>& to, const Activity& row) {
  if (!row[F::purpose].empty())
    add_once(to, code_of("purpose", row[F::purpose], row[F::purpose_name]));
}

void add_sector(std::vector<Classification>& to, const Activity& row) {
  if (!row[F::sector].empty() && codes::get_list("category").find(row[F::sector]))
    add_once(to, code_of("category", row[F::sector]));
}

void add_goals(std::vector<Classification>& to, const Activity& row) {
  // A goal may stand twice, once for its target: their shares add up.
  for (auto& one : rows::weigh_goals(rows::read_goals(row[F::goals]))) to.push_back(std::move(one));
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

void add_place(std::vector<Place>& places, const Activity& row) {
  if (row[F::recipient].empty()) return;
  auto place = rows::recipient_place(row[F::recipient], row[F::recipient_name]);
  if (std::none_of(places.begin(), places.end(), [&](const Place& other) {
        return other.kind == place.kind && other.code == place.code;
      }))
    places.push_back(std::move(place));
}

bool same_party(const Party& left, const Party& right) {
  return left.ref == right.ref && left.channel == right.channel &&
         only_text(left.name) == only_text(right.name);
}

Party channel_party(const Activity& row) {
  Party party;
  party.channel = row[F::channel];
  const auto* known = codes::find_organization(row[F::channel]);
  if (known) {
    if (known->type == "40") party.ref = row[F::channel];
    party.type = known->type;
    party.name = {{"en", std::string(known->label)}};
  }
  const auto& reported = row[F::channel_as_reported];
  if (party.ref.empty() && !reported.empty()) party.name = unnamed(reported);
  if (party.name.empty()) party.name = unnamed(row[F::channel_name]);
  return party;
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

/// Crosses the border once for the rows of one activity and year.
class Crossing {
 public:
  Crossing(const std::vector<Activity>& rows, Findings& findings)
      : rows_(rows),
        first_(rows.front()),
        findings_(findings),
        lines_(lines_of(rows)),
        fold_(lines_, columns(), standard) {}

  Record record() {
    map_identity();
    map_texts();
    record_.extras = fold_.extras();
    if (record_.identifier.empty()) return std::move(record_);
    map_dates();
    map_collaboration();
    for (std::size_t i = 0; i < rows_.size(); ++i) map_amounts(i);
    map_parts();
    map_finance();
    map_parties();
    report();
    return std::move(record_);
  }

 private:
  static std::vector<rows::Line> lines_of(const std::vector<Activity>& rows) {
    std::vector<rows::Line> lines;
    for (const auto& row : rows) lines.push_back(row.line);
    return lines;
  }
  bool agree(F field) const { return fold_.agrees(std::size_t(field)); }

  void keep_whole(F field) {
    record_.extras.push_back(
        {std::string(standard) + "/" + std::string(columns().name(std::size_t(field))),
         first_[field]});
  }

  void map_identity() {
    const auto& year = first_[F::year];
    const bool usable = year.size() == 4 && std::all_of(year.begin(), year.end(), is_digit) &&
                        year >= "1900" && !first_[F::provider].empty() &&
                        !first_[F::crs_id].empty();
    Party provider = rows::provider_party(first_[F::provider], first_[F::provider_name]);
    record_.publisher = provider.ref;
    record_.publisher_type = provider.type;
    record_.publisher_name = provider.name;
    record_.currency = "USD";
    if (!usable) return;
    year_ = std::stoi(year);
    const std::string activity = provider.ref + std::string(identifier_mark) + first_[F::crs_id];
    record_.identifier = activity + "-" + year;
    record_.references.push_back({ReferenceKind::year_of, activity, "", {}});
    record_.participations.push_back({Function::funds, std::move(provider)});
  }

  void map_texts() {
    const auto& brief = first_[F::short_description];
    const bool untitled = first_[F::title].empty();
    record_.title = unnamed(untitled ? brief : first_[F::title]);
    if (!first_[F::description].empty())
      record_.descriptions.push_back({"1", unnamed(first_[F::description])});
    if (!untitled && !brief.empty() && brief != first_[F::title])
      record_.descriptions.push_back({record_.descriptions.empty() ? "1" : "4", unnamed(brief)});
    const auto& number = first_[F::project_number];
    if (number.empty()) return;
    // A number in the form of IATI's is the same activity's identifier; others are not unique.
    const bool iati = codes::find_home(number, "", "").reason == "registration agency";
    record_.references.push_back(
        {iati ? ReferenceKind::other_identifier : ReferenceKind::foreign_identifier,
         number,
         std::string(number_type),
         {}});
  }

  void map_dates() {
    constexpr std::pair<F, const char*> dates[] = {{F::planned_start, "1"}, {F::planned_end, "3"}};
    for (const auto& [field, type] : dates) {
      if (!agree(field) || first_[field].empty()) continue;
      if (const auto date = parse_date(first_[field]))
        record_.dates.push_back({type, date, {}});
      else
        keep_whole(field);
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
    constexpr std::pair<ContributionKind, F> amounts[] = {
        {ContributionKind::commitment, F::commitment},
        {ContributionKind::disbursement, F::disbursement}};
    for (const auto& [kind, field] : amounts) {
      const auto& text = rows_[row][field];
      if (text.empty()) continue;
      const auto figure = parse_decimal(text);
      const auto amount = figure ? rows::times_ten(*figure, 6) : std::nullopt;
      if (!amount) {
        const std::string place = rows_.size() > 1 ? "row " + std::to_string(row + 1) + "/" : "";
        record_.extras.push_back(
            {std::string(standard) + "/" + place + std::string(columns().name(std::size_t(field))),
             text});
        continue;
      }
      auto sum = rows::sum_of_year(kind, *amount, "USD", year_);
      if (rows_.size() > 1) sum.ref = std::to_string(row + 1);
      record_.contributions.push_back(std::move(sum));
      row_of_.push_back(row);
    }
  }

  /// What all rows agree on stands in the record, what differs with each row's money.
  template <class PutWhole, class PutOne>
  void spread(bool whole, PutWhole&& put_whole, PutOne&& put_one) {
    if (whole) return put_whole(first_);
    if (record_.contributions.empty())
      for (const auto& row : rows_) put_whole(row);
    for (std::size_t i = 0; i < record_.contributions.size(); ++i)
      put_one(rows_[row_of_[i]], record_.contributions[i]);
  }

  template <class Add>
  void classify(F field, Add&& add) {
    spread(
        agree(field), [&](const Activity& row) { add(record_.classifications, row); },
        [&](const Activity& row, Contribution& one) { add(one.classifications, row); });
  }

  void map_parts() {
    spread(
        agree(F::recipient), [&](const Activity& row) { add_place(record_.places, row); },
        [&](const Activity& row, Contribution& one) { add_place(one.places, row); });
    classify(F::purpose, &add_purpose);
    classify(F::sector, &add_sector);
    classify(F::goals, &add_goals);
    for (const auto& marker : markers)
      classify(marker.field, [&](std::vector<Classification>& to, const Activity& row) {
        add_marker(to, row, marker);
      });
    if (const auto& sector = first_[F::sector];
        agree(F::sector) && !sector.empty() && !codes::get_list("category").find(sector))
      keep_whole(F::sector);
  }

  void map_finance() {
    spread(
        agree(F::flow),
        [&](const Activity& row) { record_.flow_type = flow_type_of(row[F::flow]); },
        [&](const Activity& row, Contribution& one) {
          one.flow_type = flow_type_of(row[F::flow]);
        });
    // Grants and loans are one flow type but two flows.
    if (agree(F::flow) && !first_[F::flow].empty() && record_.flow_type != first_[F::flow])
      keep_whole(F::flow);
    spread(
        agree(F::finance_type),
        [&](const Activity& row) { record_.finance_type = row[F::finance_type]; },
        [&](const Activity& row, Contribution& one) { one.finance_type = row[F::finance_type]; });
    spread(
        agree(F::aid_type), [&](const Activity& row) { add_aid_type(record_.modalities, row); },
        [&](const Activity& row, Contribution& one) { add_aid_type(one.modalities, row); });
  }

  void add_participation(Function function, Party party) {
    if (party.ref.empty() && party.channel.empty() && party.name.empty()) return;
    for (const auto& [other_function, other] : record_.participations)
      if (other_function == function && same_party(other, party)) return;
    record_.participations.push_back({function, std::move(party)});
  }

  void map_parties() {
    for (const auto& row : rows_) add_participation(Function::manages, agency_party(row));
    if (agree(F::agency) && !first_[F::agency].empty() && agency_party(first_).ref.empty())
      keep_whole(F::agency);
    for (const auto& row : rows_) add_participation(Function::carries_out, channel_party(row));
    if (agree(F::channel) && agree(F::channel_name) && agree(F::channel_as_reported)) return;
    for (std::size_t i = 0; i < record_.contributions.size(); ++i)
      record_.contributions[i].receiver = channel_party(rows_[row_of_[i]]);
  }

  void report() {
    for (std::size_t i = 1; i < rows_.size(); ++i)
      if (lines_[i].values == lines_[i - 1].values)
        findings_.push_back({Severity::warning, "crs.row.twice", rows_[i].place(F::crs_id),
                             "this row is the same as the one before it in every column; both are "
                             "counted: delete one if it came in twice"});
  }

  const std::vector<Activity>& rows_;
  const Activity& first_;
  Findings& findings_;
  std::vector<rows::Line> lines_;
  rows::Fold fold_;
  Record record_;
  std::vector<std::size_t> row_of_;  // of each contribution
  int year_ = 0;
};

}  // namespace

Record to_record(const std::vector<Activity>& rows, Findings& findings) {
  return Crossing(rows, findings).record();
}

}  // namespace austral::crs
