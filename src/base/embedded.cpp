// Finding files inside the binary.
#include "base/embedded.hpp"

#include <algorithm>
#include <string>

#include "base/error.hpp"

namespace austral {

std::vector<EmbeddedFile> embedded_files_below(std::string_view folder) {
  std::vector<EmbeddedFile> found;
  for (const auto& file : embedded_files())
    if (file.path.starts_with(folder)) found.push_back(file);
  return found;
}

std::string_view get_embedded_file(std::string_view path) {
  for (const auto& file : embedded_files())
    if (file.path == path) return file.bytes;
  throw Error(Kind::not_found, "the program holds no file '" + std::string(path) + "'");
}

}  // namespace austral
