// Adds what every answer owes its reader, in one place, so that no page can forget it.
#include "web/finish.hpp"

#include <memory>

#include "base/compress.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "web/gzip_stream.hpp"

namespace austral::web {
namespace {

constexpr std::size_t worth_compressing = 1024;
constexpr std::size_t little = 24 * 1024;

void add_safety_headers(Response& response) {
  // Scripts fetch nothing but the maps' shapes, from here.
  static const std::string policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
      "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";
  if (!response.find_header("Content-Security-Policy"))
    response.set("Content-Security-Policy", policy + (response.framed ? "*" : "'none'"));
  if (!response.framed && !response.find_header("X-Frame-Options"))
    response.set("X-Frame-Options", "DENY");
  static const Fields always = {
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy",
       "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"}};
  for (const auto& [name, value] : always)
    if (!response.find_header(name)) response.headers.emplace_back(name, value);
}

bool is_text(const Response& response) {
  const auto type = response.find_header("Content-Type").value_or("");
  return type.starts_with("text/") || type.starts_with("application/json") ||
         type.starts_with("application/xml") || type.starts_with("application/vnd.sdmx") ||
         type.starts_with("image/svg");
}

bool is_get(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

void add_etag(const Request& request, Response& response) {
  if (!is_get(request) || response.status != 200 || response.producer) return;
  if (!response.find_header("ETag"))
    response.set("ETag", "W/\"" + to_string(digest_of(response.body)).substr(0, 20) + "\"");
  if (!response.find_header("Cache-Control")) response.set("Cache-Control", "private, no-cache");
}

void add_vary(Response& response) {
  if (!response.find_header("Vary"))
    response.set("Vary", "Accept-Encoding, Accept-Language, Cookie");
}

/// Wraps the producer so that its parts leave compressed.
void compress_stream(Response& response) {
  auto stream = std::make_shared<GzipStream>();
  response.producer = [stream, inner = std::move(response.producer)](std::string& out) {
    std::string part;
    const bool more = inner(part);
    out += stream->add(part, !more);
    return more;
  };
  response.set("Content-Encoding", "gzip");
}

std::string_view send_asset(const std::string& encoding, Response& response) {
  const Asset& asset = *response.asset;
  if (encoding == "br" && !asset.brotli.empty()) {
    response.set("Content-Encoding", "br");
    return asset.brotli;
  }
  if (!encoding.empty() && !asset.gzip.empty()) {
    response.set("Content-Encoding", "gzip");
    return asset.gzip;
  }
  return asset.bytes;
}

}  // namespace

std::string choose_encoding(std::string_view accept_encoding) {
  bool gzip_accepted = false, brotli_accepted = false;
  for (const auto item : split(accept_encoding, ',')) {
    const auto semicolon = item.find(';');
    const auto name = trim(item.substr(0, semicolon));
    if (semicolon != std::string_view::npos) {
      const auto q = item.find("q=", semicolon);
      // q=0, q=0.0 and q=0.000 all forbid.
      if (q != std::string_view::npos &&
          trim(item.substr(q + 2)).find_first_not_of("0.") == std::string_view::npos)
        continue;
    }
    if (name == "br") brotli_accepted = true;
    if (name == "gzip" || name == "*") gzip_accepted = true;
  }
  return brotli_accepted ? "br" : gzip_accepted ? "gzip" : "";
}

bool covers_etag(std::string_view if_none_match, std::string_view etag) {
  const auto strong = [](std::string_view tag) {
    tag = trim(tag);
    return tag.starts_with("W/") ? tag.substr(2) : tag;
  };
  if (trim(if_none_match) == "*") return true;
  for (const auto item : split(if_none_match, ','))
    if (strong(item) == strong(etag)) return true;
  return false;
}

std::string_view finish(const Request& request, Response& response) {
  add_safety_headers(response);
  if (response.asset) {
    response.set("Content-Type", response.asset->content_type).set("ETag", response.asset->etag);
    if (!response.find_header("Vary")) response.set("Vary", "Accept-Encoding");
  }
  add_etag(request, response);
  add_vary(response);
  const auto etag = response.find_header("ETag");
  const auto known = request.find_header("If-None-Match");
  if (etag && known && is_get(request) && response.status == 200 && covers_etag(*known, *etag)) {
    response.status = 304;
    response.body.clear();
    std::erase_if(response.headers,
                  [](const auto& field) { return field.first == "Content-Type"; });
    response.asset.reset();
    return {};
  }
  const auto encoding = choose_encoding(request.find_header("Accept-Encoding").value_or(""));
  if (response.asset) return send_asset(encoding, response);
  if (encoding.empty() || !is_text(response) || response.find_header("Content-Encoding"))
    return response.body;
  if (response.producer) {
    compress_stream(response);  // whoever takes brotli takes gzip
  } else if (response.body.size() > worth_compressing) {
    // Brotli prepares room for its quicker qualities, which costs more than they save of little.
    const int quality = response.body.size() < little ? 5 : 3;
    response.body = encoding == "br" ? brotli_compress(response.body, quality)
                                     : gzip_compress(response.body, 6);
    response.set("Content-Encoding", encoding);
  }
  return response.body;
}

}  // namespace austral::web
