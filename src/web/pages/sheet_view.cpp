// The page of one sheet: its columns with their fields, what the mapping makes, and what to do.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "standards/mapping/fields.hpp"
#include "web/guard.hpp"
#include "web/pages/parts.hpp"
#include "web/pages/sheet.hpp"

namespace austral::web {
namespace {

using mapping::FieldRule;
using mapping::Reads;

constexpr std::size_t most_columns = 200;  // that one page shows
constexpr std::size_t most_samples = 3;

const char* group_key(mapping::Group group) {
  using enum mapping::Group;
  switch (group) {
    case record: return "sheet.group.record";
    case provider: return "sheet.group.provider";
    case facilitator: return "sheet.group.facilitator";
    case responsible: return "sheet.group.responsible";
    case implementer: return "sheet.group.implementer";
    case partner: return "sheet.group.partner";
    case recipient: return "sheet.group.recipient";
    case sector: return "sheet.group.sector";
    case goal: return "sheet.group.goal";
    case contribution: return "sheet.group.contribution";
    case document: return "sheet.group.document";
    case contact: return "sheet.group.contact";
    case location: return "sheet.group.location";
  }
  return "";
}

View make_option(const std::string& value, const std::string& text, const std::string& chosen) {
  return View{{"value", value}, {"text", text}, {"chosen", value == chosen}};
}

/// `provider_country 2` is `provider country 2`: fields are called as mappings call them.
std::string spell_field(std::string label) {
  std::replace(label.begin(), label.end(), '_', ' ');
  return label;
}

/// Makes the page's view out of the work.
class SheetView {
 public:
  SheetView(const Request& request, const DeskFile& file, const SheetWork& work, View& view)
      : request_(request),
        language_(get_language(request.language)),
        file_(file),
        work_(work),
        view_(view) {}

  void show() {
    view_["action"] = "/sheet/" + file_.token();
    view_["based"] = base_mark(work_.reading);
    view_["trouble"] = work_.trouble;
    add_choices();
    const bool read = !work_.reading.proposal.columns.empty();
    view_["has_columns"] = read;
    view_["has_preview"] = work_.preview != nullptr && work_.trouble.empty();
    if (!read) return;
    add_basis();
    add_faults();
    add_columns();
    add_constants();
    add_text();
    if (work_.preview) add_preview();
  }

 private:
  std::string t(std::string_view key, const Arguments& arguments = {}) const {
    return language_.t(key, arguments);
  }
  const mapping::Mapping& chosen() const { return work_.corrected.mapping; }

  void add_choice(boost::json::array& choices, const char* name, const std::string& title,
                  boost::json::array options) const {
    choices.push_back(View{{"name", name}, {"title", title}, {"options", std::move(options)}});
  }

  /// Files, sheets and mappings, where there are several to choose from.
  void add_choices() {
    const auto& reading = work_.reading;
    boost::json::array choices, members, sheets, bases;
    for (const auto& member : reading.members)
      members.push_back(make_option(member, member, reading.member));
    if (members.size() > 1)
      add_choice(choices, "member", t("sheet.choice.member"), std::move(members));
    sheets.push_back(make_option("", t("sheet.choice.sheet.any"), reading.sheet));
    for (const auto& sheet : reading.sheets)
      sheets.push_back(make_option(
          sheet.name,
          sheet.hidden ? t("sheet.choice.sheet.hidden", {{"name", sheet.name}}) : sheet.name,
          reading.sheet));
    if (sheets.size() > 2) add_choice(choices, "sheet", t("sheet.choice.sheet"), std::move(sheets));
    for (const auto& known : reading.fitting)
      bases.push_back(make_option(known.mapping->name, known.mapping->name, reading.base));
    bases.push_back(make_option("", t("sheet.choice.base.none"), reading.base));
    if (bases.size() > 1) add_choice(choices, "base", t("sheet.choice.base"), std::move(bases));
    view_["has_choices"] = !choices.empty();
    view_["choices"] = std::move(choices);
  }

  void add_basis() {
    std::string basis =
        t(work_.reading.fitting.empty() ? "sheet.proposed" : "sheet.proposed.instead");
    for (const auto& known : work_.reading.fitting)
      if (known.mapping->name == work_.reading.base)
        basis = t(known.origin == "register" ? "sheet.taken.register" : "sheet.taken.shipped",
                  {{"name", known.mapping->name}});
    view_["basis"] = basis;
  }

