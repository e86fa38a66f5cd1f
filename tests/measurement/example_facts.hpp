// Facts put together by hand, one contribution after another, for tests of methodologies.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "measurement/measure.hpp"

namespace austral::measurement {

/// What a contribution is, apart from its amount.
struct Gift {
  std::string provider = "KE", recipient = "UG";
  registry::Framework framework = registry::Framework::south_south;
  std::string modality, finance_type, flow_type;
  std::vector<std::pair<std::string, std::string>> details;
  int year = 2024;
  registry::ContributionKind kind = registry::ContributionKind::disbursement;
};

class HandMade {
 public:
  HandMade() : facts_(std::make_shared<Facts>()), prices_(std::make_shared<PriceList>()) {}

  HandMade& add(const std::string& unit, const std::string& amount, const Gift& gift = {}) {
    const auto value = *parse_decimal(amount);
    Trait trait;
    trait.kind = gift.kind;
    trait.framework = gift.framework;
    trait.unit = unit;
    if (!gift.modality.empty()) trait.modalities = {gift.modality};
    trait.finance_type = gift.finance_type;
    trait.flow_type = gift.flow_type;
    trait.details = gift.details;
    facts_->traits.push_back(std::move(trait));
    Fact fact;
    fact.initiative = fact.record = std::int64_t(facts_->rows.size()) + 1;
    fact.trait = std::uint32_t(facts_->traits.size() - 1);
    fact.provider = facts_->partners.add(gift.provider);
    fact.recipient = facts_->partners.add(gift.recipient);
    fact.day = make_date(gift.year, 7, 1)->days;
    fact.year = std::int16_t(gift.year);
    fact.scale = std::int8_t(value.scale);
    fact.counted = true;
    fact.sides = 3;
    fact.amount = fact.whole = value.mantissa;
    facts_->rows.push_back(fact);
    return *this;
  }

  HandMade& price(const std::string& series, const std::string& key, const std::string& value,
                  const std::string& currency = "") {
    prices_->add({series, key, "", *make_date(1990, 1, 1), no_end, *parse_decimal(value), "",
                  currency, "example", "example"});
    return *this;
  }

  /// A rate from one day on, units of the currency for one dollar.
  HandMade& price_from(int year, int month, int day, const std::string& currency,
                       const std::string& value) {
    prices_->add({"exchange_rate", currency, "", *make_date(year, month, day), no_end,
                  *parse_decimal(value), "", currency, "example", "example"});
    return *this;
  }

  Facts& facts() { return *facts_; }

  Answer measure(const Methodology& methodology, const MeasureOptions& options = {}) const {
    prices_->sort();
    return measurement::measure(std::make_shared<Methodology>(methodology), facts_, prices_,
                                options);
  }

 private:
  std::shared_ptr<Facts> facts_;
  std::shared_ptr<PriceList> prices_;
};

inline const Methodology& shipped_named(std::string_view name) {
  for (const auto& one : shipped_methodologies())
    if (one.name == name) return one;
  throw Error(Kind::not_found, "there is no methodology " + std::string(name));
}

/// The shipped one in another currency, so that amounts need no rates.
inline Methodology shipped_in(std::string_view name, const std::string& currency) {
  std::string text = shipped_named(name).text;
  const auto at = text.find("\ncurrency: ");
  text.replace(at + 1, text.find('\n', at + 1) - at - 1, "currency: " + currency);
  return read_methodology(text);
}

inline std::size_t place_of(const Answer& answer, std::string_view item) {
  const auto* found = answer.methodology->find_item(item);
  EXPECT_NE(found, nullptr) << item;
  return found ? std::size_t(found - answer.methodology->items.data()) : 0;
}

inline std::string sum_of(const Answer& answer, std::string_view item, int digits = 2) {
  return to_string(answer.sum_of(place_of(answer, item)), digits);
}

inline std::string count_of(const Answer& answer, std::string_view item, int digits = 0) {
  const auto place = place_of(answer, item);
  Amount sum;
  for (const auto& row : answer.counted)
    if (row.item == place) sum += row.quantity;
  return to_string(sum, digits);
}

/// The item, or why there is none, of each fact. Shape: by place in Facts::rows.
inline std::vector<std::string> places_of(const Answer& answer) {
  std::vector<std::string> places(answer.facts->rows.size());
  for (const auto& row : answer.valued) places[row.fact] = answer.methodology->items[row.item].code;
  for (const auto& row : answer.left_out)
    places[row.fact] = row.why == LeftOut::excluded ? answer.methodology->exclusions[row.rule].code
                                                    : boost::describe::enum_to_string(row.why, "?");
  return places;
}

}  // namespace austral::measurement
