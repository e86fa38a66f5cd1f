// Cuts records and decodes their texts; nothing is trusted that a record says of its length.
#include "standards/sheet/biff_records.hpp"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include <algorithm>

namespace austral::sheet {
namespace {

constexpr std::size_t wide_flag = 1, extended_flag = 4, rich_flag = 8;

std::string to_utf8(const std::u16string& units) {
  std::string out(units.size() * 3, '\0');
  int32_t size = 0;
  UErrorCode error = U_ZERO_ERROR;
  u_strToUTF8WithSub(out.data(), int32_t(out.size()), &size, units.data(), int32_t(units.size()),
                     0xFFFD, nullptr, &error);
  out.resize(U_SUCCESS(error) ? std::size_t(size) : 0);
  return out;
}

std::string decode_page(std::string_view bytes, const std::string& page) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* const converter = ucnv_open(page.c_str(), &error);
  if (U_FAILURE(error)) return {};
  std::u16string units(bytes.size() * 2 + 16, 0);
  const int32_t size = ucnv_toUChars(converter, units.data(), int32_t(units.size()), bytes.data(),
                                     int32_t(bytes.size()), &error);
  ucnv_close(converter);
  units.resize(U_SUCCESS(error) ? std::size_t(size) : 0);
  return to_utf8(units);
}

}  // namespace

bool BiffRecords::load(std::uint16_t& kind, std::string& bytes) {
  unsigned char head[4];
  if (part_->read(reinterpret_cast<char*>(head), 4) != 4) return false;
  kind = std::uint16_t(head[0] | head[1] << 8);
  bytes.resize(std::size_t(head[2] | head[3] << 8));
  bytes.resize(part_->read(bytes.data(), bytes.size()));
  return true;
}

bool BiffRecords::next() {
  std::uint16_t kind = ahead_kind_;
  if (has_ahead_)
    bytes_.swap(ahead_);
  else if (!load(kind, bytes_))
    return false;
  has_ahead_ = false;
  kind_ = Biff(kind);
  at_ = 0;
  return true;
}

void BiffRecords::seek(std::uint64_t at) {
  part_->seek(at);
  has_ahead_ = false;
}

std::uint32_t BiffRecords::number(std::size_t at, std::size_t size) const {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < size && at + i < bytes_.size(); ++i)
    out |= std::uint32_t(static_cast<unsigned char>(bytes_[at + i])) << (8 * i);
  return out;
}

/// Into the record that continues this one, if there is one.
bool BiffRecords::follow() {
  if (!has_ahead_ && !load(ahead_kind_, ahead_)) return false;
  has_ahead_ = true;
  if (Biff(ahead_kind_) != Biff::continued) return false;
  bytes_.swap(ahead_);
  has_ahead_ = false;
  at_ = 0;
  return true;
}

bool BiffRecords::take(std::uint32_t& out, std::size_t size) {
  out = 0;
  for (std::size_t i = 0; i < size; ++i) {
    while (at_ >= bytes_.size())
      if (!follow()) return false;
    out |= std::uint32_t(static_cast<unsigned char>(bytes_[at_++])) << (8 * i);
  }
  return true;
}

void BiffRecords::skip(std::uint64_t size) {
  while (size > 0) {
    const std::uint64_t part =
        std::min<std::uint64_t>(size, at_ < bytes_.size() ? bytes_.size() - at_ : 0);
    at_ += std::size_t(part);
    size -= part;
    if (size > 0 && !follow()) return;
  }
}

bool BiffRecords::take_text(std::size_t units, std::string& out) {
  std::uint32_t flags = 0, runs = 0, extension = 0;
  if (old_) {
    const std::size_t size = std::min(units, at_ < bytes_.size() ? bytes_.size() - at_ : 0);
    out = decode_page(std::string_view(bytes_).substr(std::min(at_, bytes_.size()), size),
                      code_page_);
    at_ += size;
    return size == units;
  }
  if (!take(flags, 1)) return false;
  if (flags & rich_flag) take(runs, 2);
  if (flags & extended_flag) take(extension, 4);
  std::u16string text;
  bool whole = true;
  while (text.size() < units) {
    if (at_ >= bytes_.size()) {
      // A text that goes on in the next record says anew how wide its characters are.
      whole = follow() && take(flags, 1);
      if (!whole) break;
      continue;
    }
    std::uint32_t unit = 0;
    whole = take(unit, flags & wide_flag ? 2 : 1);
    if (!whole) break;
    text += char16_t(unit);
  }
  out = to_utf8(text);
  skip(std::uint64_t(runs) * 4 + extension);
  return whole;
}

bool BiffRecords::take_counted(std::size_t length_size, std::string& out) {
  std::uint32_t units = 0;
  return take(units, length_size) && take_text(units, out);
}

void BiffRecords::set_code_page(unsigned page) {
  if (page == 10'000 || page == 32'768)
    code_page_ = "macintosh";
  else if (page >= 1'250 && page <= 1'258)
    code_page_ = "windows-" + std::to_string(page);
  else if (page >= 437 && page <= 950)
    code_page_ = "ibm-" + std::to_string(page);
}

}  // namespace austral::sheet
