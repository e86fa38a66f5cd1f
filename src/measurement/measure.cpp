// Puts each fact where a methodology wants it: left out and why, valued, counted.
#include "measurement/measure.hpp"

#include <algorithm>
#include <set>
#include <thread>
#include <unordered_map>

#include "base/error.hpp"
#include "measurement/conversion.hpp"
#include "measurement/matcher.hpp"
#include "measurement/valuation.hpp"

namespace austral::measurement {
namespace {

constexpr std::uint16_t no_place = 0xffff;

/// Where the rules put a fact; the same for all of one trait, partners and year.
struct Verdict {
  bool in = false;  ///< neither out of scope nor excluded
  LeftOut why = LeftOut::no_item;
  std::uint16_t rule = 0;
  std::uint16_t item = no_place, counted = no_place;
};

/// Who, for whom, when; or a trait in a kind of setting.
struct ThreeNumbers {
  std::uint32_t first, second;
  std::int32_t third;
  bool operator==(const ThreeNumbers&) const = default;
};
struct ThreeNumbersHash {
  std::size_t operator()(const ThreeNumbers& key) const {
    std::uint64_t mixed = (std::uint64_t(key.first) << 32 | key.second) * 0x9e3779b97f4a7c15u;
    mixed ^= std::uint32_t(key.third) + (mixed >> 29);
    return mixed * 0xff51afd7ed558ccdu;
  }
};

/// Tells settings apart by what a methodology asks of them alone: a rule that asks for developing
/// providers knows two kinds of providers, whoever and whenever they are.
class SettingKinds {
 public:
  SettingKinds(const Methodology& methodology, const Facts& facts) : facts_(facts) {
    add(methodology.scope);
    for (const auto& exclusion : methodology.exclusions) add(exclusion.when);
    for (const auto& item : methodology.items) add(item.when);
  }
  bool empty() const { return asked_.empty(); }

  std::uint32_t kind_of(const Fact& fact) {
    const ThreeNumbers key{fact.provider, fact.recipient, fact.year};
    if (known_.empty() || !(key == last_key_)) {
      const auto [found, fresh] = known_.try_emplace(key, 0);
      if (fresh) found->second = find_kind(fact);
      last_key_ = key;
      last_ = found->second;
    }
    return last_;
  }

 private:
  void add(const std::vector<Condition>& any) {
    for (const auto& one : any) {
      for (const auto* fields : {&one.any, &one.none})
        for (const auto& [field, patterns] : *fields)
          for (const auto& pattern : patterns)
            if (asks_setting(field)) add({.any = {{field, {pattern}}}, .none = {}, .spans = {}});
      for (const auto& [field, span] : one.spans)
        if (asks_setting(field))
          asked_.push_back({{.any = {}, .none = {}, .spans = {{field, span}}}});
    }
  }
  void add(Condition question) {
    for (const auto& known : asked_)
      if (known[0].any == question.any) return;
    asked_.push_back({std::move(question)});
  }

  std::uint32_t find_kind(const Fact& fact) {
    static const Trait nothing;
    const Setting setting{facts_.partners[fact.provider], facts_.partners[fact.recipient],
                          fact.year};
    std::string answers;
    for (const auto& question : asked_) answers += holds(question, nothing, setting) ? '1' : '0';
    return kinds_.try_emplace(std::move(answers), std::uint32_t(kinds_.size())).first->second;
  }

  const Facts& facts_;
  std::vector<std::vector<Condition>> asked_;  // each of one question
  std::map<std::string, std::uint32_t> kinds_;
  std::unordered_map<ThreeNumbers, std::uint32_t, ThreeNumbersHash> known_;
  ThreeNumbers last_key_{};
  std::uint32_t last_ = 0;
};

/// Applies a methodology's rules; remembers what it has answered.
class Rules {
 public:
  Rules(const Methodology& methodology, const Facts& facts, const std::vector<std::string>& kinds)
      : of_(methodology),
        facts_(facts),
        kinds_(kinds.empty() ? methodology.kinds : kinds),
        settings_(methodology, facts),
        by_trait_(facts.traits.size()) {}

  const Verdict& verdict(const Fact& fact) {
    auto& known = by_trait_[fact.trait];
    if (known.state == State::unknown)
      known.state = needs_setting(fact.trait) ? State::varies : State::settled;
    if (known.state == State::settled) {
      if (!known.made) {
        known.verdict = decide(fact);
        known.made = true;
      }
      return known.verdict;
    }
    const auto [found, fresh] = by_setting_.try_emplace({fact.trait, settings_.kind_of(fact), 0});
    if (fresh) found->second = decide(fact);
    return found->second;
  }

