// Brings the values of a CRS row to one form, and says by cell what is wrong with them.
#include <algorithm>

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/organization.hpp"
#include "standards/crs/activity.hpp"
#include "standards/rows/values.hpp"

namespace austral::crs {
namespace {

using F = Field;

bool in_list(std::string_view list, std::string_view code) {
  return codes::get_list(list).find(code) != nullptr;
}

bool ends_in(std::string_view name, std::string_view end) {
  return name.size() >= end.size() && name.substr(name.size() - end.size()) == end;
}

/// One row on its way to one form.
class RowReading {
 public:
  RowReading(Activity& row, Findings& findings) : row_(row), findings_(findings) {}

  void read() {
    read_identity();
    read_recipient();
    read_channel();
    read_sector();
    read_listed(F::collaboration, "CollaborationType", "kinds of aid (bilateral, multilateral)");
    read_listed(F::finance_type, "FinanceType", "types of finance");
    read_listed(F::aid_type, "AidType", "types of aid");
    read_flow();
    read_markers();
    read_goals();
    for (const F field : {F::planned_start, F::planned_end}) read_date(field);
    read_amounts();
  }

 private:
  void add(Severity severity, const char* rule, F field, std::string message) {
    findings_.push_back({severity, rule, row_.place(field), std::move(message)});
  }

  void read_identity() {
    for (const F field : {F::year, F::provider, F::agency, F::crs_id})
      row_[field] = rows::to_code(row_[field]);
    for (const F field : {F::year, F::provider, F::crs_id})
      if (row_[field].empty())
        add(Severity::error, "crs.value.missing", field,
            "the column '" + std::string(columns().name(std::size_t(field))) +
                "' is empty; every row of the CRS has it");
    const auto& provider = row_[F::provider];
    auto& name = row_[F::provider_name];
    if (provider.empty()) return;
    if (rows::is_known_provider(provider))
      name.clear();
    else
      add(Severity::warning, "crs.code.unknown", F::provider,
          "'" + provider +
              "' is no provider number of the DAC that we know; it is kept as it stands" +
              (name.empty() ? "" : ", named " + name));
  }

  void read_recipient() {
    auto& code = row_[F::recipient];
    auto& name = row_[F::recipient_name];
    code = rows::to_code(code);
    if (rows::is_known_recipient(code)) {
      name.clear();
    } else if (code.empty()) {
      add(Severity::warning, "crs.value.missing", F::recipient,
          "the recipient's code is empty" + (name.empty() ? "" : " beside '" + name + "'") +
              "; the amount stands under no recipient");
    } else {
      add(Severity::warning, "crs.code.unknown", F::recipient,
          "'" + code + "' is no recipient number of the DAC that we know; it is kept as it stands" +
              (name.empty() ? "" : ", named " + name));
    }
  }

  void read_channel() {
    auto& code = row_[F::channel];
    code = rows::to_code(code);
    if (code.empty()) return;
    if (codes::find_organization(code))
      row_[F::channel_name].clear();
    else
      add(Severity::warning, "crs.code.unknown", F::channel,
          "'" + code + "' is not in the list of channels of delivery; it is kept as it stands");
  }

  void read_listed(F field, const char* list, const char* list_words) {
    auto& code = row_[field];
    code = rows::to_code(code);
    for (char& c : code)
      if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
    if (!code.empty() && !in_list(list, code))
      findings_.push_back(
          rows::unknown_code("crs.code.unknown", row_.place(field), code, list, list_words));
  }

  void read_sector() {
    auto& purpose = row_[F::purpose];
    auto& sector = row_[F::sector];
    purpose = rows::to_code(purpose);
    sector = rows::to_code(sector);
    const bool known = in_list("purpose", purpose);
    if (known)
      row_[F::purpose_name].clear();
    else if (!purpose.empty())
      findings_.push_back(rows::unknown_code("crs.code.unknown", row_.place(F::purpose), purpose,
                                             "purpose", "CRS purposes"));
    if (known && sector == purpose.substr(0, 3)) sector.clear();
    if (sector.empty() ? known : in_list("category", sector))
      row_[F::sector_name].clear();
    else if (!sector.empty())
      findings_.push_back(rows::unknown_code("crs.code.unknown", row_.place(F::sector), sector,
                                             "category", "DAC sectors of three digits"));
  }

  void read_flow() {
    auto& code = row_[F::flow];
    code = rows::to_code(code);
    if (!code.empty() && flow_type_of(code).empty())
      add(Severity::warning, "crs.flow.unknown", F::flow,
          "'" + code +
              "' is no flow of which we know whether it is ODA; it is kept as it stands and the "
              "record has no flow type from it");
  }

  void read_markers() {
    for (const auto& [field, code] : markers) {
      auto& value = row_[field];
      value = rows::to_code(value);
      if (!value.empty() && !in_list("PolicySignificance", value))
        findings_.push_back(rows::unknown_code("crs.code.unknown", row_.place(field), value,
                                               "PolicySignificance", "scores of policy markers"));
    }
  }

  void read_goals() {
    const auto all = rows::read_goals(row_[F::goals]);
    for (const auto& code : all) {
      const char* list = code.find('.') == std::string::npos ? "goal" : "target";
      if (!in_list(list, code))
        findings_.push_back(rows::unknown_code("crs.code.unknown", row_.place(F::goals), code, list,
                                               "SDG goals and targets"));
    }
    row_[F::goals] = rows::join(all, ";");
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
      add(Severity::warning, "crs.date.unreadable", field,
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
        add(Severity::warning, "crs.amount.national", national,
            "'" + row_[national] +
                "' stands in national currency only; the CRS names no unit that is certain, so it "
                "is kept and not counted: give the amount in million US dollars");
    }
  }

  void read_amount(F field, bool counted) {
    auto& text = row_[field];
    if (text.empty()) return;
    bool rounded = false;
    const auto value = rows::read_figure(text, &rounded);
    if (!value || (counted && !rows::times_ten(*value, 6))) {
      add(counted ? Severity::error : Severity::warning, "crs.amount.unreadable", field,
          "'" + shorten(text, 60) +
              "' is no figure that can be held exactly; write digits with a point before the "
              "decimals. It is kept as it stands and not counted");
      return;
    }
    if (rounded)
      add(Severity::remark, "crs.amount.rounded", field,
          "'" + text + "' has more digits than can be held; it is rounded to 12 decimals");
    text = value->is_zero() && counted ? std::string() : to_string(*value);
  }

  Activity& row_;
  Findings& findings_;
};

}  // namespace

const rows::Columns& columns() {
  static const rows::Columns all("data/crs/columns.tsv");
  return all;
}

Activity::Activity() {
  line.values.resize(columns().size());
  line.headers.resize(columns().size());
  line.cells.resize(columns().size(), standards::RowPlace::nowhere);
}

std::string_view flow_type_of(std::string_view flow) {
  if (flow == "11" || flow == "13" || flow == "19") return "10";
  if (flow == "14") return "21";
  const auto* same = codes::get_list("FlowType").find(flow);
  return same ? same->code : std::string_view();
}

Activity read_activity(rows::Line line, Findings& findings) {
  Activity row(std::move(line));
  RowReading(row, findings).read();
  return row;
}

}  // namespace austral::crs
