// Keeps finished answers in a list ordered by use, found through a table of their keys.
#include "web/answer_cache.hpp"

namespace austral::web {
namespace {

std::size_t size_of(const std::string& key, const FinishedAnswer& answer) {
  std::size_t size = sizeof(FinishedAnswer) + 2 * key.size() + 128 + answer.response.body.size();
  for (const auto& [name, value] : answer.response.headers)
    size += sizeof(Fields::value_type) + name.capacity() + value.capacity();
  return size;
}

}  // namespace

void AnswerCache::move_to(std::uint64_t state) {
  if (state <= state_) return;
  places_.clear();
  entries_.clear();
  bytes_ = 0;
  state_ = state;
}

void AnswerCache::forget_last() {
  auto& last = entries_.back();
  bytes_ -= last.bytes;
  places_.erase(last.key);
  entries_.pop_back();
}

Finished AnswerCache::find(const std::string& key, std::uint64_t state) {
  const std::lock_guard lock(mutex_);
  move_to(state);
  if (state != state_) return nullptr;
  const auto found = places_.find(key);
  if (found == places_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->answer;
}

void AnswerCache::keep(const std::string& key, std::uint64_t state, const Finished& answer) {
  const auto size = size_of(key, *answer);
  if (size > bounds_.one || size > bounds_.all) return;
  const std::lock_guard lock(mutex_);
  move_to(state);
  if (state != state_ || places_.contains(key)) return;
  while (bytes_ + size > bounds_.all) forget_last();
  entries_.push_front({key, answer, size});
  places_[entries_.front().key] = entries_.begin();
  bytes_ += size;
}

bool AnswerCache::begin(const std::string& key, std::function<void()> when_made) {
  const std::lock_guard lock(makers_mutex_);
  const auto [maker, is_first] = makers_.try_emplace(key);
  if (!is_first) maker->second.push_back(std::move(when_made));
  return is_first;
}

void AnswerCache::end(const std::string& key) {
  std::vector<std::function<void()>> waiting;
  {
    const std::lock_guard lock(makers_mutex_);
    const auto maker = makers_.find(key);
    if (maker == makers_.end()) return;
    waiting = std::move(maker->second);
    makers_.erase(maker);
  }
  for (const auto& call : waiting) call();
}

std::size_t AnswerCache::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

std::size_t AnswerCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace austral::web
