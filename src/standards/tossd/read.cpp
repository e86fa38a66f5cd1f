// Brings the values of a TOSSD row to one form, and says by cell what is wrong with them.
#include <algorithm>
#include <array>

#include "base/catalogue.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/exchange_rate.hpp"
#include "codes/organization.hpp"
#include "standards/rows/values.hpp"
#include "standards/tossd/activity.hpp"

namespace austral::tossd {
namespace {

using F = Field;

bool in_list(std::string_view list, std::string_view code) {
  return codes::get_list(list).find(code) != nullptr;
}

std::string upper_modality(std::string code) {
  for (char& c : code)
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
  // The two parts of B02 are the only codes with a small letter.
  if (code == "B02A" || code == "B02B") code.back() += 'a' - 'A';
  return code;
}

std::string upper_code(std::string code) {
  for (char& c : code)
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
  return code;
}

/// One row on its way to one form.
class RowReading {
 public:
  RowReading(Activity& row, Findings& findings) : row_(row), findings_(findings) {}

  void read() {
    read_identity();
    read_recipient();
    read_channel();
    read_listed(F::instrument, F::instrument_name, "tossd-instrument",
                "TOSSD financial instruments", &rows::to_code);
    read_listed(F::arrangement, F::arrangement_name, "tossd-financing_arrangement",
                "TOSSD financing arrangements", &upper);
    read_listed(F::framework, F::framework_name, "tossd-framework",
                "TOSSD frameworks of collaboration", &upper);
    read_listed(F::modality, F::modality_name, "tossd-modality", "TOSSD modalities", &modality);
    read_sector();
    read_goals();
    read_keywords();
    read_pillar();
    read_isic();
    read_amounts();
    read_concessionality();
  }

 private:
  static std::string upper(std::string_view text) { return upper_code(rows::to_code(text)); }
  static std::string modality(std::string_view text) { return upper_modality(rows::to_code(text)); }

  void add(Severity severity, const char* rule, F field, std::string message) {
    findings_.push_back({severity, rule, row_.place(field), std::move(message)});
  }

  void read_identity() {
    for (const F field : {F::year, F::provider}) row_[field] = rows::to_code(row_[field]);
    std::vector<std::string> partners;
    for (const auto piece : split(row_[F::other_partners], ';'))
      if (!trim(piece).empty()) partners.emplace_back(trim(piece));
    row_[F::other_partners] = rows::join(partners, "; ");
    for (const F field : {F::year, F::provider, F::tossd_id, F::source_name})
      if (row_[field].empty())
        add(field == F::source_name ? Severity::warning : Severity::error, "tossd.value.missing",
            field,
            "the column '" + std::string(columns().name(std::size_t(field))) +
                "' is empty; every row of TOSSD has it");
    const auto& provider = row_[F::provider];
    if (row_.is_aggregate() || provider.empty()) return;
    if (rows::is_known_provider(provider))
      row_[F::provider_name].clear();
    else
      add(Severity::warning, "tossd.code.unknown", F::provider,
          "'" + provider +
              "' is no provider number of the DAC that we know; it is kept as it "
              "stands" +
              (row_[F::provider_name].empty() ? "" : ", named " + row_[F::provider_name]));
  }

  void read_recipient() {
    auto& code = row_[F::recipient];
    auto& name = row_[F::recipient_name];
    code = rows::to_code(code);
    if (rows::is_known_recipient(code)) {
      name.clear();
    } else if (code.empty()) {
      add(Severity::warning, "tossd.value.missing", F::recipient,
          "the recipient's code is empty" + (name.empty() ? "" : " beside '" + name + "'") +
              "; the amount stands under no recipient");
    } else {
      add(Severity::warning, "tossd.code.unknown", F::recipient,
          "'" + code + "' is no recipient number of the DAC that we know; it is kept as it stands" +
              (name.empty() ? "" : ", named " + name));
    }
    for (const auto& language : catalogue_languages())
      if (row_[F::region_name] == rows::region_name(code, language)) row_[F::region_name].clear();
  }

