// Zip by zlib, with data descriptors.
#include "standards/sheet/zip_stream.hpp"

#include <zlib.h>

#include <limits>

#include "base/error.hpp"

namespace austral::sheet {
namespace {

constexpr std::uint16_t version_needed = 20, sizes_follow = 8, deflated = 8;
constexpr std::uint32_t first_day = 0x0021'0000;  // 1980-01-01: the same rows give the same bytes
constexpr int quick = 3;  // a sixth larger than zlib's usual 6, in half the time

void append_number(std::string& out, std::uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) out += char(number >> (8 * i) & 0xFF);
}

std::uint32_t narrow(std::uint64_t number) {
  if (number > std::numeric_limits<std::uint32_t>::max())
    throw Error(Kind::invalid, "a workbook ends at 4 GB; choose csv or json for so many rows");
  return std::uint32_t(number);
}

// What the local header and the directory say alike.
void append_kind(std::string& out) {
  append_number(out, version_needed, 2);
  append_number(out, sizes_follow, 2);
  append_number(out, deflated, 2);
  append_number(out, first_day, 4);
}

void append_sizes(std::string& out, std::uint32_t check, std::uint64_t packed,
                  std::uint64_t bytes) {
  append_number(out, check, 4);
  append_number(out, narrow(packed), 4);
  append_number(out, narrow(bytes), 4);
}

}  // namespace

struct ZipStream::State {
  struct Member {
    std::string name;
    std::uint64_t offset = 0, packed = 0, bytes = 0;
    std::uint32_t check = 0;
  };
  z_stream deflater{};
  std::string ready;
  std::uint64_t taken = 0;
  std::vector<Member> members;

  std::uint64_t place() const { return taken + ready.size(); }
  void deflate_on(std::string_view bytes, int flush);
};

void ZipStream::State::deflate_on(std::string_view bytes, int flush) {
  deflater.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  deflater.avail_in = uInt(bytes.size());
  char buffer[32768];
  do {
    deflater.next_out = reinterpret_cast<Bytef*>(buffer);
    deflater.avail_out = sizeof buffer;
    AUSTRAL_ASSERT(deflate(&deflater, flush) != Z_STREAM_ERROR);
    const std::size_t made = sizeof buffer - deflater.avail_out;
    ready.append(buffer, made);
    members.back().packed += made;
  } while (deflater.avail_out == 0);
}

ZipStream::ZipStream() : state_(std::make_unique<State>()) {
  AUSTRAL_ASSERT(deflateInit2(&state_->deflater, quick, Z_DEFLATED, -MAX_WBITS, 8,
                              Z_DEFAULT_STRATEGY) == Z_OK);
}

ZipStream::~ZipStream() { deflateEnd(&state_->deflater); }

void ZipStream::open(std::string name) {
  AUSTRAL_ASSERT(deflateReset(&state_->deflater) == Z_OK);
  std::string& out = state_->ready;
  state_->members.push_back({std::move(name), state_->place()});
  const auto& member = state_->members.back();
  append_number(out, 0x04034b50, 4);
  append_kind(out);
  append_number(out, 0, 12);
  append_number(out, member.name.size(), 2);
  append_number(out, 0, 2);
  out += member.name;
}

void ZipStream::write(std::string_view bytes) {
  auto& member = state_->members.back();
  member.check = std::uint32_t(
      crc32_z(member.check, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
  member.bytes += bytes.size();
  state_->deflate_on(bytes, Z_NO_FLUSH);
}

void ZipStream::close() {
  state_->deflate_on({}, Z_FINISH);
  append_number(state_->ready, 0x08074b50, 4);
  const auto& member = state_->members.back();
  append_sizes(state_->ready, member.check, member.packed, member.bytes);
}

std::uint64_t ZipStream::written() const { return state_->members.back().bytes; }

void ZipStream::finish() {
  const std::uint64_t start = state_->place();
  std::string& out = state_->ready;
  for (const auto& member : state_->members) {
    append_number(out, 0x02014b50, 4);
    append_number(out, version_needed, 2);
    append_kind(out);
    append_sizes(out, member.check, member.packed, member.bytes);
    append_number(out, member.name.size(), 2);
    append_number(out, 0, 12);  // no extra field, no comment, disk 0, no attributes
    append_number(out, narrow(member.offset), 4);
    out += member.name;
  }
  const std::uint64_t size = state_->place() - start;
  append_number(out, 0x06054b50, 4);
  append_number(out, 0, 4);
  append_number(out, state_->members.size(), 2);
  append_number(out, state_->members.size(), 2);
  append_number(out, size, 4);
  append_number(out, narrow(start), 4);
  append_number(out, 0, 2);
}

std::string ZipStream::take() {
  state_->taken += state_->ready.size();
  std::string taken;
  taken.swap(state_->ready);
  return taken;
}

}  // namespace austral::sheet
