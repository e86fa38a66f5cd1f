// Writes the description of the API out of the routes themselves.
#include "web/openapi.hpp"

#include "base/json_schema.hpp"
#include "base/table.hpp"
#include "base/text.hpp"
#include "registry/initiative_store.hpp"

namespace austral::web {
namespace {

using boost::json::array;
using boost::json::object;

object text_schema() { return {{"type", "string"}}; }

object ref(const std::string& kind, const std::string& name) {
  return {{"$ref", "#/components/" + kind + "/" + name}};
}

object object_schema(object properties, array required) {
  return {
      {"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

array texts(std::string_view words) {
  array list;
  for (const auto word : split(words, ' ')) list.emplace_back(word);
  return list;
}

object table_schema() {
  array kinds;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<ColumnKind>>(
      [&](auto one) { kinds.emplace_back(one.name); });
  const auto column = object_schema({{"name", text_schema()},
                                     {"title", text_schema()},
                                     {"kind", {{"type", "string"}, {"enum", std::move(kinds)}}},
                                     {"unit", text_schema()},
                                     {"definition", text_schema()}},
                                    texts("name title kind unit definition"));
  const object cell{{"type", {"string", "integer", "null"}}};
  return object_schema(
      {{"name", text_schema()},
       {"title", text_schema()},
       {"definition", text_schema()},
       {"source", text_schema()},
       {"revision", text_schema()},
       {"query", text_schema()},
       {"query_url", text_schema()},
       {"licence", text_schema()},
       {"made", text_schema()},
       {"columns", {{"type", "array"}, {"items", column}}},
       {"rows",
        {{"type", "array"}, {"items", {{"type", "object"}, {"additionalProperties", cell}}}}},
       {"total_rows", {{"type", "integer"}, {"minimum", 0}}},
       {"notes", {{"type", "array"}, {"items", text_schema()}}}},
      texts("name title definition source revision columns rows total_rows notes"));
}

object make_schemas(const Language& language) {
  auto table = table_schema();
  table["description"] = language.t("api.schema.table");
  auto initiative = schema_of<registry::InitiativeDetails>();
  initiative["description"] = language.t("api.schema.initiative");
  initiative["required"] = texts("initiative records");
  const auto error = object_schema({{"status", {{"type", "integer"}, {"minimum", 400}}},
                                    {"kind", text_schema()},
                                    {"message", text_schema()}},
                                   texts("status kind message"));
  return {
      {"Table", std::move(table)},
      {"Initiative", std::move(initiative)},
      {"Error", object_schema({{"error", error}}, {"error"})},
      {"Health", object_schema({{"status", {{"type", "string"}, {"enum", {"ready", "starting"}}}},
                                {"version", text_schema()},
                                {"revision", text_schema()}},
                               texts("status version revision"))},
      {"Frozen", {{"type", "object"}, {"description", language.t("api.schema.frozen")}}},
      {"Description", {{"type", "object"}, {"required", texts("openapi info paths")}}}};
}

object schema_of_parameter(const Parameter& parameter) {
  switch (parameter.type) {
    case ParameterType::number:
      return {{"type", "integer"}, {"minimum", parameter.least}, {"maximum", parameter.most}};
    case ParameterType::choice: return {{"type", "string"}, {"enum", texts(parameter.allowed)}};
    case ParameterType::list: return {{"type", "string"}, {"pattern", "^[a-z0-9_.,]*$"}};
    case ParameterType::order: return {{"type", "string"}, {"pattern", "^-?[a-z0-9_.]*$"}};
    case ParameterType::tag: return {{"type", "string"}, {"pattern", "^[A-Za-z0-9-]{1,35}$"}};
    case ParameterType::words: break;
  }
  return text_schema();
}

object describe_parameter(const Parameter& parameter, const Language& language) {
  auto schema = schema_of_parameter(parameter);
  if (parameter.repeatable) schema = {{"type", "array"}, {"items", std::move(schema)}};
  object one{{"name", parameter.name},
             {"in", "query"},
             {"description", language.t(std::string("api.param.") + parameter.name)},
             {"schema", std::move(schema)}};
  if (parameter.repeatable) one["explode"] = true;
  if (!parameter.example.empty()) {
    if (parameter.repeatable)
      one["example"] = array{boost::json::string(parameter.example)};
    else if (parameter.type == ParameterType::number)
      one["example"] = std::atoll(std::string(parameter.example).c_str());
    else
      one["example"] = parameter.example;
  }
  return one;
}

/// Parameters stand once in the document; a repeatable one under a name of its own.
std::string component_name(const Parameter& parameter) {
  return parameter.name + (parameter.repeatable ? "_many" : "");
}

object answer(const std::string& description, const std::string& content_type, object schema) {
  return {{"description", description}, {"content", {{content_type, {{"schema", schema}}}}}};
}

object make_responses(const Route& route, const std::string& twin, const Language& language) {
  const auto said = [&](const char* name) { return language.t(std::string("api.answer.") + name); };
  const bool is_json = twin == "json" || (twin.empty() && route.content_type == "application/json");
  object responses;
  if (is_json)
    responses["200"] = answer(said("200"), "application/json", ref("schemas", route.schema));
  else if (twin == "csv")
    responses["200"] = answer(said("200"), "text/csv", text_schema());
  else if (twin == "xlsx")
    responses["200"] =
        answer(said("200"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
               {{"type", "string"}, {"contentMediaType", "application/octet-stream"}});
  else
    responses["200"] = answer(said("200"), route.content_type, text_schema());
  responses["304"] = object{{"description", said("304")}};
  for (const auto* status : {"400", "404", "503"})
    responses[status] = ref("responses", std::string("E") + status);
  if (route.pattern == "/health")
    responses["503"] = answer(said("503"), "application/json", ref("schemas", "Health"));
  return responses;
}

object describe_operation(const Route& route, const std::string& twin, const Language& language) {
  array parameters;
  for (const auto part : split(route.pattern, '/'))
    if (part.starts_with('{') && part.ends_with('}')) {
      const std::string name(part.substr(1, part.size() - 2));
      parameters.push_back(object{{"name", name},
                                  {"in", "path"},
                                  {"required", true},
                                  {"description", language.t(std::string("api.path.") + name)},
                                  {"schema", text_schema()}});
    }
  for (const auto& parameter : route.known) {
    if (!twin.empty() && parameter.needed) {
      auto needed = describe_parameter(parameter, language);
      needed["required"] = true;
      parameters.push_back(std::move(needed));
    } else {
      parameters.push_back(ref("parameters", component_name(parameter)));
    }
  }
  return {{"summary", route.title},
          {"parameters", std::move(parameters)},
          {"responses", make_responses(route, twin, language)}};
}

/// A file that is sent, and its report.
object describe_sending(const Route& route, const Language& language) {
  array parameters;
  for (const auto& parameter : route.known)
    parameters.push_back(ref("parameters", component_name(parameter)));
  const auto schema = object{{"schema", text_schema()}};
  const auto form = object_schema({{"format", text_schema()}, {"file", text_schema()}}, {"file"});
  const object responses{
      {"200",
       {{"description", language.t("api.answer.check")},
        {"content",
         {{"text/html", schema}, {"text/csv", schema}, {"application/json", object{}}}}}},
      {"400", ref("responses", "E400")},
      {"503", ref("responses", "E503")}};
  return {
      {"summary", route.title},
      {"parameters", std::move(parameters)},
      {"requestBody",
       {{"required", true},
        {"description", language.t("api.check.body")},
        {"content", {{"application/xml", schema}, {"multipart/form-data", {{"schema", form}}}}}}},
      {"responses", responses}};
}

}  // namespace

object describe_api(const std::vector<Route>& routes, const Language& language) {
  object paths, parameters, responses;
  for (const auto& route : routes) {
    if (!route.described) continue;
    for (const auto& parameter : route.known)
      parameters[component_name(parameter)] = describe_parameter(parameter, language);
    auto& path = paths.emplace(route.pattern, object{}).first->value().as_object();
    if (route.method == "POST") path["post"] = describe_sending(route, language);
    if (route.method != "GET") continue;
    path["get"] = describe_operation(route, "", language);
    if (route.table)
      for (const auto* twin : {"json", "csv", "xlsx"})
        paths[route.pattern + "." + twin] =
            object{{"get", describe_operation(route, twin, language)}};
  }
  for (const auto* status : {"400", "404", "503"})
    responses[std::string("E") + status] =
        object{{"description", language.t(std::string("api.answer.") + status)},
               {"content",
                {{"application/json", {{"schema", ref("schemas", "Error")}}},
                 {"text/html", {{"schema", text_schema()}}}}}};
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "Austral"},
            {"version", AUSTRAL_VERSION},
            {"description", language.t("api.summary")},
            {"license", {{"name", "GPL-3.0-or-later"}, {"identifier", "GPL-3.0-or-later"}}}}},
          {"servers", {{{"url", "/"}}}},
          {"paths", std::move(paths)},
          {"components",
           {{"schemas", make_schemas(language)},
            {"parameters", std::move(parameters)},
            {"responses", std::move(responses)}}}};
}

void add_openapi(Router& router) {
  Route route{"GET", "/api/openapi.json", "read", "This API, described for programs",
              [&router](const Request& request) {
                return json(boost::json::serialize(
                                describe_api(router.routes(), get_language(request.language))) +
                            "\n");
              }};
  route.content_type = "application/json";
  route.schema = "Description";
  route.keepable = true;
  route.open = true;
  router.add(std::move(route));
}

}  // namespace austral::web