  std::string fault_at(const std::string& field) const {
    for (const auto& fault : work_.corrected.faults)
      if (fault.at == field) return fault.text;
    return {};
  }

  void add_faults() {
    boost::json::array faults;
    for (const auto& fault : work_.corrected.faults)
      faults.push_back(
          View{{"text", fault.text}, {"link", fault.at.empty() ? "" : "#" + fault.at}});
    view_["has_faults"] = !faults.empty();
    view_["faults"] = std::move(faults);
  }

  /// All fields by what they are part of; further ones of a number where the mapping has some.
  boost::json::array make_groups(const std::string& label) const {
    boost::json::array groups, options;
    const auto& all = mapping::fields();
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string name(all[i].name);
      options.push_back(make_option(name, spell_field(name), label));
      if (const auto item = items_.find(name); item != items_.end())
        for (std::size_t n = 2; n <= item->second; ++n)
          options.push_back(make_option(name + " " + std::to_string(n),
                                        spell_field(name) + " " + std::to_string(n), label));
      if (i + 1 < all.size() && all[i + 1].group == all[i].group) continue;
      groups.push_back(
          View{{"title", t(group_key(all[i].group))}, {"options", std::move(options)}});
      options = {};
    }
    return groups;
  }

  View make_detail(const std::string& name, const std::string& title,
                   const std::vector<std::pair<std::string, std::string>>& known,
                   const std::string& value) const {
    boost::json::array options;
    bool found = false;
    for (const auto& [word, text] : known) {
      options.push_back(make_option(word, text, value));
      found = found || word == value;
    }
    if (!found) options.push_back(make_option(value, value, value));
    return View{{"name", name}, {"title", title}, {"options", std::move(options)}};
  }

  boost::json::array make_details(const std::string& n, const FieldRule& rule) const {
    boost::json::array details;
    const auto reads = mapping::find_field(rule.field)->reads;
    if (rule.field == "amount") {
      const auto* kind = find_constant(chosen(), "kind", rule.item);
      if (kind)
        details.push_back(make_detail("k" + n, t("sheet.column.kind"),
                                      {{"commitment", "commitment"},
                                       {"disbursement", "disbursement"},
                                       {"pledge", "pledge"},
                                       {"budget", "budget"}},
                                      kind->value));
      details.push_back(make_detail("o" + n, t("sheet.column.form.amount"),
                                    {{"", t("sheet.column.form.plain")},
                                     {"thousand", "thousand"},
                                     {"ten-thousand", "ten thousand"},
                                     {"lakh", "lakh"},
                                     {"million", "million"},
                                     {"crore", "crore"},
                                     {"hundred-million", "hundred million"},
                                     {"billion", "billion"},
                                     {"comma", "1.234,5"},
                                     {"point", "1,234.5"}},
                                    rule.form));
    } else if (reads == Reads::date) {
      details.push_back(make_detail(
          "o" + n, t("sheet.column.form.date"),
          {{"", t("sheet.column.form.told")}, {"dmy", "31/12/2026"}, {"mdy", "12/31/2026"}},
          rule.form));
    }
    return details;
  }

  static void add_words(View& column, const FieldRule& rule, const std::string& title) {
    const auto reads = mapping::find_field(rule.field)->reads;
    const bool coded = reads == Reads::code || reads == Reads::contribution ||
                       reads == Reads::sector || reads == Reads::place || reads == Reads::country;
    column["has_words"] = coded || !rule.values.empty();
    std::string words;
    for (const auto& [word, meaning] : rule.values) words += word + " = " + meaning + "\n";
    column["words"] = words;
    column["words_title"] = title;
    column["words_rows"] = std::to_string(std::clamp<std::size_t>(rule.values.size() + 1, 3, 12));
  }

