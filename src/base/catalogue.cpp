// Reads the catalogues inside the binary and asks ICU for plurals, numbers and dates.
#include "base/catalogue.hpp"

#include <unicode/datefmt.h>
#include <unicode/dcfmtsym.h>
#include <unicode/dtptngen.h>
#include <unicode/locid.h>
#include <unicode/msgfmt.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>

#include <boost/json.hpp>
#include <map>
#include <unordered_map>

#include "base/embedded.hpp"
#include "base/error.hpp"

namespace austral {
namespace {

struct KeyHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
};
using Catalogue = std::unordered_map<std::string, std::string, KeyHash, std::equal_to<>>;

/// Empty where the language has no catalogue yet.
Catalogue read_catalogue(const std::string& code) {
  Catalogue catalogue;
  const auto path = "pages/lang/" + code + ".json";
  for (const auto& file : embedded_files_below("pages/lang/")) {
    if (file.path != path) continue;
    const auto json = boost::json::parse(file.bytes);
    for (const auto& [key, text] : json.as_object())
      catalogue.emplace(std::string(key), std::string(text.as_string()));
  }
  return catalogue;
}

const Catalogue& english() {
  static const Catalogue catalogue = read_catalogue("en");
  return catalogue;
}

const std::string* find_words(const Catalogue& catalogue, std::string_view key) {
  const auto found = catalogue.find(key);
  return found == catalogue.end() ? nullptr : &found->second;
}

icu::Locale locale_of(const std::string& code) {
  // Western digits in Arabic too, as the United Nations prints its tables: columns stay comparable.
  // English as the world writes it (001): day before month.
  UErrorCode status = U_ZERO_ERROR;
  const auto tag = (code == "en" ? std::string("en-001") : code) + "-u-nu-latn";
  auto locale = icu::Locale::forLanguageTag(tag, status);
  AUSTRAL_ASSERT(U_SUCCESS(status));
  return locale;
}

std::unique_ptr<icu::DateFormat> date_format(const icu::Locale& locale, const char* skeleton) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::DateTimePatternGenerator> generator(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  AUSTRAL_ASSERT(U_SUCCESS(status));
  auto format = std::make_unique<icu::SimpleDateFormat>(
      generator->getBestPattern(icu::UnicodeString(skeleton), status), locale, status);
  AUSTRAL_ASSERT(U_SUCCESS(status));
  format->setTimeZone(*icu::TimeZone::getGMT());
  return format;
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

/// A date is asked for many times a page, and making a format costs more than all else in it.
class WrittenDates {
 public:
  template <class Write>
  const std::string& get(const void* format, Date day, Write write) {
    if (known_.size() >= 8192) known_.clear();
    auto& text = known_[{format, day.days}];
    if (text.empty()) text = write();
    return text;
  }

 private:
  std::map<std::pair<const void*, std::int64_t>, std::string> known_;
};

std::string write_date(const icu::DateFormat& prototype, Date day) {
  // A format keeps a calendar that it changes while it writes, so every call takes its own.
  const std::unique_ptr<icu::DateFormat> format(prototype.clone());
  icu::UnicodeString text;
  format->format(UDate(day.days) * 86400000.0, text);
  return to_utf8(text);
}

std::string format_date(const icu::DateFormat& prototype, Date day) {
  thread_local WrittenDates dates;
  return dates.get(&prototype, day, [&] { return write_date(prototype, day); });
}

/// A pattern read once by each thread: reading it costs many times what filling it in does.
const icu::MessageFormat* find_format(const std::string& pattern, const icu::Locale& locale) {
  thread_local std::unordered_map<std::string, std::unique_ptr<icu::MessageFormat>> known;
  if (known.size() >= 1024) known.clear();
  auto& format = known[std::string(locale.getName()) + '\n' + pattern];
  if (!format) {
    UErrorCode status = U_ZERO_ERROR;
    format =
        std::make_unique<icu::MessageFormat>(icu::UnicodeString::fromUTF8(pattern), locale, status);
    if (U_FAILURE(status)) format.reset();
  }
  return format.get();
}

icu::Formattable to_formattable(const Argument& argument) {
  if (const auto* number = std::get_if<std::int64_t>(&argument))
    return icu::Formattable(static_cast<int64_t>(*number));
  return icu::Formattable(icu::UnicodeString::fromUTF8(std::get<std::string>(argument)));
}

}  // namespace

const std::vector<std::string>& catalogue_languages() {
  static const std::vector<std::string> codes = {"en", "fr", "es", "ar", "ru", "zh", "pt"};
  return codes;
}

struct Language::State {
  icu::Locale locale;
  Catalogue catalogue;
  icu::number::LocalizedNumberFormatter numbers;
  /// By digits behind the point: one that stays is compiled by ICU after a few uses.
  std::vector<icu::number::LocalizedNumberFormatter> numbers_by_scale;
  std::unique_ptr<icu::DateFormat> long_dates, short_dates;
};

Language::Language(std::string code) : code_(std::move(code)), state_(std::make_unique<State>()) {
  state_->locale = locale_of(code_);
  state_->catalogue = read_catalogue(code_);
  state_->numbers =
      icu::number::NumberFormatter::withLocale(state_->locale).grouping(UNUM_GROUPING_AUTO);
  for (int scale = 0; scale <= 6; ++scale)
    state_->numbers_by_scale.push_back(
        state_->numbers.precision(icu::number::Precision::fixedFraction(scale)));
  state_->long_dates = date_format(state_->locale, "yMMMMd");
  state_->short_dates = date_format(state_->locale, "yMMMd");
}
Language::~Language() = default;

std::string Language::dir() const { return code_ == "ar" ? "rtl" : "ltr"; }

std::string Language::name() const {
  static const std::map<std::string, std::string> names = {
      {"en", "English"}, {"fr", "Français"}, {"es", "Español"},  {"ar", "العربية"},
      {"ru", "Русский"}, {"zh", "中文"},     {"pt", "Português"}};
  return names.at(code_);
}

bool Language::has(std::string_view key) const {
  return state_->catalogue.contains(key) || english().contains(key);
}

std::string Language::t(std::string_view key, const Arguments& arguments) const {
  const auto* words = find_words(state_->catalogue, key);
  if (!words) words = find_words(english(), key);
  if (!words) return "[[" + std::string(key) + "]]";
  const auto& pattern = *words;
  if (arguments.empty() || pattern.find('{') == std::string::npos) return pattern;
  const auto* format = find_format(pattern, state_->locale);
  if (!format) return "[[" + std::string(key) + "]]";
  UErrorCode status = U_ZERO_ERROR;
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& [name, value] : arguments) {
    names.push_back(icu::UnicodeString::fromUTF8(name));
    values.push_back(to_formattable(value));
  }
  icu::UnicodeString out;
  format->format(names.data(), values.data(), static_cast<int32_t>(names.size()), out, status);
  if (U_FAILURE(status)) return "[[" + std::string(key) + "]]";
  return to_utf8(out);
}

