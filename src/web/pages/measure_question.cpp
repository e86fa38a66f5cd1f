// The question that all pages of measurement share: read from the address, said in words, asked by
// a form.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "review/names.hpp"
#include "web/pages/explore.hpp"
#include "web/pages/measure.hpp"

namespace austral::web {
namespace {

constexpr std::size_t few_partners = 40, most_partners = 250;

const std::vector<std::string>& measure_filters() {
  static const std::vector<std::string> names = {
      "sector", "goal", "framework", "publisher", "provider_in", "recipient_in", "modality"};
  return names;
}

bool is_of_question(const std::string& name) {
  const auto holds = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  return holds(measurement::choice_names()) || holds(measure_filters());
}

std::string partners_in_words(const std::vector<std::string>& codes, review::Names& names) {
  std::string words;
  for (const auto& code : codes) words += (words.empty() ? "" : ", ") + names.partner(code);
  return words;
}

std::string years_in_words(const measurement::FactQuestion& facts, const Language& language) {
  if (!facts.first_year) return language.t("measure.all_years");
  const auto first = std::to_string(*facts.first_year), last = std::to_string(*facts.last_year);
  return first == last ? first : first + "–" + last;
}

std::string kinds_value(const Measured& measured) {
  std::string value;
  for (const auto& kind : measured.asking.options.kinds) value += (value.empty() ? "" : ",") + kind;
  return value;
}

std::string kinds_in_words(const std::vector<std::string>& kinds, const Language& language) {
  std::string words;
  for (const auto& kind : kinds) {
    registry::ContributionKind known{};
    boost::describe::enum_from_string(kind.c_str(), known);
    words += (words.empty() ? "" : ", ") + review::kind_label(known, language);
  }
  return words;
}

/// The partners whom the register names on that side, and the one that is asked for.
View partner_field(const std::string& name, const std::string& chosen, const review::Found& found,
                   registry::Dimension dimension, review::Names& names, const Language& language) {
  const auto title = language.t("field." + name);
  auto counts = review::count_found(found, dimension, most_partners);
  std::erase_if(counts, [](const auto& one) { return one.value.empty(); });
  std::vector<std::string> codes{chosen};
  for (const auto& one : counts) codes.push_back(one.value);
  names.expect(codes);
  std::vector<std::pair<std::string, std::string>> partners;
  for (const auto& one : counts)
    partners.emplace_back(names.value(dimension, one.value), one.value);
  std::sort(partners.begin(), partners.end());
  const bool is_known = std::any_of(partners.begin(), partners.end(),
                                    [&](const auto& one) { return one.second == chosen; });
  if (partners.size() > few_partners || (!chosen.empty() && !is_known)) {
    auto view = make_input(name, title, chosen.empty() ? "" : names.value(dimension, chosen),
                           language.t("measure.partner.hint"));
    boost::json::array list;
    for (const auto& one : partners) list.emplace_back(one.first);
    view["has_suggestions"] = true;
    view["suggestions"] = std::move(list);
    return view;
  }
  std::vector<Option> options{{"", language.t("measure.all_partners"), ""}};
  for (const auto& [text, code] : partners) options.push_back({code, text, ""});
  return make_select(name, title, options, chosen);
}

View kinds_field(const Measured& measured, const Language& language) {
  const auto chosen = kinds_value(measured);
  std::vector<Option> options{
      {"",
       language.t("measure.kinds.own",
                  {{"kinds", kinds_in_words(measured.rules->kinds, language)}}),
       ""}};
  for (const auto* kinds : {"disbursement,expenditure", "commitment", "budget"}) {
    std::vector<std::string> parts;
    for (const auto part : split(kinds, ',')) parts.emplace_back(part);
    options.push_back({kinds, kinds_in_words(parts, language), ""});
  }
  const bool is_known = std::any_of(options.begin(), options.end(),
                                    [&](const Option& one) { return one.value == chosen; });
  if (!is_known) options.push_back({chosen, chosen, ""});
  return make_select("kinds", language.t("measure.field.kinds"), options, chosen);
}

View perspective_field(const Measured& measured, const Language& language) {
  std::vector<Option> options;
  for (const auto* side : {"reconciled", "provider", "recipient"})
    options.push_back({side == std::string("reconciled") ? "" : side,
                       language.t(std::string("measure.side.") + side), ""});
  const std::string chosen =
      boost::describe::enum_to_string(measured.asking.options.side, "reconciled");
  return make_select("perspective", language.t("measure.field.perspective"), options,
                     chosen == "reconciled" ? "" : chosen);
}

View method_field(const Measured& measured, const Language& language) {
  const auto& rules = *measured.rules;
  std::vector<Option> options{{"", language.t("measure.method.own"), ""}};
  std::vector<bool> used(rules.methods.size());
  for (const auto& item : rules.items)
    for (const auto method : item.methods) used[method] = true;
  for (std::size_t n = 0; n < rules.methods.size(); ++n)
    if (used[n])
      options.push_back(
          {rules.methods[n].id,
           rules.methods[n].id + " · " +
               std::string(measurement::pick(rules.methods[n].title, language.code())),
           ""});
  return make_select("method", language.t("measure.field.method"), options,
                     measured.asking.options.method.value_or(""));
}

std::string asked_years(const measurement::FactQuestion& facts) {
  if (!facts.first_year) return {};
  const auto first = std::to_string(*facts.first_year), last = std::to_string(*facts.last_year);
  return first == last ? first : first + "-" + last;
}

}  // namespace

std::string Measured::link(const std::string& path, const Fields& more) const {
  return link_with(path, question, more);
}

Measured measure_for(const Site& site, store::Database& database, const Request& request,
                     const std::string& rules) {
  Measured measured;
  for (const auto& [name, value] : request.query) {
    if (!is_of_question(name) || value.empty()) continue;
    measurement::add_choice(measured.asking, name, value);
    measured.question.emplace_back(name, value);
  }
  measured.named = rules.empty() ? measured.asking.methodology : rules;
  measured.rules = measurement::get_methodology(database, measured.named);
  measured.answer = site.measures->answer(database, measured.asking, measured.rules);
  const auto is_empty = [](const measurement::Answer& answer) {
    return answer.valued.empty() && answer.counted.empty();
  };
  if (!measured.question.empty() || !is_empty(*measured.answer)) return measured;
  auto other = measured.asking;
  other.options.kinds = {"commitment"};
  auto committed = site.measures->answer(database, other, measured.rules);
  if (is_empty(*committed)) return measured;
  measured.asking = std::move(other);
  measured.answer = std::move(committed);
  measured.question.emplace_back("kinds", "commitment");
  measured.of_commitments = true;
  return measured;
}

std::string describe_measuring(const Measured& measured, store::Database& database,
                               const Language& language) {
  const auto& asking = measured.asking;
  review::Names names(database, language.code());
  const auto& kinds = asking.options.kinds.empty() ? measured.rules->kinds : asking.options.kinds;
  const auto providers = partners_in_words(asking.facts.providers, names);
  const auto recipients = partners_in_words(asking.facts.recipients, names);
  const std::string who = providers.empty() && recipients.empty() ? "all"
                          : recipients.empty()                    ? "from"
                          : providers.empty()                     ? "to"
                                                                  : "both";
  return language.t("measure.question",
                    {{"who", language.t("measure.who." + who,
                                        {{"provider", providers}, {"recipient", recipients}})},
                     {"years", years_in_words(asking.facts, language)},
                     {"kinds", kinds_in_words(kinds, language)}});
}

View methodology_field(store::Database& database, const std::string& name,
                       const measurement::Methodology* chosen, const Language& language) {
  const auto all = measurement::list_methodologies(database);
  std::vector<Option> options;
  std::string value;
  for (std::size_t n = 0; n < all.size(); ++n) {
    const auto& one = all[n];
    const bool is_newest = n + 1 == all.size() || all[n + 1].name != one.name;
    std::string text(measurement::pick(one.title, language.code()));
    if (!is_newest) text += " · " + one.version;
    options.push_back({is_newest ? one.name : one.name + "@" + one.version, text, ""});
    if (chosen && chosen->name == one.name && chosen->version == one.version)
      value = options.back().value;
  }
  return make_select(name, language.t("measure.field." + name), options, value);
}

boost::json::array measure_fields(const Site& site, const Measured& measured,
                                  store::Database& database, const Language& language) {
  const auto& facts = measured.asking.facts;
  const auto first = [](const std::vector<std::string>& values) {
    return values.empty() ? std::string() : values.front();
  };
  Exploring everything;
  const auto found = find_for(site, database, everything, language.code());
  review::Names names(database, language.code());
  return {partner_field("provider", first(facts.providers), found, registry::Dimension::provider,
                        names, language),
          partner_field("recipient", first(facts.recipients), found, registry::Dimension::recipient,
                        names, language),
          make_input("year", language.t("measure.field.year"), asked_years(facts),
                     language.t("measure.field.year.hint")),
          kinds_field(measured, language),
          perspective_field(measured, language),
          method_field(measured, language),
          make_input("price_year", language.t("measure.field.price_year"),
                     measured.asking.options.price_year
                         ? std::to_string(*measured.asking.options.price_year)
                         : "",
                     language.t("measure.field.price_year.hint"))};
}

boost::json::array kept_fields(const Measured& measured, const std::vector<std::string>& asked) {
  boost::json::array kept;
  for (const auto& [name, value] : measured.question)
    if (std::find(asked.begin(), asked.end(), name) == asked.end())
      kept.push_back(View{{"name", name}, {"value", value}});
  return kept;
}

void name_partners(Table& table, store::Database& database, const Language& language) {
  review::Names names(database, language.code());
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    auto& shape = table.columns[column];
    if (shape.name != "provider" && shape.name != "recipient") continue;
    shape.kind = ColumnKind::text;
    std::vector<std::string> codes;
    for (const auto& row : table.rows)
      if (const auto* code = std::get_if<std::string>(&row[column])) codes.push_back(*code);
    names.expect(codes);
    for (auto& row : table.rows)
      if (auto* code = std::get_if<std::string>(&row[column]); code && !code->empty())
        *code = names.partner(*code);
  }
}

void drop_empty_columns(Table& table) {
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.rows.empty() ||
        std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
          const auto* text = std::get_if<std::string>(&row[i]);
          return text ? !text->empty() : !std::holds_alternative<std::monostate>(row[i]);
        }))
      kept.push_back(table.columns[i].name);
  table = select_columns(table, kept);
}

}  // namespace austral::web