  View make_column(std::size_t i, const mapping::ColumnProposal& proposed) {
    const auto n = std::to_string(i);
    const auto& facts = proposed.facts;
    View column{{"n", n}, {"header", facts.header}};
    boost::json::array samples;
    for (std::size_t s = 0; s < std::min(most_samples, facts.samples.size()); ++s)
      samples.push_back(View{{"text", shorten(facts.samples[s], 48)}});
    column["samples"] = std::move(samples);
    column["label"] = t("sheet.column.field", {{"header", facts.header}});
    const auto* rule = find_rule(chosen(), facts.header);
    const auto label = rule ? label_of(*rule) : "";
    column["taken"] = rule != nullptr;
    column["fault"] = fault_at("f" + n);
    // One rule reads all columns of years: it is corrected at the first of them.
    if (rule && is_year_of(*rule, facts.header) && !years_.insert(rule).second) {
      column["of_years"] = t("sheet.column.years", {{"field", spell_field(label)}});
      return column;
    }
    column["groups"] = make_groups(label);
    column["why"] = make_reason(proposed, label);
    if (rule && label == label_of(proposed.rule) && proposed.certainty > 0 && by_proposal())
      column["sure"] = t("sheet.column.certain", {{"certainty", std::int64_t(proposed.certainty)}});
    if (!rule || !mapping::find_field(rule->field)) return column;
    column["meant_for"] = label;
    if (rule->when)
      column["when"] = t("sheet.column.when", {{"test", describe_condition(*rule->when)}});
    column["details"] = make_details(n, *rule);
    add_words(column, *rule, t("sheet.column.words"));
    column["words_label"] = facts.header + ": " + t("sheet.column.words");
    return column;
  }

  bool by_proposal() const { return work_.reading.base.empty(); }

  std::string make_reason(const mapping::ColumnProposal& proposed, const std::string& label) const {
    const auto base = correct_mapping(work_.reading, {});
    const auto* before = find_rule(base.mapping, proposed.facts.header);
    if (label != (before ? label_of(*before) : "")) return t("sheet.column.yours");
    if (label.empty()) return {};
    return by_proposal() ? proposed.reason : t("sheet.column.remembered");
  }

  void add_columns() {
    for (std::size_t table = 0; table < chosen().tables.size(); ++table)
      mapping::for_each_rule(chosen(), table, [this](const FieldRule& rule) {
        auto& most = items_[rule.field];
        if (!rule.columns.empty()) most = std::max(most, rule.item);
      });
    const auto& proposed = work_.reading.proposal.columns;
    boost::json::array columns;
    const auto shown = std::min(most_columns, proposed.size());
    for (std::size_t i = 0; i < shown; ++i) columns.push_back(make_column(i, proposed[i]));
    view_["columns"] = std::move(columns);
    if (shown < proposed.size())
      view_["columns_cut"] = t("sheet.columns.cut", {{"count", std::int64_t(shown)},
                                                     {"all", std::int64_t(proposed.size())}});
  }

  void add_constants() {
    boost::json::array constants;
    const auto add = [&](const std::string& name, const std::string& value, std::string fault) {
      constants.push_back(View{{"name", name},
                               {"title", t("sheet." + name)},
                               {"hint", t("sheet." + name + ".hint")},
                               {"value", value},
                               {"fault", std::move(fault)}});
    };
    const auto constant = [&](const char* field) {
      const auto* rule = find_constant(chosen(), field, 0);
      return rule ? rule->value : std::string();
    };
    if (!comes_from_column(chosen(), "publisher")) {
      const bool unknown = work_.corrected.placeholder;
      add("publisher", unknown ? "" : constant("publisher"),
          unknown ? t("sheet.publisher.missing") : fault_at("publisher"));
    }
    if (!comes_from_column(chosen(), "provider_country"))
      add("provider_country", constant("provider_country"), fault_at("provider_country"));
    if (!comes_from_column(chosen(), "currency"))
      add("currency", constant("currency"), fault_at("currency"));
    std::string prefix;
    for (std::size_t table = 0; table < chosen().tables.size(); ++table)
      mapping::for_each_rule(chosen(), table, [&](const FieldRule& rule) {
        if (rule.field == "identifier") prefix = rule.prefix;
      });
    if (comes_from_column(chosen(), "identifier")) add("prefix", prefix, "");
    if (chosen().tables.size() == 1) {
      std::string fill;
      for (const auto& name : chosen().tables.front().fill)
        fill += (fill.empty() ? "" : "; ") + name;
      add("fill", fill, fault_at("fill"));
    }
    add("language", chosen().language, "");
    add("name", chosen().name, fault_at("name"));
    view_["constants"] = std::move(constants);
  }

  /// The whole mapping as text, for what no field of the page says.
  void add_text() {
    const auto& corrected = work_.corrected;
    const auto sent = find_choice(file_.choices(), "use_yaml")
                          ? find_choice(file_.choices(), "yaml")
                          : std::nullopt;
    const auto fault = fault_at("yaml");
    view_["kept"] = corrected.typed;
    view_["yaml"] = !fault.empty() && sent ? *sent : mapping::write_mapping(chosen());
    view_["yaml_open"] = !fault.empty();
    view_["yaml_fault"] = !fault.empty();
    const auto tables = chosen().tables.size();
    if (tables > 1) view_["several"] = t("sheet.tables", {{"count", std::int64_t(tables)}});
  }

