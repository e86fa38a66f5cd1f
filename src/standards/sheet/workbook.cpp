// Finds out what a file of tables is, unwraps it and hands it to its reader.
#include "standards/sheet/workbook.hpp"

#include <unistd.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/sheet/archive.hpp"
#include "standards/sheet/formats_in.hpp"
#include "standards/sheet/xlsx_xml.hpp"

namespace austral::sheet {
namespace {

constexpr int deepest_archive = 3;
constexpr std::uint64_t largest_unpacked = std::uint64_t(4) << 30;
using Opened = std::unique_ptr<Workbook>;

/// A file on disk and, where it was unpacked from another one, what keeps it there.
struct Place {
  std::string path;
  std::shared_ptr<Spool> kept;
  int depth = 0;
};

std::string first_bytes(standards::RawSource& source, std::size_t size) {
  std::string head(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    const std::size_t got = source.read(head.data() + filled, size - filled);
    if (got == 0) break;
    filled += got;
  }
  head.resize(filled);
  return head;
}

bool is_zip(std::string_view head) {
  return head.starts_with(std::string_view("PK\3\4", 4)) ||
         head.starts_with(std::string_view("PK\5\6", 4));
}

bool is_old_office(std::string_view head) { return head.starts_with("\xD0\xCF\x11\xE0"); }

constexpr const char* save_anew = "open it in a spreadsheet program and save it as .xlsx";

/// The record that begins a workbook outside of a container, as programs wrote it before Excel 5.
bool is_bare_biff(std::string_view head) {
  return head.size() > 4 && head[0] == '\x09' && head[3] == '\0' && head[2] >= 4 && head[2] <= 16 &&
         (head[1] == '\0' || head[1] == '\2' || head[1] == '\4' || head[1] == '\b');
}

/// What markup holds that is no table here, and what to do; empty when it may be text.
std::string name_markup(std::string_view head) {
  const auto start = std::min(head.size(), head.find_first_not_of(" \t\r\n\xEF\xBB\xBF"));
  const std::string beginning = fold(make_valid_utf8(head.substr(start, 400)));
  const auto begins = [&](std::string_view mark) { return beginning.starts_with(mark); };
  const auto holds = [&](std::string_view mark) {
    return beginning.find(mark) != std::string::npos;
  };
  if (begins("<!doctype html") || begins("<html") || begins("<table") || begins("<meta"))
    return std::string("the file is a web page, whatever its name ends with; ") + save_anew;
  if (begins("mime-version:"))
    return std::string("the file is a web page with its pictures (MHTML); ") + save_anew;
  if (holds("urn:schemas-microsoft-com:office:spreadsheet") || holds("progid=\"excel.sheet\""))
    return std::string("the file is an XML spreadsheet of 2003, which is not read; ") + save_anew;
  if (holds("<office:document"))
    return std::string("the file is a flat OpenDocument (.fods), which is not read; ") + save_anew;
  if (begins("<?xml") || begins("<iati")) return "the file is XML, which is no table";
  return {};
}

/// What a file that is no table is, and what to do; empty when it may be text.
std::string name_other(std::string_view head) {
  const auto begins = [&](std::string_view mark) { return head.starts_with(mark); };
  if (begins("%PDF"))
    return "the file is a PDF, which is no table; ask for the spreadsheet it was made from";
  if (begins("\x89PNG") || begins("\xFF\xD8\xFF") || begins("GIF8"))
    return "the file is a picture, which is no table";
  if (begins("Rar!") || begins("7z\xBC\xAF") || begins("BZh") ||
      begins("\xFD"
             "7zXZ") ||
      begins("\x28\xB5\x2F\xFD"))
    return "the file is an archive that is not unpacked here (rar, 7z, bz2, xz, zstd); unpack it "
           "and give the file itself";
  if (begins("SQLite format 3")) return "the file is a SQLite database, which is no table";
  if (is_bare_biff(head))
    return std::string("the file is a workbook of Excel 4 or older, which is not read; ") +
           save_anew;
  return name_markup(head);
}

Opened open_place(const Place& place, const WorkbookOptions& options, const std::string& member);

/// A list or an object of JSON, and no line of text that begins with a bracket.
bool looks_like_json(std::string_view head) {
  const auto visible = [&] {
    head.remove_prefix(std::min(head.size(), head.find_first_not_of(" \t\r\n")));
    return head.empty() ? '\0' : head.front();
  };
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const char first = visible();
  if (first != '{' && first != '[') return false;
  head.remove_prefix(1);
  const char second = visible();
  return first == '{' ? second == '"' || second == '}' : second == '{' || second == ']';
}

Opened open_text(OpenSource source, const std::string& head, const WorkbookOptions& options) {
  const std::string other = name_other(head);
  if (!other.empty()) throw Error(Kind::invalid, other);
  if (looks_like_json(head)) return open_json_book(std::move(source), options);
  return open_delimited(std::move(source), options);
}

bool is_clutter(const std::string& name) {
  const auto slash = name.rfind('/');
  const std::string base = slash == std::string::npos ? name : name.substr(slash + 1);
  return base.empty() || base[0] == '.' || name.starts_with("__MACOSX/") || base == "Thumbs.db" ||
         base == "desktop.ini";
}

bool may_be_table(const std::string& name) {
  const std::string small = fold(name);
  for (const char* ending : {".csv", ".tsv", ".tab", ".txt", ".psv", ".xlsx", ".xlsm", ".xltx",
                             ".xls", ".ods", ".json", ".geojson", ".zip", ".gz"})
    if (small.ends_with(ending)) return true;
  return false;
}

std::string list_names(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < 20; ++i) out += (i ? ", " : "") + names[i];
  return names.size() > 20 ? out + " ..." : out;
}

/// The one member that is meant. Throws: Error::invalid naming the members to choose from.
std::size_t choose_member(const Archive& archive, const std::string& wanted) {
  const auto& members = archive.members();
  std::vector<std::size_t> tables;
  std::vector<std::string> names, all;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (is_clutter(members[i].name)) continue;
    all.push_back(members[i].name);
    if (!may_be_table(members[i].name)) continue;
    tables.push_back(i);
    names.push_back(members[i].name);
  }
  if (!wanted.empty()) {
    const int found = archive.find(wanted);
    if (found >= 0) return std::size_t(found);
    std::vector<std::size_t> ending;
    for (std::size_t i = 0; i < members.size(); ++i)
      if (!is_clutter(members[i].name) && members[i].name.ends_with('/' + wanted))
        ending.push_back(i);
    if (ending.size() == 1) return ending[0];
    throw Error(Kind::invalid, "the archive has no member " + wanted +
                                   "; it holds: " + (all.empty() ? "nothing" : list_names(all)));
  }
  if (tables.size() == 1) return tables[0];
  if (tables.empty())
    throw Error(Kind::invalid,
                "the archive holds no table (csv, xlsx, xls, ods, json); it holds: " +
                    (all.empty() ? "nothing" : list_names(all)));
  throw Error(Kind::invalid,
              "the archive holds several tables; name one as FILE#MEMBER: " + list_names(names));
}

