// Codes by the names that people write in cells, in any language that a list has.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/record.hpp"

namespace austral::mapping {

/// A value of a list, by code or by a label in any language; nothing when none or several fit.
std::optional<std::string> find_code_named(std::string_view list, std::string_view name);

/// A sector: purpose, category, or a name of one, everyday names included.
struct SectorCode {
  std::string scheme;  ///< `purpose` or `category`
  std::string code;
};
std::optional<SectorCode> find_sector_named(std::string_view name);

/// `6`, `SDG 6`, `Goal 6`, `6.1`, or a goal's name.
struct GoalCode {
  std::string scheme;  ///< `goal` or `target`
  std::string code;
};
std::optional<GoalCode> find_goal_named(std::string_view name);

/// A country, or a region of the M49 or DAC list; nothing for other words.
std::optional<registry::Place> find_place_named(std::string_view name);

/// ISO 4217 code, by code, name in a language of the register, or a mark that one currency has.
std::optional<std::string> find_currency_named(std::string_view name);

std::optional<registry::ContributionKind> find_kind_named(std::string_view name);
/// The names that a mapping may write for kinds of contributions.
std::vector<std::string> kind_names();

/// Words for "nothing is known" that people write into cells: `-`, `n/a`, `..`.
bool means_nothing(std::string_view text);

/// Labels of a list near to a mistyped one, for messages; empty when none is near.
std::string nearest_label(std::string_view list, std::string_view name);

/// A word of data/mappings/words.tsv: how people say a code, a size, a currency.
struct EverydayWord {
  std::string_view list, code, word;
};
const std::vector<EverydayWord>& everyday_words();
/// The code that such a word is proposed for: `Concluído` is 4 of ActivityStatus.
std::optional<std::string> find_everyday_code(std::string_view list, std::string_view words);

/// Places that words for "and" join (`Mali et Guinée`), each by itself; the text alone where it is
/// a place as it stands (`Trinidad and Tobago`) or its parts are none.
std::vector<std::string> part_places(std::string_view text);

/// Whether a cell begins as rows do that add up others: `TOTAL`, `Subtotal Bolivia`, `合计`.
bool is_total_word(std::string_view text);

}  // namespace austral::mapping
