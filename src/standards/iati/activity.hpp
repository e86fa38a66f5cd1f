// IATI activities in the standard's own words and order; texts point into the parsed document.
#pragma once

#include <deque>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/finding.hpp"

namespace austral::iati {

using View = std::string_view;

struct Narrative {
  View lang;
  View text;
};
using Narratives = std::vector<Narrative>;

/// A value of a list with all that may stand beside it (sector, tag, policy-marker, country ...).
struct Coded {
  View code;
  View vocabulary;
  View uri;
  View type;          ///< humanitarian-scope
  View significance;  ///< policy-marker
  View level;         ///< administrative
  std::optional<Decimal> percentage;
  Narratives narratives;
};

/// Somebody: reporting-org, participating-org, provider-org, receiver-org, owner-org.
struct Organisation {
  View ref;
  View type;
  View role;
  View activity_id;  ///< also provider-activity-id, receiver-activity-id
  View crs_channel_code;
  View secondary_reporter;
  Narratives narratives;
};

struct Value {
  std::optional<Decimal> amount;
  View currency;
  std::optional<Date> value_date;
};

struct ActivityDate {
  View type;
  std::optional<Date> iso_date;
  Narratives narratives;
};

struct OtherIdentifier {
  View ref;
  View type;
  Organisation owner;
};

struct Description {
  View type;
  Narratives narratives;
};

struct ContactInfo {
  View type;
  Narratives organisation, department, person_name, job_title, mailing_address;
  std::vector<View> telephones, emails, websites;
};

struct DocumentLink {
  View url;
  View format;
  Narratives title, description;
  std::vector<View> categories, languages;
  std::optional<Date> document_date;
  std::vector<Coded> recipient_countries;  ///< organisation files
};

struct Location {
  View ref, reach, exactness, location_class, feature, pos;
  Narratives name, description, activity_description;
  std::vector<Coded> ids, administrative;
};

/// budget and planned-disbursement; in organisation files also the four budgets and expenditure.
struct Budget {
  View type, status;
  View element;  ///< organisation files: which of them
  std::optional<Date> period_start, period_end;
  Value value;
  Organisation provider, receiver;
  std::vector<Coded> countries, regions;
  struct Line {
    View ref;
    Value value;
    Narratives narratives;
  };
  std::vector<Line> lines;
};

struct Transaction {
  View ref, humanitarian, type;
  std::optional<Date> transaction_date;
  Value value;
  Narratives description;
  Organisation provider, receiver;
  View disbursement_channel, flow_type, finance_type, tied_status;
  std::vector<Coded> sectors, recipient_countries, recipient_regions, aid_types;
};

struct Measure {  ///< baseline, target, actual
  View value, year;
  std::optional<Date> iso_date;
  Narratives comment;
  std::vector<View> locations;
  std::vector<Coded> dimensions;  ///< vocabulary = name, code = value
  std::vector<DocumentLink> documents;
};

struct Period {
  std::optional<Date> start, end;
  std::vector<Measure> targets, actuals;
};

struct Indicator {
  View measure, ascending, aggregation_status;
  Narratives title, description;
  std::vector<Coded> references;
  std::vector<Measure> baselines;
  std::vector<Period> periods;
  std::vector<DocumentLink> documents;
};

struct Result {
  View type, aggregation_status;
  Narratives title, description;
  std::vector<Coded> references;
  std::vector<Indicator> indicators;
  std::vector<DocumentLink> documents;
};

struct RelatedActivity {
  View ref, type;
};

struct Condition {
  View type;
  Narratives narratives;
};

/// Something without a place above: its path below the activity and its text.
struct Rest {
  std::string path;
  View value;
};

/// What an earlier export of ours could not say in the standard's elements.
struct KeptMember {
  View name;
  View of;    ///< digest of what the elements said when it was written
  View json;  ///< the member of the record
};

/// One activity or, with `organisation` set, one organisation of an organisation file.
struct Activity {
  bool organisation = false;
  View version, lang, default_currency, last_updated, hierarchy, humanitarian, linked_data_uri;
  View budget_not_provided;
  View identifier;
  Organisation reporting_org;
  Narratives title;  ///< organisation files: name
  std::vector<Description> descriptions;
  std::vector<Organisation> participating_orgs;
  std::vector<OtherIdentifier> other_identifiers;
  View status;
  std::vector<ActivityDate> dates;
  std::vector<ContactInfo> contacts;
  View scope;
  std::vector<Coded> recipient_countries, recipient_regions;
  std::vector<Location> locations;
  std::vector<Coded> sectors, tags;
  View budget_items_vocabulary;
  std::vector<Coded> budget_items, humanitarian_scopes, policy_markers;
  View collaboration_type, default_flow_type, default_finance_type, default_tied_status;
  std::vector<Coded> default_aid_types;
  std::vector<Budget> budgets, planned_disbursements;
  View capital_spend;
  std::vector<Transaction> transactions;
  std::vector<DocumentLink> documents;
  std::vector<RelatedActivity> related_activities;
  View conditions_attached;
  std::vector<Condition> conditions;
  std::vector<Result> results;
  std::vector<Rest> rest;
  std::vector<KeptMember> kept;
};

/// A parsed source and the activity that points into it; neither is copied.
class Source {
 public:
  /// Reads one activity or organisation of any version. What is wrong goes to `findings`;
  /// false when it is no XML or no IATI record at all.
  bool read(View text, View version, Findings& findings);
  const Activity& activity() const { return activity_; }

 private:
  pugi::xml_document document_;
  std::deque<std::string> joined_;  ///< texts that the document holds in several parts
  Activity activity_;
};

}  // namespace austral::iati
