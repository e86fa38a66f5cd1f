// Answers that are made once and kept while there is room, for who asks the same again.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace austral {

/// Many threads at once; who asks while another makes the same answer waits for it. What was asked
/// for longest ago goes first when room is short.
template <class Value>
class Kept {
 public:
  using Shared = std::shared_ptr<const Value>;

  /// Units: bytes. An entry counts with its key and what `size` says of its value.
  explicit Kept(std::size_t room) : room_(room) {}

  /// `make` gives a shared pointer to the value. Throws: what `make` throws; the next one who asks
  /// tries again.
  template <class Make, class Size>
  Shared get(const std::string& key, const Make& make, const Size& size) {
    const auto entry = take(key);
    const std::lock_guard lock(entry->making);
    if (entry->value) return entry->value;
    try {
      entry->value = make();
    } catch (...) {
      forget(entry);
      throw;
    }
    account(entry, entry_bytes + 2 * key.size() + size(*entry->value));
    return entry->value;
  }

  /// What is kept already; nothing where it is not, or is being made.
  Shared find(const std::string& key) {
    std::shared_ptr<Entry> entry;
    {
      const std::lock_guard lock(mutex_);
      const auto found = places_.find(key);
      if (found == places_.end()) return nullptr;
      shelf_.splice(shelf_.begin(), shelf_, found->second);
      entry = *found->second;
    }
    const std::unique_lock lock(entry->making, std::try_to_lock);
    return lock ? entry->value : nullptr;
  }

  std::size_t bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
  }

 private:
  static constexpr std::size_t entry_bytes = 256;

  struct Entry {
    std::string key;
    std::mutex making;
    Shared value;
    std::size_t bytes = 0;  ///< 0: not counted yet
  };
  using Shelf = std::list<std::shared_ptr<Entry>>;

  std::shared_ptr<Entry> take(const std::string& key) {
    const std::lock_guard lock(mutex_);
    if (const auto found = places_.find(key); found != places_.end()) {
      shelf_.splice(shelf_.begin(), shelf_, found->second);
      return *found->second;
    }
    shelf_.push_front(std::make_shared<Entry>());
    shelf_.front()->key = key;
    places_[shelf_.front()->key] = shelf_.begin();
    return shelf_.front();
  }

  void forget(const std::shared_ptr<Entry>& entry) {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(entry->key);
    if (found == places_.end() || *found->second != entry) return;
    const auto place = found->second;
    places_.erase(found);
    shelf_.erase(place);
  }

  void account(const std::shared_ptr<Entry>& entry, std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(entry->key);
    if (found == places_.end() || *found->second != entry) return;
    entry->bytes = bytes;
    bytes_ += bytes;
    for (auto last = shelf_.end(); bytes_ > room_ && last != shelf_.begin();) {
      --last;
      if ((*last)->bytes == 0) continue;  // being made
      bytes_ -= (*last)->bytes;
      places_.erase((*last)->key);
      last = shelf_.erase(last);
    }
  }

  const std::size_t room_;
  mutable std::mutex mutex_;
  Shelf shelf_;  // the one asked for last in front
  std::unordered_map<std::string_view, typename Shelf::iterator> places_;
  std::size_t bytes_ = 0;
};

}  // namespace austral
