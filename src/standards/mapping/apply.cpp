// The border from rows to a record: one initiative's rows, merged into what they say together.
#include "standards/mapping/apply.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/text.hpp"
#include "codes/country.hpp"
#include "codes/unit.hpp"
#include "registry/detail.hpp"
#include "standards/mapping/draft.hpp"
#include "standards/mapping/names.hpp"

namespace austral::mapping {
namespace {

using namespace registry;  // this file is where the two vocabularies meet

/// Adds what is not yet there; equal things are told by their JSON.
template <class T>
void add_once(std::vector<T>& all, T one) {
  const std::string text = to_json(one);
  for (const auto& old : all)
    if (to_json(old) == text) return;
  all.push_back(std::move(one));
}

Texts texts_of(const Things& things, std::string_view field, std::size_t n) {
  Texts texts;
  if (const auto* value = things.find(field, n)) texts.push_back({value->lang, value->value.text});
  return texts;
}

class RecordMaker {
 public:
  RecordMaker(const Mapping& mapping, const std::vector<DataRow>& rows)
      : mapping_(mapping), rows_(rows) {}

  Applied make() {
    auto& record = applied_.record;
    record.language = mapping_.language;
    for (const auto& row : rows_) {
      const auto drafted = draft_row(mapping_, row, applied_.findings);
      take_row(row, drafted);
    }
    settle_contributions();
    if (record.identifier.empty()) name_by_content();
    return std::move(applied_);
  }

 private:
  void take_row(const DataRow& row, const DraftedRow& drafted) {
    row_ = &row;
    row_places_.clear();
    for (const auto& [key, things] : drafted.draft)
      if (key.first == Group::record) take_record(things);
    for (const auto& [key, things] : drafted.draft) take_things(key.first, things);
    for (const auto& [key, things] : drafted.draft)
      if (key.first == Group::contribution) take_contributions(things);
    for (const auto* cell : drafted.unused) {
      const bool is_day = cell->kind == sheet::CellKind::date && cell->date;
      add_once(applied_.record.extras,
               Extra{cell->header, is_day ? to_string(*cell->date) : cell->text});
    }
  }

  /// Rows of one initiative that differ in what an initiative has once.
  void set_once(std::string& to, const Things& things, std::string_view field) {
    const auto* value = things.find(field, 0);
    if (!value || value->value.text == to) return;
    if (to.empty()) {
      to = value->value.text;
      return;
    }
    applied_.findings.push_back({Severity::remark, "row.differs", name_place(*row_, nullptr),
                                 std::string(field) + " '" + shorten(value->value.text, 60) +
                                     "' differs from '" + shorten(to, 60) +
                                     "' in an earlier row of " + applied_.record.identifier +
                                     "; the first is kept, the other stays in the source"});
  }

  void take_record(const Things& things) {
    auto& record = applied_.record;
    set_once(record.identifier, things, "identifier");
    record.identifier = collapse_spaces(record.identifier);
    set_once(record.publisher, things, "publisher");
    set_once(record.publisher_type, things, "publisher_type");
    set_once(record.status, things, "status");
    set_once(record.scope, things, "scope");
    set_once(record.collaboration_type, things, "collaboration");
    set_once(record.flow_type, things, "flow_type");
    set_once(record.finance_type, things, "finance_type");
    set_once(record.tied_status, things, "tied_status");
    set_once(record.humanitarian, things, "humanitarian");
    if (things.text("secondary", 0) == "1") record.secondary_publisher = true;
    add_texts(record.publisher_name, things, "publisher_name");
    add_texts(record.title, things, "title");
    if (const auto* updated = things.find("updated", 0)) {
      const std::string day = to_string(*updated->value.date);
      record.updated = std::max(record.updated, day);
    }
    add_description(things, "description", "1");
    add_description(things, "objective", "2");
    add_description(things, "beneficiaries", "3");
    add_description(things, "note", "4");
    add_life_date(things, "start_planned", "1");
    add_life_date(things, "start", "2");
    add_life_date(things, "end_planned", "3");
    add_life_date(things, "end", "4");
    add_codes(things, "framework", "framework", record.classifications);
    add_codes(things, "marker", "marker", record.classifications);
    add_codes(things, "modality", "aid-type", record.modalities);
    if (const auto* others = things.all("other_identifier"))
      for (const auto& other : *others)
        if (other.filled)
          add_once(record.references,
                   Reference{ReferenceKind::other_identifier, other.value.text, "A9", Party{}});
  }

