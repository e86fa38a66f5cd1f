// What is wrong or weak in somebody's data: kept, counted and shown, never thrown.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

namespace austral {

/// How much a finding weighs: `damage` means that something could not be read at all.
enum class Severity { remark, warning, error, damage };
BOOST_DESCRIBE_ENUM(Severity, remark, warning, error, damage)

/// One observation about data, in the owner's terms.
struct Finding {
  Severity severity = Severity::warning;
  std::string rule;     ///< stable short name, such as `price.missing` or `iati.date.unreadable`
  std::string place;    ///< where: "line 12", "the third transaction's value date"
  std::string message;  ///< what was found, what was expected, how to mend it
};
BOOST_DESCRIBE_STRUCT(Finding, (), (severity, rule, place, message))

using Findings = std::vector<Finding>;

}  // namespace austral
