// The routes that every site has: assets, health, icon, robots.
#include "web/routes.hpp"

#include "base/compress.hpp"
#include "base/digest.hpp"
#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace austral::web {
namespace {

std::string content_type_of(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".json")) return "application/json";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

std::shared_ptr<const Asset> make_asset(std::string_view file, std::string_view bytes) {
  const auto digest = to_string(digest_of(bytes)).substr(0, 10);
  const auto dot = file.rfind('.');
  auto asset = std::make_shared<Asset>();
  asset->name = std::string(file.substr(0, dot)) + "-" + digest + std::string(file.substr(dot));
  asset->content_type = content_type_of(file);
  asset->bytes = std::string(bytes);
  asset->etag = "\"" + digest + "\"";
  // Small files gain nothing from an encoding and its header.
  if (bytes.size() > 256) {
    asset->gzip = gzip_compress(bytes, 9);
    asset->brotli = brotli_compress(bytes, 11);
  }
  return asset;
}

Response asset_response(std::shared_ptr<const Asset> asset, const char* caching) {
  Response response;
  response.asset = std::move(asset);
  return response.set("Cache-Control", caching);
}

}  // namespace

Assets::Assets() {
  const std::string folder = "pages/assets/";
  for (const auto& embedded : embedded_files_below(folder)) {
    const auto file = embedded.path.substr(folder.size());
    auto asset = make_asset(file, embedded.bytes);
    by_name_[asset->name] = asset;
    by_file_[std::string(file)] = asset;
  }
}

std::string Assets::address(std::string_view file) const {
  const auto found = by_file_.find(file);
  return found == by_file_.end() ? "" : "/assets/" + found->second->name;
}

std::shared_ptr<const Asset> Assets::get(const std::string& name) const {
  const auto found = by_name_.find(name);
  if (found == by_name_.end())
    throw Error(Kind::not_found, "There is no asset '" + name + "' in this version.");
  return found->second;
}

std::shared_ptr<const Asset> Assets::find_file(std::string_view file) const {
  const auto found = by_file_.find(file);
  return found == by_file_.end() ? nullptr : found->second;
}

namespace {

Route fixed_route(const char* pattern, const char* title, std::string content_type,
                  Handler handler) {
  Route route{"GET", pattern, "read", title, std::move(handler)};
  route.content_type = std::move(content_type);
  return route;
}

Response health_response(const Health& now) {
  std::string body = "{\"status\":";
  append_json(body, std::string(now.ready ? "ready" : "starting"));
  body += ",\"version\":";
  append_json(body, std::string(AUSTRAL_VERSION));
  body += ",\"revision\":";
  append_json(body, now.revision);
  return json(body + "}\n", now.ready ? 200 : 503).set("Cache-Control", "no-store");
}

}  // namespace

void add_fixed_routes(Router& router, std::shared_ptr<const Assets> assets,
                      std::function<Health()> health) {
  auto route = fixed_route("/assets/{name}", "A file of the pages, kept forever by its name", "*/*",
                           [assets](const Request& request) {
                             return asset_response(assets->get(request.placeholder("name")),
                                                   "public, max-age=31536000, immutable");
                           });
  route.open = route.keepable = true;
  router.add(route);
  if (const auto icon = assets->find_file("favicon.svg")) {
    route = fixed_route("/favicon.svg", "The site's icon", "image/svg+xml", [icon](const Request&) {
      return asset_response(icon, "public, max-age=86400");
    });
    route.open = route.keepable = true;
    router.add(route);
  }
  router.add(fixed_route("/robots.txt", "What machines may read", "text/plain", [](const Request&) {
    // Everything is public, but sorted and filtered views are endless.
    return text("User-agent: *\nDisallow: /*?*sort=\nDisallow: /health\n");
  }));
  route = fixed_route("/health", "Whether the program can answer", "application/json",
                      [health](const Request&) { return health_response(health()); });
  route.schema = "Health";
  router.add(route);
}

}  // namespace austral::web
