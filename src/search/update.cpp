// Brings an index up to its register: all of it by several threads, or what changed alone.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "base/error.hpp"
#include "base/queue.hpp"
#include "search/analyser.hpp"
#include "search/concepts.hpp"
#include "search/document.hpp"
#include "search/index_files.hpp"
#include "search/search.hpp"
#include "search/source_store.hpp"

namespace austral::search {
namespace {

namespace files = std::filesystem;
using Batch = std::vector<InitiativeSource>;

constexpr std::size_t batch_size = 64;
// What waits to be written stands in trees of terms and of documents: small ones stay near the
// processor. A third less work than with the usual ten thousand documents, and half the memory.
constexpr std::size_t batches_a_commit = 16;

/// Documents written by several threads, each into a part of its own.
class Building {
 public:
  Building(std::string folder, std::size_t threads, Progress* progress)
      : folder_(std::move(folder)), queue_(threads * 4), progress_(progress) {
    files::remove_all(folder_);
    files::create_directories(folder_);
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this, i] { work(part(i)); });
  }
  ~Building() {
    queue_.close();
    for (auto& thread : threads_)
      if (thread.joinable()) thread.join();
    std::error_code ignored;
    files::remove_all(folder_, ignored);
  }
  void add(InitiativeSource&& source) {
    batch_.push_back(std::move(source));
    if (batch_.size() == batch_size) send();
  }
  /// Ends the parts and puts them together. Returns the folder of the whole.
  std::string finish() {
    send();
    queue_.close();
    for (auto& thread : threads_) thread.join();
    if (failure_) std::rethrow_exception(failure_);
    Xapian::Database all;
    for (std::size_t i = 0; i < threads_.size(); ++i) all.add_database(Xapian::Database(part(i)));
    const std::string whole = folder_ + "/whole";
    all.compact(whole);
    return whole;
  }
  std::int64_t indexed() const { return indexed_; }
  /// Words of titles that are worth proposing: written more than once, the most frequent.
  std::vector<std::pair<std::string, unsigned>> list_spelling() {
    constexpr std::size_t most_spelled = 100'000;
    std::vector<std::pair<std::string, unsigned>> words;
    for (auto& [word, count] : spelling_)
      if (count > 1 || spelling_.size() < most_spelled / 10) words.emplace_back(word, count);
    std::sort(words.begin(), words.end(), [](const auto& left, const auto& right) {
      return left.second != right.second ? left.second > right.second : left.first < right.first;
    });
    if (words.size() > most_spelled) words.resize(most_spelled);
    return words;
  }

