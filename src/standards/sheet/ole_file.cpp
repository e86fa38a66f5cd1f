// Follows chains of sectors, each within the file and none for ever.
#include "standards/sheet/ole_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "base/error.hpp"

namespace austral::sheet {
namespace {

constexpr std::uint32_t last_usable = 0xFFFFFFFA;  // greater numbers are signs, not sectors
constexpr std::size_t header_size = 512, entry_size = 128, mini_size = 64;
constexpr std::uint64_t smallest_plain = 4096;
constexpr std::size_t most_entries = 100'000;

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i)
    out |= std::uint32_t(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return out;
}

[[noreturn]] void refuse(const std::string& why) {
  throw Error(Kind::invalid, "the old Office file is damaged (" + why +
                                 "); open it in a spreadsheet program and save it as .xlsx");
}

}  // namespace

struct OleFile::State {
  struct Entry {
    std::string name;  // ASCII part of UTF-16
    std::uint32_t first = 0;
    std::uint64_t size = 0;
  };
  int handle = -1;
  std::uint64_t file_size = 0;
  std::size_t sector_size = 512;
  std::vector<std::uint32_t> table, mini_table;
  std::vector<std::uint32_t> mini_sectors;  // of the part that holds small parts
  std::vector<Entry> entries;

  ~State() {
    if (handle >= 0) ::close(handle);
  }
  std::size_t read_at(std::uint64_t at, char* out, std::size_t size) const {
    std::size_t filled = 0;
    while (filled < size) {
      const ssize_t got = ::pread(handle, out + filled, size - filled, off_t(at + filled));
      if (got <= 0) break;
      filled += std::size_t(got);
    }
    return filled;
  }
  std::uint64_t place_of(std::uint32_t sector) const {
    return (std::uint64_t(sector) + 1) * sector_size;
  }
  std::string sector(std::uint32_t number) const {
    std::string out(sector_size, '\0');
    if (number >= last_usable || read_at(place_of(number), out.data(), out.size()) == 0)
      refuse("it was cut off");
    return out;
  }
  std::vector<std::uint32_t> chain(std::uint32_t first,
                                   const std::vector<std::uint32_t>& next) const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t at = first; at < last_usable; at = next[at]) {
      if (at >= next.size()) refuse("a part leads out of the file");
      if (out.size() > next.size()) refuse("a part leads back into itself");
      out.push_back(at);
    }
    return out;
  }
  void load(const std::string& path);
  void load_table(std::string_view header);
  void load_entries(std::uint32_t first);
};

void OleFile::State::load_table(std::string_view header) {
  const std::uint64_t sectors = file_size / sector_size + 1;
  std::vector<std::uint32_t> places;
  for (std::size_t i = 0; i < 109; ++i) places.push_back(number_at(header, 76 + 4 * i, 4));
  std::uint32_t further = number_at(header, 68, 4);
  for (std::uint64_t i = 0; further < last_usable; ++i) {
    if (i > sectors) refuse("its table leads back into itself");
    const std::string bytes = sector(further);
    for (std::size_t at = 0; at + 4 < sector_size; at += 4)
      places.push_back(number_at(bytes, at, 4));
    further = number_at(bytes, sector_size - 4, 4);
  }
  for (const std::uint32_t place : places) {
    if (place >= last_usable) continue;
    if (table.size() > sectors) break;
    const std::string bytes = sector(place);
    for (std::size_t at = 0; at < sector_size; at += 4) table.push_back(number_at(bytes, at, 4));
  }
}

