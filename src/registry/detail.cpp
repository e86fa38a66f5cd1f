// Details as text, and what a record's formats kept of loans, salaries and codes.
#include "registry/detail.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "base/tsv.hpp"

namespace austral::registry {
namespace {

/// Schemes of codes that rules ask for, and the column in which TOSSD keeps rows that differ.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> asked_schemes = {
    {{"concessionality", "tossd/Concessionality"},
     {"financing-arrangement", "tossd/FinancingArrangement"},
     {"keyword", "tossd/keywords"},
     {"pillar", "tossd/Tossdpillar2"}}};

constexpr std::string_view row_mark = "row ";

bool is_kept_column(std::string_view path) {
  return path.starts_with("tossd/") || path.starts_with("crs/") ||
         path.starts_with("crs-add/loan-terms/");
}

void append_escaped(std::string& text, std::string_view part) {
  for (std::size_t i = 0; i < part.size(); ++i) {
    const char letter = part[i];
    const bool at_end = i == 0 || i + 1 == part.size();
    if (letter == ';' || letter == '=' || letter == '\\' || (letter == ' ' && at_end)) text += '\\';
    text += letter;
  }
}

/// Takes letters up to an unescaped `stop` (or `;`), without the plain spaces around them.
std::string take_part(std::string_view& text, char stop, char& stopped) {
  std::string part;
  std::size_t keep = 0;  // letters that no trimming takes away
  stopped = 0;
  while (!text.empty()) {
    const char letter = text.front();
    text.remove_prefix(1);
    if (letter == '\\' && !text.empty()) {
      part += text.front();
      text.remove_prefix(1);
      keep = part.size();
    } else if (letter == stop || letter == ';') {
      stopped = letter;
      break;
    } else if (letter != ' ' || !part.empty()) {
      part += letter;
      if (letter != ' ') keep = part.size();
    }
  }
  part.resize(keep);
  return part;
}

void add_detail(Details& all, std::string_view name, std::string_view value) {
  if (!value.empty()) all.push_back({std::string(name), std::string(value)});
}

/// Years between two days, to a hundredth: a year has 365.25 days.
std::string years_between(Date from, Date to) {
  const auto years = divide({(std::int64_t(to.days) - from.days) * 100, 2}, {36525, 2}, 2);
  return years ? to_string(normalise(*years)) : std::string();
}

std::vector<KnownDetail> read_known_details() {
  static const TsvTable table = read_embedded_table("data/codes/details.tsv");
  const auto name = table.column("name"), unit = table.column("unit"),
             meaning = table.column("meaning");
  std::vector<KnownDetail> all;
  for (const auto row : table.rows()) all.push_back({row[name], row[unit], row[meaning]});
  return all;
}

}  // namespace

const std::vector<KnownDetail>& known_details() {
  static const auto all = read_known_details();
  return all;
}

std::string write_details(const Details& details, std::string_view between) {
  std::string text;
  for (const auto& [name, value] : details) {
    if (name.empty()) continue;
    if (!text.empty()) text += between;
    append_escaped(text, name);
    text += '=';
    append_escaped(text, value);
  }
  return text;
}

std::optional<Details> read_details(std::string_view text) {
  Details details;
  while (!text.empty()) {
    char stopped = 0;
    Detail one;
    one.name = take_part(text, '=', stopped);
    if (stopped != '=') {
      if (!one.name.empty()) return std::nullopt;
      continue;  // nothing between two semicolons
    }
    if (one.name.empty()) return std::nullopt;
    one.value = take_part(text, ';', stopped);
    details.push_back(std::move(one));
  }
  return details;
}

std::string_view find_detail(const Details& details, std::string_view name) {
  for (const auto& detail : details)
    if (detail.name == name) return detail.value;
  return {};
}

RecordDetails::RecordDetails(const Record& record) : record_(record) {
  for (const auto& extra : record.extras) {
    std::string_view path = extra.path;
    if (!is_kept_column(path)) continue;
    const auto standard = path.substr(0, path.find('/') + 1);
    std::string_view rest = path.substr(standard.size()), row;
    if (rest.starts_with(row_mark)) {
      rest.remove_prefix(row_mark.size());
      row = rest.substr(0, rest.find('/'));
      rest.remove_prefix(std::min(rest.size(), row.size() + 1));
    }
    kept_.push_back({row.empty() ? path : rest, row, extra.value});
  }
}

std::optional<std::string_view> RecordDetails::find_kept(std::string_view column,
                                                         std::string_view row) const {
  const auto slash = column.find('/');
  for (const auto& kept : kept_) {
    if (kept.row.empty() ? kept.column == column
                         : kept.row == row && kept.column == column.substr(slash + 1))
      return kept.value;
  }
  return std::nullopt;
}

