// Between the worker that takes bytes and the thread that judges them stands a short queue.
#include "web/pages/checking.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "standards/bytes.hpp"

namespace austral::web {
namespace {

using validation::Report;

constexpr std::size_t block_size = 256 * 1024;  // Units: bytes
constexpr std::size_t most_blocks = 8;
constexpr std::size_t most_groups = 2 * Report::most_groups;  // of an archive's reports together

NamelessFile open_nameless() {
  std::FILE* file = std::tmpfile();
  if (!file) throw Error(Kind::unavailable, "There is no room here for the report at this moment.");
  return {file, [](std::FILE* one) { std::fclose(one); }};
}

/// What a file is whose first bytes tell that it is no XML and holds none; else empty.
std::string kind_of_other(std::string_view start) {
  const auto begins = [&](std::string_view magic) { return start.starts_with(magic); };
  if (begins("\xD0\xCF\x11\xE0")) return "an old Excel or Word file";
  if (begins("%PDF")) return "a PDF";
  if (!begins("PK\x03\x04") || start.size() <= 30) return "";
  // The name of an archive's first member stands at byte 30 (APPNOTE.TXT, 4.3.7).
  const auto member = start.substr(30);
  for (const std::string_view part : {"[Content_Types].xml", "_rels/", "docProps/", "xl/", "word/"})
    if (member.starts_with(part)) return "a spreadsheet or another Office file";
  return member.starts_with("mimetypeapplication/vnd.oasis") ? "an OpenDocument file" : "";
}

[[noreturn]] void refuse_other(const std::string& kind) {
  throw Error(Kind::invalid, "This is " + kind +
                                 ", not IATI XML. Choose the .xml file that is published (it may "
                                 "be inside a .gz or .zip).");
}

/// Keeps bounded reports of the first documents and counts the others.
class Keeper : public validation::Listener {
 public:
  explicit Keeper(Checked& checked) : checked_(checked) {}
  std::size_t most_wanted() const override { return Report::most_places; }
  void begin(const validation::FileVerdict& verdict) override {
    current_ = std::make_unique<Report>();
    current_->begin(verdict);
  }
  void take(const validation::JudgedBatch& batch) override { current_->take(batch); }
  void end(const validation::FileVerdict& verdict) override {
    current_->end(verdict);
    ++checked_.documents;
    checked_.invalid += !verdict.valid();
    const auto groups = current_->groups().size() + 1;
    if (groups_ + groups > most_groups && !checked_.reports.empty()) return;
    groups_ += groups;
    checked_.reports.push_back(std::move(current_));
  }

 private:
  Checked& checked_;
  std::unique_ptr<Report> current_;
  std::size_t groups_ = 0;
};

/// Tells a kept report as if its first places were all there is.
void tell_again(const Report& report, validation::Listener& listener, std::size_t places) {
  listener.begin(report.verdict());
  for (const auto* group : report.groups()) {
    validation::JudgedBatch batch;
    batch.kinds = {group->kind};
    for (const auto& shown : group->first) {
      if (batch.subjects.size() == places) break;
      validation::JudgedSubject subject;
      subject.identifier = shown.identifier;
      subject.title = shown.title;
      subject.line = shown.fault.line;
      subject.column = shown.fault.column;
      subject.faults = {shown.fault};
      subject.faults.front().kind = 0;
      batch.subjects.push_back(std::move(subject));
    }
    listener.take(batch);
  }
  listener.end(report.verdict());
}

}  // namespace

std::string write_bounded(const std::vector<const Report*>& reports, CheckForm form,
                          std::size_t places) {
  std::string bytes;
  const validation::Out out = [&](std::string_view part) { bytes += part; };
  if (form == CheckForm::csv) {
    validation::CsvListener listener(out);
    for (const auto* report : reports) tell_again(*report, listener, places);
    listener.finish();
  } else if (form == CheckForm::json) {
    validation::JsonListener listener(out, reports.size() != 1);
    for (const auto* report : reports) tell_again(*report, listener, places);
    listener.finish();
  } else {
    validation::write_html(reports, out);
  }
  return bytes;
}

Checking::Checking(std::string name, CheckForm form)
    : name_(std::move(name)), form_(form), queue_(most_blocks) {
  thread_ = std::thread([this] { judge(); });
}

Checking::~Checking() {
  gone_ = true;
  queue_.close();
  if (thread_.joinable()) thread_.join();
}

void Checking::take(std::string_view bytes) {
  taken_ += bytes.size();
  waiting_.append(bytes);
  if (!looked_ && waiting_.size() >= 64) {
    looked_ = true;
    if (const auto kind = kind_of_other(waiting_); !kind.empty()) refuse_other(kind);
  }
  if (waiting_.size() >= block_size) send();
}

void Checking::send() {
  queue_.push(std::move(waiting_));  // refused only where the judge has failed: finish() says why
  waiting_ = {};
}

Checked Checking::finish() {
  if (!waiting_.empty()) send();
  queue_.close();
  thread_.join();
  if (failure_) std::rethrow_exception(failure_);
  return std::move(checked_);
}

/// Called by the judge: the next bytes, 0 at the end or when nobody waits for the answer any more.
std::size_t Checking::pull(char* out, std::size_t capacity) {
  while (at_ == block_.size()) {
    auto next = queue_.pop();
    if (!next) return 0;
    block_ = std::move(*next);
    at_ = 0;
  }
  if (gone_) return 0;
  const auto size = std::min(capacity, block_.size() - at_);
  std::copy_n(block_.data() + at_, size, out);
  at_ += size;
  return size;
}

void Checking::judge() {
  try {
    standards::Bytes bytes([this](char* out, std::size_t capacity) { return pull(out, capacity); });
    validation::JudgeOptions options;
    options.workers = 1;  // readers of the pages want cores too
    if (form_ == CheckForm::csv || form_ == CheckForm::json) {
      write_whole(bytes, options);
    } else {
      Keeper keeper(checked_);
      validation::judge(bytes, name_, options, keeper);
    }
  } catch (...) {
    failure_ = std::current_exception();
  }
  queue_.close();
}

void Checking::write_whole(standards::Bytes& bytes, const validation::JudgeOptions& options) {
  checked_.whole = open_nameless();
  std::FILE* file = checked_.whole.get();
  const validation::Out out = [&](std::string_view part) {
    if (std::fwrite(part.data(), 1, part.size(), file) != part.size())
      throw Error(Kind::unavailable,
                  "There is no room here for the whole report. Ask for the page.");
  };
  if (form_ == CheckForm::csv) {
    validation::CsvListener listener(out);
    validation::judge(bytes, name_, options, listener);
    listener.finish();
  } else {
    validation::JsonListener listener(out, bytes.documents() != 1);
    validation::judge(bytes, name_, options, listener);
    listener.finish();
  }
  if (std::fflush(file) != 0)
    throw Error(Kind::unavailable, "There is no room here for the whole report. Ask for the page.");
  std::rewind(file);
}

}  // namespace austral::web
