// Cuts the best part out of a text and marks in it what was asked for.
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "search/analyser.hpp"
#include "search/search.hpp"

namespace austral::search {
namespace {

struct Place {
  std::size_t begin = 0, end = 0;
  bool wanted = false;
  std::string stem;
};

std::vector<Place> find_places(std::string_view text, std::string_view language,
                               const std::vector<std::string>& stems) {
  const std::set<std::string_view> wanted(stems.begin(), stems.end());
  std::vector<Place> places;
  analyser().read(text, language, [&](const Word& word) {
    const bool is_wanted = wanted.contains(word.term) || wanted.contains(word.plain);
    places.push_back({word.begin, word.end, is_wanted, is_wanted ? std::string(word.term) : ""});
  });
  return places;
}

/// The place of the word at which the part begins that holds most different wanted words.
std::size_t find_start(const std::vector<Place>& places, std::size_t max_bytes) {
  std::size_t best = 0, most = 0, most_all = 0;
  for (std::size_t from = 0; from < places.size(); ++from) {
    if (!places[from].wanted) continue;
    std::set<std::string_view> different;
    std::size_t all = 0;
    for (std::size_t i = from;
         i < places.size() && places[i].end - places[from].begin <= max_bytes * 3 / 4; ++i)
      if (places[i].wanted) {
        different.insert(places[i].stem);
        ++all;
      }
    if (different.size() > most || (different.size() == most && all > most_all)) {
      most = different.size();
      most_all = all;
      best = from;
    }
  }
  return best;
}

}  // namespace

std::vector<Piece> mark(std::string_view text, std::string_view language,
                        const std::vector<std::string>& stems, std::size_t max_bytes) {
  constexpr std::string_view ellipsis = "\u2026";
  std::string valid;
  if (!is_valid_utf8(text)) {
    valid = make_valid_utf8(text);
    text = valid;
  }
  const auto places = find_places(text, language, stems);
  std::size_t begin = 0, end = text.size();
  if (text.size() > max_bytes) {
    const std::size_t room = max_bytes > 2 * ellipsis.size() ? max_bytes - 2 * ellipsis.size() : 0;
    const std::size_t start = find_start(places, room);
    std::size_t first = start;  // some words before it, to be understood
    while (first > 0 && places[start].begin - places[first - 1].begin <= room / 4) --first;
    if (!places.empty()) begin = first == 0 ? 0 : places[first].begin;
    end = begin;
    for (std::size_t i = first; i < places.size() && places[i].end - begin <= room; ++i)
      end = places[i].end;
    if (text.size() - begin <= room) end = text.size();
  }
  std::vector<Piece> pieces;
  const auto add = [&](std::size_t from, std::size_t to, bool marked) {
    if (to > from) pieces.push_back({std::string(text.substr(from, to - from)), marked});
  };
  if (begin > 0) pieces.push_back({std::string(ellipsis), false});
  std::size_t at = begin;
  for (const auto& place : places) {
    if (!place.wanted || place.begin < at || place.end > end) continue;
    add(at, place.begin, false);
    add(place.begin, place.end, true);
    at = place.end;
  }
  add(at, end, false);
  if (end < text.size() && max_bytes > 2 * ellipsis.size())
    pieces.push_back({std::string(ellipsis), false});
  return pieces;
}

}  // namespace austral::search
