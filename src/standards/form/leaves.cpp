// Walks the JSON of a record into paths, and builds JSON from paths.
#include "standards/form/leaves.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "base/error.hpp"
#include "base/json.hpp"
#include "registry/detail.hpp"

namespace austral::form {
namespace {

void gather(const boost::json::value& json, const std::string& path, Leaves& leaves) {
  if (const auto* object = json.if_object()) {
    if (object->empty()) leaves[path] = {"{}", true};
    for (const auto& [name, value] : *object)
      gather(value, path.empty() ? std::string(name) : path + "." + std::string(name), leaves);
  } else if (const auto* array = json.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i)
      gather((*array)[i], element_path(path, i), leaves);
  } else if (const auto* text = json.if_string()) {
    leaves[path] = {std::string(*text), false};
  } else {
    leaves[path] = {boost::json::serialize(json), true};
  }
}

/// JSON under construction: elements by their numbers, so that they come in order.
struct Node {
  std::map<std::string, Node, std::less<>> members;
  std::map<std::size_t, Node> elements;
  const Leaf* leaf = nullptr;
};

[[noreturn]] void refuse_path(std::string_view path) {
  throw Error(Kind::invalid, "'" + std::string(path) + "' is no place in a record");
}

Node& find_node(Node& root, std::string_view path) {
  Node* node = &root;
  std::size_t at = 0;
  while (at < path.size()) {
    if (path[at] == '[') {
      std::size_t number = 0;
      const auto* end = path.data() + path.size();
      const auto read = std::from_chars(path.data() + at + 1, end, number);
      if (read.ec != std::errc() || read.ptr == end || *read.ptr != ']') refuse_path(path);
      node = &node->elements[number];
      at = std::size_t(read.ptr - path.data()) + 1;
      if (at < path.size() && path[at] == '.') ++at;
    } else {
      const auto stop = std::min(path.find_first_of(".[", at), path.size());
      if (stop == at) refuse_path(path);
      node = &node->members[std::string(path.substr(at, stop - at))];
      at = stop + (stop < path.size() && path[stop] == '.' ? 1 : 0);
    }
  }
  return *node;
}

boost::json::value to_value(const Node& node) {
  if (!node.elements.empty()) {
    boost::json::array array;
    for (const auto& [number, element] : node.elements) array.push_back(to_value(element));
    return array;
  }
  if (!node.members.empty()) {
    boost::json::object object;
    for (const auto& [name, member] : node.members) object[name] = to_value(member);
    return object;
  }
  if (!node.leaf) return boost::json::object();
  if (!node.leaf->literal) return boost::json::string(node.leaf->text);
  boost::system::error_code error;
  auto value = boost::json::parse(node.leaf->text, error);
  if (error) throw Error(Kind::invalid, "'" + node.leaf->text + "' is no value");
  return value;
}

/// Details that have a column of their own, in the order in which they come before others.
constexpr std::array<std::string_view, 3> own_details = {"evidence", "grade", "sex"};
constexpr std::string_view contribution_list = "contributions";
constexpr std::size_t longest_text = 8'000;  // a cell holds it, so that it is never cut in two

bool is_own_detail(const registry::Detail& detail) {
  return std::find(own_details.begin(), own_details.end(), detail.name) != own_details.end();
}

/// How many details at the beginning go to columns of their own: all of them or none, so that the
/// rest reads the same alone.
std::size_t count_own(const registry::Details& details) {
  std::size_t own = 0;
  for (const auto name : own_details)
    if (own < details.size() && details[own].name == name && !details[own].value.empty()) ++own;
  const auto rest = details.begin() + std::ptrdiff_t(own);
  return std::any_of(rest, details.end(), is_own_detail) ? 0 : own;
}

/// Puts `contributions[0].grade` and `contributions[0].details` (one text) in the place of the
/// details' names and values.
void fold_details(const registry::Record& record, Leaves& leaves) {
  for (std::size_t i = 0; i < record.contributions.size(); ++i) {
    const auto& details = record.contributions[i].details;
    const std::size_t own = count_own(details);
    const registry::Details rest(details.begin() + std::ptrdiff_t(own), details.end());
    const auto text = registry::write_details(rest, "; ");
    const bool nameless = std::any_of(details.begin(), details.end(),
                                      [](const auto& one) { return one.name.empty(); });
    if (details.empty() || nameless || text.size() > longest_text) continue;
    const auto element = element_path(contribution_list, i);
    const std::string prefix = element + ".details[";
    std::erase_if(leaves, [&](const auto& leaf) { return leaf.first.starts_with(prefix); });
    for (std::size_t n = 0; n < own; ++n)
      leaves[element + "." + details[n].name] = {details[n].value, false};
    if (!rest.empty()) leaves[element + ".details"] = {text, false};
  }
}

/// What fold_details() did, undone. Throws: Error::invalid for a text that is no list of details.
Leaves unfold_details(const Leaves& leaves) {
  Leaves plain = leaves;
  for (const auto number : elements_of(leaves, contribution_list)) {
    const auto element = element_path(contribution_list, number);
    const auto numbers = elements_of(leaves, element + ".details");
    std::size_t next = numbers.empty() ? 0 : numbers.back() + 1;
    const auto add = [&](const registry::Detail& one) {
      const auto path = element_path(element + ".details", next++);
      plain[path + ".name"] = {one.name, false};
      if (!one.value.empty()) plain[path + ".value"] = {one.value, false};
    };
    for (const auto name : own_details)
      if (const auto own = plain.extract(element + "." + std::string(name)))
        add({std::string(name), own.mapped().text});
    if (const auto text = plain.extract(element + ".details")) {
      const auto details = registry::read_details(text.mapped().text);
      if (!details)
        throw Error(Kind::invalid, "'" + text.mapped().text + "' is no list of details");
      for (const auto& one : *details) add(one);
    }
  }
  return plain;
}

Leaves plain_leaves(const registry::Record& record) {
  Leaves leaves;
  gather(boost::json::parse(to_json(record)), "", leaves);
  return leaves;
}

}  // namespace

