// The border: the rows of one TOSSD activity in one year on one side, a record on the other.
#include <algorithm>

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/organization.hpp"
#include "standards/rows/fold.hpp"
#include "standards/rows/values.hpp"
#include "standards/tossd/activity.hpp"

namespace austral::tossd {

using namespace registry;  // this file is where the two vocabularies meet
using F = Field;

namespace {

constexpr std::string_view standard = "tossd";
constexpr std::string_view aggregate_publisher = "TOSSD";
constexpr std::string_view number_type = "ProjectNumber";

/// The three amounts that are counted, with their columns.
struct Amount {
  ContributionKind kind;
  F usd, national;
};
constexpr Amount amounts[] = {
    {ContributionKind::commitment, F::commitment, F::commitment_national},
    {ContributionKind::disbursement, F::disbursement, F::disbursement_national},
    {ContributionKind::loan_repayment, F::reflow, F::reflow_national}};

Texts unnamed(std::string_view text) {
  return text.empty() ? Texts{} : Texts{{"", std::string(text)}};
}

std::string_view only_text(const Texts& texts) {
  return texts.empty() ? std::string_view() : std::string_view(texts.front().text);
}

Classification code_of(const char* scheme, std::string_view code, std::string_view name = {}) {
  Classification one;
  one.scheme = scheme;
  one.code = code;
  one.name = unnamed(name);
  return one;
}

template <class Item>
void add_once(std::vector<Item>& all, Item item) {
  const auto same = [&](const Item& other) {
    return other.code == item.code && only_text(other.name) == only_text(item.name);
  };
  if constexpr (requires { item.scheme; }) {
    if (std::none_of(all.begin(), all.end(),
                     [&](const Item& other) { return other.scheme == item.scheme && same(other); }))
      all.push_back(std::move(item));
  } else if (std::none_of(all.begin(), all.end(), same)) {
    all.push_back(std::move(item));
  }
}

std::string pillar_code(const Activity& row) {
  const auto& sub = row[F::sub_pillar];
  return row[F::pillar] == "2" && (sub == "21" || sub == "22") ? sub : row[F::pillar];
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
  if (const auto& reported = row[F::channel_as_reported]; !known || party.ref.empty())
    if (!reported.empty()) party.name = unnamed(reported);
  if (party.name.empty()) party.name = unnamed(row[F::channel_name]);
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
    map_classifications();
    record_.extras = fold_.extras();
    if (record_.identifier.empty()) return std::move(record_);
    for (std::size_t i = 0; i < rows_.size(); ++i) map_amounts(i);
    map_parts();
    map_channels();
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

  void map_identity() {
    const auto& year = first_[F::year];
    const bool usable = year.size() == 4 && std::all_of(year.begin(), year.end(), is_digit) &&
                        year >= "1900" && !first_[F::provider].empty() &&
                        !first_[F::tossd_id].empty();
    Party provider = rows::provider_party(first_[F::provider], first_[F::provider_name]);
    if (first_.is_aggregate()) {
      record_.kind = "aggregate";
      provider = {std::string(aggregate_publisher), "", unnamed(first_[F::provider_name]), "", ""};
    }
    record_.publisher = provider.ref;
    record_.publisher_type = provider.type;
    record_.publisher_name = provider.name;
    record_.currency = "USD";
    if (!usable) return;
    year_ = std::stoi(year);
    const std::string activity = provider.ref + std::string(identifier_mark) + first_[F::tossd_id];
    record_.identifier = activity + "-" + year;
    record_.references.push_back({ReferenceKind::year_of, activity, "", {}});
    record_.participations.push_back({Function::funds, std::move(provider)});
  }

  void map_texts() {
    record_.title = unnamed(first_[F::title]);
    if (!first_[F::description].empty())
      record_.descriptions.push_back({"1", unnamed(first_[F::description])});
    if (!first_[F::external_link].empty()) {
      auto& document = record_.documents.emplace_back();
      document.url = first_[F::external_link];
    }
    if (const auto& number = first_[F::project_number]; !number.empty()) {
      // A number in the form of IATI's is the same activity's identifier; others are not unique.
      const bool iati = codes::find_home(number, "", "").reason == "registration agency";
      record_.references.push_back(
          {iati ? ReferenceKind::other_identifier : ReferenceKind::foreign_identifier,
           number,
           std::string(number_type),
           {}});
    }
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
      if (!row[F::framework].empty()) add_once(all, code_of("framework", row[F::framework]));
      if (!row[F::arrangement].empty())
        add_once(all, code_of("financing-arrangement", row[F::arrangement]));
      if (!row[F::pillar].empty()) add_once(all, code_of("pillar", pillar_code(row)));
      if (!row[F::concessionality].empty())
        add_once(all, code_of("concessionality", row[F::concessionality]));
      if (!row[F::isic].empty() || !row[F::isic_name].empty())
        add_once(all, code_of("isic", row[F::isic], row[F::isic_name]));
      if (!row[F::isic_section].empty() || !row[F::isic_section_name].empty())
        add_once(all, code_of("isic-section", row[F::isic_section], row[F::isic_section_name]));
      if (row[F::keywords].empty()) continue;
      for (const auto keyword : split(row[F::keywords], '|'))
        add_once(all, code_of("keyword", keyword));
    }
  }

