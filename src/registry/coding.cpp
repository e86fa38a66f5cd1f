// Weighs classifications, and tells where a contribution's differ from its initiative's.
#include "registry/coding.hpp"

#include <algorithm>
#include <charconv>

#include "base/error.hpp"

namespace austral::registry {
namespace {

constexpr std::int64_t coded_whole = 1'000'000;

std::int64_t sum_of(const Weights& weights) {
  std::int64_t sum = 0;
  for (const auto& [code, weight] : weights) sum += weight;
  return sum;
}

/// In the same proportions, adding up to `total` exactly.
Weights scale_to(const Weights& weights, std::int64_t total) {
  std::vector<Decimal> shares;
  for (const auto& [code, weight] : weights) shares.push_back({weight, 0});
  const auto parts = split_by_weights(total, shares);
  Weights scaled;
  std::size_t i = 0;
  for (const auto& [code, weight] : weights) scaled[code] = parts[i++];
  return scaled;
}

/// Whole numbers of millionths; percentages nobody means are cut, so that sums stay in 64 bits.
std::int64_t to_weight(const std::optional<Decimal>& percentage) {
  if (!percentage) return 0;
  const auto millionths = multiply(*percentage, {10'000, 0}, 0);
  return std::clamp<std::int64_t>(millionths ? millionths->mantissa : 0, 0, 1000 * coded_whole);
}

Weights weigh_scheme(const std::vector<Classification>& items, std::string_view scheme) {
  Weights weights;
  for (const auto& item : items)
    if (item.scheme == scheme && !item.code.empty()) weights[item.code] += to_weight(item.share);
  if (weights.empty()) return weights;
  const auto sum = sum_of(weights);
  return sum == 0 || sum > coded_whole ? scale_to(weights, coded_whole) : weights;
}

Weights mean_of(const std::vector<Coding>& sources, Weights Coding::*kind) {
  Weights sums;
  std::int64_t said = 0, whole = 0;
  for (const auto& source : sources) {
    const Weights& weights = source.*kind;
    if (weights.empty()) continue;
    ++said;
    whole += sum_of(weights);
    for (const auto& [code, weight] : weights) sums[code] += weight;
  }
  return said > 1 ? scale_to(sums, whole / said) : sums;
}

/// Whether two codings split every amount in the same way.
bool split_alike(const Weights& left, const Weights& right) {
  return left == right || (left.size() == right.size() &&
                           scale_to(left, coded_whole) == scale_to(right, coded_whole));
}

std::string_view goal_of(std::string_view target) { return target.substr(0, target.find('.')); }

std::string join_modalities(const std::vector<Classification>& modalities) {
  std::vector<std::string_view> codes;
  std::string text;
  for (const auto& modality : modalities) {
    if (!is_modality(modality.scheme) || modality.code.empty() ||
        std::find(codes.begin(), codes.end(), modality.code) != codes.end())
      continue;
    codes.push_back(modality.code);
    text += (text.empty() ? "" : ";") + modality.code;
  }
  return text;
}

/// The first of those that say something, unless the initiative's facets say the same.
std::string text_beside(const Weights& own, const Weights& records, const Weights& whole) {
  const Weights& first = own.empty() ? records : own;
  return first.empty() || split_alike(first, whole) ? std::string() : write_weights(first);
}

}  // namespace

bool is_modality(std::string_view scheme) { return scheme == "aid-type" || scheme == "modality"; }

std::string write_weights(const Weights& weights) {
  std::string text;
  for (const auto& [code, weight] : weights) {
    if (!text.empty()) text += ';';
    for (const char letter : code) text += letter == ';' || letter == ':' ? ' ' : letter;
    text += ':' + std::to_string(weight);
  }
  return text;
}

Weights read_weights(std::string_view text) {
  Weights weights;
  while (!text.empty()) {
    const auto item = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(text.size(), item.size() + 1));
    const auto colon = item.find(':');
    std::int64_t weight = 0;
    const char* const end = item.data() + item.size();
    if (colon == std::string_view::npos || colon + 1 == item.size() ||
        std::from_chars(item.data() + colon + 1, end, weight).ptr != end)
      throw Error(Kind::invalid, "a contribution's coding is damaged");
    weights.emplace(item.substr(0, colon), weight);
  }
  return weights;
}

Coding read_coding(const std::vector<Classification>& classifications) {
  Coding coding;
  if (classifications.empty()) return coding;
  coding.sectors = weigh_scheme(classifications, "purpose");
  coding.categories = weigh_scheme(classifications, "category");
  if (coding.sectors.empty()) coding.sectors = coding.categories;
  coding.targets = weigh_scheme(classifications, "target");
  coding.goals = weigh_scheme(classifications, "goal");
  if (coding.goals.empty())
    for (const auto& [target, weight] : coding.targets)
      coding.goals[std::string(goal_of(target))] += weight;
  return coding;
}

Coding find_mean(const std::vector<Coding>& sources) {
  Coding mean;
  for (const auto kind : {&Coding::sectors, &Coding::categories, &Coding::goals, &Coding::targets})
    mean.*kind = mean_of(sources, kind);
  return mean;
}

Coding code_record(const Record& record) {
  Coding coding = read_coding(record.classifications);
  if (!coding.sectors.empty() && !coding.goals.empty()) return coding;
  std::vector<Coding> sources;
  for (const auto& contribution : record.contributions)
    if (!contribution.classifications.empty())
      sources.push_back(read_coding(contribution.classifications));
  if (sources.empty()) return coding;
  auto mean = find_mean(sources);
  if (coding.sectors.empty()) {
    coding.sectors = std::move(mean.sectors);
    coding.categories = std::move(mean.categories);
  }
  if (coding.goals.empty()) {
    coding.goals = std::move(mean.goals);
    coding.targets = std::move(mean.targets);
  }
  return coding;
}

std::vector<Facet> to_facets(const Coding& coding) {
  Weights categories;
  std::vector<Facet> facets;
  for (const auto& [code, weight] : coding.sectors) {
    if (code.size() == 3) {
      categories[code] += weight;
      continue;
    }
    facets.push_back({Dimension::purpose, code, weight});
    if (code.size() == 5) categories[code.substr(0, 3)] += weight;
  }
  for (const auto& [code, weight] : coding.categories) categories.emplace(code, 0);
  for (const auto& [code, weight] : categories)
    facets.push_back({Dimension::category, code, weight});
  for (const auto& [code, weight] : coding.targets)
    facets.push_back({Dimension::target, code, weight});
  auto goals = coding.goals;
  for (const auto& [target, weight] : coding.targets) goals.emplace(goal_of(target), 0);
  for (const auto& [code, weight] : goals) facets.push_back({Dimension::goal, code, weight});
  return facets;
}

Weights sector_weights(const std::vector<Facet>& facets) {
  Weights weights;
  std::map<std::string, std::int64_t, std::less<>> beyond;
  for (const auto& facet : facets)
    if (facet.dimension == Dimension::category && facet.share > 0)
      beyond[facet.value] += facet.share;
  for (const auto& facet : facets) {
    if (facet.dimension != Dimension::purpose || facet.share <= 0) continue;
    weights[facet.value] += facet.share;
    if (facet.value.size() == 5) beyond[facet.value.substr(0, 3)] -= facet.share;
  }
  for (const auto& [category, share] : beyond)
    if (share > 0) weights[category] += share;
  return weights;
}

Weights goal_weights(const std::vector<Facet>& facets) {
  Weights weights;
  for (const auto& facet : facets)
    if (facet.dimension == Dimension::goal && facet.share > 0) weights[facet.value] += facet.share;
  return weights;
}

void code_parts(Assembly& assembly, const std::vector<Member>& members,
                const std::vector<Coding>& codings, const Coding& whole) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Record& record = *members[i].record;
    const bool alone = members.size() == 1;
    const Coding nothing;
    const Coding& usual = alone ? nothing : codings[i];
    const auto usual_modality = join_modalities(record.modalities);
    for (auto& part : assembly.members[i].parts) {
      const auto& contribution = record.contributions[std::size_t(part.n)];
      const Coding own = read_coding(contribution.classifications);
      part.sectors = text_beside(own.sectors, usual.sectors, whole.sectors);
      part.goals = text_beside(own.goals, usual.goals, whole.goals);
      part.modality = join_modalities(contribution.modalities);
      if (part.modality.empty()) part.modality = usual_modality;
      part.flow_type = contribution.flow_type.empty() ? record.flow_type : contribution.flow_type;
    }
  }
}

}  // namespace austral::registry