 private:
  std::string part(std::size_t i) const { return folder_ + "/part" + std::to_string(i); }
  void send() {
    if (batch_.empty()) return;
    if (!queue_.push(std::move(batch_)) && failure_) std::rethrow_exception(failure_);
    batch_.clear();
  }
  void work(const std::string& path) {
    try {
      Xapian::WritableDatabase part(
          path, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
      std::unordered_map<std::string, unsigned> spelling;
      std::vector<std::string> words;
      std::size_t batches = 0;
      while (auto batch = queue_.pop()) {
        for (const auto& source : *batch) {
          words.clear();
          part.add_document(make_document(read_entry(source), &words));
          for (auto& word : words) ++spelling[std::move(word)];
        }
        if (++batches % batches_a_commit == 0) part.commit();
        indexed_ += std::int64_t(batch->size());
        if (progress_) progress_->add(batch->size());
      }
      part.commit();
      const std::lock_guard lock(collecting_);
      for (auto& [word, count] : spelling) spelling_[word] += count;
    } catch (...) {
      const std::lock_guard lock(failing_);
      if (!failure_) failure_ = std::current_exception();
      queue_.close();
    }
  }

  std::string folder_;
  BoundedQueue<Batch> queue_;
  Progress* progress_;
  std::vector<std::thread> threads_;
  Batch batch_;
  std::atomic<std::int64_t> indexed_{0};
  std::mutex failing_, collecting_;
  std::unordered_map<std::string, unsigned> spelling_;
  std::exception_ptr failure_;
};

IndexFacts facts_of(const RegisterState& state) {
  return {std::string(analyser_edition), state.identity, state.state, state.revision, ""};
}

UpdateCounts build_anew(store::Database& database, const std::string& path,
                        const RegisterState& state, Progress* progress) {
  const std::size_t threads = std::max(1u, std::thread::hardware_concurrency());
  const States states = read_states(database);
  Building building(path + ".new", threads, progress);
  read_sources(database, nullptr, states,
               [&](InitiativeSource&& source) { building.add(std::move(source)); });
  const std::string whole = building.finish();
  {
    Xapian::WritableDatabase index(whole, Xapian::DB_OPEN);
    for (const auto& word : concept_words()) index.add_spelling(word);
    for (const auto& [word, count] : building.list_spelling()) index.add_spelling(word, count);
    write_facts(index, facts_of(state));
    index.commit();
  }
  put_in_place(whole, path);
  return {state.revision, building.indexed(), 0};
}

/// What stands in the index and what the register says, held against each other.
struct Difference {
  std::vector<std::int64_t> changed;  ///< ascending; new ones too
  std::vector<std::int64_t> gone;
};

Difference compare(const Xapian::Database& index, const States& states) {
  Difference difference;
  std::unordered_map<std::int64_t, bool> seen;
  seen.reserve(states.size());
  for (auto value = index.valuestream_begin(kept_slot); value != index.valuestream_end(kept_slot);
       ++value) {
    const Kept kept = read_kept(*value);
    const auto found = states.find(kept.key);
    if (found == states.end())
      difference.gone.push_back(kept.key);
    else
      seen[kept.key] = found->second == kept.state;
  }
  for (const auto& [key, state] : states)
    if (const auto found = seen.find(key); found == seen.end() || !found->second)
      difference.changed.push_back(key);
  std::sort(difference.changed.begin(), difference.changed.end());
  std::sort(difference.gone.begin(), difference.gone.end());
  return difference;
}

bool is_much(const Difference& difference, std::size_t of) {
  constexpr std::size_t few = 5000;
  return difference.changed.size() > few && difference.changed.size() > of / 3;
}

UpdateCounts follow(store::Database& database, Xapian::WritableDatabase& index,
                    const Difference& difference, const States& states, const RegisterState& state,
                    Progress* progress) {
  index.begin_transaction(true);
  for (const auto key : difference.gone) index.delete_document(key_term(key));
  std::vector<std::string> words;
  read_sources(database, &difference.changed, states, [&](InitiativeSource&& source) {
    words.clear();
    index.replace_document(key_term(source.key), make_document(read_entry(source), &words));
    for (const auto& word : words) index.add_spelling(word);
    if (progress) progress->add(1);
  });
  write_facts(index, facts_of(state));
  index.commit_transaction();
  return {state.revision, std::int64_t(difference.changed.size()),
          std::int64_t(difference.gone.size())};
}

/// An index that can be followed: of this analyser and this register.
bool is_followable(const std::string& path, const RegisterState& state, IndexFacts& facts) {
  try {
    facts = read_facts(Xapian::Database(path));
  } catch (const Xapian::Error&) {
    return false;
  }
  return facts.analyser == analyser_edition && facts.identity == state.identity;
}

/// Ends the snapshot whatever happens.
class ReadingOnce {
 public:
  explicit ReadingOnce(store::Database& database) : database_(database) {
    database_.begin_reading();
  }
  ~ReadingOnce() {
    if (!ended_) database_.roll_back();
  }
  void end() {
    database_.commit();
    ended_ = true;
  }

 private:
  store::Database& database_;
  bool ended_ = false;
};

UpdateCounts update(store::Database& database, const std::string& path, bool anew,
                    Progress* progress) {
  IndexFacts facts;
  const auto now = read_register_state(database);
  if (!anew && is_followable(path, now, facts) && facts.state == now.state)
    return {facts.revision, 0, 0};
  const WritingRight right(path);
  std::error_code ignored;
  files::remove_all(path + ".new", ignored);  // of a program that was stopped
  ReadingOnce reading(database);
  const auto state = read_register_state(database);
  UpdateCounts counts;
  if (anew || !is_followable(path, state, facts)) {
    counts = build_anew(database, path, state, progress);
  } else {
    const States states = read_states(database);
    Xapian::WritableDatabase index(path, Xapian::DB_OPEN);
    const auto difference = compare(index, states);
    if (is_much(difference, states.size())) {
      index.close();
      counts = build_anew(database, path, state, progress);
    } else {
      counts = follow(database, index, difference, states, state, progress);
    }
  }
  reading.end();
  return counts;
}

}  // namespace

UpdateCounts update_index(store::Database& database, const std::string& path, bool anew,
                          Progress* progress) {
  try {
    return update(database, path, anew, progress);
  } catch (const Xapian::DatabaseLockError&) {
    throw Error(Kind::unavailable, "another program is writing the index of words " + path);
  } catch (const Xapian::Error& error) {
    throw Error(Kind::unavailable,
                "the index of words cannot be written at " + path + ": " + error.get_msg());
  } catch (const files::filesystem_error& error) {
    throw Error(Kind::unavailable,
                "the index of words cannot be written at " + path + ": " + error.code().message());
  }
}

}  // namespace austral::search