void OleFile::State::load_entries(std::uint32_t first) {
  std::uint32_t mini_first = last_usable;
  for (const std::uint32_t number : chain(first, table)) {
    const std::string bytes = sector(number);
    for (std::size_t at = 0; at + entry_size <= sector_size; at += entry_size) {
      if (entries.size() >= most_entries) refuse("it lists too many parts");
      const std::string_view entry = std::string_view(bytes).substr(at, entry_size);
      const std::size_t length = std::min<std::size_t>(number_at(entry, 64, 2), 64);
      Entry out;
      for (std::size_t i = 0; i + 2 < length; i += 2)
        out.name += entry[i + 1] == 0 ? entry[i] : '?';
      out.first = number_at(entry, 116, 4);
      out.size = number_at(entry, 120, 4);
      if (entry[66] == 5) mini_first = out.first;
      if (entry[66] == 2) entries.push_back(std::move(out));
    }
  }
  if (mini_first < last_usable) mini_sectors = chain(mini_first, table);
}

void OleFile::State::load(const std::string& path) {
  handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about {};
  if (handle < 0 || ::fstat(handle, &about) != 0)
    throw Error(Kind::not_found, path + ": no such file, or not readable");
  file_size = std::uint64_t(about.st_size);
  std::string header(header_size, '\0');
  if (read_at(0, header.data(), header_size) < header_size) refuse("it was cut off");
  const std::uint32_t shift = number_at(header, 30, 2);
  if (shift != 9 && shift != 12) refuse("its sectors are of no known size");
  sector_size = std::size_t(1) << shift;
  load_table(header);
  load_entries(number_at(header, 48, 4));
  for (const std::uint32_t number : chain(number_at(header, 60, 4), table)) {
    const std::string bytes = sector(number);
    for (std::size_t at = 0; at < sector_size; at += 4)
      mini_table.push_back(number_at(bytes, at, 4));
  }
}

namespace {

/// A part as the places of its sectors.
class ChainPart : public OlePart {
 public:
  ChainPart(std::shared_ptr<OleFile::State> state, std::vector<std::uint64_t> places,
            std::size_t step, std::uint64_t size)
      : state_(std::move(state)),
        places_(std::move(places)),
        step_(step),
        size_(std::min<std::uint64_t>(size, places_.size() * step)) {}

  std::size_t read(char* out, std::size_t capacity) override {
    std::size_t filled = 0;
    while (filled < capacity && at_ < size_) {
      const std::size_t inside = std::size_t(at_ % step_);
      const std::size_t part =
          std::size_t(std::min<std::uint64_t>({capacity - filled, step_ - inside, size_ - at_}));
      const std::size_t got =
          state_->read_at(places_[std::size_t(at_ / step_)] + inside, out + filled, part);
      if (got == 0) break;
      filled += got;
      at_ += got;
    }
    return filled;
  }
  void seek(std::uint64_t at) override { at_ = at; }

 private:
  std::shared_ptr<OleFile::State> state_;
  std::vector<std::uint64_t> places_;
  std::size_t step_;
  std::uint64_t size_, at_ = 0;
};

}  // namespace

OleFile::OleFile(const std::string& path) : state_(std::make_shared<State>()) {
  state_->load(path);
}
OleFile::~OleFile() = default;

bool OleFile::has(std::string_view name) const {
  return std::any_of(state_->entries.begin(), state_->entries.end(),
                     [&](const State::Entry& entry) { return entry.name == name; });
}

std::unique_ptr<OlePart> OleFile::open(std::string_view name) const {
  const State& s = *state_;
  for (const State::Entry& entry : s.entries) {
    if (entry.name != name) continue;
    std::vector<std::uint64_t> places;
    if (entry.size >= smallest_plain) {
      for (const std::uint32_t number : s.chain(entry.first, s.table))
        places.push_back(s.place_of(number));
      return std::make_unique<ChainPart>(state_, std::move(places), s.sector_size, entry.size);
    }
    const std::size_t per_sector = s.sector_size / mini_size;
    for (const std::uint32_t number : s.chain(entry.first, s.mini_table)) {
      if (number / per_sector >= s.mini_sectors.size())
        refuse("a small part leads out of the file");
      places.push_back(s.place_of(s.mini_sectors[number / per_sector]) +
                       number % per_sector * mini_size);
    }
    return std::make_unique<ChainPart>(state_, std::move(places), mini_size, entry.size);
  }
  return nullptr;
}

}  // namespace austral::sheet
