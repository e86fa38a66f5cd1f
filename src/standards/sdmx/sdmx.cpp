// Turns answers into observations and writes them as SDMX-CSV and SDMX-ML.
#include "standards/sdmx/sdmx.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "codes/country.hpp"
#include "standards/iati/xml_writer.hpp"

namespace austral::sdmx {

using measurement::Amount;
using measurement::Answer;
using measurement::GroupKind;

const std::vector<std::string_view>& key_dimensions() {
  static const std::vector<std::string_view> names = {"FREQ",
                                                      "REPORTING_TYPE",
                                                      "SERIES",
                                                      "REF_AREA",
                                                      "SEX",
                                                      "AGE",
                                                      "URBANISATION",
                                                      "INCOME_WEALTH_QUANTILE",
                                                      "EDUCATION_LEV",
                                                      "OCCUPATION",
                                                      "CUST_BREAKDOWN",
                                                      "COMPOSITE_BREAKDOWN",
                                                      "DISABILITY_STATUS",
                                                      "ACTIVITY",
                                                      "PRODUCT"};
  return names;
}

std::vector<std::string> values_of(const SeriesKey& key) {
  return {key.freq,
          key.reporting_type,
          key.series,
          key.ref_area,
          key.sex,
          key.age,
          key.urbanisation,
          key.income_wealth_quantile,
          key.education_lev,
          key.occupation,
          key.cust_breakdown,
          key.composite_breakdown,
          key.disability_status,
          key.activity,
          key.product};
}

std::string query_key(const std::vector<std::string>& values) {
  std::string key;
  for (std::size_t n = 0; n < key_dimensions().size(); ++n) {
    if (n > 0) key += '.';
    if (n < values.size() && values[n] != "*") key += values[n];
  }
  return key;
}

namespace {

constexpr std::string_view world = "1";

/// Letters, digits and underscores in capitals: what a code of SDMX may be made of.
std::string to_code(std::string_view text) {
  std::string code;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z')
      code += char(c - 32);
    else if ((c >= 'A' && c <= 'Z') || is_digit(c))
      code += c;
    else
      code += c == '+' ? "_AND_" : "_";
  }
  return code;
}

std::string area_of(const std::string& partner) {
  const auto* country = partner.size() == 2 ? codes::find_country(partner) : nullptr;
  return country ? std::string(country->m49) : std::string();
}

std::string sdmx_sex(std::string_view sex) {
  return sex == "F" || sex == "M" ? std::string(sex) : std::string("_U");
}

struct Sum {
  Amount amount;
  bool computed = false;  ///< by a formula, not as it was booked
};

/// Adds rows up by series, area, sex and year.
class Observing {
 public:
  Observing(const Answer& answer, Area area)
      : answer_(answer), of_(*answer.methodology), area_(area) {
    for (const auto& item : of_.items) codes_.push_back(codes_above(item));
  }

  std::vector<Observation> run() {
    for (const auto& row : answer_.valued) {
      const bool computed = of_.methods[row.method].id != "M0";
      for (const auto& code : codes_[row.item])
        add(series_of(code), row.fact, row.value, computed, of_.currency, "_T");
    }
    for (const auto& row : answer_.counted) {
      const auto& item = of_.items[row.item];
      const auto& trait = trait_of(row.fact);
      const auto& unit = item.unit == "as-given" ? trait.unit : item.unit;
      add(series_of(item.code), row.fact, row.quantity, false, to_code(unit), "_T");
      if (item.by == "sex")
        add(series_of(item.code), row.fact, row.quantity, false, to_code(unit),
            sdmx_sex(trait.detail("sex")));
    }
    std::vector<Observation> all;
    for (const auto& [key, sum] : sums_) {
      const bool money = key.unit == of_.currency;
      auto value = money ? to_string(sum.amount, of_.decimals) : to_exact_string(sum.amount);
      all.push_back({key.series, key.year, std::move(value), key.unit, sum.computed ? "E" : "C"});
    }
    return all;
  }

 private:
  struct Key {
    SeriesKey series;
    std::string unit;
    int year = 0;
    auto operator<=>(const Key&) const = default;
  };

  const measurement::Trait& trait_of(std::uint32_t fact) const {
    return answer_.facts->traits[answer_.facts->rows[fact].trait];
  }

  /// The item, its group and every total that holds one of them.
  std::vector<std::string> codes_above(const measurement::Item& item) const {
    std::vector<std::string> codes{item.code};
    if (of_.groups[item.group].kind == GroupKind::counted) return codes;
    codes.push_back(of_.groups[item.group].code);
    for (bool more = true; more;) {
      more = false;
      for (const auto& total : of_.totals) {
        const bool holds = std::any_of(total.of.begin(), total.of.end(), [&](const auto& part) {
          return std::find(codes.begin(), codes.end(), part) != codes.end();
        });
        if (!holds || std::find(codes.begin(), codes.end(), total.code) != codes.end()) continue;
        codes.push_back(total.code);
        more = true;
      }
    }
    return codes;
  }

