// Feeds any bytes to the reader of forms with files: no crash, and the same parts and the same
// refusal in whatever pieces they come. The first line is the boundary.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/text.hpp"
#include "web/upload.hpp"

using namespace austral;
using namespace austral::web;

/// Parts with their contents, or why there are none.
static std::string read_form(const std::string& type, std::string_view form, std::size_t step) {
  std::string told;
  try {
    bool begun = false;
    FormReader reader(
        type,
        [&](const FormPart& part) {
          if (part.name.empty() || !is_valid_utf8(part.name) || !is_valid_utf8(part.filename))
            std::abort();
          if (part.filename.find_first_of("/\\") != std::string::npos) std::abort();
          begun = true;
          told += '\1' + part.name + '\2' + part.filename + (part.is_file ? "\3" : "\4");
        },
        [&](std::string_view bytes) {
          if (!begun || bytes.empty()) std::abort();
          told += bytes;
        });
    for (; !form.empty(); form.remove_prefix(std::min(step, form.size())))
      reader.take(form.substr(0, step));
    reader.finish();
  } catch (const Error& error) {
    if (error.kind() != Kind::invalid) std::abort();
    return error.what();  // what was handed on before a refusal is thrown away by the taker
  }
  return told;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto line = std::min(text.find('\n'), text.size());
  const std::string type = "multipart/form-data; boundary=" + std::string(text.substr(0, line));
  const auto form = text.substr(std::min(line + 1, text.size()));
  const auto whole = read_form(type, form, form.size() + 1);
  for (const std::size_t step : {std::size_t(1), size % 9 + 2, size % 300 + 1})
    if (read_form(type, form, step) != whole) std::abort();
  return 0;
}
