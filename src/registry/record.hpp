// What one source says about an initiative: every mapped field, in the register's words, whatever
// the format.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/finding.hpp"
#include "base/quantity.hpp"

namespace austral::registry {

/// One text in one language. `lang` is lower-case BCP 47 as far as the source says; may be empty.
struct Text {
  std::string lang;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Text, (), (lang, text))
using Texts = std::vector<Text>;

/// A value of a list: `scheme` names the list in the register's words (`purpose`, `category`,
/// `goal`, `target`, `marker`, `framework`, ... see codes/scheme.hpp), `code` the value; `share` in
/// per cent as published.
struct Classification {
  std::string scheme;
  std::string code;
  std::optional<Decimal> share;
  std::string significance;  ///< of policy markers
  std::string uri;           ///< of a publisher's own list
  Texts name;                ///< as the source names it
};
BOOST_DESCRIBE_STRUCT(Classification, (), (scheme, code, share, significance, uri, name))

/// A country (`kind` "country", ISO 3166 alpha-2 code) or a region (`kind` "region", with its
/// vocabulary).
struct Place {
  std::string kind;
  std::string vocabulary;  ///< of regions: `dac`, `m49`, `own`
  std::string code;
  std::optional<Decimal> share;
  std::string uri;
  Texts name;
};
BOOST_DESCRIBE_STRUCT(Place, (), (kind, vocabulary, code, share, uri, name))

/// An organization as a source names it. `type` is a code of IATI's OrganisationType list, which we
/// adopt.
struct Party {
  std::string ref;
  std::string type;
  Texts name;
  std::string activity;  ///< the party's own identifier of the same or a related activity
  std::string channel;   ///< CRS channel code
};
BOOST_DESCRIBE_STRUCT(Party, (), (ref, type, name, activity, channel))

/// What a party does in an initiative. Whether that makes it provider, recipient or facilitator is
/// a rule's conclusion (registry/framework.hpp), not a source's statement.
enum class Function { unspecified, funds, answers_for, manages, carries_out };
BOOST_DESCRIBE_ENUM(Function, unspecified, funds, answers_for, manages, carries_out)

struct Participation {
  Function function = Function::unspecified;
  Party party;
};
BOOST_DESCRIBE_STRUCT(Participation, (), (function, party))

/// What a contribution is. The first thirteen are in the order of IATI's transaction types 1..13.
enum class ContributionKind {
  none,
  incoming_funds,
  commitment,
  disbursement,
  expenditure,
  interest_payment,
  loan_repayment,
  reimbursement,
  equity_purchase,
  equity_sale,
  guarantee,
  incoming_commitment,
  pledge,
  incoming_pledge,
  budget,
  planned_disbursement
};
BOOST_DESCRIBE_ENUM(ContributionKind, none, incoming_funds, commitment, disbursement, expenditure,
                    interest_payment, loan_repayment, reimbursement, equity_purchase, equity_sale,
                    guarantee, incoming_commitment, pledge, incoming_pledge, budget,
                    planned_disbursement)

/// One thing more that is known of a contribution: `grade` P4, `sex` F, `freight` 2750. Names are
/// free; registry/detail.hpp knows the common ones.
struct Detail {
  std::string name;
  std::string value;
  bool operator==(const Detail&) const = default;
};
BOOST_DESCRIBE_STRUCT(Detail, (), (name, value))
using Details = std::vector<Detail>;

/// What a partner brings: a quantity of a unit (money: its ISO 4217 code), on a day, from whom, to
/// whom.
struct Contribution {
  ContributionKind kind = ContributionKind::none;
  std::optional<Date> date;        ///< of the transaction, or start of the period
  std::optional<Date> end_date;    ///< end of the period
  std::optional<Date> value_date;  ///< the day whose price counts
  Quantity quantity;
  std::string ref;
  std::string type;    ///< budgets: 1 original, 2 revised
  std::string status;  ///< budgets: 1 indicative, 2 committed
  Texts description;
  Party provider;
  Party receiver;
  std::vector<Place> places;
  std::vector<Classification> classifications;
  std::string channel;  ///< disbursement channel
  std::string flow_type;
  std::string finance_type;
  std::vector<Classification> modalities;
  std::string tied_status;
  std::string humanitarian;  ///< "1", "0" or unsaid
  std::vector<Classification>
      lines;  ///< budget lines of organisation files: code = ref, with amounts in name
  Details details;
};
BOOST_DESCRIBE_STRUCT(Contribution, (),
                      (kind, date, end_date, value_date, quantity, ref, type, status, description,
                       provider, receiver, places, classifications, channel, flow_type,
                       finance_type, modalities, tied_status, humanitarian, lines, details))

/// What a record names of other records.
enum class ReferenceKind {
  other_identifier,    ///< the same activity under another identifier (IATI A3, A9)
  former_publisher,    ///< the reporting organization's earlier identifier (B1)
  foreign_identifier,  ///< another system's number, not an identifier of a record (A1, A2, B9 ...)
  parent,
  child,
  sibling,
  co_funded,
  third_party,
  funded_by,  ///< provider-activity-id of incoming money
  funds,      ///< receiver-activity-id of outgoing money
  year_of     ///< the activity of which this record tells one year; no identifier of a record
};
BOOST_DESCRIBE_ENUM(ReferenceKind, other_identifier, former_publisher, foreign_identifier, parent,
                    child, sibling, co_funded, third_party, funded_by, funds, year_of)

struct Reference {
  ReferenceKind kind = ReferenceKind::foreign_identifier;
  std::string identifier;
  std::string type;  ///< as published: `A3`, `1`
  Party owner;
};
BOOST_DESCRIBE_STRUCT(Reference, (), (kind, identifier, type, owner))

struct Description {
  std::string type;  ///< 1 general, 2 objectives, 3 target groups, 4 other
  Texts text;
};
BOOST_DESCRIBE_STRUCT(Description, (), (type, text))

/// A date in an initiative's life. `type`: 1 planned start, 2 actual start, 3 planned end, 4 actual
/// end.
struct LifeDate {
  std::string type;
  std::optional<Date> date;
  Texts note;
};
BOOST_DESCRIBE_STRUCT(LifeDate, (), (type, date, note))

struct Document {
  std::string url;
  std::string format;
  Texts title;
  Texts description;
  std::vector<std::string> categories;
  std::vector<std::string> languages;
  std::optional<Date> date;
  std::vector<Place> places;
};
BOOST_DESCRIBE_STRUCT(Document, (),
                      (url, format, title, description, categories, languages, date, places))

struct Contact {
  std::string type;
  Texts organization;
  Texts department;
  Texts person;
  Texts job_title;
  Texts address;
  std::vector<std::string> telephones;
  std::vector<std::string> emails;
  std::vector<std::string> websites;
};
BOOST_DESCRIBE_STRUCT(Contact, (),
                      (type, organization, department, person, job_title, address, telephones,
                       emails, websites))

struct Location {
  std::string ref;
  std::string reach;
  std::string exactness;
  std::string location_class;
  std::string feature;
  std::string
      latitude;  ///< decimal degrees as published (WGS 84); a label, never computed as money is
  std::string longitude;
  Texts name;
  Texts description;
  Texts activity_description;
  std::vector<Classification> identifiers;     ///< scheme = gazetteer vocabulary
  std::vector<Classification> administrative;  ///< scheme = vocabulary, significance = level
};
BOOST_DESCRIBE_STRUCT(Location, (),
                      (ref, reach, exactness, location_class, feature, latitude, longitude, name,
                       description, activity_description, identifiers, administrative))

struct Condition {
  std::string type;
  Texts text;
};
BOOST_DESCRIBE_STRUCT(Condition, (), (type, text))

/// One value of an indicator: text as published (it may be qualitative), with its dimensions.
struct Measurement {
  std::string value;
  std::string year;  ///< of baselines
  std::optional<Date> date;
  Texts comment;
  std::vector<std::string> locations;
  std::vector<Classification> dimensions;  ///< scheme = dimension name, code = value
  std::vector<Document> documents;
};
BOOST_DESCRIBE_STRUCT(Measurement, (),
                      (value, year, date, comment, locations, dimensions, documents))

struct IndicatorPeriod {
  std::optional<Date> start;
  std::optional<Date> end;
  std::vector<Measurement> targets;
  std::vector<Measurement> actuals;
};
BOOST_DESCRIBE_STRUCT(IndicatorPeriod, (), (start, end, targets, actuals))

struct Indicator {
  std::string measure;
  std::string ascending;  ///< "1", "0" or unsaid
  std::string aggregation;
  Texts title;
  Texts description;
  std::vector<Classification> references;
  std::vector<Measurement> baselines;
  std::vector<IndicatorPeriod> periods;
  std::vector<Document> documents;
};
BOOST_DESCRIBE_STRUCT(Indicator, (),
                      (measure, ascending, aggregation, title, description, references, baselines,
                       periods, documents))

struct Result {
  std::string type;  ///< 1 output, 2 outcome, 3 impact, 9 other
  std::string aggregation;
  Texts title;
  Texts description;
  std::vector<Classification> references;
  std::vector<Indicator> indicators;
  std::vector<Document> documents;
};
BOOST_DESCRIBE_STRUCT(Result, (),
                      (type, aggregation, title, description, references, indicators, documents))

/// A field that the register has no word for yet, kept by its path (`crs-add/loan-terms/@rate-1`).
struct Extra {
  std::string path;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(Extra, (), (path, value))

/// `activity`: an initiative as one source sees it. `organisation`: an organization's own file
/// (budgets, documents). `aggregate`: a publisher's sum over activities, kept beside them and never
/// added to them.
struct Record {
  std::string kind = "activity";
  std::string publisher;  ///< the reporting organization's reference
  std::string publisher_type;
  Texts publisher_name;
  bool secondary_publisher = false;  ///< reports what others do
  std::string identifier;
  std::string updated;   ///< as published: the record's own, else the file's date-time
  std::string language;  ///< default for texts without one
  std::string currency;  ///< default for amounts without one
  std::string hierarchy;
  std::string humanitarian;
  std::string link;  ///< linked data address
  Texts title;       ///< organisation files: the organization's name
  std::vector<Description> descriptions;
  std::string status;  ///< 1 pipeline ... 6 suspended
  std::string scope;
  std::string collaboration_type;
  std::string flow_type;
  std::string finance_type;
  std::string tied_status;
  std::string capital_share;
  std::string budget_not_provided;
  std::vector<Classification> modalities;
  std::vector<LifeDate> dates;
  std::vector<Participation> participations;
  std::vector<Place> places;
  std::vector<Classification> classifications;
  std::vector<Contribution> contributions;
  std::vector<Reference> references;
  std::vector<Location> locations;
  std::vector<Document> documents;
  std::vector<Contact> contacts;
  std::string conditions_attached;
  std::vector<Condition> conditions;
  std::vector<Result> results;
  std::vector<Extra> extras;
};
BOOST_DESCRIBE_STRUCT(Record, (),
                      (kind, publisher, publisher_type, publisher_name, secondary_publisher,
                       identifier, updated, language, currency, hierarchy, humanitarian, link,
                       title, descriptions, status, scope, collaboration_type, flow_type,
                       finance_type, tied_status, capital_share, budget_not_provided, modalities,
                       dates, participations, places, classifications, contributions, references,
                       locations, documents, contacts, conditions_attached, conditions, results,
                       extras))

/// The text in the wanted language, else in English, else the first; empty when there is none.
std::string_view pick_text(const Texts& texts, std::string_view language);

}  // namespace austral::registry
