// Who may do what while nobody can log in: everybody reads, the machine's own people import.
#pragma once

#include <functional>
#include <string>

#include "web/routes.hpp"

namespace austral::web {

/// Why a request may not write to the register, in words; empty when it may.
/// `allowed`: the server was started with --allow-import.
std::string why_not_import(const Request& request, bool allowed);

/// What Router::guard is set to. It throws Error::forbidden.
std::function<void(const Request&, const Route&)> make_guard(bool allow_import);

}  // namespace austral::web
