// Computes grant elements in decimal digits: payment by payment, and by the closed form.
#include "measurement/grant_element.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace austral::measurement {
namespace {

constexpr std::string_view computed_name = "grant_element", stated_name = "grant_element_stated";
constexpr int most_years = 100, most_payments = 12, printed_places = 4;

FiftyDigits to_digits(const Decimal& value) {
  FiftyDigits digits(value.mantissa);
  for (int n = 0; n < value.scale; ++n) digits /= 10;
  return digits;
}

/// A loan in periods: payments of interest alone, then those with principal.
struct Schedule {
  int only_interest = 0, all = 0;
  FiftyDigits rate, discount;  ///< of one period
};

std::optional<int> whole_periods(const Decimal& years, int payments) {
  const FiftyDigits periods = to_digits(years) * payments;
  if (periods < 0 || periods > most_years * payments) return std::nullopt;
  return static_cast<int>(floor(periods + FiftyDigits("0.5")));
}

std::optional<Schedule> make_schedule(const LoanTerms& terms, const Decimal& discount) {
  if (terms.payments < 1 || terms.payments > most_payments || terms.rate.mantissa < 0 ||
      discount.mantissa < 0)
    return std::nullopt;
  const auto all = whole_periods(terms.maturity, terms.payments);
  auto first = whole_periods(terms.first_repayment, terms.payments);
  if (terms.repayment == Repayment::lump_sum) first = all;
  if (!all || !first || *all < 1 || *first > *all) return std::nullopt;
  Schedule schedule;
  schedule.all = *all;
  schedule.only_interest = std::max(*first, 1) - 1;
  schedule.rate = to_digits(terms.rate) / 100 / terms.payments;
  const FiftyDigits yearly = to_digits(discount) / 100;
  schedule.discount = terms.payments == 1
                          ? yearly
                          : FiftyDigits(pow(1 + yearly, FiftyDigits(1) / terms.payments)) - 1;
  return schedule;
}

FiftyDigits annuity_of_one(const FiftyDigits& rate, int payments) {
  if (rate == 0) return FiftyDigits(1) / payments;
  return rate / (1 - pow(1 + rate, -payments));
}

}  // namespace

std::optional<FiftyDigits> grant_element_by_cash_flow(const LoanTerms& terms, Decimal discount) {
  const auto schedule = make_schedule(terms, discount);
  if (!schedule) return std::nullopt;
  const int repayments = schedule->all - schedule->only_interest;
  const FiftyDigits level = annuity_of_one(schedule->rate, repayments);
  FiftyDigits owed = 1, worth = 0, factor = 1;
  for (int period = 1; period <= schedule->all; ++period) {
    factor /= 1 + schedule->discount;
    const FiftyDigits interest = owed * schedule->rate;
    FiftyDigits principal = 0;
    if (period > schedule->only_interest)
      principal = terms.repayment == Repayment::annuity ? FiftyDigits(level - interest)
                                                        : FiftyDigits(FiftyDigits(1) / repayments);
    worth += (interest + principal) * factor;
    owed -= principal;
  }
  return 100 * (1 - worth);
}

std::optional<FiftyDigits> grant_element_in_closed_form(const LoanTerms& terms, Decimal discount) {
  const auto schedule = make_schedule(terms, discount);
  if (!schedule || terms.repayment == Repayment::annuity || schedule->discount == 0)
    return std::nullopt;
  const FiftyDigits &rate = schedule->rate, &per_period = schedule->discount;
  const FiftyDigits growth = 1 + per_period;
  const FiftyDigits early = pow(growth, -schedule->only_interest),
                    late = pow(growth, -schedule->all);
  const int repayments = schedule->all - schedule->only_interest;
  return 100 * (1 - rate / per_period) * (1 - (early - late) / (per_period * repayments));
}

Decimal round_per_cent(const FiftyDigits& value, int places) {
  FiftyDigits scaled = value;
  for (int n = 0; n < places; ++n) scaled *= 10;
  FiftyDigits whole = floor(scaled);
  const FiftyDigits rest = scaled - whole, half("0.5");
  const FiftyDigits pairs = floor(FiftyDigits(whole / 2));
  if (rest > half || (rest == half && pairs * 2 != whole)) whole += 1;
  if (abs(whole) > FiftyDigits("9e18"))
    throw Error(Kind::invalid, "a percentage is larger than can be written");
  return {static_cast<std::int64_t>(whole), places};
}

namespace {

std::optional<Decimal> find_number(const Trait& trait, std::string_view name) {
  return parse_decimal(trait.detail(name));
}

std::optional<Repayment> find_repayment(std::string_view code) {
  if (code.empty() || code == "1") return Repayment::equal_principal;
  if (code == "2") return Repayment::annuity;
  if (code == "3") return Repayment::lump_sum;
  return std::nullopt;
}

/// A second rate that is none: empty, nothing, or the first one again.
bool has_one_rate(const Trait& trait, const Decimal& rate) {
  const auto text = trait.detail("interest_rate_2");
  if (text.empty()) return true;
  const auto second = parse_decimal(text);
  return second && (second->is_zero() || *second == rate);
}

bool is_computed(const Trait& trait, const std::optional<std::string>& value) {
  return value && trait.detail(computed_name) == *value;
}

}  // namespace

std::optional<LoanTerms> find_loan_terms(const Trait& trait) {
  const auto rate = find_number(trait, "interest_rate"), maturity = find_number(trait, "maturity"),
             grace = find_number(trait, "grace");
  const auto repayment = find_repayment(trait.detail("repayment"));
  if (!rate || !maturity || !repayment || !has_one_rate(trait, *rate)) return std::nullopt;
  if (!grace && *repayment != Repayment::lump_sum) return std::nullopt;
  LoanTerms terms{*rate, *maturity, grace.value_or(*maturity), 1, *repayment};
  if (const auto text = trait.detail("payments"); !text.empty()) {
    const auto payments = parse_decimal(text);
    if (!payments || normalise(*payments).scale != 0) return std::nullopt;
    const auto number = normalise(*payments).mantissa;
    if (number < 1 || number > most_payments) return std::nullopt;
    terms.payments = int(number);
  }
  return terms;
}

void add_grant_element(Trait& trait) {
  std::optional<std::string> computed;
  if (const auto terms = find_loan_terms(trait)) {
    auto value = grant_element_in_closed_form(*terms);
    if (!value) value = grant_element_by_cash_flow(*terms);
    if (value) computed = to_string(round_per_cent(*value, printed_places));
  }
  if (is_computed(trait, computed)) return;
  for (auto& [name, value] : trait.details)
    if (name == computed_name) name = stated_name;
  if (computed) trait.details.emplace_back(computed_name, *computed);
}

void add_grant_elements(Facts& facts) {
  for (auto& trait : facts.traits) add_grant_element(trait);
}

}  // namespace austral::measurement
