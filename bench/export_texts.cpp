// Writes titles and descriptions of a register's initiatives as the index of words reads them, one
// line each with a recipient and the publisher, so that other engines can be given the very same
// texts.
#include <fmt/core.h>

#include <cstdio>

#include "search/document.hpp"
#include "search/source_store.hpp"
#include "store/schema.hpp"

namespace {

void put(std::FILE* out, std::string_view text) {
  for (const char letter : text)
    std::fputc(letter == '\t' || letter == '\n' || letter == '\\' ? ' ' : letter, out);
}

std::string_view first_of(const austral::search::Entry& entry,
                          austral::registry::Dimension dimension) {
  for (const auto& facet : entry.facets)
    if (facet.dimension == dimension) return facet.value;
  return {};
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) {
    fmt::print("usage: bench_export_texts REGISTER OUT.tsv\n");
    return 2;
  }
  using namespace austral;
  const auto database = store::open_register(words[1], store::Access::read_only);
  std::FILE* out = std::fopen(words[2], "w");
  if (!out) return 1;
  const auto states = search::read_states(*database);
  search::read_sources(*database, nullptr, states, [&](search::InitiativeSource&& source) {
    const auto entry = search::read_entry(source);
    fmt::print(out, "{}\t{}\t{}\t", entry.key, first_of(entry, registry::Dimension::recipient),
               first_of(entry, registry::Dimension::publisher));
    for (const auto* texts : {&entry.titles, &entry.texts})
      for (const auto& text : *texts) {
        put(out, text.text);
        std::fputc(' ', out);
      }
    std::fputc('\n', out);
  });
  return std::fclose(out) == 0 ? 0 : 1;
}
