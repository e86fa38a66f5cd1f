// Contributions one by one: valued with their formulas, left out with their reasons, bridged.
#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/unit.hpp"
#include "measurement/sums.hpp"
#include "measurement/table_parts.hpp"
#include "measurement/tables.hpp"
#include "measurement/valuation.hpp"
#include "registry/fact_store.hpp"

namespace austral::measurement {

std::string unit_label(const std::string& unit, const std::string& language) {
  const auto* known = codes::find_unit(unit);
  return known ? std::string(codes::label_of(*known, language)) : unit;
}

namespace {

using Shapes = std::vector<std::pair<std::string, ColumnKind>>;

/// The first columns of every table of contributions.
Shapes fact_shapes(const Shapes& more) {
  Shapes shapes{{"initiative", ColumnKind::code}, {"title", ColumnKind::text},
                {"day", ColumnKind::date},        {"provider", ColumnKind::code},
                {"recipient", ColumnKind::code},  {"stated", ColumnKind::number},
                {"unit", ColumnKind::text}};
  shapes.insert(shapes.end(), more.begin(), more.end());
  return shapes;
}

/// Initiatives as people know them; only those of one page are asked for.
class FactLines {
 public:
  FactLines(store::Database& database, const Facts& facts, const std::vector<std::uint32_t>& rows)
      : facts_(facts) {
    std::vector<std::int64_t> keys;
    for (const auto row : rows) keys.push_back(facts.rows[row].initiative);
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    for (auto& line : registry::list_lines(database, keys))
      lines_.emplace(line.key, std::pair(line.identifier, line.title));
  }

  std::vector<Cell> cells(std::uint32_t number, const std::string& language) const {
    const auto& fact = facts_.rows[number];
    const auto& trait = facts_.traits[fact.trait];
    const auto line = lines_.find(fact.initiative);
    const auto partner = [&](std::uint32_t n) { return facts_.partners[n]; };
    return {line == lines_.end() ? Cell() : Cell(line->second.first),
            line == lines_.end() ? Cell() : Cell(line->second.second),
            fact.year == 0 ? Cell() : Cell(to_string(Date{fact.day})),
            partner(fact.provider),
            partner(fact.recipient),
            Decimal{fact.amount, fact.scale},
            unit_label(trait.unit, language)};
  }
  std::string link(std::uint32_t number) const {
    const auto line = lines_.find(facts_.rows[number].initiative);
    return line == lines_.end() ? "" : "/initiatives/" + percent_encode(line->second.first);
  }

 private:
  const Facts& facts_;
  std::map<std::int64_t, std::pair<std::string, std::string>> lines_;
};

template <class Row>
std::vector<Row> cut(const std::vector<Row>& rows, const PageOf& page) {
  const auto first = std::min(page.offset, rows.size());
  const auto count = page.limit ? std::min(page.limit, rows.size() - first) : rows.size() - first;
  return {rows.begin() + std::ptrdiff_t(first), rows.begin() + std::ptrdiff_t(first + count)};
}

/// A valued or a counted row.
struct ItemRow {
  std::uint32_t fact = 0;
  std::uint16_t item = 0;
  const ValuedRow* valued = nullptr;
  Amount quantity;
};

bool belongs(const Methodology& of, std::size_t item, const std::string& code) {
  if (code.empty() || of.items[item].code == code || of.groups[of.items[item].group].code == code)
    return true;
  for (const auto& total : of.totals)
    if (total.code == code)
      return std::any_of(total.of.begin(), total.of.end(),
                         [&](const auto& part) { return belongs(of, item, part); });
  return false;
}

std::vector<ItemRow> rows_behind(const Answer& answer, const std::string& code) {
  std::vector<ItemRow> rows;
  for (const auto& row : answer.valued)
    if (belongs(*answer.methodology, row.item, code))
      rows.push_back({row.fact, row.item, &row, {}});
  for (const auto& row : answer.counted)
    if (belongs(*answer.methodology, row.item, code))
      rows.push_back({row.fact, row.item, nullptr, row.quantity});
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& one, const auto& other) { return one.fact < other.fact; });
  return rows;
}

std::string sources_of(const Explanation& told) {
  std::string words;
  for (const auto& input : told.inputs)
    if (input.source != "the contribution")
      words += (words.empty() ? "" : "; ") + input.name + " " +
               to_exact_string(to_amount(input.value)) + ": " + input.source;
  return words;
}

void check_code(const Methodology& of, const std::string& code) {
  if (code.empty() || of.find_item(code)) return;
  const auto known = [&](const auto& list) {
    return std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.code == code; });
  };
  if (!known(of.groups) && !known(of.totals))
    throw Error(Kind::not_found,
                "the methodology " + of.name + " has no group, item or total '" + code + "'");
}

std::vector<std::uint32_t> facts_of(const auto& rows) {
  std::vector<std::uint32_t> facts;
  for (const auto& row : rows) facts.push_back(row.fact);
  return facts;
}

}  // namespace

