// Records that did not come as TOSSD, as its rows: what they have codes for, and what is left out.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "codes/code_list.hpp"
#include "registry/contribution.hpp"
#include "registry/roles.hpp"
#include "standards/rows/values.hpp"
#include "standards/tossd/export.hpp"

namespace austral::tossd {

using namespace registry;
using F = Field;

namespace {

/// Columns of an amount in dollars and in national currency; nothing for kinds that TOSSD lacks.
std::optional<std::pair<F, F>> columns_of(ContributionKind kind) {
  switch (kind) {
    case ContributionKind::commitment: return std::pair{F::commitment, F::commitment_national};
    case ContributionKind::disbursement:
    case ContributionKind::expenditure: return std::pair{F::disbursement, F::disbursement_national};
    case ContributionKind::loan_repayment: return std::pair{F::reflow, F::reflow_national};
    default: return std::nullopt;
  }
}

/// `MZ` -> 259, `region:dac:298` -> 298; empty where the DAC has no number.
std::string dac_number(std::string_view partner) {
  constexpr std::string_view dac_region = "region:dac:";
  if (partner.starts_with(dac_region)) return std::string(partner.substr(dac_region.size()));
  if (partner.starts_with("region:") || partner.empty()) return {};
  return rows::recipient_code({"country", "", std::string(partner), {}, {}, {}});
}

/// Sums amounts by the row that they belong to, and tells once a record what has no place.
class Foreign {
 public:
  Foreign(const Record& record, const std::string& language, Findings& findings)
      : record_(record), language_(language), findings_(findings) {}

  std::vector<Activity> rows() {
    for (const auto& part : split_contributions(record_, conclude_roles(record_), findings_))
      add_part(part);
    if (all_.empty())
      tell("tossd.no-row",
           "it has no dated commitment, disbursement or repayment, so it has no row in TOSSD");
    else
      tell_rest();
    std::vector<Activity> made;
    for (auto& [key, row] : all_) made.push_back(std::move(row));
    for (std::size_t i = 0; i < made.size(); ++i) made[i].line.n = i;
    return made;
  }

 private:
  using Key = std::tuple<std::string, std::string, std::string, std::string, std::string,
                         std::string, std::string>;

  void tell(std::string rule, std::string message) {
    if (told_.insert(message).second)
      findings_.push_back({Severity::warning, std::move(rule), "", std::move(message)});
  }

  void add_part(const ContributionPart& part) {
    const auto fields = columns_of(part.kind);
    if (!fields) {
      tell("tossd.not-held",
           "TOSSD has commitments, disbursements and repayments of a year; amounts of other "
           "kinds (budgets, pledges, incoming money ...) are left out");
      return;
    }
    if (!part.year || part.unit.empty()) {
      tell("tossd.not-held", "amounts without a date or a currency are left out; give both");
      return;
    }
    auto& row = row_of(part);
    if (part.usd_cents) put(row, fields->first, Decimal{*part.usd_cents, 2});
    if (part.unit != "USD") put(row, fields->second, Decimal{part.amount, part.scale});
  }

  void put(Activity& row, F field, const Decimal& amount) {
    const auto before = row[field].empty() ? Decimal{} : *parse_decimal(row[field]);
    const auto thousands = rows::times_ten(amount, -3);
    const auto sum = thousands ? austral::add(before, *thousands) : std::nullopt;
    if (sum)
      row[field] = to_string(normalise(*sum));
    else
      tell("tossd.not-held", "a sum has more digits than can be counted; it is left out");
  }

  /// Its own, else its record's.
  static const std::vector<Classification>& nearer(const std::vector<Classification>& own,
                                                   const std::vector<Classification>& usual) {
    return own.empty() ? usual : own;
  }

  std::string one_of(const std::vector<Classification>& all, std::string_view scheme,
                     std::string_view list, const char* word) {
    std::string code;
    for (const auto& one : all) {
      if (one.scheme != scheme || one.code == code) continue;
      if (!codes::get_list(list).find(one.code)) {
        tell("tossd.not-held",
             std::string("a code of a ") + word + " that TOSSD's list does not have is left out");
      } else if (code.empty()) {
        code = one.code;
      } else {
        tell("tossd.not-held", std::string("a row of TOSSD has one ") + word +
                                   "; of several the first is written, the others are left out");
      }
    }
    return code;
  }

