// Sums a record's amounts by the row that they belong to.
#include "standards/rows/foreign.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "codes/code_list.hpp"
#include "codes/exchange_rate.hpp"
#include "codes/unit.hpp"
#include "registry/contribution.hpp"
#include "registry/detail.hpp"
#include "registry/roles.hpp"
#include "standards/rows/values.hpp"

namespace austral::rows {

using namespace registry;

namespace {

/// `MZ` -> 259, `region:dac:298` -> 298; empty where the DAC has no number.
std::string dac_number(std::string_view partner) {
  constexpr std::string_view dac_region = "region:dac:";
  if (partner.starts_with(dac_region)) return std::string(partner.substr(dac_region.size()));
  if (partner.starts_with("region:") || partner.empty()) return {};
  return recipient_code({"country", "", std::string(partner), {}, {}, {}});
}

/// Tells once a record what has no place.
class Foreign {
 public:
  Foreign(const Record& record, const ForeignRules& rules, Findings& findings)
      : record_(record), rules_(rules), findings_(findings) {}

  std::vector<ForeignRow> rows() {
    for (const auto& part : split_contributions(record_, conclude_roles(record_), findings_))
      add_part(part);
    if (all_.empty())
      tell("no-row", "it has no dated amount in money of the kinds that " + title() + " has (" +
                         std::string(rules_.kinds) + "), so it has no row");
    else
      tell_rest();
    std::vector<ForeignRow> made;
    for (auto& [key, row] : all_) made.push_back(std::move(row));
    return made;
  }

 private:
  using Key = std::tuple<std::string, std::string, std::string, std::string, std::string,
                         std::string, std::string, std::string>;

  std::string title() const { return std::string(rules_.title); }

  void tell(std::string_view rule, std::string message) {
    if (told_.insert(message).second)
      findings_.push_back({Severity::warning, std::string(rules_.name) + "." + std::string(rule),
                           "", std::move(message)});
  }

  /// The kind under which a standard has an amount; none for those that it lacks.
  ContributionKind kind_of(ContributionKind kind) const {
    switch (kind) {
      case ContributionKind::commitment: return kind;
      case ContributionKind::disbursement:
      case ContributionKind::expenditure: return ContributionKind::disbursement;
      case ContributionKind::loan_repayment:
        return rules_.repayments ? kind : ContributionKind::none;
      default: return ContributionKind::none;
    }
  }

  void add_part(const ContributionPart& part) {
    const auto kind = kind_of(part.kind);
    if (kind == ContributionKind::none) {
      tell("not-held", title() + " has " + std::string(rules_.kinds) +
                           " of a year; amounts of other kinds (budgets, pledges, incoming money "
                           "...) are left out");
      return;
    }
    if (!part.year || part.unit.empty()) {
      tell("not-held", "amounts without a date or a currency are left out; give both");
      return;
    }
    if (!codes::is_currency(part.unit) && codes::find_unit(part.unit)) {
      tell("not-held",
           title() + " has money alone; quantities (" + part.unit + " ...) are left out");
      return;
    }
    if (!part.usd_cents && !rules_.national) {
      tell("not-held", "an amount in " + part.unit + " of " + std::to_string(*part.year) +
                           ", for which no rate is published, is left out: " + title() +
                           " asks for US dollars");
      return;
    }
    auto& row = row_of(part);
    if (part.usd_cents) put(row.dollars[kind], Decimal{*part.usd_cents, 2});
    if (part.unit != "USD" && rules_.national)
      put(row.national[kind], Decimal{part.amount, part.scale});
    if (rules_.salaries && kind == ContributionKind::disbursement) put_salaries(row, part);
  }

  /// Salaries among an amount, of its whole: this part's share of them, in dollars.
  void put_salaries(ForeignRow& row, const ContributionPart& part) {
    const auto details = registry::read_details(part.details).value_or(registry::Details{});
    const auto cost = parse_decimal(registry::find_detail(details, "salary_cost"));
    if (!cost) return;
    const auto stated = registry::find_detail(details, "currency");
    const auto rate = codes::find_annual_rate(stated.empty() ? part.unit : stated, *part.year);
    auto cents = rate ? codes::to_usd_cents(*cost, *rate) : std::nullopt;
    if (cents && part.whole && *part.whole != 0) {
      const auto share = divide({part.amount, 0}, {*part.whole, 0}, 12);
      const auto own = share ? multiply({*cents, 2}, *share, 2) : std::nullopt;
      cents = own ? std::optional(own->mantissa) : std::nullopt;
    }
    if (cents)
      put(row.salaries, Decimal{*cents, 2});
    else
      tell("not-held", "salaries in a currency without an exchange rate are left out");
  }

  void put(Decimal& sum, const Decimal& amount) {
    const auto scaled = times_ten(amount, -rules_.power);
    if (const auto more = scaled ? austral::add(sum, *scaled) : std::nullopt)
      sum = normalise(*more);
    else
      tell("not-held", "a sum has more digits than can be counted; it is left out");
  }

