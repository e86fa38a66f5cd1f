// Proposals for sheets: what headers and values tell, and how many columns of the published cases
// are proposed as a person mapped them.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "standards/mapping/propose.hpp"
#include "standards/mapping/rows.hpp"
#include "standards/mapping_cases.hpp"

namespace austral::mapping {
namespace {

using testing::SheetCase;

struct Agreement {
  std::size_t columns = 0, right = 0;    // that the shipped mapping takes
  std::size_t idle = 0, left_alone = 0;  // that it does not take
};

std::set<std::string> fields_of(const Mapping& mapping, const std::string& header) {
  std::set<std::string> fields;
  for (std::size_t table = 0; table < mapping.tables.size(); ++table)
    for_each_rule(mapping, table, [&](const FieldRule& rule) {
      for (const auto& column : rule.columns)
        if (fold_header(column) == fold_header(header)) fields.insert(rule.field);
    });
  return fields;
}

Agreement measure(const SheetCase& one, const std::vector<KnownMapping>& known) {
  const auto workbook = sheet::open_workbook(one.path);
  ProposalOptions options;
  options.known = known;
  const auto shipped = get_mapping(nullptr, one.mapping);
  const auto proposal = propose_mapping(*workbook, options);
  EXPECT_TRUE(check_mapping(proposal.mapping).empty())
      << one.mapping << ": " << check_mapping(proposal.mapping).front();
  Agreement agreement;
  for (const auto& column : proposal.columns) {
    const auto wanted = fields_of(*shipped.mapping, column.facts.header);
    const auto& given = column.rule.field;
    if (wanted.empty()) {
      ++agreement.idle;
      agreement.left_alone += given.empty();
    } else {
      ++agreement.columns;
      agreement.right += wanted.contains(given);
    }
    if (std::getenv("AUSTRAL_TELL") && (wanted.empty() ? !given.empty() : !wanted.contains(given)))
      std::cout << one.mapping << ": '" << column.facts.header << "' wanted '"
                << (wanted.empty() ? "" : *wanted.begin()) << "', proposed '" << given << "' "
                << column.certainty << " " << column.reason << "\n";
  }
  return agreement;
}

TEST(MappingProposal, columns_of_published_cases_unseen) {
  if (testing::data_pack().empty()) GTEST_SKIP() << "AUSTRAL_DATA names no data pack";
  Agreement unseen, bare;
  for (const auto& one : testing::sheet_cases()) {
    std::vector<KnownMapping> others;
    for (const auto& other : testing::sheet_cases())
      if (other.family != one.family) others.push_back(get_mapping(nullptr, other.mapping));
    const auto left_out = measure(one, others);
    std::cout << one.mapping << ": " << left_out.right << " of " << left_out.columns << ", "
              << left_out.left_alone << " of " << left_out.idle << " left alone\n";
    const auto alone = measure(one, {});
    for (auto [sum, part] : {std::pair{&unseen, &left_out}, std::pair{&bare, &alone}}) {
      sum->columns += part->columns;
      sum->right += part->right;
      sum->idle += part->idle;
      sum->left_alone += part->left_alone;
    }
  }
  std::cout << "with the other cases known: " << unseen.right << " of " << unseen.columns << ", "
            << unseen.left_alone << " of " << unseen.idle
            << " left alone; with headers.tsv alone: " << bare.right << " of " << bare.columns
            << "\n";
  // The figures that docs/mappings.md gives.
  EXPECT_GE(unseen.right * 100, unseen.columns * 75);
  EXPECT_GE(bare.right * 100, bare.columns * 72);
}

}  // namespace
}  // namespace austral::mapping
