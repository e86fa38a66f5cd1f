// Writes answers with all that they were computed from, reads them back and computes them again.
#include "measurement/frozen.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace austral::measurement {
namespace {

namespace json = boost::json;
constexpr std::int64_t frozen_form = 1;

/// Appends JSON piece by piece, a line a row, so that people and `diff` can read it.
class FrozenWriter {
 public:
  FrozenWriter(const Answer& answer, const Identifiers& identifiers)
      : answer_(answer), identifiers_(identifiers) {}

  std::string write() {
    out_ = "{\"austral_frozen_answer\":" + std::to_string(frozen_form);
    write_asking();
    write_methodology();
    write_prices();
    write_facts();
    write_results();
    const auto digest = to_string(digest_of(out_));
    out_ += ",\n\"digest\":\"" + digest + "\"}\n";
    return std::move(out_);
  }

 private:
  void key(const char* name) { out_ += std::string(",\n\"") + name + "\":"; }
  void text(std::string_view value) { append_json_string(out_, value); }
  void number(std::int64_t value) { out_ += std::to_string(value); }

  template <class Rows, class Write>
  void list(const char* name, const Rows& rows, const Write& write) {
    key(name);
    out_ += '[';
    bool first = true;
    for (const auto& row : rows) {
      out_ += first ? "\n" : ",\n";
      first = false;
      write(row);
    }
    out_ += ']';
  }
  void texts(const std::vector<std::string>& values) {
    out_ += '[';
    for (std::size_t n = 0; n < values.size(); ++n) {
      if (n > 0) out_ += ',';
      text(values[n]);
    }
    out_ += ']';
  }

  void write_asking() {
    const auto& options = answer_.options;
    key("revision");
    number(answer_.facts->revision);
    key("perspective");
    text(boost::describe::enum_to_string(options.side, ""));
    key("method");
    text(options.method.value_or(""));
    key("price_year");
    number(options.price_year.value_or(0));
    key("kinds");
    texts(options.kinds);
  }

  void write_methodology() {
    const auto& of = *answer_.methodology;
    key("methodology");
    text(of.name + "@" + of.version);
    key("methodology_digest");
    text(of.digest);
    key("methodology_text");
    text(of.text);
    key("methods_text");
    text(of.methods_text);
  }

  void write_prices() {
    list("prices", answer_.used.prices, [&](const Price* price) {
      texts({price->series, price->key, price->country, to_string(price->from),
             to_string(price->to), to_string(price->value), price->unit, price->currency,
             price->source, price->set});
    });
    list("rates", answer_.used.rates, [&](const auto& rate) {
      texts({rate.first, to_string(rate.second)});
    });
    list("deflators", answer_.used.deflators, [&](const auto& one) {
      texts({std::to_string(one.first), to_string(one.second)});
    });
  }

  void write_trait(const Trait& trait) {
    out_ += '[';
    text(boost::describe::enum_to_string(trait.kind, ""));
    out_ += ',';
    text(registry::to_string(trait.framework));
    for (const auto* value :
         {&trait.unit, &trait.finance_type, &trait.flow_type, &trait.collaboration}) {
      out_ += ',';
      text(*value);
    }
    out_ += ',';
    texts(trait.modalities);
    std::vector<std::string> details;
    for (const auto& [name, value] : trait.details) {
      details.push_back(name);
      details.push_back(value);
    }
    out_ += ',';
    texts(details);
    out_ += ']';
  }

  void write_facts() {
    const auto& facts = *answer_.facts;
    std::vector<std::string> partners;
    for (std::uint32_t n = 0; n < facts.partners.size(); ++n) partners.push_back(facts.partners[n]);
    key("partners");
    texts(partners);
    list("initiatives", identifiers_, [&](const auto& one) {
      texts({std::to_string(one.first), one.second});
    });
    list("traits", facts.traits, [&](const Trait& trait) { write_trait(trait); });
    list("facts", facts.rows, [&](const Fact& fact) {
      out_ += '[';
      const std::int64_t first[] = {fact.initiative, fact.record,   fact.n,         fact.part,
                                    fact.trait,      fact.provider, fact.recipient, fact.day,
                                    fact.year,       fact.scale,    fact.counted,   fact.sides,
                                    fact.superseded, fact.amount};
      for (const auto value : first) {
        number(value);
        out_ += ',';
      }
      number(fact.whole);
      out_ += ']';
    });
  }

