// An XML part read block by block: elements and texts as they come, no entities, nothing fetched.
#pragma once

#include <expat.h>

#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "standards/raw_source.hpp"

namespace austral::sheet {

/// Names come without their prefix; attributes with theirs.
class XmlFeed {
 public:
  XmlFeed(std::unique_ptr<standards::RawSource> source, std::string part);
  virtual ~XmlFeed();
  XmlFeed(const XmlFeed&) = delete;
  XmlFeed& operator=(const XmlFeed&) = delete;

  /// Reads one block; false at the end, which came too early when `damage()` says so.
  bool step();
  /// Reads to the end.
  void run();
  const Finding* damage() const { return broken_ ? &damage_ : nullptr; }
  std::uint64_t bytes_read() const { return source_->bytes_read(); }

  /// The value of an attribute; empty when there is none.
  static std::string_view attribute(const char** attributes, std::string_view name);

 protected:
  virtual void on_start(std::string_view name, const char** attributes) = 0;
  virtual void on_end(std::string_view name) = 0;
  virtual void on_text(std::string_view) {}
  void stop() { stopped_ = true; }  ///< nothing further is wanted

 private:
  static void XMLCALL start(void* self, const XML_Char* name, const XML_Char** attributes);
  static void XMLCALL end(void* self, const XML_Char* name);
  static void XMLCALL text(void* self, const XML_Char* bytes, int size);
  static void XMLCALL doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*,
                              int has_subset);
  void break_off(const std::string& why);
  template <class Work>
  void guard(Work work);
  std::unique_ptr<standards::RawSource> source_;
  std::string part_;
  XML_Parser parser_;
  Finding damage_;
  bool broken_ = false, stopped_ = false, ended_ = false;
  int depth_ = 0;
  std::uint64_t fed_ = 0;
  std::exception_ptr thrown_;  ///< carried past expat, which is C
};

}  // namespace austral::sheet
