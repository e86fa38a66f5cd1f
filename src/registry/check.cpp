// The register's own check of a record; each standard's full rules stand in its own room.
#include "registry/check.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"

namespace austral::registry {
namespace {

class Checker {
 public:
  explicit Checker(const Record& record) : record_(record) {}

  Findings check() {
    check_identity();
    check_dates();
    check_places(record_.places, "recipients");
    check_shares("purpose", "sectors of the DAC 5-digit list");
    check_shares("category", "sectors of the DAC 3-digit list");
    check_codes(record_.classifications, "");
    for (std::size_t n = 0; n < record_.contributions.size(); ++n) {
      const std::string place = "contribution " + std::to_string(n + 1);
      check_places(record_.contributions[n].places, place);
      check_codes(record_.contributions[n].classifications, place);
    }
    if (!record_.status.empty()) check_code("ActivityStatus", record_.status, "status");
    return std::move(findings_);
  }

 private:
  void add(Severity severity, const char* rule, std::string place, std::string message) {
    findings_.push_back({severity, rule, std::move(place), std::move(message)});
  }

  void check_identity() {
    if (trim(record_.identifier).empty())
      add(Severity::damage, "record.identifier.missing", "identifier",
          "a record without identifier cannot be registered; give it one that no other record has");
    if (trim(record_.publisher).empty())
      add(Severity::damage, "record.publisher.missing", "reporting organization",
          "a record without a reporting organization's reference cannot be registered");
    if (record_.kind == "activity" && pick_text(record_.title, "en").empty())
      add(Severity::warning, "record.title.missing", "title",
          "there is no title; readers see the identifier");
  }

  std::optional<Date> date_of(std::string_view type) const {
    for (const auto& event : record_.dates)
      if (event.type == type && event.date) return event.date;
    return std::nullopt;
  }

  void check_dates() {
    for (const auto& [from, to, words] :
         {std::tuple{"1", "3", "planned"}, std::tuple{"2", "4", "actual"}}) {
      const auto start = date_of(from), end = date_of(to);
      if (start && end && *end < *start)
        add(Severity::error, "record.dates.order", std::string(words) + " dates",
            "ends on " + to_string(*end) + " before it starts on " + to_string(*start));
    }
  }

  void check_places(const std::vector<Place>& places, const std::string& where) {
    Decimal sum;
    bool any_share = false;
    std::string_view vocabulary;
    for (const auto& place : places) {
      if (place.kind == "country" && place.code.empty())
        add(Severity::warning, "code.missing", where,
            "a recipient country has no code; its part stays under 'not stated'");
      else if (place.kind == "country" && !codes::find_country(trim(place.code)))
        add(Severity::warning, "code.unknown", where,
            "'" + place.code + "' is no country of ISO 3166; the amount stays under that code");
      if (place.kind == "region" && vocabulary.empty()) vocabulary = place.vocabulary;
      if (!place.share || (place.kind == "region" && place.vocabulary != vocabulary)) continue;
      any_share = true;
      if (const auto more = austral::add(sum, *place.share)) sum = *more;
    }
    if (any_share) check_sum(sum, where);
  }

  void check_shares(const char* scheme, const char* where) {
    Decimal sum;
    bool any_share = false;
    for (const auto& item : record_.classifications) {
      if (item.scheme != scheme || !item.share) continue;
      any_share = true;
      if (const auto more = austral::add(sum, *item.share)) sum = *more;
    }
    if (any_share) check_sum(sum, where);
  }

  void check_sum(const Decimal& sum, const std::string& where) {
    const auto rounded = round_to(sum, 2);
    if (rounded && *rounded == Decimal{100, 0}) return;
    add(Severity::warning, "share.sum", where,
        "percentages add up to " + to_string(normalise(sum)) +
            ", not 100; they are used as weights");
  }

  void check_codes(const std::vector<Classification>& items, const std::string& where) {
    for (const auto& item : items)
      for (const auto scheme : {"purpose", "category", "goal", "target"})
        if (item.scheme == scheme) check_code(scheme, item.code, where.empty() ? scheme : where);
  }

  void check_code(const char* list, const std::string& code, const std::string& where) {
    if (!codes::get_list(list).find(code))
      add(Severity::warning, "code.unknown", where, "'" + code + "' is not in the list " + list);
  }

  const Record& record_;
  Findings findings_;
};

}  // namespace

Findings check(const Record& record) { return Checker(record).check(); }

}  // namespace austral::registry
