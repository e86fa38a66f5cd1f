// Codes and amounts of the DAC's tables.
#include "standards/rows/values.hpp"

#include <algorithm>
#include <numeric>

#include "base/catalogue.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "codes/organization.hpp"
#include "standards/rows/areas.hpp"

namespace austral::rows {
namespace {

constexpr std::string_view dac_prefix = "XM-DAC-";

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// Changes of single letters that lead from one text to the other.
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t(0));
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t corner = row[0]++;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t changed = corner + (left[i] != right[j]);
      corner = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
  return out;
}

std::string squeeze(std::string_view words) {
  std::string key;
  for (const char c : fold(words))
    if (c != ' ' && c != '-') key += c;
  return key;
}

std::string_view label_in(std::string_view list, std::string_view code, std::string_view language) {
  const auto* codes = codes::find_list(list);
  const auto* found = codes ? codes->find(code) : nullptr;
  return found ? codes::label_of(*found, language) : std::string_view();
}

}  // namespace

std::string to_code(std::string_view text) {
  text = trim(text);
  const auto point = text.find('.');
  if (point != std::string_view::npos && is_number(text.substr(0, point)) &&
      text.find_first_not_of('0', point + 1) == std::string_view::npos)
    text = text.substr(0, point);
  return std::string(text);
}

std::string nearest_code(std::string_view list, std::string_view code) {
  const auto* codes = codes::find_list(list);
  if (!codes || code.size() > 64) return {};
  const std::string wanted = upper(code);
  std::string best;
  std::size_t least = code.size() < 3 ? 2 : std::max<std::size_t>(3, code.size() / 3 + 1);
  for (const auto& one : codes->all()) {
    const auto apart = distance(wanted, upper(one.code));
    if (apart >= least) continue;
    least = apart;
    best = one.code;
  }
  return best;
}

std::string find_code_labelled(std::string_view list, std::string_view words) {
  const auto* codes = codes::find_list(list);
  const std::string key = squeeze(words);
  if (!codes || key.empty()) return {};
  for (const auto& one : codes->all())
    for (const auto& [language, label] : one.labels)
      if (squeeze(label) == key) return std::string(one.code);
  return {};
}

Finding unknown_code(std::string rule, std::string place, std::string_view code,
                     std::string_view list, std::string_view list_words) {
  std::string message = "'" + std::string(code) + "' is not in the list of " +
                        std::string(list_words) + "; it is kept as it stands";
  if (const auto nearest = nearest_code(list, code); !nearest.empty())
    message +=
        "; did you mean " + nearest + " (" + std::string(label_in(list, nearest, "en")) + ")?";
  return {Severity::warning, std::move(rule), std::move(place), std::move(message)};
}

std::optional<Decimal> read_figure(std::string_view text, bool* rounded) {
  text = trim(text);
  if (const auto exact = parse_decimal(text)) return normalise(*exact);
  // Binary fractions written out are longer than any money is fine.
  const auto exponent = text.find_first_of("eE");
  const auto digits = text.substr(0, exponent);
  const auto point = digits.find('.');
  if (point == std::string_view::npos) return std::nullopt;
  for (std::size_t kept = std::min<std::size_t>(digits.size() - point - 1, 24); kept-- > 12;) {
    std::string shorter(digits.substr(0, point + 1 + kept));
    if (exponent != std::string_view::npos) shorter += text.substr(exponent);
    const auto value = parse_decimal(shorter);
    if (!value) continue;
    if (rounded) *rounded = true;
    const auto round = round_to(*value, 12);
    return normalise(round ? *round : *value);
  }
  return std::nullopt;
}

std::optional<Decimal> times_ten(const Decimal& value, int power) {
  Decimal out = normalise(value);
  for (; power > 0; --power) {
    if (out.scale > 0)
      --out.scale;
    else if (__builtin_mul_overflow(out.mantissa, std::int64_t(10), &out.mantissa))
      return std::nullopt;
  }
  for (; power < 0; ++power)
    if (++out.scale > 18) return std::nullopt;
  return normalise(out);
}

std::string provider_ref(std::string_view code) {
  return std::string(dac_prefix) + std::string(code);
}

bool is_known_provider(std::string_view code) {
  if (!is_number(code)) return false;
  if (codes::find_country_by_provider_number(code) || codes::find_organization(provider_ref(code)))
    return true;
  const auto* organization = find_provider_organization(code);
  return organization && !organization->label.empty();
}

std::string provider_name(std::string_view code, std::string_view language) {
  if (const auto* organization = codes::find_organization(provider_ref(code)))
    return std::string(organization->label);
  if (const auto* country = codes::find_country_by_provider_number(code))
    return codes::country_name(country->alpha2, language);
  const auto* organization = find_provider_organization(code);
  return organization ? std::string(organization->label) : std::string();
}

