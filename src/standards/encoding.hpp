// In which encoding a text that does not say so is written, from the evidence of all its bytes.
#pragma once

#include <string>

#include "standards/raw_source.hpp"

namespace austral::standards {

/// An encoding and how it was found.
struct TextEncoding {
  std::string name = "UTF-8";  ///< for ICU
  bool marked = false;         ///< by a byte order mark
  bool certain = true;         ///< false: taken as the most likely one
  std::string evidence;        ///< in words, of what is not certain: what it looks like, what else
};

/// Reads the source, at most some tens of megabytes of it.
TextEncoding find_text_encoding(RawSource& source);

}  // namespace austral::standards
