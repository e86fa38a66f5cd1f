// The border on the way out: fields kept by their path go back to where they stood.
#include <algorithm>
#include <deque>

#include "standards/iati/writing.hpp"

namespace austral::iati {

using registry::Extra;

namespace {

/// An element put together again from paths.
struct Twig {
  std::string name, text;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::deque<Twig> children;

  const std::string* find(std::string_view attribute) const {
    for (const auto& [key, value] : attributes)
      if (key == attribute) return &value;
    return nullptr;
  }
};

/// What may stand below one of the three elements: its path, what it must have, and its order.
struct Allowed {
  std::string_view path;
  std::string_view required;  ///< attributes, with spaces between
  std::string_view known;     ///< further attributes
  bool repeats = false;
  bool number = false;  ///< its text is a decimal
};
/// Source: iati-activities-schema.xsd 2.03, crs-add, fss and legacy-data.
constexpr Allowed allowed[] = {
    {"legacy-data", "name value", "iati-equivalent", true},
    {"crs-add", "", ""},
    {"crs-add/other-flags", "code significance", "", true},
    {"crs-add/loan-terms", "", "rate-1 rate-2"},
    {"crs-add/loan-terms/repayment-type", "code", ""},
    {"crs-add/loan-terms/repayment-plan", "code", ""},
    {"crs-add/loan-terms/commitment-date", "iso-date", ""},
    {"crs-add/loan-terms/repayment-first-date", "iso-date", ""},
    {"crs-add/loan-terms/repayment-final-date", "iso-date", ""},
    {"crs-add/loan-status", "year value-date", "currency"},
    {"crs-add/loan-status/interest-received", "", "", false, true},
    {"crs-add/loan-status/principal-outstanding", "", "", false, true},
    {"crs-add/loan-status/principal-arrears", "", "", false, true},
    {"crs-add/loan-status/interest-arrears", "", "", false, true},
    {"crs-add/channel-code", "", ""},
    {"fss", "extraction-date", "priority phaseout-year"},
    {"fss/forecast", "year", "currency value-date", true, true},
};

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

bool value_fits(std::string_view attribute, std::string_view value) {
  if (attribute == "iso-date" || attribute == "value-date" || attribute == "extraction-date")
    return value.size() == 10 && parse_date(value);
  if (attribute == "significance" || attribute == "priority")
    return is_lexical(Lexical::boolean, value);
  if (attribute.substr(0, 4) == "rate" || attribute == "year" || attribute == "phaseout-year")
    return is_lexical(Lexical::decimal, value);
  return attribute != "iati-equivalent" || value.find_first_of(" \t\n/@") == value.npos;
}

/// The place in the table of what a twig is, or nothing when the schema does not allow it so.
const Allowed* find_allowed(const Twig& twig, const std::string& path) {
  for (const auto& one : allowed) {
    if (one.path != path) continue;
    for (const auto& [name, value] : twig.attributes)
      if (!(has_word(one.required, name) || has_word(one.known, name)) || !value_fits(name, value))
        return nullptr;
    for (auto words = one.required; !words.empty();) {
      const auto end = std::min(words.find(' '), words.size());
      if (!twig.find(words.substr(0, end))) return nullptr;
      words.remove_prefix(std::min(end + 1, words.size()));
    }
    if (one.number ? !is_lexical(Lexical::decimal, twig.text)
                   : !twig.text.empty() && path != "crs-add/channel-code")
      return nullptr;
    return &one;
  }
  return nullptr;
}

bool is_allowed(const Twig& twig, const std::string& path) {
  if (!find_allowed(twig, path)) return false;
  const Allowed* last = nullptr;
  for (const auto& child : twig.children) {
    const std::string below = path + "/" + child.name;
    const Allowed* one = find_allowed(child, below);
    if (!one || !is_allowed(child, below)) return false;
    if (last && (one < last || (one == last && !one->repeats))) return false;
    last = one;
  }
  return true;
}

/// Adds one extra. The reader tells an element's text first, then its attributes, so that a text
/// or an attribute seen before begins the next element.
void graft(std::deque<Twig>& twigs, std::string_view path, std::string_view value) {
  const auto slash = path.find('/');
  const std::string_view name = path.substr(0, slash);
  const std::string_view rest = slash == path.npos ? "" : path.substr(slash + 1);
  const bool attribute = !rest.empty() && rest.front() == '@';
  const bool text = rest.empty();
  const bool begins =
      twigs.empty() || twigs.back().name != name || text ||
      (attribute && (twigs.back().find(rest.substr(1)) || !twigs.back().children.empty()));
  if (begins) twigs.push_back({std::string(name), {}, {}, {}});
  auto& twig = twigs.back();
  if (text)
    twig.text = value;
  else if (attribute)
    twig.attributes.emplace_back(rest.substr(1), value);
  else
    graft(twig.children, rest, value);
}

void write_twig(XmlWriter& xml, const Twig& twig) {
  const auto element = xml.element(twig.name);
  for (const auto& [name, value] : twig.attributes) xml.attribute(name, value);
  xml.text(twig.text);
  for (const auto& child : twig.children) write_twig(xml, child);
}

}  // namespace

void Writing::write_extras(std::string_view top) {
  std::deque<Twig> twigs;
  for (const auto& extra : r_.extras)
    if (const std::string_view path = extra.path; path.substr(0, path.find('/')) == top)
      graft(twigs, path, extra.value);
  if (twigs.size() > 1 && top != "legacy-data") return;
  for (const auto& twig : twigs)
    if (is_allowed(twig, twig.name)) write_twig(xml_, twig);
}

}  // namespace austral::iati
