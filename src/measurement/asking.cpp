// Understands questions and gathers what their answers need.
#include "measurement/asking.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "measurement/price_store.hpp"

namespace austral::measurement {
namespace {

int parse_year(std::string_view text) {
  return std::stoi(registry::parse_filter("year", text).value);
}

void add_years(FactQuestion& facts, std::string_view value) {
  const auto dash = value.find('-');
  facts.first_year = parse_year(trim(value.substr(0, dash)));
  facts.last_year =
      dash == std::string_view::npos ? facts.first_year : parse_year(trim(value.substr(dash + 1)));
  if (*facts.last_year < *facts.first_year)
    throw Error(Kind::invalid, "the years '" + std::string(value) +
                                   "' end before they begin; write them like 2010-2015");
}

}  // namespace

const std::vector<std::string>& choice_names() {
  static const std::vector<std::string> names = {"methodology", "year",   "provider",   "recipient",
                                                 "perspective", "method", "price_year", "kinds"};
  return names;
}

void add_choice(Asking& asking, std::string_view name, std::string_view value) {
  if (name == "methodology") {
    asking.methodology = value;
  } else if (name == "year") {
    add_years(asking.facts, value);
  } else if (name == "provider") {
    asking.facts.providers.push_back(registry::parse_filter(name, value).value);
  } else if (name == "recipient") {
    asking.facts.recipients.push_back(registry::parse_filter(name, value).value);
  } else if (name == "perspective") {
    if (!boost::describe::enum_from_string(std::string(value).c_str(), asking.options.side))
      throw Error(Kind::invalid, "'" + std::string(value) +
                                     "' is no perspective; there are reconciled, provider, "
                                     "recipient");
  } else if (name == "method") {
    asking.options.method = std::string(value);
  } else if (name == "kinds") {
    for (const auto kind : split(value, ',')) {
      registry::ContributionKind known{};
      const std::string word(trim(kind));
      if (!boost::describe::enum_from_string(word.c_str(), known))
        throw Error(Kind::invalid, "'" + word +
                                       "' is no kind of contribution; say commitment, "
                                       "disbursement, expenditure, budget ... with commas between");
      asking.options.kinds.push_back(word);
    }
  } else if (name == "price_year") {
    asking.options.price_year = parse_year(value);
  } else {
    asking.facts.filters.push_back(registry::parse_filter(name, value));
  }
}

Answer answer(store::Database& database, const Asking& asking) {
  return answer(database, asking, get_methodology(database, asking.methodology));
}

Answer answer(store::Database& database, const Asking& asking,
              std::shared_ptr<const Methodology> methodology) {
  auto facts = std::make_shared<Facts>(read_facts(database, asking.facts));
  split_modalities(*facts);
  auto prices = std::make_shared<PriceList>(read_prices(database));
  return measure(std::move(methodology), std::move(facts), std::move(prices), asking.options);
}

}  // namespace austral::measurement
