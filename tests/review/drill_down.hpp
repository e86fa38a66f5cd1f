// Whether figures are the sums of the lines behind them: the same questions for made and for real
// data.
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "base/text.hpp"
#include "registry/contribution_store.hpp"
#include "review/reports.hpp"

namespace austral::testing {

inline std::size_t column_of(const Table& table, std::string_view name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].name == name) return i;
  ADD_FAILURE() << "no column " << name;
  return 0;
}

inline std::int64_t cents(const Cell& cell) {
  const auto* amount = std::get_if<Decimal>(&cell);
  return amount ? round_to(*amount, 2)->mantissa : 0;
}

/// The question that a link of the site asks, read the way a page reads it.
inline review::ReportQuestion question_of(const std::string& link) {
  review::ReportQuestion question;
  for (const auto pair : split(std::string_view(link).substr(link.find('?') + 1), '&')) {
    const auto equals = pair.find('=');
    review::add_filter(question, percent_decode(pair.substr(0, equals)),
                       percent_decode(pair.substr(equals + 1)));
  }
  return question;
}

/// Opens every `step`th row of flows and adds up what it opens onto.
inline void expect_drill_downs(store::Database& database, const Table& flows, std::size_t step) {
  const auto contributions = column_of(flows, "contributions"),
             unpriced = column_of(flows, "unpriced");
  const std::pair<const char*, const char*> measures[] = {
      {"budgeted", "budgeted_usd"}, {"committed", "committed_usd"}, {"disbursed", "disbursed_usd"}};
  for (std::size_t i = 0; i < flows.rows.size(); i += step) {
    const auto& row = flows.rows[i];
    auto question = question_of(flows.links[i]);
    const Table behind = make_report(database, review::get_report("contributions"), question);
    ASSERT_EQ(std::int64_t(behind.rows.size()), std::get<std::int64_t>(row[contributions]))
        << flows.links[i];
    ASSERT_EQ(behind.total_rows, behind.rows.size());
    const auto usd = column_of(behind, "amount_usd");
    std::int64_t without = 0;
    for (const auto& line : behind.rows)
      without += std::holds_alternative<std::monostate>(line[usd]);
    ASSERT_EQ(without, std::get<std::int64_t>(row[unpriced])) << flows.links[i];
    for (const auto& [kind, column] : measures) {
      question.kind = kind;
      std::int64_t sum = 0;
      for (const auto& line :
           make_report(database, review::get_report("contributions"), question).rows)
        sum += cents(line[usd]);
      ASSERT_EQ(sum, cents(row[column_of(flows, column)])) << flows.links[i] << " " << kind;
    }
  }
}

inline std::int64_t sum_of(const Table& table, const char* column) {
  std::int64_t sum = 0;
  for (const auto& row : table.rows) sum += cents(row[column_of(table, column)]);
  return sum;
}

/// Flows, countries, the list of initiatives and single contributions agree.
inline void expect_agreement(store::Database& database) {
  const auto report = [&](const char* name) {
    return make_report(database, review::get_report(name), {});
  };
  const Table flows = report("flows"), countries = report("countries");
  registry::Question everything;
  everything.limit = 0;
  const Table initiatives = review::list_initiatives(database, everything, "en");
  for (const char* column : {"budgeted_usd", "committed_usd", "disbursed_usd"})
    EXPECT_EQ(sum_of(flows, column), sum_of(initiatives, column)) << column;
  std::map<std::string, std::int64_t> given, received;
  for (const auto& row : flows.rows) {
    const auto amount = cents(row[column_of(flows, "disbursed_usd")]);
    given[std::get<std::string>(row[column_of(flows, "provider")])] += amount;
    received[std::get<std::string>(row[column_of(flows, "recipient")])] += amount;
  }
  EXPECT_FALSE(countries.rows.empty());
  for (const auto& row : countries.rows) {
    const auto& code = std::get<std::string>(row[0]);
    EXPECT_EQ(cents(row[column_of(countries, "given_usd")]), given[code]) << code;
    EXPECT_EQ(cents(row[column_of(countries, "received_usd")]), received[code]) << code;
    for (const auto& [column, filter] : {std::pair{"provides", "provider"},
                                         {"receives", "recipient"},
                                         {"facilitates", "facilitator"}}) {
      registry::Question question;
      question.filters = {registry::parse_filter(filter, code)};
      EXPECT_EQ(find_initiatives(database, question).total,
                std::get<std::int64_t>(row[column_of(countries, column)]))
          << code << column;
    }
  }
  registry::ContributionQuestion all;
  std::map<std::int64_t, std::int64_t> disbursed;
  for (const auto& line : list_contributions(database, all))
    if (line.part.kind == registry::ContributionKind::disbursement ||
        line.part.kind == registry::ContributionKind::expenditure)
      disbursed[line.initiative] += line.part.usd_cents.value_or(0);
  for (const auto& line : find_initiatives(database, everything).lines)
    EXPECT_EQ(disbursed[line.key], line.disbursed_cents) << line.identifier;
}

}  // namespace austral::testing
