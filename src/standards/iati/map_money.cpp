// The border for transactions, budgets and planned disbursements: all become contributions.
#include <charconv>

#include "base/text.hpp"
#include "standards/iati/mapping.hpp"

namespace austral::iati {

using registry::Contribution;
using registry::ContributionKind;
using registry::ReferenceKind;

namespace {

/// 1..13, or 0 for what is no transaction type.
int transaction_number(View type) {
  int number = 0;
  const auto end = type.data() + type.size();
  const auto parsed = std::from_chars(type.data(), end, number);
  const bool known = parsed.ec == std::errc() && parsed.ptr == end && number >= 1 && number <= 13;
  return known ? number : 0;
}

bool is_incoming(int type) { return type == 1 || type == 11 || type == 13; }
bool is_outgoing(int type) { return type == 2 || type == 3 || type == 4 || type == 12; }

}  // namespace

/// An amount that cannot be read must not count as zero: such a contribution has no kind.
void Mapping::take_value(Contribution& to, const Value& value) {
  ++amounts_;
  if (value.amount)
    to.quantity.amount = *value.amount;
  else
    to.kind = ContributionKind::none;
  to.quantity.unit = value.currency.empty() ? a_.default_currency : value.currency;
  if (to.quantity.unit.empty()) ++without_currency_;
  to.value_date = value.value_date;
  if (!to.value_date) {
    to.value_date = to.date;
    ++without_value_date_;
  }
}

Contribution Mapping::contribution(const Transaction& from) {
  Contribution to;
  const int number = transaction_number(from.type);
  to.kind = ContributionKind(number);
  to.date = from.transaction_date;
  take_value(to, from.value);
  if (to.kind == ContributionKind::none) to.type = from.type;
  to.ref = from.ref;
  to.description = texts(from.description);
  to.provider = party(from.provider);
  to.receiver = party(from.receiver);
  for (const auto& one : from.recipient_countries) to.places.push_back(country(one));
  for (const auto& one : from.recipient_regions) to.places.push_back(region(one));
  to.classifications.reserve(from.sectors.size());
  for (const auto& one : from.sectors) to.classifications.push_back(sector(one));
  to.channel = from.disbursement_channel;
  to.flow_type = from.flow_type;
  to.finance_type = from.finance_type;
  for (const auto& one : from.aid_types) to.modalities.push_back(aid_type(one));
  to.tied_status = from.tied_status;
  to.humanitarian = from.humanitarian == "true"    ? "1"
                    : from.humanitarian == "false" ? "0"
                                                   : std::string(from.humanitarian);
  return to;
}

Contribution Mapping::contribution(const Budget& from, ContributionKind kind) {
  Contribution to;
  to.kind = kind;
  to.date = from.period_start;
  to.end_date = from.period_end;
  take_value(to, from.value);
  to.type = a_.organisation ? from.element : from.type;
  to.status = from.status;
  to.provider = party(from.provider);
  to.receiver = party(from.receiver);
  for (const auto& one : from.countries) to.places.push_back(country(one));
  for (const auto& one : from.regions) to.places.push_back(region(one));
  for (const auto& line : from.lines) {
    auto& out = to.lines.emplace_back();
    out.scheme = "budget-line";
    out.code = line.ref;
    out.name = texts(line.narratives);
    if (!line.value.amount) continue;
    const View unit = line.value.currency.empty() ? a_.default_currency : line.value.currency;
    out.name.push_back({"", to_string(*line.value.amount) + " " + std::string(unit)});
  }
  return to;
}

void Mapping::map_contributions(registry::Record& record) {
  auto& all = record.contributions;
  all.reserve(a_.transactions.size() + a_.budgets.size() + a_.planned_disbursements.size());
  for (const auto& one : a_.transactions) {
    const int number = transaction_number(one.type);
    if (number == 0 && !one.type.empty())
      findings_.push_back({Severity::error, "iati.transaction.type",
                           "transaction " + std::to_string(&one - a_.transactions.data() + 1),
                           "type '" + shorten(one.type, 40) +
                               "' is none of 1 to 13; the amount is kept but not counted"});
    all.push_back(contribution(one));
    if (is_incoming(number)) refer(record, ReferenceKind::funded_by, one.provider.activity_id, {});
    if (is_outgoing(number)) refer(record, ReferenceKind::funds, one.receiver.activity_id, {});
  }
  for (const auto& one : a_.budgets) {
    const bool spent = one.element == "total-expenditure";
    all.push_back(
        contribution(one, spent ? ContributionKind::expenditure : ContributionKind::budget));
  }
  for (const auto& one : a_.planned_disbursements) {
    all.push_back(contribution(one, ContributionKind::planned_disbursement));
    refer(record, ReferenceKind::funds, one.receiver.activity_id, {});
  }
}

/// One finding for each kind of gap: a file with a thousand transactions needs no thousand lines.
void Mapping::report_gaps() {
  const std::string of = " of " + std::to_string(amounts_) + " amounts";
  if (without_currency_ > 0)
    findings_.push_back({Severity::error, "iati.currency.missing", "value",
                         std::to_string(without_currency_) + of +
                             " have no currency, and there "
                             "is no default-currency; they cannot be converted"});
  if (without_value_date_ > 0)
    findings_.push_back({Severity::remark, "iati.value_date.missing", "value",
                         std::to_string(without_value_date_) + of +
                             " have no value-date; the "
                             "transaction's date or the period's start is used"});
}

}  // namespace austral::iati
