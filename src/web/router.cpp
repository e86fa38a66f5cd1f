// Matches paths to routes segment by segment and turns refusals into answers.
#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "web/routes.hpp"

namespace austral::web {
namespace {

const std::vector<std::string> twins = {"json", "csv", "xlsx"};

std::vector<std::string_view> segments_of(std::string_view path) {
  return split(path.substr(1), '/');
}

bool is_placeholder(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// Cuts a known suffix off a segment; nothing is cut when the segment would become empty.
std::string cut_twin(std::string_view& segment) {
  for (const auto& twin : twins)
    if (segment.size() > twin.size() + 1 && segment.ends_with("." + twin)) {
      segment.remove_suffix(twin.size() + 1);
      return twin;
    }
  return "";
}

/// Fills placeholders when the segments fit. Decoding comes after splitting: %2F stays inside.
bool fits(std::string_view pattern, const std::vector<std::string_view>& path, Fields& found) {
  const auto wanted = segments_of(pattern);
  if (wanted.size() != path.size()) return false;
  found.clear();
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto decoded = percent_decode(path[i]);
    if (is_placeholder(wanted[i])) {
      if (decoded.empty()) return false;
      found.emplace_back(std::string(wanted[i].substr(1, wanted[i].size() - 2)), decoded);
    } else if (wanted[i] != decoded) {
      return false;
    }
  }
  return true;
}

/// Which of two fitting patterns is the more exact: literals before placeholders, left to right.
bool more_exact(std::string_view left, std::string_view right) {
  const auto a = segments_of(left), b = segments_of(right);
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    if (is_placeholder(a[i]) != is_placeholder(b[i])) return is_placeholder(b[i]);
  return false;
}

std::string kind_name(int status) {
  switch (status) {
    case 403: return "forbidden";
    case 404: return "not_found";
    case 409: return "conflict";
    case 503: return "unavailable";
    case 500: return "failure";
    default: return "invalid";
  }
}

/// What a reader is told when nobody said anything more exact.
std::string plain_reason(int status) {
  switch (status) {
    case 400: return "The request could not be read.";
    case 403: return "This is not open to you.";
    case 404: return "There is nothing at this address.";
    case 405: return "This address does not answer that method.";
    case 408: return "The request took too long to arrive.";
    case 413: return "What was sent is larger than this address takes.";
    case 431: return "The request's header is larger than 16 KB.";
    case 503: return "Too many people are asking at this moment. Try again in a few seconds.";
    default: return "Something went wrong on our side. It has been noted.";
  }
}

}  // namespace

int status_of(Kind kind) {
  switch (kind) {
    case Kind::invalid: return 400;
    case Kind::forbidden: return 403;
    case Kind::not_found: return 404;
    case Kind::conflict: return 409;
    case Kind::unavailable: return 503;
  }
  return 500;
}

void Router::add(Route route) {
  if (route.pattern.empty() || route.pattern[0] != '/' || !(route.handler || route.upload))
    throw Error(Kind::invalid, "route '" + route.pattern + "' needs a pattern and a handler");
  for (const auto& known : routes_)
    if (known.method == route.method && known.pattern == route.pattern)
      throw Error(Kind::invalid, "route " + route.method + " " + route.pattern + " is there twice");
  route.known = read_parameters(route.parameters);
  routes_.push_back(std::move(route));
}

Router::Match Router::find(const Request& request, std::string_view method) const {
  if (method == "HEAD") method = "GET";
  const auto whole = segments_of(request.path);
  auto bare = whole;
  const auto twin = cut_twin(bare.back());
  Match best;
  Fields found;
  for (const auto& route : routes_) {
    if (route.method != method) continue;
    if (best.route && !more_exact(route.pattern, best.route->pattern)) continue;
    if (route.table && !twin.empty() && fits(route.pattern, bare, found)) {
      best = {&route, found, twin};
    } else if (fits(route.pattern, whole, found)) {
      best = {&route, found, ""};
    }
  }
  return best;
}

std::string Router::methods_of(const Request& request) const {
  std::set<std::string> methods;
  for (const auto& route : routes_)
    if (find(request, route.method).route) methods.insert(route.method);
  if (methods.contains("GET")) methods.insert("HEAD");
  std::string list;
  for (const auto& method : methods) list += (list.empty() ? "" : ", ") + method;
  return list;
}

std::size_t Router::body_limit(const Request& request) const {
  const auto match = find(request, request.method);
  return match.route ? match.route->body_limit : Route{}.body_limit;
}

Response Router::refuse(const Request& request, int status, const std::string& message) const {
  const auto said = message.empty() ? plain_reason(status) : message;
  if (wants_json(request)) {
    std::string body = "{\"error\":{\"status\":" + std::to_string(status) + ",\"kind\":";
    append_json(body, kind_name(status));
    body += ",\"message\":";
    append_json(body, make_valid_utf8(said));
    return json(body + "}}\n", status).set("Cache-Control", "no-store");
  }
  auto response = error_page ? error_page(request, status, said) : text(said + "\n", status);
  return response.set("Cache-Control", "no-store");
}

Response Router::miss(const Request& request) const {
  const auto methods = methods_of(request);
  if (request.method == "OPTIONS" && is_open(request)) {
    Response answer;
    answer.status = 204;
    return answer.set("Allow", "GET, HEAD, OPTIONS")
        .set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
        .set("Access-Control-Allow-Headers", "*")
        .set("Access-Control-Max-Age", "86400")
        .set("Cache-Control", "no-store");
  }
  if (!methods.empty()) return refuse(request, 405).set("Allow", methods);
  auto& path = request.path;
  if (path.size() > 1 && path.ends_with('/') && !path.starts_with("//")) {
    Request shorter = request;
    shorter.path.pop_back();
    if (find(shorter, request.method).route)
      return redirect(link_with(shorter.path, request.query, {}), 308);
  }
  return refuse(request, 404, plain_reason(404) + nearest_address(request));
}

/// For somebody who mistyped one part of an address.
std::string Router::nearest_address(const Request& request) const {
  auto parts = segments_of(request.path);
  const auto twin = cut_twin(parts.back());
  const auto last = percent_decode(parts.back());
  std::vector<std::string> siblings;
  for (const auto& route : routes_) {
    const auto wanted = segments_of(route.pattern);
    if (wanted.size() != parts.size() || is_placeholder(wanted.back())) continue;
    if (std::equal(parts.begin(), parts.end() - 1, wanted.begin()))
      siblings.emplace_back(wanted.back());
  }
  const auto near = nearest_name(last, siblings);
  if (near.empty()) return "";
  const auto folder = request.path.substr(0, request.path.rfind('/') + 1);
  return " Did you mean " + folder + near + (twin.empty() ? "" : "." + twin) + "?";
}

/// Twins, the API and assets may be read by other sites' scripts; pages never.
bool Router::is_open(const Request& request) const {
  const auto match = find(request, "GET");
  return match.route && (match.route->open || !match.twin.empty());
}

/// Throws: Error where the request may not reach its route.
void Router::admit(Request& request, Match& match) const {
  request.placeholders = std::move(match.placeholders);
  request.twin = std::move(match.twin);
  const bool reads = request.method == "GET" || request.method == "HEAD";
  // Browsers say where a form was: another site may not write in a reader's name.
  if (!reads && request.find_header("Sec-Fetch-Site").value_or("") == "cross-site")
    throw Error(Kind::forbidden, "A form of another site cannot be sent here.");
  if (guard) guard(request, *match.route);
  check_parameters(match.route->known, request.query);
}

Response Router::dispatch(Request& request) const {
  auto match = find(request, request.method);
  if (!match.route) return miss(request);
  admit(request, match);
  AUSTRAL_ASSERT(match.route->handler);  // a server that knows uploads asks begin_upload() first
  return match.route->handler(request);
}

namespace {

/// An upload whose refusals are answers; what comes after one is left.
class GuardedUpload : public Upload {
 public:
  using Guard = std::function<Response(const std::function<Response()>&)>;
  GuardedUpload(Guard guard, const std::function<std::unique_ptr<Upload>()>& begin)
      : guard_(std::move(guard)) {
    attempt([&] { inner_ = begin(); });
  }
  void take(std::string_view bytes) override {
    if (!refusal_) attempt([&] { inner_->take(bytes); });
  }
  Response finish() override {
    if (refusal_) return std::move(*refusal_);
    return guard_([this] { return inner_->finish(); });
  }

