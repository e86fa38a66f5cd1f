// Folds observations of the OECD's Data Explorer into rows of an activity file.
#include "standards/crs/observation.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "base/text.hpp"
#include "codes/country.hpp"
#include "standards/rows/areas.hpp"
#include "standards/rows/reading.hpp"
#include "standards/rows/values.hpp"

namespace austral::crs {
namespace {

using F = Field;

constexpr std::string_view total = "_T";
constexpr std::ptrdiff_t most_open = 8;  // rows that are the same but for their amounts
constexpr F dimensions[] = {F::provider,       F::recipient, F::purpose, F::flow,
                            F::parent_channel, F::aid_type,  F::unit};
/// What tells the amount of an observation, and goes into the amount's column with it.
constexpr F measured[] = {F::observation, F::flow_kind, F::price_base, F::multiplier,
                          F::decimals,    F::drilldown, F::unit};

const std::string& value(const rows::Line& line, F field) { return line.values[+field]; }

bool is_group(const std::string& code) {
  const auto* area = rows::find_area(code);
  return area && area->kind == rows::AreaKind::group;
}

/// The column of an amount; nothing for another kind of flow or of prices.
std::optional<F> column_of(std::string_view flow, std::string_view price) {
  const bool commitment = flow == "C" || flow == "115", disbursement = flow == "D" || flow == "112";
  if (!commitment && !disbursement) return std::nullopt;
  if (price == "V") return commitment ? F::commitment : F::disbursement;
  if (price == "Q") return commitment ? F::commitment_constant : F::disbursement_constant;
  return std::nullopt;
}

/// One observation on its way into a row.
class ObservationReading {
 public:
  ObservationReading(rows::Line& line, Findings& findings) : line_(line), findings_(findings) {}

  void read() {
    for (const F field : measured) at(field) = rows::upper_code(rows::to_code(at(field)));
    const bool sum = is_aggregate(line_);
    if (sum) mark_sum();
    read_area(F::provider);
    read_area(F::recipient);
    if (at(F::purpose).size() == 3 && at(F::sector).empty())
      std::swap(at(F::purpose), at(F::sector));
    const auto field = read_amount();
    read_ties(field);
    if (field) drop_labels();
  }

 private:
  std::string& at(F field) { return line_.values[+field]; }

  void add(Severity severity, const char* rule, F field, std::string message) {
    findings_.push_back({severity, rule, line_.cell(columns(), +field), std::move(message)});
  }

  /// A sum has no number: its dimensions are one.
  void mark_sum() {
    std::string number;
    for (const F field : dimensions)
      if (field != F::unit) number += (number.empty() ? "" : ".") + at(field);
    at(F::crs_id) = number;
    at(F::drilldown) = total;
  }

  void read_area(F field) {
    auto& code = at(field);
    code = rows::to_code(code);
    if (const auto* area = rows::find_area(code)) {
      if (area->kind != rows::AreaKind::group) code = area->dac;
      return;
    }
    const auto* country = code.size() == 3 ? codes::find_country(code) : nullptr;
    if (!country || country->alpha3 != code) return;
    const auto dac = country->dac.empty() ? country->dac_provider : country->dac;
    if (!dac.empty()) code = dac;
  }

  /// Millions, whatever power of ten the file's figures have.
  std::optional<std::string> in_millions(F field) {
    bool rounded = false;
    const auto figure = rows::read_figure(at(field), &rounded);
    const auto power = parse_decimal(at(F::multiplier).empty() ? "6" : at(F::multiplier));
    if (!figure || !power || power->scale != 0 || power->mantissa < -6 || power->mantissa > 18)
      return std::nullopt;
    const auto millions = rows::times_ten(*figure, int(power->mantissa) - 6);
    if (!millions || !rows::times_ten(*millions, 6)) return std::nullopt;
    if (rounded)
      add(Severity::remark, "crs.amount.rounded", field,
          "'" + at(field) + "' has more digits than can be held; it is rounded to 12 decimals");
    return millions->is_zero() ? std::string() : to_string(*millions);
  }

  std::optional<F> read_amount() {
    if (at(F::observation).empty()) return std::nullopt;
    const auto field = column_of(at(F::flow_kind), at(F::price_base));
    if (!field) {
      add(Severity::error, "crs.observation.kind",
          at(F::flow_kind).empty() ? F::price_base : F::flow_kind,
          "FLOW_TYPE '" + shorten(at(F::flow_kind), 20) + "' with PRICE_BASE '" +
              shorten(at(F::price_base), 20) +
              "' is no amount that is known here (C commitments or D disbursements; V current or "
              "Q constant prices); it is kept as it stands and not counted");
      return std::nullopt;
    }
    if (at(F::unit) != "USD" && !at(F::unit).empty()) {
      add(Severity::error, "crs.observation.unit", F::unit,
          "the amount is in '" + shorten(at(F::unit), 20) +
              "', not in USD; it is kept as it stands and not counted: export the dataflow in US "
              "dollars");
      return std::nullopt;
    }
    auto millions = in_millions(F::observation);
    if (!millions) {
      add(Severity::error, "crs.amount.unreadable", F::observation,
          "'" + shorten(at(F::observation), 60) + "' times ten to the power '" +
              shorten(at(F::multiplier), 20) +
              "' is no figure that can be held exactly. It is kept as it stands and not counted");
      return std::nullopt;
    }
    if (at(F::multiplier).empty())
      add(Severity::warning, "crs.observation.power", F::observation,
          "UNIT_MULT is not given; the amount is taken for millions, as the CRS has it");
    const bool sum = at(F::drilldown) == total;
    for (const F one : measured) at(one).clear();
    if (sum) at(F::drilldown) = total;
    if (*field == F::commitment || *field == F::disbursement) at(F::base_year).clear();
    at(*field) = std::move(*millions);
    return field;
  }

