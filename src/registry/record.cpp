// Choosing among texts in several languages.
#include "registry/record.hpp"

namespace austral::registry {

std::string_view pick_text(const Texts& texts, std::string_view language) {
  for (const auto wanted : {language, std::string_view("en"), std::string_view()})
    for (const auto& text : texts)
      if (text.lang.substr(0, text.lang.find('-')) == wanted && !text.text.empty())
        return text.text;
  for (const auto& text : texts)
    if (!text.text.empty()) return text.text;
  return {};
}

}  // namespace austral::registry