  void write_results() {
    const auto& of = *answer_.methodology;
    list("valued", answer_.valued, [&](const ValuedRow& row) {
      texts({std::to_string(row.fact), of.items[row.item].code, of.methods[row.method].id,
             to_exact_string(row.value)});
    });
    list("counted", answer_.counted, [&](const CountedRow& row) {
      texts({std::to_string(row.fact), of.items[row.item].code, to_exact_string(row.quantity)});
    });
    list("left_out", answer_.left_out, [&](const LeftOutRow& row) {
      texts({std::to_string(row.fact), boost::describe::enum_to_string(row.why, ""),
             row.why == LeftOut::excluded ? of.exclusions[row.rule].code : ""});
    });
    std::vector<std::pair<std::string, Amount>> sums;
    for (std::size_t n = 0; n < of.items.size(); ++n)
      sums.emplace_back(of.items[n].code, answer_.sum_of(n));
    list("sums", sums, [&](const auto& sum) { texts({sum.first, to_exact_string(sum.second)}); });
  }

  const Answer& answer_;
  const Identifiers& identifiers_;
  std::string out_;
};

/// Reads with one sentence for every kind of damage.
class FrozenReader {
 public:
  explicit FrozenReader(std::string_view text) {
    boost::system::error_code failed;
    value_ = json::parse(json::string_view(text.data(), text.size()), failed);
    if (failed || !value_.is_object() || !value_.as_object().contains("austral_frozen_answer"))
      throw Error(Kind::invalid,
                  "this is no frozen answer; `austral measure --freeze FILE` writes them");
    if (integer(member("austral_frozen_answer")) != frozen_form)
      throw Error(Kind::invalid, "this frozen answer has a form that a newer program wrote");
  }

  Frozen read() {
    auto methodology = std::make_shared<Methodology>(
        read_methodology(words(member("methodology_text")), words(member("methods_text"))));
    auto facts = std::make_shared<Facts>();
    read_partners(*facts);
    read_traits(*facts);
    read_facts(*facts);
    Frozen frozen;
    for (const auto& row : rows("initiatives"))
      frozen.identifiers[whole(texts(row, 2)[0])] = texts(row, 2)[1];
    frozen.answer = measure(methodology, facts, read_prices(), read_options(), read_rates());
    return frozen;
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(Kind::invalid, "this frozen answer is damaged: " + what);
  }
  const json::value& member(const char* name) const {
    const auto* found = value_.as_object().if_contains(name);
    if (!found) refuse(std::string("`") + name + "` is missing");
    return *found;
  }
  const json::array& rows(const char* name) const {
    const auto* array = member(name).if_array();
    if (!array) refuse(std::string("`") + name + "` is no list");
    return *array;
  }
  std::int64_t integer(const json::value& value) const {
    if (const auto* number = value.if_int64()) return *number;
    refuse("a whole number was expected and " + json::serialize(value) + " is there");
  }
  std::string words(const json::value& value) const {
    const auto* text = value.if_string();
    if (!text) refuse("a text was expected and " + json::serialize(value) + " is there");
    return std::string(*text);
  }
  std::vector<std::string> texts(const json::value& value, std::size_t size = 0) const {
    const auto* array = value.if_array();
    if (!array || (size && array->size() != size))
      refuse("a list of texts was expected and " + json::serialize(value) + " is there");
    std::vector<std::string> all;
    for (const auto& one : *array) all.push_back(words(one));
    return all;
  }
  std::int64_t whole(const std::string& text) const {
    const auto number = parse_decimal(text);
    if (!number || number->scale != 0) refuse("'" + text + "' is no whole number");
    return number->mantissa;
  }
  Decimal decimal(const std::string& text) const {
    const auto number = parse_decimal(text);
    if (!number) refuse("'" + text + "' is no number");
    return *number;
  }
  Date date(const std::string& text) const {
    const auto day = parse_date(text);
    if (!day) refuse("'" + text + "' is no day");
    return *day;
  }

  MeasureOptions read_options() const {
    MeasureOptions options;
    const auto side = words(member("perspective"));
    if (!boost::describe::enum_from_string(side.c_str(), options.side))
      refuse("'" + side + "' is no perspective");
    if (const auto method = words(member("method")); !method.empty()) options.method = method;
    if (const auto year = integer(member("price_year")); year != 0) options.price_year = int(year);
    options.kinds = texts(member("kinds"));
    return options;
  }

