// Prices and splits contributions.
#include "registry/contribution.hpp"

#include <algorithm>

#include "codes/country.hpp"
#include "codes/exchange_rate.hpp"
#include "codes/unit.hpp"
#include "registry/detail.hpp"

namespace austral::registry {
namespace {

std::string place_code(const Place& place) {
  return place.kind == "country" ? country_code(place)
                                 : "region:" + place.vocabulary + ":" + place.code;
}

/// Where a contribution goes, with the weights to split it by.
struct Destination {
  std::vector<std::string> codes;
  std::vector<Decimal> weights;
};

/// Published percentages are the weights; places without one get nothing beside places that have
/// one.
Destination weigh(const std::vector<Place>& places) {
  Destination destination;
  const bool any_share = std::any_of(places.begin(), places.end(),
                                     [](const Place& place) { return place.share.has_value(); });
  // Regions in a second vocabulary repeat the first one's: only the first vocabulary met counts.
  const auto region = std::find_if(places.begin(), places.end(),
                                   [](const Place& place) { return place.kind == "region"; });
  for (const auto& place : places) {
    if (place.kind == "region" && place.vocabulary != region->vocabulary) continue;
    Decimal weight = any_share ? place.share.value_or(Decimal{}) : Decimal{1, 0};
    if (weight.is_negative()) weight = {};
    destination.codes.push_back(place_code(place));
    destination.weights.push_back(weight);
  }
  return destination;
}

bool shares_missing(const std::vector<Place>& places) {
  return places.size() > 1 && std::none_of(places.begin(), places.end(), [](const Place& place) {
           return place.share.has_value();
         });
}

std::string provider_of(const Contribution& contribution, const Roles& roles) {
  const auto stated = find_partner(contribution.provider);
  if (!stated.code.empty()) return stated.code;
  if (!is_outgoing(contribution.kind) && contribution.kind != ContributionKind::budget &&
      contribution.kind != ContributionKind::planned_disbursement)
    return organization_id(contribution.provider);
  if (roles.providers.size() == 1) return roles.providers.front().code;
  if (roles.providers.size() > 1) return several_partners;
  return {};
}

/// The code of a unit that is no currency but known; nothing for others.
const codes::Unit* find_quantity_unit(const std::string& unit) {
  return unit.empty() || codes::is_currency(unit) ? nullptr : codes::find_unit(unit);
}

/// Money stands for money in any currency, days for the same days.
bool measures_alike(const Contribution& left, const Contribution& right) {
  return find_quantity_unit(left.quantity.unit) == find_quantity_unit(right.quantity.unit);
}

bool is_replaced(const Contribution& budget, const Record& record) {
  if (budget.kind != ContributionKind::budget || budget.type == "2") return false;
  return std::any_of(record.contributions.begin(), record.contributions.end(),
                     [&](const Contribution& other) {
                       return other.kind == ContributionKind::budget && other.type == "2" &&
                              other.date == budget.date && measures_alike(budget, other);
                     });
}

std::string nth(std::size_t n) { return "contribution " + std::to_string(n + 1); }

/// A sum of all that was paid in a calendar year has the price of the year, not of its first month.
bool is_sum_of_year(const Contribution& contribution) {
  if (contribution.value_date || !contribution.date || !contribution.end_date) return false;
  const int year = year_of(*contribution.date);
  return contribution.date == make_date(year, 1, 1) &&
         contribution.end_date == make_date(year, 12, 31);
}

std::string no_currency(const std::string& unit) {
  std::string text = "'" + unit +
                     "' is no currency of ISO 4217 and no unit that is known; the amount is kept "
                     "but cannot be expressed in USD";
  std::string near;
  for (const auto code : codes::nearest_units(unit))
    near += (near.empty() ? "" : ", ") + std::string(code);
  return near.empty() ? text : text + "; the nearest units: " + near;
}

/// The contribution's dollars, or a finding that says what price is missing.
std::optional<std::int64_t> price(const Contribution& contribution, std::size_t n,
                                  Findings& findings) {
  if (contribution.quantity.unit.empty()) return std::nullopt;  // the reader has told already
  if (find_quantity_unit(contribution.quantity.unit)) return std::nullopt;  // has no exchange rate
  const auto day = contribution.value_date ? contribution.value_date : contribution.date;
  if (!day && contribution.quantity.unit != "USD") {
    findings.push_back({Severity::warning, "price.missing", nth(n),
                        "without a date no exchange rate of " + contribution.quantity.unit +
                            " fits; the amount is missing from totals in USD"});
    return std::nullopt;
  }
  const auto rate = is_sum_of_year(contribution)
                        ? codes::find_annual_rate(contribution.quantity.unit, year_of(*day))
                        : codes::find_rate(contribution.quantity.unit, day.value_or(Date{}));
  if (!rate) {
    const bool known = codes::is_currency(contribution.quantity.unit);
    findings.push_back({Severity::warning, known ? "price.missing" : "currency.unknown",
                        nth(n) + ", value date " + to_string(*day),
                        known ? "no exchange rate of " + contribution.quantity.unit +
                                    " is published for " + to_string(*day).substr(0, 7) +
                                    "; the amount stays in " + contribution.quantity.unit +
                                    " and is missing from totals in USD"
                              : no_currency(contribution.quantity.unit)});
    return std::nullopt;
  }
  const auto cents = codes::to_usd_cents(contribution.quantity.amount, *rate);
  if (!cents)
    findings.push_back({Severity::error, "amount.too-large", nth(n),
                        to_string(contribution.quantity.amount) + " " + contribution.quantity.unit +
                            " is more than can be counted in cents"});
  return cents;
}

/// The contribution as one part, before it is split.
ContributionPart undivided(const Record& record, const Roles& roles, std::size_t n,
                           Findings& findings) {
  const auto& contribution = record.contributions[n];
  ContributionPart part;
  part.n = std::int64_t(n);
  part.kind = contribution.kind;
  part.superseded = is_replaced(contribution, record);
  part.counted = !part.superseded;
  if (contribution.date) {
    part.day = to_string(*contribution.date);
    part.year = year_of(*contribution.date);
  }
  part.provider = provider_of(contribution, roles);
  const auto* unit = find_quantity_unit(contribution.quantity.unit);
  part.unit = unit ? std::string(unit->code) : contribution.quantity.unit;
  part.amount = contribution.quantity.amount.mantissa;
  part.scale = contribution.quantity.amount.scale;
  part.usd_cents = price(contribution, n, findings);
  part.finance_type =
      contribution.finance_type.empty() ? record.finance_type : contribution.finance_type;
  part.collaboration = record.collaboration_type;
  return part;
}

/// Whole units are split at the currency's own precision, so that no part is finer than money is;
/// quantities to a millionth, so that what they are worth is split as their shares are.
void refine(ContributionPart& part, const Decimal& amount) {
  constexpr int quantity_digits = 6;
  const int digits =
      find_quantity_unit(part.unit) ? quantity_digits : codes::minor_units(part.unit);
  if (const auto finer = round_to(amount, std::max(part.scale, digits))) {
    part.amount = finer->mantissa;
    part.scale = finer->scale;
  }
}

/// The whole of a part and its pieces, as they are written.
struct Pieces {
  std::int64_t whole = 0;
  std::vector<std::int64_t> amounts;
  int scale = 0;
};

/// Zeros behind the point that refine() has put there and no piece needs are taken away again.
Pieces cut_up(const ContributionPart& part, const std::vector<Decimal>& weights, int least_scale) {
  Pieces pieces{part.amount, split_by_weights(part.amount, weights), part.scale};
  const auto is_round = [](std::int64_t amount) { return amount % 10 == 0; };
  while (pieces.scale > least_scale && is_round(pieces.whole) &&
         std::all_of(pieces.amounts.begin(), pieces.amounts.end(), is_round)) {
    pieces.whole /= 10;
    for (auto& amount : pieces.amounts) amount /= 10;
    --pieces.scale;
  }
  return pieces;
}

void divide_part(ContributionPart part, const Decimal& amount, const Destination& destination,
                 std::vector<ContributionPart>& parts) {
  const int least_scale = find_quantity_unit(part.unit)
                              ? amount.scale
                              : std::max(amount.scale, codes::minor_units(part.unit));
  refine(part, amount);
  const auto pieces = cut_up(part, destination.weights, least_scale);
  std::vector<std::int64_t> cents;
  if (part.usd_cents) cents = split_by_weights(*part.usd_cents, destination.weights);
  part.scale = pieces.scale;
  part.whole = pieces.whole;
  for (std::size_t i = 0; i < destination.codes.size(); ++i) {
    ContributionPart one = part;
    one.part = std::int64_t(i);
    one.recipient = destination.codes[i];
    one.amount = pieces.amounts[i];
    if (part.usd_cents) one.usd_cents = cents[i];
    parts.push_back(std::move(one));
  }
}

}  // namespace

bool is_outgoing(ContributionKind kind) {
  return kind == ContributionKind::commitment || kind == ContributionKind::disbursement ||
         kind == ContributionKind::expenditure || kind == ContributionKind::pledge ||
         kind == ContributionKind::equity_purchase || kind == ContributionKind::guarantee;
}

std::vector<ContributionPart> split_contributions(const Record& record, const Roles& roles,
                                                  Findings& findings) {
  std::vector<ContributionPart> parts;
  parts.reserve(record.contributions.size());
  const Destination usual = weigh(record.places);
  const RecordDetails details(record);
  bool equal_told = false;
  for (std::size_t n = 0; n < record.contributions.size(); ++n) {
    const auto& contribution = record.contributions[n];
    if (contribution.kind == ContributionKind::none) continue;  // unreadable: a finding tells of it
    ContributionPart part = undivided(record, roles, n, findings);
    part.details = write_details(details.of(contribution));

    const auto& places = contribution.places.empty() ? record.places : contribution.places;
    const Destination own =
        contribution.places.empty() ? Destination{} : weigh(contribution.places);
    const Destination& destination = contribution.places.empty() ? usual : own;
    if (destination.codes.size() <= 1) {
      if (!destination.codes.empty()) part.recipient = destination.codes.front();
      parts.push_back(std::move(part));
      continue;
    }
    if (shares_missing(places) && !equal_told) {
      equal_told = true;
      findings.push_back(
          {Severity::warning, "share.missing", nth(n),
           "several recipients and no percentages: the amount is split equally; publish a "
           "percentage for each recipient"});
    }
    divide_part(std::move(part), contribution.quantity.amount, destination, parts);
  }
  return parts;
}

}  // namespace austral::registry