registry::Party provider_party(std::string_view code, std::string_view name) {
  registry::Party party;
  party.ref = provider_ref(code);
  if (const auto* organization = codes::find_organization(party.ref))
    party.type = organization->type;
  else if (codes::find_country_by_provider_number(code))
    party.type = "10";
  else if (const auto* other = find_provider_organization(code))
    party.type = other->type;
  if (const auto known = provider_name(code, "en"); !known.empty())
    party.name = {{"en", known}};
  else if (!name.empty())
    party.name = {{"", std::string(name)}};
  return party;
}

std::string provider_code(std::string_view ref, std::string_view type, std::string_view name) {
  if (ref.starts_with(dac_prefix)) {
    const auto number = ref.substr(dac_prefix.size());
    return std::string(number.substr(0, number.find('-')));
  }
  const auto home = codes::find_home(ref, type, name);
  if (home.country.empty()) return {};
  return recipient_code({"country", "", home.country, {}, {}, {}});
}

bool is_known_recipient(std::string_view code) {
  return is_number(code) && (codes::find_country_by_provider_number(code) ||
                             !label_in("region-dac", code, "en").empty());
}

registry::Place recipient_place(std::string_view code, std::string_view name) {
  registry::Place place;
  place.kind = "region";
  place.vocabulary = "dac";
  place.code = code;
  if (const auto* country = codes::find_country_by_provider_number(code)) {
    place.kind = "country";
    place.vocabulary.clear();
    place.code = country->alpha2;
  } else if (label_in("region-dac", code, "en").empty() && !name.empty()) {
    place.name = {{"", std::string(name)}};
  }
  return place;
}

std::string recipient_code(const registry::Place& place) {
  if (place.kind != "country") return place.vocabulary == "dac" ? place.code : std::string();
  const auto* country = codes::find_country(trim(place.code));
  if (!country) return {};
  return std::string(country->dac.empty() ? country->dac_provider : country->dac);
}

std::string recipient_name(std::string_view code, std::string_view language) {
  if (const auto* country = codes::find_country_by_provider_number(code))
    return codes::country_name(country->alpha2, language);
  return std::string(label_in("region-dac", code, language));
}

std::string region_name(std::string_view recipient, std::string_view language) {
  if (const auto* country = codes::find_country_by_provider_number(recipient))
    return std::string(label_in(
        "region-m49", country->subregion.empty() ? country->region : country->subregion, language));
  return std::string(label_in("region-dac", recipient, language));
}

registry::Contribution sum_of_year(registry::ContributionKind kind, const Decimal& amount,
                                   std::string_view unit, int year) {
  registry::Contribution sum;
  sum.kind = kind;
  sum.date = make_date(year, 1, 1);
  sum.end_date = make_date(year, 12, 31);
  sum.quantity = {amount, std::string(unit)};
  return sum;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string all;
  for (const auto& part : parts) {
    if (!all.empty()) all += separator;
    all += part;
  }
  return all;
}

std::vector<std::string> read_goals(std::string_view text) {
  std::vector<std::string> codes;
  std::string with_one_separator(text);
  for (char& c : with_one_separator)
    if (c == ',' || c == '|') c = ';';
  for (const auto piece : split(with_one_separator, ';')) {
    std::string code = to_code(piece);
    for (char& c : code)
      if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (!code.empty() && std::find(codes.begin(), codes.end(), code) == codes.end())
      codes.push_back(std::move(code));
  }
  return codes;
}

std::vector<registry::Classification> weigh_goals(const std::vector<std::string>& codes) {
  std::vector<registry::Classification> all;
  if (codes.empty()) return all;
  const auto shares =
      split_by_weights(1'000'000, std::vector<Decimal>(codes.size(), Decimal{1, 0}));
  for (std::size_t i = 0; i < codes.size(); ++i) {
    registry::Classification one;
    one.share = normalise(Decimal{shares[i], 4});
    const auto point = codes[i].find('.');
    one.scheme = point == std::string::npos ? "goal" : "target";
    one.code = codes[i];
    all.push_back(one);
    if (point == std::string::npos) continue;
    one.scheme = "goal";
    one.code = codes[i].substr(0, point);
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<std::string> list_goals(const std::vector<registry::Classification>& all) {
  std::vector<std::string> codes;
  std::string goal_told;  // of the target just met: its goal follows and is not one more code
  for (const auto& one : all) {
    if (one.scheme == "goal" && one.code == goal_told && !goal_told.empty()) {
      goal_told.clear();
      continue;
    }
    if (one.scheme == "target") goal_told = one.code.substr(0, one.code.find('.'));
    if (one.scheme == "goal" || one.scheme == "target") codes.push_back(one.code);
  }
  return codes;
}

}  // namespace austral::rows
