// CRS files as tests read them: the rows of a hand-written file, and rows made by chance.
#pragma once

#include <rapidcheck.h>

#include <map>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "standards/crs/activity.hpp"
#include "standards/crs/crs.hpp"
#include "standards/format.hpp"
#include "standards/sheet_sample.hpp"

namespace austral::crs {

inline std::string test_file(const std::string& name) {
  return std::string(AUSTRAL_SOURCE_DIR) + "/tests/data/crs/" + name;
}

/// A file's records by identifier, and all that was found.
struct FileRead {
  std::map<std::string, registry::Record> records;
  Findings findings;
  int unusable = 0;
};

inline FileRead read_file(const std::string& path) {
  FileRead file;
  const auto reader = open(path);
  standards::Fragment fragment;
  while (reader->next(fragment)) {
    auto reading = read(fragment);
    for (auto& finding : reading.findings) file.findings.push_back(std::move(finding));
    const std::string identifier = reading.record.identifier;
    if (reading.usable)
      file.records[identifier] = std::move(reading.record);
    else
      ++file.unusable;
    fragment = {};
  }
  for (const auto& finding : reader->findings()) file.findings.push_back(finding);
  return file;
}

inline FileRead read_text(const std::string& text) {
  const sheet::FileOf file(text);
  return read_file(file.path());
}

inline std::map<std::string, std::string> extras_of(const registry::Record& record) {
  std::map<std::string, std::string> extras;
  for (const auto& extra : record.extras) extras[extra.path] = extra.value;
  return extras;
}

/// Rows of one activity in one year with values that real files have, good and bad, brought to one
/// form.
inline std::vector<Activity> any_activity() {
  using F = Field;
  static const std::map<F, std::vector<std::string>> pools = {
      {F::agency, {"", "2", "99", "2.0", "A-7"}},
      {F::agency_name, {"", "Ministry", "=Agence"}},
      {F::project_number, {"", "BRA/13/008", "GB-GOV-1-200777", "BR-CNPJ-12345-7"}},
      {F::recipient, {"259", "550", "551", "57", "298", "9998", "738.0", "77777", ""}},
      {F::recipient_name, {"", "Mozambique", "Nowhere"}},
      {F::flow, {"", "11", "13", "14", "19", "30", "10", "99"}},
      {F::collaboration, {"", "1", "4", "8", "88"}},
      {F::finance_type, {"", "110", "421.0", "999"}},
      {F::aid_type, {"", "C01", "d02", "Z9"}},
      {F::commitment, {"", "0", "12.5", "1e3", "n/a", "99999999999999999", "0.000000000001"}},
      {F::disbursement, {"", "0.00", "-7", "0.010816", "0.1000000000000000055511"}},
      {F::disbursement_national, {"", "12.5", "x"}},
      {F::short_description, {"", "WELLS", "Wells", "Two | pipes"}},
      {F::title, {"", "WELLS", "Wells", "\xC3\x81gua, \"boa\"", "-1"}},
      {F::description, {"", "WELLS", "Long.\nLonger.", "a | b"}},
      {F::purpose, {"", "14031", "14031.0", "1"}},
      {F::purpose_name, {"", "Water"}},
      {F::sector, {"", "140", "311", "31"}},
      {F::channel, {"", "11001", "41114", "99999"}},
      {F::channel_name, {"", "UNDP", "No such channel"}},
      {F::channel_as_reported, {"", "Embrapa"}},
      {F::planned_start, {"", "2016-02-01 00:00:00", "2016-02-01", "03/04/2016"}},
      {F::planned_end, {"", "2018-12-31", "soon"}},
      {F::gender, {"", "0", "1", "2.0", "9"}},
      {F::mitigation, {"", "2"}},
      {F::child_health, {"", "1", "4"}},
      {F::goals, {"", "4.2;13;10;1", "17.0", "4;4.2;4.3", "18;2.a"}},
      {F(22), {"", "3.5"}},          // usd_received
      {F(38), {"", "918"}},          // CurrencyCode
      {F(53), {"", "In the North"}}  // Geography
  };
  const auto rows = *rc::gen::inRange(1, 4);
  const std::string provider = *rc::gen::element<std::string>("5", "12", "431", "4711");
  std::vector<Activity> all;
  for (int i = 0; i < rows; ++i) {
    Activity row = i == 0 ? Activity() : all.front();  // most columns agree, as in real files
    row[F::year] = "2022";
    row[F::provider] = provider;
    row[F::crs_id] = "2022-17 a";
    row[F::provider_name] = provider == "5" ? "Germany" : "Somebody";
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

}  // namespace austral::crs
