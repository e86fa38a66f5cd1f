// The border on the way out: one record said in the standard's words, in the schema's order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "registry/record.hpp"
#include "standards/iati/xml_writer.hpp"
#include "standards/iati/xsd.hpp"

namespace austral::iati {

/// Our own namespace, and the address of the vocabulary of FC01 to FC03.
inline constexpr std::string_view austral_namespace = "urn:austral:register:1";
inline constexpr std::string_view framework_uri = "urn:austral:framework-of-collaboration";

/// The order in which 2.03 says things; nothing else is changed. A record that was read from 2.03
/// stands in it already.
registry::Record in_order(registry::Record record);

/// Crosses the border once for one record in in_order(). What the schema asks for and the record
/// lacks is written empty where the schema allows that (texts, codes), else left out.
class Writing {
 public:
  Writing(const registry::Record& record, Findings& findings, std::string& out)
      : r_(record), findings_(findings), xml_(out, 1) {}

  /// Everything but the end of the record's element, which finish() writes.
  void write();
  /// A member of the record as JSON, for what the elements of the standard cannot say.
  /// `written` is the JSON of what they do say of it.
  void write_member(std::string_view name, std::string_view json, std::string_view written);
  void finish();

 private:
  using Text = registry::Text;
  using Texts = registry::Texts;
  using Classifications = std::vector<registry::Classification>;

  void write_root();
  void write_activity();
  void write_organisation();
  void write_identity();
  void write_where();
  void write_codings();
  void write_sector(const registry::Classification& one);
  void write_tag(const registry::Classification& one);
  void write_marker(const registry::Classification& one);
  void write_scope(const registry::Classification& one);
  void write_budget_items();
  void write_money();
  void write_relations();
  void write_conditions();
  void write_publisher();
  void write_place(const registry::Place& place, bool with_share);
  void write_modality(std::string_view name, const registry::Classification& one);
  void write_location(const registry::Location& location);
  void write_contact(const registry::Contact& contact);
  void write_document(const registry::Document& document);
  void write_measurement(std::string_view name, const registry::Measurement& one);
  void write_period(const registry::IndicatorPeriod& period);
  void write_indicator(const registry::Indicator& indicator);
  void write_result(const registry::Result& result);
  void write_transaction(const registry::Contribution& one);
  void write_budget(std::string_view name, const registry::Contribution& one);
  void write_budget_subject(std::string_view name, const registry::Contribution& one);
  void write_budget_line(std::string_view name, const registry::Classification& line,
                         const registry::Contribution& of);
  void write_value(const Decimal& amount, std::string_view unit, const registry::Contribution& of);
  void write_party(std::string_view name, const registry::Party& party, std::string_view activity,
                   bool named = false);
  /// The extras below one element that 2.03 has, as they stood, where they fit it.
  void write_extras(std::string_view top);

  void narratives(const Texts& texts, bool required);
  /// An element with narratives; nothing when there are none and none are required.
  void words(std::string_view name, const Texts& texts, bool required = false);
  /// An element with a code; nothing when there is none.
  void code(std::string_view name, std::string_view code);
  void optional(std::string_view name, std::string_view value);
  /// An attribute whose type the value must fit; else it is left out.
  void fitting(std::string_view name, std::string_view value, Lexical type);
  void address(std::string_view name, std::string_view value);
  void day(std::string_view name, const std::optional<Date>& day);
  void share(const std::optional<Decimal>& share);
  void lacks(std::string_view what, std::string_view remedy);

  const registry::Record& r_;
  Findings& findings_;
  XmlWriter xml_;
};

/// Which of the standard's lists a scheme of the register stands for.
struct Vocabulary {
  enum class Kind { none, sector, tag, marker, scope, budget_item };
  Kind kind = Kind::none;
  std::string type;        ///< of humanitarian scopes
  std::string vocabulary;  ///< empty: the usual one
};
Vocabulary vocabulary_of(const registry::Classification& one);

/// Whether 2.03 can say this contribution at all: dated, priced in a currency, of a known kind.
bool can_be_written(const registry::Contribution& one, bool organisation);

}  // namespace austral::iati