  void read_channel() {
    for (const F field : {F::channel, F::parent_channel}) {
      row_[field] = rows::to_code(row_[field]);
      const F name = field == F::channel ? F::channel_name : F::parent_channel_name;
      if (row_[field].empty()) continue;
      if (codes::find_organization(row_[field]))
        row_[name].clear();
      else
        add(Severity::warning, "tossd.code.unknown", field,
            "'" + row_[field] +
                "' is not in the list of channels of delivery; it is kept as it "
                "stands");
    }
  }

  /// A code of one of TOSSD's own lists, or its name where the code is not given.
  void read_listed(F field, F name, const char* list, const char* list_words,
                   std::string (*to_form)(std::string_view)) {
    auto& code = row_[field];
    code = to_form(code);
    if (code.empty() && !row_[name].empty()) code = rows::find_code_labelled(list, row_[name]);
    if (code.empty()) return;
    if (in_list(list, code))
      row_[name].clear();
    else
      findings_.push_back(
          rows::unknown_code("tossd.code.unknown", row_.place(field), code, list, list_words));
  }

  void read_sector() {
    auto& purpose = row_[F::purpose];
    auto& sector = row_[F::sector];
    purpose = rows::to_code(purpose);
    sector = rows::to_code(sector);
    const std::string five = purpose.substr(0, 5);  // 7-digit codes refine the purpose
    const bool known = in_list("purpose", five) && (purpose.size() == 5 || purpose.size() == 7);
    if (known)
      row_[F::purpose_name].clear();
    else if (!purpose.empty())
      findings_.push_back(rows::unknown_code("tossd.code.unknown", row_.place(F::purpose), purpose,
                                             "purpose", "CRS purposes"));
    if (known && sector == purpose.substr(0, 3)) sector.clear();
    if (sector.empty() ? known : in_list("category", sector))
      row_[F::sector_name].clear();
    else if (!sector.empty())
      findings_.push_back(rows::unknown_code("tossd.code.unknown", row_.place(F::sector), sector,
                                             "category", "DAC sectors of three digits"));
  }

  void read_goals() {
    const auto codes = rows::read_goals(row_[F::sdg_focus]);
    for (const auto& code : codes) {
      const char* list = code.find('.') == std::string::npos ? "goal" : "target";
      if (!in_list(list, code))
        findings_.push_back(rows::unknown_code("tossd.code.unknown", row_.place(F::sdg_focus), code,
                                               list, "SDG goals and targets"));
    }
    row_[F::sdg_focus] = rows::join(codes, ";");
  }

  void read_keywords() {
    std::vector<std::string> codes;
    for (const auto piece : split(row_[F::keywords], '|')) {
      std::string code(trim(piece));
      if (code.empty()) continue;
      const auto& known = codes::get_list("tossd-keyword").all();
      const auto same = std::find_if(known.begin(), known.end(), [&](const codes::Code& one) {
        return upper_code(std::string(one.code)) == upper_code(code);
      });
      if (same != known.end())
        code = same->code;
      else
        findings_.push_back(rows::unknown_code("tossd.code.unknown", row_.place(F::keywords), code,
                                               "tossd-keyword", "TOSSD keywords"));
      if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
    }
    row_[F::keywords] = rows::join(codes, "|");
  }

  void read_pillar() {
    auto& pillar = row_[F::pillar];
    auto& sub = row_[F::sub_pillar];
    pillar = rows::to_code(pillar);
    sub = rows::to_code(sub);
    if (pillar == "21" || pillar == "22") {
      if (sub.empty()) sub = pillar;
      pillar = "2";
    }
    if (pillar.empty() && !sub.empty()) pillar = sub.substr(0, 1);
    if (sub.empty()) sub = pillar;
    if (pillar.empty())
      add(Severity::warning, "tossd.value.missing", F::pillar, "the pillar is empty; it is 1 or 2");
    else if (pillar == "0")
      add(Severity::remark, "tossd.pillar.artefact", F::pillar,
          "pillar 0 stands for no pillar; files of 2020 to 2023 have it");
    else if (pillar != "1" && pillar != "2")
      findings_.push_back(rows::unknown_code("tossd.code.unknown", row_.place(F::pillar), pillar,
                                             "tossd-pillar", "TOSSD pillars"));
    if (pillar.empty() || sub == pillar) return;
    if (!in_list("tossd-pillar", sub) || !sub.starts_with(pillar))
      add(Severity::warning, "tossd.pillar.part", F::sub_pillar,
          "'" + sub + "' is no part of pillar " + pillar + "; 21 and 22 are those of pillar 2");
  }

