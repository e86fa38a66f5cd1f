// JSON Schema out of the same descriptions that write the JSON (base/json.hpp), so that neither can
// say what the other does not.
#pragma once

#include "base/json.hpp"

namespace austral {

/// What append_json writes for a T. Blank members are left out there, so none is required.
template <class T>
boost::json::object schema_of() {
  using boost::json::object;
  if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_enum_v<T>) {
    boost::json::array names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto one) { names.emplace_back(one.name); });
    return {{"type", "string"}, {"enum", std::move(names)}};
  } else if constexpr (std::is_integral_v<T>) {
    return {{"type", "integer"}};
  } else if constexpr (std::is_same_v<T, Date>) {
    return {{"type", "string"}, {"pattern", R"(^-?\d{4,}-\d{2}-\d{2}$)"}};
  } else if constexpr (std::is_same_v<T, Decimal>) {
    return {{"type", "string"}, {"pattern", R"(^-?\d+(\.\d+)?$)"}};
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return {{"type", "string"}};
  } else if constexpr (requires(const T& value) { value.has_value(); }) {
    return schema_of<typename T::value_type>();
  } else if constexpr (requires(const T& value) { value.begin(); }) {
    return {{"type", "array"}, {"items", schema_of<typename T::value_type>()}};
  } else {
    object members;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      using Member = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
      members[member_name<decltype(member)>] = schema_of<Member>();
    });
    return {
        {"type", "object"}, {"properties", std::move(members)}, {"additionalProperties", false}};
  }
}

}  // namespace austral
