// Sets of codes, and the search for what was meant; a suggestion is worked out once a wrong value.
#include "standards/validation/codes_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "base/text.hpp"

namespace austral::validation {
namespace {

constexpr std::size_t short_list = 16;     // what a reader takes in at one look
constexpr std::size_t kept_advice = 4096;  // a file with ever new wrong values must not grow us
constexpr std::size_t shortest_guess = 3;  // below it every code resembles every other

/// The first eight bytes: all there is of most codes.
std::uint64_t head_of(std::string_view code) {
  std::uint64_t head = 0;
  if (code.size() >= 8)
    std::memcpy(&head, code.data(), 8);
  else
    for (const char c : code) head = head << 8 | static_cast<unsigned char>(c);
  return head;
}

std::size_t hash_of(std::string_view code, std::uint64_t head) {
  std::uint64_t tail = 0;
  if (code.size() > 8) std::memcpy(&tail, code.data() + code.size() - 8, 8);
  return std::size_t(((head ^ tail * 31 ^ code.size()) * 0x9E3779B97F4A7C15u) >> 32);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }

bool same_word(std::string_view left, std::string_view right) {
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::size_t count_shared(std::string_view left, std::string_view right) {
  std::size_t shared = 0;
  while (shared < std::min(left.size(), right.size()) && left[shared] == right[shared]) ++shared;
  return shared;
}

std::string quoted(const codes::Code& code) {
  if (code.labels.empty()) return fmt::format("\"{}\"", code.code);
  return fmt::format("\"{}\" ({})", code.code, code.labels.front().second);
}

}  // namespace

std::size_t count_edits(std::string_view left, std::string_view right, std::size_t limit) {
  const std::size_t longer = std::max(left.size(), right.size());
  if (longer - std::min(left.size(), right.size()) > limit) return limit + 1;
  std::vector<std::size_t> before(right.size() + 1), above(right.size() + 1), row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    std::size_t least = row[0];
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const bool same = lower(left[i - 1]) == lower(right[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(left[i - 1]) == lower(right[j - 2]) &&
          lower(left[i - 2]) == lower(right[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
    std::swap(before, above);
    std::swap(above, row);
  }
  return std::min(above[right.size()], limit + 1);
}

CodeSet::CodeSet(std::string_view list) : name_(list), list_(&codes::get_list(list)) {
  std::size_t slots = 16;
  while (slots < list_->all().size() * 3) slots *= 2;
  slots_.resize(slots);
  for (const auto& code : list_->all()) {
    const auto head = head_of(code.code);
    std::size_t at = hash_of(code.code, head) & (slots - 1);
    while (slots_[at].state != State::absent) at = (at + 1) & (slots - 1);
    slots_[at] = {code.code, head, code.withdrawn ? State::withdrawn : State::active};
  }
}

CodeSet::State CodeSet::find(std::string_view code) const {
  const auto head = head_of(code);
  std::size_t at = hash_of(code, head) & (slots_.size() - 1);
  for (; slots_[at].state != State::absent; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.head == head && slot.code.size() == code.size() &&
        (code.size() <= 8 || slot.code == code))
      return slot.state;
  }
  return State::absent;
}

/// The code in other letters, its name, or the word that version 1 of the standard had for it.
const codes::Code* CodeSet::find_by_words(std::string_view wrong) const {
  for (const auto& code : list_->all()) {
    if (same_word(code.code, wrong)) return &code;
    for (const auto& [language, label] : code.labels)
      if (same_word(label, wrong)) return &code;
  }
  return list_->find(codes::find_v2_code(name_, wrong));
}

const codes::Code* CodeSet::find_nearest(std::string_view wrong) const {
  wrong = trim(wrong);
  if (wrong.empty()) return nullptr;
  if (const auto* code = find_by_words(wrong)) return code;
  if (wrong.size() < shortest_guess) return nullptr;
  // Codes share their first letters with their like: of two equally near ones, take that.
  const codes::Code* nearest = nullptr;
  std::size_t limit = wrong.size() < 6 ? 1 : 2, shared = 0;
  for (const auto& code : list_->all()) {
    if (code.withdrawn) continue;
    const std::size_t edits = count_edits(wrong, code.code, limit);
    if (edits > limit) continue;
    const std::size_t begins = count_shared(wrong, code.code);
    if (nearest && edits == limit && begins <= shared) continue;
    nearest = &code;
    limit = edits;
    shared = begins;
  }
  return nearest;
}

std::string CodeSet::address() const {
  std::string address = "https://iatistandard.org/en/iati-standard/203/codelists/";
  for (const char c : name_) address += lower(c);
  return address + "/";
}

std::string CodeSet::advise(std::string_view wrong) const {
  thread_local std::unordered_map<std::string, std::string> known;
  std::string key = name_ + '\t' + std::string(wrong);
  if (const auto found = known.find(key); found != known.end()) return found->second;
  std::string advice;
  if (const auto* nearest = find_nearest(wrong))
    advice = fmt::format("Did you mean {}? ", quoted(*nearest));
  if (list_->all().size() <= short_list) {
    advice += "Allowed are ";
    std::string_view between;
    for (const auto& code : list_->all()) {
      if (code.withdrawn) continue;
      advice += fmt::format("{}{}", between, quoted(code));
      between = ", ";
    }
    advice += ". ";
  }
  advice += fmt::format("The list {}: {}", name_, address());
  if (known.size() >= kept_advice) known.clear();
  return known.emplace(std::move(key), std::move(advice)).first->second;
}

const CodeSet& get_code_set(std::string_view list) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<CodeSet>, std::less<>> sets;
  const std::lock_guard lock(mutex);
  auto found = sets.find(list);
  if (found == sets.end())
    found = sets.emplace(std::string(list), std::make_unique<CodeSet>(list)).first;
  return *found->second;
}

}  // namespace austral::validation