  std::string path(std::size_t row, F field) const {
    const std::string name(columns().name(std::size_t(field)));
    const std::string place = rows_.size() > 1 ? "row " + std::to_string(row + 1) + "/" : "";
    return std::string(standard) + "/" + place + name;
  }

  void keep(std::size_t row, F field) {
    if (!rows_[row][field].empty()) record_.extras.push_back({path(row, field), rows_[row][field]});
  }

  /// Dollars where they are given, else national currency; the other of the two is kept.
  void map_amounts(std::size_t row) {
    for (const auto& [kind, usd, national] : amounts) {
      const bool in_usd = !rows_[row][usd].empty();
      const F field = in_usd ? usd : national;
      const std::string& currency = rows_[row][F::currency];
      if (in_usd) keep(row, national);
      const auto figure = parse_decimal(rows_[row][field]);
      const auto amount = figure ? rows::times_ten(*figure, 3) : std::nullopt;
      if (!amount || (!in_usd && currency.empty())) {
        keep(row, field);
        continue;
      }
      auto sum = rows::sum_of_year(kind, *amount, in_usd ? "USD" : currency, year_);
      if (rows_.size() > 1) sum.ref = std::to_string(row + 1);
      record_.contributions.push_back(std::move(sum));
      row_of_.push_back(row);
    }
  }

  static void add_purpose(std::vector<Classification>& to, const Activity& row) {
    const auto& purpose = row[F::purpose];
    if (purpose.empty()) return;
    const std::string five = purpose.substr(0, 5);
    const bool refined = purpose.size() == 7 && codes::get_list("purpose").find(five);
    add_once(to, code_of("purpose", refined ? five : purpose, row[F::purpose_name]));
  }

  static void add_sector(std::vector<Classification>& to, const Activity& row) {
    if (!row[F::sector].empty() && codes::get_list("category").find(row[F::sector]))
      add_once(to, code_of("category", row[F::sector]));
  }

  static void add_goals(std::vector<Classification>& to, const Activity& row) {
    for (auto& one : rows::weigh_goals(rows::read_goals(row[F::sdg_focus])))
      to.push_back(std::move(one));
  }

  static void add_modality(std::vector<Classification>& to, const Activity& row) {
    if (!row[F::modality].empty()) add_once(to, code_of("modality", row[F::modality]));
  }

  /// What all rows agree on stands in the record, what differs with each row's money.
  void map_parts() {
    const bool money = !record_.contributions.empty();
    const auto spread = [&](bool whole, auto&& put_whole, auto&& put_one) {
      if (whole || !money)
        for (const auto& row : rows_) {
          put_whole(row);
          if (whole) break;
        }
      else
        for (std::size_t i = 0; i < record_.contributions.size(); ++i)
          put_one(rows_[row_of_[i]], record_.contributions[i]);
    };
    const auto classify = [&](F field, auto&& add) {
      spread(
          agree(field), [&](const Activity& row) { add(record_.classifications, row); },
          [&](const Activity& row, Contribution& one) { add(one.classifications, row); });
    };
    spread(
        agree(F::recipient), [&](const Activity& row) { add_place(record_.places, row); },
        [&](const Activity& row, Contribution& one) { add_place(one.places, row); });
    classify(F::purpose, &add_purpose);
    classify(F::sector, &add_sector);
    classify(F::sdg_focus, &add_goals);
    spread(
        agree(F::modality), [&](const Activity& row) { add_modality(record_.modalities, row); },
        [&](const Activity& row, Contribution& one) { add_modality(one.modalities, row); });
    spread(
        agree(F::instrument),
        [&](const Activity& row) { record_.finance_type = row[F::instrument]; },
        [&](const Activity& row, Contribution& one) { one.finance_type = row[F::instrument]; });
    keep_unmapped();
  }

