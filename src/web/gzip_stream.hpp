// Gzip of a body that comes part by part, for answers too long to hold in memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace austral::web {

/// One gzip file, written part by part.
class GzipStream {
 public:
  GzipStream();
  ~GzipStream();
  GzipStream(GzipStream&&) noexcept;
  /// The compressed bytes ready after `part`; `last` writes the end.
  std::string add(std::string_view part, bool last);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace austral::web
