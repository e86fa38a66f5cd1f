// Keeps sent sheets for an hour, in a folder that goes with the server.
#include "web/sheet_desk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/token.hpp"

namespace austral::web {
namespace {

namespace files = std::filesystem;

constexpr std::size_t longest_name = 120;

[[noreturn]] void refuse_for_room() {
  throw Error(Kind::unavailable,
              "There is no room for the sheet on the server's disk. Its keeper can set TMPDIR to "
              "a folder with more.");
}

}  // namespace

std::string safe_file_name(std::string_view name) {
  std::string safe;
  for (const char c : make_valid_utf8(name)) {
    const bool plain = static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
                       (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
    safe += plain ? c : '-';
  }
  safe.erase(0, safe.find_first_not_of(".-"));
  if (safe.size() > longest_name) {
    // The end is kept: it says what the file is. No letter is cut in two.
    auto from = safe.size() - longest_name;
    while (from < safe.size() && (static_cast<unsigned char>(safe[from]) & 0xC0) == 0x80) ++from;
    safe.erase(0, from);
    safe.erase(0, safe.find_first_not_of(".-"));
  }
  return safe.empty() ? "sheet" : safe;
}

DeskFile::DeskFile(std::string token, const std::string& folder, std::string name)
    : token_(std::move(token)),
      folder_(folder + "/" + token_),
      name_(std::move(name)),
      path_(folder_ + "/" + name_) {
  if (::mkdir(folder_.c_str(), 0700) != 0) refuse_for_room();
  const int handle = ::open(path_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (handle >= 0) file_ = ::fdopen(handle, "wb");
  if (!file_) {
    if (handle >= 0) ::close(handle);
    std::error_code ignored;
    files::remove_all(folder_, ignored);
    refuse_for_room();
  }
}

DeskFile::~DeskFile() {
  if (file_) std::fclose(file_);
  std::error_code ignored;
  files::remove_all(folder_, ignored);
}

void DeskFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) refuse_for_room();
  bytes_ += bytes.size();
}

void DeskFile::close() {
  if (std::fclose(std::exchange(file_, nullptr)) != 0) refuse_for_room();
  since_ = std::chrono::steady_clock::now();
}

Fields DeskFile::choices() const {
  const std::lock_guard lock(mutex_);
  return choices_;
}

void DeskFile::set_choices(Fields choices) {
  const std::lock_guard lock(mutex_);
  choices_ = std::move(choices);
}

std::shared_ptr<const void> DeskFile::find_made(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  return made_key_ == key ? made_ : nullptr;
}

void DeskFile::keep_made(std::string key, std::shared_ptr<const void> made) {
  const std::lock_guard lock(mutex_);
  made_key_ = std::move(key);
  made_ = std::move(made);
}

SheetDesk::SheetDesk(DeskLimits limits) : limits_(limits) {
  folder_ = (files::temp_directory_path() / "austral-sheets.XXXXXX").string();
  if (!::mkdtemp(folder_.data()))  // of its owner alone
    throw Error(Kind::unavailable, "no temporary folder can be made beside " + folder_ +
                                       "; set TMPDIR to a folder that can be written to");
  sweeper_ = std::thread([this] { sweep_for_ever(); });
}

SheetDesk::~SheetDesk() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ending_told_.notify_all();
  sweeper_.join();
  files_.clear();
  std::error_code ignored;
  files::remove_all(folder_, ignored);
}

std::shared_ptr<DeskFile> SheetDesk::begin(std::string_view filename) const {
  return std::make_shared<DeskFile>(make_token(), folder_, safe_file_name(filename));
}

void SheetDesk::write(DeskFile& file, std::string_view bytes) const {
  if (file.bytes() + bytes.size() > limits_.file)
    throw Error(Kind::invalid, "The sheet is larger than " +
                                   std::to_string(limits_.file / 1'000'000) +
                                   " MB. Import it on the machine of the register: austral "
                                   "mapping propose, then austral import.");
  file.write(bytes);
}

void SheetDesk::keep(const std::shared_ptr<DeskFile>& file) {
  file->close();
  const std::lock_guard lock(mutex_);
  files_[file->token()] = file;
  sweep_locked();
}

std::shared_ptr<DeskFile> SheetDesk::find(const std::string& token) {
  const std::lock_guard lock(mutex_);
  sweep_locked();
  const auto found = files_.find(token);
  if (found == files_.end())
    throw Error(Kind::not_found,
                "There is no sheet at this address, or its hour is over. Send it again.");
  return found->second;
}

std::size_t SheetDesk::size() {
  const std::lock_guard lock(mutex_);
  sweep_locked();
  return files_.size();
}

void SheetDesk::sweep_locked() {
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(files_, [&](const auto& one) { return now - one.second->since() >= limits_.life; });
  while (!files_.empty()) {
    std::uint64_t all = 0;
    auto oldest = files_.begin();
    for (auto at = files_.begin(); at != files_.end(); ++at) {
      all += at->second->bytes();
      if (at->second->since() < oldest->second->since()) oldest = at;
    }
    if (files_.size() <= limits_.files && all <= limits_.all) break;
    files_.erase(oldest);
  }
}

void SheetDesk::sweep_for_ever() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    ending_told_.wait_for(lock, std::chrono::seconds(30), [this] { return ending_; });
    sweep_locked();
  }
}

}  // namespace austral::web
