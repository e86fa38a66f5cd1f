// Brings the values of a TOSSD row to one form, and says by cell what is wrong with them.
#include <algorithm>
#include <array>

#include "base/catalogue.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/exchange_rate.hpp"
#include "codes/organization.hpp"
#include "standards/rows/reading.hpp"
#include "standards/rows/values.hpp"
#include "standards/tossd/activity.hpp"

namespace austral::tossd {
namespace {

using F = Field;
using rows::in_list;
using rows::upper_code;

std::string upper_modality(std::string code) {
  code = upper_code(std::move(code));
  // The two parts of B02 are the only codes with a small letter.
  if (code == "B02A" || code == "B02B") code.back() += 'a' - 'A';
  return code;
}

/// One row on its way to one form.
class ActivityReading : rows::RowReading {
 public:
  ActivityReading(Activity& row, Findings& findings)
      : RowReading(row.line, columns(), "tossd", findings), row_(row) {}

  void read() {
    read_identity();
    read_recipients();
    for (const auto& [code, name] : {std::pair{F::channel, F::channel_name},
                                     std::pair{F::parent_channel, F::parent_channel_name}})
      read_channel(+code, +name);
    read_listed(F::instrument, F::instrument_name, "tossd-instrument",
                "TOSSD financial instruments", &rows::to_code);
    read_listed(F::arrangement, F::arrangement_name, "tossd-financing_arrangement",
                "TOSSD financing arrangements", &upper);
    read_listed(F::framework, F::framework_name, "tossd-framework",
                "TOSSD frameworks of collaboration", &upper);
    read_listed(F::modality, F::modality_name, "tossd-modality", "TOSSD modalities", &modality);
    read_sector(+F::purpose, +F::purpose_name, +F::sector, +F::sector_name, true);
    read_goals(+F::sdg_focus);
    read_keywords();
    read_pillar();
    read_isic();
    read_amounts();
    read_concessionality();
  }

 private:
  static std::string upper(std::string_view text) { return upper_code(rows::to_code(text)); }
  static std::string modality(std::string_view text) { return upper_modality(rows::to_code(text)); }

  void read_identity() {
    for (const F field : {F::year, F::provider}) row_[field] = rows::to_code(row_[field]);
    std::vector<std::string> partners;
    for (const auto piece : split(row_[F::other_partners], ';'))
      if (!trim(piece).empty()) partners.emplace_back(trim(piece));
    row_[F::other_partners] = rows::join(partners, "; ");
    for (const F field : {F::year, F::provider, F::tossd_id}) ask_for(+field);
    ask_for(+F::source_name, Severity::warning);
    if (!row_.is_aggregate()) read_provider(+F::provider, +F::provider_name);
  }

  void read_recipients() {
    read_recipient(+F::recipient, +F::recipient_name);
    for (const auto& language : catalogue_languages())
      if (row_[F::region_name] == rows::region_name(row_[F::recipient], language))
        row_[F::region_name].clear();
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
      add_unknown(+field, code, list, list_words);
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
        add_unknown(+F::keywords, code, "tossd-keyword", "TOSSD keywords");
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
      add(Severity::warning, "value.missing", +F::pillar, "the pillar is empty; it is 1 or 2");
    else if (pillar == "0")
      add(Severity::remark, "pillar.artefact", +F::pillar,
          "pillar 0 stands for no pillar; files of 2020 to 2023 have it");
    else if (pillar != "1" && pillar != "2")
      add_unknown(+F::pillar, pillar, "tossd-pillar", "TOSSD pillars");
    if (pillar.empty() || sub == pillar) return;
    if (!in_list("tossd-pillar", sub) || !sub.starts_with(pillar))
      add(Severity::warning, "pillar.part", +F::sub_pillar,
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
      findings_.push_back({Severity::warning, "currency.unknown", row_.place(F::currency),
                           "'" + currency + "' is no currency of ISO 4217"});
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
    const bool constant = field == F::commitment_constant || field == F::disbursement_constant ||
                          field == F::reflow_constant || field == F::mobilised_constant ||
                          field == F::salary_cost || field == F::mobilised;
    const auto figure = read_figure(+field, constant ? 0 : 3);
    if (figure && figure->is_zero() && !constant) row_[field].clear();
  }

  void read_concessionality() {
    auto& text = row_[F::concessionality];
    text = rows::to_code(text);
    if (!text.empty() && text != "0" && text != "1")
      add(Severity::warning, "code.unknown", +F::concessionality,
          "'" + text + "' is neither 1 (concessional) nor 0; it is kept as it stands");
  }

  Activity& row_;
};

}  // namespace

const rows::Columns& columns() {
  static const rows::Columns all("data/tossd/columns.tsv");
  return all;
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
  ActivityReading(row, findings).read();
  return row;
}

}  // namespace austral::tossd