  std::string series_of(const std::string& code) const {
    const auto* item = of_.find_item(code);
    if (item && !item->sdmx.empty()) return item->sdmx;
    return "SSC_" + to_code(of_.name) + "_" + to_code(code);
  }

  void add(const std::string& series, std::uint32_t number, const Amount& amount, bool computed,
           const std::string& unit, const std::string& sex) {
    const auto& fact = answer_.facts->rows[number];
    if (fact.year == 0) return;
    Key key;
    key.series.series = series;
    key.series.sex = sex;
    key.unit = unit;
    key.year = fact.year;
    const auto& partner =
        answer_.facts->partners[area_ == Area::provider ? fact.provider : fact.recipient];
    for (const auto& area : {area_of(partner), std::string(world)}) {
      if (area.empty()) continue;
      key.series.ref_area = area;
      key.series.reporting_type = area == world ? "G" : "N";
      auto& sum = sums_[key];
      sum.amount += amount;
      sum.computed = sum.computed || computed;
    }
  }

  const Answer& answer_;
  const measurement::Methodology& of_;
  Area area_;
  std::vector<std::vector<std::string>> codes_;
  std::map<Key, Sum> sums_;
};

constexpr std::string_view dataflow = "AUSTRAL:DF_SSC(1.0)";

void write_header(iati::XmlWriter& xml, Date prepared, const std::string& sender) {
  const auto header = xml.element("message:Header");
  const auto leaf = [&](std::string_view name, std::string_view text) {
    const auto element = xml.element(name);
    xml.text(text);
  };
  leaf("message:ID", "AUSTRAL_SSC_" + to_code(to_string(prepared)));
  leaf("message:Test", "false");
  leaf("message:Prepared", to_string(prepared) + "T00:00:00");
  {
    const auto element = xml.element("message:Sender");
    xml.attribute("id", to_code(sender));
  }
  {
    const auto structure = xml.element("message:Structure");
    xml.attribute("structureID", "AUSTRAL_DF_SSC_1_0");
    xml.attribute("namespace",
                  "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=AUSTRAL:"
                  "DF_SSC(1.0):ObsLevelDim:TIME_PERIOD");
    xml.attribute("dimensionAtObservation", "TIME_PERIOD");
    const auto inner = xml.element("common:StructureUsage");
    const auto reference = xml.element("Ref");
    xml.attribute("agencyID", "AUSTRAL");
    xml.attribute("id", "DF_SSC");
    xml.attribute("version", "1.0");
  }
  leaf("message:DataSetAction", "Replace");
  leaf("message:DataSetID", "AUSTRAL_SSC");
}

}  // namespace

std::vector<Observation> observe(const Answer& answer, Area area) {
  return Observing(answer, area).run();
}

std::string write_csv(const std::vector<Observation>& observations) {
  std::string out = "DATAFLOW";
  for (const auto name : key_dimensions()) out += "," + std::string(name);
  out += ",TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,NATURE,OBS_STATUS\r\n";
  for (const auto& one : observations) {
    out += dataflow;
    for (const auto& value : values_of(one.key)) out += "," + value;
    out += "," + std::to_string(one.year) + "," + one.value + "," + one.unit_measure + ",0," +
           one.nature + ",A\r\n";
  }
  return out;
}

std::string write_xml(const std::vector<Observation>& observations, Date prepared,
                      const std::string& sender) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  {
    iati::XmlWriter xml(out);
    const auto message = xml.element("message:StructureSpecificData");
    xml.attribute("xmlns:message", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message");
    xml.attribute("xmlns:common", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common");
    xml.attribute("xmlns:data",
                  "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific");
    write_header(xml, prepared, sender);
    const auto set = xml.element("message:DataSet");
    xml.attribute("data:structureRef", "AUSTRAL_DF_SSC_1_0");
    xml.attribute("data:dataScope", "DataStructure");
    for (std::size_t n = 0; n < observations.size();) {
      const auto& first = observations[n];
      const auto series = xml.element("Series");
      const auto values = values_of(first.key);
      for (std::size_t d = 0; d < values.size(); ++d) xml.attribute(key_dimensions()[d], values[d]);
      xml.attribute("UNIT_MEASURE", first.unit_measure);
      for (; n < observations.size() && observations[n].key == first.key &&
             observations[n].unit_measure == first.unit_measure;
           ++n) {
        const auto observation = xml.element("Obs");
        xml.attribute("TIME_PERIOD", std::to_string(observations[n].year));
        xml.attribute("OBS_VALUE", observations[n].value);
        xml.attribute("OBS_STATUS", "A");
        xml.attribute("UNIT_MULT", "0");
        xml.attribute("NATURE", observations[n].nature);
      }
    }
  }
  return out + "\n";
}

}  // namespace austral::sdmx
