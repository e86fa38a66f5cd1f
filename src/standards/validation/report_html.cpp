// The report as one page that holds everything it needs, to read, print and send on.
#include "base/text.hpp"
#include "standards/validation/report.hpp"

namespace austral::validation {
namespace {

constexpr std::string_view style = R"(
body{font:1rem/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;
color:#1a1a1a;background:#fff}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.15rem;margin:2rem 0 .3rem}
h3{font-size:1rem;margin:1.6rem 0 .2rem}
.verdict{font-size:1.1rem;font-weight:600;padding:.5rem .8rem;border-inline-start:.4rem solid}
.good{background:#e6f4ea;border-color:#1e7b34}.bad{background:#fdecea;border-color:#b3261e}
.weight{font-size:.8rem;font-weight:600;padding:.1rem .5rem;border:1px solid;border-radius:1rem}
.critical{color:#8c1d18}.error{color:#8a4b00}.warning{color:#5f5200}.advisory{color:#0b4f8a}
.remedy{margin:.2rem 0 .5rem}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:start;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #ddd;
overflow-wrap:anywhere}td.spot{white-space:nowrap}small{color:#555}
@media print{body{margin:0;max-width:none}h3{break-after:avoid}tr{break-inside:avoid}}
)";

/// Somebody's words may run from right to left: they keep to themselves.
std::string words(std::string_view text) {
  return "<bdi>" + escape_html(make_valid_utf8(text)) + "</bdi>";
}

std::string row_of(const ShownFault& shown) {
  const auto& fault = shown.fault;
  std::string row = "<tr><td class=\"spot\">" + std::to_string(fault.line) + ":" +
                    std::to_string(fault.column) + "</td><td>" + words(shown.identifier);
  if (!shown.title.empty()) row += "<br><small>" + words(shown.title) + "</small>";
  row += "</td><td>" + escape_html(fault.where);
  if (fault.times > 1) row += " (" + std::to_string(fault.times) + " times)";
  return row + "</td><td>" + (fault.found.empty() ? "" : words(fault.found)) + "</td></tr>\n";
}

std::string render_group(const FaultGroup& group) {
  const std::string weight(name_of(group.kind.weight));
  std::string html = "<section><h3><span class=\"weight " + weight + "\">" + weight + " " +
                     escape_html(group.kind.id) + "</span> " + words(group.kind.message) +
                     " <small>" + group_digits(std::int64_t(group.count), "en") +
                     (group.count == 1 ? " time" : " times") + "</small></h3>\n";
  if (!group.kind.remedy.empty())
    html += "<p class=\"remedy\">How to mend it: " + words(group.kind.remedy) + "</p>\n";
  html +=
      "<table><thead><tr><th>Line:column</th><th>Record</th><th>Where</th><th>Found</th></tr>"
      "</thead><tbody>\n";
  std::uint64_t shown = 0;
  for (const auto& one : group.first) {
    html += row_of(one);
    shown += one.fault.times;
  }
  html += "</tbody></table>\n";
  if (shown < group.count)
    html += "<p><small>and " + group_digits(std::int64_t(group.count - shown), "en") +
            " more</small></p>\n";
  return html + "</section>\n";
}

}  // namespace

std::string render_html(const Report& report) {
  const auto& verdict = report.verdict();
  std::string html = "<p class=\"verdict " + std::string(verdict.valid() ? "good" : "bad") + "\">" +
                     words(describe_verdict(verdict)) + "</p>\n<p>" + describe_counts(verdict) +
                     "<br><small>" + escape_html(describe_versions()) + "</small></p>\n";
  for (const FaultGroup* group : report.groups()) html += render_group(*group);
  if (report.beyond() > 0)
    html += "<p>And " + group_digits(std::int64_t(report.beyond()), "en") +
            " faults of further kinds: mend those above first.</p>\n";
  return html;
}

void write_html(const std::vector<const Report*>& reports, const Out& out) {
  out("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Is this file "
      "valid?</title>\n"
      "<style>");
  out(style);
  out("</style></head>\n<body><main>\n");
  for (const Report* report : reports) {
    out("<h1>" + words(report->verdict().file) + "</h1>\n");
    out(render_html(*report));
  }
  out("</main></body></html>\n");
}

}  // namespace austral::validation
