// Identifiers over a whole file: each stands once, and the activities that others link to exist.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.hpp"
#include "standards/validation/paths.hpp"
#include "standards/validation/validation.hpp"

namespace austral::validation {
namespace {

constexpr std::size_t most_links = 20'000;  // kept with all that is to be said of them
constexpr std::size_t longest_shown = 200;  // characters of an identifier in a report

/// Where an activity names another one. Source: advisories of the official validator.
struct LinkRule {
  const char* id;
  std::array<std::string_view, 2> path;  // below the activity
  std::string_view attribute;
};
constexpr LinkRule link_rules[] = {
    {"1000.0.1", {"participating-org", {}}, "activity-id"},
    {"1000.0.2", {"planned-disbursement", "provider-org"}, "provider-activity-id"},
    {"1000.0.3", {"planned-disbursement", "receiver-org"}, "receiver-activity-id"},
    {"1000.0.4", {"transaction", "provider-org"}, "provider-activity-id"},
    {"1000.0.5", {"transaction", "receiver-org"}, "receiver-activity-id"},
    {"1000.0.6", {"related-activity", {}}, "ref"},
};

void add_link(const Subject& subject, const LinkRule& rule, std::size_t number, Node element,
              Ties& ties) {
  const auto attribute = element.attribute(rule.attribute);
  const std::string_view identifier = attribute.value_text();
  if (identifier.empty() || identifier == ties.identifier) return;
  Ties::Link& link = ties.links.emplace_back();
  link.identifier = identifier;
  link.rule = std::size_t(&rule - link_rules);
  link.number = number;
  link.offset = offset_of(subject, element, rule.attribute);
}

/// 64 bits of an identifier: among ten million of them, two differ and agree in these with a chance
/// of 3 in a million.
std::uint64_t fingerprint(std::string_view text) {
  std::uint64_t hash = 0x9e3779b97f4a7c15u ^ text.size();
  const auto mix = [&](std::uint64_t word) {
    const auto product = static_cast<unsigned __int128>(hash ^ word) * 0xd6e8feb86659fd93u;
    hash = std::uint64_t(product) ^ std::uint64_t(product >> 64);
  };
  while (text.size() >= 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data(), 8);
    mix(word);
    text.remove_prefix(8);
  }
  std::uint64_t rest = 0;
  if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
  mix(rest);
  mix(0xa0761d6478bd642fu);
  return hash ? hash : 1;
}

}  // namespace

/// Fingerprints and the line of the first of each: some 18 bytes an activity. Its parts grow one by
/// one, so that growing never takes twice the memory.
class FirstLines {
 public:
  /// The line where it stood first; 0 when it is new.
  std::uint32_t add(std::uint64_t key, std::uint32_t line) {
    auto& part = parts_[key >> 56];
    if ((part.used + 1) * 5 > part.entries.size() * 4) grow(part);
    Entry& entry = part.entries[find(part, key)];
    if (entry.key()) return entry.line;
    entry.set(key);
    entry.line = line;
    ++part.used;
    return 0;
  }
  bool contains(std::uint64_t key) const {
    const auto& part = parts_[key >> 56];
    return !part.entries.empty() && part.entries[find(part, key)].key();
  }

 private:
  struct Entry {  // 12 bytes
    std::uint32_t high = 0, low = 0, line = 0;
    std::uint64_t key() const { return std::uint64_t{high} << 32 | low; }
    void set(std::uint64_t key) { high = std::uint32_t(key >> 32), low = std::uint32_t(key); }
  };
  struct Part {
    std::vector<Entry> entries;
    std::size_t used = 0;
  };
  static std::size_t find(const Part& part, std::uint64_t key) {
    std::size_t at = (key & 0xffff'ffff) * part.entries.size() >> 32;
    while (part.entries[at].key() && part.entries[at].key() != key)
      at = at + 1 == part.entries.size() ? 0 : at + 1;
    return at;
  }
  static void grow(Part& part) {
    Part larger;
    larger.entries.resize(std::max<std::size_t>(16, part.entries.size() * 3 / 2));
    larger.used = part.used;
    for (const auto& entry : part.entries)
      if (entry.key()) larger.entries[find(larger, entry.key())] = entry;
    part = std::move(larger);
  }

  std::array<Part, 256> parts_;
};

Ties find_ties(const Subject& subject) {
  Ties ties;
  const auto element =
      subject.node.child(subject.organisation ? "organisation-identifier" : "iati-identifier");
  std::string scratch;
  if (element) ties.identifier = text_of({element, {}}, scratch);
  ties.offset = offset_of(subject, element ? element : subject.node);
  if (subject.organisation) return ties;
  std::array<std::size_t, std::size(link_rules)>
      counts{};  // of the elements that a rule begins with
  for (auto child = subject.node.first_child(); child; child = child.next_sibling()) {
    const auto name = child.name_text();
    if (name.empty() || (name[0] != 'p' && name[0] != 't' && name[0] != 'r')) continue;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const auto& rule = link_rules[i];
      if (rule.path[0] != name) continue;
      ++counts[i];
      if (rule.path[1].empty()) {
        add_link(subject, rule, counts[i], child, ties);
        continue;
      }
      for (auto inner = child.child(rule.path[1]); inner; inner = inner.next_sibling(rule.path[1]))
        add_link(subject, rule, counts[i], inner, ties);
    }
  }
  for (auto& link : ties.links) link.only = counts[link.rule] == 1;
  return ties;
}

