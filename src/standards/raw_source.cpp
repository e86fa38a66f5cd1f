// Opens plain, gzip and zip files; each is unwrapped while it is read and never held as a whole.
#include "standards/raw_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

#include <cstring>

#include "base/error.hpp"

namespace austral::standards {
namespace {

/// A file descriptor that closes itself.
class File {
 public:
  explicit File(const std::string& path) : handle_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat about {};
    if (handle_ < 0 || ::fstat(handle_, &about) != 0 || S_ISDIR(about.st_mode)) {
      const bool folder = handle_ >= 0;
      if (folder) ::close(handle_);
      throw Error(Kind::not_found,
                  path + (folder ? " is a folder, not a file" : ": no such file, or not readable"));
    }
#ifdef POSIX_FADV_SEQUENTIAL
    ::posix_fadvise(handle_, 0, 0, POSIX_FADV_SEQUENTIAL);
#endif
  }
  ~File() { ::close(handle_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  /// Shape: short only at the end. -1 for an error of the disk.
  ssize_t read(char* out, std::size_t capacity) {
    std::size_t filled = 0;
    while (filled < capacity) {
      const ssize_t got = ::read(handle_, out + filled, capacity - filled);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return -1;
      if (got == 0) break;
      filled += std::size_t(got);
    }
    return ssize_t(filled);
  }

 private:
  int handle_;
};

class PlainSource : public RawSource {
 public:
  explicit PlainSource(const std::string& path) : file_(path) {}
  std::size_t read(char* out, std::size_t capacity) override {
    const ssize_t got = file_.read(out, capacity);
    if (got < 0) {
      trouble_.push_back({Severity::damage, "file.unreadable", "",
                          "the disk reported an error while the file was read"});
      return 0;
    }
    total_ += std::uint64_t(got);
    return std::size_t(got);
  }
  std::uint64_t bytes_read() const override { return total_; }

 private:
  File file_;
  std::uint64_t total_ = 0;
};

class GzipSource : public RawSource {
 public:
  explicit GzipSource(const std::string& path) : file_(path), input_(256 * 1024) {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK)
      throw Error(Kind::unavailable, "no memory to unpack " + path);
  }
  ~GzipSource() override { inflateEnd(&stream_); }

  std::size_t read(char* out, std::size_t capacity) override {
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = uInt(capacity);
    while (stream_.avail_out > 0 && !ended_) {
      if (stream_.avail_in == 0) fill();
      if (stream_.avail_in == 0) {
        if (inside_member_)
          complain(
              "the gzip file ends too early: it was cut off in transfer; "
              "fetch it again");
        ended_ = true;
        break;
      }
      inflate_some();
    }
    return capacity - stream_.avail_out;
  }
  std::uint64_t bytes_read() const override { return total_ - stream_.avail_in; }

 private:
  void fill() {
    const ssize_t got = file_.read(input_.data(), input_.size());
    if (got < 0) complain("the disk reported an error while the file was read");
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = got > 0 ? uInt(got) : 0;
    total_ += stream_.avail_in;
  }
  void inflate_some() {
    if (!inside_member_ && members_ > 0) {
      // Between members: zero padding is usual (tapes, some servers), other rubbish is not data.
      while (stream_.avail_in > 0 && *stream_.next_in == 0) ++stream_.next_in, --stream_.avail_in;
      if (stream_.avail_in == 0) return;
      if (*stream_.next_in != 0x1f) {
        trouble_.push_back({Severity::warning, "gzip.trailing", "",
                            "bytes after the end of the gzip data were left out"});
        ended_ = true;
        return;
      }
      inflateReset(&stream_);
    }
    inside_member_ = true;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      inside_member_ = false;
      ++members_;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      complain(std::string("the gzip data is damaged (") +
               (stream_.msg ? stream_.msg : "checksum") + "); fetch the file again");
      ended_ = true;
    }
  }
  void complain(const std::string& message) {
    trouble_.push_back({Severity::damage, "gzip.damaged", "", message});
  }

