// How each kind of case is judged, corner by corner as the official validator does.
#include "standards/validation/rules_kinds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.hpp"
#include "standards/validation/rules_values.hpp"

namespace austral::validation {
namespace {

constexpr std::int64_t day_milliseconds = 86'400'000;
constexpr std::int64_t longest_period = 365;  // days: all of a leap year, from first to last

/// The elements below `top` that have one of these names, in the document's order.
template <class Visit>
void each_below(Node top, std::initializer_list<std::string_view> names, Visit visit) {
  for (auto node = top.first_child(); node;) {
    if (node.type() == node_element)
      for (const auto name : names)
        if (name == node.name_text()) visit(node);
    if (node.first_child()) {
      node = node.first_child();
      continue;
    }
    while (node != top && !node.next_sibling()) node = node.parent();
    if (node == top) return;
    node = node.next_sibling();
  }
}

std::string write_sum(double sum) {
  return std::isfinite(sum) ? fmt::format("{:.10g}", sum) : "not a number";
}

}  // namespace

template <class Passes>
bool Rule::judge_each(const Scope& scope, Blame& blame, Passes passes) const {
  if (!paths_) return true;
  thread_local Items items;
  items.clear();
  paths_->select(scope, items);
  std::string scratch;
  for (const auto& item : items)
    if (!passes(text_of(item, scratch))) blame.items.push_back(item);
  return blame.items.empty();
}

bool Rule::passes(const Scope& scope, std::int64_t now, Blame& blame) const {
  if (condition_ && !condition_->holds(scope)) return true;
  return (this->*judge_)(scope, now, blame) || is_excepted(scope);
}

/// Publishers in the register may keep identifiers that are older than the rules for them.
bool Rule::is_excepted(const Scope& scope) const {
  if (written_.except.empty() || !paths_) return false;
  Items items;
  paths_->select(scope, items);
  std::string scratch;
  return std::any_of(items.begin(), items.end(), [&](const Item& item) {
    const auto text = text_of(item, scratch);
    return written_.except == "NOT_EXISTING_ORG_ID" ? is_publisher(text)
                                                    : begins_with_publisher(text);
  });
}

bool Rule::at_least_one(const Scope& scope, std::int64_t, Blame&) const {
  return paths_ && paths_->exists(scope);
}

bool Rule::no_more_than_one(const Scope& scope, std::int64_t, Blame& blame) const {
  if (paths_) paths_->select(scope, blame.items);
  if (blame.items.size() <= 1) return true;
  blame.items.erase(blame.items.begin());
  return false;
}

bool Rule::only_one_of(const Scope& scope, std::int64_t, Blame& blame) const {
  if (paths_) paths_->select(scope, blame.items);
  return std::all_of(excluded_.begin(), excluded_.end(), [&](const Path& excluded) {
    return blame.items.size() == (excluded.exists(scope) ? 0u : 1u);
  });
}

/// Of the older dialect: all the paths lead somewhere, or none.
bool Rule::all_or_none(const Scope& scope, std::int64_t, Blame&) const {
  const auto present = std::count_if(excluded_.begin(), excluded_.end(),
                                     [&](const Path& path) { return path.exists(scope); });
  return present == 0 || std::size_t(present) == excluded_.size();
}

bool Rule::one_or_all(const Scope& scope, std::int64_t, Blame& blame) const {
  if (first_ && first_->exists(scope)) return true;
  const std::string& all = written_.parts[1];
  if (all == "lang")
    each_below(scope.node, {"narrative"}, [&](Node node) {
      if (!node.attribute("xml:lang")) blame.items.push_back({node, {}});
    });
  if (all == "currency")
    each_below(scope.node, {"value", "forecast", "loan-status"}, [&](Node node) {
      if (!node.attribute("currency")) blame.items.push_back({node, {}});
    });
  if (all == "sector")
    for (auto node = scope.node.child("transaction"); node; node = node.next_sibling("transaction"))
      if (!node.child("sector")) blame.items.push_back({node, {}});
  return blame.items.empty();
}

bool Rule::unique(const Scope& scope, std::int64_t, Blame& blame) const {
  Items items;
  if (paths_) paths_->select(scope, items);
  if (items.size() < 2) return true;
  std::set<std::string, std::less<>> seen;
  std::string scratch;
  for (const auto& item : items)
    if (!seen.emplace(text_of(item, scratch)).second) blame.items.push_back(item);
  return blame.items.empty();
}

bool Rule::sum(const Scope& scope, std::int64_t now, Blame& blame) const {
  return !paths_ || !paths_->exists(scope) || strict_sum(scope, now, blame);
}

bool Rule::strict_sum(const Scope& scope, std::int64_t, Blame& blame) const {
  if (paths_) paths_->select(scope, blame.items);
  double total = 0;
  std::string scratch;
  for (const auto& item : blame.items) total += read_loose_number(text_of(item, scratch));
  total = total == low_ ? total : round_to_four(total);
  if (total == low_) return true;
  blame.found = write_sum(total);
  return false;
}

std::optional<std::int64_t> Rule::find_moment(const std::optional<Path>& path, const Scope& scope,
                                              std::int64_t now, Item& item) const {
  if (!path) return now;
  item = path->find_first(scope);
  return item.attribute ? read_moment(item.attribute.value()) : std::nullopt;
}

bool Rule::date_order(const Scope& scope, std::int64_t now, Blame& blame) const {
  Item less_item, more_item;
  const auto less = find_moment(first_, scope, now, less_item);
  if (!less) return true;
  const auto more = find_moment(second_, scope, now, more_item);
  if (!more || *less <= *more) return true;
  if (less_item.node) blame.items.push_back(less_item);
  if (more_item.attribute)
    blame.found =
        fmt::format("{} and {}", less_item.attribute.value(), more_item.attribute.value());
  return false;
}

bool Rule::date_now(const Scope& scope, std::int64_t now, Blame& blame) const {
  Item item;
  const auto date = find_moment(first_, scope, now, item);
  if (!date || *date <= now) return true;
  blame.items.push_back(item);
  return false;
}

bool Rule::between_dates(const Scope& scope, std::int64_t now, Blame& blame) const {
  Item date_item, start_item, end_item;
  const auto date = find_moment(first_, scope, now, date_item);
  if (!date) return true;
  const auto start = find_moment(second_, scope, now, start_item);
  const auto end = find_moment(third_, scope, now, end_item);
  if (!start || !end || (*start <= *date && *date <= *end)) return true;
  blame.items.push_back(date_item);
  return false;
}

void Rule::find_later_dates(const Scope& scope, std::int64_t now, Items& late) const {
  const bool between = judge_ == &Rule::between_dates;
  if (!until_now_ && !between) return;
  thread_local Items items;
  items.clear();
  first_->select(scope, items);
  if (items.size() < 2) return;
  Item start_item, end_item;
  const auto start = between ? find_moment(second_, scope, now, start_item) : std::nullopt;
  const auto end = between ? find_moment(third_, scope, now, end_item) : now;
  if (!end || (between && !start)) return;
  for (std::size_t i = 1; i < items.size(); ++i) {
    const auto date = read_moment(items[i].attribute.value());
    if (date && (*date > *end || (start && *date < *start))) late.push_back(items[i]);
  }
}

bool Rule::time_limit(const Scope& scope, std::int64_t now, Blame& blame) const {
  Item start_item, end_item;
  const auto start = find_moment(first_, scope, now, start_item);
  const auto end = find_moment(second_, scope, now, end_item);
  if (!start || !end || (*end - *start) / day_milliseconds <= longest_period) return true;
  blame.items.push_back(end_item);
  blame.found = fmt::format("{} to {}", start_item.attribute.value(), end_item.attribute.value());
  return false;
}

bool Rule::regex_matches(const Scope& scope, std::int64_t, Blame& blame) const {
  return judge_each(scope, blame,
                    [&](std::string_view text) { return text.empty() || pattern_->matches(text); });
}

bool Rule::regex_no_matches(const Scope& scope, std::int64_t, Blame& blame) const {
  return judge_each(scope, blame, [&](std::string_view text) {
    return text.empty() || !pattern_->matches(text);
  });
}

bool Rule::starts_with(const Scope& scope, std::int64_t, Blame& blame) const {
  if (by_prefix_)
    return judge_each(scope, blame, [](std::string_view text) {
      const auto first = text.find('-');
      return first != text.npos && is_identifier_prefix(text.substr(0, text.find('-', first + 1)));
    });
  Items starts;
  if (first_) first_->select(scope, starts);
  const std::string& separator = written_.parts[1];
  std::string scratch;
  return judge_each(scope, blame, [&](std::string_view text) {
    return std::any_of(starts.begin(), starts.end(), [&](const Item& item) {
      const auto start = text_of(item, scratch);
      return text.starts_with(start) && text.substr(start.size()).starts_with(separator);
    });
  });
}

bool Rule::if_then(const Scope& scope, std::int64_t, Blame& blame) const {
  if (!if_->holds(scope) || then_->holds(scope)) return true;
  if (paths_) paths_->select(scope, blame.items);
  return false;
}

bool Rule::range(const Scope& scope, std::int64_t, Blame& blame) const {
  return judge_each(scope, blame, [&](std::string_view text) {
    const double number = read_loose_number(text);
    return low_ <= number && number <= high_;
  });
}

bool Rule::no_spaces(const Scope& scope, std::int64_t, Blame& blame) const {
  return judge_each(scope, blame, [](std::string_view text) { return trim(text) == text; });
}

}  // namespace austral::validation