  /// One text a language; further ones of rows that differ stay in the source.
  void add_texts(Texts& to, const Things& things, std::string_view field) {
    const auto* values = things.all(field);
    if (!values) return;
    for (const auto& value : *values) {
      if (!value.filled) continue;
      const auto old = std::find_if(to.begin(), to.end(),
                                    [&](const Text& text) { return text.lang == value.lang; });
      if (old == to.end())
        to.push_back({value.lang, value.value.text});
      else if (old->text != value.value.text)
        add_once(applied_.record.extras, Extra{std::string(field), value.value.text});
    }
  }

  void add_description(const Things& things, std::string_view field, const char* type) {
    const auto* values = things.all(field);
    if (!values) return;
    for (const auto& value : *values)
      if (value.filled)
        add_once(applied_.record.descriptions, Description{type, {{value.lang, value.value.text}}});
  }

  void add_life_date(const Things& things, std::string_view field, const char* type) {
    const auto* value = things.find(field, 0);
    if (!value) return;
    LifeDate day{type, value->value.date, {}};
    if (!value->value.exactness.empty())
      day.note.push_back({"en", "Only the " + value->value.exactness + " is known."});
    auto& dates = applied_.record.dates;
    const auto old = std::find_if(dates.begin(), dates.end(),
                                  [&](const LifeDate& one) { return one.type == type; });
    if (old == dates.end())
      dates.push_back(std::move(day));
    else if (old->date != day.date) {
      // A list that repeats an initiative in several years: it ran from the first to the last.
      const bool is_start = type[0] == '1' || type[0] == '2';
      if (is_start ? day.date < old->date : day.date > old->date) *old = std::move(day);
    }
  }

  void add_codes(const Things& things, std::string_view field, const char* scheme,
                 std::vector<Classification>& to) {
    const auto* values = things.all(field);
    if (!values) return;
    for (const auto& value : *values) {
      if (!value.filled) continue;
      Classification one;
      one.scheme = scheme;
      one.code = value.value.text;
      add_once(to, std::move(one));
    }
  }

  void take_things(Group group, const Things& things) {
    switch (group) {
      case Group::provider: take_parties(things, "provider", Function::funds); break;
      case Group::facilitator: take_parties(things, "facilitator", Function::manages); break;
      case Group::responsible: take_parties(things, "responsible", Function::answers_for); break;
      case Group::implementer: take_parties(things, "implementer", Function::carries_out); break;
      case Group::partner: take_parties(things, "partner", Function::unspecified); break;
      case Group::recipient: take_recipients(things); break;
      case Group::sector: take_sectors(things); break;
      case Group::goal: take_goals(things); break;
      case Group::document: take_documents(things); break;
      case Group::contact: take_contacts(things); break;
      case Group::location: take_locations(things); break;
      case Group::record:
      case Group::contribution: break;
    }
  }

  void take_parties(const Things& things, const std::string& role, Function function) {
    for (std::size_t n = 0; n < things.count(); ++n) {
      Participation one;
      one.function = function;
      one.party.ref = things.text(role + "_ref", n);
      one.party.type = things.text(role + "_type", n);
      one.party.name = texts_of(things, role, n);
      if (!one.party.ref.empty() || !one.party.name.empty())
        add_once(applied_.record.participations, one);
    }
    const auto* countries = things.all(role + "_country");
    if (!countries) return;
    for (const auto& value : *countries) {
      if (!value.filled) continue;
      Participation one;
      one.function = function;
      one.party.type = "10";  // a government called by its country: codes/organization.hpp
      one.party.name.push_back({"en", codes::country_name(value.value.text, "en")});
      add_once(applied_.record.participations, one);
    }
  }

  static Place place_of(const Placed& value) {
    Place place;
    const bool country = value.value.scheme == "country";
    place.kind = country ? "country" : "region";
    if (!country) place.vocabulary = value.value.scheme;
    place.code = value.value.text;
    return place;
  }

  void take_recipients(const Things& things) {
    for (std::size_t n = 0; n < things.count(); ++n) {
      const auto* value = things.find("recipient", n);
      if (!value) continue;
      Place place = place_of(*value);
      if (const auto* share = things.find("recipient_share", n)) place.share = share->value.number;
      add_once(applied_.record.places, place);
      place.share.reset();
      add_once(row_places_, place);
    }
  }

