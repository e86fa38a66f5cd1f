// The table of 1.0x values and the joining of elements that 1.0x repeats for each language.
#include "standards/iati/v1.hpp"

#include <strings.h>

#include <array>
#include <vector>

#include "base/embedded.hpp"

namespace austral::iati {
namespace {

struct Row {
  std::string_view from;
  std::string_view to;
};
constexpr std::array<std::string_view, 12> list_names = {"ActivityDateType",
                                                         "ActivityStatus",
                                                         "BudgetType",
                                                         "GeographicVocabulary",
                                                         "OrganisationRole",
                                                         "OrganisationType",
                                                         "PolicyMarkerVocabulary",
                                                         "RegionVocabulary",
                                                         "RelatedActivityType",
                                                         "ResultType",
                                                         "SectorVocabulary",
                                                         "TransactionType"};
using Lists = std::array<std::vector<Row>, list_names.size()>;

/// Source: data/codes/iati_v1.tsv (list, code_v1, code_v2).
Lists load_lists() {
  Lists lists;
  std::string_view text = get_embedded_file("data/codes/iati_v1.tsv");
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto first = line.find('\t');
    if (line.empty() || line[0] == '#' || first == std::string_view::npos) continue;
    const auto second = line.find('\t', first + 1);
    if (second == std::string_view::npos) continue;
    for (std::size_t i = 0; i < list_names.size(); ++i)
      if (list_names[i] == line.substr(0, first)) {
        const auto third = line.find('\t', second + 1);
        lists[i].push_back(
            {line.substr(first + 1, second - first - 1),
             line.substr(second + 1,
                         third == std::string_view::npos ? third : third - second - 1)});
      }
  }
  return lists;
}

bool same_word(std::string_view left, std::string_view right) {
  return left.size() == right.size() && strncasecmp(left.data(), right.data(), left.size()) == 0;
}

/// True when the two say the same in different languages: no language stands in both.
bool other_languages(const Narratives& old, const Narratives& fresh) {
  if (old.empty() || fresh.empty()) return false;
  for (const auto& left : old)
    for (const auto& right : fresh)
      if (same_word(left.lang, right.lang)) return false;
  return true;
}

void append(Narratives& to, const Narratives& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

std::string_view find_modern_code(OldList list, std::string_view value) {
  static const Lists lists = load_lists();
  for (const auto& row : lists[std::size_t(list)])
    if (same_word(row.from, value)) return row.to;
  return {};
}

bool is_version_1(std::string_view version) { return version.substr(0, 2) == "1."; }

bool merge_translation(std::vector<Coded>& all, const Coded& fresh) {
  for (auto& old : all)
    if (old.code == fresh.code && old.vocabulary == fresh.vocabulary && !fresh.code.empty() &&
        old.percentage == fresh.percentage && old.significance == fresh.significance &&
        other_languages(old.narratives, fresh.narratives)) {
      append(old.narratives, fresh.narratives);
      return true;
    }
  return false;
}

bool merge_translation(std::vector<Organisation>& all, const Organisation& fresh) {
  for (auto& old : all)
    if (!fresh.ref.empty() && old.ref == fresh.ref && old.role == fresh.role &&
        old.type == fresh.type && old.activity_id == fresh.activity_id &&
        other_languages(old.narratives, fresh.narratives)) {
      append(old.narratives, fresh.narratives);
      return true;
    }
  return false;
}

bool merge_translation(std::vector<Description>& all, const Description& fresh) {
  for (auto& old : all)
    if (old.type == fresh.type && other_languages(old.narratives, fresh.narratives)) {
      append(old.narratives, fresh.narratives);
      return true;
    }
  return false;
}

}  // namespace austral::iati
