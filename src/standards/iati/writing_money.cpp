// The border on the way out: contributions become transactions, budgets and planned disbursements.
#include <algorithm>

#include "codes/exchange_rate.hpp"
#include "standards/iati/writing.hpp"

namespace austral::iati {

using registry::Classification;
using registry::Contribution;
using registry::ContributionKind;

namespace {

constexpr std::string_view organisation_budgets[] = {
    "total-budget", "recipient-org-budget", "recipient-region-budget", "recipient-country-budget",
    "total-expenditure"};

bool is_transaction(ContributionKind kind) {
  return kind > ContributionKind::none && kind < ContributionKind::budget;
}

/// Whether all of it has a place in the elements: 2.03 has room for one place without a share.
bool places_fit(const Contribution& one) {
  int countries = 0, regions = 0;
  for (const auto& place : one.places) {
    if (place.share || (place.kind != "country" && place.kind != "region")) return false;
    ++(place.kind == "country" ? countries : regions);
  }
  return countries <= 1 && regions <= 1;
}

bool sectors_fit(const Contribution& one) {
  return std::all_of(
      one.classifications.begin(), one.classifications.end(), [](const Classification& sector) {
        const bool goal = sector.scheme == "goal" || sector.scheme == "target";
        return !sector.share && (goal || vocabulary_of(sector).kind == Vocabulary::Kind::sector);
      });
}

/// A line's amount, which stands behind its names: `1200.50 EUR`.
struct LineAmount {
  Decimal amount;
  std::string_view unit;
};
std::optional<LineAmount> amount_of(const Classification& line) {
  if (line.name.empty()) return std::nullopt;
  const std::string_view text = line.name.back().text;
  const auto gap = text.find(' ');
  if (gap == std::string_view::npos || !is_lexical(Lexical::decimal, text.substr(0, gap)))
    return std::nullopt;
  const auto amount = parse_decimal(text.substr(0, gap));
  if (!amount) return std::nullopt;
  return LineAmount{*amount, text.substr(gap + 1)};
}

}  // namespace

bool can_be_written(const Contribution& one, bool organisation) {
  const auto& unit = one.quantity.unit;
  if (!one.date || !(unit.empty() || codes::is_currency(unit))) return false;
  if (organisation) {
    const auto& all = organisation_budgets;
    return one.end_date && std::find(std::begin(all), std::end(all), one.type) != std::end(all);
  }
  if (one.kind == ContributionKind::budget) return one.end_date.has_value();
  return one.kind == ContributionKind::planned_disbursement || is_transaction(one.kind);
}

void Writing::write_money() {
  std::size_t untold = 0;
  for (const auto& one : r_.contributions) untold += !can_be_written(one, false);
  if (untold > 0)
    findings_.push_back(
        {Severity::warning, "iati.write.contribution", "transaction",
         std::to_string(untold) + " of " + std::to_string(r_.contributions.size()) +
             " contributions have no day, no amount in a currency or no kind, and IATI has no "
             "element for such; give day and value in money (for what is given in kind: its "
             "value, with disbursement channel 3 or 4)"});
  const auto each = [&](ContributionKind kind, std::string_view name) {
    for (const auto& one : r_.contributions)
      if (one.kind == kind && can_be_written(one, false)) write_budget(name, one);
  };
  each(ContributionKind::budget, "budget");
  each(ContributionKind::planned_disbursement, "planned-disbursement");
  if (is_lexical(Lexical::decimal, r_.capital_share)) {
    const auto element = xml_.element("capital-spend");
    xml_.attribute("percentage", r_.capital_share);
  }
  for (const auto& one : r_.contributions)
    if (is_transaction(one.kind) && can_be_written(one, false)) write_transaction(one);
}

void Writing::write_value(const Decimal& amount, std::string_view unit, const Contribution& of) {
  const auto element = xml_.element("value");
  if (unit != r_.currency) optional("currency", unit);
  if (const auto day = of.value_date ? of.value_date : of.date)
    xml_.attribute("value-date", to_string(*day));
  xml_.text(to_string(amount));
}

void Writing::write_transaction(const Contribution& one) {
  const auto element = xml_.element("transaction");
  optional("ref", one.ref);
  fitting("humanitarian", one.humanitarian, Lexical::boolean);
  code("transaction-type", std::to_string(int(one.kind)));
  day("transaction-date", one.date);
  write_value(one.quantity.amount, one.quantity.unit, one);
  words("description", one.description);
  write_party("provider-org", one.provider, "provider-activity-id");
  write_party("receiver-org", one.receiver, "receiver-activity-id");
  code("disbursement-channel", one.channel);
  if (sectors_fit(one))
    for (const auto& sector : one.classifications) write_sector(sector);
  if (places_fit(one)) {
    for (const auto& place : one.places)
      if (place.kind == "country") write_place(place, false);
    for (const auto& place : one.places)
      if (place.kind == "region") write_place(place, false);
  }
  code("flow-type", one.flow_type);
  code("finance-type", one.finance_type);
  for (const auto& modality : one.modalities) write_modality("aid-type", modality);
  code("tied-status", one.tied_status);
}

void Writing::write_budget(std::string_view name, const Contribution& one) {
  const auto element = xml_.element(name);
  optional("type", one.type);
  if (name == "budget") optional("status", one.status);
  day("period-start", one.date);
  day("period-end", one.end_date);
  write_value(one.quantity.amount, one.quantity.unit, one);
  if (name == "budget") return;
  write_party("provider-org", one.provider, "provider-activity-id");
  write_party("receiver-org", one.receiver, "receiver-activity-id");
}

void Writing::write_budget_subject(std::string_view name, const Contribution& one) {
  const auto element = xml_.element(name);
  const bool spent = name == "total-expenditure";
  if (!spent) optional("status", one.status);
  if (name == "recipient-org-budget") {
    const auto recipient = xml_.element("recipient-org");
    optional("ref", one.receiver.ref);
    narratives(one.receiver.name, true);
  }
  const std::string_view kind = name == "recipient-country-budget"  ? "country"
                                : name == "recipient-region-budget" ? "region"
                                                                    : "";
  const auto place = std::find_if(one.places.begin(), one.places.end(),
                                  [&](const auto& some) { return some.kind == kind; });
  if (place != one.places.end()) write_place(*place, false);
  if (!kind.empty() && place == one.places.end()) {
    lacks("a budget's recipient", "say for which country or region it is");
    const auto recipient = xml_.element("recipient-" + std::string(kind));
    xml_.attribute("code", "");
  }
  day("period-start", one.date);
  day("period-end", one.end_date);
  write_value(one.quantity.amount, one.quantity.unit, one);
  for (const auto& line : one.lines)
    write_budget_line(spent ? "expense-line" : "budget-line", line, one);
}

void Writing::write_budget_line(std::string_view name, const Classification& line,
                                const Contribution& of) {
  const auto value = amount_of(line);
  if (!value) return lacks("a budget line's value", "give its amount");
  const auto element = xml_.element(name);
  optional("ref", line.code);
  write_value(value->amount, value->unit, of);
  narratives({line.name.begin(), line.name.end() - 1}, true);
}

}  // namespace austral::iati
