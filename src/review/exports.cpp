// Walks initiatives batch by batch and makes the rows of a download.
#include "review/exports.hpp"

#include <algorithm>
#include <set>

#include "base/date.hpp"
#include "base/error.hpp"
#include "registry/export_store.hpp"
#include "registry/record_store.hpp"
#include "review/export_rows.hpp"
#include "review/report_rows.hpp"
#include "store/journal.hpp"

namespace austral::review {
namespace {

constexpr std::size_t initiatives_a_batch = 256;
constexpr std::size_t parts_a_batch = 4096;
constexpr std::size_t batches_a_memory = 64;  // names are then looked up anew, to bound them

bool has_grain(std::string_view grains, Grain grain) {
  return grains.find("icp"[int(grain)]) != std::string_view::npos;
}

Column column_of_maker(const ColumnMaker& maker, const Language& words) {
  const std::string key = "column.export." + std::string(maker.name);
  Column column{std::string(maker.name), words.t(key), maker.kind, std::string(maker.unit), ""};
  if (words.has(key + ".what")) column.definition = words.t(key + ".what");
  return column;
}

std::vector<const ColumnMaker*> choose_columns(const ExportQuestion& question) {
  std::vector<const ColumnMaker*> chosen;
  if (question.columns.empty()) {
    for (const auto& maker : column_makers())
      if (has_grain(maker.defaults, question.grain)) chosen.push_back(&maker);
    return chosen;
  }
  for (const auto& name : question.columns) {
    std::string known;
    const ColumnMaker* found = nullptr;
    for (const auto& maker : column_makers()) {
      if (!has_grain(maker.grains, question.grain)) continue;
      if (maker.name == name) found = &maker;
      known += (known.empty() ? "" : ", ") + std::string(maker.name);
    }
    if (!found)
      throw Error(Kind::invalid, "there is no column '" + name + "' at the grain " +
                                     boost::describe::enum_to_string(question.grain, "") +
                                     "; there are: " + known);
    if (std::find(chosen.begin(), chosen.end(), found) == chosen.end()) chosen.push_back(found);
  }
  return chosen;
}

/// One download under way: its snapshot, what is still to do, and the batch at hand.
class Export {
 public:
  Export(std::shared_ptr<store::Database> database, const ExportQuestion& question,
         const KeyFinder& find_keys)
      : database_(std::move(database)),
        question_(question),
        words_(get_language(question.language)),
        makers_(choose_columns(question)) {
    database_->begin_reading();
    try {
      revision_ = store::revision_of(*database_);
      keys_ = find_keys(*database_);
    } catch (...) {
      database_->roll_back();
      throw;
    }
  }
  Export(const Export&) = delete;
  Export& operator=(const Export&) = delete;
  ~Export() { end(); }

  Table head() const {
    const std::string grain = boost::describe::enum_to_string(question_.grain, "");
    Table table;
    table.name = grain + "s";
    table.title = words_.t("export." + grain + ".title");
    table.definition = words_.t("export." + grain + ".definition");
    table.source = words_.t("report.initiatives.source");
    table.licence = words_.t("footer.licence_text");
    table.revision = std::to_string(revision_);
    table.query = question_.query.empty() ? words_.t("export.everything") : question_.query;
    table.query_url = question_.query_url;
    table.made = to_timestamp(now_milliseconds());
    table.notes = {words_.t("export.several")};
    for (const auto* maker : makers_) table.columns.push_back(column_of_maker(*maker, words_));
    if (question_.grain == Grain::initiative) table.total_rows = keys_.size();
    return table;
  }

  bool next(std::vector<std::vector<Cell>>& rows) {
    if (!database_) return false;
    if (at_ == batch_.size() && !take_batch()) {
      end();
      return false;
    }
    if (question_.grain == Grain::contribution)
      add_parts(rows);
    else
      for (; at_ < batch_.size(); ++at_) add_rows(rows, batch_[at_]);
    return true;
  }

 private:
  void end() {
    if (!database_) return;
    names_.reset();
    database_->roll_back();
    database_.reset();
  }

  bool take_batch() {
    if (place_ == keys_.size()) return false;
    const auto to = std::min(keys_.size(), place_ + initiatives_a_batch);
    const std::vector<std::int64_t> some(keys_.begin() + std::ptrdiff_t(place_),
                                         keys_.begin() + std::ptrdiff_t(to));
    place_ = to;
    if (batches_++ % batches_a_memory == 0)
      names_ = std::make_unique<Names>(*database_, question_.language);
    batch_ = registry::list_exported(*database_, some);
    at_ = 0;
    expect_names();
    if (question_.grain == Grain::contribution) counts_ = registry::count_parts(*database_, some);
    return true;
  }

  // What a batch names is looked up together.
  void expect_names() {
    std::set<std::string> organizations, partners;
    for (const auto& one : batch_) {
      partners.insert(one.line.publisher);
      for (const auto& facet : one.facets) {
        if (facet.dimension == registry::Dimension::provider ||
            facet.dimension == registry::Dimension::facilitator)
          partners.insert(facet.value);
        if (facet.dimension == registry::Dimension::organization) organizations.insert(facet.value);
      }
    }
    if (question_.grain == Grain::participation) {
      organizations_ = registry::list_organizations_named(
          *database_, {organizations.begin(), organizations.end()});
      partners.insert(organizations.begin(), organizations.end());
    }
    names_->expect({partners.begin(), partners.end()});
  }

  RowFacts facts_of(const registry::ExportedInitiative& one) {
    RowFacts facts;
    facts.initiative = &one;
    facts.names = names_.get();
    facts.words = &words_;
    facts.site = &question_.site;
    facts.dates = find_dates(one.line.lead);
    return facts;
  }

