// Opens plain, gzip and zip files and streams; each is unwrapped while it is read and never held as
// a whole.
#include "standards/raw_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

#include <cstdio>
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

/// Bytes still wrapped, from wherever they come.
class Wrapped {
 public:
  virtual ~Wrapped() = default;
  /// Shape: short only at the end. -1 for an error on the way.
  virtual ssize_t read(char* out, std::size_t capacity) = 0;
};

class FileBytes : public Wrapped {
 public:
  explicit FileBytes(const std::string& path) : file_(path) {}
  ssize_t read(char* out, std::size_t capacity) override { return file_.read(out, capacity); }

 private:
  File file_;
};

/// A stream of which some bytes have been looked at already.
class StreamBytes : public Wrapped {
 public:
  StreamBytes(std::string seen, Pull pull) : seen_(std::move(seen)), pull_(std::move(pull)) {}
  ssize_t read(char* out, std::size_t capacity) override {
    std::size_t filled = std::min(capacity, seen_.size());
    std::memcpy(out, seen_.data(), filled);
    seen_.erase(0, filled);
    while (filled < capacity) {
      const std::size_t got = pull_(out + filled, capacity - filled);
      if (got == 0) break;
      filled += got;
    }
    return ssize_t(filled);
  }

 private:
  std::string seen_;
  Pull pull_;
};

class PlainSource : public RawSource {
 public:
  explicit PlainSource(std::unique_ptr<Wrapped> bytes) : bytes_(std::move(bytes)) {}
  std::size_t read(char* out, std::size_t capacity) override {
    const ssize_t got = bytes_->read(out, capacity);
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
  std::unique_ptr<Wrapped> bytes_;
  std::uint64_t total_ = 0;
};

class GzipSource : public RawSource {
 public:
  explicit GzipSource(std::unique_ptr<Wrapped> bytes)
      : bytes_(std::move(bytes)), input_(256 * 1024) {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK)
      throw Error(Kind::unavailable, "there is no memory left to unpack the gzip file");
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
    const ssize_t got = bytes_->read(input_.data(), input_.size());
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

  std::unique_ptr<Wrapped> bytes_;
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

Archive to_archive(zip_t* handle) {
  return Archive(handle, [](zip_t* open) {
    if (open) zip_discard(open);
  });
}

/// `path` names the archive in what is said of it.
RawDocuments list_members(const Archive& archive, const std::string& path) {
  RawDocuments documents;
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

bool is_zip(std::string_view magic) {
  return magic.starts_with("PK\3\4") || magic.starts_with("PK\5\6");
}
bool is_gzip(std::string_view magic) { return magic.starts_with("\x1f\x8b"); }

RawDocuments open_zip(const std::string& path) {
  int code = 0;
  return list_members(to_archive(zip_open(path.c_str(), ZIP_RDONLY, &code)), path);
}

/// Puts a stream into a file without a name.
RawDocuments open_spooled_zip(Wrapped& bytes) {
  std::FILE* file = std::tmpfile();
  const auto refuse = [] {
    throw Error(Kind::unavailable,
                "there is no room here to unpack the zip archive: send the file inside it instead");
  };
  if (!file) refuse();
  std::vector<char> block(256 * 1024);
  bool kept = true;
  for (ssize_t got; kept && (got = bytes.read(block.data(), block.size())) > 0;)
    kept = std::fwrite(block.data(), 1, std::size_t(got), file) == std::size_t(got);
  if (!kept || std::fflush(file) != 0) {
    std::fclose(file);
    refuse();
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_filep_create(file, 0, -1, &error);  // closes the file
  if (!source) std::fclose(file);
  zip_t* handle = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  if (source && !handle) zip_source_free(source);
  zip_error_fini(&error);
  return list_members(to_archive(handle), "");
}

}  // namespace

std::unique_ptr<RawSource> open_plain(const std::string& path) {
  return std::make_unique<PlainSource>(std::make_unique<FileBytes>(path));
}

std::unique_ptr<RawSource> open_gzip(const std::string& path) {
  return std::make_unique<GzipSource>(std::make_unique<FileBytes>(path));
}

RawDocuments open_documents(const std::string& path) {
  std::string magic(4, '\0');
  File(path).read(magic.data(), magic.size());
  if (is_zip(magic)) return open_zip(path);
  RawDocuments documents;
  documents.names = {""};
  if (is_gzip(magic))
    documents.open = [path](std::size_t) { return open_gzip(path); };
  else
    documents.open = [path](std::size_t) { return open_plain(path); };
  return documents;
}

RawDocuments open_stream(Pull pull) {
  std::string magic(4, '\0');
  // By reference: a copy would not know what has been read.
  magic.resize(std::size_t(StreamBytes("", std::ref(pull)).read(magic.data(), magic.size())));
  auto bytes = std::make_unique<StreamBytes>(magic, std::move(pull));
  if (is_zip(magic)) return open_spooled_zip(*bytes);
  RawDocuments documents;
  documents.names = {""};
  // std::function copies what it holds, and a stream is read once.
  const auto once = std::make_shared<std::unique_ptr<Wrapped>>(std::move(bytes));
  if (is_gzip(magic))
    documents.open = [once](std::size_t) { return std::make_unique<GzipSource>(std::move(*once)); };
  else
    documents.open = [once](std::size_t) {
      return std::make_unique<PlainSource>(std::move(*once));
    };
  return documents;
}

}  // namespace austral::standards
