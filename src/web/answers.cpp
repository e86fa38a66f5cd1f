// Finds, makes and keeps answers; entity tags come from the state, before anything is made.
#include "web/answers.hpp"

#include <link.h>

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "web/finish.hpp"

namespace austral::web {
namespace {

/// Empty for a request whose answer may be for this reader alone.
std::string key_of(const Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return "";
  for (const auto* personal : {"Authorization", "Range"})
    if (request.find_header(personal)) return "";
  if (const auto cookies = request.find_header("Cookie"))
    for (const auto item : split(*cookies, ';'))
      if (!trim(item).empty() && !trim(item).starts_with("lang=")) return "";
  // A language asked for by name is put into a cookie, which belongs to that reader.
  const auto asked = request.find_query("lang");
  const bool is_twin = request.path.find('.', request.path.rfind('/')) != std::string::npos;
  if (asked && !is_twin && request.find_cookie("lang") != asked) return "";
  std::string key = request.path;
  key += '\n';
  key += request.raw_query;
  key += '\n';
  key += request.language;
  return key;
}

std::string with_encoding(const std::string& key, const Request& request) {
  return key + '\n' + choose_encoding(request.find_header("Accept-Encoding").value_or(""));
}

std::string etag_of(const std::string& key, const SeenState& state) {
  return "W/\"" +
         to_string(digest_of(build_name() + '\n' + state.text + '\n' + key)).substr(0, 20) + "\"";
}

Finished finished(const Request& request, Response response) {
  auto answer = std::make_shared<FinishedAnswer>();
  answer->response = std::move(response);
  answer->bytes = finish(request, answer->response);
  return answer;
}

/// A transfer with the request that it belongs to.
class UploadTransfer : public Transfer {
 public:
  UploadTransfer(const Router& router, Request request) : request_(std::move(request)) {
    upload_ = router.begin_upload(request_);
  }
  bool is_upload() const { return upload_ != nullptr; }
  void take(std::string_view bytes) override { upload_->take(bytes); }
  Finished finish() override {
    auto response = upload_->finish();
    if (!response.find_header("Cache-Control")) response.set("Cache-Control", "no-store");
    return finished(request_, std::move(response));
  }

 private:
  Request request_;  // the upload refers to it
  std::unique_ptr<Upload> upload_;
};

int read_build_id(dl_phdr_info* info, std::size_t, void* out) {
  // A note is three words (sizes of name and description, type), name and description, padded to 4.
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& part = info->dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    const auto* at = reinterpret_cast<const char*>(info->dlpi_addr + part.p_vaddr);
    const auto* end = at + part.p_memsz;
    while (at + sizeof(ElfW(Nhdr)) <= end) {
      const auto& note = *reinterpret_cast<const ElfW(Nhdr)*>(at);
      const auto* words = at + sizeof note + ((note.n_namesz + 3) & ~3u);
      if (note.n_type == NT_GNU_BUILD_ID)
        *static_cast<std::string*>(out) = to_hex({words, note.n_descsz});
      at = words + ((note.n_descsz + 3) & ~3u);
    }
  }
  return 1;  // the program itself comes first
}

}  // namespace

const std::string& build_name() {
  static const auto name = [] {
    std::string id;
    dl_iterate_phdr(read_build_id, &id);
    return AUSTRAL_VERSION + (id.empty() ? " " __DATE__ " " __TIME__ : " " + id);
  }();
  return name;
}

std::optional<SeenState> StateWatch::recent() const {
  const std::lock_guard lock(mutex_);
  if (seen_.number == 0 || std::chrono::steady_clock::now() - asked_ >= trusted_)
    return std::nullopt;
  return seen_;
}

SeenState StateWatch::now() {
  const auto asked = std::chrono::steady_clock::now();
  auto text = ask_();
  const std::lock_guard lock(mutex_);
  // Who asked earlier and heard later must not put an older state back.
  if (asked < asked_) return seen_.text == text ? seen_ : SeenState{0, std::move(text)};
  if (seen_.number == 0 || seen_.text != text) seen_ = {seen_.number + 1, std::move(text)};
  asked_ = asked;
  return seen_;
}

