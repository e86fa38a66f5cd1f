// THE TABLE of formats that the register reads, and how a file's format is recognised.
#include "base/error.hpp"
#include "standards/bytes.hpp"
#include "standards/crs/crs.hpp"
#include "standards/form/form.hpp"
#include "standards/format.hpp"
#include "standards/iati/iati.hpp"
#include "standards/mapping/apply.hpp"
#include "standards/mapping/known.hpp"
#include "standards/mapping/reader.hpp"
#include "standards/tossd/tossd.hpp"

namespace austral::standards {

namespace {

/// Tables are known by their header, which find_table_format() looks for.
bool is_no_text(std::string_view) { return false; }

}  // namespace

const std::vector<Format>& formats() {
  static const std::vector<Format> table = {
      {"iati", "IATI activity and organisation files", "1.01 to 2.03", &iati::recognise,
       &iati::open, &iati::read},
      {"tossd", "TOSSD activity files", "53 columns of 2019 to 2024; CSV, XLSX", &is_no_text,
       &tossd::open, &tossd::read, &tossd::is_header},
      {"crs", "CRS activity files of the OECD",
       "86 columns of 2016 and later ones, SDMX-CSV; text, CSV, XLSX", &is_no_text, &crs::open,
       &crs::read, &crs::is_header},
      {"mapping", "Sheets of any kind, by a mapping", "XLSX, XLS, ODS, CSV, JSON",
       &mapping::recognise_nothing, &mapping::refuse_to_open, &mapping::read_fragment},
      {"form", "Forms of our own, filled offline", "XLSX", &form::recognise_nothing,
       &form::open_form, &form::read_fragment},
  };
  return table;
}

const Format& get_format(std::string_view name) {
  std::string known;
  for (const auto& format : formats()) {
    if (format.name == name) return format;
    known += (known.empty() ? "" : ", ") + std::string(format.name);
  }
  throw Error(Kind::invalid, "there is no format '" + std::string(name) + "'; known: " + known);
}

namespace {

constexpr std::size_t bytes_to_recognise = 64 * 1024;

const Format* recognise(std::string_view head) {
  for (const auto& format : formats())
    if (format.recognise(head)) return &format;
  return nullptr;
}

}  // namespace

const Format* find_format(const std::string& path) {
  if (form::is_form(path)) return &get_format("form");
  if (const auto* format = recognise(first_bytes_of(path, bytes_to_recognise))) return format;
  return find_table_format(path);
}

const Format& recognise_format(const std::string& path) {
  if (form::is_form(path)) return get_format("form");
  const std::string head = first_bytes_of(path, bytes_to_recognise);
  if (const auto* format = recognise(head)) return *format;
  if (const auto* format = find_table_format(path)) return *format;
  std::string readable;
  for (const auto& format : formats())
    readable += (readable.empty() ? "" : "; ") + std::string(format.title);
  throw Error(Kind::invalid,
              path + " is " + iati::describe_beginning(head) + "; what can be read: " + readable);
}

Reading read_source(const std::string& format, const std::string& text) {
  const std::string name = format.substr(0, format.find_first_of("-@"));
  Fragment fragment;
  fragment.text = text;
  fragment.format = format;
  return get_format(name).read(fragment);
}

Reading read_source(store::Database& database, const std::string& format, const std::string& text) {
  const auto digest = mapping::digest_in(format);
  const bool by_mapping = format.starts_with("mapping");
  if (by_mapping && (digest.empty() || !mapping::find_edition(digest)))
    mapping::know_mappings_of(database);
  return read_source(format, text);
}

}  // namespace austral::standards
