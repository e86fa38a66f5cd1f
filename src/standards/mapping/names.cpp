// Folded labels of the lists, gathered once for each list.
#include "standards/mapping/names.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <unordered_map>

#include "base/catalogue.hpp"
#include "base/text.hpp"
#include "base/tsv.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "codes/exchange_rate.hpp"
#include "standards/mapping/mapping.hpp"

namespace austral::mapping {
namespace {

/// Folded name -> code; empty where several codes have the name.
using Names = std::unordered_map<std::string, std::string>;

void add_name(Names& names, std::string_view name, std::string_view code) {
  const auto [place, is_new] = names.emplace(fold(name), code);
  if (!is_new && place->second != code) place->second.clear();
}

Names gather_labels(std::string_view list) {
  Names names;
  for (const auto& code : codes::get_list(list).all()) {
    if (code.withdrawn) continue;
    for (const auto& [lang, label] : code.labels) add_name(names, label, code.code);
  }
  return names;
}

const Names& labels_of(std::string_view list) {
  static std::mutex mutex;
  static std::map<std::string, Names, std::less<>> lists;
  const std::lock_guard lock(mutex);
  const auto found = lists.find(list);
  if (found != lists.end()) return found->second;
  return lists.emplace(list, gather_labels(list)).first->second;
}

std::optional<std::string> look_up(const Names& names, std::string_view name) {
  const auto found = names.find(fold(name));
  if (found == names.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

/// Names of sectors as people say them, from the words that the search understands.
const std::map<std::string, Names, std::less<>>& everyday_names() {
  static const auto all = [] {
    std::map<std::string, Names, std::less<>> names;
    const TsvTable table = read_embedded_table("data/search/concept_names.tsv");
    const auto dimension = table.column("dimension"), code = table.column("code");
    for (const auto row : table.rows())
      for (std::size_t i = 0; i < table.columns().size(); ++i) {
        if (i == dimension || i == code) continue;
        for (const auto name : split(row[i], '|'))
          if (!name.empty()) add_name(names[std::string(row[dimension])], name, row[code]);
      }
    return names;
  }();
  return all;
}

std::optional<std::string> find_everyday(std::string_view dimension, std::string_view name) {
  const auto found = everyday_names().find(dimension);
  if (found == everyday_names().end()) return std::nullopt;
  return look_up(found->second, name);
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

struct KindName {
  std::string_view name;
  registry::ContributionKind kind;
};
constexpr auto named_kinds = [] {
  using enum registry::ContributionKind;
  return std::array<KindName, 15>{{{"commitment", commitment},
                                   {"disbursement", disbursement},
                                   {"expenditure", expenditure},
                                   {"pledge", pledge},
                                   {"budget", budget},
                                   {"planned_disbursement", planned_disbursement},
                                   {"incoming_funds", incoming_funds},
                                   {"incoming_commitment", incoming_commitment},
                                   {"incoming_pledge", incoming_pledge},
                                   {"interest_payment", interest_payment},
                                   {"loan_repayment", loan_repayment},
                                   {"reimbursement", reimbursement},
                                   {"equity_purchase", equity_purchase},
                                   {"equity_sale", equity_sale},
                                   {"guarantee", guarantee}}};
}();

}  // namespace

const std::vector<EverydayWord>& everyday_words() {
  static const auto all = [] {
    std::vector<EverydayWord> words;
    const TsvTable table = read_embedded_table("data/mappings/words.tsv");
    const auto list = table.column("list"), code = table.column("code"),
               word = table.column("word");
    for (const auto row : table.rows()) words.push_back({row[list], row[code], row[word]});
    return words;
  }();
  return all;
}

std::optional<std::string> find_everyday_code(std::string_view list, std::string_view words) {
  const std::string folded = fold(trim(words));
  for (const auto& one : everyday_words())
    if (one.list == list && fold(one.word) == folded) return std::string(one.code);
  return std::nullopt;
}

std::optional<std::string> find_code_named(std::string_view list, std::string_view name) {
  const auto text = trim(name);
  if (codes::get_list(list).find(text)) return std::string(text);
  return look_up(labels_of(list), text);
}

std::optional<SectorCode> find_sector_named(std::string_view name) {
  const auto text = trim(name);
  for (const auto scheme : {"purpose", "category"}) {
    if (codes::get_list(scheme).find(text)) return SectorCode{scheme, std::string(text)};
    if (const auto code = look_up(labels_of(scheme), text)) return SectorCode{scheme, *code};
    if (const auto code = find_everyday(scheme, text)) return SectorCode{scheme, *code};
  }
  if (all_digits(text) && (text.size() == 5 || text.size() == 3)) return std::nullopt;
  // `11220 - Primary education`, `112: Basic education`
  const auto gap = text.find_first_of(" -:.");
  const auto first = text.substr(0, gap);
  if (gap != std::string_view::npos && all_digits(first) && first.size() >= 3)
    return find_sector_named(first);
  return std::nullopt;
}

std::optional<GoalCode> find_goal_named(std::string_view name) {
  auto text = trim(name);
  std::string folded = fold(text);
  for (const std::string_view word : {"sdg", "ods", "odd", "goal", "target", "meta", "objetivo",
                                      "objectif", "цур", "目标", "الهدف"})
    if (folded.starts_with(word)) {
      folded = std::string(trim(std::string_view(folded).substr(word.size())));
      break;
    }
  const auto end = folded.find_first_of(" :-,;");
  const auto number = std::string_view(folded).substr(0, end);
  if (codes::get_list("goal").find(number)) return GoalCode{"goal", std::string(number)};
  if (codes::get_list("target").find(number)) return GoalCode{"target", std::string(number)};
  if (const auto code = look_up(labels_of("goal"), text)) return GoalCode{"goal", *code};
  return std::nullopt;
}

std::optional<registry::Place> find_place_named(std::string_view name) {
  const auto text = trim(name);
  registry::Place place;
  if (const auto* country = codes::find_country_named(text)) {
    place.kind = "country";
    place.code = std::string(country->alpha2);
    return place;
  }
  for (const auto& [list, vocabulary] :
       {std::pair{"region-m49", "m49"}, std::pair{"region-dac", "dac"}})
    if (const auto code = find_code_named(list, text)) {
      place.kind = "region";
      place.vocabulary = vocabulary;
      place.code = *code;
      return place;
    }
  return std::nullopt;
}

std::optional<std::string> find_currency_named(std::string_view name) {
  const auto text = trim(name);
  if (text.size() == 3) {
    std::string upper(text);
    for (char& c : upper)
      if (c >= 'a' && c <= 'z') c = char(c - 32);
    if (codes::is_currency(upper)) return upper;
  }
  static const Names names = [] {
    Names all;
    const TsvTable table = read_embedded_table("data/codes/currencies.tsv");
    const auto code = table.column("code"), to = table.column("to");
    for (const auto row : table.rows())
      if (row[to].empty())
        for (const auto& language : catalogue_languages())
          add_name(all, codes::currency_name(row[code], language), row[code]);
    for (const auto& one : everyday_words())
      if (one.list == "currency" && one.code != "?") all[fold(one.word)] = one.code;
    for (const auto& [word, code] :
         std::initializer_list<std::pair<const char*, const char*>>{{"US$", "USD"},
                                                                    {"US dollar", "USD"},
                                                                    {"US dollars", "USD"},
                                                                    {"U$S", "USD"},
                                                                    {"dólares", "USD"},
                                                                    {"RMB", "CNY"},
                                                                    {"yuan", "CNY"},
                                                                    {"人民币", "CNY"},
                                                                    {"€", "EUR"},
                                                                    {"euros", "EUR"},
                                                                    {"R$", "BRL"},
                                                                    {"reais", "BRL"},
                                                                    {"₹", "INR"},
                                                                    {"CFA", "XOF"},
                                                                    {"FCFA", "XOF"},
                                                                    {"美元", "USD"},
                                                                    {"долл. США", "USD"},
                                                                    {"دولار", "USD"},
                                                                    {"£", "GBP"}})
      all[fold(word)] = code;
    return all;
  }();
  return look_up(names, text);
}

std::optional<registry::ContributionKind> find_kind_named(std::string_view name) {
  std::string folded = fold(name);
  std::replace(folded.begin(), folded.end(), ' ', '_');
  for (const auto& one : named_kinds)
    if (folded == one.name || folded == std::string(one.name) + "s") return one.kind;
  if (const auto code = find_code_named("TransactionType", name)) {
    const int number = std::stoi(*code);
    return registry::ContributionKind(number);
  }
  return std::nullopt;
}

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const auto& one : named_kinds) names.emplace_back(one.name);
  return names;
}

bool means_nothing(std::string_view text) {
  text = trim(text);
  if (text.empty()) return true;
  if (text.find_first_not_of("-.–—_?/") == std::string_view::npos) return true;
  if (text.size() > 16) return false;
  const std::string folded = fold(text);
  for (const std::string_view word : {"n/a", "na", "n.a.", "#n/a", "nd", "n/d", "s/d", "null",
                                      "none", "not available", "нет данных", "غير متوفر", "不详"})
    if (folded == word) return true;
  return false;
}

std::string nearest_label(std::string_view list, std::string_view name) {
  std::vector<std::string> labels;
  for (const auto& code : codes::get_list(list).all())
    for (const auto& [lang, label] : code.labels) labels.emplace_back(label);
  return nearest_word(name, labels);
}

std::vector<std::string> part_places(std::string_view text) {
  const std::vector<std::string> whole = {std::string(trim(text))};
  if (find_place_named(text)) return whole;
  for (const std::string_view joint :
       {" and ", " et ", " y ", " e ", " и ", " و ", " و", "和", "及", "、", " & ", "،"}) {
    const auto at = text.rfind(joint);
    if (at == std::string_view::npos) continue;
    const auto behind = trim(text.substr(at + joint.size()));
    if (!find_place_named(behind)) continue;
    auto parts = part_places(text.substr(0, at));
    if (!std::all_of(parts.begin(), parts.end(),
                     [](const std::string& one) { return find_place_named(one).has_value(); }))
      continue;
    parts.emplace_back(behind);
    return parts;
  }
  return whole;
}

bool is_total_word(std::string_view text) {
  const std::string word = fold(text);
  for (const std::string_view total :
       {"total",       "totals", "subtotal",   "sub-total", "sub total", "grand total",
        "sum",         "totaux", "sous-total", "soma",      "suma",      "total general",
        "total geral", "итого",  "всего",      "المجموع",   "الإجمالي",  "مجموع",
        "合计",        "总计",   "小计",       "共计"}) {
    const std::string folded = fold(total);
    if (word == folded ||
        (word.starts_with(folded) && word.size() > folded.size() &&
         std::string_view(" :=").find(word[folded.size()]) != std::string_view::npos &&
         word.size() < 40))
      return true;
  }
  return false;
}

}  // namespace austral::mapping
