// THE TABLE of fields: everything of a record that a sheet can fill, and how its cells are read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace austral::mapping {

/// How a cell becomes a value.
enum class Reads {
  text,     ///< as it stands
  word,     ///< a reference, an identifier: no spaces around
  code,     ///< of the field's list, by code or by name in any language
  sector,   ///< purpose (5 digits), category (3 digits), or a name of one
  goal,     ///< goal or target: `6`, `SDG 6`, `6.1`, or a goal's name
  place,    ///< a country by code or name, or a region
  country,  ///< a country by code or name
  amount,
  share,  ///< per cent
  ratio,  ///< a number, or per cent of one: `0.28`, `28 %`
  date,   ///< a day; a month or year stands for its first day
  year,
  currency,      ///< ISO 4217 code or name
  contribution,  ///< a kind of contribution
  flag,          ///< yes or no
  url,
  list_of_urls  ///< every address that stands in the text
};

/// What a field is part of: fields of one group and item make one thing together.
enum class Group {
  record,
  provider,
  facilitator,
  responsible,
  implementer,
  partner,
  recipient,
  sector,
  goal,
  contribution,
  document,
  contact,
  location
};

/// One row of THE TABLE.
struct Field {
  std::string_view name;  ///< as a mapping writes it: `recipient_share`
  Group group = Group::record;
  Reads reads = Reads::text;
  std::string_view list;     ///< of codes: its name in codes::get_list()
  bool leads = false;        ///< without it (or another that leads) its group makes nothing
  std::string_view meaning;  ///< one sentence for people who write mappings
};

/// Begins the names of fields that hold one known detail of a contribution: `detail_grade`.
inline constexpr std::string_view detail_prefix = "detail_";

const std::vector<Field>& fields();
const Field* find_field(std::string_view name);
std::vector<std::string> field_names();

/// A header by which a field is called somewhere.
struct Synonym {
  std::string_view field;
  std::string_view lang;
  std::string_view header;
};
/// All of data/mappings/headers.tsv.
const std::vector<Synonym>& header_synonyms();

}  // namespace austral::mapping
