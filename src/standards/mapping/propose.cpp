// Finds the header, scores every column against every field, and gives each field to the best.
#include "standards/mapping/propose.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "codes/code_list.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/mapping/find_header.hpp"
#include "standards/mapping/names.hpp"
#include "standards/mapping/propose_settle.hpp"

namespace austral::mapping {
namespace {

constexpr std::size_t rows_looked_at = 1500, longest_text_compared = 200;
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

/// A row of totals, as far as its first words tell.
bool adds_up(const sheet::SheetRow& row) {
  std::size_t looked = 0;
  for (const auto& cell : row.cells)
    if (looked++ < 3 && cell.kind == sheet::CellKind::words && is_total_word(cell.text))
      return true;
  return false;
}

/// Columns with data cells that are merged over several rows; known where the sheet was read whole.
void find_merged(const sheet::SheetReader& reader, const FoundHeader& head, LookedAt& table) {
  for (const auto& merge : reader.merges()) {
    if (merge.row <= head.rows.back().number || merge.last_row == merge.row) continue;
    for (const auto& header : table.headers)
      if (header.column == merge.column) table.merged.push_back(header.name);
  }
}

/// Looks at the cells of all columns below a header.
std::vector<ColumnFacts> look_at_columns(sheet::Workbook& workbook, const FoundHeader& head,
                                         Proposal& proposal, LookedAt& table) {
  const auto headers = table.headers = name_headers(head.rows);
  std::vector<ColumnLooker> lookers(headers.size());
  const auto reader = workbook.open(head.sheet);
  sheet::SheetRow row;
  std::size_t single = 0;  // since the last row of data
  bool more = true;
  while (proposal.rows < rows_looked_at && (more = reader->next(row))) {
    if (row.number <= head.rows.back().number) {
      if (row.number < head.rows.front().number)
        for (const auto& cell : row.cells) table.above.push_back(cell.text);
      continue;
    }
    if (row.cells.size() == 1 && headers.size() > 2) {
      single += row.cells.front().column == headers.front().column;
      continue;
    }
    if (adds_up(row)) continue;
    std::size_t same = 0;
    for (std::size_t h = 0; h < headers.size(); ++h) {
      const auto* cell = row.find(headers[h].column);
      same += cell && fold_header(cell->text) == fold_header(headers[h].name);
    }
    if (same * 2 > headers.size()) continue;  // headers again
    ++proposal.rows;
    table.sections += std::exchange(single, 0);
    auto& texts = table.rows.emplace_back(headers.size());
    for (std::size_t h = 0; h < headers.size(); ++h)
      if (const auto* cell = row.find(headers[h].column)) {
        lookers[h].add({headers[h].name, cell->column, cell->kind, cell->text, cell->date});
        texts[h] = fold(shorten(trim(cell->text), longest_text_compared));
      }
  }
  if (!more) find_merged(*reader, head, table);
  std::vector<ColumnFacts> facts;
  for (std::size_t h = 0; h < headers.size(); ++h)
    facts.push_back(lookers[h].finish(headers[h].column, headers[h].name));
  return facts;
}

/// Words of a list's column that the list has not, with the nearest of its labels, for a person to
/// complete.
void pair_words(const Field& field, ColumnProposal& column) {
  if (column.facts.distinct > 30) return;
  for (const auto& word : column.facts.samples) {
    if (find_code_named(field.list, word)) continue;
    const auto code = find_everyday_code(field.list, word);
    const auto* known = code ? codes::get_list(field.list).find(*code) : nullptr;
    if (known)
      column.rule.values.emplace_back(word, codes::label_of(*known, "en"));
    else if (const auto near = nearest_label(field.list, word); find_code_named(field.list, near))
      column.rule.values.emplace_back(word, near);
  }
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
    const auto& settled = proposal.mapping.tables.front();
    if (!settled.sheet.empty()) table.sheet = settled.sheet;
    table.sections = settled.sections;
    table.fill = settled.fill;
    mapping.grouped = proposal.mapping.grouped;
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
  for (const auto& rule : proposal.further) {
    const auto same = [&](const FieldRule& other) {
      return other.field == rule.field && other.item == rule.item;
    };
    if (std::none_of(table.fields.begin(), table.fields.end(), same)) table.fields.push_back(rule);
  }
  if (table.sections && !recipient) {
    FieldRule rule;
    rule.field = "recipient";
    rule.columns = {std::string(section_column)};
    table.fields.push_back(std::move(rule));
  }
  return mapping;
}

/// What a person has to look at.
static void add_remarks(Proposal& proposal, const ProposalOptions& options) {
  if (options.publisher.empty())
    proposal.remarks.push_back(
        "who reports is not known: put the reference of your organization "
        "where XX-GOV-YOURS stands");
  const auto has = [&](std::string_view field) {
    bool found = false;
    for_each_rule(proposal.mapping, 0,
                  [&](const FieldRule& rule) { found = found || rule.field == field; });
    return found;
  };
  if (!has("identifier"))
    proposal.remarks.push_back(
        "no column looks like an identifier: name columns that together "
        "tell an initiative, such as `identifier: {columns: [Year, "
        "Country, Title], join: \"-\", form: hash}`");
  if (!has("provider") && !has("provider_country") && !has("facilitator"))
    proposal.remarks.push_back(
        "no column says who provides: if it is one country in all rows, add "
        "`provider_country: {value: XX}`");
  if (has("amount") && !has("currency") && !has("unit") && !proposal.money_in_cells)
    proposal.remarks.push_back(
        "no column names the currency: add `currency: {value: USD}`, or "
        "the one that the amounts are in");
  for (const auto& column : proposal.columns)
    if (!column.rule.values.empty())
      proposal.remarks.push_back(
          "words of '" + column.facts.header +
          "' are paired with the nearest of the list: look whether `values` are right");
  std::set<std::size_t> told;  // one remark for all columns of years
  for (const auto& column : proposal.columns)
    if (column.rule.field == "amount" && told.insert(column.rule.item).second)
      proposal.remarks.push_back("'" + column.facts.header + "' is taken as " +
                                 kind_by_header(column.facts.header) +
                                 ": correct `kind` where it is something else");
}

Proposal propose_mapping(sheet::Workbook& workbook, const ProposalOptions& options) {
  const auto calls = gather_calls(options.known);
  std::set<std::string> names;
  for (const auto& call : calls) names.insert(call.words);
  Proposal proposal;
  const FoundHeader head = find_header(workbook, options.sheet, names);
  proposal.sheet = workbook.sheets()[head.sheet].name;
  proposal.header = head.rows.front().number;
  LookedAt table;
  const auto facts = look_at_columns(workbook, head, proposal, table);
  std::vector<std::vector<Score>> scores;
  for (const auto& one : facts) {
    scores.push_back(score_column(one, calls));
    proposal.columns.emplace_back();
    proposal.columns.back().facts = one;
  }
  assign_fields(proposal, scores);
  proposal.mapping.tables.resize(1);
  proposal.mapping.tables.front().sections = table.sections > 0;
  proposal.mapping.tables.front().header_rows = head.rows.size();
  join_years(proposal);
  settle_times(proposal);
  settle_money(proposal, table);
  settle_fill(proposal, table);
  settle_sheets(proposal, workbook, head);
  settle_identifier(proposal, table, options.publisher);
  proposal.mapping = make_mapping(proposal, options);
  add_remarks(proposal, options);
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
