// Features, their properties, and what the collection says of itself.
#include "standards/geojson/geojson.hpp"

#include "base/decimal.hpp"
#include "base/json.hpp"

namespace austral::geojson {
namespace {

/// Degrees within -most..most, as JSON writes numbers.
std::optional<std::string> degrees(std::string_view text, std::int64_t most) {
  const auto value = parse_decimal(text);
  if (!value || *value > Decimal{most, 0} || *value < Decimal{-most, 0}) return std::nullopt;
  return to_string(*value);
}

class CollectionWriter : public standards::Writer {
 public:
  void begin(const standards::ExportHead& head, std::string& out) override {
    out += "{\"type\":\"FeatureCollection\"";
    const auto member = [&](std::string_view name, const std::string& value) {
      if (value.empty()) return;
      out += ",\"" + std::string(name) + "\":";
      append_json(out, value);
    };
    member("title", head.title);
    member("source", head.source);
    member("licence", head.licence);
    member("query", head.query);
    member("query_url", head.query_url);
    member("revision", std::to_string(head.revision));
    member("date", head.date);
    out += ",\"features\":[";
  }

  void write(const standards::Outgoing& one, std::string& out, Findings& findings) override {
    std::size_t points = 0;
    for (const auto& location : one.record.locations) {
      if (location.latitude.empty() && location.longitude.empty()) continue;
      const auto latitude = degrees(location.latitude, 90);
      const auto longitude = degrees(location.longitude, 180);
      if (!latitude || !longitude) {
        findings.push_back({Severity::warning, "geojson.degrees", "location",
                            "'" + location.latitude + " " + location.longitude +
                                "' are no degrees of latitude and longitude; the place is left "
                                "out of the map"});
        continue;
      }
      ++points;
      begin_feature(out);
      out += "{\"type\":\"Point\",\"coordinates\":[" + *longitude + "," + *latitude + "]}";
      end_feature(one, &location, out);
    }
    if (points > 0) return;
    begin_feature(out);
    out += "null";
    end_feature(one, nullptr, out);
  }

  void finish(std::string& out) override { out += "\n]}\n"; }

 private:
  void begin_feature(std::string& out) {
    out += first_ ? "\n" : ",\n";
    first_ = false;
    out += "{\"type\":\"Feature\",\"geometry\":";
  }

  static void end_feature(const standards::Outgoing& one, const registry::Location* location,
                          std::string& out) {
    out += ",\"properties\":{\"identifier\":";
    append_json(out, one.record.identifier);
    const auto member = [&](std::string_view name, const auto& value) {
      if (is_blank(value)) return;
      out += ",\"" + std::string(name) + "\":";
      append_json(out, value);
    };
    member("publisher", one.record.publisher);
    member("title", std::string(pick_text(one.record.title, "en")));
    if (const auto* line = one.initiative) {
      member("initiative", line->identifier);
      member("framework", std::string(registry::to_string(line->framework)));
      member("providers", line->providers);
      member("recipients", line->recipients);
      member("facilitators", line->facilitators);
      member("sectors", line->sectors);
      member("start", line->start_date);
      member("end", line->end_date);
      if (line->disbursed_cents)
        member("disbursed_usd", to_string(Decimal{line->disbursed_cents, 2}));
    }
    member("status", one.record.status);
    if (location) {
      member("place", std::string(pick_text(location->name, "en")));
      member("exactness", location->exactness);
    }
    out += "}}";
  }

  bool first_ = true;
};

}  // namespace

std::unique_ptr<standards::Writer> open_writer() { return std::make_unique<CollectionWriter>(); }

}  // namespace austral::geojson
