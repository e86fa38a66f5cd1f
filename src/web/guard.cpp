// Reading is open; importing asks for the flag, this machine and a page of this very site.
#include "web/guard.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"

namespace austral::web {
namespace {

bool is_loopback(std::string_view address) {
  if (address.starts_with("::ffff:")) address.remove_prefix(7);
  return address == "::1" || (address.starts_with("127.") &&
                              address.find_first_not_of("0123456789.") == std::string_view::npos);
}

/// A name that leads to this machine whatever a name server says: 127.0.0.1, [::1], localhost.
bool names_this_machine(std::string_view host) {
  const auto port = host.rfind(':');
  if (port != std::string_view::npos && host.find(']', port) == std::string_view::npos) {
    if (host.find_first_not_of("0123456789", port + 1) != std::string_view::npos) return false;
    host = host.substr(0, port);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return is_loopback(host) || fold(host) == "localhost";
}

/// A proxy speaks for somebody elsewhere, though it stands on this machine.
bool came_through_a_proxy(const Request& request) {
  const char* marks[] = {"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"};
  return std::any_of(std::begin(marks), std::end(marks),
                     [&](const char* mark) { return request.find_header(mark).has_value(); });
}

}  // namespace

std::string why_not_import(const Request& request, bool allowed) {
  if (!allowed)
    return "This server only reads. Whoever keeps it can allow importing with austral serve "
           "--allow-import.";
  if (!is_loopback(request.remote) || came_through_a_proxy(request))
    return "Importing is open on the server's own machine alone.";
  const auto host = request.find_header("Host").value_or("");
  if (!names_this_machine(host))
    return "Importing is open under the addresses 127.0.0.1 and localhost alone.";
  const auto site = request.find_header("Sec-Fetch-Site").value_or("none");
  const bool reads = request.method == "GET" || request.method == "HEAD";
  // Another port of this machine is another site, too.
  if (!reads && site != "none" && site != "same-origin")
    return "A form of another site cannot import here.";
  const auto origin = request.find_header("Origin");
  if (!reads && origin && *origin != "http://" + host && *origin != "https://" + host)
    return "A form of another site cannot import here.";
  return {};
}

std::function<void(const Request&, const Route&)> make_guard(bool allow_import) {
  return [allow_import](const Request& request, const Route& route) {
    if (route.right == "read") return;
    const auto reason =
        route.right == "import" ? why_not_import(request, allow_import) : "Nobody may do this yet.";
    if (!reason.empty()) throw Error(Kind::forbidden, reason);
  };
}

}  // namespace austral::web
