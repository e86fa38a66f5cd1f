// Feeds any bytes to the reader of mappings, and reads a small sheet by what came of it. A line
// `%%` may part the mapping from a sheet of its own.
#include "sheet_bytes.hpp"
#include "standards/mapping/apply.hpp"
#include "standards/mapping/propose.hpp"
#include "standards/mapping/reader.hpp"

using namespace austral;
using namespace austral::mapping;

static const std::string_view plain_sheet =
    "Nr,Title,Country,Year,Budget 2015,Paid,Currency,Start\n"
    "7,Teachers,Chad,2018,1,100,USD,2018-02-03\n"
    "7,Teachers,\"Niger; Mali\",2018,\"1.234,5\",200,USD,31/12/2018\n"
    ",,,,,,,\n"
    "8,Clinics,Mali 40%,2019,,5e3,EUR,\n";

static void read_sheet(const std::string& path, const Mapping& mapping) {
  KnownMapping known{std::make_shared<const Mapping>(mapping), digest_of(mapping), "fuzz"};
  const auto reader = open_rows(path, known);
  standards::Fragment fragment;
  for (int i = 0; i < 500; ++i) {
    fragment = {};
    if (!reader->next(fragment)) break;
    const auto kept = mapping::read_rows(fragment.text);
    if (digest_in(fragment.format) != known.digest || kept.rows.empty()) std::abort();
    // A row without a cell that names a field may stay unusable, but never without a reason.
    const auto applied = apply_mapping(mapping, kept.rows);
    if (!applied.usable && applied.findings.empty()) std::abort();
    if (write_rows(kept.rows) != fragment.text) std::abort();
  }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto border = text.find("\n%%\n");
  const auto yaml = text.substr(0, border);
  const auto rows = border == std::string_view::npos ? plain_sheet : text.substr(border + 4);
  const auto path =
      sheet::path_of_bytes(reinterpret_cast<const std::uint8_t*>(rows.data()), rows.size());
  Mapping mapping;
  try {
    mapping = read_mapping(yaml);
  } catch (const Error& error) {
    if (error.kind() != Kind::invalid || !is_valid_utf8(error.what())) std::abort();
    return 0;
  }
  // What was read is sound, and is the same when it was written and read again.
  if (!check_mapping(mapping).empty()) std::abort();
  const auto again = read_mapping(write_mapping(mapping));
  if (!(again == mapping) || digest_of(again) != digest_of(mapping)) std::abort();
  try {
    read_sheet(path, mapping);
  } catch (const Error&) {
  }
  return 0;
}