  /// Tied and untied parts belong to the prices of the amount beside them.
  void read_ties(std::optional<F> amount) {
    if (!amount) return;
    const bool constant = *amount == F::commitment_constant || *amount == F::disbursement_constant;
    constexpr std::tuple<F, std::size_t, std::size_t> ties[] = {
        {F::untied, 28, 31}, {F::partly_untied, 29, 32}, {F::tied, 30, 33}};
    for (const auto& [from, current, deflated] : ties) {
      auto& to = line_.values[constant ? deflated : current];
      if (at(from).empty() || !to.empty()) continue;
      if (const auto millions = in_millions(from)) {
        to = *millions;
        at(from).clear();
      }
    }
  }

  /// Words beside codes that were understood.
  void drop_labels() {
    for (std::size_t i = +F::first_label; i <= +F::last_label; ++i) line_.values[i].clear();
    std::erase_if(line_.others, [](const auto& other) {
      return columns().find(other.first) != rows::Columns::none;
    });
  }

  rows::Line& line_;
  Findings& findings_;
};

bool is_amount(std::size_t column) {
  for (const F field :
       {F::commitment, F::disbursement, F::commitment_constant, F::disbursement_constant})
    if (column == +field) return true;
  return column >= 28 && column <= 33;
}

/// Values that may differ between observations of one row, and are then told together.
bool is_beside(std::size_t column) {
  return column == +F::microdata || column == +F::base_year || column == +F::status;
}

/// What rows that become one agree in.
std::string describe(const rows::Line& line) {
  std::string text;
  for (std::size_t i = 0; i < line.values.size(); ++i)
    if (!is_amount(i) && !is_beside(i)) text += line.values[i] + '\n';
  for (const auto& [name, other] : line.others) text += name + '\t' + other + '\n';
  return text;
}

/// Whether rows that agree in all else have their amounts in different columns.
bool can_join(const rows::Line& row, const rows::Line& line) {
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const auto &left = row.values[i], &right = line.values[i];
    if (i == +F::microdata || left.empty() || right.empty()) continue;
    if (is_amount(i) || (is_beside(i) && left != right)) return false;
  }
  return true;
}

void join(rows::Line& row, rows::Line& line) {
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    auto &left = row.values[i], &right = line.values[i];
    if (left.empty())
      left = std::move(right);
    else if (i == +F::microdata && !right.empty() &&
             (";" + left + ";").find(";" + right + ";") == std::string::npos)
      left += ";" + right;
  }
}

}  // namespace

bool is_observation(const rows::Line& line) {
  return !value(line, F::observation).empty() || !value(line, F::price_base).empty();
}

bool is_aggregate(const rows::Line& line) {
  for (const F field : dimensions)
    if (value(line, field) == total) return true;
  if (is_group(value(line, F::provider)) || is_group(value(line, F::recipient))) return true;
  const auto& drilldown = value(line, F::drilldown);
  if (!drilldown.empty()) return drilldown == total;
  return value(line, F::crs_id).empty() && value(line, F::microdata).empty();
}

std::string key_of_aggregate(const rows::Line& line) {
  std::string key = rows::to_code(value(line, F::year));
  if (key.empty()) return {};
  for (const F field : dimensions) key += "\n" + value(line, field);
  return key;
}

std::vector<rows::Line> fold_observations(std::vector<rows::Line> lines, Findings& findings) {
  std::vector<rows::Line> rows;
  std::unordered_map<std::string, std::vector<std::size_t>> alike;  // by what rows agree in
  for (auto& line : lines) {
    if (is_observation(line)) ObservationReading(line, findings).read();
    auto& places = alike[describe(line)];
    const auto last = places.end() - std::min<std::ptrdiff_t>(most_open, std::ssize(places));
    const auto same = std::find_if(last, places.end(),
                                   [&](std::size_t place) { return can_join(rows[place], line); });
    if (same == places.end()) {
      places.push_back(rows.size());
      rows.push_back(std::move(line));
    } else {
      join(rows[*same], line);
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].n = i;
  return rows;
}

bool is_aggregate_row(const Activity& row) { return row[F::drilldown] == total; }

}  // namespace austral::crs
