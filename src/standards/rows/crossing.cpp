// Rows become a record: identity, amounts by row, what is said once.
#include "standards/rows/crossing.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/organization.hpp"
#include "standards/rows/values.hpp"

namespace austral::rows {

using namespace registry;

namespace {

bool is_year(std::string_view text) {
  return text.size() == 4 && std::all_of(text.begin(), text.end(), is_digit) && text >= "1900";
}

}  // namespace

Texts unnamed(std::string_view text) {
  return text.empty() ? Texts{} : Texts{{"", std::string(text)}};
}

std::string_view only_text(const Texts& texts) {
  return texts.empty() ? std::string_view() : std::string_view(texts.front().text);
}

Classification code_of(const char* scheme, std::string_view code, std::string_view name) {
  Classification one;
  one.scheme = scheme;
  one.code = code;
  one.name = unnamed(name);
  return one;
}

void add_once(std::vector<Classification>& all, Classification one) {
  const auto same = [&](const Classification& other) {
    return other.scheme == one.scheme && other.code == one.code &&
           other.significance == one.significance && only_text(other.name) == only_text(one.name);
  };
  if (std::none_of(all.begin(), all.end(), same)) all.push_back(std::move(one));
}

void add_once(std::vector<Place>& all, Place one) {
  const auto same = [&](const Place& other) {
    return other.kind == one.kind && other.code == one.code &&
           only_text(other.name) == only_text(one.name);
  };
  if (std::none_of(all.begin(), all.end(), same)) all.push_back(std::move(one));
}

Party channel_party(std::string_view channel, std::string_view name, std::string_view reported) {
  Party party;
  party.channel = channel;
  if (const auto* known = codes::find_organization(channel)) {
    if (known->type == "40") party.ref = channel;
    party.type = known->type;
    party.name = {{"en", std::string(known->label)}};
  }
  if (party.ref.empty() && !reported.empty()) party.name = unnamed(reported);
  if (party.name.empty()) party.name = unnamed(name);
  return party;
}

std::optional<RecordNumber> find_number(const Record& record, std::string_view mark) {
  const std::string prefix = record.publisher + std::string(mark);
  std::string_view rest = record.identifier;
  if (!rest.starts_with(prefix) || rest.size() < prefix.size() + 6) return std::nullopt;
  rest.remove_prefix(prefix.size());
  const auto year = rest.substr(rest.size() - 4);
  if (!is_year(year) || rest[rest.size() - 5] != '-') return std::nullopt;
  return RecordNumber{std::string(rest.substr(0, rest.size() - 5)), std::string(year)};
}

std::vector<Line> unfold_rows(const Record& record, const Unfold& unfold, const Columns& columns,
                              const Line& common,
                              const std::function<void(const Contribution&, Line&)>& tell_amount) {
  std::vector<Line> rows(unfold.rows(), common);
  for (const auto& sum : record.contributions) {
    const std::size_t n =
        sum.ref.empty() ? 1 : std::size_t(std::strtoul(sum.ref.c_str(), nullptr, 10));
    if (n >= 1 && n <= rows.size()) tell_amount(sum, rows[n - 1]);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t column = 0; column < columns.size(); ++column) {
      const auto kept = unfold.find(i, column);
      const bool amount = columns.all()[column].home == Home::amount;
      if (kept && !(amount && kept->empty())) rows[i].values[column] = *kept;
    }
    rows[i].others = unfold.others(i);
    rows[i].n = i;
  }
  return rows;
}

std::string Crossing::row_path(std::size_t row) const {
  return standard_ + "/" + (lines_.size() > 1 ? "row " + std::to_string(row + 1) + "/" : "");
}

void Crossing::keep_whole(std::size_t column) {
  record_.extras.push_back({standard_ + "/" + std::string(columns_.name(column)), value(column)});
}

void Crossing::keep(std::size_t row, std::size_t column) {
  if (const auto& text = value(column, row); !text.empty())
    record_.extras.push_back({row_path(row) + std::string(columns_.name(column)), text});
}

