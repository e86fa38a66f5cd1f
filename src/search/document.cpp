// From records to terms.
#include "search/document.hpp"

#include <boost/json.hpp>
#include <cstring>
#include <set>
#include <unordered_map>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "registry/facet.hpp"
#include "registry/record_store.hpp"
#include "search/analyser.hpp"

namespace austral::search {
namespace {

namespace json = boost::json;
using registry::Dimension;

const json::value* find_member(const json::value& value, std::string_view name) {
  const auto* object = value.if_object();
  return object ? object->if_contains(name) : nullptr;
}

std::string_view text_of(const json::value& value, std::string_view name) {
  const auto* member = find_member(value, name);
  const auto* text = member ? member->if_string() : nullptr;
  return text ? std::string_view(*text) : std::string_view();
}

const json::array& list_of(const json::value& value, std::string_view name) {
  static const json::array none;
  const auto* member = find_member(value, name);
  const auto* list = member ? member->if_array() : nullptr;
  return list ? *list : none;
}

/// Collects texts once each: the same sentence in two records does not count twice.
class Collection {
 public:
  void add(registry::Texts& into, const json::array& texts, std::string_view language) {
    for (const auto& text : texts) {
      const auto words = text_of(text, "text");
      const auto own = text_of(text, "lang");
      if (!words.empty() && seen_.emplace(words).second)
        into.push_back({std::string(own.empty() ? language : own), std::string(words)});
    }
  }

 private:
  std::set<std::string, std::less<>> seen_;
};

/// Reads only what words are taken from: a whole Record would cost several times as much.
void add_record(Entry& entry, Collection& titles, Collection& texts, std::string_view body) {
  unsigned char room[32768];
  json::monotonic_resource memory(room, sizeof room);
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 64;
  const json::value record = json::parse(body, error, &memory, options);
  if (error) throw Error(Kind::invalid, "a version's fields are no JSON: " + error.message());
  const auto language = text_of(record, "language");
  titles.add(entry.titles, list_of(record, "title"), language);
  for (const auto& description : list_of(record, "descriptions"))
    texts.add(entry.texts, list_of(description, "text"), language);
  texts.add(entry.texts, list_of(record, "publisher_name"), language);
  for (const auto& participation : list_of(record, "participations"))
    if (const auto* party = find_member(participation, "party"))
      texts.add(entry.texts, list_of(*party, "name"), language);
  entry.identifiers.emplace_back(text_of(record, "identifier"));
  for (const auto& reference : list_of(record, "references"))
    if (text_of(reference, "kind") == "other_identifier" ||
        text_of(reference, "kind") == "foreign_identifier")
      entry.identifiers.emplace_back(text_of(reference, "identifier"));
}

/// The terms of one document, counted.
class Counting {
 public:
  void add(const registry::Texts& texts, unsigned weight) {
    for (const auto& text : texts)
      analyser().read(text.text, text.lang, [&](const Word& word) {
        length_ += weight;
        take(word.term) += weight;
        if (!word.plain.empty()) take(word.plain) += weight;
        for (const auto character : split_han(word.folded)) take(character) += weight;
      });
  }
  void write(Xapian::Document& document) const {
    for (const auto& [term, count] : counts_) document.add_term(term, count);
  }
  std::uint32_t length() const { return length_; }

 private:
  unsigned& take(std::string_view term) {
    const auto found = counts_.find(term);
    return found != counts_.end() ? found->second : counts_[std::string(term)];
  }
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unordered_map<std::string, unsigned, Hash, std::equal_to<>> counts_;
  std::uint32_t length_ = 0;
};

void add_title_places(Xapian::Document& document, const registry::Texts& titles,
                      std::vector<std::string>* spelling) {
  constexpr Xapian::termpos between_titles = 50;
  constexpr std::size_t shortest_spelled = 4;
  Xapian::termpos place = 1;
  for (const auto& title : titles) {
    analyser().read(title.text, title.lang, [&](const Word& word) {
      document.add_posting(title_term(word.term), place, 0);
      if (!word.plain.empty()) document.add_posting(title_term(word.plain), place, 0);
      if (spelling && word.folded.size() >= shortest_spelled && !is_digit(word.folded.front()))
        spelling->emplace_back(word.folded);
      ++place;
    });
    place += between_titles;
  }
}

std::string fit_term(std::string term) {
  constexpr std::size_t longest = 200;  // Xapian ends at 245 bytes, zero bytes counting twice
  if (term.size() > longest) term = term.substr(0, 8) + to_string(digest_of(term));
  return term;
}

}  // namespace

Entry read_entry(const InitiativeSource& source) {
  Entry entry;
  entry.key = source.key;
  entry.state = source.state;
  entry.facets = registry::read_facets(source.facets);
  Collection titles, texts;
  for (const auto& record : source.records)
    add_record(entry, titles, texts, registry::unpack_content(record.content, record.bytes).body);
  return entry;
}

Xapian::Document make_document(const Entry& entry, std::vector<std::string>* spelling) {
  Xapian::Document document;
  Counting counting;
  counting.add(entry.titles, title_weight);
  counting.add(entry.texts, 1);
  counting.write(document);
  add_title_places(document, entry.titles, spelling);
  for (const auto& identifier : entry.identifiers)
    if (!identifier.empty()) document.add_boolean_term(identifier_term(identifier));
  for (const auto& facet : entry.facets)
    if (is_indexed(facet.dimension))
      document.add_boolean_term(code_term(facet.dimension, facet.value));
  document.add_boolean_term(key_term(entry.key));
  document.add_value(kept_slot, to_bytes({entry.key, entry.state, counting.length()}));
  return document;
}

std::string to_bytes(const Kept& kept) {
  std::string bytes(20, '\0');
  std::memcpy(bytes.data(), &kept.key, 8);
  std::memcpy(bytes.data() + 8, &kept.state, 8);
  std::memcpy(bytes.data() + 16, &kept.length, 4);
  return bytes;
}

Kept read_kept(std::string_view bytes) {
  if (bytes.size() != 20) throw Error(Kind::invalid, "the index of words is damaged; make it anew");
  Kept kept;
  std::memcpy(&kept.key, bytes.data(), 8);
  std::memcpy(&kept.state, bytes.data() + 8, 8);
  std::memcpy(&kept.length, bytes.data() + 16, 4);
  return kept;
}

std::string key_term(std::int64_t key) { return "Q" + std::to_string(key); }

std::string identifier_term(std::string_view identifier) {
  return fit_term("I" + fold(identifier));
}

std::string title_term(std::string_view word) { return fit_term("S" + std::string(word)); }

std::string code_term(Dimension dimension, std::string_view code) {
  return fit_term("C" + std::to_string(int(dimension)) + ":" + std::string(code));
}

bool is_indexed(Dimension dimension) {
  switch (dimension) {
    case Dimension::none:
    case Dimension::funds:
    case Dimension::answers_for:
    case Dimension::manages:
    case Dimension::carries_out: return false;
    default: return true;
  }
}

}  // namespace austral::search
