// A workbook of Office Open XML behind the common shape.
#include "standards/sheet/formats_in.hpp"
#include "standards/sheet/xlsx_book.hpp"

namespace austral::sheet {
namespace {

class XlsxWorkbook : public Workbook {
 public:
  explicit XlsxWorkbook(std::shared_ptr<XlsxBook> book) : book_(std::move(book)) {}
  std::string format() const override { return "xlsx"; }
  const std::vector<SheetInfo>& sheets() const override { return book_->sheets; }
  const Findings& findings() const override { return book_->findings.list(); }
  std::unique_ptr<SheetReader> open(std::size_t sheet) override {
    return open_xlsx_sheet(book_, sheet);
  }

 private:
  std::shared_ptr<XlsxBook> book_;
};

}  // namespace

std::unique_ptr<Workbook> open_xlsx_book(const std::string& path, std::shared_ptr<Spool> kept) {
  return std::make_unique<XlsxWorkbook>(read_xlsx_book(path, std::move(kept)));
}

}  // namespace austral::sheet
