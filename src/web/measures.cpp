// Reads the facts of a question once, measures them as often as it is asked differently.
#include "web/measures.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>

#include "base/error.hpp"
#include "measurement/price_store.hpp"
#include "registry/link_store.hpp"
#include "store/journal.hpp"

namespace austral::web {
namespace {

using measurement::Answer;
using measurement::Asking;
using measurement::Facts;

constexpr auto patience = std::chrono::seconds(8);

void add_words_of(std::string& key, char mark, const std::vector<std::string>& values) {
  for (const auto& value : values) key += mark + std::to_string(value.size()) + ":" + value;
}

std::string facts_key(const measurement::FactQuestion& question) {
  std::string key;
  for (const auto& year : {question.first_year, question.last_year})
    key += year ? std::to_string(*year) + ";" : ";";
  add_words_of(key, 'p', question.providers);
  add_words_of(key, 'r', question.recipients);
  for (const auto& filter : question.filters)
    key += "f" + std::to_string(int(filter.dimension)) + "=" + std::to_string(filter.value.size()) +
           ":" + filter.value;
  return key;
}

std::string options_key(const Asking& asking, const measurement::Methodology& rules) {
  const auto& options = asking.options;
  std::string key = rules.digest + ";" + std::to_string(int(options.side));
  key += ";" + options.method.value_or("") + ";";
  if (options.price_year) key += std::to_string(*options.price_year);
  add_words_of(key, 'k', options.kinds);
  return key;
}

std::string state_of_facts(store::Database& database) {
  return std::to_string(store::revision_of(database)) +
         (registry::links_are_current(database) ? " linked" : "");
}

std::size_t size_of(const Facts& facts) {
  return facts.rows.size() * sizeof(measurement::Fact) + facts.traits.size() * 512 +
         facts.partners.size() * 96;
}

std::size_t size_of(const Answer& answer) {
  return answer.valued.size() * sizeof(measurement::ValuedRow) +
         answer.counted.size() * sizeof(measurement::CountedRow) +
         answer.left_out.size() * sizeof(measurement::LeftOutRow) +
         answer.needs.size() * sizeof(measurement::PriceNeed);
}

}  // namespace

Measures::Answered Measures::answer(store::Database& database, const Asking& asking,
                                    const Rules& rules) {
  return make(database, asking, rules, true);
}

Measures::Answered Measures::answer_once(store::Database& database, const Asking& asking,
                                         const Rules& rules) {
  return make(database, asking, rules, false);
}

Measures::Answered Measures::make(store::Database& database, const Asking& asking,
                                  const Rules& rules, bool keeps) {
  const auto question = facts_key(asking.facts);
  const auto how = options_key(asking, *rules);
  if (auto kept = find(state_of_facts(database), question, how)) return kept;
  const std::unique_lock turn(measuring_, patience);
  if (!turn)
    throw Error(Kind::unavailable,
                "Other questions are being measured at this moment. Try again in a few seconds.");
  const auto state = state_of_facts(database);  // before reading: a write in between makes it old
  if (auto kept = find(state, question, how)) return kept;
  Kept kept{question, nullptr, {}, 0};
  std::shared_ptr<const measurement::PriceList> prices;
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(kept_.begin(), kept_.end(),
                                    [&](const Kept& one) { return one.question == question; });
    if (found != kept_.end()) kept.facts = found->facts;
    prices = prices_;
  }
  if (!kept.facts) {
    auto facts = std::make_shared<Facts>(measurement::read_facts(database, asking.facts));
    measurement::split_modalities(*facts);
    kept.facts = std::move(facts);
    const std::lock_guard lock(mutex_);
    ++reads_;
  }
  if (!prices)
    prices = std::make_shared<measurement::PriceList>(measurement::read_prices(database));
  auto made = std::make_shared<const Answer>(
      measurement::measure(rules, kept.facts, prices, asking.options));
  const std::lock_guard lock(mutex_);
  if (state_ != state || state_of_facts(database) != state) return made;
  prices_ = prices;
  const auto found = std::find_if(kept_.begin(), kept_.end(),
                                  [&](const Kept& one) { return one.question == question; });
  if (found == kept_.end()) {
    kept.bytes = size_of(*kept.facts);
    kept_.push_front(std::move(kept));
  }
  if (keeps) keep(found == kept_.end() ? kept_.front() : *found, how, made);
  forget();
  return made;
}

Measures::Answered Measures::find(const std::string& state, const std::string& question,
                                  const std::string& how) {
  const std::lock_guard lock(mutex_);
  move_to(state);
  const auto found = std::find_if(kept_.begin(), kept_.end(),
                                  [&](const Kept& one) { return one.question == question; });
  if (found == kept_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found);
  for (const auto& [key, answer] : found->answers)
    if (key == how) return answer;
  return nullptr;
}

void Measures::keep(Kept& kept, const std::string& how, const Answered& answer) {
  kept.answers.emplace_front(how, answer);
  kept.bytes += size_of(*answer);
}

void Measures::move_to(const std::string& state) {
  if (state == state_) return;
  state_ = state;
  kept_.clear();
  prices_.reset();
}

/// Whole questions first, then the last one's older answers, then all: a page that is larger than
/// the bound is simply read again.
void Measures::forget() {
  const auto all = [&] {
    return std::accumulate(kept_.begin(), kept_.end(), std::size_t(0),
                           [](std::size_t sum, const Kept& one) { return sum + one.bytes; });
  };
  while (all() > most_ && kept_.size() > 1) kept_.pop_back();
  while (all() > most_ && !kept_.empty() && !kept_.front().answers.empty()) {
    kept_.front().bytes -= size_of(*kept_.front().answers.back().second);
    kept_.front().answers.pop_back();
  }
  if (all() > most_) kept_.clear();
}

std::size_t Measures::bytes() const {
  const std::lock_guard lock(mutex_);
  return std::accumulate(kept_.begin(), kept_.end(), std::size_t(0),
                         [](std::size_t sum, const Kept& one) { return sum + one.bytes; });
}

std::size_t Measures::reads() const {
  const std::lock_guard lock(mutex_);
  return reads_;
}

}  // namespace austral::web
