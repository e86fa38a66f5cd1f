// Collects the names of codes from the code lists, ICU and our own table of everyday names.
#include "search/concept_names.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/catalogue.hpp"
#include "base/text.hpp"
#include "base/tsv.hpp"
#include "codes/code_list.hpp"
#include "codes/country.hpp"
#include "codes/grouping.hpp"
#include "search/analyser.hpp"
#include "search/document.hpp"
#include "search/question.hpp"

namespace austral::search {
namespace {

using registry::Dimension;

void add_country_terms(std::vector<std::string>& terms, std::string_view alpha2) {
  for (const auto dimension : {Dimension::provider, Dimension::recipient, Dimension::facilitator})
    terms.push_back(code_term(dimension, alpha2));
}

class Collecting {
 public:
  ConceptNames collect() {
    add_countries();
    add_regions();
    add_list("purpose", Dimension::purpose);
    add_list("category", Dimension::category);
    add_list("goal", Dimension::goal);
    add_list("target", Dimension::target);
    add_list("critical-area", Dimension::critical_area);
    add_list("aid-type", Dimension::modality);
    add_list("marker", Dimension::marker);
    add_blocks();
    add_groupings();
    add_organizations();
    add_own();
    add_target_words();
    weigh();
    return std::move(all_);
  }

 private:
  std::size_t concept_of(Dimension dimension, std::string_view code, const auto& make_terms) {
    const auto [place, is_new] =
        places_.try_emplace({int(dimension), std::string(code)}, all_.concepts.size());
    if (is_new) {
      Concept one{dimension, std::string(code), {}};
      make_terms(one.terms);
      all_.concepts.push_back(std::move(one));
    }
    return place->second;
  }
  std::size_t concept_of(Dimension dimension, std::string_view code) {
    return concept_of(dimension, code, [&](std::vector<std::string>& terms) {
      terms.push_back(code_term(dimension, code));
      if (dimension == Dimension::category && code.ends_with('0'))  // 230 gathers 231 to 236
        for (const auto& other : codes::get_list("category").all())
          if (other.code != code && other.code.substr(0, 2) == code.substr(0, 2))
            terms.push_back(code_term(dimension, other.code));
      if (dimension == Dimension::organization && is_digit(code.front()))
        terms.push_back(code_term(dimension, "XM-DAC-" + std::string(code)));
    });
  }

  void add_name(std::size_t owner, std::string_view language, std::string_view text) {
    ConceptName name;
    name.owner = owner;
    name.language = language;
    name.folded = fold(text);
    std::vector<std::string> weak;
    analyser().read(text, language, [&](const Word& word) {
      auto& into = is_weak(word.folded, language) ? weak : name.stems;
      if (std::find(into.begin(), into.end(), word.term) == into.end())
        into.emplace_back(word.term);
    });
    if (name.stems.empty()) name.stems = std::move(weak);
    if (name.stems.empty()) return;
    if (!seen_.insert(std::to_string(owner) + "|" + name.language + "|" + name.folded).second)
      return;
    all_.names.push_back(std::move(name));
  }

  void add_countries() {
    for (const auto& country : codes::all_countries()) {
      const auto owner = concept_of(
          Dimension::recipient, country.alpha2,
          [&](std::vector<std::string>& terms) { add_country_terms(terms, country.alpha2); });
      for (const auto& language : catalogue_languages())
        add_name(owner, language, codes::country_name(country.alpha2, language));
    }
    const TsvTable table = read_embedded_table("data/codes/country_names.tsv");
    const auto code = table.column("country"), name = table.column("name");
    for (const auto row : table.rows())
      if (const auto found = places_.find({int(Dimension::recipient), std::string(row[code])});
          found != places_.end())
        add_name(found->second, language_of_script(row[name]), row[name]);
  }

  /// The table of countries' names does not say languages; weak words are told by them.
  static std::string_view language_of_script(std::string_view name) {
    return split_han(name).empty() ? "en" : "zh";
  }