  File file_;
  std::vector<char> input_;
  z_stream stream_{};
  std::uint64_t total_ = 0;
  int members_ = 0;
  bool inside_member_ = false;
  bool ended_ = false;
};

using Archive = std::shared_ptr<zip_t>;

class ZipSource : public RawSource {
 public:
  ZipSource(Archive archive, zip_uint64_t index, std::uint64_t before)
      : archive_(std::move(archive)), before_(before) {
    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_stat_index(archive_.get(), index, 0, &about) == 0) {
      size_ = about.size;
      packed_ = about.comp_size;
    }
    member_ = zip_fopen_index(archive_.get(), index, 0);
    if (!member_)
      trouble_.push_back({Severity::damage, "zip.damaged", "",
                          std::string("this member of the zip archive cannot be opened: ") +
                              zip_strerror(archive_.get())});
  }
  ~ZipSource() override {
    if (member_) zip_fclose(member_);
  }
  std::size_t read(char* out, std::size_t capacity) override {
    if (!member_) return 0;
    const zip_int64_t got = zip_fread(member_, out, capacity);
    if (got < 0) {
      trouble_.push_back({Severity::damage, "zip.damaged", "",
                          "the zip archive is damaged inside this member; fetch it again"});
      zip_fclose(member_);
      member_ = nullptr;
      return 0;
    }
    total_ += std::uint64_t(got);
    return std::size_t(got);
  }
  std::uint64_t bytes_read() const override {
    if (size_ == 0) return before_ + packed_;
    return before_ + std::uint64_t(double(packed_) * double(total_) / double(size_));
  }

 private:
  Archive archive_;
  zip_file_t* member_ = nullptr;
  std::uint64_t before_, size_ = 0, packed_ = 0, total_ = 0;
};

bool ends_with_xml(const std::string& name) {
  if (name.size() < 4) return false;
  const std::string tail = name.substr(name.size() - 4);
  const auto slash = name.find_last_of('/');
  const std::string base = slash == std::string::npos ? name : name.substr(slash + 1);
  return strcasecmp(tail.c_str(), ".xml") == 0 && base.rfind("._", 0) != 0;
}

RawDocuments open_zip(const std::string& path) {
  RawDocuments documents;
  int code = 0;
  Archive archive(zip_open(path.c_str(), ZIP_RDONLY, &code), [](zip_t* handle) {
    if (handle) zip_discard(handle);
  });
  if (!archive) {
    documents.notices.push_back({Severity::damage, "zip.damaged", path,
                                 "the zip archive cannot be opened: it is damaged or was cut off; "
                                 "fetch it again"});
    return documents;
  }
  std::vector<std::pair<zip_uint64_t, std::uint64_t>> members;  // index, packed bytes before it
  std::string others;
  std::uint64_t before = 0;
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_stat_index(archive.get(), zip_uint64_t(i), 0, &about) != 0) continue;
    const std::string name = about.name ? about.name : "";
    if (ends_with_xml(name)) {
      documents.names.push_back(name);
      members.emplace_back(zip_uint64_t(i), before);
    } else if (!name.empty() && name.back() != '/' && others.size() < 500) {
      others += (others.empty() ? "" : ", ") + name;
    }
    before += about.comp_size;
  }
  if (members.empty())
    documents.notices.push_back(
        {Severity::damage, "zip.no_xml", path,
         "the zip archive holds no .xml file; it holds: " + (others.empty() ? "nothing" : others)});
  else if (!others.empty())
    documents.notices.push_back({Severity::warning, "zip.other_members", path,
                                 "only the archive's .xml files are read; left out: " + others});
  documents.open = [archive, members](std::size_t i) {
    return std::make_unique<ZipSource>(archive, members.at(i).first, members.at(i).second);
  };
  return documents;
}

}  // namespace

RawDocuments open_documents(const std::string& path) {
  unsigned char magic[4] = {0, 0, 0, 0};
  File(path).read(reinterpret_cast<char*>(magic), sizeof magic);
  if (std::memcmp(magic, "PK\3\4", 4) == 0 || std::memcmp(magic, "PK\5\6", 4) == 0)
    return open_zip(path);
  RawDocuments documents;
  documents.names = {""};
  if (magic[0] == 0x1f && magic[1] == 0x8b)
    documents.open = [path](std::size_t) { return std::make_unique<GzipSource>(path); };
  else
    documents.open = [path](std::size_t) { return std::make_unique<PlainSource>(path); };
  return documents;
}

}  // namespace austral::standards