Fault tell_link(const Ties::Link& link) {
  const LinkRule& rule = link_rules[link.rule];
  Fault fault;
  fault.id = rule.id;
  fault.weight = Weight::advisory;
  fault.category = "identifiers";
  fault.message = fmt::format("An activity that {}{}{}/@{} names does not stand in this file{}",
                              rule.path[0], rule.path[1].empty() ? "" : "/", rule.path[1],
                              rule.attribute, link.sought_elsewhere ? ", nor in the register" : "");
  fault.remedy =
      "Compare the identifier letter by letter with the other activity's; activities of other "
      "publishers stand in files of their own";
  fault.where = describe_counted(rule.path[0], link.number, link.only);
  if (!rule.path[1].empty()) fault.where += "'s " + describe_counted(rule.path[1], 1, true);
  fault.where = "the " + fault.where + "'s " + describe_counted(rule.attribute, 1, true);
  fault.found = shorten(link.identifier, longest_shown);
  return fault;
}

struct Together::State {
  explicit State(FindActivity find) : elsewhere(std::move(find)) {}

  FindActivity elsewhere;
  FirstLines identifiers;
  std::vector<Ties::Link> links;  // whose activity has not come yet
  /// The same beyond the bound, as fingerprints, by rule.
  std::array<std::vector<std::uint64_t>, std::size(link_rules)> further;
  std::size_t further_size = 0;
  std::size_t next_sweep = most_links;

  template <class Links, class Key>
  void drop_found(Links& all, Key key) {
    all.erase(std::remove_if(all.begin(), all.end(),
                             [&](const auto& one) { return identifiers.contains(key(one)); }),
              all.end());
  }
  void sweep() {
    drop_found(links, [](const Ties::Link& link) { return fingerprint(link.identifier); });
    further_size = 0;
    for (auto& keys : further) {
      drop_found(keys, [](std::uint64_t key) { return key; });
      further_size += keys.size();
    }
    next_sweep = std::max(most_links, 2 * further_size);
  }
};

Together::Together(FindActivity elsewhere)
    : state_(std::make_unique<State>(std::move(elsewhere))) {}
Together::~Together() = default;

void Together::add(const Ties& ties, Faults& faults) {
  const auto line =
      std::uint32_t(std::min<std::uint64_t>(std::max<std::uint64_t>(ties.line, 1), 0xffff'ffff));
  if (const auto first = state_->identifiers.add(fingerprint(ties.identifier), line)) {
    Fault fault;
    fault.id = "1.1.2";
    fault.weight = Weight::error;
    fault.category = "identifiers";
    fault.message = "An identifier stands more than once in the file";
    fault.remedy = "Give each record an identifier of its own, and publish each record once";
    fault.where = fmt::format("the identifier that stands already in line {}", first);
    fault.found = shorten(ties.identifier, longest_shown);
    faults.push_back(std::move(fault));
  }
  for (const auto& link : ties.links) {
    const auto key = fingerprint(link.identifier);
    if (state_->identifiers.contains(key)) continue;
    if (state_->links.size() < most_links && state_->further_size == 0) {
      state_->links.push_back(link);
      state_->links.back().from = trim(ties.identifier);
    } else if (!state_->elsewhere || !state_->elsewhere(link.identifier)) {
      state_->further[link.rule].push_back(key);
      if (++state_->further_size >= state_->next_sweep) state_->sweep();
    }
  }
}

Together::Broken Together::finish() {
  state_->sweep();
  if (state_->elsewhere) {
    std::erase_if(state_->links,
                  [&](const Ties::Link& link) { return state_->elsewhere(link.identifier); });
    for (auto& link : state_->links) link.sought_elsewhere = true;
  }
  Broken broken{std::move(state_->links), {}};
  for (const auto& keys : state_->further) broken.more.push_back(keys.size());
  return broken;
}

}  // namespace austral::validation