  void add_regions() {
    for (const char* vocabulary : {"m49", "dac"})
      for (const auto& region : codes::get_list(std::string("region-") + vocabulary).all()) {
        if (region.code == "001" || region.code == "998") continue;
        const auto value = std::string(vocabulary) + ":" + std::string(region.code);
        const auto owner =
            concept_of(Dimension::region, value, [&](std::vector<std::string>& terms) {
              terms.push_back(code_term(Dimension::region, value));
              for (const auto& country : codes::all_countries())
                if (std::string_view(vocabulary) == "m49" &&
                    (country.region == region.code || country.subregion == region.code))
                  add_country_terms(terms, country.alpha2);
            });
        for (const auto& [language, label] : region.labels)
          if (!label.empty()) add_name(owner, language, label);
      }
  }

  void add_list(std::string_view list, Dimension dimension) {
    for (const auto& code : codes::get_list(list).all()) {
      const auto owner = concept_of(dimension, code.code);
      for (const auto& [language, label] : code.labels)
        if (!label.empty()) add_name(owner, language, label);
    }
  }

  std::size_t block_of(std::string_view block) {
    return concept_of(Dimension::category, block, [&](std::vector<std::string>& terms) {
      for (const auto& category : codes::get_list("category").all())
        if (category.parent == block)
          terms.push_back(code_term(Dimension::category, category.code));
    });
  }
  void add_blocks() {
    for (const auto& block : codes::get_list("block").all())
      if (places_.find({int(Dimension::category), std::string(block.code)}) == places_.end())
        for (const auto& [language, label] : block.labels)
          if (!label.empty()) add_name(block_of(block.code), language, label);
  }

  std::size_t grouping_of(std::string_view code) {
    return concept_of(Dimension::none, code, [&](std::vector<std::string>& terms) {
      std::set<std::string_view> countries;
      for (const auto& member : codes::members_of(code)) countries.insert(member.country);
      for (const auto country : countries) add_country_terms(terms, country);
    });
  }
  void add_groupings() {
    for (const auto& grouping : codes::all_groupings())
      add_name(grouping_of(grouping.code), "en", grouping.label);
  }

  void add_organizations() {
    const TsvTable table = read_embedded_table("data/codes/organizations.tsv");
    const auto ref = table.column("ref"), label = table.column("label");
    for (const auto row : table.rows())
      if (analyser().terms_of(row[label], "en").size() > 1)
        add_name(concept_of(Dimension::organization, row[ref]), "en", row[label]);
  }

  void add_own() {
    const TsvTable table = read_embedded_table("data/search/concept_names.tsv");
    const auto kind = table.column("dimension"), code = table.column("code");
    for (const auto row : table.rows()) {
      const std::size_t owner = row[kind] == "grouping" ? grouping_of(row[code])
                                : row[kind] == "block"
                                    ? block_of(row[code])
                                    : concept_of(registry::parse_dimension(row[kind]), row[code]);
      for (const auto& language : catalogue_languages())
        for (const auto name : split(row[table.column(language)], '|'))
          if (!name.empty()) add_name(owner, language, name);
    }
  }

  void add_target_words() {
    const TsvTable table = read_embedded_table("data/search/target_words.tsv");
    const auto code = table.column("code"), language = table.column("language"),
               words = table.column("words");
    for (const auto row : table.rows())
      add_name(concept_of(Dimension::target, row[code]), row[language], row[words]);
  }

  void weigh() {
    std::unordered_map<std::string, std::set<std::size_t>> owners;
    for (std::size_t i = 0; i < all_.names.size(); ++i) {
      for (const auto& stem : all_.names[i].stems) {
        owners[stem].insert(all_.names[i].owner);
        all_.by_stem[stem].push_back(i);
      }
      if (all_.names[i].language == "zh") all_.chinese.push_back(i);
    }
    for (const auto& [stem, holding] : owners)
      all_.weights[stem] = std::log(1 + double(all_.concepts.size()) / double(holding.size()));
    for (auto& name : all_.names)
      for (const auto& stem : name.stems) name.weight += all_.weights[stem];
  }

  ConceptNames all_;
  std::map<std::pair<int, std::string>, std::size_t> places_;
  std::set<std::string> seen_;
};

}  // namespace

const ConceptNames& concept_names() {
  static const ConceptNames all = Collecting().collect();
  return all;
}

}  // namespace austral::search
