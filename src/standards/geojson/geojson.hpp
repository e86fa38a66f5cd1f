// Initiatives as points on a map: GeoJSON for geographers' programs.
#pragma once

#include <memory>

#include "standards/export.hpp"

namespace austral::geojson {

/// A FeatureCollection: one point a location with coordinates; a record without any is a feature
/// without geometry, with its countries among the properties. Degrees are written as published.
/// Source: RFC 7946, sections 3.2 (unlocated features), 4 (WGS 84), 6.1 (foreign members).
std::unique_ptr<standards::Writer> open_writer();

}  // namespace austral::geojson
