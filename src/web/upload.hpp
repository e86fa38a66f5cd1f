// A request's body taken part by part while it arrives, and the files inside a sent form.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "web/http.hpp"

namespace austral::web {

/// Takes one body of any length in flat memory; dropped without finish() when the sender is gone.
class Upload {
 public:
  virtual ~Upload() = default;
  /// The next bytes; on a worker, never two at once. Throws: Error, which refuses the request (the
  /// rest of the body is read and left).
  virtual void take(std::string_view bytes) = 0;
  /// The answer, once everything has come. Throws: Error, as a handler.
  virtual Response finish() = 0;
};

/// Begins taking a request's body; the request lives as long. Throws: Error, as a handler.
using BeginUpload = std::function<std::unique_ptr<Upload>(const Request&)>;

/// What a part of a form says about itself.
struct FormPart {
  std::string name;
  std::string filename;  ///< of a file, without folders; empty for a field
  bool is_file = false;
};

/// Reads a form with files (multipart/form-data) as its bytes come.
/// Source: RFC 7578; RFC 2046, section 5.1.1.
class FormReader {
 public:
  /// `begin` is told of each part before `data` is given its bytes.
  /// Throws: Error::invalid for a content type without a boundary.
  FormReader(std::string_view content_type, std::function<void(const FormPart&)> begin,
             std::function<void(std::string_view)> data);
  /// Throws: Error::invalid for what is no such form, and what `begin` and `data` throw.
  void take(std::string_view bytes);
  /// Throws: Error::invalid when the form broke off.
  void finish() const;

 private:
  enum class State { before, border, head, data, behind };
  bool step();
  bool pass_data();
  void read_head(std::string_view lines);

  std::string border_;  // what stands between two parts, with its line end before
  std::string waiting_ = "\r\n";
  std::size_t preamble_ = 0;  // passed before the first border. Units: bytes
  State state_ = State::before;
  std::function<void(const FormPart&)> begin_;
  std::function<void(std::string_view)> data_;
};

/// Whether a request carries a form with files.
bool is_form(const Request& request);

}  // namespace austral::web
