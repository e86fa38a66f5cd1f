// Zip archives by libzip, never trusting what the directory says about sizes.
#include "standards/sheet/archive.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "base/error.hpp"

namespace austral::sheet {
namespace {

// Tables pack well, a million equal rows at some 200:1; deflate itself cannot pack beyond 1032:1.
constexpr std::uint64_t ratio_watched_from = std::uint64_t(256) << 20;
constexpr std::uint64_t highest_ratio = 250;
constexpr std::uint64_t most_unpacked = std::uint64_t(1) << 38;
constexpr zip_int64_t most_members = 100'000;

class MemberSource : public standards::RawSource {
 public:
  MemberSource(std::shared_ptr<void> archive, std::size_t index, const ArchiveMember& about)
      : archive_(std::move(archive)), about_(about) {
    if (about.locked) {
      stop("zip.locked", about.name +
                             " is encrypted in its archive; unpack it with its password "
                             "and give the file itself");
      return;
    }
    member_ = zip_fopen_index(static_cast<zip_t*>(archive_.get()), index, 0);
    if (!member_)
      stop("zip.damaged", about.name + " cannot be unpacked (" +
                              zip_strerror(static_cast<zip_t*>(archive_.get())) +
                              "); fetch or save the file again");
  }
  ~MemberSource() override {
    if (member_) zip_fclose(member_);
  }
  MemberSource(const MemberSource&) = delete;
  MemberSource& operator=(const MemberSource&) = delete;

  std::size_t read(char* out, std::size_t capacity) override {
    if (!member_) return 0;
    const zip_int64_t got = zip_fread(member_, out, capacity);
    if (got < 0) {
      stop("zip.damaged", about_.name + " is damaged inside its archive; fetch or save it again");
      return 0;
    }
    total_ += std::uint64_t(got);
    const std::uint64_t packed = std::max<std::uint64_t>(about_.packed, 1);
    if (total_ > most_unpacked || (total_ > ratio_watched_from && total_ / packed > highest_ratio))
      stop("zip.bomb", about_.name + " unpacks to more than " + std::to_string(total_ / packed) +
                           " times its size, which no table does; reading ended there. "
                           "Save the table again");
    return member_ ? std::size_t(got) : 0;
  }
  std::uint64_t bytes_read() const override {
    if (about_.size == 0) return about_.packed;
    const double part = std::min(1.0, double(total_) / double(about_.size));
    return std::uint64_t(double(about_.packed) * part);
  }

 private:
  void stop(const char* rule, const std::string& message) {
    trouble_.push_back({Severity::damage, rule, "", message});
    if (member_) zip_fclose(member_);
    member_ = nullptr;
  }

  std::shared_ptr<void> archive_;
  ArchiveMember about_;
  zip_file_t* member_ = nullptr;
  std::uint64_t total_ = 0;
};

char lower_of(char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }

bool same_name(std::string_view left, std::string_view right) {
  if (left.starts_with('/')) left.remove_prefix(1);
  if (right.starts_with('/')) right.remove_prefix(1);
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    return lower_of(a == '\\' ? '/' : a) == lower_of(b == '\\' ? '/' : b);
  });
}

std::string describe_trouble(const standards::RawSource& source, std::string_view what) {
  for (const auto& finding : source.trouble())
    if (finding.severity == Severity::damage) return std::string(what) + ": " + finding.message;
  return {};
}

}  // namespace

Spool::Spool() {
  const char* folder = std::getenv("TMPDIR");
  std::string name = folder && *folder ? folder : "/tmp";
#ifdef O_TMPFILE
  handle_ = ::open(name.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (handle_ >= 0) return;
#endif
  name += "/austral-sheet-XXXXXX";
  handle_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (handle_ < 0)
    throw Error(Kind::unavailable, "no temporary file can be made in " +
                                       name.substr(0, name.rfind('/')) +
                                       "; set TMPDIR to a folder with room");
  ::unlink(name.c_str());
}

Spool::~Spool() { ::close(handle_); }

void Spool::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::pwrite(handle_, bytes.data(), bytes.size(), off_t(size_));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0)
      throw Error(Kind::unavailable,
                  "the disk for temporary files is full; set TMPDIR to a folder with room");
    size_ += std::uint64_t(done);
    bytes.remove_prefix(std::size_t(done));
  }
}

std::size_t Spool::read(std::uint64_t at, char* out, std::size_t size) const {
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t got = ::pread(handle_, out + filled, size - filled, off_t(at + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    filled += std::size_t(got);
  }
  return filled;
}

std::string Spool::path() const { return "/proc/self/fd/" + std::to_string(handle_); }

Archive::Archive(std::string path) : path_(std::move(path)) {
  int code = 0;
  zip_t* const opened = zip_open(path_.c_str(), ZIP_RDONLY, &code);
  if (!opened)
    throw Error(Kind::invalid,
                "the zip archive cannot be opened: it is damaged or was cut off; fetch or save "
                "the file again");
  handle_ = std::shared_ptr<void>(opened, [](void* it) { zip_discard(static_cast<zip_t*>(it)); });
  const zip_int64_t count = std::min(zip_get_num_entries(opened, 0), most_members);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t about;
    zip_stat_init(&about);
    ArchiveMember member;
    if (zip_stat_index(opened, zip_uint64_t(i), 0, &about) == 0)
      member = {about.name ? about.name : "", about.size, about.comp_size,
                about.encryption_method != ZIP_EM_NONE};
    members_.push_back(std::move(member));
  }
}

Archive::~Archive() = default;

int Archive::find(std::string_view name) const {
  for (std::size_t i = 0; i < members_.size(); ++i)
    if (same_name(members_[i].name, name)) return int(i);
  return -1;
}

std::unique_ptr<standards::RawSource> Archive::read(std::size_t member) const {
  return std::make_unique<MemberSource>(handle_, member, members_.at(member));
}

std::string read_whole(standards::RawSource& source, std::size_t limit, std::string_view what) {
  std::string out;
  constexpr std::size_t block = 64 * 1024;
  for (;;) {
    const std::size_t before = out.size();
    out.resize(before + block);
    const std::size_t got = source.read(out.data() + before, block);
    out.resize(before + got);
    if (got == 0) break;
    if (out.size() > limit)
      throw Error(Kind::invalid, std::string(what) + " is longer than " +
                                     std::to_string(limit >> 20) +
                                     " MB, which no honest file needs; save it again");
  }
  const std::string trouble = describe_trouble(source, what);
  if (!trouble.empty()) throw Error(Kind::invalid, trouble);
  return out;
}

std::shared_ptr<Spool> spool(standards::RawSource& source, std::uint64_t limit,
                             std::string_view what) {
  auto out = std::make_shared<Spool>();
  std::string block(256 * 1024, '\0');
  while (const std::size_t got = source.read(block.data(), block.size())) {
    out->write({block.data(), got});
    if (out->size() > limit)
      throw Error(Kind::invalid, std::string(what) + " unpacks to more than " +
                                     std::to_string(limit >> 30) +
                                     " GB; unpack it and give the file itself");
  }
  const std::string trouble = describe_trouble(source, what);
  if (!trouble.empty()) throw Error(Kind::invalid, trouble);
  return out;
}

}  // namespace austral::sheet
