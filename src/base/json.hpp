// JSON from and to described structs (Boost.Describe): one description for storage, pages and API.
#pragma once

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/error.hpp"

namespace austral {

/// Appends `text` as a JSON string. `text` must be UTF-8.
void append_json_string(std::string& out, std::string_view text);

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_enum_v<T>;

template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_any_access>;

/// A member's name with its length, which is known when the program is built.
template <class Member>
inline constexpr std::string_view member_name = Member::name;

/// True for what is left out of an object: empty text, empty list, nothing, false, zero, empty
/// struct.
template <class T>
bool is_blank(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return false;
  } else if constexpr (std::is_arithmetic_v<T>) {
    return value == T{};
  } else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, Decimal>) {
    return false;
  } else if constexpr (requires { value.has_value(); }) {
    return !value.has_value();
  } else if constexpr (requires { value.empty(); }) {
    return value.empty();
  } else {
    bool blank = true;
    boost::mp11::mp_for_each<MembersOf<T>>(
        [&](auto member) { blank = blank && is_blank(value.*member.pointer); });
    return blank;
  }
}

/// Appends `value` as JSON; members that are blank are left out, so that two equal values have one
/// text.
template <class T>
void append_json(std::string& out, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_enum_v<T>) {
    append_json_string(out, boost::describe::enum_to_string(value, "?"));
  } else if constexpr (std::is_integral_v<T>) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  } else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, Decimal>) {
    out += '"';
    out += to_string(value);
    out += '"';
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    append_json_string(out, value);
  } else if constexpr (requires { value.has_value(); }) {
    if (value)
      append_json(out, *value);
    else
      out += "null";
  } else if constexpr (requires { value.begin(); }) {
    out += '[';
    bool first = true;
    for (const auto& item : value) {
      if (!first) out += ',';
      first = false;
      append_json(out, item);
    }
    out += ']';
  } else {
    out += '{';
    bool first = true;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      const auto& item = value.*member.pointer;
      if (is_blank(item)) return;
      if (!first) out += ',';
      first = false;
      const std::string_view name = member_name<decltype(member)>;
      out += '"';
      out += name;
      out += "\":";
      append_json(out, item);
    });
    out += '}';
  }
}

template <class T>
std::string to_json(const T& value) {
  std::string out;
  append_json(out, value);
  return out;
}

/// Fills `value` from JSON written by append_json; absent members keep their defaults.
/// Throws: Error::invalid naming the member whose JSON does not fit.
template <class T>
void read_json(const boost::json::value& json, T& value, std::string_view name = "value") {
  const auto refuse = [&]() {
    throw Error(Kind::invalid, "JSON member '" + std::string(name) + "' does not fit its type");
  };
  if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_bool()) refuse();
    value = json.get_bool();
  } else if constexpr (std::is_enum_v<T>) {
    if (!json.is_string()) refuse();
    if (!boost::describe::enum_from_string(json.get_string().c_str(), value)) refuse();
  } else if constexpr (std::is_integral_v<T>) {
    boost::system::error_code error;
    value = json.to_number<T>(error);
    if (error) refuse();
  } else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, Decimal>) {
    if (!json.is_string()) refuse();
    const std::string_view text = json.get_string();
    if constexpr (std::is_same_v<T, Date>) {
      const auto parsed = parse_date(text);
      if (!parsed) refuse();
      value = *parsed;
    } else {
      const auto parsed = parse_decimal(text);
      if (!parsed) refuse();
      value = *parsed;
    }
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!json.is_string()) refuse();
    value = std::string(json.get_string());
  } else if constexpr (requires { value.has_value(); }) {
    if (json.is_null()) {
      value.reset();
    } else {
      value.emplace();
      read_json(json, *value, name);
    }
  } else if constexpr (requires { value.emplace_back(); }) {
    if (!json.is_array()) refuse();
    value.clear();
    for (const auto& item : json.get_array()) read_json(item, value.emplace_back(), name);
  } else {
    if (!json.is_object()) refuse();
    const auto& object = json.get_object();
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      if (const auto* item = object.if_contains(member.name))
        read_json(*item, value.*member.pointer, member.name);
    });
  }
}

/// Throws: Error::invalid for text that is not JSON or does not fit T.
template <class T>
T from_json(std::string_view text) {
  boost::system::error_code error;
  boost::json::parse_options options;
  options.max_depth = 64;
  const auto json = boost::json::parse(text, error, {}, options);
  if (error) throw Error(Kind::invalid, "not JSON: " + error.message());
  T value;
  read_json(json, value);
  return value;
}

}  // namespace austral
