// The readers behind open_workbook(), one function a format.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "standards/sheet/archive.hpp"
#include "standards/sheet/workbook.hpp"

namespace austral::sheet {

/// Opens a file's bytes anew, as often as it takes.
using OpenSource = std::function<std::unique_ptr<standards::RawSource>()>;

std::unique_ptr<Workbook> open_delimited(OpenSource source, const WorkbookOptions& options);
std::unique_ptr<Workbook> open_json_book(OpenSource source, const WorkbookOptions& options);
std::unique_ptr<Workbook> open_xlsx_book(const std::string& path, std::shared_ptr<Spool> kept);
std::unique_ptr<Workbook> open_ods(const std::string& path, std::shared_ptr<Spool> kept);
std::unique_ptr<Workbook> open_xls(const std::string& path, std::shared_ptr<Spool> kept);

}  // namespace austral::sheet
