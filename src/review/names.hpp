// Names for codes in the reader's language: partners, regions, sectors, statuses, organizations.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/catalogue.hpp"
#include "registry/initiative.hpp"
#include "store/database.hpp"

namespace austral::review {

/// Names of what an answer mentions; organizations are looked up together, once.
class Names {
 public:
  Names(store::Database& database, std::string language)
      : database_(database), language_(std::move(language)) {}

  /// Fetches the names of the organizations among these codes in one go.
  void expect(const std::vector<std::string>& codes);
  /// A country, a region (`region:dac:298`), an organization, `*` several, or empty: not stated.
  std::string partner(const std::string& code);
  std::string organization(const std::string& id);
  std::string country(std::string_view alpha2) const;
  /// A grouping's label; the code itself when there is none.
  std::string grouping(const std::string& code) const;
  /// Who stands behind a filter of the list of initiatives: `provider` KE, `provider_in` ecowas.
  std::string side(std::string_view filter, const std::string& value);
  /// The label of a dimension's value.
  std::string value(registry::Dimension dimension, const std::string& value);
  const std::string& language() const { return language_; }

 private:
  store::Database& database_;
  std::string language_;
  std::unordered_map<std::string, std::string> organizations_;
};

/// A contribution's kind and a framework in the reader's words.
std::string kind_label(registry::ContributionKind kind, const Language& language);
std::string framework_label(registry::Framework framework, const Language& language);
/// Why a framework's rule fired, in the reader's words where the catalogue has them.
std::string rule_words(std::string_view rule, const Language& language);
bool is_country_code(std::string_view code);

}  // namespace austral::review
