// Judges IATI records on their way out, so that whoever exports hears at once what does not pass.
#pragma once

#include <memory>

#include "standards/export.hpp"

namespace austral::validation {

/// Findings of these rules are one a record: all its faults in words.
inline constexpr std::string_view invalid_record = "iati.write.invalid";
inline constexpr std::string_view faulty_record = "iati.write.faulty";

/// Writes what `writer` writes, judges each record by 2.03 with all checks and says of each that
/// has critical faults (invalid_record) or errors (faulty_record) what they are. Leaves out what
/// the head's `kept` does not take. Identifiers that stand twice in the export are an error of the
/// second.
std::unique_ptr<standards::Writer> judge_written(std::unique_ptr<standards::Writer> writer,
                                                 bool organisations);

/// iati::open_activities() and iati::open_organisations(), judged.
std::unique_ptr<standards::Writer> open_judged_activities();
std::unique_ptr<standards::Writer> open_judged_organisations();

}  // namespace austral::validation
