// Feeds any words to the readers of numbers, days and truths: no crash, and a reason for every no.
#include "sheet_bytes.hpp"
#include "standards/sheet/values.hpp"

using namespace austral::sheet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string words = austral::make_valid_utf8({reinterpret_cast<const char*>(data), size});
  ColumnShape shape;
  for (const auto line : austral::split(words, '\n')) shape.add(line);
  for (const auto line : austral::split(words, '\n')) {
    const auto number = read_number(line, shape);
    if (number.value.has_value() != number.trouble.empty()) std::abort();
    // What was read, written plainly, is read as the same.
    if (number.value) {
      const auto again = read_number(austral::to_string(*number.value), [] {
        ColumnShape plain;
        plain.tell_mark(DecimalMark::point);
        return plain;
      }());
      if (!again.value || !(*again.value == *number.value)) std::abort();
    }
    const auto day = read_date(line, shape);
    if (day.first.has_value() != day.trouble.empty()) std::abort();
    if (day.first && day.last < *day.first) std::abort();
    read_truth(line);
    SheetCell cell;
    cell.kind = CellKind::number;
    cell.text = line;
    read_date(cell, shape);
    read_number(cell, shape);
  }
  if (shape.findings("x").size() > 4) std::abort();
  return 0;
}