std::string Language::number(std::int64_t value) const { return number(Decimal{value, 0}); }

std::string Language::number(const Decimal& value) const {
  UErrorCode status = U_ZERO_ERROR;
  const auto kept = static_cast<std::size_t>(value.scale);
  const auto text =
      value.scale >= 0 && kept < state_->numbers_by_scale.size()
          ? state_->numbers_by_scale[kept].formatDecimal(to_string(value), status).toString(status)
          : state_->numbers.precision(icu::number::Precision::fixedFraction(value.scale))
                .formatDecimal(to_string(value), status)
                .toString(status);
  AUSTRAL_ASSERT(U_SUCCESS(status));
  return to_utf8(text);
}

std::string Language::decimal_point() const {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DecimalFormatSymbols symbols(state_->locale, status);
  return to_utf8(symbols.getConstSymbol(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol));
}

std::string Language::date(Date day) const { return format_date(*state_->long_dates, day); }
std::string Language::short_date(Date day) const { return format_date(*state_->short_dates, day); }

const Language& get_language(std::string_view code) {
  static const auto languages = [] {
    std::map<std::string, std::unique_ptr<Language>, std::less<>> all;
    for (const auto& known : catalogue_languages()) all[known] = std::make_unique<Language>(known);
    return all;
  }();
  const auto found = languages.find(code);
  return found == languages.end() ? *languages.at("en") : *found->second;
}

}  // namespace austral
