// Numbers the names of data/rules/iati_shape.tsv.
#include "standards/validation/words.hpp"

#include "base/tsv.hpp"

namespace austral::validation {

WordTable::WordTable() : entries_(mask + 1) {
  const auto table = read_embedded_table("data/rules/iati_shape.tsv");
  const auto item = table.column("item");
  for (const auto row : table.rows()) {
    std::string_view name = row[item];
    if (name.substr(0, 1) == "#" || name == "@*") continue;
    if (name.substr(0, 1) == "@") name.remove_prefix(1);
    if (find(name.data(), name.size()) == 0) add(name);
  }
}

void WordTable::add(std::string_view name) {
  const Ends ends = ends_of(name.data(), name.size());
  std::size_t at = hash(ends, name.size()) & mask;
  while (entries_[at].word) at = (at + 1) & mask;
  entries_[at] = {ends, name.data(), std::uint32_t(name.size()), ++last_};
}

const WordTable& all_words() {
  static const WordTable table;
  return table;
}

Word find_word(std::string_view name) { return find_word_of(name.data(), name.size()); }

}  // namespace austral::validation
