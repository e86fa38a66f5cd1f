// TOSSD files as tests read them: the rows of a hand-written file, and rows made by chance.
#pragma once

#include <rapidcheck.h>

#include <map>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "standards/format.hpp"
#include "standards/tossd/activity.hpp"
#include "standards/tossd/tossd.hpp"

namespace austral::tossd {

inline std::string test_file(const std::string& name) {
  return std::string(AUSTRAL_SOURCE_DIR) + "/tests/data/tossd/" + name;
}

/// A file's records by identifier, and all that was found.
struct FileRead {
  std::map<std::string, registry::Record> records;
  Findings findings;
};

inline FileRead read_file(const std::string& path) {
  FileRead file;
  const auto reader = open(path);
  standards::Fragment fragment;
  while (reader->next(fragment)) {
    auto reading = read(fragment);
    for (auto& finding : reading.findings) file.findings.push_back(std::move(finding));
    if (reading.usable) {
      const std::string identifier = reading.record.identifier;
      file.records[identifier] = std::move(reading.record);
    }
    fragment = {};
  }
  for (const auto& finding : reader->findings()) file.findings.push_back(finding);
  return file;
}

/// Rows of one activity in one year with values that real files have, good and bad, brought to one
/// form.
inline std::vector<Activity> any_activity() {
  using F = Field;
  static const std::map<F, std::vector<std::string>> pools = {
      {F::recipient, {"259", "255", "298", "9998", "738.0", "77777", ""}},
      {F::recipient_name, {"", "Mozambique", "Nowhere"}},
      {F::region_name, {"", "Eastern Africa", "South & Central Asia"}},
      {F::agency_name, {"", "Agency", "=Agence"}},
      {F::project_number, {"", "BRA/13/008", "BR-CNPJ-12345-7"}},
      {F::channel_as_reported, {"", "Embrapa"}},
      {F::channel, {"", "11001", "41114", "99999"}},
      {F::channel_name, {"", "UNDP", "No such channel"}},
      {F::other_partners, {"", "Japan", "Japan;Islamic Development Bank ;"}},
      {F::instrument, {"", "110", "421.0", "2100", "999"}},
      {F::arrangement, {"", "fa02", "FA9"}},
      {F::framework, {"", "FC01", "fc02", "FC7"}},
      {F::framework_name, {"", "Triangular co-operation"}},
      {F::modality, {"", "d011", "B02A", "c01", "Z9"}},
      {F::title, {"", "Cotton", "Água, \"boa\"", "-1"}},
      {F::external_link, {"", "https://example.org/1"}},
      {F::sdg_focus, {"", "4.2;13;10;1", "17.0", "4;4.2;4.3", "18;2.a"}},
      {F::keywords, {"", "gender|NON-17.3.1", "ODD|GENDER"}},
      {F::purpose, {"", "31120", "3112001", "31120.0", "1"}},
      {F::purpose_name, {"", "Agricultural development"}},
      {F::sector, {"", "311", "140", "31"}},
      {F::isic, {"", "01", "A01"}},
      {F::isic_name, {"", "Growing"}},
      {F::isic_section, {"", "A"}},
      {F::description, {"", "Long.\nLonger."}},
      {F::pillar, {"", "0", "1", "2", "22", "7"}},
      {F::sub_pillar, {"", "21", "22", "1"}},
      {F::commitment, {"", "0", "12.5", "1e3", "n/a", "99999999999999999"}},
      {F::disbursement, {"", "0.00", "-7", "0.010816", "0.1000000000000000055511"}},
      {F::disbursement_constant, {"", "12.5"}},
      {F::reflow, {"", "3.25"}},
      {F::salary_cost, {"", "0", "4"}},
      {F::concessionality, {"", "0", "1", "1.0", "yes"}},
      {F::mobilised, {"", "2.5"}},
      {F::source_name, {"", "Brazil"}},
      {F::currency, {"", "BRL", "brl"}},
      {F::disbursement_national, {"", "100", "0"}},
      {F::base_year, {"", "2024"}},
  };
  const auto rows = *rc::gen::inRange(1, 4);
  const std::string provider = *rc::gen::element<std::string>("431", "55", "0", "4711");
  std::vector<Activity> all;
  for (int i = 0; i < rows; ++i) {
    Activity row = i == 0 ? Activity() : all.front();  // most columns agree, as in real files
    row[F::year] = "2022";
    row[F::provider] = provider;
    row[F::tossd_id] = "2022-17 a";
    row[F::provider_name] = provider == "431" ? "Brazil" : "Somebody";
    for (const auto& [field, values] : pools)
      if (i == 0 || *rc::gen::inRange(0, 5) == 0) row[field] = *rc::gen::elementOf(values);
    if (*rc::gen::inRange(0, 6) == 0) row.line.others = {{"Remark", "as told"}};
    all.push_back(row);
  }
  Findings ignored;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = read_activity(all[i].line, ignored);
    all[i].line.n = i;
  }
  return all;
}

}  // namespace austral::tossd