Opened open_member(const Place& place, const WorkbookOptions& options, const std::string& wanted) {
  if (place.depth >= deepest_archive)
    throw Error(Kind::invalid, "archives stand in archives more than three deep; unpack them");
  const auto archive = std::make_shared<Archive>(place.path);
  const auto hash = wanted.find('#');
  const std::size_t index = choose_member(*archive, wanted.substr(0, hash));
  const std::string& name = archive->members()[index].name;
  const auto beginning = archive->read(index);
  const std::string head = first_bytes(*beginning, 512);
  for (const auto& finding : beginning->trouble())
    if (finding.severity == Severity::damage && head.empty())
      throw Error(Kind::invalid, finding.message);
  if (is_zip(head) || is_old_office(head) || head.starts_with("\x1F\x8B")) {
    const auto source = archive->read(index);
    auto unpacked = spool(*source, largest_unpacked, name);
    const std::string path = unpacked->path();
    return open_place({path, std::move(unpacked), place.depth + 1}, options,
                      hash == std::string::npos ? "" : wanted.substr(hash + 1));
  }
  const auto kept = place.kept;
  return open_text([archive, kept, index] { return archive->read(index); }, head, options);
}

Opened open_zip(const Place& place, const WorkbookOptions& options, const std::string& member) {
  const Archive archive(place.path);
  if (archive.find("[Content_Types].xml") >= 0 || archive.find("xl/workbook.xml") >= 0)
    return open_xlsx_book(place.path, place.kept);
  if (archive.find("content.xml") >= 0 && archive.find("META-INF/manifest.xml") >= 0)
    return open_ods(place.path, place.kept);
  return open_member(place, options, member);
}