  void add_preview() {
    const auto& preview = *work_.preview;
    std::uint64_t problems = 0;
    for (const auto& group : preview.groups) problems += group.count;
    const auto figure = [&](std::uint64_t value, const char* key) {
      return make_figure(language_.number(std::int64_t(value)), "", t(key));
    };
    view_["figures"] =
        boost::json::array{figure(preview.rows, "sheet.figure.rows"),
                           figure(preview.initiatives, "sheet.figure.initiatives"),
                           figure(preview.contributions, "sheet.figure.contributions"),
                           figure(problems, "sheet.figure.problems")};
    boost::json::array told, remarks;
    for (const auto& line : preview.rows_told) told.push_back(boost::json::string(line));
    view_["has_rows_told"] = !told.empty();
    view_["rows_told"] = std::move(told);
    if (by_proposal() && file_.choices().empty())
      for (const auto& remark : work_.reading.proposal.remarks)
        remarks.push_back(boost::json::string(remark));
    view_["has_remarks"] = !remarks.empty();
    view_["remarks"] = std::move(remarks);
    auto records = mapping::list_preview(preview, language_.code());
    records.title = t("sheet.records");
    records.definition = t("sheet.records.text");
    records.notes.clear();
    view_["html_records"] = show_table(records);
    auto listed = mapping::list_problems(preview);
    listed.title = t("sheet.problems");
    listed.definition = t("sheet.problems.text");
    if (listed.rows.size() < problems)
      listed.notes = {t("sheet.problems.cut", {{"count", std::int64_t(listed.rows.size())},
                                               {"all", std::int64_t(problems)}})};
    view_["no_problems"] = problems == 0;
    if (problems > 0) view_["html_problems"] = show_table(listed);
  }

  std::string show_table(const Table& table) const {
    Arrangement arrangement;
    arrangement.page_size = std::max<std::size_t>(table.total_rows, 1);
    arrangement.sortable.emplace();
    arrangement.downloads = false;
    arrangement.level = 3;
    arrangement.brief = true;
    return render_table(table, arrangement, request_, language_);
  }

  const Request& request_;
  const Language& language_;
  const DeskFile& file_;
  const SheetWork& work_;
  View& view_;
  std::map<std::string, std::size_t> items_;  // the highest number of each field
  std::set<const FieldRule*> years_;          // rules of years that were shown
};

/// A word of a command line, quoted where a shell would read it otherwise.
std::string quote_word(const std::string& word) {
  const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '-' || c == '_';
  });
  if (plain && !word.empty()) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string command_of(const DeskFile& file, const SheetReading& reading) {
  std::string command = "austral import " + quote_word(file.name()) + " --mapping mapping.yaml";
  if (!reading.sheet.empty()) command += " --sheet " + quote_word(reading.sheet);
  if (!reading.member.empty()) command += " --member " + quote_word(reading.member);
  return command;
}

}  // namespace

Response show_sheet_work(const Site& site, const Request& request, const DeskFile& file,
                         const SheetWork& work, const std::string& said) {
  const auto& language = get_language(request.language);
  Request shown = request;  // a language is chosen on the sheet's own page, whatever was sent
  shown.path = "/sheet/" + file.token();
  Page page;
  page.template_name = "sheet";
  page.view["sheet_css"] = site.assets->address("sheet.css");
  page.section = "data";
  page.title = file.name();
  page.crumbs = {{language.t("nav.data"), "/data"}, {language.t("sheet.title"), "/sheet"}};
  const auto& proposal = work.reading.proposal;
  if (!proposal.columns.empty())
    page.summary = language.t("sheet.lead", {{"rows", std::int64_t(proposal.rows)},
                                             {"columns", std::int64_t(proposal.columns.size())}});
  page.view["said"] = said;
  SheetView(shown, file, work, page.view).show();
  page.view["has_take"] = work.preview && work.corrected.faults.empty();
  page.view["command"] = command_of(file, work.reading);
  page.view["ready"] = work.ready();
  const auto reason = why_not_import(request, site.allow_import);
  page.view["may_import"] = reason.empty();
  if (!reason.empty()) page.view["not_here"] = language.t("sheet.not_here", {{"reason", reason}});
  return site.pages->show(shown, page);
}

}  // namespace austral::web
