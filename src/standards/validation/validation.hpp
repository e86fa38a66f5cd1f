// What judging an IATI file is made of: the subject, what is found against it, and who judges.
#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace austral::validation {

/// How much a fault weighs, in the official validator's words; only `critical` makes a file
/// invalid.
enum class Weight { critical, error, warning, advisory };

/// One activity or organisation as it stands in the file, parsed; nothing is copied.
struct Subject {
  pugi::xml_node node;  ///< <iati-activity> or <iati-organisation>
  bool organisation = false;
  std::string_view version;     ///< `2.03`
  std::string_view text;        ///< of the fragment that `node` was parsed from, as published
  std::uint64_t offset = 0;     ///< of `text` in the decoded document. Units: bytes
  std::uint64_t line = 1;       ///< of `text`'s first character
  std::string_view identifier;  ///< may be empty
};

/// One thing wrong with a subject.
struct Fault {
  std::string id;  ///< the official rule: `0.3.1`, `9.2.1`, `6.11.1`
  Weight weight = Weight::error;
  std::string category;  ///< the official one: iati, schema, documents, identifiers, information,
                         ///< participating, geo, classifications, financial, performance,
                         ///< relations, organisation
  std::string message;   ///< what is wrong, the same text for equal faults: they are grouped by it
  std::string remedy;    ///< what is allowed and how to mend it; the same for equal faults
  std::string where;     ///< the element in words: "the third transaction's value date"
  std::string found;     ///< the value as it stands; may be empty
  std::uint64_t offset =
      0;  ///< of the element or attribute within the subject's text. Units: bytes
};
using Faults = std::vector<Fault>;

/// Schema: order, cardinality, attributes and types of the subject's version (`0.3.1`).
void check_shape(const Subject& subject, Faults& faults);
/// The code lists of the subject's version (`9.x.1`).
void check_codes(const Subject& subject, Faults& faults);
/// The ruleset; `today` is an ISO date-time, so that two runs can agree.
void check_rules(const Subject& subject, std::string_view today, Faults& faults);

/// The element in words, counted among its like: "the third transaction's value date". An attribute
/// may be named with it.
std::string describe_place(pugi::xml_node node, std::string_view attribute = {});
/// Where a node begins in its subject's text. Units: bytes.
std::uint64_t offset_of(const Subject& subject, pugi::xml_node node);

}  // namespace austral::validation
