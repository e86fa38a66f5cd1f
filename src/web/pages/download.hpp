// Downloads of a search: its file, streamed, and the form on a page that asks for it.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "review/exports.hpp"
#include "standards/export.hpp"
#include "web/site.hpp"

namespace austral::web {

/// A search to download: its words, and its initiatives in the order wanted.
struct Download {
  std::string query;  ///< in the reader's words; empty: everything
  review::KeyFinder find_keys;
};

/// The file that `request.twin` names, at ?grain= with ?columns=a,b, made while it is sent. It
/// holds one connection of the pool and one turn of Site::downloads until its last byte is sent or
/// the client is gone. Throws: Error::invalid for an unknown grain or column, unavailable when too
/// many are under way.
Response download_initiatives(const Site& site, const Request& request, const Download& download);

/// The records of the initiatives as a file of a standard, made while it is sent, with a
/// connection and a turn as above; `stem` is the file's name before its dot.
/// Throws: Error::unavailable when too many are under way.
Response download_records(const Site& site, const Request& request,
                          const standards::ExportFormat& format, const Download& download,
                          const std::string& stem);

/// Formats of initiatives' records, with the address of each below `path`: [{name, title, link}].
boost::json::array view_record_formats(const std::string& path, const Fields& query);

/// The view of the template `download`: a form a grain, with the query's filters kept.
View make_download_part(const Request& request, const Language& language);

}  // namespace austral::web
