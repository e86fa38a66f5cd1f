// Brings forms of an Arabic word together: one spelling of its letters, without article and
// endings.
#pragma once

#include <string>
#include <string_view>

namespace austral::search {

/// The stem of a word. Shape: UTF-8 in and out; two letters at least remain of longer words.
/// Source: the light10 rules of Larkey, Ballesteros, Connell, "Light Stemming for Arabic
/// Information Retrieval" (2007).
std::string stem_arabic(std::string_view word);

}  // namespace austral::search