  void read_isic() {
    row_[F::isic] = upper_code(rows::to_code(row_[F::isic]));
    row_[F::isic_section] = upper_code(row_[F::isic_section]);
  }

  void read_amounts() {
    constexpr F figures[] = {F::commitment,
                             F::disbursement,
                             F::reflow,
                             F::commitment_national,
                             F::disbursement_national,
                             F::reflow_national,
                             F::commitment_constant,
                             F::disbursement_constant,
                             F::reflow_constant,
                             F::salary_cost,
                             F::mobilised,
                             F::mobilised_constant};
    for (const F field : figures) read_amount(field);
    row_[F::base_year] = rows::to_code(row_[F::base_year]);
    if (row_[F::commitment_constant].empty() && row_[F::disbursement_constant].empty() &&
        row_[F::reflow_constant].empty() && row_[F::mobilised_constant].empty())
      row_[F::base_year].clear();
    // What our own export writes so that none is concluded from a part of a file.
    if (row_[F::base_year] == "unknown") row_[F::base_year].clear();
    row_[F::currency] = upper_code(row_[F::currency]);
    const auto& currency = row_[F::currency];
    if (!currency.empty() && !codes::is_currency(currency))
      add(Severity::warning, "currency.unknown", F::currency,
          "'" + currency + "' is no currency of ISO 4217");
    constexpr std::pair<F, F> pairs[] = {{F::commitment, F::commitment_national},
                                         {F::disbursement, F::disbursement_national},
                                         {F::reflow, F::reflow_national}};
    // Dollars that only repeat the national amount at the register's rate are not a second figure.
    for (const auto& [usd, national] : pairs) {
      if (row_[national].empty() || row_[usd].empty()) continue;
      if (row_[usd] == to_thousand_usd(row_[national], currency, row_[F::year])) row_[usd].clear();
    }
  }

  void read_amount(F field) {
    auto& text = row_[field];
    if (text.empty()) return;
    bool rounded = false;
    const auto value = rows::read_figure(text, &rounded);
    if (!value) {
      add(Severity::error, "tossd.amount.unreadable", field,
          "'" + shorten(text, 60) +
              "' is no figure that can be held exactly; write digits with a "
              "point before the decimals. It is kept as it stands and not counted");
      return;
    }
    if (rounded)
      add(Severity::remark, "tossd.amount.rounded", field,
          "'" + text + "' has more digits than can be held; it is rounded to 12 decimals");
    const bool constant = field == F::commitment_constant || field == F::disbursement_constant ||
                          field == F::reflow_constant || field == F::mobilised_constant ||
                          field == F::salary_cost || field == F::mobilised;
    text = value->is_zero() && !constant ? std::string() : to_string(*value);
  }

  void read_concessionality() {
    auto& text = row_[F::concessionality];
    text = rows::to_code(text);
    if (!text.empty() && text != "0" && text != "1")
      add(Severity::warning, "tossd.code.unknown", F::concessionality,
          "'" + text + "' is neither 1 (concessional) nor 0; it is kept as it stands");
  }

  Activity& row_;
  Findings& findings_;
};

}  // namespace

const rows::Columns& columns() {
  static const rows::Columns all("data/tossd/columns.tsv");
  return all;
}

Activity::Activity() {
  line.values.resize(columns().size());
  line.headers.resize(columns().size());
  line.cells.resize(columns().size(), standards::RowPlace::nowhere);
}

std::string to_thousand_usd(std::string_view thousand_national, std::string_view currency,
                            std::string_view year) {
  const auto thousands = parse_decimal(thousand_national);
  const auto amount = thousands ? rows::times_ten(*thousands, 3) : std::nullopt;
  if (!amount || year.size() != 4 || !std::all_of(year.begin(), year.end(), is_digit)) return {};
  const auto rate = codes::find_annual_rate(currency, std::stoi(std::string(year)));
  const auto cents = rate ? codes::to_usd_cents(*amount, *rate) : std::nullopt;
  return cents ? to_string(normalise(Decimal{*cents, 5})) : std::string();
}

Activity read_activity(rows::Line line, Findings& findings) {
  Activity row(std::move(line));
  RowReading(row, findings).read();
  return row;
}

}  // namespace austral::tossd
