// Splits a file into batches, has them judged on threads and puts the results in file order.
#include "standards/validation/judge.hpp"

#include <chrono>
#include <ctime>
#include <deque>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "base/queue.hpp"
#include "standards/validation/root.hpp"

namespace austral::validation {
namespace {

/// Pieces that were split already, or a run of the file that is split by who judges it.
struct Job {
  PieceBatch batch;
  Run run;
  std::promise<BatchResult> promise;
};
using JobPointer = std::shared_ptr<Job>;

/// Threads that judge batches of one file.
class Crew {
 public:
  Crew(unsigned size, const FileFacts& facts, const iati::Limits& limits) : queue_(size * 2) {
    for (unsigned i = 0; i < size; ++i)
      threads_.emplace_back([this, &facts, &limits] {
        PieceJudge judge(facts);
        while (auto job = queue_.pop()) work(**job, judge, limits);
      });
  }
  ~Crew() {
    queue_.close();
    for (auto& thread : threads_) thread.join();
  }
  void push(JobPointer job) { queue_.push(std::move(job)); }

 private:
  static void work(Job& job, PieceJudge& judge, const iati::Limits& limits) {
    try {
      if (job.run.size > 0)
        judge.judge(job.run, limits);
      else
        judge.judge(job.batch);
      job.promise.set_value(judge.take());
    } catch (...) {
      job.promise.set_exception(std::current_exception());
    }
  }

