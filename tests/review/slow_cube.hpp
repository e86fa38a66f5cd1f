// The cube's answers made plainly: every initiative and contribution looked at one by one, texts
// compared as texts.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/deflator.hpp"
#include "codes/grouping.hpp"
#include "registry/coding.hpp"
#include "registry/facet.hpp"
#include "registry/fact_store.hpp"
#include "review/cube.hpp"

namespace austral::testing {

using registry::Dimension;
using Values = std::set<std::string>;
using Weighing = std::vector<std::pair<std::string, std::int64_t>>;

struct SlowContribution {
  registry::ContributionKind kind{};
  bool counted[3] = {};
  std::string year, provider, recipient, flow_type;
  std::optional<std::int64_t> cents;
  Weighing sectors, goals, modalities;
};

struct SlowInitiative {
  std::int64_t key = 0, records = 0;
  int began = 0;
  std::map<Dimension, Values> facets;
  Weighing sectors, goals;
  std::vector<SlowContribution> contributions;
};

inline Weighing read_weighing(std::string_view text) {
  Weighing weights;
  for (const auto one : split(text, ';')) {
    if (one.empty()) continue;
    const auto colon = one.find(':');
    weights.emplace_back(
        std::string(one.substr(0, colon)),
        colon == std::string_view::npos ? 1 : std::stoll(std::string(one.substr(colon + 1))));
  }
  return weights;
}

struct SlowAnswer {
  std::vector<std::pair<std::vector<std::string>, review::CubeSums>> rows;
  review::CubeSums total;
};

class SlowCube {
 public:
  explicit SlowCube(store::Database& database) {
    registry::read_initiative_facts(database, {}, [&](const registry::InitiativeFact& fact) {
      auto& one = all_.emplace_back();
      one.key = fact.key;
      one.records = fact.records;
      one.began = fact.year.value_or(0);
      const auto facets = registry::read_facets(fact.facets);
      for (const auto& facet : facets) one.facets[facet.dimension].insert(facet.value);
      weigh(one, facets);
      return true;
    });
    registry::read_contribution_facts(database, {}, [&](const registry::ContributionFact& fact) {
      for (auto& one : all_)
        if (one.key == fact.initiative) one.contributions.push_back(read(one, fact));
      return true;
    });
  }

  SlowAnswer group(const review::CubeQuestion& question) const;
  std::vector<std::int64_t> select(const std::vector<registry::Filter>& filters) const {
    std::vector<std::int64_t> keys;
    for (const auto& one : all_)
      if (fits(one, filters)) keys.push_back(one.key);
    return keys;
  }
  const std::vector<SlowInitiative>& all() const { return all_; }

 private:
  using Wanted = std::map<Dimension, std::vector<std::string>>;

  static void weigh(SlowInitiative& one, const std::vector<registry::Facet>& facets);
  static SlowContribution read(const SlowInitiative& of, const registry::ContributionFact& fact);
  static Values values_of(const SlowInitiative& one, const std::string& dimension);
  static bool fits(const SlowInitiative& one, const std::vector<registry::Filter>& filters);

