// The files that travel inside the binary: data/, sql/ and pages/, by their path in the repository.
#pragma once

#include <string_view>
#include <vector>

namespace austral {

/// One file: its path (`data/codes/countries.tsv`) and its bytes.
struct EmbeddedFile {
  std::string_view path;
  std::string_view bytes;
};

/// All of them, sorted by path.
const std::vector<EmbeddedFile>& embedded_files();
/// Those below a folder (`sql/`).
std::vector<EmbeddedFile> embedded_files_below(std::string_view folder);
/// Throws: Error::not_found.
std::string_view get_embedded_file(std::string_view path);

}  // namespace austral
