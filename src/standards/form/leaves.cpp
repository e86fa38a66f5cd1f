// Walks the JSON of a record into paths, and builds JSON from paths.
#include "standards/form/leaves.hpp"

#include <charconv>
#include <memory>

#include "base/error.hpp"
#include "base/json.hpp"

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

}  // namespace

Leaves to_leaves(const registry::Record& record) {
  Leaves leaves;
  gather(boost::json::parse(to_json(record)), "", leaves);
  return leaves;
}

registry::Record to_record(const Leaves& leaves) {
  Node root;
  for (const auto& [path, leaf] : leaves) find_node(root, path).leaf = &leaf;
  registry::Record record;
  read_json(to_value(root), record);
  return record;
}

bool fits_record(const std::string& path, const Leaf& leaf) {
  try {
    const auto record = to_record({{path, leaf}});
    for (const auto& [place, kept] : to_leaves(record))
      if (kept.text == leaf.text && kept.literal == leaf.literal &&
          place.substr(0, place.find('[')) == path.substr(0, path.find('[')))
        return true;
    return false;
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
