// A form through the one door: what changed becomes fragments, fragments become records.
#include "base/error.hpp"
#include "base/json.hpp"
#include "standards/form/compare.hpp"

namespace austral::form {
namespace {

/// Hands over records that were merged before.
class MergedReader : public standards::Reader {
 public:
  MergedReader(std::vector<standards::Fragment> fragments, Findings findings, bool damaged)
      : fragments_(std::move(fragments)), findings_(std::move(findings)), damaged_(damaged) {}

  bool next(standards::Fragment& fragment) override {
    if (place_ == fragments_.size()) return false;
    fragment = std::move(fragments_[place_++]);
    return true;
  }
  const Findings& findings() const override { return findings_; }
  bool damaged() const override { return damaged_; }
  std::uint64_t bytes_read() const override { return 0; }
  std::string format() const override { return "form-1"; }

 private:
  std::vector<standards::Fragment> fragments_;
  Findings findings_;
  bool damaged_;
  std::size_t place_ = 0;
};

standards::Fragment to_fragment(const SheetRecord& sheet, const registry::Record& record) {
  standards::Fragment fragment;
  fragment.format = "form-1";
  fragment.text = "{\"form\":1,\"rows\":[" + sheet.rows + "],\"record\":";
  append_json(fragment.text, record);
  fragment.text += "}";
  fragment.line = sheet.place.row;
  fragment.rows = {sheet.place};
  return fragment;
}

void tell_undone(const Comparison& comparison, bool take_sheet, Findings& findings) {
  for (const auto& one : comparison.changes) {
    if (one.kind == ChangeKind::conflict && !take_sheet)
      findings.push_back({Severity::warning, "form.conflict", one.cell,
                          one.identifier + ", " + one.field + ": given out '" + one.given +
                              "', in force now '" + one.in_force + "', in the sheet '" + one.sheet +
                              "'; it stays as it is in force; import with --take sheet to "
                              "enter the sheet's"});
    if (one.kind == ChangeKind::removal)
      findings.push_back({Severity::remark, "form.removal", one.cell,
                          one.identifier + " was given out and its row is gone; the register "
                                           "keeps it as it is"});
  }
}

}  // namespace

standards::ImportedFile import_form(store::Database& database, const std::string& path,
                                    const standards::ImportOptions& options) {
  auto form = read_form(path);
  auto comparison = compare_form(database, form, options.take_sheet);
  auto findings = std::move(form.findings);
  for (auto& finding : comparison.findings) findings.push_back(std::move(finding));
  tell_undone(comparison, options.take_sheet, findings);
  std::vector<standards::Fragment> fragments;
  for (const auto& one : comparison.to_enter)
    fragments.push_back(to_fragment(form.records[one.from], one.record));
  auto how = options;
  how.format = "form";
  how.reader =
      std::make_shared<MergedReader>(std::move(fragments), std::move(findings), form.damaged);
  auto file = standards::import_file(database, path, how);
  file.counts.read += std::int64_t(comparison.unchanged);
  file.counts.unchanged += std::int64_t(comparison.unchanged);
  return file;
}

bool recognise_nothing(std::string_view) { return false; }

std::unique_ptr<standards::Reader> open_form(const std::string&) {
  throw Error(Kind::invalid, "a form is read beside the register that gave it out");
}

standards::Reading read_fragment(const standards::Fragment& fragment) {
  standards::Reading reading;
  boost::system::error_code error;
  const auto json = boost::json::parse(fragment.text, error);
  const auto* object = error ? nullptr : json.if_object();
  const auto* record = object ? object->if_contains("record") : nullptr;
  if (!record) {
    reading.usable = false;
    reading.findings.push_back({Severity::damage, "form.source", "",
                                "the kept rows of a form cannot be read; import the form again"});
    return reading;
  }
  read_json(*record, reading.record);
  return reading;
}

}  // namespace austral::form
