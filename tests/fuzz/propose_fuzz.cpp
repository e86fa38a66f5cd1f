// Feeds any sheet to the proposer of mappings: what it proposes can be read, and reads the sheet.
#include "sheet_bytes.hpp"
#include "standards/mapping/propose.hpp"
#include "standards/mapping/reader.hpp"

using namespace austral;
using namespace austral::mapping;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto path = sheet::path_of_bytes(data, size);
  try {
    const auto book = sheet::open_workbook(path);
    ProposalOptions options;
    options.publisher = "XX-GOV-1";
    const auto proposal = propose_mapping(*book, options);
    list_proposal(proposal);
    const auto yaml = write_mapping(proposal.mapping);
    if (!is_valid_utf8(yaml)) std::abort();
    if (!check_mapping(proposal.mapping).empty()) return 0;  // a person completes it
    const auto mapping = read_mapping(yaml);
    if (!(mapping == proposal.mapping)) std::abort();
    KnownMapping known{std::make_shared<const Mapping>(mapping), digest_of(mapping), "fuzz"};
    const auto reader = open_rows(path, known);
    standards::Fragment fragment;
    for (int i = 0; i < 500 && reader->next(fragment); ++i) fragment = {};
  } catch (const Error&) {
  }
  return 0;
}