Leaves to_leaves(const registry::Record& record) {
  Leaves leaves = plain_leaves(record);
  fold_details(record, leaves);
  return leaves;
}

registry::Record to_record(const Leaves& given) {
  Node root;
  const Leaves leaves = unfold_details(given);
  for (const auto& [path, leaf] : leaves) find_node(root, path).leaf = &leaf;
  registry::Record record;
  read_json(to_value(root), record);
  return record;
}

bool fits_record(const std::string& path, const Leaf& leaf) {
  try {
    const auto record = to_record({{path, leaf}});
    const auto is_there = [&](const Leaves& leaves) {
      return std::any_of(leaves.begin(), leaves.end(), [&](const auto& one) {
        return one.second == leaf &&
               one.first.substr(0, one.first.find('[')) == path.substr(0, path.find('['));
      });
    };
    return is_there(to_leaves(record)) || is_there(plain_leaves(record));
  } catch (const Error&) {
    return false;
  }
}

std::string element_path(std::string_view base, std::size_t number) {
  return std::string(base) + "[" + std::to_string(number) + "]";
}

std::vector<std::size_t> elements_of(const Leaves& leaves, std::string_view base) {
  std::map<std::size_t, bool> numbers;
  const std::string prefix = std::string(base) + "[";
  for (auto one = leaves.lower_bound(prefix); one != leaves.end(); ++one) {
    if (!one->first.starts_with(prefix)) break;
    std::size_t number = 0;
    std::from_chars(one->first.data() + prefix.size(), one->first.data() + one->first.size(),
                    number);
    numbers[number] = true;
  }
  std::vector<std::size_t> sorted;
  for (const auto& [number, there] : numbers) sorted.push_back(number);
  return sorted;
}

Leaves below(const Leaves& leaves, const std::string& prefix) {
  Leaves found;
  for (auto one = leaves.lower_bound(prefix); one != leaves.end(); ++one) {
    if (!one->first.starts_with(prefix)) break;
    const auto rest = one->first.substr(prefix.size());
    if (rest.empty() || rest[0] == '.' || rest[0] == '[') found[rest] = one->second;
  }
  return found;
}

}  // namespace austral::form