 private:
  enum class State : std::uint8_t { unknown, settled, varies };
  struct Known {
    State state = State::unknown;
    bool made = false;
    Verdict verdict;
  };

  /// A trait that is out of scope whatever the setting needs none: the common case.
  bool needs_setting(std::uint32_t number) const {
    if (settings_.empty()) return false;
    const auto& trait = facts_.traits[number];
    if (!is_of_kind(trait)) return false;
    return asks_setting(of_.scope) || holds(of_.scope, trait, {});
  }

  bool is_of_kind(const Trait& trait) const {
    const std::string_view kind = boost::describe::enum_to_string(trait.kind, "");
    return std::find(kinds_.begin(), kinds_.end(), kind) != kinds_.end();
  }

  Verdict decide(const Fact& fact) const {
    const auto& trait = facts_.traits[fact.trait];
    const Setting setting{facts_.partners[fact.provider], facts_.partners[fact.recipient],
                          fact.year};
    Verdict verdict;
    if (!is_of_kind(trait)) {
      verdict.why = LeftOut::kind;
      return verdict;
    }
    if (!holds(of_.scope, trait, setting)) {
      verdict.why = LeftOut::scope;
      return verdict;
    }
    for (std::size_t n = 0; n < of_.exclusions.size(); ++n)
      if (holds(of_.exclusions[n].when, trait, setting)) {
        verdict.why = LeftOut::excluded;
        verdict.rule = std::uint16_t(n);
        return verdict;
      }
    verdict.in = true;
    verdict.item = find_item(false, trait, setting);
    verdict.counted = find_item(true, trait, setting);
    return verdict;
  }

  std::uint16_t find_item(bool counted, const Trait& trait, const Setting& setting) const {
    for (const bool otherwise : {false, true})
      for (std::size_t n = 0; n < of_.items.size(); ++n) {
        const auto& item = of_.items[n];
        if (item.otherwise != otherwise || item.unit == "initiative") continue;
        if ((of_.groups[item.group].kind == GroupKind::counted) != counted) continue;
        if (holds(item.when, trait, setting)) return std::uint16_t(n);
      }
    return no_place;
  }

  const Methodology& of_;
  const Facts& facts_;
  const std::vector<std::string>& kinds_;
  SettingKinds settings_;
  std::vector<Known> by_trait_;
  std::unordered_map<ThreeNumbers, Verdict, ThreeNumbersHash> by_setting_;  // of trait and kind
};

/// Measures one span of facts.
class Span {
 public:
  Span(const Answer& answer, std::optional<std::size_t> method)
      : answer_(answer),
        of_(*answer.methodology),
        facts_(*answer.facts),
        method_(method),
        rules_(of_, facts_, answer.options.kinds),
        valuation_(answer) {}

  void run(std::size_t first, std::size_t last) {
    for (auto n = first; n < last; ++n) {
      try {
        measure_one(std::uint32_t(n));
      } catch (const Error&) {  // an absurd amount is its publisher's fault, not the question's
        leave(std::uint32_t(n), LeftOut::too_large);
      }
    }
  }

  std::vector<ValuedRow> valued;
  std::vector<CountedRow> counted;
  std::vector<LeftOutRow> left_out;
  std::set<PriceNeed> needs;
  const Valuation::Used& used() const { return valuation_.used(); }

 private:
  bool is_asked(const Fact& fact) const {
    switch (answer_.options.side) {
      case Side::provider: return fact.sides & registry::provider_side;
      case Side::recipient: return fact.sides & registry::recipient_side;
      default: return fact.counted;
    }
  }

  void measure_one(std::uint32_t n) {
    const auto& fact = facts_.rows[n];
    if (fact.superseded) return leave(n, LeftOut::superseded);
    const auto& verdict = rules_.verdict(fact);
    if (!verdict.in) return leave(n, verdict.why, verdict.rule);
    if (!is_asked(fact)) return leave(n, LeftOut::told_by_another);
    if (verdict.counted != no_place) count(n, fact, verdict.counted);
    if (verdict.item != no_place) return value(n, fact, verdict.item);
    if (verdict.counted == no_place) leave(n, LeftOut::no_item);
  }

  void leave(std::uint32_t n, LeftOut why, std::uint16_t rule = 0) {
    left_out.push_back({n, why, rule});
  }

  void count(std::uint32_t n, const Fact& fact, std::uint16_t place) {
    const auto& item = of_.items[place];
    const auto& unit = facts_.traits[fact.trait].unit;
    auto [known, fresh] = units_.try_emplace({fact.trait, place});
    if (fresh) {
      const auto one = item.unit == "as-given" ? std::optional(Ratio(1))
                                               : convert_unit(unit, item.unit, of_.conventions);
      if (one) known->second = Factor(*one);
    }
    counted.push_back({n, place, known->second.of(fact.amount, fact.scale)});
  }

