// Finds the header, scores every column against every field, and gives each field to the best.
#include "standards/mapping/propose.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/mapping/find_header.hpp"
#include "standards/mapping/names.hpp"

namespace austral::mapping {
namespace {

constexpr std::size_t rows_looked_at = 1500;
constexpr int least_certainty = 40;

/// A header's words by which a field is called, and who calls it so.
struct Call {
  const Field* field = nullptr;
  std::string words;
  std::string from;  ///< language, or a mapping's name
};

std::vector<Call> gather_calls(const std::vector<KnownMapping>& known) {
  std::vector<Call> calls;
  for (const auto& synonym : header_synonyms())
    calls.push_back(
        {find_field(synonym.field), header_words(synonym.header), std::string(synonym.lang)});
  for (const auto& one : known)
    for (std::size_t table = 0; table < one.mapping->tables.size(); ++table)
      for_each_rule(*one.mapping, table, [&](const FieldRule& rule) {
        for (const auto& column : rule.columns)
          if (!column.starts_with("(") && !column.empty())
            calls.push_back({find_field(rule.field), header_words(column), one.mapping->name});
      });
  return calls;
}

bool is_latin(std::string_view words) {
  return std::all_of(words.begin(), words.end(), [](char c) { return c > 0; });
}

/// How near a header is to a name of a field: 100 the same, less where it has further words.
int nearness(const std::string& header, const std::string& call) {
  if (header.empty() || call.empty()) return 0;
  if (header == call) return 100;
  const auto at = header.find(call);
  if (at == std::string::npos) return 0;
  if (is_latin(header)) {
    const bool starts = at == 0 || header[at - 1] == ' ';
    const auto end = at + call.size();
    // A plural, or an end that the language gives the word.
    const bool ends = end == header.size() || header[end] == ' ' ||
                      (header[end] == 's' && (end + 1 == header.size() || header[end + 1] == ' '));
    if (!starts || !ends || call.size() < 3) return 0;
  }
  // The last word says what a column is: `status of project year`.
  const bool last = at + call.size() + 1 >= header.size();
  const int share = int(call.size() * 100 / header.size());
  return std::min(85, 35 + share / 2 + (last ? 10 : 0));
}

struct Score {
  const Field* field = nullptr;
  int certainty = 0;
  std::string reason;
};

bool may_repeat(const Field& field) {
  return field.group != Group::record && field.group != Group::contribution;
}

/// What values say for or against a field; -100: they cannot be it.
int judge_values(const ColumnFacts& facts, const Field& field, std::string& why) {
  const auto tell = [&](int share, const std::string& what) {
    why = std::to_string(share) + "% are " + what;
  };
  if (facts.filled == 0) return 0;
  const int share = share_readable(facts, field);
  switch (field.reads) {
    case Reads::place:
    case Reads::country:
      tell(share, "countries or regions");
      return share >= 60 ? share * 4 / 10 : share >= 30 ? 10 : -100;
    case Reads::currency: tell(share, "currencies"); return share >= 70 ? 40 : -100;
    case Reads::amount:
    case Reads::share: tell(share, "numbers"); return share >= 70 ? 25 : share >= 40 ? 0 : -100;
    case Reads::date: tell(share, "dates or years"); return share >= 70 ? 30 : -100;
    case Reads::year: tell(share, "years"); return share >= 80 ? 30 : -100;
    case Reads::url:
    case Reads::list_of_urls: tell(share, "web addresses"); return share >= 40 ? 40 : -100;
    case Reads::code:
    case Reads::contribution:
      tell(share, "in the list");
      return share >= 60 ? 35 : share >= 20 ? 15 : facts.distinct > 30 ? -100 : -20;
    case Reads::sector: tell(share, "sectors"); return share >= 50 ? 35 : share >= 20 ? 5 : -40;
    case Reads::goal: tell(share, "goals or targets"); return share >= 70 ? 30 : -60;
    case Reads::flag: tell(share, "yes or no"); return share >= 80 ? 20 : -60;
    default: return 0;
  }
}

int judge_words(const ColumnFacts& facts, const Field& field, std::string& why) {
  const bool title = field.name == "title", identifier = field.name == "identifier";
  if (identifier) {
    if (!facts.unique() && facts.distinct * 10 < facts.filled * 6) return -60;
    why = facts.unique() ? "every value is another" : "most values differ";
    if (facts.mean_length > 40 || facts.spaced > 50) return -40;
    return facts.unique() ? 25 : 10;
  }
  if (field.reads == Reads::text && facts.numbers + facts.years + facts.dates > 60) return -100;
  if (field.name == "contact_email") return facts.emails >= 50 ? 40 : -100;
  if (field.reads == Reads::word) return facts.spaced > 60 ? -40 : 0;
  if (title) {
    if (facts.distinct * 2 < facts.filled || facts.mean_length < 4) return -40;
    why = "texts of " + std::to_string(facts.mean_length) + " letters that differ";
    return facts.mean_length <= 220 ? 15 : -20;
  }
  if (field.name == "description" || field.name == "objective") {
    if (facts.mean_length < 30) return -40;
    why = "texts of " + std::to_string(facts.mean_length) + " letters";
    return 15;
  }
  return 0;
}

/// Fields that values alone propose, with what it takes.
int propose_by_values(const ColumnFacts& facts, const Field& field) {
  if (facts.filled < 2) return 0;
  if (field.name == "recipient" && facts.countries >= 80) return facts.distinct > 1 ? 25 : 0;
  if (field.name == "provider_country" && facts.countries >= 95 && facts.distinct == 1) return 25;
  if (field.name == "currency" && facts.currencies >= 90) return 25;
  if (field.name == "document" && facts.addresses >= 80) return 20;
  if (field.name == "contact_email" && facts.emails >= 80) return 20;
  if (field.name == "identifier" && facts.unique() && facts.column == 0 && facts.spaced < 10)
    return 25;
  if (field.name == "title" && facts.distinct * 10 > facts.filled * 9 && facts.mean_length > 20 &&
      facts.mean_length < 150 && facts.spaced > 80)
    return 30;
  if (field.name == "description" && facts.mean_length >= 150 && facts.spaced > 90) return 30;
  return 0;
}

std::vector<Score> score_column(const ColumnFacts& facts, const std::vector<Call>& calls) {
  const std::string words = header_words(facts.header);
  std::map<const Field*, std::pair<int, const Call*>> near;
  for (const auto& call : calls) {
    // Words of a language tell more than what one sheet calls its columns.
    const int value = nearness(words, call.words) * (call.from.size() == 2 ? 100 : 95) / 100;
    auto& best = near[call.field];
    if (value > best.first) best = {value, &call};
  }
  std::vector<Score> scores;
  for (const auto& field : fields()) {
    const auto found = near.find(&field);
    const int by_header = found == near.end() ? 0 : found->second.first * 6 / 10;
    const int by_values_alone = by_header ? 0 : propose_by_values(facts, field);
    if (by_header == 0 && by_values_alone == 0) continue;
    std::string why;
    int values = judge_values(facts, field, why);
    if (values == 0) values = judge_words(facts, field, why);
    if (values <= -100) continue;
    Score score{&field, by_header + by_values_alone + values, ""};
    if (by_header) {
      const auto& call = *found->second.second;
      score.reason = "header: '" + call.words + "' (" + call.from + ")";
    }
    if (!why.empty()) score.reason += (score.reason.empty() ? "values: " : "; ") + why;
    if (score.certainty > 0) scores.push_back(std::move(score));
  }
  std::stable_sort(scores.begin(), scores.end(),
                   [](const Score& a, const Score& b) { return a.certainty > b.certainty; });
  return scores;
}

/// Looks at the cells of all columns below a header.
std::vector<ColumnFacts> look_at_columns(sheet::Workbook& workbook, const FoundHeader& head,
                                         Proposal& proposal, bool& sections) {
  const auto headers = name_headers(head.rows);
  std::vector<ColumnLooker> lookers(headers.size());
  const auto reader = workbook.open(head.sheet);
  sheet::SheetRow row;
  std::size_t single = 0;
  while (proposal.rows < rows_looked_at && reader->next(row)) {
    if (row.number <= head.rows.back().number) continue;
    if (row.cells.size() == 1 && headers.size() > 2) {
      single += row.cells.front().column == headers.front().column;
      continue;
    }
    std::size_t same = 0;
    for (std::size_t h = 0; h < headers.size(); ++h) {
      const auto* cell = row.find(headers[h].column);
      same += cell && fold_header(cell->text) == fold_header(headers[h].name);
    }
    if (same * 2 > headers.size()) continue;  // headers again
    ++proposal.rows;
    for (std::size_t h = 0; h < headers.size(); ++h)
      if (const auto* cell = row.find(headers[h].column))
        lookers[h].add({headers[h].name, cell->column, cell->kind, cell->text, cell->date});
  }
  sections = single > 2;
  std::vector<ColumnFacts> facts;
  for (std::size_t h = 0; h < headers.size(); ++h)
    facts.push_back(lookers[h].finish(headers[h].column, headers[h].name));
  return facts;
}

/// Words of a list's column that the list has not, with the nearest of its labels, for a person to
/// complete.
void pair_words(const Field& field, ColumnProposal& column) {
  if (column.facts.distinct > 30) return;
  for (const auto& word : column.facts.samples)
    if (!find_code_named(field.list, word))
      if (const auto near = nearest_label(field.list, word); find_code_named(field.list, near))
        column.rule.values.emplace_back(word, near);
}

/// Gives each field to the column that it fits best, the surest pairs first.
void assign_fields(Proposal& proposal, const std::vector<std::vector<Score>>& scores) {
  struct Pair {
    std::size_t column = 0;
    const Score* score = nullptr;
  };
  std::vector<Pair> pairs;
  for (std::size_t column = 0; column < scores.size(); ++column)
    for (const auto& score : scores[column]) pairs.push_back({column, &score});
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
    return a.score->certainty > b.score->certainty;
  });
  std::map<std::string_view, int> given;
  for (const auto& pair : pairs) {
    auto& to = proposal.columns[pair.column];
    const Field& field = *pair.score->field;
    if (pair.score->certainty < least_certainty) break;
    if (!to.rule.field.empty()) {
      if (to.others.size() < 3 && field.name != to.rule.field) to.others.emplace_back(field.name);
      continue;
    }
    const int before = given[field.name];
    // A country stands once: by name, by code and by number it is the same one.
    const bool again = may_repeat(field) && field.group != Group::recipient &&
                       field.group != Group::goal && pair.score->certainty >= 70 && before < 3;
    const bool further_amount = field.name == "amount" && before < 4 && pair.score->certainty >= 60;
    if (before > 0 && !again && !further_amount) continue;
    ++given[field.name];
    to.rule.field = field.name;
    to.rule.item = std::size_t(before + 1);
    to.certainty = std::min(99, pair.score->certainty);
    to.reason = pair.score->reason;
    const bool places = field.reads == Reads::place || field.reads == Reads::country;
    if (places || (to.facts.split == "line" && field.reads != Reads::text))
      to.rule.split = to.facts.split;
    if (field.reads == Reads::code) pair_words(field, to);
  }
}

