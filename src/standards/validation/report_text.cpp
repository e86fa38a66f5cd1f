// The report for a terminal: the verdict, then each kind of fault with its first places.
#include "base/text.hpp"
#include "standards/validation/report.hpp"

namespace austral::validation {
namespace {

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = char(text[0] - 'a' + 'A');
  return text;
}

/// Breaks a text into lines at spaces, each after `indent`.
std::string wrap(std::string_view text, const std::string& indent, std::size_t columns = 96) {
  std::string out, line = indent;
  for (const auto word : split(text, ' ')) {
    if (line.size() > indent.size() && display_width(line) + 1 + display_width(word) > columns) {
      out += line + "\n";
      line = indent;
    }
    if (line.size() > indent.size()) line += ' ';
    line += word;
  }
  return out + line + "\n";
}

/// Control characters and line ends of somebody's data must not rule the terminal.
std::string one_line(std::string_view text) {
  std::string clean = collapse_spaces(text);
  for (char& c : clean)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  return clean;
}

std::string describe_subject(const ShownFault& shown) {
  if (shown.identifier == "file") return "the file";
  std::string words = shown.identifier.empty() ? "no identifier" : one_line(shown.identifier);
  if (!shown.title.empty()) words += " (" + shorten(one_line(shown.title), 60) + ")";
  return words;
}

void write_place(const ShownFault& shown, const Out& out) {
  const auto& fault = shown.fault;
  std::string text = "    " + describe_spot(fault) + "  " + describe_subject(shown) + "\n";
  std::string detail = fault.where;
  if (!fault.found.empty())
    detail += (detail.empty() ? "found " : ": found ") + ("\"" + one_line(fault.found) + "\"");
  if (fault.times > 1)
    detail += " (and " + group_digits(std::int64_t(fault.times - 1), "en") + " more)";
  if (!detail.empty()) text += wrap(detail, "      ");
  out(text);
}

void write_group(const FaultGroup& group, const Out& out, std::size_t places) {
  const std::string times =
      group.count == 1 ? "once" : group_digits(std::int64_t(group.count), "en") + " times";
  out("\n" + wrap(capital(std::string(name_of(group.kind.weight))) + " " + group.kind.id + ", " +
                      times + ": " + one_line(group.kind.message),
                  "", 98));
  if (!group.kind.remedy.empty()) out(wrap("How to mend it: " + group.kind.remedy, "  "));
  std::uint64_t shown = 0;
  for (std::size_t i = 0; i < group.first.size() && i < places; ++i) {
    write_place(group.first[i], out);
    shown += group.first[i].fault.times;
  }
  if (shown < group.count)
    out("    ... and " + group_digits(std::int64_t(group.count - shown), "en") + " more\n");
}

}  // namespace

void write_text(const Report& report, const Out& out, std::size_t places) {
  const auto& verdict = report.verdict();
  out(verdict.file + ": " + describe_verdict(verdict) + "\n");
  if (verdict.readable || report.verdict().subjects > 0)
    out("  " + describe_counts(verdict) + "\n");
  out(wrap(describe_versions(), "  "));
  for (const FaultGroup* group : report.groups()) write_group(*group, out, places);
  if (report.beyond() > 0)
    out("\nAnd " + group_digits(std::int64_t(report.beyond()), "en") +
        " faults of further kinds: mend those above first. --format csv lists all.\n");
}

}  // namespace austral::validation