Opened unpack_gzip(const Place& place, const WorkbookOptions& options, const std::string& member) {
  if (place.depth >= deepest_archive)
    throw Error(Kind::invalid, "archives stand in archives more than three deep; unpack them");
  const auto open = [place] { return standards::open_gzip(place.path); };
  const std::string head = first_bytes(*open(), 512);
  if (!is_zip(head) && !is_old_office(head)) return open_text(open, head, options);
  const auto source = open();
  auto unpacked = spool(*source, largest_unpacked, "the gzip file");
  const std::string path = unpacked->path();
  return open_place({path, std::move(unpacked), place.depth + 1}, options, member);
}

Opened open_place(const Place& place, const WorkbookOptions& options, const std::string& member) {
  const auto open = [place] { return standards::open_plain(place.path); };
  const std::string head = first_bytes(*open(), 512);
  if (is_zip(head)) return open_zip(place, options, member);
  if (head.starts_with("\x1F\x8B")) return unpack_gzip(place, options, member);
  if (is_old_office(head)) return open_xls(place.path, place.kept);
  return open_text(open, head, options);
}

}  // namespace

std::vector<std::string> list_members(const std::string& path) {
  std::vector<std::string> names;
  if (!is_zip(first_bytes(*standards::open_plain(path), 512))) return names;
  const Archive archive(path);
  for (const auto* inside : {"[Content_Types].xml", "xl/workbook.xml", "META-INF/manifest.xml"})
    if (archive.find(inside) >= 0) return names;
  for (const auto& member : archive.members())
    if (!is_clutter(member.name) && may_be_table(member.name)) names.push_back(member.name);
  return names;
}

const std::vector<SheetMerge>& SheetReader::merges() const {
  static const std::vector<SheetMerge> none;
  return none;
}

const SheetCell* SheetRow::find(std::size_t column) const {
  const auto at = std::lower_bound(
      cells.begin(), cells.end(), column,
      [](const SheetCell& cell, std::size_t wanted) { return cell.column < wanted; });
  return at != cells.end() && at->column == column ? &*at : nullptr;
}

std::string name_cell(std::string_view sheet, std::size_t column, std::uint64_t row) {
  std::string out(sheet);
  if (!out.empty()) out += '!';
  return out + column_letters(column) + std::to_string(row);
}

std::unique_ptr<Workbook> open_workbook(const std::string& path, const WorkbookOptions& options) {
  const auto hash = path.rfind('#');
  if (hash != std::string::npos && hash > 0 && ::access(path.c_str(), F_OK) != 0) {
    WorkbookOptions named = options;
    named.member = path.substr(hash + 1) + (options.member.empty() ? "" : '#' + options.member);
    return open_workbook(path.substr(0, hash), named);
  }
  return open_place({path, nullptr, 0}, options, options.member);
}

}  // namespace austral::sheet