  std::string one_of(const std::vector<Classification>& all, std::string_view scheme,
                     std::string_view list, const char* word) {
    std::string code;
    for (const auto& one : all) {
      if (one.scheme != scheme || one.code == code) continue;
      if (!codes::get_list(list).find(one.code))
        tell("not-held", std::string("a code of a ") + word + " that the list of " + title() +
                             " does not have is left out");
      else if (code.empty())
        code = one.code;
      else
        tell("not-held", "a row of " + title() + " has one " + word +
                             "; of several the first is written, the others are left out");
    }
    return code;
  }

  ForeignRow describe(const ContributionPart& part) {
    const auto& from = record_.contributions[std::size_t(part.n)];
    const bool own = std::any_of(
        from.classifications.begin(), from.classifications.end(),
        [](const auto& one) { return one.scheme == "purpose" || one.scheme == "category"; });
    const auto& coded = own ? from.classifications : record_.classifications;
    const auto& modalities = from.modalities.empty() ? record_.modalities : from.modalities;
    ForeignRow row;
    for (const auto scheme : rules_.modality_schemes)
      if (row.modality.empty())
        row.modality = one_of(modalities, scheme, rules_.modality_list, "modality");
    row.purpose = one_of(coded, "purpose", "purpose", "purpose");
    if (row.purpose.empty()) row.sector = one_of(coded, "category", "category", "sector");
    row.provider = dac_number(part.provider);
    if (row.provider.empty() && part.provider != several_partners)
      row.provider = provider_code(part.provider, "", "");
    if (row.provider.empty())
      tell("value.missing", "its provider is not told or has no number of the DAC; " + title() +
                                " asks for one: fill the column '" + std::string(rules_.provider) +
                                "', without it the row cannot be read again");
    row.recipient = dac_number(part.recipient);
    if (row.recipient.empty())
      tell("value.missing",
           "its recipient is not told or has no number of the DAC; the column is left empty");
    if (rules_.national && part.unit != "USD") row.currency = part.unit;
    row.instrument = instrument_of(from);
    if (rules_.flows) row.flow_type = from.flow_type.empty() ? record_.flow_type : from.flow_type;
    row.year = std::to_string(*part.year);
    return row;
  }

  ForeignRow& row_of(const ContributionPart& part) {
    auto row = describe(part);
    Key key{row.provider, row.year,       row.recipient, row.purpose + "/" + row.sector,
            row.modality, row.instrument, row.flow_type, row.currency};
    return all_.try_emplace(std::move(key), std::move(row)).first->second;
  }

  std::string instrument_of(const Contribution& one) {
    const auto& code = one.finance_type.empty() ? record_.finance_type : one.finance_type;
    if (code.empty() || codes::get_list(rules_.instrument_list).find(code)) return code;
    tell("not-held", "a finance type that the list of " + title() + " does not have is left out");
    return {};
  }

  void tell_rest() {
    if (!rules_.missing.empty())
      tell("value.missing", "what " + title() + " asks for beside it is not told by this record: " +
                                std::string(rules_.missing) + "; those columns are left empty");
    if (record_.descriptions.size() > 1 || record_.documents.size() > 1 ||
        !record_.results.empty() || !record_.locations.empty() || !record_.contacts.empty() ||
        !record_.conditions.empty() || !record_.dates.empty() || !record_.references.empty())
      tell("not-held",
           "further descriptions, documents and dates, results, places on the map, contacts, "
           "conditions and related activities have no column in " +
               title());
  }

  const Record& record_;
  const ForeignRules& rules_;
  Findings& findings_;
  std::map<Key, ForeignRow> all_;
  std::set<std::string> told_;
};

}  // namespace

std::vector<ForeignRow> fold_contributions(const Record& record, const ForeignRules& rules,
                                           Findings& findings) {
  return Foreign(record, rules, findings).rows();
}

ForeignTexts tell_foreign(const Record& record, const std::string& language) {
  ForeignTexts texts;
  texts.title = pick_text(record.title, language);
  if (!record.descriptions.empty())
    texts.description = pick_text(record.descriptions[0].text, language);
  if (!record.documents.empty()) texts.link = record.documents[0].url;
  texts.goals = join(list_goals(record.classifications), ";");
  texts.source = pick_text(record.publisher_name, language);
  std::vector<std::string> others;
  for (const auto& [function, party] : record.participations) {
    const std::string name(pick_text(party.name, language));
    if (function == Function::manages && texts.agency.empty()) {
      texts.agency = name;
    } else if (function == Function::carries_out && texts.channel_name.empty() &&
               texts.channel.empty()) {
      texts.channel = party.channel;
      texts.channel_name = name;
    } else if (function != Function::funds && !name.empty()) {
      others.push_back(name);
    }
  }
  texts.others = join(others, "; ");
  return texts;
}

}  // namespace austral::rows