  std::vector<SlowInitiative> all_;
};

inline void SlowCube::weigh(SlowInitiative& one, const std::vector<registry::Facet>& facets) {
  for (const auto& [code, weight] : registry::sector_weights(facets))
    one.sectors.emplace_back(code, weight);
  std::map<std::string, std::int64_t> goals;
  for (const auto& [goal, weight] : registry::goal_weights(facets)) {
    Values targets;
    for (const auto& target : one.facets[Dimension::target])
      if (target.starts_with(goal + ".")) targets.insert(target);
    if (targets.empty()) goals[goal] = weight * 12;
    for (const auto& target : targets) goals[target] = weight * 12 / std::int64_t(targets.size());
  }
  one.goals.assign(goals.begin(), goals.end());
}

inline SlowContribution SlowCube::read(const SlowInitiative& of,
                                       const registry::ContributionFact& fact) {
  SlowContribution one;
  one.kind = fact.kind;
  one.counted[0] = fact.counted;
  one.counted[1] = fact.by_provider;
  one.counted[2] = fact.by_recipient;
  if (fact.year) one.year = std::to_string(*fact.year);
  one.provider = fact.provider;
  one.recipient = fact.recipient;
  one.flow_type = fact.flow_type;
  one.cents = fact.usd_cents;
  one.sectors = fact.sectors.empty() ? of.sectors : read_weighing(fact.sectors);
  one.goals = fact.goals.empty() ? of.goals : read_weighing(fact.goals);
  one.modalities = read_weighing(fact.modality);
  for (auto* split : {&one.sectors, &one.goals, &one.modalities})
    if (split->empty()) split->emplace_back("", 1);
  return one;
}

/// The groupings of a kind, or those named, that a country is in.
inline Values groupings_of(const std::string& country, int year, std::string_view kind) {
  Values found;
  for (const auto& grouping : codes::all_groupings())
    if (grouping.kind == kind && codes::is_member(grouping.code, country, year))
      found.insert(std::string(grouping.code));
  return found;
}

inline std::string block_named(const std::string& category) {
  for (const auto& code : codes::get_list("category").all())
    if (code.code == category) return std::string(code.parent);
  return "";
}

inline std::string in_dimension(const std::string& code, const std::string& dimension) {
  if (dimension == "sector_block") return block_named(code.substr(0, 3));
  if (dimension == "sector") return code.substr(0, 3);
  if (dimension == "purpose") return code.size() == 5 ? code : "";
  if (dimension == "goal") return code.substr(0, code.find('.'));
  if (dimension == "target") return code.find('.') == std::string::npos ? "" : code;
  return code;
}

inline Values SlowCube::values_of(const SlowInitiative& one, const std::string& dimension) {
  const auto facet = [&](Dimension name) {
    const auto found = one.facets.find(name);
    return found == one.facets.end() ? Values{} : found->second;
  };
  Values values;
  if (const auto dot = dimension.find('.'); dot != std::string::npos)
    for (const auto& country :
         facet(dimension.starts_with("provider") ? Dimension::provider : Dimension::recipient))
      values.merge(groupings_of(country, one.began, dimension.substr(dot + 1)));
  else if (dimension == "sector_block")
    for (const auto& category : facet(Dimension::category))
      values.insert(in_dimension(category, dimension));
  else
    values =
        facet(dimension == "sector" ? Dimension::category : registry::parse_dimension(dimension));
  if (values.empty()) values.insert("");
  return values;
}

inline bool contains(const std::vector<std::string>& all, const std::string& value) {
  return std::find(all.begin(), all.end(), value) != all.end();
}

inline std::map<Dimension, std::vector<std::string>> by_dimension(
    const std::vector<registry::Filter>& filters) {
  std::map<Dimension, std::vector<std::string>> wanted;
  for (const auto& filter : filters) wanted[filter.dimension].push_back(filter.value);
  return wanted;
}

inline bool is_year_filter(Dimension dimension) {
  return dimension == Dimension::year || int(dimension) == 103 || int(dimension) == 104;
}

/// Whether one year passes `year`, `since` and `until`.
inline bool year_fits(const std::string& year, const std::vector<registry::Filter>& filters) {
  for (const auto& [dimension, values] : by_dimension(filters)) {
    bool any = !is_year_filter(dimension);
    for (const auto& value : values) {
      if (dimension == Dimension::year) any |= year == value;
      if (int(dimension) == 103) any |= !year.empty() && year >= value;
      if (int(dimension) == 104) any |= !year.empty() && year <= value;
    }
    if (!any) return false;
  }
  return true;
}

inline const char* name_of(Dimension dimension) {
  if (dimension == Dimension::category) return "sector";
  if (int(dimension) == 105) return "sector_block";
  return boost::describe::enum_to_string(dimension, "?");
}

inline bool SlowCube::fits(const SlowInitiative& one,
                           const std::vector<registry::Filter>& filters) {
  bool asks_year = false;
  for (const auto& [dimension, values] : by_dimension(filters)) {
    if (is_year_filter(dimension)) {
      asks_year = true;
      continue;
    }
    bool any = false;
    if (int(dimension) == 101 || int(dimension) == 102) {
      const auto side =
          one.facets.find(int(dimension) == 101 ? Dimension::provider : Dimension::recipient);
      if (side != one.facets.end())
        for (const auto& country : side->second)
          for (const auto& value : values) any |= codes::is_member(value, country, one.began);
    } else {
      for (const auto& value : values_of(one, name_of(dimension))) any |= contains(values, value);
    }
    if (!any) return false;
  }
  if (!asks_year) return true;
  const auto years = values_of(one, "year");
  return std::any_of(years.begin(), years.end(),
                     [&](const std::string& year) { return year_fits(year, filters); });
}

/// One part of a contribution after splitting over sectors, goals and modalities.
struct SlowPart {
  std::string sector, goal, modality;
  std::int64_t cents = 0;
};

inline std::vector<SlowPart> split_part(const std::vector<SlowPart>& parts, const Weighing& over,
                                        std::string SlowPart::*member) {
  std::vector<Decimal> weights;
  for (const auto& [code, weight] : over) weights.push_back({weight, 0});
  const bool any =
      std::any_of(over.begin(), over.end(), [](const auto& one) { return one.second > 0; });
  std::vector<SlowPart> split;
  for (const auto& part : parts) {
    const auto cents = split_by_weights(part.cents, weights);
    for (std::size_t i = 0; i < over.size(); ++i) {
      if (any && over[i].second == 0) continue;
      split.push_back(part);
      split.back().*member = over[i].first;
      split.back().cents = cents[i];
    }
  }
  return split;
}

inline void add_money(review::CubeSums& sums, registry::ContributionKind kind,
                      std::optional<std::int64_t> cents) {
  using registry::ContributionKind;
  ++sums.contributions;
  if (!cents) {
    ++sums.unpriced;
    return;
  }
  auto& sum = kind == ContributionKind::budget       ? sums.budgeted_cents
              : kind == ContributionKind::commitment ? sums.committed_cents
              : kind == ContributionKind::pledge     ? sums.pledged_cents
                                                     : sums.disbursed_cents;
  sum = sum.value_or(0) + *cents;
}

inline SlowAnswer SlowCube::group(const review::CubeQuestion& question) const {
  using registry::ContributionKind;
  std::map<std::vector<std::string>, review::CubeSums> rows;
  review::CubeSums total;
  const auto wanted = by_dimension(question.filters);
  const auto asked = [&](std::initializer_list<const char*> names) {
    for (const char* name : names) {
      if (contains(question.by, name)) return true;
      for (const auto& [dimension, values] : wanted)
        if (name_of(dimension) == std::string(name)) return true;
    }
    return false;
  };
  // A dimension that is filtered shows the values filtered for.
  const auto shown = [&](const std::string& dimension, const std::string& value) {
    if (dimension == "year") return year_fits(value, question.filters);
    for (const auto& [filtered, values] : wanted)
      if (name_of(filtered) == dimension && !contains(values, value)) return false;
    return true;
  };
  const auto cross = [&](const auto& values_in) {
    std::vector<std::vector<std::string>> keys = {{}};
    for (const auto& dimension : question.by) {
      std::vector<std::vector<std::string>> longer;
      for (const auto& key : keys)
        for (const auto& value : values_in(dimension))
          if (shown(dimension, value)) {
            longer.push_back(key);
            longer.back().push_back(value);
          }
      keys = longer;
    }
    return keys;
  };
  const std::set<std::string> own = {
      "provider", "recipient", "flow_type",   "modality",     "sector", "sector_block", "purpose",
      "goal",     "target",    "provider_in", "recipient_in", "since",  "until",        "year"};
  std::vector<registry::Filter> of_initiatives;
  for (const auto& filter : question.filters)
    if (!own.contains(name_of(filter.dimension)) && int(filter.dimension) <= 100)
      of_initiatives.push_back(filter);
  for (const auto& one : all_) {
    if (fits(one, question.filters)) {
      ++total.initiatives;
      total.records += one.records;
      if (!question.by.empty())
        for (const auto& key :
             cross([&](const std::string& dimension) { return values_of(one, dimension); })) {
          ++rows[key].initiatives;
          rows[key].records += one.records;
        }
    }
    if (!fits(one, of_initiatives)) continue;
    for (const auto& money : one.contributions) {
      if (!money.counted[int(question.perspective)]) continue;
      if (money.kind != ContributionKind::budget && money.kind != ContributionKind::commitment &&
          money.kind != ContributionKind::disbursement &&
          money.kind != ContributionKind::expenditure && money.kind != ContributionKind::pledge)
        continue;
      const auto& kinds = question.kinds;
      if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), money.kind) == kinds.end())
        continue;
      if (!shown("provider", money.provider) || !shown("recipient", money.recipient) ||
          !shown("year", money.year) || !shown("flow_type", money.flow_type))
        continue;
      const int year = money.year.empty() ? one.began : std::stoi(money.year);
      bool in = true;
      for (const auto& [dimension, values] : wanted)
        if (int(dimension) == 101 || int(dimension) == 102)
          in &= std::any_of(values.begin(), values.end(), [&](const std::string& grouping) {
            return codes::is_member(grouping,
                                    int(dimension) == 101 ? money.provider : money.recipient, year);
          });
      if (!in) continue;
      auto amount = money.cents;
      if (amount && question.price_year)
        amount = codes::to_constant_cents(*amount, money.year.empty() ? 0 : std::stoi(money.year),
                                          *question.price_year);
      std::vector<SlowPart> parts = {{"", "", "", amount.value_or(0)}};
      if (asked({"sector", "sector_block", "purpose"}))
        parts = split_part(parts, money.sectors, &SlowPart::sector);
      if (asked({"goal", "target"})) parts = split_part(parts, money.goals, &SlowPart::goal);
      if (asked({"modality"})) parts = split_part(parts, money.modalities, &SlowPart::modality);
      std::optional<std::int64_t> sum;
      std::map<std::vector<std::string>, std::int64_t> groups;
      for (const auto& part : parts) {
        bool passes = true;
        for (const char* dimension : {"sector", "sector_block", "purpose"})
          passes &= shown(dimension, in_dimension(part.sector, dimension));
        for (const char* dimension : {"goal", "target"})
          passes &= shown(dimension, in_dimension(part.goal, dimension));
        if (!passes || !shown("modality", part.modality)) continue;
        sum = sum.value_or(0) + part.cents;
        for (const auto& key : cross([&](const std::string& dimension) {
               if (dimension == "provider") return Values{money.provider};
               if (dimension == "recipient") return Values{money.recipient};
               if (dimension == "year") return Values{money.year};
               if (dimension == "flow_type") return Values{money.flow_type};
               if (dimension == "modality") return Values{part.modality};
               if (dimension == "goal" || dimension == "target")
                 return Values{in_dimension(part.goal, dimension)};
               if (dimension == "sector" || dimension == "sector_block" || dimension == "purpose")
                 return Values{in_dimension(part.sector, dimension)};
               if (const auto dot = dimension.find('.'); dot != std::string::npos) {
                 auto values = groupings_of(
                     dimension.starts_with("provider") ? money.provider : money.recipient, year,
                     dimension.substr(dot + 1));
                 if (values.empty()) values.insert("");
                 return values;
               }
               return values_of(one, dimension);
             }))
          groups[key] += part.cents;
      }
      if (!sum) continue;
      const auto priced = [&](std::int64_t cents) {
        return amount ? std::optional(cents) : std::nullopt;
      };
      add_money(total, money.kind, priced(*sum));
      if (!question.by.empty())
        for (const auto& [key, cents] : groups) add_money(rows[key], money.kind, priced(cents));
    }
  }
  SlowAnswer answer;
  answer.total = total;
  for (const auto& [key, sums] : rows) answer.rows.emplace_back(key, sums);
  return answer;
}

}  // namespace austral::testing
