// Texts, attributes, dates, numbers and places of one record's tree.
#include "standards/iati/walk.hpp"

#include <algorithm>

namespace austral::iati {
namespace {

constexpr std::size_t most_findings = 500;  // of one record; a hostile one could name millions

bool is_text(pugi::xml_node node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

std::string quoted(View value) {
  std::string out = "'";
  std::size_t end = std::min<std::size_t>(value.size(), 60);
  while (end > 0 && end < value.size() && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80)
    --end;
  out.append(value.substr(0, end));
  out += end < value.size() ? "...'" : "'";
  return out;
}

}  // namespace

View Walk::text(Node node) {
  Node only;
  bool several = false;
  for (auto child = node.first_child(); child; child = child.next_sibling()) {
    if (!is_text(child)) continue;
    if (only) several = true;
    if (!only) only = child;
  }
  if (!only) return {};
  if (!several) return trimmed(only.value());
  std::string whole;
  for (auto child = node.first_child(); child; child = child.next_sibling())
    if (is_text(child)) whole += child.value();
  joined_.push_back(std::move(whole));
  return trimmed(joined_.back());
}

View Walk::join(View left, View right) {
  joined_.push_back(std::string(left) + " " + std::string(right));
  return trimmed(joined_.back());
}

void Walk::attributes(Node node, Slots slots) {
  for (auto attribute = node.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    const View name = attribute.name();
    bool taken = false;
    for (const auto& [wanted, slot] : slots)
      if (name == wanted) {
        *slot = trimmed(attribute.value());
        taken = true;
        break;
      }
    if (taken || name == "xml:lang" || name.substr(0, 5) == "xmlns") continue;
    into_.rest.push_back(
        {path(node) + (node == record_ ? "@" : "/@") + std::string(name), attribute.value()});
  }
}

void Walk::narratives(Node node, Narratives& out) {
  bool direct = false;
  each_element(node, [&](Node child) {
    if (View(child.name()) != "narrative") return keep(child);
    const View words = text(child);
    if (!words.empty()) out.push_back({trimmed(child.attribute("xml:lang").value()), words});
    if (child.first_attribute()) attributes(child, {});
    each_element(child, [&](Node inner) { keep(inner); });
  });
  for (auto child = node.first_child(); child && !direct; child = child.next_sibling())
    direct = is_text(child);
  if (!direct) return;
  const View words = text(node);
  if (words.empty()) return;
  out.push_back({trimmed(node.attribute("xml:lang").value()), words});
  if (!v1_)
    report(Severity::warning, "iati.narrative", node,
           "the text stands in the element itself; from version 2.01 it belongs in <narrative>");
}

View Walk::code(Node node) {
  View value;
  attributes(node, {{"code", &value}});
  each_element(node, [&](Node child) { keep(child); });
  if (!value.empty()) {
    keep_text(node);
    return value;
  }
  const View words = text(node);
  if (!words.empty())
    report(Severity::warning, "iati.code.as_text", node,
           "the code " + quoted(words) + " stands as text; it belongs in the attribute 'code'");
  else
    report(Severity::warning, "iati.code.missing", node, "the attribute 'code' is missing");
  return words;
}

Coded Walk::coded(Node node) {
  Coded value;
  View share;
  attributes(node, {{"code", &value.code},
                    {"vocabulary", &value.vocabulary},
                    {"percentage", &share},
                    {"vocabulary-uri", &value.uri},
                    {"significance", &value.significance},
                    {"type", &value.type}});
  if (!share.empty()) {
    View digits = share;
    if (digits.back() == '%') digits.remove_suffix(1);
    value.percentage = number(trimmed(digits), node, "percentage");
  }
  narratives(node, value.narratives);
  require(!value.code.empty(), node, "code");
  return value;
}

View Walk::modern(OldList list, View value, Node node) {
  if (value.empty() || (value[0] >= '0' && value[0] <= '9')) return value;
  const View found = find_modern_code(list, value);
  if (found.empty()) {
    const bool new_code = list == OldList::geographic_vocabulary;  // A1, G1 are letters in 2.0x
    if (!new_code)
      report(Severity::warning, "iati.code.unknown", node,
             quoted(value) + " is no value of its list; it was kept as it is");
    return value;
  }
  if (!v1_)
    report(Severity::remark, "iati.code.old", node,
           quoted(value) + " is a word of version 1; it was read as " + std::string(found));
  return found;
}

std::optional<Date> Walk::parse_day(View text, Node node, View what) {
  const auto day = parse_date(text);
  if (!day)
    report(Severity::error, "iati.date.unreadable", node,
           std::string(what) + " " + quoted(text) + " is no date; write YYYY-MM-DD");
  return day;
}

std::optional<Date> Walk::iso_date(Node node) {
  View iso;
  attributes(node, {{"iso-date", &iso}});
  each_element(node, [&](Node child) { keep(child); });
  if (iso.empty() && v1_)
    iso = text(node);
  else if (text(node) != iso)
    keep_text(node);
  if (iso.empty()) {
    report(Severity::error, "iati.date.missing", node, "the attribute 'iso-date' is missing");
    return {};
  }
  return parse_day(iso, node, "iso-date");
}

std::optional<Decimal> Walk::number(View text, Node node, View what) {
  const auto value = parse_decimal(text);
  if (!value)
    report(Severity::error, "iati.number.unreadable", node,
           std::string(what) + " " + quoted(text) +
               " is no number; write digits with a decimal point and nothing else");
  return value;
}

Organisation Walk::organisation(Node node) {
  Organisation who;
  attributes(node, {{"ref", &who.ref},
                    {"type", &who.type},
                    {"role", &who.role},
                    {"activity-id", &who.activity_id},
                    {"provider-activity-id", &who.activity_id},
                    {"receiver-activity-id", &who.activity_id},
                    {"crs-channel-code", &who.crs_channel_code},
                    {"secondary-reporter", &who.secondary_reporter}});
  narratives(node, who.narratives);
  who.type = modern(OldList::organisation_type, who.type, node);
  who.role = modern(OldList::organisation_role, who.role, node);
  return who;
}

void Walk::keep_text(Node node) {
  const View words = text(node);
  if (words.empty()) return;
  into_.rest.push_back({path(node), words});
  if (const View lang = trimmed(node.attribute("xml:lang").value()); !lang.empty())
    into_.rest.push_back({path(node) + "/@xml:lang", lang});
}

bool Walk::repeats(Node node) {
  if (!node.previous_sibling(node.name())) return false;
  report(Severity::warning, "iati.repeated", node,
         "it stands more than once; the first counts, this one is kept beside");
  keep(node);
  return true;
}

/// Walks over the subtree without recursion: it may be as deep as a file dares.
void Walk::keep(Node top) {
  Node node = top;
  for (;;) {
    const View words = text(node);
    if (!words.empty() || (!node.first_attribute() && !node.first_child()))
      into_.rest.push_back({path(node), words});
    if (node.first_attribute()) attributes(node, {});
    if (const View lang = node.attribute("xml:lang").value(); !lang.empty())
      into_.rest.push_back({path(node) + "/@xml:lang", lang});
    const auto element = [](Node first) {
      while (first && first.type() != pugi::node_element) first = first.next_sibling();
      return first;
    };
    Node next = element(node.first_child());
    while (!next && node != top) {
      next = element(node.next_sibling());
      if (!next) node = node.parent();
    }
    if (!next) return;
    node = next;
  }
}

std::string Walk::path(Node node) const {
  std::string out;
  for (; node && node != record_; node = node.parent())
    out = out.empty() ? std::string(node.name()) : std::string(node.name()) + "/" + out;
  return out;
}

/// `transaction 3, value`: counted only where there are several.
std::string Walk::place(Node node) const {
  std::string out;
  for (; node && node != record_ && node.parent(); node = node.parent()) {
    const View name = node.name();
    std::size_t before = 0;
    for (auto other = node.previous_sibling(); other; other = other.previous_sibling())
      before += View(other.name()) == name;
    bool several = before > 0;
    for (auto other = node.next_sibling(); other && !several; other = other.next_sibling())
      several = View(other.name()) == name;
    std::string step(name);
    if (several) step += " " + std::to_string(before + 1);
    out = out.empty() ? step : step + ", " + out;
  }
  return out.empty() ? std::string(record_.name()) : out;
}

void Walk::report(Severity severity, std::string rule, Node node, std::string message) {
  if (findings_.size() == most_findings)
    findings_.push_back({Severity::warning, "iati.findings", std::string(record_.name()),
                         "there is more of this kind; the rest is not listed"});
  if (findings_.size() > most_findings) return;
  findings_.push_back({severity, std::move(rule), place(node), std::move(message)});
}

void Walk::require(bool present, Node node, View what) {
  if (!present) report(Severity::warning, "iati.required", node, std::string(what) + " is missing");
}

}  // namespace austral::iati