  void take_sectors(const Things& things) {
    for (std::size_t n = 0; n < things.count(); ++n) {
      std::optional<Decimal> share;
      if (const auto* value = things.find("sector_share", n)) share = value->value.number;
      if (const auto* value = things.find("sector", n)) {
        Classification one;
        one.scheme = value->value.scheme;
        one.code = value->value.text;
        one.share = share;
        add_once(applied_.record.classifications, std::move(one));
      }
      if (const auto* value = things.find("sector_own", n)) {
        Classification one;
        one.scheme = "sector-99";
        one.code = shorten(value->value.text, 100);
        one.name = texts_of(things, "sector_own", n);
        add_once(applied_.record.classifications, std::move(one));
      }
    }
  }

  void take_goals(const Things& things) {
    for (std::size_t n = 0; n < things.count(); ++n) {
      const auto* value = things.find("goal", n);
      if (!value) continue;
      Classification one;
      one.scheme = value->value.scheme;
      one.code = value->value.text;
      if (const auto* share = things.find("goal_share", n)) one.share = share->value.number;
      add_once(applied_.record.classifications, std::move(one));
    }
  }

  void take_documents(const Things& things) {
    for (std::size_t n = 0; n < things.count(); ++n) {
      Document one;
      one.url = things.text("document", n);
      one.title = texts_of(things, "document_title", n);
      if (!one.url.empty()) add_once(applied_.record.documents, std::move(one));
    }
  }

  void take_contacts(const Things& things) {
    for (std::size_t n = 0; n < things.count(); ++n) {
      Contact one;
      one.person = texts_of(things, "contact", n);
      one.organization = texts_of(things, "contact_organization", n);
      if (const auto text = things.text("contact_email", n); !text.empty())
        one.emails.push_back(text);
      if (const auto text = things.text("contact_phone", n); !text.empty())
        one.telephones.push_back(text);
      add_once(applied_.record.contacts, std::move(one));
    }
  }

  void take_locations(const Things& things) {
    for (std::size_t n = 0; n < things.count(); ++n) {
      Location one;
      one.name = texts_of(things, "location", n);
      one.latitude = things.text("latitude", n);
      one.longitude = things.text("longitude", n);
      if (!one.name.empty() || !one.latitude.empty())
        add_once(applied_.record.locations, std::move(one));
    }
  }

  /// A contribution with what must wait until all rows are read.
  struct Waiting {
    Contribution contribution;
    std::vector<Place> places;  // of its row
    bool from_start = false, once = false;
    std::string where;
  };

  void take_contributions(const Things& things) {
    for (std::size_t n = 0; n < things.count(); ++n) {
      const auto* amount = things.find("amount", n);
      if (!amount) continue;
      Waiting one;
      auto& to = one.contribution;
      to.quantity.amount = *amount->value.number;
      to.kind = find_kind(things.text("kind", n));
      take_unit(things, n, to);
      take_days(things, n, *amount, one);
      to.ref = things.text("amount_reference", n);
      to.description = texts_of(things, "amount_description", n);
      to.finance_type = things.text("amount_finance_type", n);
      to.flow_type = things.text("amount_flow_type", n);
      if (const auto code = things.text("amount_modality", n); !code.empty())
        to.modalities = {{"modality", code, {}, "", "", {}}};
      take_details(things, n, to);
      to.provider.name = texts_of(things, "payer", n);
      to.provider.ref = things.text("payer_ref", n);
      to.receiver.name = texts_of(things, "receiver", n);
      to.receiver.ref = things.text("receiver_ref", n);
      to.receiver.type = things.text("receiver_type", n);
      if (const auto* place = things.find("amount_recipient", n))
        to.places.push_back(place_of(*place));
      one.places = row_places_;
      one.once = amount->once;
      one.where = name_place(*row_, nullptr);
      waiting_.push_back(std::move(one));
    }
  }

  static ContributionKind find_kind(const std::string& word) {
    ContributionKind kind = ContributionKind::none;
    boost::describe::enum_from_string(word.c_str(), kind);
    return kind;
  }

