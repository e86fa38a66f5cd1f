// Walks two answers side by side, fact by fact.
#include "measurement/bridge.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/error.hpp"

namespace austral::measurement {
namespace {

/// One side's row of a fact, found by walking: answers are in the order of facts.
class Walk {
 public:
  explicit Walk(const Answer& answer) : answer_(answer) {}
  const ValuedRow* value_of(std::uint32_t fact) { return find(answer_.valued, value_, fact); }
  const LeftOutRow* reason_of(std::uint32_t fact) { return find(answer_.left_out, reason_, fact); }

 private:
  template <class Row>
  static const Row* find(const std::vector<Row>& rows, std::size_t& at, std::uint32_t fact) {
    while (at < rows.size() && rows[at].fact < fact) ++at;
    return at < rows.size() && rows[at].fact == fact ? &rows[at] : nullptr;
  }
  const Answer& answer_;
  std::size_t value_ = 0, reason_ = 0;
};

BridgeRow compare(std::uint32_t fact, const ValuedRow* left, const ValuedRow* right,
                  const LeftOutRow* reason, const Answer& one, const Answer& other) {
  BridgeRow row;
  row.fact = fact;
  if (left) {
    row.left_item = left->item;
    row.left = left->value;
  }
  if (right) {
    row.right_item = right->item;
    row.right = right->value;
  }
  if (!left || !right) {
    row.cause = left ? BridgeCause::only_left : BridgeCause::only_right;
    if (reason) {
      row.why = reason->why;
      if (reason->why == LeftOut::excluded) row.rule = reason->rule;
    }
  } else if (left->value == right->value) {
    row.cause = BridgeCause::same;
  } else {
    const auto &by = one.methodology->methods[left->method],
               &by_other = other.methodology->methods[right->method];
    row.cause = by.id == by_other.id && by.formula.text() == by_other.formula.text()
                    ? BridgeCause::prices
                    : BridgeCause::method;
  }
  return row;
}

Amount size_of(const Amount& amount) { return amount < Amount{} ? Amount{} - amount : amount; }

}  // namespace

Bridge bridge(const Answer& left, const Answer& right) {
  if (left.facts != right.facts)
    throw Error(Kind::invalid, "two answers are bridged over the same facts");
  if (left.methodology->currency != right.methodology->currency)
    throw Error(Kind::invalid, left.methodology->name + " is in " + left.methodology->currency +
                                   " and " + right.methodology->name + " in " +
                                   right.methodology->currency +
                                   "; a bridge needs one currency: change `currency:` of one");
  Bridge result;
  Walk one(left), other(right);
  using StepKey = std::tuple<BridgeCause, int, int, int, int>;
  std::map<StepKey, BridgeStep> steps;
  for (std::uint32_t fact = 0; fact < left.facts->rows.size(); ++fact) {
    const auto *left_row = one.value_of(fact), *right_row = other.value_of(fact);
    if (!left_row && !right_row) continue;
    const auto* reason =
        left_row ? (right_row ? nullptr : other.reason_of(fact)) : one.reason_of(fact);
    auto row = compare(fact, left_row, right_row, reason, left, right);
    result.left += row.left;
    result.right += row.right;
    const StepKey key{row.cause, row.left_item ? *row.left_item : -1,
                      row.right_item ? *row.right_item : -1, row.why ? int(*row.why) : -1,
                      row.rule};
    auto [step, fresh] = steps.try_emplace(key, BridgeStep{row, 0});
    if (!fresh) {
      step->second.like.left += row.left;
      step->second.like.right += row.right;
    }
    ++step->second.rows;
    if (row.cause != BridgeCause::same) result.rows.push_back(row);
  }
  for (auto& [key, step] : steps) result.steps.push_back(std::move(step));
  std::stable_sort(result.steps.begin(), result.steps.end(), [](const auto& a, const auto& b) {
    return size_of(a.like.difference()) > size_of(b.like.difference());
  });
  return result;
}

std::vector<MirrorRow> mirror(std::shared_ptr<const Methodology> methodology,
                              std::shared_ptr<const Facts> facts,
                              std::shared_ptr<const PriceList> prices,
                              const MeasureOptions& options) {
  std::map<std::tuple<std::string, std::string, int>, MirrorRow> pairs;
  for (const auto side : {Side::provider, Side::recipient}) {
    auto asked = options;
    asked.side = side;
    const auto answer = measure(methodology, facts, prices, asked);
    for (const auto& row : answer.valued) {
      const auto& fact = facts->rows[row.fact];
      auto& pair =
          pairs[{facts->partners[fact.provider], facts->partners[fact.recipient], fact.year}];
      pair.provider = fact.provider;
      pair.recipient = fact.recipient;
      pair.year = fact.year;
      (side == Side::provider ? pair.by_provider : pair.by_recipient) += row.value;
      ++(side == Side::provider ? pair.provider_rows : pair.recipient_rows);
    }
  }
  std::vector<MirrorRow> rows;
  for (const auto& [key, row] : pairs) rows.push_back(row);
  return rows;
}

}  // namespace austral::measurement