/// A header with its year left open; empty where it has none.
std::string open_year(const std::string& header) {
  for (std::size_t at = 0; at + 4 <= header.size(); ++at) {
    const bool starts = at == 0 || !is_digit(header[at - 1]);
    const bool ends = at + 4 == header.size() || !is_digit(header[at + 4]);
    if (!starts || !ends) continue;
    const std::string pattern =
        header.substr(0, at) + std::string(year_mark) + header.substr(at + 4);
    if (match_year(pattern, header)) return pattern;
  }
  return {};
}

/// Columns of money that differ in a year alone are one field, a contribution a year.
void join_years(Proposal& proposal) {
  std::map<std::string, std::vector<ColumnProposal*>> patterns;
  for (auto& column : proposal.columns) {
    const auto& facts = column.facts;
    const bool money = facts.filled == 0 || facts.numbers + facts.years >= 70;
    if (const auto pattern = open_year(facts.header); money && !pattern.empty())
      patterns[pattern].push_back(&column);
  }
  std::size_t item = 0;
  for (const auto& column : proposal.columns)
    if (column.rule.field == "amount" && open_year(column.facts.header).empty()) ++item;
  for (auto& [pattern, columns] : patterns) {
    if (columns.size() < 2) continue;
    ++item;
    for (auto* column : columns) {
      column->rule = {};
      column->rule.field = "amount";
      column->rule.item = item;
      column->rule.columns = {pattern};
      column->certainty = 80;
      column->reason = "one column a year: '" + pattern + "'";
    }
  }
}