bool Crossing::map_identity(Party provider, std::size_t year, std::size_t provider_column,
                            std::size_t number, std::string_view mark) {
  record_.publisher = provider.ref;
  record_.publisher_type = provider.type;
  record_.publisher_name = provider.name;
  record_.currency = "USD";
  if (!is_year(value(year)) || value(provider_column).empty() || value(number).empty())
    return false;
  year_ = std::stoi(value(year));
  const std::string activity = provider.ref + std::string(mark) + value(number);
  record_.identifier = activity + "-" + value(year);
  record_.references.push_back({ReferenceKind::year_of, activity, "", {}});
  record_.participations.push_back({Function::funds, std::move(provider)});
  return true;
}

void Crossing::map_number(std::string_view number) {
  if (number.empty()) return;
  // A number in the form of IATI's is the same activity's identifier; others are not unique.
  const bool iati = codes::find_home(number, "", "").reason == "registration agency";
  record_.references.push_back(
      {iati ? ReferenceKind::other_identifier : ReferenceKind::foreign_identifier,
       std::string(number),
       std::string(number_type),
       {}});
}

void Crossing::add_participation(Function function, Party party) {
  if (party.ref.empty() && party.channel.empty() && party.name.empty()) return;
  for (const auto& [other_function, other] : record_.participations)
    if (other_function == function && other.ref == party.ref && other.channel == party.channel &&
        only_text(other.name) == only_text(party.name))
      return;
  record_.participations.push_back({function, std::move(party)});
}

bool Crossing::add_amount(ContributionKind kind, std::size_t row, std::size_t column, int power,
                          std::string_view unit) {
  const auto figure = parse_decimal(value(column, row));
  const auto amount = figure ? times_ten(*figure, power) : std::nullopt;
  if (!amount) return false;
  auto sum = sum_of_year(kind, *amount, unit, year_);
  if (lines_.size() > 1) sum.ref = std::to_string(row + 1);
  record_.contributions.push_back(std::move(sum));
  row_of_.push_back(row);
  return true;
}

void Crossing::map_recipients(std::size_t code, std::size_t name) {
  const auto add = [&](std::vector<Place>& places, std::size_t row) {
    if (!value(code, row).empty())
      add_once(places, recipient_place(value(code, row), value(name, row)));
  };
  spread(
      agrees(code), [&](std::size_t row) { add(record_.places, row); },
      [&](std::size_t row, Contribution& one) { add(one.places, row); });
  // A country that the DAC has numbered twice is told by one of its numbers.
  if (agrees(code) && !record_.places.empty() &&
      recipient_code(record_.places.front()) != value(code))
    keep_whole(code);
}

void Crossing::map_sectors(std::size_t category) {
  const auto& list = codes::get_list("category");
  classify(category, [&](std::vector<Classification>& to, std::size_t row) {
    const auto& code = value(category, row);
    if (!code.empty() && list.find(code)) add_once(to, code_of("category", code));
  });
  if (agrees(category) && !value(category).empty() && !list.find(value(category)))
    keep_whole(category);
}

void Crossing::map_goals(std::size_t goals) {
  // A goal may stand twice, once for its target: their shares add up.
  classify(goals, [&](std::vector<Classification>& to, std::size_t row) {
    for (auto& one : weigh_goals(read_goals(value(goals, row)))) to.push_back(std::move(one));
  });
}

void Crossing::map_finance_types(std::size_t type) {
  spread(
      agrees(type), [&](std::size_t row) { record_.finance_type = value(type, row); },
      [&](std::size_t row, Contribution& one) { one.finance_type = value(type, row); });
}

void Crossing::map_channels(std::size_t channel, std::size_t name, std::size_t reported) {
  const auto party = [&](std::size_t row) {
    return channel_party(value(channel, row), value(name, row), value(reported, row));
  };
  for (std::size_t row = 0; row < lines_.size(); ++row)
    add_participation(Function::carries_out, party(row));
  if (agrees(channel) && agrees(name) && agrees(reported)) return;
  for (std::size_t i = 0; i < record_.contributions.size(); ++i)
    record_.contributions[i].receiver = party(row_of_[i]);
}

void Crossing::report_twice(std::size_t number, Findings& findings) const {
  for (std::size_t i = 1; i < lines_.size(); ++i)
    if (lines_[i].values == lines_[i - 1].values)
      findings.push_back({Severity::warning, standard_ + ".row.twice",
                          lines_[i].cell(columns_, number),
                          "this row is the same as the one before it in every column; both are "
                          "counted: delete one if it came in twice"});
}

}  // namespace austral::rows