  void value(std::uint32_t n, const Fact& fact, std::uint16_t place) {
    const auto& item = of_.items[place];
    bool fit = false;
    if (method_ &&
        std::find(item.methods.begin(), item.methods.end(), *method_) != item.methods.end() &&
        try_method(n, fact, place, *method_, fit))
      return;
    for (const auto method : item.methods)
      if (try_method(n, fact, place, method, fit)) return;
    if (!fit) return leave(n, LeftOut::no_method);
    if (fact.year == 0) return leave(n, LeftOut::no_date);
    leave(n, LeftOut::no_price);
    for (const auto method : item.methods)
      if (valuation_.fits(method, fact.trait))
        for (const auto& need : valuation_.needs_of(fact, method)) needs.insert(need);
  }

  bool try_method(std::uint32_t n, const Fact& fact, std::uint16_t place, std::size_t method,
                  bool& fit) {
    if (!valuation_.fits(method, fact.trait)) return false;
    fit = true;
    const auto amount = valuation_.value(fact, method);
    if (amount) valued.push_back({n, place, std::uint16_t(method), *amount});
    return amount.has_value();
  }

  const Answer& answer_;
  const Methodology& of_;
  const Facts& facts_;
  std::optional<std::size_t> method_;
  Rules rules_;
  Valuation valuation_;
  std::map<std::pair<std::uint32_t, std::uint16_t>, Factor> units_;
};

std::optional<std::size_t> find_method(const Methodology& methodology,
                                       const std::optional<std::string>& id) {
  if (!id) return std::nullopt;
  std::string known;
  for (std::size_t n = 0; n < methodology.methods.size(); ++n) {
    if (methodology.methods[n].id == *id) return n;
    known += (known.empty() ? "" : ", ") + methodology.methods[n].id;
  }
  throw Error(Kind::invalid, "the methodology " + methodology.name + " has no method '" + *id +
                                 "'; there are " + known);
}

template <class Row>
void append(std::vector<Row>& all, std::vector<Row>& part) {
  if (all.empty())
    all = std::move(part);
  else
    all.insert(all.end(), part.begin(), part.end());
}

constexpr std::size_t rows_worth_a_thread = 20'000;

}  // namespace

Answer measure(std::shared_ptr<const Methodology> methodology, std::shared_ptr<const Facts> facts,
               std::shared_ptr<const PriceList> prices, const MeasureOptions& options,
               std::shared_ptr<const RateBook> rates) {
  Answer answer;
  answer.methodology = std::move(methodology);
  answer.facts = std::move(facts);
  answer.prices = std::move(prices);
  answer.rates = rates ? std::move(rates) : std::make_shared<const RateBook>();
  answer.options = options;
  const auto method = find_method(*answer.methodology, options.method);
  const auto size = answer.facts->rows.size();
  const std::size_t wanted =
      options.threads ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  const auto threads = std::min(wanted, size / rows_worth_a_thread + 1);
  std::vector<std::unique_ptr<Span>> spans;
  for (std::size_t n = 0; n < threads; ++n) spans.push_back(std::make_unique<Span>(answer, method));
  std::vector<std::exception_ptr> failures(threads);
  const auto run = [&](std::size_t n) {
    try {
      spans[n]->run(size * n / threads, size * (n + 1) / threads);
    } catch (...) {
      failures[n] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t n = 1; n < threads; ++n) others.emplace_back(run, n);
    run(0);
  }
  std::set<PriceNeed> needs;
  std::set<const Price*> used;  // they lie in one list, so that addresses are in its order
  for (std::size_t n = 0; n < threads; ++n) {
    if (failures[n]) std::rethrow_exception(failures[n]);
    append(answer.valued, spans[n]->valued);
    append(answer.counted, spans[n]->counted);
    append(answer.left_out, spans[n]->left_out);
    needs.merge(spans[n]->needs);
    const auto& looked_up = spans[n]->used();
    used.insert(looked_up.prices.begin(), looked_up.prices.end());
    answer.used.rates.insert(looked_up.rates.begin(), looked_up.rates.end());
    answer.used.deflators.insert(looked_up.deflators.begin(), looked_up.deflators.end());
  }
  answer.needs.assign(needs.begin(), needs.end());
  answer.used.prices.assign(used.begin(), used.end());
  return answer;
}

Amount Answer::sum_of(std::size_t item) const {
  Amount sum;
  for (const auto& row : valued)
    if (row.item == item) sum += row.value;
  return sum;
}

Explanation explain(const Answer& answer, const ValuedRow& row) {
  return Valuation(answer).explain(answer.facts->rows[row.fact], row.method);
}

}  // namespace austral::measurement
