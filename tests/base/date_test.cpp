// Days agree with the C++ library's calendar, and ISO 8601 texts with what stands in real files.
#include "base/date.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

namespace austral {
namespace {

TEST(Date, AgreesWithTheStandardCalendar) {
  using namespace std::chrono;
  const auto first = sys_days(year(1000) / 1 / 1), last = sys_days(year(9999) / 12 / 31);
  for (auto day = first; day <= last; day += days(1)) {
    const year_month_day civil(day);
    const auto made =
        make_date(int(civil.year()), int(unsigned(civil.month())), int(unsigned(civil.day())));
    ASSERT_TRUE(made);
    ASSERT_EQ(made->days, day.time_since_epoch().count());
    ASSERT_EQ(year_of(*made), int(civil.year()));
    ASSERT_EQ(month_of(*made), int(unsigned(civil.month())));
  }
}

RC_GTEST_PROP(DateProperty, PrintsWhatItReads, ()) {
  const Date date{*rc::gen::inRange(-354285, 2932897)};  // 1000-01-01 to 9999-12-31
  const auto text = to_string(date);
  RC_ASSERT(text.size() == 10u);
  RC_ASSERT(parse_date(text) == date);
}

RC_GTEST_PROP(DateProperty, KnowsWhichDaysAreReal, ()) {
  const int year = *rc::gen::inRange(900, 10100);
  const int month = *rc::gen::inRange(-1, 15), day = *rc::gen::inRange(-1, 34);
  using namespace std::chrono;
  const bool real = year >= 1000 && year <= 9999 && month > 0 && day > 0 &&
                    year_month_day(std::chrono::year(year), std::chrono::month(unsigned(month)),
                                   std::chrono::day(unsigned(day)))
                        .ok();
  RC_ASSERT(make_date(year, month, day).has_value() == real);
}

TEST(Date, ReadsTheFormsOfXmlSchema) {
  // Source: XML Schema 1.0 Part 2 (W3C 2004), 3.2.7 dateTime and 3.2.9 date (optional zone).
  const auto day = make_date(2014, 2, 28);
  for (const char* text :
       {"2014-02-28", " 2014-02-28\n", "2014-02-28Z", "2014-02-28+03:00", "2014-02-28-05:00",
        "2014-02-28T00:00:00", "2014-02-28T23:59:59Z", "2014-02-28T23:59:59.123456+05:30",
        "2014-02-28 10:00:00", "2014-02-28T10:00", "2014-02-28T", "2014-02-28T10:00:00 +0100"})
    EXPECT_EQ(parse_date(text), day) << text;
}

TEST(Date, RefusesWhatIsNoDay) {
  for (const char* text :
       {"", "2023-02-30", "1900-02-29", "2023-00-10", "2023-13-01", "0999-12-31", "2023-1-1",
        "28/02/2014", "2014-02-281", "2014-02-28x", "2014-02-28T1", "2014-02-28T10:00:00.",
        "2014-02-28 to 2014-03-01", "20140228", "-2014-02-28", "2014-02-28+3", "2014-02-28ZZ"})
    EXPECT_FALSE(parse_date(text)) << text;
  EXPECT_TRUE(
      parse_date("2000-02-29"));  // divisible by 400: Gregorian bull Inter gravissimas, 1582
}

RC_GTEST_PROP(DateProperty, ReadsAnyBytesWithoutHarm, (const std::string& text)) {
  parse_date(text);
  parse_date("2014-02-28" + text);
}

TEST(Timestamp, HasMillisecondsInUtc) {
  EXPECT_EQ(to_timestamp(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_timestamp(-1), "1969-12-31T23:59:59.999Z");
  // Source: IEEE Std 1003.1-2017, 4.16: its formula gives 946,684,800 seconds for 2000-01-01.
  EXPECT_EQ(to_timestamp(946'684'800'123), "2000-01-01T00:00:00.123Z");
  EXPECT_EQ(to_timestamp(now_milliseconds()).size(), 24u);
}

TEST(Today, IsTheDayOfTheClock) {
  const auto before = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const auto day = today();
  const auto after = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  EXPECT_GE(day.days, before.time_since_epoch().count());
  EXPECT_LE(day.days, after.time_since_epoch().count());
}

}  // namespace
}  // namespace austral
