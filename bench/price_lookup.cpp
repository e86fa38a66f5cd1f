// Measures lookups of dated prices: a million questions to a list of rates, salaries and parities.
#include <chrono>
#include <cstdio>
#include <random>

#include "measurement/price.hpp"

using namespace austral;
using measurement::Price;

int main() {
  measurement::PriceList list;
  for (const auto& price : measurement::shipped_prices().all()) list.add(price);
  std::vector<std::string> currencies, grades;
  for (char a = 'A'; a < 'A' + 14; ++a)
    for (char b = 'A'; b < 'A' + 14; ++b) currencies.push_back(std::string("X") + a + b);
  for (int n = 1; n <= 30; ++n) grades.push_back("Grade " + std::to_string(n));
  for (int year = 2001; year <= 2025; ++year) {
    for (int month = 1; month <= 12; ++month)
      for (const auto& currency : currencies)
        list.add({"exchange_rate",
                  currency,
                  "",
                  *make_date(year, month, 1),
                  measurement::no_end,
                  {month, 2},
                  "",
                  currency,
                  "bench",
                  "rates"});
    for (const auto& grade : grades)
      list.add({"salary",
                grade,
                "BR",
                *make_date(year, 1, 1),
                *make_date(year, 12, 31),
                {year, 0},
                "month",
                "BRL",
                "bench",
                "pay"});
  }
  const auto now = [] { return std::chrono::steady_clock::now(); };
  const auto milliseconds = [&](auto began) {
    return double(std::chrono::duration_cast<std::chrono::microseconds>(now() - began).count()) /
           1000;
  };
  auto began = now();
  list.sort();
  std::printf("%zu prices put in order       %8.1f ms\n", list.all().size(), milliseconds(began));
  std::mt19937 random(1);
  std::size_t found = 0;
  began = now();
  for (int n = 0; n < 1'000'000; ++n) {
    const Date day{std::int32_t(random() % 9000 + 11300)};
    const auto kind = random() % 3;
    if (kind == 0)
      found += list.find("exchange_rate", currencies[random() % currencies.size()], "", day) != 0;
    else if (kind == 1)
      found += list.find("salary", grades[random() % grades.size()], "BR", day) != nullptr;
    else
      found += list.find("ppp", "", "KE", day) != nullptr;
  }
  std::printf("1,000,000 lookups, %zu found  %8.1f ms\n", found, milliseconds(began));
}
