// The fields, and the headers by which sheets call them.
#include "standards/mapping/fields.hpp"

#include <algorithm>
#include <deque>

#include "base/error.hpp"
#include "base/tsv.hpp"
#include "registry/detail.hpp"

namespace austral::mapping {

namespace {

Reads reads_of(std::string_view unit) {
  return unit.empty()         ? Reads::text
         : unit == "date"     ? Reads::date
         : unit == "ISO 4217" ? Reads::currency
         : unit == "ratio"    ? Reads::ratio
                              : Reads::amount;
}

/// A field for each detail that the register knows by name.
void add_detail_fields(std::vector<Field>& table) {
  static const std::deque<std::string> names = [] {
    std::deque<std::string> all;
    for (const auto& known : registry::known_details())
      all.push_back(std::string(detail_prefix) + std::string(known.name));
    return all;
  }();
  auto name = names.begin();
  for (const auto& known : registry::known_details())
    table.push_back({*name++, Group::contribution, reads_of(known.unit), "", false, known.meaning});
}

struct Stated {
  using enum Group;
  static constexpr Field fields[] = {
      {"identifier", record, Reads::word, "", true, "the initiative's own number or reference"},
      {"other_identifier", record, Reads::word, "", false,
       "the same initiative's identifier in another system"},
      {"publisher", record, Reads::word, "", false, "reference of who reports, such as BR-GOV-ABC"},
      {"publisher_name", record, Reads::text, "", false, "who reports"},
      {"publisher_type", record, Reads::code, "OrganisationType", false, "its type"},
      {"secondary", record, Reads::flag, "", false, "yes: the publisher reports what others do"},
      {"updated", record, Reads::date, "", false, "when the source last changed the row"},
      {"title", record, Reads::text, "", false, "the initiative's name"},
      {"description", record, Reads::text, "", false, "what it is about"},
      {"objective", record, Reads::text, "", false, "what it is to achieve"},
      {"beneficiaries", record, Reads::text, "", false, "for whom it is"},
      {"note", record, Reads::text, "", false, "other remarks worth showing"},
      {"status", record, Reads::code, "ActivityStatus", false, "how far it is"},
      {"scope", record, Reads::code, "ActivityScope", false, "global, regional, national ..."},
      {"start", record, Reads::date, "", false, "the day it began"},
      {"start_planned", record, Reads::date, "", false, "the day it is to begin"},
      {"end", record, Reads::date, "", false, "the day it ended"},
      {"end_planned", record, Reads::date, "", false, "the day it is to end"},
      {"framework", record, Reads::code, "framework", false,
       "South-South, triangular or multilateral support, where the source says so"},
      {"marker", record, Reads::code, "marker", false, "a policy marker"},
      {"modality", record, Reads::code, "aid-type", false, "how it is carried out"},
      {"collaboration", record, Reads::code, "CollaborationType", false, "bilateral ..."},
      {"flow_type", record, Reads::code, "FlowType", false, "ODA, other official flows ..."},
      {"finance_type", record, Reads::code, "FinanceType", false, "grant, loan ..."},
      {"tied_status", record, Reads::code, "TiedStatus", false, "tied or not"},
      {"humanitarian", record, Reads::flag, "", false, "whether it is humanitarian"},
      {"provider", provider, Reads::text, "", true, "an organization that pays or provides"},
      {"provider_ref", provider, Reads::word, "", true, "its reference"},
      {"provider_type", provider, Reads::code, "OrganisationType", false, "its type"},
      {"provider_country", provider, Reads::country, "", true, "the country that provides"},
      {"facilitator", facilitator, Reads::text, "", true, "an organization that facilitates"},
      {"facilitator_ref", facilitator, Reads::word, "", true, "its reference"},
      {"facilitator_type", facilitator, Reads::code, "OrganisationType", false, "its type"},
      {"facilitator_country", facilitator, Reads::country, "", true,
       "the country that facilitates"},
      {"responsible", responsible, Reads::text, "", true, "who answers for it"},
      {"responsible_ref", responsible, Reads::word, "", true, "its reference"},
      {"responsible_type", responsible, Reads::code, "OrganisationType", false, "its type"},
      {"implementer", implementer, Reads::text, "", true, "who carries it out"},
      {"implementer_ref", implementer, Reads::word, "", true, "its reference"},
      {"implementer_type", implementer, Reads::code, "OrganisationType", false, "its type"},
      {"implementer_country", implementer, Reads::country, "", true,
       "the country whose institutions carry it out"},
      {"partner", partner, Reads::text, "", true, "another organization that takes part"},
      {"partner_ref", partner, Reads::word, "", true, "its reference"},
      {"partner_type", partner, Reads::code, "OrganisationType", false, "its type"},
      {"partner_country", partner, Reads::country, "", true, "another country that takes part"},
      {"recipient", recipient, Reads::place, "", true, "a country or region that receives"},
      {"recipient_share", recipient, Reads::share, "", false, "its part, in per cent"},
      {"sector", sector, Reads::sector, "", true, "purpose or category of the DAC"},
      {"sector_own", sector, Reads::text, "", true, "a sector of the source's own list"},
      {"sector_share", sector, Reads::share, "", false, "its part, in per cent"},
      {"goal", goal, Reads::goal, "", true, "a Sustainable Development Goal or target"},
      {"goal_share", goal, Reads::share, "", false, "its part, in per cent"},
      {"amount", contribution, Reads::amount, "", true, "money, or a number of units"},
      {"kind", contribution, Reads::contribution, "", false,
       "commitment, disbursement, pledge, budget ..."},
      {"currency", contribution, Reads::currency, "", false, "of the amount"},
      {"unit", contribution, Reads::text, "", false,
       "of an amount that is no money: person-days, tonnes, scholarships"},
      {"date", contribution, Reads::date, "", false, "the day of the contribution"},
      {"year", contribution, Reads::year, "", false, "its year, where no day is known"},
      {"period_end", contribution, Reads::date, "", false, "the last day of a budget's period"},
      {"price_year", contribution, Reads::year, "", false,
       "the year in whose prices the amount is given"},
      {"amount_description", contribution, Reads::text, "", false, "what the money is for"},
      {"amount_reference", contribution, Reads::word, "", false, "its number in the source"},
      {"payer", contribution, Reads::text, "", false, "who pays this contribution"},
      {"payer_ref", contribution, Reads::word, "", false, "its reference"},
      {"receiver", contribution, Reads::text, "", false, "who is paid"},
      {"receiver_ref", contribution, Reads::word, "", false, "its reference"},
      {"receiver_type", contribution, Reads::code, "OrganisationType", false, "its type"},
      {"amount_recipient", contribution, Reads::place, "", false,
       "the country that this contribution is for"},
      {"amount_finance_type", contribution, Reads::code, "FinanceType", false, "grant, loan ..."},
      {"amount_flow_type", contribution, Reads::code, "FlowType", false, "ODA ..."},
      {"amount_modality", contribution, Reads::code, "tossd-modality", false,
       "how this contribution is carried out: D011 experts, E01 scholarships, J01 goods ..."},
      {"detail", contribution, Reads::text, "", false,
       "what else is known of the contribution: grade=P4; sex=F"},
      {"document", document, Reads::list_of_urls, "", true, "addresses of pages or papers"},
      {"document_title", document, Reads::text, "", false, "their title"},
      {"contact", contact, Reads::text, "", true, "a person to ask"},
      {"contact_organization", contact, Reads::text, "", true, "the organization to ask"},
      {"contact_email", contact, Reads::word, "", true, "an e-mail address"},
      {"contact_phone", contact, Reads::word, "", true, "a telephone number"},
      {"location", location, Reads::text, "", true, "a place, province or town"},
      {"latitude", location, Reads::word, "", true, "degrees north, WGS 84"},
      {"longitude", location, Reads::word, "", false, "degrees east, WGS 84"},
  };
};

}  // namespace

const std::vector<Field>& fields() {
  static const std::vector<Field> all = [] {
    std::vector<Field> table(std::begin(Stated::fields), std::end(Stated::fields));
    add_detail_fields(table);
    return table;
  }();
  return all;
}

const Field* find_field(std::string_view name) {
  const auto& all = fields();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Field& field) { return field.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> field_names() {
  std::vector<std::string> names;
  for (const auto& field : fields()) names.emplace_back(field.name);
  return names;
}

const std::vector<Synonym>& header_synonyms() {
  static const std::vector<Synonym> all = [] {
    const TsvTable table = read_embedded_table("data/mappings/headers.tsv");
    const auto field = table.column("field"), lang = table.column("lang"),
               header = table.column("header");
    std::vector<Synonym> synonyms;
    for (const auto row : table.rows()) {
      AUSTRAL_ASSERT(find_field(row[field]));
      synonyms.push_back({row[field], row[lang], row[header]});
    }
    return synonyms;
  }();
  return all;
}

}  // namespace austral::mapping
