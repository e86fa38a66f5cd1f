// The table of what the site answers, and the router that finds a row of it.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "web/http.hpp"
#include "web/parameters.hpp"
#include "web/upload.hpp"

namespace austral::web {

/// One row of the table of routes.
struct Route {
  std::string method;   ///< GET answers HEAD too
  std::string pattern;  ///< `/initiatives/{id}`; a placeholder takes one whole segment
  std::string right;    ///< who may: `read` is everybody
  std::string title;    ///< what it is, in English, for the list of routes
  Handler handler;      ///< or `upload`
  bool table = false;   ///< also answers `.json`, `.csv` and `.xlsx` behind its last segment
  std::size_t body_limit = 1024 * 1024;    ///< Units: bytes
  std::string parameters = {};             ///< of the query, as read_parameters() reads them
  std::string schema = "Table";            ///< of its JSON, by its name in /api/openapi.json
  std::string content_type = "text/html";  ///< of what is no twin
  /// Its answer depends on the register's state and the request alone: it may be kept.
  bool keepable = false;
  /// Scripts of other sites may read it. Twins are open always.
  bool open = false;
  /// Takes the body while it arrives, instead of `handler`.
  BeginUpload upload = {};
  /// Stands in /api/openapi.json; not so what is one reader's alone.
  bool described = true;
  std::vector<Parameter> known = {};  ///< `parameters`, read when the route is added
};

/// Makes an answer out of a refusal; `message` is for people.
using ErrorPage = std::function<Response(const Request&, int status, const std::string& message)>;

/// Finds the route of a request, checks the right, calls the handler, turns exceptions to answers.
class Router {
 public:
  /// Throws: Error::invalid for a pattern that cannot be matched or that is there twice.
  void add(Route route);
  const std::vector<Route>& routes() const { return routes_; }

  /// Throws an Error when the reader may not; called before each handler.
  std::function<void(const Request&, const Route&)> guard;
  /// Makes HTML error pages; without it they are plain text.
  ErrorPage error_page;
  /// Told of exceptions that are our fault; the reader sees 500 without their message.
  std::function<void(std::string_view)> error_log;

  /// Never throws.
  Response answer(Request request) const;
  /// What takes the request's body while it arrives, refusals included: it throws nothing but to
  /// end the taking, and its answer is final. Nothing where a handler answers. Never throws.
  std::unique_ptr<Upload> begin_upload(Request& request) const;
  /// The body limit of the request's route; the default where there is none.
  std::size_t body_limit(const Request& request) const;
  /// Whether the request's route lets its answers be kept.
  bool is_keepable(const Request& request) const;
  /// 304 with the headers that the whole answer has.
  Response not_modified(const Request& request, const std::string& etag) const;
  /// The answer to a request that never reached a handler.
  Response refuse(const Request& request, int status, const std::string& message = "") const;

 private:
  struct Match {
    const Route* route = nullptr;
    Fields placeholders;
    std::string twin;
  };
  Match find(const Request& request, std::string_view method) const;
  std::string methods_of(const Request& request) const;
  bool is_open(const Request& request) const;
  void open_up(Response& response) const;
  std::string nearest_address(const Request& request) const;
  Response answer_or_refuse(Request& request) const;
  Response refuse_failure(const Request& request, const std::function<Response()>& work) const;
  void admit(Request& request, Match& match) const;
  Response dispatch(Request& request) const;
  Response miss(const Request& request) const;

  std::vector<Route> routes_;
};

/// The HTTP number of a kind of refusal.
int status_of(Kind kind);

/// The stylesheet, scripts and pictures inside the binary, under names that carry their content.
class Assets {
 public:
  /// Takes what is below `pages/assets/` in the binary and compresses it.
  Assets();
  /// `austral.css` -> `/assets/austral-1f2e3d4c5b.css`; empty when the binary has no such file.
  std::string address(std::string_view file) const;
  /// By the name in its address. Throws: Error::not_found.
  std::shared_ptr<const Asset> get(const std::string& name) const;
  /// By the name of its file; nothing when the binary has no such file.
  std::shared_ptr<const Asset> find_file(std::string_view file) const;

 private:
  std::map<std::string, std::shared_ptr<const Asset>, std::less<>> by_name_, by_file_;
};

/// What `/health` says of the program.
struct Health {
  std::string revision;
  bool ready = true;
};

/// Adds `/assets/{name}`, `/favicon.svg`, `/robots.txt` and `/health`.
void add_fixed_routes(Router& router, std::shared_ptr<const Assets> assets,
                      std::function<Health()> health);

}  // namespace austral::web
