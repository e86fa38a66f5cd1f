// The shipped methodologies, and small questions to any.
#include "measurement/methodology.hpp"

#include <algorithm>

#include "base/embedded.hpp"
#include "base/error.hpp"

namespace austral::measurement {

std::string_view pick(const Titles& titles, std::string_view language) {
  auto found = titles.find(std::string(language));
  if (found == titles.end()) found = titles.find("en");
  if (found == titles.end()) found = titles.begin();
  return found == titles.end() ? std::string_view{} : std::string_view(found->second);
}

const std::vector<std::string>& condition_fields() {
  static const std::vector<std::string> fields = {
      "unit",          "kind",     "framework", "modality",    "finance_type", "flow_type",
      "collaboration", "provider", "recipient", "provider_in", "recipient_in", "year"};
  return fields;
}

const Item* Methodology::find_item(std::string_view code) const {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.code == code; });
  return found == items.end() ? nullptr : &*found;
}

const std::vector<Methodology>& shipped_methodologies() {
  static const std::vector<Methodology> all = [] {
    std::vector<Methodology> read;
    for (const auto& file : embedded_files_below("data/methodologies/")) {
      if (!file.path.ends_with(".yaml") || file.path.ends_with("/methods.yaml")) continue;
      try {
        read.push_back(read_methodology(file.bytes));
      } catch (const Error& error) {
        throw Error(Kind::invalid, std::string(file.path) + ": " + error.what());
      }
    }
    return read;
  }();
  return all;
}

}  // namespace austral::measurement