bool RecordDetails::differs(std::string_view column) const {
  const auto name = column.substr(column.find('/') + 1);
  return std::any_of(kept_.begin(), kept_.end(),
                     [&](const Kept& kept) { return !kept.row.empty() && kept.column == name; });
}

void RecordDetails::add_codes(Details& all, const Contribution& contribution) const {
  for (const auto& [scheme, column] : asked_schemes) {
    bool own = false;
    for (const auto& item : contribution.classifications)
      if (item.scheme == scheme) {
        add_detail(all, scheme, item.code);
        own = true;
      }
    if (own) continue;
    if (differs(column)) {
      const auto kept = find_kept(column, contribution.ref);
      for (const auto code : split(kept.value_or(""), '|')) add_detail(all, scheme, trim(code));
      continue;
    }
    for (const auto& item : record_.classifications)
      if (item.scheme == scheme) add_detail(all, scheme, item.code);
  }
}

void RecordDetails::add_terms(Details& all, const Contribution& contribution) const {
  const auto& type =
      contribution.finance_type.empty() ? record_.finance_type : contribution.finance_type;
  if (kept_.empty() || (type.size() == 3 && type.front() == '1')) return;  // grants have no terms
  const std::string_view row = contribution.ref;
  const auto text_of = [&](std::string_view iati, std::string_view crs) {
    const auto value = find_kept(iati, row);
    return trim(value && !value->empty() ? *value : find_kept(crs, row).value_or(""));
  };
  const auto find_day = [&](std::string_view iati, std::string_view crs) {
    return parse_date(text_of(iati, crs));
  };
  add_detail(all, "interest_rate", text_of("crs-add/loan-terms/@rate-1", ""));
  add_detail(all, "interest_rate_2", text_of("crs-add/loan-terms/@rate-2", ""));
  add_detail(all, "original_rate", text_of("", "crs/interest1"));
  add_detail(all, "repayment",
             text_of("crs-add/loan-terms/repayment-type/@code", "crs/typerepayment"));
  // The list of periods is the number of payments a year, but for 5, which is "other".
  const auto period = text_of("crs-add/loan-terms/repayment-plan/@code", "crs/numberrepayment");
  if (period != "5" && parse_decimal(period)) add_detail(all, "payments", period);
  const auto from = find_day("crs-add/loan-terms/commitment-date/@iso-date", "crs/commitmentdate"),
             first =
                 find_day("crs-add/loan-terms/repayment-first-date/@iso-date", "crs/repaydate1"),
             last = find_day("crs-add/loan-terms/repayment-final-date/@iso-date", "crs/repaydate2");
  if (from) add_detail(all, "loan_from", to_string(*from));
  if (first) add_detail(all, "first_repayment", to_string(*first));
  if (last) add_detail(all, "last_repayment", to_string(*last));
  if (from && first && *from < *first) add_detail(all, "grace", years_between(*from, *first));
  if (const auto years = find_kept("tossd/Maturity", row))
    add_detail(all, "maturity", trim(*years));
  else if (from && last && *from < *last)
    add_detail(all, "maturity", years_between(*from, *last));
}

/// TOSSD gives salaries in thousands of dollars, whatever the currency of the amount.
void RecordDetails::add_salary(Details& all, const Contribution& contribution) const {
  const auto kept = find_kept("tossd/SalaryCost", contribution.ref);
  const auto thousands = kept ? parse_decimal(*kept) : std::nullopt;
  const auto cost = thousands ? multiply(*thousands, {1000, 0}, thousands->scale) : std::nullopt;
  if (!cost || !find_detail(all, "salary_cost").empty()) return;
  add_detail(all, "salary_cost", to_string(normalise(*cost)));
  if (contribution.quantity.unit != "USD") add_detail(all, "currency", "USD");
}

Details RecordDetails::of(const Contribution& contribution) const {
  Details all = contribution.details;
  add_codes(all, contribution);
  const std::size_t stated = all.size();
  add_terms(all, contribution);
  add_salary(all, contribution);
  // What the contribution says itself is not told a second time by its record.
  const auto told = [&](const Detail& one) {
    return std::any_of(all.begin(), all.begin() + std::ptrdiff_t(stated),
                       [&](const Detail& other) { return other.name == one.name; });
  };
  Details once(all.begin(), all.begin() + std::ptrdiff_t(stated));
  for (std::size_t i = stated; i < all.size(); ++i)
    if (!told(all[i])) once.push_back(std::move(all[i]));
  return once;
}

}  // namespace austral::registry
