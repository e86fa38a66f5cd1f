// Measures a million contributions under three methodologies with bridges, beside SQLite that adds
// up the money of the same contributions by the same rules as CASE expressions.
#include <fmt/core.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "codes/exchange_rate.hpp"
#include "codes/grouping.hpp"
#include "measurement/bridge.hpp"
#include "measurement/conversion.hpp"
#include "measurement/grant_element.hpp"
#include "measurement/sums.hpp"
#include "store/schema.hpp"

namespace {

using namespace austral;
using namespace austral::measurement;

constexpr int rounds = 5;
const std::vector<std::string> names = {"unctad", "tossd", "oda-cash"};

/// Units: milliseconds.
struct Taken {
  double wall = 0, processor = 0;
};

template <class Work>
Taken time_of(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t begun = std::clock();
  work();
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - start;
  return {wall.count(), 1000.0 * double(std::clock() - begun) / CLOCKS_PER_SEC};
}

void tell(const std::string& who, const std::string& what, std::vector<Taken> all,
          const std::string& more = {}) {
  const auto middle = [&](double Taken::*part) {
    std::sort(all.begin(), all.end(),
              [&](const Taken& left, const Taken& right) { return left.*part < right.*part; });
    return all[all.size() / 2].*part;
  };
  fmt::print("{}\t{}\t{:.0f}\t{:.0f}\t{}\n", who, what, middle(&Taken::wall),
             middle(&Taken::processor), more);
}

using Random = std::mt19937;

const std::string& any_of(const std::vector<std::string>& all, Random& random) {
  return all[random() % all.size()];
}

/// One of ten is people's time, persons or goods; the others are money with and without codes.
Trait make_trait(Random& random) {
  static const std::vector<std::string> money = {"USD", "EUR", "BRL", "CNY", "INR", "ZAR"},
                                        modalities = {"",    "C01", "C01", "D011", "D012", "D021",
                                                      "E01", "J01", "B03", "F01",  "G01"},
                                        finance = {"", "110", "110", "421", "510", "610"},
                                        flows = {"", "10", "10", "10", "21", "36"};
  Trait trait;
  trait.kind = random() % 5 ? registry::ContributionKind::disbursement
                            : registry::ContributionKind::commitment;
  trait.framework = random() % 4 ? registry::Framework::south_south : registry::Framework::other;
  if (random() % 10) {
    trait.unit = any_of(money, random);
    trait.modalities = {any_of(modalities, random)};
    if (trait.modalities[0].empty()) trait.modalities.clear();
    trait.finance_type = any_of(finance, random);
    trait.flow_type = any_of(flows, random);
    if (trait.finance_type == "421")
      trait.details = {{"grace", "5"},
                       {"interest_rate", std::to_string(random() % 6)},
                       {"maturity", std::to_string(10 + random() % 30)}};
    return trait;
  }
  trait.unit =
      any_of({"person-day", "person-hour", "person-month", "expert", "trainee", "C62"}, random);
  trait.details = {{"grade", "G" + std::to_string(random() % 12)},
                   {"sex", random() % 2 ? "F" : "M"}};
  return trait;
}

std::shared_ptr<Facts> make_facts(std::size_t size) {
  Random random(1);
  auto facts = std::make_shared<Facts>();
  const std::vector<std::string> providers = {"BR", "CN", "IN", "ZA", "TR", "MX", "KE", "ID"};
  std::vector<std::string> recipients = {"MZ", "AO", "TL", "HT", "PY", "KE", "BD", "NP",
                                         "SV", "BO", "GH", "SN", "PT", "RO", ""};
  for (int n = 0; n < 2'000; ++n) facts->traits.push_back(make_trait(random));
  add_grant_elements(*facts);
  std::uint32_t first = 0;
  for (const auto& code : providers) facts->partners.add(code);
  for (std::size_t n = 0; n < size; ++n) {
    Fact fact;
    fact.initiative = fact.record = std::int64_t(n / 10);
    fact.n = std::int32_t(n % 10);
    // Few traits are frequent, many are rare.
    const auto place = double(random()) / double(Random::max());
    fact.trait = std::uint32_t(place * place * double(facts->traits.size() - 1));
    fact.provider = first + std::uint32_t(facts->partners.add(any_of(providers, random)));
    fact.recipient = facts->partners.add(any_of(recipients, random));
    fact.year = std::int16_t(2000 + random() % 23);
    fact.day = make_date(fact.year, 1 + int(random() % 12), 1 + int(random() % 28))->days;
    fact.scale = 2;
    fact.counted = random() % 20 != 0;
    fact.sides = 1;
    fact.amount = fact.whole = std::int64_t(random() % 1'000'000'000);
    facts->rows.push_back(fact);
  }
  return facts;
}

std::shared_ptr<PriceList> make_prices() {
  auto prices = std::make_shared<PriceList>();
  for (const auto& price : shipped_prices().all()) prices->add(price);
  for (const std::string country : {"BR", "CN", "IN", "ZA", "TR", "MX", "KE", "ID"})
    for (int year = 2000; year < 2023; ++year)
      for (int grade = 0; grade < 12; ++grade)
        prices->add({"salary",
                     "G" + std::to_string(grade),
                     country,
                     *make_date(year, 1, 1),
                     *make_date(year, 12, 31),
                     {100'000 + year * grade, 2},
                     "month",
                     "USD",
                     "bench",
                     "pay"});
  prices->add(
      {"employer_charge", "", "", *make_date(1990, 1, 1), no_end, {28, 2}, "", "", "bench", "pay"});
  prices->sort();
  return prices;
}

std::shared_ptr<const Methodology> methodology_of(const std::string& name) {
  for (const auto& one : shipped_methodologies())
    if (one.name == name) return std::make_shared<Methodology>(one);
  throw std::runtime_error(name);
}

/// The sum of rows that are money, half-even to cents.
std::string money_of(const Answer& answer) {
  Amount sum;
  for (const auto& row : answer.valued) {
    const auto& fact = answer.facts->rows[row.fact];
    if (is_unit(answer.facts->traits[fact.trait].unit, "money")) sum += row.value;
  }
  return to_string(sum, 2);
}

/// The contributions in a table of SQLite's in memory, with whole numbers for what rules ask.
class Peer {
 public:
  explicit Peer(const Facts& facts) {
    sqlite3_open(":memory:", &database_);
    run("CREATE TABLE fact(kind TEXT, framework TEXT, unit TEXT, money INT, modality TEXT, "
        "finance TEXT, flow TEXT, developing INT, developed INT, year INT, counted INT, amount "
        "INT)");
    run("CREATE TABLE rate(unit TEXT, year INT, per_usd REAL, PRIMARY KEY(unit, year)) "
        "WITHOUT ROWID");
    run("BEGIN");
    fill_facts(facts);
    fill_rates(facts);
    run("COMMIT");
    run("ANALYZE");
  }
  ~Peer() { sqlite3_close(database_); }

  /// Sums of money by item; the sum over all is told.
  std::string sum(const std::string& name) {
    const std::string question =
        "SELECT item, count(*), sum(usd) FROM (SELECT CASE " + cases(name) +
        " END AS item, f.amount / r.per_usd / 100 AS usd FROM fact f LEFT JOIN rate r ON "
        "r.unit = f.unit AND r.year = f.year WHERE f.money AND f.counted) GROUP BY item";
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database_, question.c_str(), -1, &statement, nullptr);
    double all = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      const auto* item = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
      if (item && item[0] != '-') all += sqlite3_column_double(statement, 2);
    }
    sqlite3_finalize(statement);
    return fmt::format("{:.2f}", all);
  }

 private:
  static std::string cases(const std::string& name) {
    const std::string paid = "WHEN kind NOT IN ('disbursement', 'expenditure') THEN '-kind' ";
    const std::string market = "WHEN flow IN ('35', '36', '37') THEN '-market' ";
    if (name == "unctad")
      return paid + "WHEN framework NOT IN ('south_south', 'triangular') THEN '-scope' " + market +
             "WHEN modality LIKE 'B0%' THEN 'A5' WHEN modality LIKE 'F%' THEN 'A4' "
             "WHEN modality = 'D011' THEN 'B1' WHEN modality = 'D012' THEN 'B2' "
             "WHEN modality LIKE 'D02%' THEN 'B4' WHEN modality LIKE 'E%' THEN 'B5' "
             "WHEN modality LIKE 'J%' THEN 'B6' WHEN modality LIKE 'G%' THEN 'B10' "
             "WHEN finance IN ('110', '111') THEN 'A1' WHEN finance LIKE '42%' THEN 'A3' "
             "WHEN finance LIKE '5%' THEN 'A6' WHEN finance LIKE '6%' THEN 'A4' ELSE 'A9'";
    if (name == "tossd")
      return paid + market +
             "WHEN developed THEN '-eligible' WHEN NOT developing THEN 'II.R' "
             "WHEN modality LIKE 'G%' THEN 'II.R' ELSE 'I.' || substr(modality, 1, 1)";
    return paid + market +
           "WHEN modality LIKE 'D01%' OR modality LIKE 'J%' THEN '-kind' "
           "WHEN modality LIKE 'G%' THEN '-home' WHEN modality LIKE 'F%' THEN '-debt' "
           "WHEN finance LIKE '6%' THEN '-debt' WHEN developed THEN '-recipient' "
           "WHEN finance IN ('110', '111') THEN 'G' WHEN finance LIKE '42%' THEN 'L' "
           "WHEN finance LIKE '5%' THEN 'E' ELSE 'N'";
  }

  void run(const char* sql) { sqlite3_exec(database_, sql, nullptr, nullptr, nullptr); }

  void fill_facts(const Facts& facts) {
    sqlite3_stmt* add = nullptr;
    sqlite3_prepare_v2(database_, "INSERT INTO fact VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", -1, &add,
                       nullptr);
    const auto bind = [&](int place, const std::string& text) {
      sqlite3_bind_text(add, place, text.c_str(), -1, SQLITE_TRANSIENT);
    };
    for (const auto& fact : facts.rows) {
      const auto& trait = facts.traits[fact.trait];
      const auto& recipient = facts.partners[fact.recipient];
      bind(1, boost::describe::enum_to_string(trait.kind, ""));
      bind(2, std::string(registry::to_string(trait.framework)));
      bind(3, trait.unit);
      sqlite3_bind_int(add, 4, is_unit(trait.unit, "money"));
      bind(5, trait.modalities.empty() ? "" : trait.modalities[0]);
      bind(6, trait.finance_type);
      bind(7, trait.flow_type);
      sqlite3_bind_int(add, 8, codes::is_member("developing", recipient, fact.year));
      sqlite3_bind_int(add, 9, codes::is_member("developed", recipient, fact.year));
      sqlite3_bind_int(add, 10, fact.year);
      sqlite3_bind_int(add, 11, fact.counted && !fact.superseded);
      std::int64_t cents = fact.amount;
      for (int n = fact.scale; n < 2; ++n) cents *= 10;
      for (int n = 2; n < fact.scale; ++n) cents /= 10;
      sqlite3_bind_int64(add, 12, cents);
      sqlite3_step(add);
      sqlite3_reset(add);
    }
    sqlite3_finalize(add);
  }

  void fill_rates(const Facts& facts) {
    for (const auto& trait : facts.traits)
      for (int year = 1960; year < 2030; ++year) {
        const auto rate = codes::find_annual_rate(trait.unit, year);
        if (!rate && trait.unit != "USD") continue;
        run(fmt::format("INSERT OR IGNORE INTO rate VALUES('{}', {}, {})", trait.unit, year,
                        rate ? to_string(rate->units_per_usd) : "1")
                .c_str());
      }
  }

  sqlite3* database_ = nullptr;
};

}  // namespace

int main(int count, char** words) {
  std::shared_ptr<const Facts> facts;
  if (count > 1) {
    const auto database = store::open_register(words[1], store::Access::read_only);
    tell("Austral", "facts read",
         {time_of([&] { facts = std::make_shared<const Facts>(read_facts(*database)); })});
  } else {
    facts = make_facts(1'000'000);
  }
  const auto prices = make_prices();
  fmt::print("contributions {}, traits {}\n", facts->rows.size(), facts->traits.size());
  Peer peer(*facts);
  MeasureOptions options;
  options.threads = 2;
  std::vector<Answer> answers(names.size());
  std::vector<std::string> beside(names.size());
  std::vector<Taken> all, bridges, sums, sqlite;
  std::vector<std::vector<Taken>> each(names.size());
  for (int round = 0; round < rounds; ++round) {
    Taken total;
    const auto add = [&](const Taken& taken) {
      total.wall += taken.wall;
      total.processor += taken.processor;
      return taken;
    };
    for (std::size_t n = 0; n < names.size(); ++n)
      each[n].push_back(add(time_of(
          [&] { answers[n] = measure(methodology_of(names[n]), facts, prices, options); })));
    sums.push_back(add(time_of([&] {
      for (const auto& answer : answers) sum_items(answer);
    })));
    bridges.push_back(add(time_of([&] {
      bridge(answers[0], answers[1]);
      bridge(answers[1], answers[2]);
    })));
    all.push_back(total);
    sqlite.push_back(time_of([&] {
      for (std::size_t n = 0; n < names.size(); ++n) beside[n] = peer.sum(names[n]);
    }));
  }
  for (std::size_t n = 0; n < names.size(); ++n)
    tell("Austral", names[n], each[n],
         fmt::format("{} rows, money {}", answers[n].valued.size(), money_of(answers[n])));
  tell("Austral", "sums by item, all three", sums);
  tell("Austral", "two bridges", bridges);
  tell("Austral", "all of it", all);
  tell("SQLite", "money by item, all three", sqlite, fmt::format("{}", fmt::join(beside, ", ")));
}
