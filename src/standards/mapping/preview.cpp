// Runs a file through its mapping and gathers what a person wants to see before importing it.
#include "standards/mapping/preview.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "standards/mapping/fields.hpp"
#include "standards/mapping/reader.hpp"

namespace austral::mapping {
namespace {

class PreviewMaker {
 public:
  PreviewMaker(Preview& preview, const PreviewOptions& options)
      : preview_(preview), options_(options) {}

  void take(const Finding& finding) {
    if (finding.rule == "sheet.rows") {
      preview_.rows_told.push_back((finding.place.empty() ? "" : finding.place + ": ") +
                                   finding.message);
      return;
    }
    if (preview_.problems.size() < options_.most_problems) preview_.problems.push_back(finding);
    auto& group = groups_[finding.rule];
    if (group.count++ == 0) group.first = finding;
  }

  void finish() {
    for (auto& [rule, group] : groups_) preview_.groups.push_back(std::move(group));
    std::stable_sort(preview_.groups.begin(), preview_.groups.end(),
                     [](const ProblemGroup& a, const ProblemGroup& b) {
                       if (a.first.severity != b.first.severity)
                         return a.first.severity > b.first.severity;
                       return a.count > b.count;
                     });
  }

 private:
  Preview& preview_;
  const PreviewOptions& options_;
  std::map<std::string, ProblemGroup> groups_;
};

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : "; ") + part;
  return out;
}

std::string describe_contribution(const registry::Contribution& one) {
  std::string text = boost::describe::enum_to_string(one.kind, "?");
  text += " " + to_string(one.quantity.amount) + " " + one.quantity.unit;
  if (one.date) text += " " + to_string(*one.date);
  return text;
}

std::string describe_party(const registry::Participation& one) {
  const auto name = registry::pick_text(one.party.name, "en");
  return std::string(name.empty() ? std::string_view(one.party.ref) : name) + " (" +
         boost::describe::enum_to_string(one.function, "?") + ")";
}

std::vector<Cell> show_record(const registry::Record& record, const std::string& language) {
  std::vector<std::string> places, parties, dates, codes, money;
  for (const auto& one : record.places) places.push_back(one.code);
  for (const auto& one : record.participations) parties.push_back(describe_party(one));
  for (const auto& one : record.dates)
    if (one.date) dates.push_back(to_string(*one.date));
  for (const auto& one : record.classifications) codes.push_back(one.scheme + " " + one.code);
  for (const auto& one : record.contributions) money.push_back(describe_contribution(one));
  return {record.identifier,
          std::string(registry::pick_text(record.title, language)),
          record.status,
          join(dates),
          join(parties),
          join(places),
          join(codes),
          join(money),
          std::int64_t(record.extras.size())};
}

}  // namespace

Preview make_preview(const std::string& path, const KnownMapping& known,
                     const PreviewOptions& options, const sheet::WorkbookOptions& workbook) {
  Preview preview;
  PreviewMaker maker(preview, options);
  const auto reader = open_rows(path, known, options.sheet, workbook);
  standards::Fragment fragment;
  while (reader->next(fragment)) {
    auto reading = read_fragment(fragment);
    preview.rows += fragment.rows.size();
    ++preview.initiatives;
    preview.contributions += reading.record.contributions.size();
    for (const auto& finding : reading.findings) maker.take(finding);
    if (preview.records.size() < options.most_records)
      preview.records.push_back(std::move(reading.record));
    fragment = {};
  }
  for (const auto& finding : reader->findings()) maker.take(finding);
  maker.finish();
  preview.damaged = reader->damaged();
  return preview;
}

Table list_preview(const Preview& preview, const std::string& language) {
  Table table;
  table.name = "preview";
  table.title = "What the mapping makes";
  table.columns = {{"identifier", "Identifier", ColumnKind::code, "", ""},
                   {"title", "Title", ColumnKind::text, "", ""},
                   {"status", "Status", ColumnKind::code, "", ""},
                   {"dates", "Dates", ColumnKind::text, "", ""},
                   {"parties", "Organizations", ColumnKind::text, "", ""},
                   {"recipients", "Recipients", ColumnKind::text, "", ""},
                   {"codes", "Codes", ColumnKind::text, "", ""},
                   {"contributions", "Contributions", ColumnKind::text, "", ""},
                   {"extras", "Kept under no field", ColumnKind::number, "", ""}};
  for (const auto& record : preview.records) table.rows.push_back(show_record(record, language));
  table.total_rows = preview.initiatives;
  table.notes = preview.rows_told;
  table.notes.push_back(std::to_string(preview.rows) + " rows make " +
                        std::to_string(preview.initiatives) + " initiatives with " +
                        std::to_string(preview.contributions) + " contributions");
  for (const auto& group : preview.groups)
    table.notes.push_back(std::to_string(group.count) + " times " + group.first.rule + ", first " +
                          group.first.place + ": " + group.first.message);
  return table;
}

Table list_problems(const Preview& preview) {
  Table table;
  table.name = "problems";
  table.title = "Problems by cell";
  table.columns = {{"severity", "Severity", ColumnKind::code, "", ""},
                   {"cell", "Cell", ColumnKind::code, "", ""},
                   {"rule", "Rule", ColumnKind::code, "", ""},
                   {"message", "What is wrong", ColumnKind::text, "", ""}};
  std::uint64_t all = 0;
  for (const auto& group : preview.groups) all += group.count;
  for (const auto& problem : preview.problems)
    table.rows.push_back({std::string(boost::describe::enum_to_string(problem.severity, "?")),
                          problem.place, problem.rule, problem.message});
  table.total_rows = all;
  return table;
}

Table list_mappings(const std::vector<KnownMapping>& known) {
  Table table;
  table.name = "mappings";
  table.title = "Mappings of sheets";
  table.columns = {{"name", "Name", ColumnKind::code, "", ""},
                   {"title", "Title", ColumnKind::text, "", ""},
                   {"origin", "From", ColumnKind::text, "", ""},
                   {"digest", "Edition", ColumnKind::code, "", ""},
                   {"source", "Source", ColumnKind::text, "", ""}};
  for (const auto& one : known)
    table.rows.push_back(
        {one.mapping->name, one.mapping->title, one.origin, one.digest, one.mapping->source});
  return table;
}

Table list_fields() {
  Table table;
  table.name = "fields";
  table.title = "Fields of a mapping";
  table.columns = {{"field", "Field", ColumnKind::code, "", ""},
                   {"meaning", "What it is", ColumnKind::text, "", ""},
                   {"list", "List", ColumnKind::code, "", ""},
                   {"headers", "Headers it is known by", ColumnKind::text, "", ""}};
  for (const auto& field : fields()) {
    std::string headers;
    for (const auto& synonym : header_synonyms())
      if (synonym.field == field.name && headers.size() < 120)
        headers += (headers.empty() ? "" : ", ") + std::string(synonym.header);
    table.rows.push_back(
        {std::string(field.name), std::string(field.meaning), std::string(field.list), headers});
  }
  return table;
}

}  // namespace austral::mapping
