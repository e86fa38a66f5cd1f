// Finding initiatives by words: a derived index in Xapian, fed by our own analyser, which follows
// the register's journal and can be made anew at any time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.hpp"
#include "registry/initiative.hpp"
#include "store/database.hpp"

namespace austral::search {

/// A published code that the words of a question name, in whatever language.
struct ConceptMatch {
  registry::Dimension dimension = registry::Dimension::none;
  std::string code;
  std::string words;  ///< the part of the question that names it
};

/// What a reader asks for in words. Words in double quotes are a phrase of the title.
struct WordQuestion {
  std::string words;
  std::string language = "en";  ///< the reader's; the words may be in any other
  std::size_t offset = 0;
  std::size_t limit = 20;
};

struct Hit {
  std::int64_t initiative = 0;
  double score = 0;
};

/// Shape: `hits` are one page of the ranking; `total` counts all that match.
struct WordAnswer {
  std::int64_t revision = 0;  ///< that the index is at
  std::vector<Hit> hits;
  std::size_t total = 0;
  std::vector<ConceptMatch> concepts;
  std::string suggestion;          ///< the question spelled as the register spells, or empty
  std::vector<std::string> stems;  ///< what mark() marks
  bool loosened = false;           ///< no initiative has all words: these have some
};

/// All that match a question, asked once for a page, its filters and its facets.
struct Matches {
  WordAnswer said;                       ///< no hits; `total` before any filter
  std::vector<std::uint32_t> documents;  ///< of the index, ascending
  std::vector<float> scores;             ///< of each
  /// Of each document of the index, 0 where there is none. The same for all questions to one state
  /// of the index.
  std::shared_ptr<const std::vector<std::int64_t>> keys;

  /// One page of the ranking among the allowed documents, and how many those are.
  std::vector<Hit> rank(std::size_t offset, std::size_t limit,
                        const std::function<bool(std::uint32_t document)>& allowed,
                        std::size_t& total) const;
};

/// Whether an initiative may be among the hits; called for candidates only, must be fast.
using Allowed = std::function<bool(std::int64_t initiative)>;

/// A piece of a text; `marked` where it is what was asked for.
struct Piece {
  std::string text;
  bool marked = false;
};

/// Where the index of a register stands unless told otherwise: beside a SQLite file
/// (`register.db.index`), in the user's cache folder for PostgreSQL.
std::string default_index_path(const std::string& register_address);

/// An open index. Many threads at once.
class Index {
 public:
  /// Throws: Error::not_found when there is none (`austral index` makes one), invalid when it was
  /// made by another analyser or for another register.
  explicit Index(const std::string& path);
  ~Index();
  std::int64_t revision() const;
  std::size_t size() const;
  /// Takes up what an update wrote since; cheap when nothing did.
  void refresh();

  /// Reads what the first questions would wait for; takes seconds for a large register.
  void prepare() const;

  WordAnswer find(const WordQuestion& question, const Allowed& allowed = {}) const;
  /// All that match, whatever the question's page.
  Matches ask(const WordQuestion& question) const;
  /// Another text after every update.
  std::string state() const;
  /// Keys of all initiatives that match, ascending, without ranking them.
  std::vector<std::int64_t> match(const WordQuestion& question) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct UpdateCounts {
  std::int64_t revision = 0, indexed = 0, removed = 0;
};
/// Brings the index up to the journal's newest revision; makes it when it is absent or was made by
/// another analyser, or when `anew` is asked. Throws: Error::unavailable when another program is
/// writing it or the folder cannot be written.
UpdateCounts update_index(store::Database& database, const std::string& path, bool anew = false,
                          Progress* progress = nullptr);

/// The part of a text that shows best what was asked for, at most `max_bytes` long.
std::vector<Piece> mark(std::string_view text, std::string_view language,
                        const std::vector<std::string>& stems, std::size_t max_bytes);

}  // namespace austral::search
