// Reads values, budgets, planned disbursements and transactions.
#include "standards/iati/walk.hpp"

namespace austral::iati {

/// The code of a list, where it may stand once.
void Walk::take_code(Node node, View& slot) {
  if (!repeats(node)) slot = code(node);
}

/// A party of a transaction; 1.0x repeats it for each language.
void Walk::take_party(Node node, Organisation& slot) {
  if (!node.previous_sibling(node.name())) {
    slot = organisation(node);
    return;
  }
  if (v1_) {
    std::vector<Organisation> one{slot};
    if (merge_translation(one, organisation(node))) {
      slot = std::move(one.front());
      return;
    }
  }
  repeats(node);
}

Value Walk::value(Node node) {
  Value value;
  View day;
  attributes(node, {{"currency", &value.currency}, {"value-date", &day}});
  const View digits = text(node);
  if (digits.empty())
    report(Severity::error, "iati.value.missing", node, "there is no amount");
  else
    value.amount = number(digits, node, "the amount");
  if (!day.empty()) value.value_date = parse_day(day, node, "value-date");
  each_element(node, [&](Node child) { keep(child); });
  return value;
}

Budget::Line Walk::budget_line(Node node) {
  Budget::Line line;
  attributes(node, {{"ref", &line.ref}});
  each_element(node, [&](Node child) {
    if (View(child.name()) == "value") {
      line.value = value(child);
    } else if (View(child.name()) == "narrative") {
      const View words = text(child);
      if (!words.empty())
        line.narratives.push_back({trimmed(child.attribute("xml:lang").value()), words});
    } else {
      keep(child);
    }
  });
  return line;
}

Budget Walk::budget(Node node) {
  Budget budget;
  budget.element = node.name();
  bool has_value = false;
  attributes(node, {{"type", &budget.type}, {"status", &budget.status}});
  budget.type = modern(OldList::budget_type, budget.type, node);
  each_element(node, [&](Node child) {
    switch (word(child.name())) {
      case word("period-start"): budget.period_start = iso_date(child); break;
      case word("period-end"): budget.period_end = iso_date(child); break;
      case word("value"):
        if (repeats(child)) break;
        budget.value = value(child);
        has_value = true;
        break;
      case word("provider-org"): take_party(child, budget.provider); break;
      case word("receiver-org"):
      case word("recipient-org"): take_party(child, budget.receiver); break;
      case word("recipient-country"): budget.countries.push_back(coded(child)); break;
      case word("recipient-region"):
        budget.regions.push_back(coded(child));
        budget.regions.back().vocabulary =
            modern(OldList::region_vocabulary, budget.regions.back().vocabulary, child);
        break;
      case word("budget-line"):
      case word("expense-line"): budget.lines.push_back(budget_line(child)); break;
      default: keep(child);
    }
  });
  require(node.child("period-start"), node, "period-start");
  if (!has_value) report(Severity::error, "iati.value.missing", node, "there is no amount");
  return budget;
}

Transaction Walk::transaction(Node node) {
  Transaction one;
  bool has_value = false, has_date = false;
  attributes(node, {{"ref", &one.ref}, {"humanitarian", &one.humanitarian}});
  each_element(node, [&](Node child) {
    switch (word(child.name())) {
      case word("transaction-type"):
        if (repeats(child)) break;
        one.type = modern(OldList::transaction_type, code(child), child);
        break;
      case word("transaction-date"):
        has_date = true;
        if (repeats(child)) break;
        one.transaction_date = iso_date(child);
        break;
      case word("value"):
        has_value = true;
        if (repeats(child)) break;
        one.value = value(child);
        break;
      case word("description"): narratives(child, one.description); break;
      case word("provider-org"): take_party(child, one.provider); break;
      case word("receiver-org"): take_party(child, one.receiver); break;
      case word("disbursement-channel"): take_code(child, one.disbursement_channel); break;
      case word("sector"):
        one.sectors.push_back(coded(child));
        one.sectors.back().vocabulary =
            modern(OldList::sector_vocabulary, one.sectors.back().vocabulary, child);
        break;
      case word("recipient-country"): one.recipient_countries.push_back(coded(child)); break;
      case word("recipient-region"):
        one.recipient_regions.push_back(coded(child));
        one.recipient_regions.back().vocabulary =
            modern(OldList::region_vocabulary, one.recipient_regions.back().vocabulary, child);
        break;
      case word("flow-type"): take_code(child, one.flow_type); break;
      case word("finance-type"): take_code(child, one.finance_type); break;
      case word("aid-type"): one.aid_types.push_back(coded(child)); break;
      case word("tied-status"): take_code(child, one.tied_status); break;
      default: keep(child);
    }
  });
  require(!one.type.empty(), node, "transaction-type");
  require(has_date, node, "transaction-date");
  if (!has_value) report(Severity::error, "iati.value.missing", node, "there is no amount");
  return one;
}

}  // namespace austral::iati
