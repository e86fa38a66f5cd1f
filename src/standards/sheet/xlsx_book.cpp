// Reads what stands around the sheets: relations, the list of sheets, styles, shared strings.
#include "standards/sheet/xlsx_book.hpp"

#include <charconv>
#include <functional>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "standards/sheet/xml_feed.hpp"

namespace austral::sheet {
namespace {

constexpr std::size_t most_sheets = 10'000, most_styles = 1'000'000;
constexpr std::size_t longest_string = 4 << 20;

/// Calls back for each element.
class ElementFeed : public XmlFeed {
 public:
  using Start = std::function<void(std::string_view, const char**)>;
  using End = std::function<void(std::string_view)>;
  ElementFeed(const Archive& archive, int member, Start on_begin, End on_close = {})
      : XmlFeed(archive.read(std::size_t(member)), archive.members()[std::size_t(member)].name),
        begin_(std::move(on_begin)),
        close_(std::move(on_close)) {}

 protected:
  void on_start(std::string_view name, const char** attributes) override {
    begin_(name, attributes);
  }
  void on_end(std::string_view name) override {
    if (close_) close_(name);
  }

 private:
  Start begin_;
  End close_;
};

/// A target of a relation as a name in the archive.
std::string resolve(std::string_view folder, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string base(folder);
  while (target.starts_with("../") || target.starts_with("./")) {
    if (target.starts_with("../")) {
      const auto slash = base.empty() ? std::string::npos : base.rfind('/', base.size() - 2);
      base.resize(slash == std::string::npos ? 0 : slash + 1);
      target.remove_prefix(3);
    } else {
      target.remove_prefix(2);
    }
  }
  return base + percent_decode(target);
}

struct Relation {
  std::string kind, target;
};

std::map<std::string, Relation, std::less<>> read_relations(const Archive& archive,
                                                            const std::string& part,
                                                            const std::string& folder) {
  std::map<std::string, Relation, std::less<>> out;
  const int member = archive.find(part);
  if (member < 0) return out;
  ElementFeed(archive, member, [&](std::string_view name, const char** attributes) {
    if (name != "Relationship" || out.size() >= most_sheets) return;
    if (XmlFeed::attribute(attributes, "TargetMode") == "External") return;
    std::string_view kind = XmlFeed::attribute(attributes, "Type");
    kind.remove_prefix(std::min(kind.size(), kind.rfind('/') + 1));
    out[std::string(XmlFeed::attribute(attributes, "Id"))] = {
        std::string(kind), resolve(folder, XmlFeed::attribute(attributes, "Target"))};
  }).run();
  return out;
}

bool is_true(std::string_view value) { return value == "1" || value == "true" || value == "on"; }

unsigned number_of(std::string_view text) {
  unsigned out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

void read_styles(XlsxBook& book, const Archive& archive, int member) {
  std::map<unsigned, CellForm> formats;
  bool inside = false;
  ElementFeed feed(
      archive, member,
      [&](std::string_view name, const char** attributes) {
        if (name == "numFmt" && formats.size() < most_styles) {
          formats[number_of(XmlFeed::attribute(attributes, "numFmtId"))] =
              form_of_code(XmlFeed::attribute(attributes, "formatCode"));
        } else if (name == "cellXfs") {
          inside = true;
        } else if (inside && name == "xf" && book.forms.size() < most_styles) {
          const unsigned format = number_of(XmlFeed::attribute(attributes, "numFmtId"));
          const auto own = formats.find(format);
          book.forms.push_back(own != formats.end() ? own->second : form_of_builtin(format));
        }
      },
      [&](std::string_view name) { inside = inside && name != "cellXfs"; });
  feed.run();
  if (feed.damage()) book.findings.add(*feed.damage());
}

/// The list of sheets, in their order; those that are charts or dialogs hold no cells.
void read_sheet_list(XlsxBook& book, const Archive& archive, int member, const std::string& part) {
  const auto slash = part.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : part.substr(0, slash + 1);
  const auto relations =
      read_relations(archive, folder + "_rels/" + part.substr(folder.size()) + ".rels", folder);
  ElementFeed feed(archive, member, [&](std::string_view name, const char** attributes) {
    if (name == "workbookPr") {
      book.from_1904 = is_true(XmlFeed::attribute(attributes, "date1904"));
    } else if (name == "sheet" && book.sheets.size() < most_sheets) {
      std::string_view id;
      for (const char** at = attributes; *at; at += 2)
        if (std::string_view(at[0]).ends_with(":id")) id = at[1];
      const auto relation = relations.find(id);
      if (relation != relations.end() && relation->second.kind != "worksheet") return;
      const std::string_view state = XmlFeed::attribute(attributes, "state");
      book.sheets.push_back({std::string(XmlFeed::attribute(attributes, "name")),
                             state == "hidden" || state == "veryHidden"});
      book.parts.push_back(relation == relations.end() ? "" : relation->second.target);
    }
  });
  feed.run();
  if (feed.damage()) book.findings.add(*feed.damage());
  for (const auto& [id, relation] : relations) {
    if (relation.kind == "sharedStrings") book.strings_part = relation.target;
    if (relation.kind != "styles") continue;
    const int styles = archive.find(relation.target);
    if (styles >= 0) read_styles(book, archive, styles);
  }
}

/// The list of shared strings, without the readings that stand above Japanese words.
class StringsFeed : public XmlFeed {
 public:
  StringsFeed(const Archive& archive, int member, StringPool& pool)
      : XmlFeed(archive.read(std::size_t(member)), archive.members()[std::size_t(member)].name),
        pool_(pool) {}
  bool cut() const { return cut_; }

 protected:
  void on_start(std::string_view name, const char**) override {
    if (name == "si") text_.clear();
    if (name == "rPh") phonetic_ = true;
    wanted_ = name == "t" && !phonetic_;
  }
  void on_end(std::string_view name) override {
    wanted_ = false;
    if (name == "rPh") phonetic_ = false;
    if (name != "si") return;
    decode_escapes(text_);
    pool_.append(text_);
  }
  void on_text(std::string_view bytes) override {
    if (!wanted_) return;
    if (text_.size() + bytes.size() > longest_string)
      cut_ = true;
    else
      text_ += bytes;
  }

 private:
  StringPool& pool_;
  std::string text_;
  bool wanted_ = false, phonetic_ = false, cut_ = false;
};

void add_book_findings(XlsxBook& book, const Archive& archive) {
  for (std::size_t i = 0; i < book.sheets.size(); ++i) {
    if (book.sheets[i].hidden)
      book.findings.add(Severity::remark, "sheet.hidden", book.sheets[i].name,
                        "the sheet is hidden in the workbook");
    if (archive.find(book.parts[i]) < 0)
      book.findings.add(Severity::damage, "sheet.missing", book.sheets[i].name,
                        "the workbook lists the sheet but holds no cells of it; open the workbook "
                        "and save it again");
  }
  if (archive.find("xl/vbaProject.bin") >= 0)
    book.findings.add(Severity::remark, "workbook.macros", "",
                      "the workbook has macros; they were neither run nor read");
}

}  // namespace

void decode_escapes(std::string& text) {
  for (std::size_t at = 0; (at = text.find("_x", at)) != std::string::npos; ++at) {
    if (at + 7 > text.size() || text[at + 6] != '_') continue;
    unsigned code = 0;
    const auto [end, error] = std::from_chars(text.data() + at + 2, text.data() + at + 6, code, 16);
    if (error != std::errc() || end != text.data() + at + 6 || code == 0 || code >= 0xD800)
      continue;
    std::string character;
    if (code < 0x80) {
      character += char(code);
    } else if (code < 0x800) {
      character += char(0xC0 | code >> 6);
      character += char(0x80 | (code & 0x3F));
    } else {
      character += char(0xE0 | code >> 12);
      character += char(0x80 | (code >> 6 & 0x3F));
      character += char(0x80 | (code & 0x3F));
    }
    text.replace(at, 7, character);
  }
}

std::shared_ptr<XlsxBook> read_xlsx_book(const std::string& path, std::shared_ptr<Spool> kept) {
  auto book = std::make_shared<XlsxBook>();
  book->path = path;
  book->kept = std::move(kept);
  const Archive archive(path);
  std::string part = "xl/workbook.xml";
  for (const auto& [id, relation] : read_relations(archive, "_rels/.rels", ""))
    if (relation.kind == "officeDocument") part = relation.target;
  int member = archive.find(part);
  if (member < 0) member = archive.find(part = "xl/workbook.xml");
  if (member < 0 || part.ends_with(".bin"))
    throw Error(Kind::invalid,
                member < 0 && archive.find("xl/workbook.bin") < 0
                    ? "the workbook has no list of its sheets (xl/workbook.xml is missing); open "
                      "it and save it again"
                    : "the file is a binary workbook (.xlsb), which is not read; save it as .xlsx");
  read_sheet_list(*book, archive, member, part);
  if (book->sheets.empty())
    throw Error(Kind::invalid,
                "the workbook has no sheet that can be read" +
                    (book->findings.list().empty() ? std::string("; open it and save it again")
                                                   : ": " + book->findings.list().front().message));
  add_book_findings(*book, archive);
  return book;
}

/// Reads the shared strings once. What is damaged is said with the book.
static void load_strings(XlsxBook& book, const Archive& archive) {
  if (book.strings) return;
  auto pool = std::make_shared<StringPool>();
  const int member = book.strings_part.empty() ? -1 : archive.find(book.strings_part);
  if (member >= 0) {
    StringsFeed feed(archive, member, *pool);
    feed.run();
    if (feed.damage()) book.findings.add(*feed.damage());
    if (feed.cut())
      book.findings.add(Severity::error, "cell.long", "",
                        "a text of more than 4 MB was cut; a cell of Excel ends at 32,767 "
                        "characters");
  } else if (!book.strings_part.empty()) {
    book.findings.add(Severity::damage, "workbook.strings", "",
                      "the workbook's texts (" + book.strings_part +
                          ") are missing; open the workbook and save it again");
  }
  book.strings = std::move(pool);
}

std::unique_ptr<SheetReader> make_xlsx_reader(const std::shared_ptr<XlsxBook>& book,
                                              const Archive& archive, std::size_t sheet);

std::unique_ptr<SheetReader> open_xlsx_sheet(const std::shared_ptr<XlsxBook>& book,
                                             std::size_t sheet) {
  const Archive archive(book->path);
  load_strings(*book, archive);
  return make_xlsx_reader(book, archive, sheet);
}

}  // namespace austral::sheet