  Activity& row_of(const ContributionPart& part) {
    const auto& from = record_.contributions[std::size_t(part.n)];
    const bool own = std::any_of(
        from.classifications.begin(), from.classifications.end(),
        [](const auto& one) { return one.scheme == "purpose" || one.scheme == "category"; });
    const auto& coded = own ? from.classifications : record_.classifications;
    const auto& modalities = nearer(from.modalities, record_.modalities);
    auto modality = one_of(modalities, "modality", "tossd-modality", "modality");
    if (modality.empty()) modality = one_of(modalities, "aid-type", "tossd-modality", "modality");
    const auto purpose = one_of(coded, "purpose", "purpose", "purpose");
    const auto sector =
        purpose.empty() ? one_of(coded, "category", "category", "sector") : std::string();
    auto provider = dac_number(part.provider);
    if (provider.empty() && part.provider != several_partners)
      provider = rows::provider_code(part.provider, "", "");
    if (provider.empty())
      tell("tossd.value.missing",
           "its provider is not told or has no number of the DAC; TOSSD asks for one: fill the "
           "column 'provider', without it the row cannot be read again");
    const auto recipient = dac_number(part.recipient);
    if (recipient.empty())
      tell("tossd.value.missing",
           "its recipient is not told or has no number of the DAC; the column is left empty");
    const std::string currency = part.unit == "USD" ? "" : part.unit;
    const auto instrument = instrument_of(from);
    const auto year = std::to_string(*part.year);
    const auto [place, fresh] = all_.try_emplace(
        Key{provider, year, recipient, purpose + "/" + sector, modality, instrument, currency});
    auto& row = place->second;
    if (!fresh) return row;
    row = common();
    row[F::provider] = provider;
    row[F::year] = year;
    row[F::recipient] = recipient;
    row[F::purpose] = purpose;
    row[F::sector] = sector;
    row[F::modality] = modality;
    row[F::instrument] = instrument;
    row[F::currency] = currency;
    return row;
  }

  std::string instrument_of(const Contribution& one) {
    const auto& code = one.finance_type.empty() ? record_.finance_type : one.finance_type;
    if (code.empty() || codes::get_list("tossd-instrument").find(code)) return code;
    tell("tossd.not-held", "a finance type that TOSSD's list does not have is left out");
    return {};
  }

  Activity common() const {
    Activity row;
    row[F::tossd_id] = record_.identifier;
    row[F::project_number] = record_.identifier;
    row[F::title] = pick_text(record_.title, language_);
    if (!record_.descriptions.empty())
      row[F::description] = pick_text(record_.descriptions[0].text, language_);
    if (!record_.documents.empty()) row[F::external_link] = record_.documents[0].url;
    row[F::source_name] = pick_text(record_.publisher_name, language_);
    row[F::sdg_focus] = rows::join(rows::list_goals(record_.classifications), ";");
    for (const auto& one : record_.classifications)
      if (one.scheme == "framework" && codes::get_list("tossd-framework").find(one.code))
        row[F::framework] = one.code;
    std::vector<std::string> others;
    for (const auto& [function, party] : record_.participations) {
      const std::string name(pick_text(party.name, language_));
      if (function == Function::manages && row[F::agency_name].empty()) {
        row[F::agency_name] = name;
      } else if (function == Function::carries_out && row[F::channel_as_reported].empty() &&
                 row[F::channel].empty()) {
        row[F::channel] = party.channel;
        row[F::channel_as_reported] = name;
      } else if (function != Function::funds && !name.empty()) {
        others.push_back(name);
      }
    }
    row[F::other_partners] = rows::join(others, "; ");
    return row;
  }

  void tell_rest() {
    tell("tossd.value.missing",
         "what TOSSD asks for beside it is not told by this record: pillar, financing "
         "arrangement; those columns are left empty");
    if (record_.descriptions.size() > 1 || record_.documents.size() > 1 ||
        !record_.results.empty() || !record_.locations.empty() || !record_.contacts.empty() ||
        !record_.conditions.empty() || !record_.dates.empty() || !record_.references.empty())
      tell("tossd.not-held",
           "further descriptions and documents, dates, results, places on the map, contacts, "
           "conditions and related activities have no column in TOSSD");
  }

  const Record& record_;
  const std::string& language_;
  Findings& findings_;
  std::map<Key, Activity> all_;
  std::set<std::string> told_;
};

}  // namespace

std::vector<Activity> fold_foreign(const Record& record, const std::string& language,
                                   Findings& findings) {
  return Foreign(record, language, findings).rows();
}

}  // namespace austral::tossd
