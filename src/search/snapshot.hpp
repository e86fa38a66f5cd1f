// An index as it was when it was opened: numbers of documents, their keys and lengths, and lists of
// where terms stand, read once.
#pragma once

#include <xapian.h>

#include <list>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "search/index_files.hpp"
#include "search/packed_list.hpp"
#include "search/ranking.hpp"

namespace austral::search {

/// Many threads at once.
class Snapshot {
 public:
  /// Throws: Error::not_found, invalid (another analyser).
  explicit Snapshot(const std::string& path);
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  const std::string& signature() const { return signature_; }
  const IndexFacts& facts() const { return facts_; }
  const std::vector<std::int64_t>& keys() const { return *keys_; }  ///< by document; 0: none
  const std::shared_ptr<const std::vector<std::int64_t>>& shared_keys() const { return keys_; }
  const Lengths& lengths() const { return lengths_; }
  std::size_t bound() const { return keys_->size(); }

  /// Reads the longest lists, which the first who asks would wait for.
  void prepare() const;
  /// Throws: Xapian::DatabaseModifiedError when the index has moved on.
  SharedPostings postings_of(const std::string& term) const;
  bool has_term(const std::string& term) const;
  /// The lists of all these terms as one.
  SharedPostings united(const std::vector<std::string>& terms) const;
  /// The terms that begin so, at most `most`.
  std::vector<std::string> terms_beginning(const std::string& beginning, std::size_t most) const;
  /// Documents whose title holds one of these rows of words side by side.
  SharedPostings phrases_of(const std::vector<std::vector<std::string>>& phrases) const;
  /// The word as it is spelled here; empty when nothing is near.
  std::string spell(const std::string& word) const;

 private:
  /// A reader lent to one thread.
  class Lent;
  std::unique_ptr<Xapian::Database> lend() const;
  void give_back(std::unique_ptr<Xapian::Database> reader) const;
  SharedPostings find_remembered(const std::string& term) const;
  void remember(const std::string& term, const SharedPostings& list) const;
  /// Whether so many documents take little more room as a count for each than packed.
  bool is_kept_whole(std::size_t held) const { return held >= bound() / 4; }

  std::string path_, signature_;
  IndexFacts facts_;
  std::shared_ptr<const std::vector<std::int64_t>> keys_;
  Lengths lengths_;
  mutable std::mutex lending_;
  mutable std::vector<std::unique_ptr<Xapian::Database>> readers_;
  struct Remembered {
    SharedPostings whole;  ///< or packed
    std::shared_ptr<const PackedList> packed;
    std::list<std::string>::iterator place;
    std::size_t bytes(const std::string& term) const;
  };
  mutable std::mutex remembering_;
  mutable std::unordered_map<std::string, Remembered> remembered_;
  mutable std::list<std::string> order_;  // the one asked for last in front
  mutable std::size_t remembered_bytes_ = 0;
};

}  // namespace austral::search
