// Finds a formula's inputs in the contribution, the prices and the conventions, and converts what
// comes out.
#include "measurement/valuation.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "codes/organization.hpp"
#include "measurement/conversion.hpp"
#include "registry/detail.hpp"

namespace austral::measurement {

Factor::Factor(const Ratio& value) : exact_(value) {
  const auto &up = numerator(value), &down = denominator(value);
  if (msb(down) >= 62 || (up != 0 && msb(up < 0 ? -up : up) >= 62)) return;
  up_ = static_cast<std::int64_t>(up);
  down_ = static_cast<std::int64_t>(down);
}

Amount Factor::of(std::int64_t amount, int scale) const {
  using Whole = Amount::Whole;
  Whole up = up_, down = down_;
  static constexpr std::array<std::int64_t, 19> tens = [] {
    std::array<std::int64_t, 19> all{1};
    for (std::size_t n = 1; n < all.size(); ++n) all[n] = all[n - 1] * 10;
    return all;
  }();
  const int more = Amount::places - scale;
  bool fits = down_ != 0 && more < int(tens.size()) && -more < int(tens.size()) &&
              !__builtin_mul_overflow(up, Whole(amount), &up);
  if (fits && more > 0) fits = !__builtin_mul_overflow(up, Whole(tens[std::size_t(more)]), &up);
  if (fits && more < 0)
    fits = !__builtin_mul_overflow(down, Whole(tens[std::size_t(-more)]), &down);
  if (!fits) return to_amount(to_ratio(Decimal{amount, scale}) * exact_);
  const bool negative = up < 0;
  const Whole size = negative ? -up : up;
  Whole quotient = size / down;
  const Whole twice = (size - quotient * down) * 2;
  if (twice > down || (twice == down && (quotient & 1))) ++quotient;
  return Amount(negative ? -quotient : quotient);
}

struct Valuation::Plan {
  bool found = false;  ///< all inputs are there and nothing divides by zero
  bool proportional = false;
  Factor factor;              ///< of a proportional formula: for one of the fact's unit
  std::vector<Ratio> values;  ///< of the others: its inputs, the quantity left at nothing
  std::size_t quantity = 0;   ///< which of them it is
  Ratio of_one, conversion;   ///< quantity in the formula's unit; result to the currency asked for
  std::vector<PriceNeed> needs;
};

std::size_t Valuation::PlanHash::operator()(const PlanKey& key) const {
  std::uint64_t mixed = 0x9e3779b97f4a7c15u;
  for (const std::uint64_t part :
       {std::uint64_t(key.trait), std::uint64_t(key.provider), std::uint64_t(key.recipient),
        std::uint64_t(key.epoch), std::uint64_t(key.period), std::uint64_t(key.method)}) {
    mixed = (mixed ^ part) * 0xff51afd7ed558ccdu;
    mixed ^= mixed >> 32;
  }
  return mixed;
}

Valuation::Valuation(const Answer& answer)
    : methodology_(*answer.methodology),
      facts_(*answer.facts),
      prices_(*answer.prices),
      rates_(*answer.rates),
      price_year_(answer.options.price_year ? answer.options.price_year
                                            : answer.methodology->price_year) {
  for (const auto& price : prices_.all()) {
    epochs_.push_back(price.from.days);
    if (price.to < no_end) epochs_.push_back(price.to.days + 1);
  }
  std::sort(epochs_.begin(), epochs_.end());
  epochs_.erase(std::unique(epochs_.begin(), epochs_.end()), epochs_.end());
  fits_.assign(methodology_.methods.size(), {});
  alike_.assign(methodology_.methods.size(), {});
}

Valuation::~Valuation() = default;

bool Valuation::fits(std::size_t method, std::uint32_t trait) {
  auto& known = fits_[method];
  if (known.empty()) known.assign(facts_.traits.size(), -1);
  if (known[trait] >= 0) return known[trait];
  const auto& unit = facts_.traits[trait].unit;
  const auto& inputs = methodology_.methods[method].inputs;
  const bool fit = std::any_of(inputs.begin(), inputs.end(), [&](const InputSource& input) {
    if (input.quantity.empty() || unit.empty()) return false;
    if (input.quantity == "money" || input.quantity == "goods")
      return is_unit(unit, input.quantity);
    return convert_unit(unit, input.quantity, methodology_.conventions).has_value();
  });
  known[trait] = fit;
  return fit;
}

namespace {

/// Whose prices a partner's people are paid at: its country, or that of an organization's home.
std::string country_of(const std::string& partner) {
  if (partner.size() == 2) return partner;
  return codes::find_home(partner, "", "").country;
}

bool is_money_input(const InputSource& source) {
  if (source.price == "ppp" || source.price == "exchange_rate") return false;
  if (const auto* series = find_price_series(source.price)) return series->money;
  const auto& known = registry::known_details();
  return std::any_of(known.begin(), known.end(), [&](const registry::KnownDetail& detail) {
    return detail.name == source.detail && detail.unit == "money";
  });
}

std::string words_of(const Price& price) {
  return name_price(price) + (price.source.empty() ? "" : "; " + price.source);
}

}  // namespace

std::uint32_t Valuation::alike(std::size_t method, std::uint32_t trait) {
  auto& known = alike_[method];
  if (known.empty()) known.assign(facts_.traits.size(), 0);
  if (known[trait] != 0) return known[trait] - 1;
  const auto& of = facts_.traits[trait];
  std::string told = std::to_string(method) + '\t' + of.unit;
  const auto add = [&](std::string_view name) {
    const auto value = name.empty() ? std::string_view{} : of.detail(name);
    told += std::to_string(value.size()) + ':';
    told += value;
  };
  for (const std::string_view name : {"price_year", "currency", "good", "education"}) add(name);
  for (const auto& input : methodology_.methods[method].inputs) {
    add(input.detail);
    add(input.key);
  }
  known[trait] = first_alike_.try_emplace(std::move(told), trait).first->second + 1;
  return known[trait] - 1;
}

Valuation::PlanKey Valuation::key_of(const Fact& fact, std::size_t method) {
  const auto epoch = std::upper_bound(epochs_.begin(), epochs_.end(), fact.day) - epochs_.begin();
  const auto& inputs = methodology_.methods[method].inputs;
  const bool plain = inputs.size() == 1 && inputs[0].quantity == "money";
  PlanKey key{alike(method, fact.trait), 0, 0, 0, std::uint32_t(fact.year) * 16,
              std::uint16_t(method)};
  if (methodology_.rates == Rates::monthly) key.period += std::uint32_t(month_of({fact.day}));
  if (!plain || methodology_.rates == Rates::own) key.epoch = std::uint32_t(epoch);
  if (!plain) {
    key.provider = fact.provider;
    key.recipient = fact.recipient;
  }
  return key;
}

std::optional<UsedInput> Valuation::find_in_prices(const Fact& fact, const InputSource& source,
                                                   const std::string& currency) {
  const auto& trait = facts_.traits[fact.trait];
  std::string key(source.key.empty() ? "" : trait.detail(source.key));
  // Where a price list's own word is not stated, the level of education is the level.
  if (key.empty() && source.key == "level") key = trait.detail("education");
  const auto& partner = facts_.partners[source.at == "recipient" ? fact.recipient : fact.provider];
  const std::string country = country_of(partner);
  if (const auto* price = prices_.find(source.price, key, country, Date{fact.day},
                                       source.price == "ppp" ? currency : "")) {
    used_.prices.insert(price);
    return UsedInput{"", to_ratio(price->value), price->unit, price->currency, words_of(*price)};
  }
  if (source.convention.empty() && !source.otherwise)
    needs_.push_back({source.price, key, country, fact.year});
  return std::nullopt;
}

std::optional<UsedInput> Valuation::find_input(const Fact& fact, const Method& method,
                                               std::size_t n, const std::string& currency) {
  const auto& source = method.inputs[n];
  const auto& trait = facts_.traits[fact.trait];
  std::optional<UsedInput> found;
  if (const auto text = source.detail.empty() ? std::string_view{} : trait.detail(source.detail);
      !text.empty())
    if (const auto value = parse_decimal(text))
      found = UsedInput{"", to_ratio(*value), "",
                        is_money_input(source) ? std::string(trait.detail("currency")) : "",
                        "detail " + source.detail};
  if (!found && !source.price.empty()) found = find_in_prices(fact, source, currency);
  if (!found && !source.convention.empty())
    found = UsedInput{"", to_ratio(methodology_.conventions.at(source.convention)), "", "",
                      "convention " + source.convention};
  if (!found && source.otherwise)
    found = UsedInput{"", to_ratio(*source.otherwise), "", "", "not stated"};
  if (!found && source.price.empty() && !source.detail.empty())
    needs_.push_back({"detail " + source.detail, "", "", fact.year});
  if (found) found->name = method.formula.names()[n];
  return found;
}

std::optional<UsedInput> Valuation::find_rate(const Fact& fact, const std::string& currency) {
  if (currency == methodology_.currency)
    return UsedInput{"rate", Ratio(1), "", "", "the same currency"};
  const auto per_usd =
      [&](const std::string& code) -> std::optional<std::pair<Ratio, std::string>> {
    if (code == "USD") return std::pair{Ratio(1), std::string()};
    if (methodology_.rates == Rates::own) {
      if (const auto* price = prices_.find("exchange_rate", code, "", Date{fact.day})) {
        used_.prices.insert(price);
        return std::pair{to_ratio(price->value), words_of(*price)};
      }
    } else if (const auto rate = methodology_.rates == Rates::annual
                                     ? rates_.annual(code, fact.year)
                                     : rates_.monthly(code, Date{fact.day})) {
      used_.rates.emplace(code + " " + rate->period, rate->units_per_usd);
      return std::pair{to_ratio(rate->units_per_usd), code + " average of " + rate->period};
    }
    needs_.push_back({"exchange_rate", code, "", fact.year});
    return std::nullopt;
  };
  const auto from = per_usd(currency), to = per_usd(methodology_.currency);
  if (!from || !to || from->first.is_zero()) return std::nullopt;
  std::string source = from->second;
  if (!to->second.empty()) source += (source.empty() ? "" : "; ") + to->second;
  return UsedInput{"rate", from->first / to->first, currency + " for 1 " + methodology_.currency,
                   "", source};
}

std::optional<UsedInput> Valuation::find_deflation(const Fact& fact) {
  // What is stated in prices of a year stays in these: it cannot be turned back by other deflators
  // than those of its source.
  const auto stated = parse_decimal(facts_.traits[fact.trait].detail("price_year"));
  const int year = stated && stated->scale == 0 ? int(stated->mantissa) : fact.year;
  if (!price_year_ || *price_year_ == year)
    return UsedInput{
        "deflation", Ratio(1), "", "",
        stated ? "prices of " + std::to_string(year) + ", as stated" : "current prices"};
  const auto own = rates_.deflator(year), wanted = rates_.deflator(*price_year_);
  if (!own || !wanted) {
    needs_.push_back({"deflator", methodology_.currency, "", own ? *price_year_ : year});
    return std::nullopt;
  }
  used_.deflators.insert({{year, *own}, {*price_year_, *wanted}});
  return UsedInput{"deflation", to_ratio(*wanted) / to_ratio(*own), "", "",
                   "prices of " + std::to_string(*price_year_)};
}

std::string Valuation::result_currency(const Fact& fact,
                                       const std::vector<UsedInput>& inputs) const {
  std::string currency;
  for (const auto& input : inputs) {
    if (input.currency.empty() || input.name == "ppp") continue;
    if (!currency.empty() && currency != input.currency) return "?";
    currency = input.currency;
  }
  const auto& unit = facts_.traits[fact.trait].unit;
  return currency.empty() && is_unit(unit, "money") ? unit : currency;
}

std::optional<Worked> Valuation::work_out(const Fact& fact, std::size_t number) {
  const auto& method = methodology_.methods[number];
  const auto& trait = facts_.traits[fact.trait];
  Worked worked;
  worked.of_one = Ratio(1);
  bool complete = true;
  std::string goods_unit;
  for (std::size_t n = 0; n < method.inputs.size(); ++n) {
    const auto& quantity = method.inputs[n].quantity;
    if (quantity.empty()) {
      // A parity is one of a currency: that of the money named before it.
      auto input = find_input(fact, method, n, result_currency(fact, worked.inputs));
      if (input && method.inputs[n].price == "unit_price") goods_unit = input->unit;
      complete = complete && input;
      worked.inputs.push_back(input.value_or(UsedInput{}));
      continue;
    }
    worked.quantity = n;
    UsedInput own{method.formula.names()[n], Ratio(0), quantity, "", "the contribution"};
    if (quantity == "money") own.unit = own.currency = trait.unit;
    if (quantity == "goods") own.unit = trait.unit;
    if (quantity != "money" && quantity != "goods")
      worked.of_one = *convert_unit(trait.unit, quantity, methodology_.conventions);
    worked.inputs.push_back(std::move(own));
  }
  if (!complete) return std::nullopt;
  if (!goods_unit.empty()) {
    const auto one = convert_unit(trait.unit, goods_unit, methodology_.conventions);
    if (!one) {
      needs_.push_back({"unit_price", std::string(trait.detail("good")) + " for one " + trait.unit,
                        "", fact.year});
      return std::nullopt;
    }
    worked.of_one = *one;
    worked.inputs[worked.quantity].unit = goods_unit;
  }
  worked.currency = result_currency(fact, worked.inputs);
  if (worked.currency.empty() || worked.currency == "?") {
    needs_.push_back({"currency of the details", "", "", fact.year});
    return std::nullopt;
  }
  for (const auto& input : worked.inputs)
    if (input.name == "ppp" && !input.currency.empty() && input.currency != worked.currency) {
      needs_.push_back(
          {"ppp", worked.currency, country_of(facts_.partners[fact.provider]), fact.year});
      return std::nullopt;
    }
  const auto rate = method.ppp ? UsedInput{"rate", Ratio(1), "", "", "purchasing power parity"}
                               : find_rate(fact, worked.currency);
  const auto deflation = find_deflation(fact);
  if (!rate || !deflation) return std::nullopt;
  worked.rate = *rate;
  worked.deflation = *deflation;
  return worked;
}

Valuation::Plan Valuation::make_plan(const Fact& fact, std::size_t number) {
  Plan plan;
  needs_.clear();
  const auto worked = work_out(fact, number);
  plan.needs = std::move(needs_);
  if (!worked) return plan;
  const auto& formula = methodology_.methods[number].formula;
  for (const auto& input : worked->inputs) plan.values.push_back(input.value);
  plan.quantity = worked->quantity;
  plan.of_one = worked->of_one;
  plan.conversion = worked->deflation.value / worked->rate.value;
  plan.values[plan.quantity] = plan.of_one;
  const auto one = formula.compute(plan.values);
  plan.found = one.has_value();
  plan.proportional = plan.found && formula.is_proportional_to(plan.quantity);
  if (plan.proportional) plan.factor = Factor(*one * plan.conversion);
  return plan;
}

const Valuation::Plan& Valuation::plan_of(const Fact& fact, std::size_t method) {
  const auto key = key_of(fact, method);
  const auto found = plans_.find(key);
  if (found != plans_.end()) return found->second;
  return plans_.emplace(key, make_plan(fact, method)).first->second;
}

namespace {

/// A part of a formula that is computed for the whole contribution.
Ratio share_of(const Fact& fact) {
  return fact.whole == 0 || fact.whole == fact.amount ? Ratio(1) : Ratio(fact.amount, fact.whole);
}

Ratio whole_of(const Fact& fact) {
  return to_ratio(Decimal{fact.whole == 0 ? fact.amount : fact.whole, fact.scale});
}

}  // namespace

const std::vector<PriceNeed>& Valuation::needs_of(const Fact& fact, std::size_t method) {
  return plan_of(fact, method).needs;
}

std::optional<Amount> Valuation::value(const Fact& fact, std::size_t method) {
  const auto& plan = plan_of(fact, method);
  if (!plan.found) return std::nullopt;
  if (plan.proportional) return plan.factor.of(fact.amount, fact.scale);
  auto values = plan.values;
  values[plan.quantity] = plan.of_one * whole_of(fact);
  const auto native = methodology_.methods[method].formula.compute(values);
  if (!native) return std::nullopt;
  return to_amount(*native * share_of(fact) * plan.conversion);
}

Explanation Valuation::explain(const Fact& fact, std::size_t number) {
  const auto& method = methodology_.methods[number];
  auto worked = work_out(fact, number);
  if (!worked) throw Error(Kind::not_found, "this row has no value under " + method.id);
  Explanation told;
  told.method = method.id;
  told.formula = method.formula.text();
  worked->inputs[worked->quantity].value = worked->of_one * whole_of(fact);
  std::vector<Ratio> values;
  for (const auto& input : worked->inputs) values.push_back(input.value);
  const auto native = method.formula.compute(values);
  if (!native) throw Error(Kind::invalid, method.id + " divides by zero for this row");
  told.inputs = std::move(worked->inputs);
  told.share = share_of(fact);
  told.native = *native * told.share;
  told.currency = method.ppp ? "international dollars" : worked->currency;
  told.value = told.native * worked->deflation.value / worked->rate.value;
  std::vector<std::string> words;
  for (const auto& input : told.inputs) words.push_back(to_exact_string(to_amount(input.value)));
  told.spelled = method.formula.spell(words);
  told.rate = std::move(worked->rate);
  told.deflation = std::move(worked->deflation);
  return told;
}

}  // namespace austral::measurement
