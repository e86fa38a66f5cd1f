// Brings the values of a CRS row to one form, and says by cell what is wrong with them.
#include <algorithm>

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/organization.hpp"
#include "standards/crs/activity.hpp"
#include "standards/crs/observation.hpp"
#include "standards/rows/reading.hpp"
#include "standards/rows/values.hpp"

namespace austral::crs {
namespace {

using F = Field;
using rows::in_list;

bool ends_in(std::string_view name, std::string_view end) {
  return name.size() >= end.size() && name.substr(name.size() - end.size()) == end;
}

/// One row on its way to one form.
class ActivityReading : rows::RowReading {
 public:
  ActivityReading(Activity& row, Findings& findings)
      : RowReading(row.line, columns(), "crs", findings), row_(row) {}

  void read() {
    // A sum's codes are totals and groups, which no list of activities has.
    if (is_aggregate_row(row_)) {
      row_[F::year] = rows::to_code(row_[F::year]);
      return read_amounts();
    }
    read_identity();
    read_recipient(+F::recipient, +F::recipient_name);
    read_channel(+F::channel, +F::channel_name);
    read_sector(+F::purpose, +F::purpose_name, +F::sector, +F::sector_name, false);
    read_listed(F::collaboration, "CollaborationType", "kinds of aid (bilateral, multilateral)");
    read_listed(F::finance_type, "FinanceType", "types of finance");
    read_listed(F::aid_type, "AidType", "types of aid");
    read_flow();
    read_markers();
    read_goals(+F::goals);
    for (const F field : {F::planned_start, F::planned_end}) read_date(field);
    read_amounts();
  }

 private:
  void read_identity() {
    for (const F field : {F::year, F::provider, F::agency, F::crs_id})
      row_[field] = rows::to_code(row_[field]);
    for (const F field : {F::year, F::provider, F::crs_id}) ask_for(+field);
    read_provider(+F::provider, +F::provider_name);
  }

  void read_listed(F field, const char* list, const char* list_words) {
    auto& code = row_[field];
    code = rows::upper_code(rows::to_code(code));
    if (!code.empty() && !in_list(list, code)) add_unknown(+field, code, list, list_words);
  }

  void read_flow() {
    auto& code = row_[F::flow];
    code = rows::to_code(code);
    if (!code.empty() && flow_type_of(code).empty())
      add(Severity::warning, "flow.unknown", +F::flow,
          "'" + code +
              "' is no flow of which we know whether it is ODA; it is kept as it stands and the "
              "record has no flow type from it");
  }

  void read_markers() {
    for (const auto& [field, code] : markers) {
      auto& value = row_[field];
      value = rows::to_code(value);
      if (!value.empty() && !in_list("PolicySignificance", value))
        add_unknown(+field, value, "PolicySignificance", "scores of policy markers");
    }
  }

  void read_date(F field) {
    auto& text = row_[field];
    if (text.empty()) return;
    std::string form = text;
    if (form.size() > 10 && form[10] == ' ') form[10] = 'T';
    auto date = parse_date(form);
    if (!date && text.size() > 10) date = parse_date(form.substr(0, 10));
    if (date)
      text = to_string(*date);
    else
      add(Severity::warning, "date.unreadable", +field,
          "'" + shorten(text, 60) +
              "' is no date of which day and month are certain; write it as 2016-05-31. It is "
              "kept as it stands");
  }

  void read_amounts() {
    for (std::size_t i = 0; i < columns().size(); ++i) {
      const auto name = columns().name(i);
      const bool counted = columns().all()[i].home == rows::Home::amount;
      if (counted || name.starts_with("usd_") || ends_in(name, "_national"))
        read_amount(F(i), counted);
    }
    constexpr std::pair<F, F> pairs[] = {{F::commitment, F::commitment_national},
                                         {F::disbursement, F::disbursement_national}};
    for (const auto& [usd, national] : pairs) {
      const auto figure = parse_decimal(row_[national]);
      if (row_[usd].empty() && figure && !figure->is_zero())
        add(Severity::warning, "amount.national", +national,
            "'" + row_[national] +
                "' stands in national currency only; the CRS names no unit that is certain, so it "
                "is kept and not counted: give the amount in million US dollars");
    }
  }

  void read_amount(F field, bool counted) {
    const auto figure = read_figure(+field, counted ? 6 : 0);
    if (figure && figure->is_zero() && counted) row_[field].clear();
  }

  Activity& row_;
};

}  // namespace

const rows::Columns& columns() {
  static const rows::Columns all("data/crs/columns.tsv");
  return all;
}

std::string_view flow_type_of(std::string_view flow) {
  if (flow == "11" || flow == "13" || flow == "19") return "10";
  if (flow == "14") return "21";
  const auto* same = codes::get_list("FlowType").find(flow);
  return same ? same->code : std::string_view();
}

Activity read_activity(rows::Line line, Findings& findings) {
  Activity row(std::move(line));
  ActivityReading(row, findings).read();
  return row;
}

}  // namespace austral::crs
