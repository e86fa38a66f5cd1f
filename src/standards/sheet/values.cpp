// Numbers and truths out of cells, by the habit of their column.
#include "standards/sheet/values.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "standards/sheet/date_words.hpp"
#include "standards/sheet/number_words.hpp"

namespace austral::sheet {
namespace {

// One side has to speak this much louder before the other one counts as mistakes.
constexpr std::uint64_t louder = 10;

template <class Side>
Side louder_side(std::uint64_t left, Side left_side, std::uint64_t right, Side right_side) {
  if (left > right * louder) return left_side;
  if (right > left * louder) return right_side;
  return Side::unknown;
}

void keep_sample(std::string& sample, std::string_view words) {
  if (sample.empty()) sample = shorten(trim(words), 40);
}

NumberReading no_number(std::string_view words) {
  NumberReading out;
  out.trouble =
      "\"" + shorten(trim(words), 60) + "\" is no number; write digits alone, such as " + "1234.50";
  return out;
}

/// value * 10^zeros, exactly; nothing when 64 bits cannot hold it.
std::optional<Decimal> add_zeros(Decimal value, int zeros) {
  const int fewer = std::min(zeros, int(value.scale));
  value.scale -= fewer;
  Decimal factor{1, 0};
  for (int i = fewer; i < zeros; ++i) factor.mantissa *= 10;
  return multiply(value, factor, value.scale);
}

NumberReading make_number(const NumberParts& parts, bool decimals, std::string_view words) {
  NumberReading out;
  std::string text = parts.negative ? "-" : "";
  text += parts.before.empty() ? "0" : parts.before;
  if (decimals && !parts.behind.empty()) text += '.';
  text += parts.behind;
  if (!parts.exponent.empty()) text += 'E' + parts.exponent;
  out.value = parse_decimal(text);
  if (out.value && parts.zeros > 0) out.value = add_zeros(*out.value, parts.zeros);
  out.sized = parts.zeros > 0;
  out.percent = parts.percent;
  out.currency = parts.currency;
  if (!out.value)
    out.trouble = "\"" + shorten(trim(words), 60) +
                  "\" has more digits than can be held exactly (18); round it";
  return out;
}

}  // namespace

NumberReading read_number(std::string_view words, const ColumnShape& shape) {
  const NumberParts parts = take_number_apart(words);
  if (parts.verdict == NumberParts::none) return no_number(words);
  if (parts.verdict != NumberParts::doubtful)
    return make_number(parts, parts.verdict == NumberParts::decimals, words);
  const DecimalMark mark = shape.mark();
  const bool is_point = parts.mark == '.';
  const bool decimals =
      mark == DecimalMark::unknown ? is_point : (mark == DecimalMark::point) == is_point;
  NumberReading out = make_number(parts, decimals, words);
  out.guessed = mark == DecimalMark::unknown;
  return out;
}

NumberReading read_number(const SheetCell& cell, const ColumnShape& shape) {
  if (cell.kind == CellKind::words) return read_number(cell.text, shape);
  NumberReading out;
  if (cell.kind == CellKind::number) {
    out.value = parse_decimal(cell.text);
    if (!out.value)
      out.trouble =
          shorten(cell.text, 40) + " has more digits than can be held exactly (18); round it";
  } else if (cell.kind == CellKind::fault) {
    out.trouble = "the cell shows the error " + shorten(cell.text, 40) + " and no number";
  } else if (cell.kind == CellKind::date) {
    out.trouble = "the cell is formatted as a date (" + cell.text +
                  ") where a number is expected; change the cell's format to number";
  } else if (cell.kind == CellKind::truth) {
    out.trouble = "the cell says " + cell.text + " where a number is expected";
  } else {
    out.trouble = "the cell is empty";
  }
  return out;
}

std::optional<bool> read_truth(std::string_view words) {
  static const auto fold_all = [](std::initializer_list<const char*> words) {
    std::vector<std::string> out;
    for (const char* word : words) out.push_back(fold(word));
    std::sort(out.begin(), out.end());
    return out;
  };
  static const std::vector<std::string> yes =
      fold_all({"true", "yes", "y",         "t",   "1",          "oui", "vrai",   "o",   "sí",
                "si",   "s",   "verdadero", "sim", "verdadeiro", "да",  "истина", "نعم", "صحيح",
                "是",   "真",  "有",        "x",   "✓",          "✔",   "☑",      "√"});
  static const std::vector<std::string> no =
      fold_all({"false", "no", "n",   "f",  "0",  "non", "faux", "falso", "não", "nao", "нет",
                "ложь",  "لا", "خطأ", "否", "假", "无",  "✗",    "✘",     "☐",   "×"});
  const std::string small = fold(plain_signs(words));
  if (std::binary_search(yes.begin(), yes.end(), small)) return true;
  if (std::binary_search(no.begin(), no.end(), small)) return false;
  return std::nullopt;
}

void ColumnShape::add(const SheetCell& cell) {
  if (cell.kind == CellKind::words) return add(cell.text);
  if (cell.kind == CellKind::empty) return;
  ++filled_;
  if (cell.kind == CellKind::number) {
    ++numbers_;
    years_ += cell.text.size() == 4 && cell.text >= "1900" && cell.text <= "2100";
  }
  dates_ += cell.kind == CellKind::date;
  truths_ += cell.kind == CellKind::truth;
}

void ColumnShape::add(std::string_view words) {
  if (trim(words).empty()) return;
  ++filled_;
  add_number(words);
  add_date(words);
  if (words.size() < 40) truths_ += read_truth(words).has_value();
}

void ColumnShape::add_number(std::string_view words) {
  const NumberParts parts = take_number_apart(words);
  if (parts.verdict == NumberParts::none) return;
  ++numbers_;
  years_ += parts.verdict == NumberParts::whole && parts.before.size() == 4 &&
            parts.before >= "1900" && parts.before <= "2100" && !parts.negative;
  if (parts.verdict == NumberParts::doubtful) {
    ++(parts.mark == '.' ? point_doubts_ : comma_doubts_);
    keep_sample(doubt_sample_, words);
  } else if (parts.verdict == NumberParts::decimals || parts.groups_tell) {
    if (parts.mark == '.') ++points_, keep_sample(point_sample_, words);
    if (parts.mark == ',') ++commas_, keep_sample(comma_sample_, words);
  }
}

void ColumnShape::add_date(std::string_view words) {
  const DateParts parts = take_date_apart(words);
  if (parts.verdict == DateVerdict::either) {
    ++dates_;
    ++order_doubts_;
    keep_sample(order_sample_, words);
  } else if (parts.verdict == DateVerdict::day) {
    ++dates_;
    if (parts.first == 0 || parts.first == parts.second) return;
    if (parts.first == parts.day)
      ++day_first_, keep_sample(day_sample_, words);
    else
      ++month_first_, keep_sample(month_sample_, words);
  }
}

void ColumnShape::merge(const ColumnShape& other) {
  for (auto count :
       {&ColumnShape::filled_, &ColumnShape::numbers_, &ColumnShape::dates_, &ColumnShape::years_,
        &ColumnShape::truths_, &ColumnShape::points_, &ColumnShape::commas_,
        &ColumnShape::point_doubts_, &ColumnShape::comma_doubts_, &ColumnShape::day_first_,
        &ColumnShape::month_first_, &ColumnShape::order_doubts_})
    this->*count += other.*count;
  for (auto sample :
       {&ColumnShape::point_sample_, &ColumnShape::comma_sample_, &ColumnShape::doubt_sample_,
        &ColumnShape::day_sample_, &ColumnShape::month_sample_, &ColumnShape::order_sample_})
    if ((this->*sample).empty()) this->*sample = other.*sample;
}

DecimalMark ColumnShape::mark() const {
  if (told_mark_ != DecimalMark::unknown) return told_mark_;
  return louder_side(points_, DecimalMark::point, commas_, DecimalMark::comma);
}

DayOrder ColumnShape::order() const {
  if (told_order_ != DayOrder::unknown) return told_order_;
  return louder_side(day_first_, DayOrder::day_first, month_first_, DayOrder::month_first);
}

Findings ColumnShape::findings(std::string_view place) const {
  Findings out;
  const auto add = [&](const char* rule, std::string message) {
    out.push_back({Severity::warning, rule, std::string(place), std::move(message)});
  };
  const auto doubts = point_doubts_ + comma_doubts_;
  if (points_ > 0 && commas_ > 0)
    add("column.marks.mixed", "numbers of the column have both decimal points (" + point_sample_ +
                                  ") and decimal commas (" + comma_sample_ +
                                  "); write all of them in one way");
  if (mark() == DecimalMark::unknown && doubts > 0)
    add("column.marks.unknown",
        "the column does not tell whether " + doubt_sample_ + " means thousands or decimals (" +
            std::to_string(doubts) + (doubts == 1 ? " value" : " values") +
            "); commas were taken for thousands and points for decimals. Say which mark is meant");
  if (day_first_ > 0 && month_first_ > 0)
    add("column.days.mixed", "days of the column have the day first (" + day_sample_ +
                                 ") and the month first (" + month_sample_ +
                                 "); write all of them as YYYY-MM-DD");
  if (order() == DayOrder::unknown && order_doubts_ > 0)
    add("column.days.unknown", "the column does not tell which of the numbers in " + order_sample_ +
                                   " is the day (" + std::to_string(order_doubts_) +
                                   (order_doubts_ == 1 ? " value" : " values") +
                                   "); the first was taken. Say which is meant, or write "
                                   "YYYY-MM-DD");
  return out;
}

}  // namespace austral::sheet
