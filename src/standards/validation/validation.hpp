// What judging an IATI file is made of: the subject, what is found against it, and who judges.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "standards/validation/tree.hpp"

namespace austral::validation {

/// How much a fault weighs, in the official validator's words; only `critical` makes a file
/// invalid.
enum class Weight { critical, error, warning, advisory };

/// Prefixes (empty: the default) and the namespaces they stand for.
using Namespaces = std::vector<std::pair<std::string, std::string>>;

/// One activity or organisation as it stands in the file, parsed; nothing is copied.
struct Subject {
  Node node;  ///< <iati-activity> or <iati-organisation>
  bool organisation = false;
  std::string_view version;     ///< `2.03`
  std::string_view text;        ///< of the fragment that `node` was parsed from, as published
  std::uint64_t offset = 0;     ///< of `text` in the decoded document. Units: bytes
  std::uint64_t line = 1;       ///< of `text`'s first character
  std::string_view identifier;  ///< may be empty
  const Namespaces* around = nullptr;  ///< declared on the file's root element
  bool declares_default = true;        ///< `xmlns=` may stand in it: names may have a namespace
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
      0;                    ///< of the element or attribute within the subject's text. Units: bytes
  std::uint64_t kind = 0;   ///< what is_told() was asked with; 0: nothing
  std::uint64_t times = 1;  ///< more where a subject has too many equal faults to list each
};
using Faults = std::vector<Fault>;

/// Where a reader wants the first places of each kind of fault and the number of the others:
/// whether enough of this kind have been listed. It is then counted, and its fault need not be
/// made; else the caller makes it, with `kind` in it. Always false where all places are wanted.
bool is_told(std::uint64_t kind);
/// Whether one record has had so many faults of so many kinds that further kinds are told as one.
bool is_crowded();
/// A number for faults that read the same: those of one rule with one `detail` (a code).
std::uint64_t kind_of(const void* rule, std::string_view detail = {});

/// What one subject tells about itself and about others of its file, for what can only be judged
/// of all subjects together: duplicates, links. Made on many threads, put together in file order.
struct Ties {
  struct Link {
    std::string identifier;              ///< of another activity, as this one names it
    std::size_t rule = 0;                ///< which place names it
    std::size_t number = 1;              ///< of the element among its like
    bool only = true;                    ///< there is no other
    bool sought_elsewhere = false;       ///< not only in the file
    std::uint64_t offset = 0;            ///< in the subject's text
    std::uint64_t line = 0, column = 0;  ///< in the file, filled in by the engine
    std::string from;                    ///< the subject's own identifier, filled in by add()
  };
  std::string identifier;
  std::uint64_t offset = 0;            ///< of the identifier's element in the subject's text
  std::uint64_t line = 0, column = 0;  ///< of it in the file, filled in by the engine
  std::vector<Link> links;
};
/// Pure; safe on many threads.
Ties find_ties(const Subject& subject);
/// What to say of a link whose activity does not stand in the file.
Fault tell_link(const Ties::Link& link);

/// Whether an activity is known elsewhere, in a register.
using FindActivity = std::function<bool(const std::string& identifier)>;

/// Judges the subjects of one file together, in file order, in bounded memory.
class Together {
 public:
  /// `elsewhere` may be empty: links are then looked for in the file alone.
  explicit Together(FindActivity elsewhere = {});
  ~Together();
  /// What can be said of a subject once those before it are known (`1.1.2`); the faults stand where
  /// its identifier stands.
  void add(const Ties& ties, Faults& faults);
  /// The links that led nowhere, in file order; beyond a bounded number only counted.
  struct Broken {
    std::vector<Ties::Link> links;
    std::vector<std::uint64_t> more;  ///< of each Ties::Link::rule
  };
  Broken finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Schema: order, cardinality, attributes and types of the subject's version (`0.3.1`).
void check_shape(const Subject& subject, Faults& faults);
/// The code lists of the subject's version (`9.x.1`).
void check_codes(const Subject& subject, Faults& faults);
/// The ruleset; `today` is an ISO date-time, so that two runs can agree.
void check_rules(const Subject& subject, std::string_view today, Faults& faults);

/// The element in words, counted among its like: "the third transaction's value date". An attribute
/// may be named with it.
std::string describe_place(Node node, std::string_view attribute = {});
/// A name in words, numbered among its like: "third transaction".
std::string describe_counted(std::string_view name, std::size_t number, bool only);
/// Where a node begins in its subject's text. Units: bytes.
std::uint64_t offset_of(const Subject& subject, Node node);
/// Where an attribute of the node begins; the node itself when it has no such attribute.
std::uint64_t offset_of(const Subject& subject, Node node, std::string_view attribute);

/// While one lives on a thread, describe_place() remembers how it counted the nodes of the document
/// being judged, so that a thousand faults of one activity do not count its children each time.
class PlaceMemory {
 public:
  PlaceMemory();
  ~PlaceMemory();
  PlaceMemory(const PlaceMemory&) = delete;
  PlaceMemory& operator=(const PlaceMemory&) = delete;
  /// Another document is judged now.
  void forget();
};

}  // namespace austral::validation