Table rows_table(const Answer& answer, store::Database& database, const std::string& code,
                 const PageOf& page, const std::string& language) {
  const auto& words = get_language(language);
  const auto& of = *answer.methodology;
  check_code(of, code);
  Table table;
  head_table(table, "rows", answer, words);
  table.columns = name_columns(words,
                               fact_shapes({{"code", ColumnKind::code},
                                            {"quantity", ColumnKind::number},
                                            {"method", ColumnKind::code},
                                            {"formula", ColumnKind::text},
                                            {"native", ColumnKind::number},
                                            {"currency", ColumnKind::code},
                                            {"rate", ColumnKind::number},
                                            {"rate_source", ColumnKind::text},
                                            {"amount", ColumnKind::money},
                                            {"inputs", ColumnKind::text}}),
                               of.currency);
  const auto all = rows_behind(answer, code);
  const auto rows = cut(all, page);
  const FactLines names(database, *answer.facts, facts_of(rows));
  Valuation valuation(answer);
  for (const auto& row : rows) {
    auto cells = names.cells(row.fact, language);
    cells.push_back(of.items[row.item].code);
    if (row.valued) {
      const auto told = valuation.explain(answer.facts->rows[row.fact], row.valued->method);
      cells.insert(cells.end(),
                   {Cell(), told.method, told.spelled, quantity_cell(to_amount(told.native)),
                    told.currency, quantity_cell(to_amount(told.rate.value)), told.rate.source,
                    amount_cell(row.valued->value, of.decimals), sources_of(told)});
    } else {
      cells.push_back(quantity_cell(row.quantity));
    }
    cells.resize(table.columns.size());
    table.rows.push_back(std::move(cells));
    table.links.push_back(names.link(row.fact));
  }
  table.total_rows = all.size();
  return table;
}

Table left_out_rows_table(const Answer& answer, store::Database& database,
                          const std::string& reason, const PageOf& page,
                          const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  head_table(table, "left_out_rows", answer, words);
  table.columns = name_columns(
      words, fact_shapes({{"reason", ColumnKind::code}, {"why", ColumnKind::text}}), "");
  std::vector<LeftOutRow> all;
  for (const auto& row : answer.left_out)
    if (reason.empty() || reason_code(answer, row.why, row.rule) == reason) all.push_back(row);
  const auto rows = cut(all, page);
  const FactLines names(database, *answer.facts, facts_of(rows));
  for (const auto& row : rows) {
    auto cells = names.cells(row.fact, language);
    cells.push_back(reason_code(answer, row.why, row.rule));
    cells.push_back(reason_words(answer, row.why, row.rule, language));
    table.rows.push_back(std::move(cells));
    table.links.push_back(names.link(row.fact));
  }
  table.total_rows = all.size();
  return table;
}

namespace {

std::string code_of_item(const Answer& answer, const std::optional<std::uint16_t>& item) {
  return item ? answer.methodology->items[*item].code : std::string();
}

std::string cause_words(const BridgeRow& row, const Answer& left, const Answer& right,
                        const std::string& language) {
  const auto& words = get_language(language);
  auto text = words.t(std::string("measure.cause.") +
                      std::string(boost::describe::enum_to_string(row.cause, "")));
  if (row.why)
    text += ": " + reason_words(row.cause == BridgeCause::only_left ? right : left, *row.why,
                                row.rule, language);
  return text;
}

void head_bridge(Table& table, const std::string& name, const Answer& left, const Answer& right,
                 const Language& words) {
  head_table(table, name, left, words);
  table.title = words.t("measure.bridge.title",
                        {{"left", std::string(pick(left.methodology->title, words.code()))},
                         {"right", std::string(pick(right.methodology->title, words.code()))}});
  table.source = left.methodology->source + " " + right.methodology->source;
  table.notes.insert(
      table.notes.begin() + 1,
      words.t("measure.note.methodology",
              {{"name", right.methodology->name},
               {"version", right.methodology->version},
               {"status", words.t(std::string("measure.status.") + right.methodology->status)},
               {"hash", right.methodology->digest.substr(0, 16)}}));
}

}  // namespace

namespace {

/// One side's steps, so that they add up to its rounded total and what is the same in both answers
/// is the same figure on both sides.
std::vector<Amount> round_side(const Bridge& bridge, const Amount& total, Amount BridgeRow::*side,
                               int digits) {
  std::vector<Amount> same, others;
  for (const auto& step : bridge.steps)
    (step.like.cause == BridgeCause::same ? same : others).push_back(step.like.*side);
  same = round_parts(same, digits);
  Amount rest = round_whole(total, digits);
  for (const auto& amount : same) rest -= amount;
  // A side without a step must stay without.
  std::vector<Amount> some;
  for (const auto& amount : others)
    if (!amount.is_zero()) some.push_back(amount);
  some = round_parts(some, digits, rest);
  std::vector<Amount> all;
  auto from_same = same.begin(), from_some = some.begin();
  for (const auto& step : bridge.steps) {
    if (step.like.cause == BridgeCause::same)
      all.push_back(*from_same++);
    else
      all.push_back((step.like.*side).is_zero() ? Amount{} : *from_some++);
  }
  return all;
}

}  // namespace

