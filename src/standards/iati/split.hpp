// Finds each activity and organisation of a document and checks, on the way, that it is XML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/finding.hpp"
#include "standards/iati/window.hpp"

namespace austral::iati {

/// One <iati-activity> or <iati-organisation>, as it stands in the document.
struct Piece {
  /// Strangers and words come only after split_everything().
  enum class Kind {
    record,
    stranger,  ///< another element beside the records
    words      ///< text beside them; `text` begins there and ends anywhere
  };
  std::string_view text;  ///< valid until the next call of Splitter::next
  std::uint64_t offset = 0;
  std::uint64_t line = 1;
  std::uint64_t column = 1;  ///< in characters; only after split_everything()
  Kind kind = Kind::record;
};

/// What the root element says.
struct Root {
  std::string name;  ///< without prefix: `iati-activities`, `iati-organisations`
  std::string version;
  std::string generated;                                        ///< generated-datetime
  std::vector<std::pair<std::string, std::string>> namespaces;  ///< prefix and address
  std::string tag;  ///< the whole start tag as written, `<iati-activities version="2.03">`
  Spot place;
};

/// Limits beyond which a document is refused: no honest file comes near them.
struct Limits {
  std::size_t piece = 64u << 20;  ///< one activity. Units: bytes
  std::size_t token = 16u << 20;  ///< one tag, one comment outside an activity. Units: bytes
  std::size_t depth = 200;
  std::size_t attributes = 256;  ///< of one tag
};

/// Walks through one document from front to end. After damage, next() returns false for good.
class Splitter {
 public:
  explicit Splitter(standards::Bytes& bytes, Limits limits = {});
  /// Of a whole document in memory, with 32 NULs behind it, that outlives the splitter.
  explicit Splitter(std::string_view document, Limits limits = {});

  /// For judging a file: hands over whatever stands inside the root, and takes any root.
  void split_everything();
  /// Starts with the document that `bytes` stands at.
  void reset();
  bool next(Piece& piece);
  /// Cuts off what stands next, unread, to the end of some record: about `wanted` bytes. They are
  /// pieces that another splitter finds, if what looks like a record's end is one; else put_back().
  /// Only after split_everything(); false where next() must go on.
  bool cut(std::size_t wanted, Piece& run);
  /// Goes back to where `text`, all that was cut off last, began.
  void put_back(std::string_view text, std::uint64_t offset, Spot place);
  const Root& root() const { return root_; }
  bool damaged() const { return damaged_; }
  const Spot& damage_place() const { return damage_place_; }
  /// Everything found so far and not yet taken.
  Findings take_findings();

 private:
  enum class Step { done, more, damage };
  struct Name {
    std::uint64_t offset;
    std::uint32_t size;
  };

  Step step();
  Step text();
  Step tag();
  Step end_tag();
  Step start_tag();
  Step attributes(const char*& p, bool& empty);
  Step attribute(const char*& p);
  Step value(const char*& p);
  Step entity(const char*& p);
  Step comment();
  Step cdata();
  Step instruction();
  Step doctype();
  Step pass_over(const char* from, const char* end, const char* next);
  Step damage(const char* at, const std::string& rule, const std::string& message);
  void open_element(std::string_view name, const char* end, bool empty);
  void close_element(const char* end);
  void read_root(std::string_view name, const char* tag_end);
  void refuse_foreign_root(const char* at, std::string_view name);
  void take_notices();
  void drop_notices_behind(std::uint64_t offset);
  void note_words(std::uint64_t from, std::uint64_t to);
  void truncated();
  std::uint64_t kept() const;
  std::string open_name() const;
  std::string identifier_so_far(std::uint64_t until) const;
  std::string place_of(const Spot& spot) const;

  standards::Bytes* bytes_;
  Limits limits_;
  Window window_;
  Root root_;
  std::string root_tag_;        // as written, with prefix
  std::uint64_t position_ = 0;  // of the token being read
  std::uint64_t piece_start_ = 0;
  Spot damage_place_;
  bool everything_ = false;
  bool words_noted_ = false;  // of the text between two tags at the top
  Piece::Kind kind_ = Piece::Kind::record;
  bool in_piece_ = false;
  bool piece_ready_ = false;
  bool started_ = false;  // the root has been opened
  bool ended_ = false;    // the root has been closed
  bool damaged_ = false;
  bool at_end_ = false;  // of the bytes
  bool stranger_noted_ = false;
  bool prefix_noted_ = false;
  std::vector<Name> open_;              // elements open inside the root
  std::vector<std::string_view> seen_;  // attribute names of the tag being read, and room
  std::size_t seen_count_ = 0;          // of them
  std::vector<standards::ByteNotice> waiting_;
  std::vector<std::pair<std::uint64_t, std::size_t>> noticed_;  // offsets, places in findings_
  Findings findings_;
};

}  // namespace austral::iati
