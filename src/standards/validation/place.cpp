// Names an element in words, counted among its like, and finds where it stands in the text.
#include <cstring>
#include <unordered_map>

#include "standards/validation/validation.hpp"

namespace austral::validation {
namespace {

/// How far the children of one name have been counted.
struct Counted {
  Node last;
  std::size_t number = 0;  // of `last` among its like
  bool only = false;       // there is no other
};

struct CountKey {
  const void* parent;
  Word word;
  std::string_view name;  // in the tree; as long as it is being judged
  bool operator==(const CountKey&) const = default;
};
struct CountHash {
  std::size_t operator()(const CountKey& key) const {
    return (reinterpret_cast<std::uintptr_t>(key.parent) >> 3 ^ key.word ^ key.name.size()) *
               0x9E3779B97F4A7C15u >>
           16;
  }
};
using Memory = std::unordered_map<CountKey, Counted, CountHash>;
thread_local Memory* remembered = nullptr;

Counted count_from_start(Node node) {
  Counted counted{node, 1, false};
  for (Node before = node.previous_sibling(node.name_text()); before;
       before = before.previous_sibling(node.name_text()))
    ++counted.number;
  counted.only = counted.number == 1 && !node.next_sibling(node.name_text());
  return counted;
}

/// Counts on from the one counted last, since faults are mostly found from front to end.
Counted count_among_like(Node node) {
  if (!remembered) return count_from_start(node);
  const CountKey key{node.parent().identity(), node.word(), node.name_text()};
  const auto found = remembered->find(key);
  if (found != remembered->end()) {
    Counted counted = found->second;
    while (counted.last && counted.last != node) {
      counted.last = counted.last.next_sibling(node.name_text());
      ++counted.number;
    }
    if (counted.last) return found->second = counted;
  }
  return (*remembered)[key] = count_from_start(node);
}

std::string ordinal(std::size_t number) {
  static const char* const words[] = {"first", "second",  "third",  "fourth", "fifth",
                                      "sixth", "seventh", "eighth", "ninth",  "tenth"};
  if (number <= 10) return words[number - 1];
  const std::size_t teen = number % 100, last = number % 10;
  const bool th = teen >= 11 && teen <= 13;
  return std::to_string(number) + (th          ? "th"
                                   : last == 1 ? "st"
                                   : last == 2 ? "nd"
                                   : last == 3 ? "rd"
                                               : "th");
}

/// `recipient-org-budget` -> `recipient organisation budget`.
std::string in_words(std::string_view name) {
  std::string words;
  while (!name.empty()) {
    const auto dash = name.find('-');
    std::string_view part = name.substr(0, dash);
    if (part == "org") part = "organisation";
    if (part == "iati") part = "IATI";
    if (part == "uri") part = "URI";
    if (part == "crs") part = "CRS";
    words += (words.empty() ? "" : " ") + std::string(part);
    if (dash == std::string_view::npos) break;
    name.remove_prefix(dash + 1);
  }
  return words;
}

bool is_subject(Node node) { return !node.parent() || node.parent().type() == node_document; }

/// An element called after the one around it is not called so twice: a transaction's `date`.
std::string_view own_name(Node node) {
  std::string_view name = node.name();
  const std::string_view around = node.parent().name();
  if (!is_subject(node.parent()) && name.size() > around.size() + 1 &&
      name.substr(0, around.size()) == around && name[around.size()] == '-')
    name.remove_prefix(around.size() + 1);
  return name;
}

/// "third transaction's value", without an article.
std::string describe_element(Node node) {
  if (is_subject(node)) {
    const std::string_view name = node.name();
    return name == "iati-activity"       ? "activity"
           : name == "iati-organisation" ? "organisation"
                                         : "<" + std::string(name) + ">";
  }
  std::string words = in_words(own_name(node));
  const Counted counted = count_among_like(node);
  if (!counted.only) words = ordinal(counted.number) + " " + words;
  return is_subject(node.parent()) ? words : describe_element(node.parent()) + "'s " + words;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

std::string describe_counted(std::string_view name, std::size_t number, bool only) {
  return only ? in_words(name) : ordinal(number) + " " + in_words(name);
}

std::string describe_place(Node node, std::string_view attribute) {
  if (!node) return "the file";
  const std::string element = describe_element(node);
  if (attribute.empty()) return "the " + element;
  const std::string_view name = node.name();
  if (attribute == "iso-date") {
    const bool dated =
        ends_with(name, "date") || ends_with(name, "start") || ends_with(name, "end");
    return "the " + element + (dated ? "" : "'s date");
  }
  const std::string_view own = own_name(node);
  if (attribute.size() > name.size() && attribute.substr(0, name.size()) == name &&
      attribute[name.size()] == '-') {  // value/@value-date: the transaction's value date
    return "the " + element.substr(0, element.size() - in_words(own).size()) + in_words(attribute);
  }
  if (attribute == "xml:lang") attribute = "language";
  return "the " + element + "'s " + in_words(attribute);
}

std::uint64_t offset_of(const Subject&, Node node) { return node.offset(); }

std::uint64_t offset_of(const Subject&, Node node, std::string_view attribute) {
  const auto found = node.attribute(attribute);
  return node.offset() + (found ? std::uint64_t(found.name() - node.name()) + 1 : 0);
}

PlaceMemory::PlaceMemory() {
  delete remembered;
  remembered = new Memory;
}

void PlaceMemory::forget() {
  if (remembered && !remembered->empty()) remembered->clear();
}

PlaceMemory::~PlaceMemory() {
  delete remembered;
  remembered = nullptr;
}

}  // namespace austral::validation
