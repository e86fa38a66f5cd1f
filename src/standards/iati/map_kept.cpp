// The border for what an export of ours kept beside the standard's elements.
#include "base/digest.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "standards/iati/mapping.hpp"

namespace austral::iati {

/// A member kept as JSON counts as long as the elements beside it say what they said then: who
/// changed them since meant the change.
void Mapping::take_kept_members(registry::Record& record) {
  for (const auto& kept : a_.kept) {
    bool known = false;
    boost::mp11::mp_for_each<MembersOf<registry::Record>>([&](auto member) {
      if (kept.name != member.name) return;
      known = true;
      auto& value = record.*member.pointer;
      if (to_string(Digester().add(to_json(value)).finish()).substr(0, 16) != kept.of) {
        findings_.push_back({Severity::warning, "iati.member.stale", "austral:member",
                             "the elements that it stands beside were changed since; their " +
                                 std::string(kept.name) + " count, and it was left aside"});
        return;
      }
      try {
        auto taken = value;
        read_json(boost::json::parse(kept.json), taken, kept.name);
        value = std::move(taken);
      } catch (const std::exception& problem) {
        findings_.push_back({Severity::error, "iati.member.unreadable", "austral:member",
                             "its JSON cannot be read (" + std::string(problem.what()) +
                                 "); what the elements say counts"});
      }
    });
    if (!known)
      findings_.push_back(
          {Severity::warning, "iati.member.unknown", "austral:member",
           "'" + shorten(kept.name, 40) + "' is no member of a record; it was left aside"});
  }
}

}  // namespace austral::iati
