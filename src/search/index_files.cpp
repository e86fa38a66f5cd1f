// Facts, locks and folders of an index.
#include "search/index_files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/key.hpp"
#include "search/search.hpp"

namespace austral::search {

namespace files = std::filesystem;

IndexFacts read_facts(const Xapian::Database& index) {
  IndexFacts facts;
  facts.analyser = index.get_metadata("analyser");
  facts.identity = index.get_metadata("register");
  facts.state = index.get_metadata("state");
  facts.stamp = index.get_metadata("stamp");
  const auto revision = index.get_metadata("revision");
  std::from_chars(revision.data(), revision.data() + revision.size(), facts.revision);
  return facts;
}

void write_facts(Xapian::WritableDatabase& index, const IndexFacts& facts) {
  index.set_metadata("analyser", facts.analyser);
  index.set_metadata("register", facts.identity);
  index.set_metadata("state", facts.state);
  index.set_metadata("revision", std::to_string(facts.revision));
  index.set_metadata("stamp", std::to_string(make_key()));
}

WritingRight::WritingRight(const std::string& path) {
  std::error_code ignored;
  const auto parent = files::path(path).parent_path();
  if (!parent.empty()) files::create_directories(parent, ignored);
  const std::string lock = path + ".lock";
  file_ = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0)
    throw Error(Kind::unavailable,
                "the index of words cannot be written at " + path + ": " + std::strerror(errno));
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    ::close(file_);
    throw Error(Kind::unavailable, "another program is writing the index of words " + path);
  }
}

WritingRight::~WritingRight() { ::close(file_); }

void put_in_place(const std::string& fresh, const std::string& path) {
  const bool replaced =
      ::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) == 0;
  if (!replaced) {
    std::error_code error;
    if (files::exists(path)) files::remove_all(path, error);  // a file system without exchange
    files::rename(fresh, path, error);
    if (error)
      throw Error(Kind::unavailable,
                  "the index of words cannot be put at " + path + ": " + error.message());
    return;
  }
  std::error_code ignored;
  files::remove_all(fresh, ignored);
}

std::string signature_of(const std::string& path) {
  struct stat found {};
  if (::stat((path + "/iamglass").c_str(), &found) != 0) return "";
  return std::to_string(found.st_ino) + "." + std::to_string(found.st_mtim.tv_sec) + "." +
         std::to_string(found.st_mtim.tv_nsec);
}

std::string default_index_path(const std::string& register_address) {
  if (!register_address.starts_with("postgresql://") &&
      !register_address.starts_with("postgres://"))
    return register_address + ".index";
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  const std::string folder = cache && *cache ? std::string(cache)
                             : home && *home ? std::string(home) + "/.cache"
                                             : files::temp_directory_path().string();
  return folder + "/austral/" + to_string(digest_of(register_address)).substr(0, 16) + ".index";
}

}  // namespace austral::search