  BoundedQueue<JobPointer> queue_;
  std::vector<std::thread> threads_;
};

constexpr std::size_t large_piece = 8u << 20;  // Units: bytes

std::string now() {
  const std::time_t seconds = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

/// What of the splitter's damage is about the file's container or size, not about its XML.
bool is_beyond_reading(const Finding& finding) {
  return finding.rule == "xml.too_large" || finding.rule == "xml.too_deep" ||
         (finding.rule.substr(0, 4) != "xml." && finding.rule != "iati.root");
}

/// Judges one document.
class DocumentJudge {
 public:
  DocumentJudge(standards::Bytes& bytes, std::string name, const JudgeOptions& options,
                Listener& listener)
      : bytes_(bytes),
        options_(options),
        listener_(listener),
        splitter_(bytes, options.limits),
        together_(options.find_activity) {
    verdict_.file = std::move(name);
    splitter_.split_everything();
  }

  FileVerdict judge() {
    iati::Piece piece;
    bool more = splitter_.next(piece);
    open();
    for (; more; more = split_next(piece)) add(piece);
    send();
    while (!pending_.empty()) merge_front();
    close();
    listener_.end(verdict_);
    return std::move(verdict_);
  }

 private:
  void open() {
    const auto& root = splitter_.root();
    verdict_.type = root.name;
    verdict_.version = root.version;
    listener_.begin(verdict_);
    if (root.name.empty()) return;
    Faults faults;
    root_.emplace(root, options_, faults);
    root_->set_most_wanted(listener_.most_wanted());
    tell_file(faults, root.place);
    unsigned workers = options_.workers ? options_.workers : std::thread::hardware_concurrency();
    workers = std::max(workers, 1u);
    most_pending_ = workers * 2 + 2;
    if (workers > 1 && root_->judges()) crew_.emplace(workers, root_->facts(), options_.limits);
  }

  /// Sends runs of the file to the crew unsplit as long as they can be cut off; the next piece that
  /// cannot is split here, once all runs before it are known to be what they seemed.
  bool split_next(iati::Piece& piece) {
    while (crew_ && runs_may_be_cut_ && splitter_.cut(options_.batch, piece)) {
      send();
      auto job = std::make_shared<Job>();
      job->run = make_run(piece, splitter_.root().name);
      ++runs_pending_;
      hand_out(std::move(job));
    }
    while (runs_pending_ > 0) merge_front();
    return splitter_.next(piece);
  }

  void add(const iati::Piece& piece) {
    if (!root_ || !root_->judges()) {
      verdict_.subjects += piece.kind == iati::Piece::Kind::record;
      return;
    }
    const PieceEntry entry{piece.offset, {piece.line, piece.column}, piece.kind};
    if (crew_ && piece.text.size() > large_piece) return judge_here(piece.text, entry);
    collected_ += piece.text.size();
    if (!crew_) {
      if (!alone_) alone_.emplace(root_->facts());
      alone_->judge(piece.text, entry);
    } else {
      if (!job_) {
        job_ = std::make_shared<Job>();
        job_->batch.text.reserve(options_.batch + piece.text.size());
      }
      job_->batch.text += piece.text;
      job_->batch.ends.push_back(job_->batch.text.size());
      job_->batch.entries.push_back(entry);
    }
    if (collected_ >= options_.batch) send();
  }

  /// A very large record is judged where it lies, for the memory of a copy.
  void judge_here(std::string_view text, const PieceEntry& entry) {
    send();
    while (!pending_.empty()) merge_front();
    PieceJudge judge(root_->facts());
    judge.judge(text, entry);
    merge(judge.take());
  }

  void send() {
    collected_ = 0;
    if (alone_) merge(alone_->take());
    if (job_) hand_out(std::exchange(job_, nullptr));
    if (options_.on_progress) options_.on_progress(bytes_.bytes_read());
  }

  void hand_out(JobPointer job) {
    pending_.push_back({job, job->promise.get_future()});
    crew_->push(std::move(job));
    while (pending_.size() > most_pending_ ||
           (!pending_.empty() && is_ready(pending_.front().result)))
      merge_front();
  }

  static bool is_ready(const std::future<BatchResult>& result) {
    return result.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }

  void merge_front() {
    auto [job, future] = std::move(pending_.front());
    pending_.pop_front();
    auto result = future.get();
    const bool is_run = job->run.size > 0;
    runs_pending_ -= is_run;
    if (is_run && !result.whole) return take_back(job->run);
    merge(std::move(result));
  }

  /// A record's end was none (it stands in a comment, say), or the run is damaged: from its
  /// beginning on, the splitter reads the file as one. Behind a run there are only runs.
  void take_back(const Run& first) {
    runs_may_be_cut_ = false;
    std::string text(first.own());
    for (const auto& one : pending_) text += one.job->run.own();
    pending_.clear();
    runs_pending_ = 0;
    splitter_.put_back(text, first.offset, first.place);
  }

  void merge(BatchResult result) {
    JudgedBatch out;
    out.kinds = std::move(result.kinds);
    out.more = std::move(result.more);
    Kinds kinds(out.kinds);
    for (auto& piece : result.pieces) {
      Faults faults;
      root_->step(piece, faults);
      if (!faults.empty()) out.subjects.push_back(tell(faults, piece.place, kinds));
      if (piece.role == Role::record) {
        ++verdict_.subjects;
        together_.add(piece.ties, faults);
        for (auto& fault : faults) {
          std::vector<FoundFault> placed;
          Faults one{std::move(fault)};
          place_faults(one, {}, {piece.ties.line, piece.ties.column}, kinds, placed);
          piece.subject.faults.insert(piece.subject.faults.end(), placed.begin(), placed.end());
          if (!std::exchange(piece.told, true)) tidy_title(piece.subject);
        }
      }
      if (piece.told) out.subjects.push_back(std::move(piece.subject));
    }
    hand_over(std::move(out));
  }

  /// A part of the report that concerns the file, all at one place.
  static JudgedSubject tell(Faults& faults, iati::Spot place, Kinds& kinds) {
    JudgedSubject subject;
    subject.identifier = "file";
    subject.line = place.line;
    subject.column = place.column;
    place_faults(faults, {}, place, kinds, subject.faults);
    return subject;
  }

  void tell_file(Faults& faults, iati::Spot place) {
    if (faults.empty()) return;
    JudgedBatch out;
    Kinds kinds(out.kinds);
    out.subjects.push_back(tell(faults, place, kinds));
    hand_over(std::move(out));
  }

  void hand_over(JudgedBatch batch) {
    for (const auto& subject : batch.subjects)
      for (const auto& fault : subject.faults)
        verdict_.counts[std::size_t(batch.kinds[fault.kind].weight)] += fault.times;
    for (std::size_t i = 0; i < batch.more.size(); ++i)
      verdict_.counts[std::size_t(batch.kinds[i].weight)] += batch.more[i];
    if (!batch.subjects.empty() || !batch.more.empty()) listener_.take(batch);
  }

  void close() {
    Faults faults;
    if (root_ && !splitter_.damaged()) root_->finish(faults);
    tell_file(faults, splitter_.root().place);
    tell_broken_links();
    for (const auto& finding : splitter_.take_findings()) tell_finding(finding);
    crew_.reset();
  }

  void tell_broken_links() {
    auto broken = together_.finish();
    JudgedBatch out;
    Kinds kinds(out.kinds);
    for (auto& link : broken.links) {
      JudgedSubject subject;
      subject.identifier = link.from;
      subject.line = link.line;
      subject.column = link.column;
      Faults one{tell_link(link)};
      place_faults(one, {}, {link.line, link.column}, kinds, subject.faults);
      out.subjects.push_back(std::move(subject));
    }
    for (std::size_t rule = 0; rule < broken.more.size(); ++rule) {
      if (broken.more[rule] == 0) continue;
      Ties::Link any;
      any.rule = rule;
      Fault fault = tell_link(any);
      const auto kind = kinds.find(fault);
      out.more.resize(out.kinds.size());
      out.more[kind] += broken.more[rule];
    }
    hand_over(std::move(out));
  }

  void tell_finding(const Finding& finding) {
    const bool encoding = finding.rule.substr(0, 9) == "encoding.";
    if (finding.severity != Severity::damage &&
        (!encoding || finding.severity != Severity::warning))
      return;
    if (!encoding && is_beyond_reading(finding)) {
      verdict_.readable = false;
      verdict_.reason = finding.place + ": " + finding.message;
      return;
    }
    Fault fault;
    fault.id = "0.1.1";
    fault.weight = Weight::critical;
    fault.category = "documents";
    fault.message = encoding ? "the file is not written in the encoding it names"
                             : "the file is not well-formed XML";
    fault.remedy = finding.message;
    fault.where = finding.place;
    Faults faults{std::move(fault)};
    tell_file(faults, encoding ? iati::Spot{} : splitter_.damage_place());
  }

  standards::Bytes& bytes_;
  const JudgeOptions& options_;
  Listener& listener_;
  iati::Splitter splitter_;
  FileVerdict verdict_;
  std::optional<RootWalk> root_;
  std::optional<Crew> crew_;
  Together together_;
  std::optional<PieceJudge> alone_;  // where there is no crew
  JobPointer job_;
  std::size_t collected_ = 0;  // bytes since the last send()
  struct Pending {
    JobPointer job;
    std::future<BatchResult> result;
  };
  std::deque<Pending> pending_;
  std::size_t most_pending_ = 2;
  std::size_t runs_pending_ = 0;
  bool runs_may_be_cut_ = true;
};

}  // namespace

std::string_view name_of(Weight weight) {
  static constexpr std::array<std::string_view, 4> names = {"critical", "error", "warning",
                                                            "advisory"};
  return names[std::size_t(weight)];
}

std::vector<FileVerdict> judge(standards::Bytes& bytes, const std::string& name,
                               const JudgeOptions& given, Listener& listener) {
  JudgeOptions options = given;
  if (options.today.empty()) options.today = now();
  std::vector<FileVerdict> verdicts;
  while (bytes.next_document()) {
    const std::string& member = bytes.document();
    DocumentJudge document(bytes, member.empty() ? name : name + ": " + member, options, listener);
    verdicts.push_back(document.judge());
  }
  for (const auto& notice : bytes.take_notices()) {
    if (notice.finding.severity != Severity::damage) continue;
    FileVerdict verdict;
    verdict.file = name;
    verdict.readable = false;
    verdict.reason = notice.finding.message;
    listener.begin(verdict);
    listener.end(verdict);
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

std::vector<FileVerdict> judge_file(const std::string& path, const JudgeOptions& options,
                                    Listener& listener) {
  standards::Bytes bytes(path);
  return judge(bytes, path, options, listener);
}

}  // namespace austral::validation
