// What an initiative is found by, as terms of the index.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/initiative.hpp"
#include "search/source_store.hpp"

namespace austral::search {

/// Title words count so often as other words.
inline constexpr unsigned title_weight = 3;

/// The texts and codes of one initiative, or of anything else that is to be found by words.
struct Entry {
  std::int64_t key = 0;
  std::uint64_t state = 0;
  registry::Texts titles;
  registry::Texts texts;
  std::vector<std::string> identifiers;
  std::vector<registry::Facet> facets;
};

/// Throws: Error::invalid for damaged content.
Entry read_entry(const InitiativeSource& source);

/// The words of titles go to `spelling` too, whole.
Xapian::Document make_document(const Entry& entry, std::vector<std::string>* spelling = nullptr);

/// What an index remembers of a document, in one value.
struct Kept {
  std::int64_t key = 0;
  std::uint64_t state = 0;
  std::uint32_t length = 0;  ///< words, those of titles several times
};
inline constexpr Xapian::valueno kept_slot = 0;
std::string to_bytes(const Kept& kept);
Kept read_kept(std::string_view bytes);

// Terms with a capital letter before them; words have none.
std::string key_term(std::int64_t key);
std::string identifier_term(std::string_view identifier);
std::string title_term(std::string_view word);
std::string code_term(registry::Dimension dimension, std::string_view code);
/// Whether initiatives can be found by codes of that dimension.
bool is_indexed(registry::Dimension dimension);

}  // namespace austral::search
