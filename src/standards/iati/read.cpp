// Reads one activity or organisation: the parsed tree becomes iati::Activity and Findings.
#include "standards/iati/walk.hpp"

namespace austral::iati {
namespace {

using Node = Walk::Node;

bool says_nothing(const Organisation& who) {
  return who.ref.empty() && who.type.empty() && who.activity_id.empty() &&
         who.crs_channel_code.empty() && who.narratives.empty();
}

/// One record being read; the switches below are the standard's table of contents.
class Record {
 public:
  Record(Node root, Activity& into, std::deque<std::string>& joined, Findings& findings)
      : root_(root), a_(into), walk_(root, into, joined, findings) {}

  void read(View version);

 private:
  bool read_identity(Node node);
  bool read_geography(Node node);
  bool read_classification(Node node);
  bool read_money(Node node);
  bool read_relations(Node node);
  bool read_version_1(Node node);
  bool read_organisation(Node node);
  void read_identifier(Node node);
  void read_reporter(Node node);
  void read_code(Node node, View& slot);
  void read_date(Node node);
  void read_other_identifier(Node node);
  void read_contact(Node node);
  void read_location(Node node);
  void read_old_coordinates(Node node, Location& place);
  void read_conditions(Node node);
  void read_budget_items(Node node);
  Coded with_vocabulary(Node node, OldList list);
  void add(std::vector<Coded>& all, Coded fresh);
  void check_required();

