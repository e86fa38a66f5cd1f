// What every part of the reading needs: texts, attributes, dates, numbers, findings by place.
#pragma once

#include <deque>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "standards/iati/activity.hpp"
#include "standards/iati/v1.hpp"
#include "standards/iati/xml.hpp"

namespace austral::iati {

/// One walk over one record's tree.
class Walk {
 public:
  using Node = pugi::xml_node;
  using Slots = std::initializer_list<std::pair<View, View*>>;

  Walk(Node record, Activity& into, std::deque<std::string>& joined, Findings& findings)
      : record_(record), into_(into), joined_(joined), findings_(findings) {}

  bool is_v1() const { return v1_; }
  void set_v1(bool v1) { v1_ = v1; }

  /// The element's own text, parts joined, trimmed.
  View text(Node node);
  /// The two with a space between them, kept as long as the record.
  View join(View left, View right);
  /// Fills the named slots; every other attribute of the element goes to the rest.
  void attributes(Node node, Slots slots);
  /// The narratives, or in 1.0x the text with its xml:lang; other children go to the rest.
  void narratives(Node node, Narratives& out);
  /// Attribute `code`; in files that write the code as text, the text.
  View code(Node node);
  Coded coded(Node node);
  /// Replaces a 1.0x word by its 2.0x code; unknown words stay and are reported.
  View modern(OldList list, View value, Node node);

  std::optional<Date> iso_date(Node node);
  std::optional<Date> parse_day(View text, Node node, View what);
  std::optional<Decimal> number(View text, Node node, View what);
  Value value(Node node);
  Organisation organisation(Node node);
  Budget budget(Node node);
  Transaction transaction(Node node);
  DocumentLink document(Node node);
  Result result(Node node);

  /// Keeps an element that has no place of its own.
  void keep(Node node);
  /// Keeps an element's own text that has no place: a name beside a code, a word beside a date.
  void keep_text(Node node);
  /// Where an element may stand once and stood before: the first counts, this one is kept.
  bool repeats(Node node);
  void report(Severity severity, std::string rule, Node node, std::string message);
  void require(bool present, Node node, View what);

 private:
  std::string place(Node node) const;
  std::string path(Node node) const;
  void take_code(Node node, View& slot);
  void take_party(Node node, Organisation& slot);
  Budget::Line budget_line(Node node);
  Measure measure(Node node);
  Period period(Node node);
  Indicator indicator(Node node);

  Node record_;
  Activity& into_;
  std::deque<std::string>& joined_;
  Findings& findings_;
  bool v1_ = false;
};

}  // namespace austral::iati