  std::shared_ptr<PriceList> read_prices() const {
    auto prices = std::make_shared<PriceList>();
    for (const auto& row : rows("prices")) {
      const auto cells = texts(row, 10);
      prices->add({cells[0], cells[1], cells[2], date(cells[3]), date(cells[4]), decimal(cells[5]),
                   cells[6], cells[7], cells[8], cells[9]});
    }
    prices->sort();
    return prices;
  }

  std::shared_ptr<const RateBook> read_rates() const {
    std::map<std::string, Decimal> rates;
    std::map<int, Decimal> deflators;
    for (const auto& row : rows("rates")) rates[texts(row, 2)[0]] = decimal(texts(row, 2)[1]);
    for (const auto& row : rows("deflators"))
      deflators[int(whole(texts(row, 2)[0]))] = decimal(texts(row, 2)[1]);
    return std::make_shared<const RateBook>(std::move(rates), std::move(deflators));
  }

  void read_partners(Facts& facts) const {
    for (const auto& one : rows("partners")) facts.partners.add(words(one));
  }

  void read_traits(Facts& facts) const {
    for (const auto& row : rows("traits")) {
      const auto* cells = row.if_array();
      if (!cells || cells->size() != 8) refuse("a trait has eight cells");
      Trait trait;
      const auto kind = words((*cells)[0]);
      if (!boost::describe::enum_from_string(kind.c_str(), trait.kind))
        refuse("'" + kind + "' is no kind of contribution");
      trait.framework = registry::parse_framework(words((*cells)[1]));
      trait.unit = words((*cells)[2]);
      trait.finance_type = words((*cells)[3]);
      trait.flow_type = words((*cells)[4]);
      trait.collaboration = words((*cells)[5]);
      trait.modalities = texts((*cells)[6]);
      const auto details = texts((*cells)[7]);
      for (std::size_t n = 0; n + 1 < details.size(); n += 2)
        trait.details.emplace_back(details[n], details[n + 1]);
      facts.traits.push_back(std::move(trait));
    }
  }

  std::uint32_t below(std::int64_t value, std::size_t size) const {
    if (value < 0 || std::size_t(value) >= size)
      refuse(std::to_string(value) + " points behind the end of a list");
    return std::uint32_t(value);
  }

  void read_facts(Facts& facts) const {
    facts.revision = integer(member("revision"));
    for (const auto& row : rows("facts")) {
      const auto* cells = row.if_array();
      if (!cells || cells->size() != 15) refuse("a fact has fifteen cells");
      const auto at = [&](std::size_t n) { return integer((*cells)[n]); };
      Fact fact;
      fact.initiative = at(0);
      fact.record = at(1);
      fact.n = std::int32_t(at(2));
      fact.part = std::int32_t(at(3));
      fact.trait = below(at(4), facts.traits.size());
      fact.provider = below(at(5), facts.partners.size());
      fact.recipient = below(at(6), facts.partners.size());
      fact.day = std::int32_t(at(7));
      fact.year = std::int16_t(at(8));
      fact.scale = std::int8_t(below(at(9), 19));
      fact.counted = at(10) != 0;
      fact.sides = std::int8_t(at(11));
      fact.superseded = at(12) != 0;
      fact.amount = at(13);
      fact.whole = at(14);
      facts.rows.push_back(fact);
    }
  }

  json::value value_;
};

}  // namespace

std::string write_frozen(const Answer& answer, const Identifiers& identifiers) {
  return FrozenWriter(answer, identifiers).write();
}

Frozen read_frozen(std::string_view text) { return FrozenReader(text).read(); }

std::vector<std::string> recompute(std::string_view text) {
  const auto frozen = read_frozen(text);
  const auto again = write_frozen(frozen.answer, frozen.identifiers);
  std::vector<std::string> differences;
  if (again == text) return differences;
  std::size_t line = 1, at = 0, other = 0;
  constexpr std::size_t most_told = 20;
  while ((at < text.size() || other < again.size()) && differences.size() < most_told) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto other_end = std::min(again.find('\n', other), again.size());
    const auto said = text.substr(std::min(at, text.size()), end - std::min(at, text.size()));
    const auto got = std::string_view(again).substr(std::min(other, again.size()),
                                                    other_end - std::min(other, again.size()));
    if (said != got)
      differences.push_back("line " + std::to_string(line) + " says " +
                            std::string(said.substr(0, 200)) + "; computed again it is " +
                            std::string(got.substr(0, 200)));
    at = end + 1;
    other = other_end + 1;
    ++line;
  }
  return differences;
}

}  // namespace austral::measurement