  /// What all rows agree on and the record's own fields tell only in part.
  void keep_unmapped() {
    const auto keep_whole = [&](F field) {
      record_.extras.push_back(
          {std::string(standard) + "/" + std::string(columns().name(std::size_t(field))),
           first_[field]});
    };
    const auto& purpose = first_[F::purpose];
    const auto& sector = first_[F::sector];
    if (agree(F::purpose) && purpose.size() == 7 &&
        codes::get_list("purpose").find(purpose.substr(0, 5)))
      keep_whole(F::purpose);
    if (agree(F::sector) && !sector.empty() && !codes::get_list("category").find(sector))
      keep_whole(F::sector);
    const auto pillar = std::find_if(record_.classifications.begin(), record_.classifications.end(),
                                     [](const auto& one) { return one.scheme == "pillar"; });
    if (agree(F::sub_pillar) && pillar != record_.classifications.end() &&
        first_[F::sub_pillar] != pillar->code)
      keep_whole(F::sub_pillar);
  }

  static void add_place(std::vector<Place>& places, const Activity& row) {
    if (!row[F::recipient].empty())
      add_once(places, rows::recipient_place(row[F::recipient], row[F::recipient_name]));
  }

  void map_channels() {
    const bool whole = agree(F::channel) && agree(F::channel_name) && agree(F::channel_as_reported);
    std::vector<Party> all;
    for (const auto& row : rows_) {
      const Party party = channel_party(row);
      if (party.channel.empty() && party.name.empty()) continue;
      if (std::any_of(all.begin(), all.end(), [&](const Party& one) {
            return one.channel == party.channel && only_text(one.name) == only_text(party.name);
          }))
        continue;
      all.push_back(party);
      record_.participations.push_back({Function::carries_out, party});
    }
    if (whole) return;
    for (std::size_t i = 0; i < record_.contributions.size(); ++i)
      record_.contributions[i].receiver = channel_party(rows_[row_of_[i]]);
  }

  void report() {
    if (first_.is_aggregate())
      findings_.push_back({Severity::remark, "tossd.aggregate", first_.place(F::provider),
                           "provider 0 is a sum over activities of providers that do not publish "
                           "them; it is kept beside the activities and counted nowhere"});
    for (std::size_t i = 1; i < rows_.size(); ++i)
      if (lines_[i].values == lines_[i - 1].values)
        findings_.push_back({Severity::warning, "tossd.row.twice", rows_[i].place(F::tossd_id),
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
    if (reference.type == number_type) row[F::project_number] = reference.identifier;
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
void tell_amount(const Contribution& sum, Activity& row) {
  for (const auto& [kind, usd, national] : amounts) {
    if (sum.kind != kind) continue;
    const auto thousands = rows::times_ten(sum.quantity.amount, -3);
    if (thousands) row[sum.quantity.unit == "USD" ? usd : national] = to_string(*thousands);
  }
}

}  // namespace

std::vector<Activity> to_activities(const Record& record) {
  const std::string prefix = record.publisher + std::string(identifier_mark);
  std::string_view rest = record.identifier;
  if (!rest.starts_with(prefix) || rest.size() < prefix.size() + 6) return {};
  rest.remove_prefix(prefix.size());
  const rows::Unfold unfold(record, columns(), standard);
  Activity common;
  tell_common(record, common);
  common[F::year] = rest.substr(rest.size() - 4);
  common[F::tossd_id] = rest.substr(0, rest.size() - 5);
  common[F::provider] =
      record.kind == "aggregate" ? "0" : record.publisher.substr(rows::provider_ref("").size());
  std::vector<Activity> rows(unfold.rows(), common);
  for (const auto& sum : record.contributions) {
    const std::size_t n =
        sum.ref.empty() ? 1 : std::size_t(std::strtoul(sum.ref.c_str(), nullptr, 10));
    if (n >= 1 && n <= rows.size()) tell_amount(sum, rows[n - 1]);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t field = 0; field < columns().size(); ++field) {
      const auto kept = unfold.find(i, field);
      const bool amount = columns().all()[field].home == rows::Home::amount;
      if (kept && !(amount && kept->empty())) rows[i].line.values[field] = *kept;
    }
    rows[i].line.others = unfold.others(i);
    rows[i].line.n = i;
  }
  return rows;
}

}  // namespace austral::tossd