/// In a sheet without money a year is when the initiative began.
void settle_year(Proposal& proposal) {
  ColumnProposal* year = nullptr;
  for (auto& column : proposal.columns) {
    if (column.rule.field == "amount" || column.rule.field == "start") return;
    if (column.rule.field == "year") year = &column;
  }
  if (!year) return;
  year->rule.field = "start";
  year->reason += "; no column holds money";
}

std::string kind_by_header(const std::string& header) {
  const std::string words = header_words(header);
  const auto holds = [&](std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
      return words.find(part) != std::string::npos;
    });
  };
  if (holds({"disburs", "decaiss", "desembols", "paid", "spent", "expend", "расход", "支出"}))
    return "disbursement";
  if (holds({"pledge", "обещан"})) return "pledge";
  return "commitment";
}

}  // namespace

Mapping make_mapping(const Proposal& proposal, const ProposalOptions& options) {
  Mapping mapping;
  mapping.name = options.name;
  mapping.tables.resize(1);
  auto& table = mapping.tables.front();
  table.sheet = proposal.sheet;
  if (!proposal.mapping.tables.empty()) {
    table.sections = proposal.mapping.tables.front().sections;
    table.header_rows = proposal.mapping.tables.front().header_rows;
    // Headers over several rows are not found by their names.
    if (table.header_rows > 1) table.header = proposal.header;
  }
  const auto constant = [&](std::string field, std::size_t item, std::string value) {
    FieldRule rule;
    rule.field = std::move(field);
    rule.item = item;
    rule.value = std::move(value);
    table.fields.push_back(std::move(rule));
  };
  constant("publisher", 1, options.publisher.empty() ? "XX-GOV-YOURS" : options.publisher);
  bool currency = false, recipient = false;
  for (const auto& column : proposal.columns) {
    if (column.rule.field.empty()) continue;
    currency = currency || column.rule.field == "currency";
    recipient = recipient || column.rule.field == "recipient";
    FieldRule rule = column.rule;
    if (rule.columns.empty()) rule.columns = {column.facts.header};
    const auto same = [&](const FieldRule& other) {
      return other.field == rule.field && other.item == rule.item && other.columns == rule.columns;
    };
    if (std::any_of(table.fields.begin(), table.fields.end(), same)) continue;  // a year of many
    table.fields.push_back(rule);
    if (rule.field == "amount") constant("kind", rule.item, kind_by_header(column.facts.header));
  }
  if (table.sections && !recipient) {
    FieldRule rule;
    rule.field = "recipient";
    rule.columns = {std::string(section_column)};
    table.fields.push_back(std::move(rule));
  }
  return mapping;
}

