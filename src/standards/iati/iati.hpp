// The IATI door: opens activity and organisation files and reads each record they hold.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "standards/format.hpp"

namespace austral::iati {

/// Whether a file's decoded beginning is an IATI file of any version.
bool recognise(std::string_view first_bytes);

/// Throws: Error::not_found.
std::unique_ptr<standards::Reader> open(const std::string& path);

/// Reads one activity or organisation; pure, safe on many threads.
standards::Reading read(const standards::Fragment& fragment);

/// What a file's beginning looks like that is no IATI file: "a web page", "JSON", "an empty file".
std::string describe_beginning(std::string_view first_bytes);

}  // namespace austral::iati
