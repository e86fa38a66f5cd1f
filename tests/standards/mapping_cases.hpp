// The seven published cases that mappings are shipped for, and where the data pack has them.
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

namespace austral::testing {

/// One published file with the shipped mapping that reads it; `family` tells the seven cases apart.
struct SheetCase {
  std::string mapping, path, family;
};

/// Empty without AUSTRAL_DATA.
inline std::string data_pack() {
  const char* folder = std::getenv("AUSTRAL_DATA");
  return folder ? folder : "";
}

inline std::vector<SheetCase> sheet_cases() {
  const std::string finance = "/finance/",
                    fts = finance + "OCHA-DAP+hdx-scraper-fts/tests/fixtures/",
                    gcf = finance + "OCHA-DAP+hdx-scraper-gcf/tests/fixtures/input/";
  std::vector<SheetCase> cases = {
      {"brazil-2005-2011", finance + "Brazil_2005-2011_raw_data.xlsx", "brazil"},
      {"china-2000-2014", finance + "GlobalChineseOfficialFinanceDataset_v1.0.zip", "china-2014"},
      {"china-2000-2017", finance + "projects_from_geojson.csv", "china-2017"},
      {"saudi-arabia", finance + "SaudiArabia_TUFFDonorDataset_Level1_v1.0.csv.zip", "saudi"},
      {"undp-mapping-2015", "/ssc/undp_ssc_june2015.json", "undp"},
      {"undp-mapping-2016", "/ssc/undp_ssc_may2016.json", "undp"},
      {"fts-flows", fts + "fts_incoming_funding_global.csv", "fts"},
      {"gcf-projects", gcf + "climate-funded-activities.csv", "gcf"},
      {"gcf-projects-json", gcf + "v1-projects.json", "gcf"},
      {"gcf-readiness-json", gcf + "v1-readinessprojects.json", "gcf"},
  };
  for (auto& one : cases) one.path = data_pack() + one.path;
  return cases;
}

}  // namespace austral::testing