Proposal propose_mapping(sheet::Workbook& workbook, const ProposalOptions& options) {
  const auto calls = gather_calls(options.known);
  std::set<std::string> names;
  for (const auto& call : calls) names.insert(call.words);
  Proposal proposal;
  const FoundHeader head = find_header(workbook, options.sheet, names);
  proposal.sheet = workbook.sheets()[head.sheet].name;
  proposal.header = head.rows.front().number;
  bool sections = false;
  const auto facts = look_at_columns(workbook, head, proposal, sections);
  std::vector<std::vector<Score>> scores;
  for (const auto& one : facts) {
    scores.push_back(score_column(one, calls));
    proposal.columns.emplace_back();
    proposal.columns.back().facts = one;
  }
  assign_fields(proposal, scores);
  join_years(proposal);
  settle_year(proposal);
  proposal.mapping.tables.resize(1);
  proposal.mapping.tables.front().sections = sections;
  proposal.mapping.tables.front().header_rows = head.rows.size();
  proposal.mapping = make_mapping(proposal, options);
  if (options.publisher.empty())
    proposal.remarks.push_back(
        "who reports is not known: put the reference of your organization "
        "where XX-GOV-YOURS stands");
  const auto has = [&](std::string_view field) {
    return std::any_of(proposal.columns.begin(), proposal.columns.end(),
                       [&](const ColumnProposal& one) { return one.rule.field == field; });
  };
  if (!has("identifier"))
    proposal.remarks.push_back(
        "no column looks like an identifier: name columns that together "
        "tell an initiative, such as `identifier: {columns: [Year, "
        "Country, Title], join: \"-\", form: hash}`");
  if (has("amount") && !has("currency"))
    proposal.remarks.push_back(
        "no column names the currency: add `currency: {value: USD}`, or "
        "the one that the amounts are in");
  for (const auto& column : proposal.columns)
    if (!column.rule.values.empty())
      proposal.remarks.push_back(
          "words of '" + column.facts.header +
          "' are paired with the nearest of the list: look whether `values` are right");
  for (const auto& column : proposal.columns)
    if (column.rule.field == "amount")
      proposal.remarks.push_back("'" + column.facts.header + "' is taken as " +
                                 kind_by_header(column.facts.header) +
                                 ": correct `kind` where it is something else");
  return proposal;
}

Table list_proposal(const Proposal& proposal) {
  Table table;
  table.name = "proposal";
  table.title = "Proposed mapping";
  table.columns = {{"column", "Column", ColumnKind::text, "", ""},
                   {"field", "Field", ColumnKind::code, "", ""},
                   {"certainty", "Certainty", ColumnKind::number, "%", ""},
                   {"reason", "Why", ColumnKind::text, "", ""},
                   {"others", "Or", ColumnKind::text, "", ""},
                   {"example", "Example", ColumnKind::text, "", ""}};
  for (const auto& column : proposal.columns) {
    std::string field = column.rule.field;
    if (column.rule.item > 1) field += " " + std::to_string(column.rule.item);
    std::string others;
    for (const auto& other : column.others) others += (others.empty() ? "" : ", ") + other;
    table.rows.push_back(
        {column.facts.header, field, std::int64_t(column.certainty), column.reason, others,
         column.facts.samples.empty() ? std::string() : shorten(column.facts.samples.front(), 60)});
  }
  table.notes = proposal.remarks;
  return table;
}

}  // namespace austral::mapping
