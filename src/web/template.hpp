// Templates of the pages: read once a language, then filled.
#pragma once

#include <string>
#include <string_view>

namespace austral::web {

/// Puts partials (`{{>name}}`) and the words of a language (`{{t:key}}`) into a template's text.
/// Throws: Error::not_found for a template or partial that is not in the binary.
std::string expand_template(std::string_view name, std::string_view language_code);

}  // namespace austral::web
