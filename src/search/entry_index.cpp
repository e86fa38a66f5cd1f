// An index of given entries.
#include "search/entry_index.hpp"

#include "search/analyser.hpp"
#include "search/index_files.hpp"

namespace austral::search {

void write_index(const std::string& path, const std::vector<Entry>& entries) {
  Xapian::WritableDatabase index(path, Xapian::DB_CREATE_OR_OVERWRITE);
  std::vector<std::string> words;
  for (const auto& entry : entries) index.add_document(make_document(entry, &words));
  for (const auto& word : words) index.add_spelling(word);
  write_facts(index, {std::string(analyser_edition), "", "", 0, ""});
  index.commit();
}

}  // namespace austral::search