  void take_details(const Things& things, std::size_t n, Contribution& to) {
    for (const auto& known : known_details()) {
      const auto* cell = things.find(std::string(detail_prefix) + std::string(known.name), n);
      if (!cell) continue;
      const auto& value = cell->value;
      to.details.push_back({std::string(known.name), value.number ? to_string(*value.number)
                                                     : value.date ? to_string(*value.date)
                                                                  : value.text});
    }
    const std::string text = things.text("detail", n);
    if (auto more = read_details(text)) {
      for (auto& one : *more) to.details.push_back(std::move(one));
      return;
    }
    to.details.push_back({"detail", text});
    applied_.findings.push_back(
        {Severity::warning, "cell.detail", name_place(*row_, nullptr),
         "'" + shorten(text, 60) +
             "' has no name before its value and is kept as it stands: write details as "
             "grade=P4; sex=F"});
  }

  void take_unit(const Things& things, std::size_t n, Contribution& to) {
    to.quantity.unit = things.text("unit", n);
    // Units stay as they are written; only names of money become codes.
    if (!to.quantity.unit.empty() && !codes::find_unit(to.quantity.unit))
      to.quantity.unit = find_currency_named(to.quantity.unit).value_or(to.quantity.unit);
    if (to.quantity.unit.empty()) to.quantity.unit = things.text("currency", n);
    if (to.quantity.unit.empty()) {
      const auto& beside = things.find("amount", n)->value.currency;
      to.quantity.unit = find_currency_named(beside).value_or(std::string());
    }
    if (!to.quantity.unit.empty()) return;
    applied_.findings.push_back(
        {Severity::warning, "amount.without-currency", name_place(*row_, nullptr),
         "the amount " + to_string(to.quantity.amount) +
             " has no currency and no unit; it is kept, and missing from totals: name them in the "
             "row, or for all rows as `currency: {value: USD}`"});
  }

  void take_days(const Things& things, std::size_t n, const Placed& amount, Waiting& one) {
    auto& to = one.contribution;
    if (const auto* day = things.find("date", n)) to.date = day->value.date;
    if (!to.date && amount.year) to.date = make_date(amount.year, 1, 1);
    if (!to.date)
      if (const auto* year = things.find("year", n)) to.date = year->value.date;
    if (const auto* last = things.find("period_end", n)) to.end_date = last->value.date;
    one.from_start = !to.date && wants_start();
    if (const auto* price = things.find("price_year", n)) {
      const int year = year_of(*price->value.date);
      to.value_date = make_date(year, 7, 1);
      to.description.push_back({"en", "In prices of " + std::to_string(year) + "."});
      to.details.push_back({"price_year", std::to_string(year)});
    }
  }

  bool wants_start() const {
    bool wanted = false;
    for_each_rule(mapping_, row_->table, [&](const FieldRule& rule) {
      if (rule.field == "date")
        for (const auto& column : rule.columns) wanted = wanted || column == start_column;
    });
    return wanted;
  }

  void settle_contributions() {
    auto& record = applied_.record;
    std::optional<Date> start;
    for (const char* type : {"2", "1"})
      for (const auto& day : record.dates)
        if (!start && day.type == type) start = day.date;
    std::vector<std::string> met;
    for (auto& one : waiting_) {
      auto& to = one.contribution;
      if (one.from_start) to.date = start;
      if (one.once) {
        const std::string text = to_json(to);
        if (std::find(met.begin(), met.end(), text) != met.end()) continue;
        met.push_back(text);
      } else if (to.places.empty() && one.places.size() < record.places.size()) {
        to.places = one.places;  // a row's money is for the countries of that row
      }
      record.contributions.push_back(std::move(to));
    }
  }

  /// The last resort: a row that changes in any cell would be another initiative.
  void name_by_content() {
    std::string content;
    for (const auto& row : rows_)
      for (const auto& cell : row.cells) content += fold(cell.header) + "\n" + cell.text + "\n";
    applied_.record.identifier =
        mapping_.name + "-" + to_string(austral::digest_of(content)).substr(0, 16);
    applied_.findings.push_back(
        {Severity::warning, "row.identifier.made", name_place(rows_.front(), nullptr),
         "the row has no identifier; it is named by its content, so that a row with any change "
         "will be another initiative: give it a number of its own"});
  }

  const Mapping& mapping_;
  const std::vector<DataRow>& rows_;
  const DataRow* row_ = nullptr;
  std::vector<Place> row_places_;
  std::vector<Waiting> waiting_;
  Applied applied_;
};

}  // namespace

Applied apply_mapping(const Mapping& mapping, const std::vector<DataRow>& rows) {
  return RecordMaker(mapping, rows).make();
}

}  // namespace austral::mapping
