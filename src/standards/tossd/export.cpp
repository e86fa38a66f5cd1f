// Rows on their way out: names beside codes, cells that no spreadsheet computes, lines of CSV.
#include "standards/tossd/export.hpp"

#include "base/decimal.hpp"
#include "base/json.hpp"
#include "codes/code_list.hpp"
#include "codes/organization.hpp"
#include "standards/rows/values.hpp"

namespace austral::tossd {

using F = Field;

namespace {

/// What the reader takes for "no year told", so that it does not conclude one from a part of a
/// file.
constexpr std::string_view no_base_year = "unknown";
constexpr std::string_view others_header = "OtherColumns";

std::string label_beside(std::string_view list, std::string_view code,
                         const std::string& language) {
  const auto* known = codes::get_list(list).find(code);
  return known ? std::string(codes::label_of(*known, language)) : std::string();
}

std::string channel_label(const std::string& code) {
  const auto* known = codes::find_organization(code);
  return known ? std::string(known->label) : std::string();
}

void label_sectors(Activity& row, const std::string& language) {
  const auto& purpose = row[F::purpose];
  const std::string five = purpose.substr(0, 5);
  const bool known = (purpose.size() == 5 || purpose.size() == 7) &&
                     codes::get_list("purpose").find(five) != nullptr;
  if (known && row[F::purpose_name].empty())
    row[F::purpose_name] = label_beside("purpose", five, language);
  if (known && row[F::sector].empty() && codes::get_list("category").find(five.substr(0, 3)))
    row[F::sector] = five.substr(0, 3);
  if (row[F::sector_name].empty())
    row[F::sector_name] = label_beside("category", row[F::sector], language);
}

void add_dollars(Activity& row) {
  constexpr std::pair<F, F> pairs[] = {{F::commitment, F::commitment_national},
                                       {F::disbursement, F::disbursement_national},
                                       {F::reflow, F::reflow_national}};
  for (const auto& [usd, national] : pairs)
    if (row[usd].empty() && !row[national].empty())
      row[usd] = to_thousand_usd(row[national], row[F::currency], row[F::year]);
  const bool constant = !row[F::commitment_constant].empty() ||
                        !row[F::disbursement_constant].empty() ||
                        !row[F::reflow_constant].empty() || !row[F::mobilised_constant].empty();
  if (constant && row[F::base_year].empty()) row[F::base_year] = no_base_year;
}

void append_cell(std::string& out, std::string_view value) {
  const std::string cell = to_cell(value);
  if (cell.find_first_of(",\"\r\n;\t") == std::string::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string join_others(const Activity& row) {
  if (row.line.others.empty()) return {};
  std::string json = "{";
  for (const auto& [name, value] : row.line.others) {
    if (json.size() > 1) json += ',';
    append_json_string(json, name);
    json += ':';
    append_json_string(json, value);
  }
  return json + "}";
}

class ActivityFileWriter : public standards::Writer {
 public:
  void begin(const standards::ExportHead& head, std::string& out) override {
    language_ = head.language;
    for (const auto& column : columns().all()) {
      append_cell(out, column.name);
      out += ',';
    }
    out += std::string(others_header) + "\r\n";
  }

  void write(const standards::Outgoing& one, std::string& out, Findings& findings) override {
    auto rows = to_activities(one.record);
    const auto initiative = one.initiative ? one.initiative->key : 0;
    if (!rows.empty()) {
      if (!one.counted && one.initiative && initiative == foreign_)
        findings.push_back({Severity::warning, "tossd.told-twice", "",
                            "another record of the same initiative, of another format, is in the "
                            "file too: sums of the file may count its money twice; choose one "
                            "with --publisher"});
    } else if (!one.counted) {
      findings.push_back({Severity::remark, "tossd.not-counted", "",
                          "another record of the same initiative is counted in its place; it is "
                          "left out, so that the file does not tell its money twice"});
    } else {
      rows = fold_foreign(one.record, language_, findings);
      foreign_ = initiative;
    }
    for (auto& row : rows) {
      add_labels(row, language_);
      for (const auto& value : row.line.values) {
        append_cell(out, value);
        out += ',';
      }
      append_cell(out, join_others(row));
      out += "\r\n";
    }
  }

  void finish(std::string&) override {}

 private:
  std::string language_ = "en";
  std::int64_t foreign_ = -1;  // initiative of the last record of another format
};

}  // namespace

void add_labels(Activity& row, const std::string& language) {
  const auto fill = [&](F field, auto&& find) {
    if (row[field].empty()) row[field] = find();
  };
  const auto listed = [&](F field, F name, const char* list) {
    fill(name, [&] { return label_beside(list, row[field], language); });
  };
  if (!row.is_aggregate())
    fill(F::provider_name, [&] { return rows::provider_name(row[F::provider], language); });
  if (rows::is_known_recipient(row[F::recipient])) {
    fill(F::recipient_name, [&] { return rows::recipient_name(row[F::recipient], language); });
    fill(F::region_name, [&] { return rows::region_name(row[F::recipient], language); });
  }
  fill(F::channel_name, [&] { return channel_label(row[F::channel]); });
  fill(F::parent_channel_name, [&] { return channel_label(row[F::parent_channel]); });
  listed(F::instrument, F::instrument_name, "tossd-instrument");
  listed(F::arrangement, F::arrangement_name, "tossd-financing_arrangement");
  listed(F::framework, F::framework_name, "tossd-framework");
  listed(F::modality, F::modality_name, "tossd-modality");
  label_sectors(row, language);
  add_dollars(row);
}

std::string to_cell(std::string_view value) {
  constexpr std::string_view formula = "=+-@\t\r";
  const bool like_one = !value.empty() && formula.find(value[0]) != std::string_view::npos;
  if (!like_one || parse_decimal(value)) return std::string(value);
  return "'" + std::string(value);
}

std::unique_ptr<standards::Writer> open_writer() { return std::make_unique<ActivityFileWriter>(); }

}  // namespace austral::tossd