Table bridge_table(const Bridge& bridge, const Answer& left, const Answer& right,
                   const std::string& language) {
  const auto& words = get_language(language);
  const int digits = left.methodology->decimals;
  Table table;
  head_bridge(table, "bridge", left, right, words);
  table.columns = name_columns(words,
                               {{"cause", ColumnKind::text},
                                {"left_item", ColumnKind::code},
                                {"right_item", ColumnKind::code},
                                {"rows", ColumnKind::number},
                                {"left", ColumnKind::money},
                                {"right", ColumnKind::money},
                                {"difference", ColumnKind::money}},
                               left.methodology->currency);
  const auto lefts = round_side(bridge, bridge.left, &BridgeRow::left, digits),
             rights = round_side(bridge, bridge.right, &BridgeRow::right, digits);
  Amount left_sum, right_sum;
  std::int64_t rows = 0;
  for (std::size_t n = 0; n < bridge.steps.size(); ++n) {
    const auto& step = bridge.steps[n];
    table.rows.push_back(
        {cause_words(step.like, left, right, language), code_of_item(left, step.like.left_item),
         code_of_item(right, step.like.right_item), step.rows, amount_cell(lefts[n], digits),
         amount_cell(rights[n], digits), amount_cell(rights[n] - lefts[n], digits)});
    left_sum += lefts[n];
    right_sum += rights[n];
    rows += step.rows;
  }
  table.rows.push_back({words.t("measure.bridge.total"),
                        {},
                        {},
                        rows,
                        amount_cell(left_sum, digits),
                        amount_cell(right_sum, digits),
                        amount_cell(right_sum - left_sum, digits)});
  table.total_rows = table.rows.size();
  return table;
}

Table bridge_rows_table(const Bridge& bridge, const Answer& left, const Answer& right,
                        store::Database& database, const PageOf& page,
                        const std::string& language) {
  const auto& words = get_language(language);
  const int digits = left.methodology->decimals;
  Table table;
  head_bridge(table, "bridge_rows", left, right, words);
  table.columns = name_columns(words,
                               fact_shapes({{"cause", ColumnKind::text},
                                            {"left_item", ColumnKind::code},
                                            {"right_item", ColumnKind::code},
                                            {"left", ColumnKind::money},
                                            {"right", ColumnKind::money},
                                            {"difference", ColumnKind::money}}),
                               left.methodology->currency);
  const auto rows = cut(bridge.rows, page);
  const FactLines names(database, *left.facts, facts_of(rows));
  for (const auto& row : rows) {
    auto cells = names.cells(row.fact, language);
    cells.insert(cells.end(),
                 {cause_words(row, left, right, language), code_of_item(left, row.left_item),
                  code_of_item(right, row.right_item),
                  row.left_item ? amount_cell(row.left, digits) : Cell(),
                  row.right_item ? amount_cell(row.right, digits) : Cell(),
                  amount_cell(row.difference(), digits)});
    table.rows.push_back(std::move(cells));
    table.links.push_back(names.link(row.fact));
  }
  table.total_rows = bridge.rows.size();
  return table;
}

Table mirror_table(const std::vector<MirrorRow>& rows, const Methodology& methodology,
                   const Facts& facts, const std::string& language) {
  const auto& words = get_language(language);
  Table table;
  table.name = "mirror";
  table.title = words.t("measure.mirror.title");
  table.definition = words.t("measure.mirror.definition");
  table.source = methodology.source;
  table.revision = std::to_string(facts.revision);
  table.columns = name_columns(words,
                               {{"provider", ColumnKind::code},
                                {"recipient", ColumnKind::code},
                                {"year", ColumnKind::year},
                                {"by_provider", ColumnKind::money},
                                {"by_recipient", ColumnKind::money},
                                {"difference", ColumnKind::money},
                                {"provider_rows", ColumnKind::number},
                                {"recipient_rows", ColumnKind::number}},
                               methodology.currency);
  for (const auto& row : rows) {
    const bool both = row.provider_rows > 0 && row.recipient_rows > 0;
    table.rows.push_back(
        {facts.partners[row.provider], facts.partners[row.recipient],
         row.year ? Cell(std::int64_t(row.year)) : Cell(),
         row.provider_rows ? amount_cell(row.by_provider, methodology.decimals) : Cell(),
         row.recipient_rows ? amount_cell(row.by_recipient, methodology.decimals) : Cell(),
         both ? amount_cell(row.by_recipient - row.by_provider, methodology.decimals) : Cell(),
         row.provider_rows, row.recipient_rows});
  }
  table.total_rows = table.rows.size();
  return table;
}

}  // namespace austral::measurement
