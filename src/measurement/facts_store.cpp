// SQL that reads contributions as facts.
#include <algorithm>
#include <exception>
#include <thread>

#include "base/error.hpp"
#include "base/text.hpp"
#include "measurement/facts.hpp"
#include "measurement/grant_element.hpp"
#include "registry/detail.hpp"
#include "registry/fact_store.hpp"
#include "registry/scope_store.hpp"
#include "registry/statement.hpp"
#include "store/journal.hpp"

namespace austral::measurement {
namespace {

using registry::Framework;
using registry::Statement;
using store::Row;

/// Initiatives and their frameworks, ascending.
using Frameworks = std::vector<std::pair<std::int64_t, Framework>>;

/// From the narrow rows of facets, which are a fraction of what initiatives' own rows are.
Frameworks read_frameworks(store::Database& database, const FactQuestion& question) {
  Frameworks all;
  Statement statement;
  statement.text("SELECT f.value, f.initiative FROM facet f WHERE f.dim = ")
      .value(std::int64_t(registry::Dimension::framework));
  registry::add_scope(statement, "f.initiative", question.filters);
  std::string last;
  Framework framework = Framework::other;
  database.read(statement.sql(), statement.values(), [&](const Row& row) {
    if (const auto name = row.text(0); name != last) {
      last = name;
      framework = registry::parse_framework(name);
    }
    all.emplace_back(row.integer(1), framework);
    return true;
  });
  std::sort(all.begin(), all.end());
  return all;
}

void add_partners(Statement& statement, std::string_view column,
                  const std::vector<std::string>& partners) {
  if (partners.empty()) return;
  statement.text(" AND ").text(column).text(" IN (");
  for (std::size_t i = 0; i < partners.size(); ++i) {
    if (i > 0) statement.text(", ");
    statement.value(std::string_view(partners[i]));
  }
  statement.text(")");
}

Statement select_facts(const FactQuestion& question, const registry::KeySpan& span) {
  Statement statement;
  statement.text(
      "SELECT c.initiative, c.record, c.n, c.part, c.kind, c.counted, c.sides, c.superseded, "
      "c.day, c.provider, c.recipient, c.scale, c.amount, c.whole, c.unit, c.modality, "
      "c.finance_type, c.flow_type, c.collaboration, c.details FROM contribution c WHERE 1 = 1");
  if (span.first) statement.text(" AND c.initiative >= ").value(*span.first);
  if (span.last) statement.text(" AND c.initiative <= ").value(*span.last);
  if (question.first_year)
    statement.text(" AND c.year >= ").value(std::int64_t(*question.first_year));
  if (question.last_year)
    statement.text(" AND c.year <= ").value(std::int64_t(*question.last_year));
  add_partners(statement, "c.provider", question.providers);
  add_partners(statement, "c.recipient", question.recipients);
  registry::add_scope(statement, "c.initiative", question.filters);
  statement.text(" ORDER BY c.initiative, c.record, c.n, c.part");
  return statement;
}

/// What one connection reads: rows in blocks, so that growing never copies them.
class FactReading {
 public:
  explicit FactReading(const Frameworks& frameworks) : frameworks_(frameworks) {}

  void read(store::Database& database, const FactQuestion& question,
            const registry::KeySpan& span) {
    const auto statement = select_facts(question, span);
    if (span.first)
      at_ = std::lower_bound(frameworks_.begin(), frameworks_.end(),
                             std::pair(*span.first, Framework{}));
    database.read(statement.sql(), statement.values(), [&](const Row& row) {
      take(row);
      return true;
    });
  }

  std::size_t size() const {
    return blocks_.empty() ? 0 : (blocks_.size() - 1) * block_size + blocks_.back().size();
  }
  /// Appends what was read, with numbers of `facts`; what is appended is given back at once.
  void move_to(Facts& facts, std::unordered_map<std::string, std::uint32_t>& numbers);

 private:
  static constexpr std::size_t block_size = 1 << 16;

  void take(const Row& row);
  std::uint32_t number_of(const Row& row, std::uint8_t kind);
  std::uint32_t partner_of(std::string_view code, std::pair<std::string, std::uint32_t>& last);
  void take_day(std::string_view text, Fact& fact);