  // Planned and actual dates stand in the record itself, which is read only when they are asked.
  const std::vector<registry::LifeDate>* find_dates(std::int64_t record) {
    static constexpr std::string_view asked[] = {"planned_start", "actual_start", "planned_end",
                                                 "actual_end"};
    const bool wanted = std::any_of(makers_.begin(), makers_.end(), [](const auto* maker) {
      return std::find(std::begin(asked), std::end(asked), maker->name) != std::end(asked);
    });
    if (!wanted) return nullptr;
    if (dates_of_ != record) {
      dates_ = registry::get_record(*database_, record).dates;
      dates_of_ = record;
    }
    return &dates_;
  }

  void add_row(std::vector<std::vector<Cell>>& rows, const RowFacts& facts) const {
    auto& row = rows.emplace_back();
    row.reserve(makers_.size());
    for (const auto* maker : makers_) row.push_back(maker->make(facts));
  }

  void add_rows(std::vector<std::vector<Cell>>& rows, const registry::ExportedInitiative& one) {
    auto facts = facts_of(one);
    if (question_.grain == Grain::initiative) {
      add_row(rows, facts);
      return;
    }
    for (const auto& participation : list_participations(one)) {
      const auto found = organizations_.find(participation.organization);
      facts.participation = &participation;
      facts.organization = found == organizations_.end() ? nullptr : &found->second;
      add_row(rows, facts);
    }
  }

  std::size_t count_of(std::int64_t key) const {
    const auto found = counts_.find(key);
    return found == counts_.end() ? 0 : found->second;
  }

  // As many initiatives as make one batch of parts; one that has more gives them bit by bit.
  void add_parts(std::vector<std::vector<Cell>>& rows) {
    const std::int64_t first = batch_[at_].line.key;
    if (count_of(first) > parts_a_batch) {
      const auto parts =
          registry::list_parts_after(*database_, first, last_ ? &*last_ : nullptr, parts_a_batch);
      add_part_rows(rows, batch_[at_], parts);
      if (parts.size() == parts_a_batch) {
        last_ = parts.back();
      } else {
        last_.reset();
        ++at_;
      }
      return;
    }
    std::vector<std::int64_t> keys;
    std::size_t sum = 0;
    const std::size_t from = at_;
    for (; at_ < batch_.size() && sum + count_of(batch_[at_].line.key) <= parts_a_batch; ++at_) {
      sum += count_of(batch_[at_].line.key);
      keys.push_back(batch_[at_].line.key);
    }
    std::unordered_map<std::int64_t, std::vector<registry::ExportedPart>> by_key;
    for (auto& part : registry::list_parts(*database_, keys))
      by_key[part.initiative].push_back(std::move(part));
    for (std::size_t i = from; i < at_; ++i)
      if (const auto found = by_key.find(batch_[i].line.key); found != by_key.end())
        add_part_rows(rows, batch_[i], found->second);
  }

  void add_part_rows(std::vector<std::vector<Cell>>& rows, const registry::ExportedInitiative& one,
                     const std::vector<registry::ExportedPart>& parts) {
    auto facts = facts_of(one);
    for (const auto& part : parts) {
      facts.part = &part;
      add_row(rows, facts);
    }
  }

  std::shared_ptr<store::Database> database_;
  ExportQuestion question_;
  const Language& words_;
  std::vector<const ColumnMaker*> makers_;
  std::int64_t revision_ = 0;
  std::vector<std::int64_t> keys_;
  std::size_t place_ = 0, batches_ = 0, at_ = 0;
  std::unique_ptr<Names> names_;
  std::vector<registry::ExportedInitiative> batch_;
  std::unordered_map<std::string, registry::OrganizationLine> organizations_;
  std::unordered_map<std::int64_t, std::size_t> counts_;
  std::optional<registry::ExportedPart> last_;
  std::vector<registry::LifeDate> dates_;
  std::int64_t dates_of_ = 0;
};

}  // namespace

Grain parse_grain(std::string_view name) {
  Grain grain{};
  if (boost::describe::enum_from_string(std::string(name).c_str(), grain)) return grain;
  throw Error(Kind::invalid, "'" + std::string(name) +
                                 "' is no grain; use initiative, contribution or participation");
}

std::vector<ExportColumn> export_columns(Grain grain, const std::string& language) {
  std::vector<ExportColumn> columns;
  for (const auto& maker : column_makers())
    if (has_grain(maker.grains, grain))
      columns.push_back(
          {column_of_maker(maker, get_language(language)), has_grain(maker.defaults, grain)});
  return columns;
}

TableStream export_initiatives(std::shared_ptr<store::Database> database,
                               const ExportQuestion& question, const KeyFinder& find_keys) {
  const auto one = std::make_shared<Export>(std::move(database), question, find_keys);
  return {one->head(), [one](std::vector<std::vector<Cell>>& rows) { return one->next(rows); }};
}

std::string describe_search(store::Database& database, const registry::Question& question,
                            const std::string& language) {
  const auto& words = get_language(language);
  Names names(database, language);
  std::string text;
  const auto add = [&](const std::string& title, const std::string& value) {
    text += (text.empty() ? "" : "; ") + title + ": " + value;
  };
  if (!question.words.empty()) add(words.t("field.words"), question.words);
  for (const auto& filter : question.filters) {
    const std::string name = boost::describe::enum_to_string(filter.dimension, "");
    const std::string key = "field." + name;
    add(words.has(key) ? words.t(key) : name, names.value(filter.dimension, filter.value));
  }
  return text;
}

}  // namespace austral::review
