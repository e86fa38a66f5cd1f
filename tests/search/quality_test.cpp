// How well words find: Cranfield, XQuAD, names of SDG targets; the figures go to docs/search.md.
// Floors stand below what was measured, so that a change for the worse is seen.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <pugixml.hpp>
#include <sstream>

#include "base/text.hpp"
#include "base/tsv.hpp"
#include "codes/code_list.hpp"
#include "search/entry_index.hpp"
#include "search/evaluation.hpp"
#include "search/search.hpp"
#include "support/postgres.hpp"

namespace austral::search {
namespace {

namespace json = boost::json;
using namespace evaluation;

std::string data_file(const std::string& name) {
  const char* folder = std::getenv("AUSTRAL_DATA");
  if (!folder) return {};
  const std::string path = std::string(folder) + "/" + name;
  return std::filesystem::exists(path) ? path : std::string();
}

std::string read_all(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

#define NEED_DATA(variable, name)               \
  const std::string variable = data_file(name); \
  if (variable.empty()) GTEST_SKIP() << "AUSTRAL_DATA has no " << name

Rankings ask_all(const Index& index, const std::map<std::string, std::string>& questions,
                 const std::string& language, std::size_t limit) {
  Rankings rankings;
  for (const auto& [name, words] : questions)
    for (const auto& hit : index.find({words, language, 0, limit}).hits)
      rankings[name].push_back(std::to_string(hit.initiative));
  return rankings;
}

void say(const std::string& what, const Quality& quality) {
  std::printf("%-24s MAP %.4f  nDCG@10 %.4f  MRR %.4f  P@10 %.4f  (%zu queries)\n", what.c_str(),
              quality.map, quality.ndcg_10, quality.reciprocal_rank, quality.precision_10,
              quality.queries);
}

// Source: trec_eval's own test, known-answers/trec_out.test: map .1785, recip_rank .4064, ndcg
// .4021, ndcg_cut_10 .3016, P_10 .3000; ties by score, then document descending.
TEST(Evaluation, measures_as_trec_eval_does) {
  NEED_DATA(judged, "known-answers/trec_qrels.test");
  NEED_DATA(ranked, "known-answers/trec_results.test");
  Judgements judgements;
  Rankings rankings;
  std::string query, unused, document, gain, rank, score;
  std::ifstream judging(judged), ranking(ranked);
  while (judging >> query >> unused >> document >> gain)
    judgements[query][document] = std::stoi(gain);
  std::map<std::string, std::vector<std::pair<float, std::string>>> scored;
  while (ranking >> query >> unused >> document >> rank >> score >> unused)
    scored[query].emplace_back(std::stof(score), document);
  for (auto& [name, list] : scored) {
    std::sort(list.rbegin(), list.rend());
    for (const auto& [value, one] : list) rankings[name].push_back(one);
  }
  const auto quality = measure(rankings, judgements);
  EXPECT_EQ(quality.queries, 3u);
  EXPECT_NEAR(quality.map, 0.1785, 0.00005);
  EXPECT_NEAR(quality.reciprocal_rank, 0.4064, 0.00005);
  EXPECT_NEAR(quality.precision_10, 0.3000, 0.00005);
  EXPECT_NEAR(quality.ndcg_10, 0.3016, 0.00005);
  EXPECT_NEAR(quality.ndcg, 0.4021, 0.00005);
}

// Source: the reference figures are those of plain BM25 without stems on the same copy of the
// collection: MAP .2774, nDCG@10 .3596.
TEST(Quality, Cranfield) {
  NEED_DATA(documents, "text/cranfield/cran.all.1400.xml");
  NEED_DATA(questions, "text/cranfield/cran.qry.xml");
  NEED_DATA(judged, "text/cranfield/cranqrel.trec.txt");
  pugi::xml_document all, asked;
  const std::string wrapped = "<all>" + read_all(documents) + "</all>";
  ASSERT_TRUE(all.load_string(wrapped.c_str()));
  ASSERT_TRUE(asked.load_file(questions.c_str()));
  std::vector<Entry> entries;
  for (const auto root : all.children())
    for (const auto doc : root.children("doc")) {
      Entry entry;
      entry.key = doc.child("docno").text().as_int();
      entry.titles = {{"en", doc.child_value("title")}};
      entry.texts = {{"en", doc.child_value("text")}};
      entries.push_back(std::move(entry));
    }
  ASSERT_EQ(entries.size(), 1400u);
  std::map<std::string, std::string> queries;  // judgements number them by position
  for (const auto top : asked.document_element().children("top"))
    queries[std::to_string(queries.size() + 1)] = top.child_value("title");
  ASSERT_EQ(queries.size(), 225u);
  Judgements judgements;
  std::string query, unused, document, gain;
  std::ifstream judging(judged);
  while (judging >> query >> unused >> document >> gain)
    judgements[query][document] = std::stoi(gain);
  const testing::TemporaryFolder folder;
  write_index(folder.file("index"), entries);
  const Index index(folder.file("index"));
  const auto quality = measure(ask_all(index, queries, "en", 1000), judgements);
  say("Cranfield", quality);
  EXPECT_GE(quality.map, 0.2774);
  EXPECT_GE(quality.ndcg_10, 0.3596);
}

/// The paragraphs of XQuAD and the questions about each.
struct Paragraphs {
  std::vector<std::string> texts;
  std::vector<std::pair<std::string, std::size_t>> questions;
};

Paragraphs read_paragraphs(const std::string& path) {
  Paragraphs all;
  const auto root = json::parse(read_all(path));
  for (const auto& article : root.at("data").as_array())
    for (const auto& paragraph : article.at("paragraphs").as_array()) {
      for (const auto& question : paragraph.at("qas").as_array())
        all.questions.emplace_back(std::string(question.at("question").as_string()),
                                   all.texts.size());
      all.texts.emplace_back(paragraph.at("context").as_string());
    }
  return all;
}

std::pair<double, double> recall(const Index& index, const Paragraphs& asked,
                                 const std::string& language) {
  std::size_t first = 0, ten = 0;
  for (const auto& [question, paragraph] : asked.questions) {
    const auto hits = index.find({question, language, 0, 10}).hits;
    for (std::size_t i = 0; i < hits.size(); ++i)
      if (hits[i].initiative == std::int64_t(paragraph) + 1) {
        ++ten;
        if (i == 0) ++first;
      }
  }
  const double all = double(asked.questions.size());
  return {double(first) / all, double(ten) / all};
}

TEST(Quality, XQuAD) {
  // Floors of recall@10 in the same language, below what was measured.
  const std::vector<std::pair<std::string, double>> floors = {
      {"en", 0.9}, {"es", 0.9}, {"ru", 0.9}, {"ar", 0.85}, {"zh", 0.85}};
  std::map<std::string, Paragraphs> all;
  for (const auto& [language, floor] : floors) {
    NEED_DATA(path, "text/xquad/xquad." + language + ".json");
    all[language] = read_paragraphs(path);
    ASSERT_EQ(all[language].texts.size(), 240u);
    ASSERT_EQ(all[language].questions.size(), 1190u);
  }
  const testing::TemporaryFolder folder;
  for (const auto& [language, floor] : floors) {
    std::vector<Entry> entries;
    for (const auto& text : all[language].texts) {
      Entry entry;
      entry.key = std::int64_t(entries.size()) + 1;
      entry.texts = {{language, text}};
      entries.push_back(std::move(entry));
    }
    write_index(folder.file(language), entries);
    const Index index(folder.file(language));
    for (const auto& [asked, ignored] : floors) {
      const auto [first, ten] = recall(index, all[asked], asked);
      std::printf("XQuAD %s asked in %s: recall@1 %.3f, recall@10 %.3f\n", language.c_str(),
                  asked.c_str(), first, ten);
      if (asked == language) {
        EXPECT_GE(ten, floor) << language;
      }
    }
  }
}

// Label transfer: who asks with a target's name must find what is coded with it, though no word of
// the text is in their language. No measure of relevance.
TEST(Quality, names_of_targets_find_what_is_coded_with_them) {
  std::vector<Entry> entries;
  std::map<std::int64_t, std::string> targets;
  for (const auto& code : codes::get_list("target").all())
    for (int i = 0; i < 3; ++i) {
      Entry entry;
      entry.key = std::int64_t(entries.size()) + 1;
      entry.titles = {{"en", "Project " + std::to_string(entry.key)}};
      entry.facets = {
          {registry::Dimension::target, std::string(code.code)},
          {registry::Dimension::goal, std::string(code.code.substr(0, code.code.find('.')))}};
      targets[entry.key] = code.code;
      entries.push_back(std::move(entry));
    }
  const testing::TemporaryFolder folder;
  write_index(folder.file("index"), entries);
  const Index index(folder.file("index"));
  const auto measure_recall = [&](const std::string& target, const std::string& words,
                                  const std::string& language) {
    int found = 0;
    for (const auto& hit : index.find({words, language, 0, 20}).hits)
      found += targets[hit.initiative] == target;
    return found / 3.0;
  };
  const std::vector<std::pair<std::string, std::string>> languages = {
      {"ar", "ar"}, {"en", "en"}, {"es", "es"}, {"fr", "fr"}, {"ru", "ru"}, {"zh-Hans", "zh"}};
  for (const auto& [folder_name, language] : languages) {
    NEED_DATA(path, "reference/open-sdg+sdg-translations/translations/" + folder_name +
                        "/global_targets.yml");
    double sum = 0;
    int asked = 0;
    const auto names = YAML::LoadFile(path);
    for (const auto& one : codes::get_list("target").all()) {
      std::string key(one.code);
      std::replace(key.begin(), key.end(), '.', '-');
      sum +=
          measure_recall(std::string(one.code), names[key + "-title"].as<std::string>(), language);
      ++asked;
    }
    std::printf("targets asked in %s: recall@20 %.3f (%d names)\n", language.c_str(), sum / asked,
                asked);
    EXPECT_EQ(asked, 169);
    EXPECT_GE(sum / asked, 0.9) << language;
  }
}

}  // namespace
}  // namespace austral::search
