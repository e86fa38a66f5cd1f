// IATI files on their way out: the root, and each record as published or in the register's words.
#pragma once

#include <memory>

#include "standards/export.hpp"

namespace austral::iati {

/// Writes <iati-activities>.
std::unique_ptr<standards::Writer> open_activities();
/// Writes <iati-organisations>.
std::unique_ptr<standards::Writer> open_organisations();

}  // namespace austral::iati