Answers::Answers(const Router& router, std::function<std::string()> state, AnswerOptions options)
    : router_(router),
      keeps_(state != nullptr),
      watch_(std::move(state), options.trusted),
      cache_(options.bounds) {}

Finished Answers::find(const Request& request) {
  if (!keeps_) return nullptr;
  const auto state = watch_.recent();
  return state ? find_at(request, *state) : nullptr;
}

Finished Answers::find_at(const Request& request, const SeenState& state) {
  const auto key = key_of(request);
  if (key.empty() || state.number == 0) return nullptr;
  const auto known = request.find_header("If-None-Match");
  if (known && trim(*known) != "*") {
    const auto etag = etag_of(key, state);
    // Only who was given this very answer knows its tag.
    if (covers_etag(*known, etag)) return finished(request, router_.not_modified(request, etag));
  } else if (known) {
    return nullptr;
  }
  auto kept = cache_.find(with_encoding(key, request), state.number);
  // An asset has a tag of its own, by which finish() answers 304.
  return kept && known && kept->response.asset ? nullptr : kept;
}

bool Answers::begin(const Request& request, std::function<void()> when_made) {
  if (!keeps_ || request.method != "GET") return true;
  const auto key = key_of(request);
  if (key.empty() || !router_.is_keepable(request)) return true;
  return cache_.begin(with_encoding(key, request), std::move(when_made));
}

Finished Answers::make(const Request& request) {
  const auto key = keeps_ ? key_of(request) : "";
  struct Ending {
    AnswerCache& cache;
    std::string key;
    ~Ending() {
      if (!key.empty()) cache.end(key);
    }
  };
  try {
    if (key.empty() || !router_.is_keepable(request))
      return finished(request, router_.answer(request));
    const Ending ending{cache_, request.method == "GET" ? with_encoding(key, request) : ""};
    const auto recent = watch_.recent();
    const auto state = recent ? *recent : watch_.now();
    if (auto kept = find_at(request, state)) return kept;
    return make_at(request, state, key);
  } catch (const std::exception& error) {
    if (router_.error_log) router_.error_log(request.path + ": " + error.what());
    return refuse(request, 500);
  }
}

Finished Answers::make_at(const Request& request, const SeenState& state, const std::string& key) {
  auto response = router_.answer(request);
  const bool keepable =
      response.status == 200 && !response.producer && !response.find_header("Set-Cookie");
  if (!keepable) return finished(request, std::move(response));
  // What was written in between may be in the answer or not: such an answer belongs to no state.
  const bool settled = state.number != 0 && watch_.now().number == state.number;
  if (settled && !response.asset) response.set("ETag", etag_of(key, state));
  auto answer = finished(request, std::move(response));
  if (settled && request.method == "GET" && answer->response.status == 200)
    cache_.keep(with_encoding(key, request), state.number, answer);
  return answer;
}

std::unique_ptr<Transfer> Answers::begin_transfer(const Request& request) {
  if (request.method == "GET" || request.method == "HEAD") return nullptr;
  auto transfer = std::make_unique<UploadTransfer>(router_, request);
  if (!transfer->is_upload()) return nullptr;
  return transfer;
}

Finished Answers::refuse(const Request& request, int status) {
  auto response = router_.refuse(request, status);
  if (status == 503) response.set("Retry-After", "2");
  return finished(request, std::move(response));
}

Service service_of(const Router& router, Answers& answers) {
  Service service;
  service.find = [&answers](const Request& request) { return answers.find(request); };
  service.begin = [&answers](const Request& request, std::function<void()> when_made) {
    return answers.begin(request, std::move(when_made));
  };
  service.make = [&answers](const Request& request) { return answers.make(request); };
  service.body_limit = [&router](const Request& request) { return router.body_limit(request); };
  service.begin_transfer = [&answers](const Request& request) {
    return answers.begin_transfer(request);
  };
  service.refuse = [&answers](const Request& request, int status) {
    return answers.refuse(request, status);
  };
  return service;
}

}  // namespace austral::web