  Node root_;
  Activity& a_;
  Walk walk_;
};

void Record::read(View version) {
  View own_version;
  walk_.attributes(root_, {{"last-updated-datetime", &a_.last_updated},
                           {"default-currency", &a_.default_currency},
                           {"humanitarian", &a_.humanitarian},
                           {"hierarchy", &a_.hierarchy},
                           {"linked-data-uri", &a_.linked_data_uri},
                           {"budget-not-provided", &a_.budget_not_provided},
                           {"version", &own_version}});
  a_.lang = trimmed(root_.attribute("xml:lang").value());
  a_.version = version.empty() ? own_version : version;
  walk_.set_v1(is_version_1(a_.version));
  each_element(root_, [&](Node node) {
    if (a_.organisation && read_organisation(node)) return;
    if (read_identity(node) || read_geography(node) || read_classification(node) ||
        read_money(node) || read_relations(node) || read_version_1(node))
      return;
    walk_.keep(node);
  });
  check_required();
}

bool Record::read_identity(Node node) {
  switch (word(node.name())) {
    case word("iati-identifier"): read_identifier(node); return true;
    case word("reporting-org"): read_reporter(node); return true;
    case word("title"): walk_.narratives(node, a_.title); return true;
    case word("description"): {
      Description one;
      walk_.attributes(node, {{"type", &one.type}});
      walk_.narratives(node, one.narratives);
      if (one.type.empty() && one.narratives.empty()) return true;  // it says nothing
      if (!walk_.is_v1() || !merge_translation(a_.descriptions, one))
        a_.descriptions.push_back(std::move(one));
      return true;
    }
    case word("participating-org"): {
      Organisation who = walk_.organisation(node);
      if (!node.first_child() && who.role.empty() && says_nothing(who)) return true;
      if (!walk_.is_v1() || !merge_translation(a_.participating_orgs, who))
        a_.participating_orgs.push_back(std::move(who));
      return true;
    }
    case word("other-identifier"): read_other_identifier(node); return true;
    case word("activity-status"):
      if (walk_.repeats(node)) return true;
      a_.status = walk_.code(node);
      if (const View code = find_modern_code(OldList::activity_status, a_.status); !code.empty())
        a_.status = code;
      return true;
    case word("activity-date"): read_date(node); return true;
    case word("contact-info"): read_contact(node); return true;
    default: return false;
  }
}

bool Record::read_geography(Node node) {
  switch (word(node.name())) {
    case word("activity-scope"): read_code(node, a_.scope); return true;
    case word("recipient-country"): add(a_.recipient_countries, walk_.coded(node)); return true;
    case word("recipient-region"):
      add(a_.recipient_regions, with_vocabulary(node, OldList::region_vocabulary));
      return true;
    case word("location"): read_location(node); return true;
    default: return false;
  }
}

bool Record::read_classification(Node node) {
  switch (word(node.name())) {
    case word("sector"):
      add(a_.sectors, with_vocabulary(node, OldList::sector_vocabulary));
      return true;
    case word("tag"): a_.tags.push_back(walk_.coded(node)); return true;
    case word("policy-marker"):
      add(a_.policy_markers, with_vocabulary(node, OldList::policy_marker_vocabulary));
      return true;
    case word("humanitarian-scope"):
      a_.humanitarian_scopes.push_back(walk_.coded(node));
      return true;
    case word("country-budget-items"): read_budget_items(node); return true;
    case word("collaboration-type"): read_code(node, a_.collaboration_type); return true;
    case word("default-flow-type"): read_code(node, a_.default_flow_type); return true;
    case word("default-finance-type"): read_code(node, a_.default_finance_type); return true;
    case word("default-tied-status"): read_code(node, a_.default_tied_status); return true;
    case word("default-aid-type"): a_.default_aid_types.push_back(walk_.coded(node)); return true;
    default: return false;
  }
}

bool Record::read_money(Node node) {
  switch (word(node.name())) {
    case word("budget"): a_.budgets.push_back(walk_.budget(node)); return true;
    case word("planned-disbursement"):
      a_.planned_disbursements.push_back(walk_.budget(node));
      return true;
    case word("capital-spend"):
      if (walk_.repeats(node)) return true;
      walk_.attributes(node, {{"percentage", &a_.capital_spend}});
      walk_.keep_text(node);
      return true;
    case word("transaction"): a_.transactions.push_back(walk_.transaction(node)); return true;
    default: return false;
  }
}

bool Record::read_relations(Node node) {
  switch (word(node.name())) {
    case word("document-link"): a_.documents.push_back(walk_.document(node)); return true;
    case word("related-activity"): {
      RelatedActivity one;
      walk_.attributes(node, {{"ref", &one.ref}, {"type", &one.type}});
      one.type = walk_.modern(OldList::related_activity_type, one.type, node);
      if (one.ref.empty() && walk_.is_v1())
        one.ref = walk_.text(node);
      else
        walk_.keep_text(node);
      walk_.require(!one.ref.empty(), node, "ref");
      a_.related_activities.push_back(one);
      return true;
    }
    case word("conditions"): read_conditions(node); return true;
    case word("result"): a_.results.push_back(walk_.result(node)); return true;
    case word("austral:member"):
      a_.kept.push_back(
          {node.attribute("name").value(), node.attribute("of").value(), walk_.text(node)});
      return true;
    default: return false;
  }
}

bool Record::read_version_1(Node node) {
  if (View(node.name()) != "activity-website") return false;
  DocumentLink link;
  link.url = walk_.text(node);
  link.format = "text/html";
  link.categories = {"A12"};  // DocumentCategory: activity web page
  if (!link.url.empty()) a_.documents.push_back(std::move(link));
  return true;
}

bool Record::read_organisation(Node node) {
  switch (word(node.name())) {
    case word("organisation-identifier"): read_identifier(node); return true;
    case word("name"): walk_.narratives(node, a_.title); return true;
    case word("total-budget"):
    case word("recipient-org-budget"):
    case word("recipient-region-budget"):
    case word("recipient-country-budget"):
    case word("total-expenditure"): a_.budgets.push_back(walk_.budget(node)); return true;
    default: return false;
  }
}

void Record::read_identifier(Node node) {
  if (walk_.repeats(node)) return;
  walk_.attributes(node, {});
  a_.identifier = walk_.text(node);
  each_element(node, [&](Node child) { walk_.keep(child); });
}

/// 1.0x repeats it for each language.
void Record::read_reporter(Node node) {
  if (!node.previous_sibling(node.name())) {
    a_.reporting_org = walk_.organisation(node);
    return;
  }
  std::vector<Organisation> one{a_.reporting_org};
  if (walk_.is_v1() && View(node.attribute("type").value()) == a_.reporting_org.type)
    if (merge_translation(one, walk_.organisation(node))) {
      a_.reporting_org = std::move(one.front());
      return;
    }
  walk_.repeats(node);
}

void Record::read_code(Node node, View& slot) {
  if (!walk_.repeats(node)) slot = walk_.code(node);
}

void Record::read_date(Node node) {
  ActivityDate one;
  View iso;
  walk_.attributes(node, {{"type", &one.type}, {"iso-date", &iso}});
  one.type = walk_.modern(OldList::activity_date_type, one.type, node);
  if (iso.empty() && walk_.is_v1()) {
    iso = walk_.text(node);  // 1.0x allows the date as text
    if (!iso.empty()) one.iso_date = parse_date(iso);
    if (!one.iso_date) walk_.narratives(node, one.narratives);
  } else {
    if (!iso.empty()) one.iso_date = walk_.parse_day(iso, node, "iso-date");
    walk_.narratives(node, one.narratives);
  }
  if (iso.empty())
    walk_.report(Severity::error, "iati.date.missing", node, "the attribute 'iso-date' is missing");
  a_.dates.push_back(std::move(one));
}

void Record::read_other_identifier(Node node) {
  OtherIdentifier one;
  View old_name;
  walk_.attributes(node, {{"ref", &one.ref},
                          {"type", &one.type},
                          {"owner-ref", &one.owner.ref},
                          {"owner-name", &old_name}});
  if (one.ref.empty())
    one.ref = walk_.text(node);
  else
    walk_.keep_text(node);
  if (!old_name.empty()) one.owner.narratives.push_back({a_.lang, old_name});
  each_element(node, [&](Node child) {
    if (View(child.name()) == "owner-org")
      one.owner = walk_.organisation(child);
    else
      walk_.keep(child);
  });
  a_.other_identifiers.push_back(std::move(one));
}

void Record::read_contact(Node node) {
  ContactInfo contact;
  walk_.attributes(node, {{"type", &contact.type}});
  const auto line = [&](Node child, std::vector<View>& to) {
    walk_.attributes(child, {});
    const View words = walk_.text(child);
    if (!words.empty()) to.push_back(words);
  };
  each_element(node, [&](Node child) {
    switch (word(child.name())) {
      case word("organisation"): walk_.narratives(child, contact.organisation); break;
      case word("department"): walk_.narratives(child, contact.department); break;
      case word("person-name"): walk_.narratives(child, contact.person_name); break;
      case word("job-title"): walk_.narratives(child, contact.job_title); break;
      case word("mailing-address"): walk_.narratives(child, contact.mailing_address); break;
      case word("telephone"): line(child, contact.telephones); break;
      case word("email"): line(child, contact.emails); break;
      case word("website"): line(child, contact.websites); break;
      default: walk_.keep(child);
    }
  });
  a_.contacts.push_back(std::move(contact));
}

void Record::read_location(Node node) {
  Location place;
  walk_.attributes(node, {{"ref", &place.ref}});
  each_element(node, [&](Node child) {
    switch (word(child.name())) {
      case word("location-reach"): place.reach = walk_.code(child); break;
      case word("exactness"): place.exactness = walk_.code(child); break;
      case word("location-class"): place.location_class = walk_.code(child); break;
      case word("feature-designation"): place.feature = walk_.code(child); break;
      case word("name"): walk_.narratives(child, place.name); break;
      case word("description"): walk_.narratives(child, place.description); break;
      case word("activity-description"): walk_.narratives(child, place.activity_description); break;
      case word("location-id"):
        place.ids.push_back(with_vocabulary(child, OldList::geographic_vocabulary));
        break;
      case word("point"): {
        View system;
        walk_.attributes(child, {{"srsName", &system}});
        if (!system.empty() && system != "http://www.opengis.net/def/crs/EPSG/0/4326")
          walk_.report(Severity::warning, "iati.location.system", child,
                       "the coordinates are not said to be WGS 84 (EPSG 4326)");
        each_element(child, [&](Node inner) {
          if (View(inner.name()) == "pos")
            place.pos = walk_.text(inner);
          else
            walk_.keep(inner);
        });
        break;
      }
      case word("administrative"): {
        if (!child.attribute("code")) return walk_.keep(child);  // 1.0x: adm1, adm2 and a text
        Coded one;
        walk_.attributes(child, {{"code", &one.code},
                                 {"vocabulary", &one.vocabulary},
                                 {"level", &one.level},
                                 {"country", &one.type}});
        one.vocabulary = walk_.modern(OldList::geographic_vocabulary, one.vocabulary, child);
        walk_.narratives(child, one.narratives);
        place.administrative.push_back(std::move(one));
        break;
      }
      default: read_old_coordinates(child, place);
    }
  });
  a_.locations.push_back(std::move(place));
}

/// The children of location that only 1.0x has.
void Record::read_old_coordinates(Node node, Location& place) {
  switch (word(node.name())) {
    case word("coordinates"): {
      View latitude, longitude, said;
      const View precision = trimmed(node.attribute("precision").value());
      walk_.attributes(node, {{"latitude", &latitude},
                              {"longitude", &longitude},
                              {precision == "1" ? "precision" : "", &said}});
      place.pos = walk_.join(latitude, longitude);
      walk_.keep_text(node);
      // Of the nine precisions of 1.0x the first alone means the exact place; which of the others
      // it was is kept beside.
      if (!precision.empty()) place.exactness = precision == "1" ? "1" : "2";
      break;
    }
    case word("location-type"): place.feature = walk_.code(node); break;
    case word("gazetteer-entry"): {
      Coded one;
      walk_.attributes(node, {{"gazetteer-ref", &one.vocabulary}});
      one.code = walk_.text(node);
      one.vocabulary = walk_.modern(OldList::geographic_vocabulary, one.vocabulary, node);
      place.ids.push_back(std::move(one));
      break;
    }
    default: walk_.keep(node);
  }
}

void Record::read_conditions(Node node) {
  walk_.attributes(node, {{"attached", &a_.conditions_attached}});
  each_element(node, [&](Node child) {
    if (View(child.name()) != "condition") return walk_.keep(child);
    Condition one;
    walk_.attributes(child, {{"type", &one.type}});
    walk_.narratives(child, one.narratives);
    a_.conditions.push_back(std::move(one));
  });
}

void Record::read_budget_items(Node node) {
  walk_.attributes(node, {{"vocabulary", &a_.budget_items_vocabulary}});
  each_element(node, [&](Node child) {
    if (View(child.name()) != "budget-item") return walk_.keep(child);
    Coded one;
    View share;
    walk_.attributes(
        child, {{"code", &one.code}, {"percentage", &share}, {"vocabulary", &one.vocabulary}});
    if (one.vocabulary.empty()) one.vocabulary = a_.budget_items_vocabulary;
    if (!share.empty()) one.percentage = walk_.number(share, child, "percentage");
    each_element(child, [&](Node inner) {
      if (View(inner.name()) == "description")
        walk_.narratives(inner, one.narratives);
      else
        walk_.keep(inner);
    });
    a_.budget_items.push_back(std::move(one));
  });
}

Coded Record::with_vocabulary(Node node, OldList list) {
  Coded one = walk_.coded(node);
  one.vocabulary = walk_.modern(list, one.vocabulary, node);
  return one;
}

void Record::add(std::vector<Coded>& all, Coded fresh) {
  if (!walk_.is_v1() || !merge_translation(all, fresh)) all.push_back(std::move(fresh));
}

void Record::check_required() {
  if (a_.identifier.empty())
    walk_.report(Severity::error, "iati.identifier.missing", root_,
                 a_.organisation ? "there is no organisation-identifier; the organisation cannot "
                                   "be registered"
                                 : "there is no iati-identifier; the activity cannot be "
                                   "registered");
  walk_.require(!a_.title.empty(), root_, a_.organisation ? "name" : "title");
  walk_.require(!a_.reporting_org.ref.empty(), root_, "reporting-org's ref");
  if (a_.organisation) return;
  walk_.require(!a_.status.empty(), root_, "activity-status");
  walk_.require(!a_.dates.empty(), root_, "activity-date");
  walk_.require(!a_.participating_orgs.empty(), root_, "participating-org");
  walk_.require(!a_.descriptions.empty(), root_, "description");
}

/// Takes a prefix such as `iati:` off every element's name.
class WithoutPrefix : public pugi::xml_tree_walker {
 public:
  explicit WithoutPrefix(std::string prefix) : prefix_(std::move(prefix)) {}
  bool for_each(pugi::xml_node& node) override {
    const View name = node.name();
    if (name.size() > prefix_.size() && name.substr(0, prefix_.size()) == prefix_)
      node.set_name(std::string(name.substr(prefix_.size())).c_str());
    return true;
  }

 private:
  std::string prefix_;
};

}  // namespace

bool Source::read(View text, View version, Findings& findings) {
  activity_ = {};
  joined_.clear();
  const auto parsed =
      document_.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  Node root = document_.document_element();
  if (!parsed || !root) {
    findings.push_back({Severity::damage, "xml.malformed",
                        "byte " + std::to_string(parsed.offset + 1),
                        std::string("the record's source is not XML: ") + parsed.description()});
    return false;
  }
  const View name = root.name();
  if (const auto colon = name.find(':'); colon != View::npos) {
    WithoutPrefix walker(std::string(name.substr(0, colon + 1)));
    document_.traverse(walker);
  }
  activity_.organisation = View(root.name()) == "iati-organisation";
  if (!activity_.organisation && View(root.name()) != "iati-activity") {
    findings.push_back({Severity::damage, "iati.root", "the first element",
                        "neither <iati-activity> nor <iati-organisation>"});
    return false;
  }
  Record(root, activity_, joined_, findings).read(version);
  return true;
}

}  // namespace austral::iati
