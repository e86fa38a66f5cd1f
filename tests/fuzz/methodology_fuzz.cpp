// Feeds any bytes to the reader of methodologies, and measures a few facts by what came of it.
#include "base/error.hpp"
#include "base/text.hpp"
#include "measurement/bridge.hpp"
#include "measurement/grant_element.hpp"
#include "measurement/measure.hpp"
#include "measurement/sums.hpp"

using namespace austral;
using namespace austral::measurement;

static std::shared_ptr<const Facts> make_facts() {
  auto facts = std::make_shared<Facts>();
  const auto provider = facts->partners.add("BR"), recipient = facts->partners.add("MZ");
  for (const auto* unit : {"USD", "BRL", "person-day", "person-hour", "TNE", "expert", "", "odd"})
    for (const auto* modality : {"", "C01", "D011", "E01"}) {
      Trait trait;
      trait.kind = registry::ContributionKind::disbursement;
      trait.framework = registry::Framework::south_south;
      trait.unit = unit;
      if (*modality) trait.modalities = {modality};
      trait.finance_type = *modality ? "110" : "421";
      trait.details = {{"grade", "senior"},  {"sex", "F"},      {"interest_rate", "2"},
                       {"maturity", "20"},   {"grace", "5"},    {"currency", "USD"},
                       {"unit_price", "12"}, {"monthly", "900"}};
      add_grant_element(trait);
      facts->traits.push_back(trait);
      Fact fact;
      fact.initiative = fact.record = std::int64_t(facts->rows.size()) / 2;
      fact.n = std::int32_t(facts->rows.size());
      fact.trait = std::uint32_t(facts->traits.size() - 1);
      fact.provider = provider;
      fact.recipient = recipient;
      fact.day = make_date(2020, 5, 2)->days;
      fact.year = 2020;
      fact.scale = 2;
      fact.counted = true;
      fact.amount = 123'456;
      fact.whole = fact.n % 2 ? 123'456 : 370'368;
      facts->rows.push_back(fact);
    }
  return facts;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto facts = make_facts();
  static const auto prices = std::make_shared<const PriceList>(shipped_prices());
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::shared_ptr<const Methodology> methodology;
  try {
    methodology = std::make_shared<const Methodology>(read_methodology(text));
  } catch (const Error& error) {
    const std::string_view what = error.what();
    if (error.kind() != Kind::invalid || !is_valid_utf8(what) || !what.starts_with("line "))
      std::abort();
    return 0;
  }
  if (!check_methodology(*methodology).empty()) std::abort();
  try {
    const auto answer = measure(methodology, facts, prices, {});
    // Every fact is valued, counted or left out.
    std::vector<bool> seen(facts->rows.size());
    for (const auto& row : answer.valued) seen[row.fact] = true;
    for (const auto& row : answer.counted) seen[row.fact] = true;
    for (const auto& row : answer.left_out) seen[row.fact] = true;
    for (const bool one : seen)
      if (!one) std::abort();
    for (const auto& row : answer.valued)
      if (to_amount(explain(answer, row).value) != row.value) std::abort();
    const auto items = sum_items(answer);
    for (const auto& total : methodology->totals) sum_of(answer, items, total.code);
    spread_items(answer);
  } catch (const Error& error) {
    if (error.kind() != Kind::invalid) std::abort();  // an amount beyond all bounds
  }
  return 0;
}
