// What the parts of the border share: texts, codes, parties and documents in the register's words.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.hpp"
#include "registry/record.hpp"
#include "standards/iati/activity.hpp"

namespace austral::iati {

/// Crosses the border once for one activity.
class Mapping {
 public:
  Mapping(const Activity& activity, Findings& findings) : a_(activity), findings_(findings) {}

  registry::Record record(std::string_view file_updated);

 private:
  registry::Texts texts(const Narratives& narratives) const;
  registry::Party party(const Organisation& who) const;
  registry::Classification classification(std::string scheme, const Coded& coded) const;
  registry::Classification sector(const Coded& coded) const;
  registry::Classification tag(const Coded& coded) const;
  registry::Classification aid_type(const Coded& coded) const;
  registry::Place country(const Coded& coded) const;
  registry::Place region(const Coded& coded) const;
  registry::Document document(const DocumentLink& link) const;
  registry::Location location(const Location& location) const;
  registry::Contact contact(const ContactInfo& contact) const;
  registry::Contribution contribution(const Transaction& transaction);
  registry::Contribution contribution(const Budget& budget, registry::ContributionKind kind);
  registry::Measurement measurement(const Measure& measure) const;
  registry::Indicator indicator(const Indicator& indicator) const;
  registry::Result result(const Result& result) const;

  void map_identity(registry::Record& record, std::string_view file_updated);
  void map_classifications(registry::Record& record);
  void map_references(registry::Record& record);
  void map_contributions(registry::Record& record);
  void map_rest(registry::Record& record);
  void take_kept_members(registry::Record& record);
  void take_value(registry::Contribution& to, const Value& value);
  void refer(registry::Record& record, registry::ReferenceKind kind, View identifier, View type);
  void report_gaps();

  const Activity& a_;
  Findings& findings_;
  std::string lang_;
  std::size_t without_currency_ = 0;
  std::size_t without_value_date_ = 0;
  std::size_t amounts_ = 0;
};

}  // namespace austral::iati