  const Frameworks& frameworks_;
  Frameworks::const_iterator at_ = frameworks_.begin();
  std::vector<std::vector<Fact>> blocks_;
  std::vector<Trait> traits_;
  Words partners_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  // of traits, by all that makes them
  std::vector<const std::string*> keys_;                    // of traits_
  std::string key_;
  std::pair<std::string, std::uint32_t> last_trait_{"", 0}, last_provider_{"", 0},
      last_recipient_{"", 0};
  std::string last_day_;
  std::int32_t day_ = 0;
  std::int16_t year_ = 0;
};

/// A text and its length, so that no two lists of texts are one key.
void append_part(std::string& key, std::string_view part) {
  const auto size = std::uint32_t(part.size());
  key.append(reinterpret_cast<const char*>(&size), sizeof size);
  key += part;
}

constexpr int unit_column = 14, details_column = 19;

Trait make_trait(const Row& row, Framework framework) {
  Trait trait;
  trait.kind = registry::ContributionKind(row.integer(4));
  trait.framework = framework;
  trait.unit = row.text(unit_column);
  if (const auto text = row.text(15); !text.empty())
    for (const auto code : split(text, ';')) trait.modalities.emplace_back(code);
  trait.finance_type = row.text(16);
  trait.flow_type = row.text(17);
  trait.collaboration = row.text(18);
  auto details = registry::read_details(row.text(details_column));
  if (!details)
    throw Error(Kind::invalid, "the details of contribution " + std::to_string(row.integer(2)) +
                                   " of record " + std::to_string(row.integer(1)) + " are damaged");
  for (auto& [name, value] : *details)
    trait.details.emplace_back(std::move(name), std::move(value));
  add_grant_element(trait);
  return trait;
}

std::uint32_t FactReading::number_of(const Row& row, std::uint8_t kind) {
  const auto framework =
      at_ != frameworks_.end() && at_->first == row.integer(0) ? at_->second : Framework::other;
  key_.clear();
  key_ += char(kind);
  key_ += char(framework);
  for (int column = unit_column; column <= details_column; ++column)
    append_part(key_, row.text(column));
  if (key_ == last_trait_.first) return last_trait_.second;
  const auto [found, is_new] = numbers_.try_emplace(key_, std::uint32_t(traits_.size()));
  if (is_new) {
    traits_.push_back(make_trait(row, framework));
    keys_.push_back(&found->first);
  }
  last_trait_ = {key_, found->second};
  return found->second;
}

std::uint32_t FactReading::partner_of(std::string_view code,
                                      std::pair<std::string, std::uint32_t>& last) {
  if (code == last.first) return last.second;
  const auto number = partners_.add(code);
  last.first = code;
  last.second = number;
  return number;
}

void FactReading::take_day(std::string_view text, Fact& fact) {
  if (text != last_day_) {
    last_day_ = text;
    const auto date = parse_date(text);
    day_ = date ? date->days : 0;
    year_ = date ? std::int16_t(year_of(*date)) : std::int16_t(0);
  }
  fact.day = day_;
  fact.year = year_;
}

void FactReading::take(const Row& row) {
  if (blocks_.empty() || blocks_.back().size() == block_size)
    blocks_.emplace_back().reserve(block_size);
  Fact& fact = blocks_.back().emplace_back();
  fact.initiative = row.integer(0);
  while (at_ != frameworks_.end() && at_->first < fact.initiative) ++at_;
  fact.record = row.integer(1);
  fact.n = std::int32_t(row.integer(2));
  fact.part = std::int32_t(row.integer(3));
  const auto kind = std::uint8_t(row.integer(4));
  fact.counted = row.integer(5) != 0;
  fact.sides = std::int8_t(row.integer(6));
  fact.superseded = row.integer(7) != 0;
  take_day(row.text(8), fact);
  fact.provider = partner_of(row.text(9), last_provider_);
  fact.recipient = partner_of(row.text(10), last_recipient_);
  fact.scale = std::int8_t(row.integer(11));
  fact.amount = row.integer(12);
  fact.whole = row.is_null(13) ? fact.amount : row.integer(13);
  fact.trait = number_of(row, kind);
}

void FactReading::move_to(Facts& facts, std::unordered_map<std::string, std::uint32_t>& numbers) {
  std::vector<std::uint32_t> traits(traits_.size()), partners(partners_.size());
  // In the order of their first fact: the numbers are the same however many connections read.
  for (std::size_t i = 0; i < traits_.size(); ++i) {
    const auto [found, is_new] = numbers.try_emplace(*keys_[i], std::uint32_t(facts.traits.size()));
    if (is_new) facts.traits.push_back(std::move(traits_[i]));
    traits[i] = found->second;
  }
  for (std::uint32_t i = 0; i < partners_.size(); ++i)
    partners[i] = facts.partners.add(partners_[i]);
  for (auto& block : blocks_) {
    for (Fact fact : block) {
      fact.trait = traits[fact.trait];
      fact.provider = partners[fact.provider];
      fact.recipient = partners[fact.recipient];
      facts.rows.push_back(fact);
    }
    std::vector<Fact>().swap(block);
  }
  blocks_.clear();
}

/// Reads the second half while the calling thread reads the first.
void read_beside(store::Database& database, store::Database& second, const FactQuestion& question,
                 FactReading& first_half, FactReading& second_half) {
  const auto spans = registry::split_keys(database, 2);
  std::exception_ptr failure;
  std::thread beside([&] {
    try {
      if (spans.size() > 1) second_half.read(second, question, spans[1]);
    } catch (...) {
      failure = std::current_exception();
    }
  });
  try {
    first_half.read(database, question, spans.front());
  } catch (...) {
    beside.join();
    throw;
  }
  beside.join();
  if (failure) std::rethrow_exception(failure);
}

/// Looks no further than it must.
bool has_more(store::Database& database, std::int64_t initiatives) {
  return store::find_integer(database, "SELECT key FROM initiative LIMIT 1 OFFSET $1",
                             {initiatives})
      .has_value();
}

}  // namespace

Facts read_facts(store::Database& database, const FactQuestion& question,
                 std::int64_t alone_up_to) {
  Facts facts;
  std::unique_ptr<store::Database> second;
  if (has_more(database, alone_up_to))
    second = store::begin_reading_twice(database);
  else
    database.begin_reading();
  try {
    facts.revision = store::revision_of(database);
    const auto frameworks = read_frameworks(database, question);
    FactReading first_half(frameworks), second_half(frameworks);
    if (second)
      read_beside(database, *second, question, first_half, second_half);
    else
      first_half.read(database, question, {});
    database.commit();
    second.reset();
    facts.rows.reserve(first_half.size() + second_half.size());
    std::unordered_map<std::string, std::uint32_t> numbers;
    first_half.move_to(facts, numbers);
    second_half.move_to(facts, numbers);
  } catch (...) {
    database.roll_back();
    throw;
  }
  return facts;
}

}  // namespace austral::measurement