 private:
  void attempt(const std::function<void()>& work) {
    bool done = false;
    auto answer = guard_([&] {
      work();
      done = true;
      return Response{};
    });
    if (done) return;
    refusal_ = std::move(answer);
    inner_.reset();
  }

  Guard guard_;
  std::unique_ptr<Upload> inner_;
  std::optional<Response> refusal_;
};

}  // namespace

std::unique_ptr<Upload> Router::begin_upload(Request& request) const {
  auto match = find(request, request.method);
  if (!match.route || !match.route->upload) return nullptr;
  const auto guarded = [this, &request](const std::function<Response()>& work) {
    return refuse_failure(request, work);
  };
  return std::make_unique<GuardedUpload>(guarded, [&] {
    admit(request, match);
    return match.route->upload(request);
  });
}

Response Router::answer(Request request) const {
  const bool open = is_open(request);
  auto response = answer_or_refuse(request);
  if (open) open_up(response);
  return response;
}

void Router::open_up(Response& response) const {
  response.set("Access-Control-Allow-Origin", "*")
      .set("Access-Control-Expose-Headers", "ETag, Content-Disposition")
      .set("Cross-Origin-Resource-Policy", "cross-origin");
  if (!response.find_header("Cache-Control")) response.set("Cache-Control", "public, no-cache");
}

bool Router::is_keepable(const Request& request) const {
  const auto match = find(request, "GET");
  return match.route && match.route->keepable;
}

Response Router::not_modified(const Request& request, const std::string& etag) const {
  Response response;
  response.status = 304;
  response.set("ETag", etag);
  if (is_open(request))
    open_up(response);
  else
    response.set("Cache-Control", "private, no-cache");
  return response;
}

Response Router::answer_or_refuse(Request& request) const {
  return refuse_failure(request, [&] { return dispatch(request); });
}

/// What `work` answers, or in words why it could not. Never throws.
Response Router::refuse_failure(const Request& request,
                                const std::function<Response()>& work) const {
  const auto fail = [&](std::string_view what) {
    if (error_log) error_log(request.method + " " + request.path + ": " + std::string(what));
    return refuse(request, 500);
  };
  try {
    try {
      return work();
    } catch (const Error& error) {
      auto response = refuse(request, status_of(error.kind()), error.what());
      if (response.status == 503) response.set("Retry-After", "5");
      return response;
    } catch (const std::exception& error) {
      return fail(error.what());
    } catch (...) {
      return fail("an exception of unknown type");
    }
  } catch (...) {
    return text("Something went wrong on our side.\n", 500);
  }
}

}  // namespace austral::web
