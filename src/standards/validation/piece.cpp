// Parses and checks pieces: the schema, the code lists, the ruleset; and gives each fault its line.
#include "standards/validation/piece.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/text.hpp"
#include "standards/iati/xml.hpp"
#include "standards/validation/brevity.hpp"
#include "standards/validation/shape.hpp"

namespace austral::validation {
namespace {

constexpr std::size_t longest_title = 1000;  // bytes looked at
constexpr std::size_t most_of_one = 20'000;  // faults of one record that are listed one by one

/// The first text inside an element, wherever it stands: a narrative, or in 1.0x the text itself.
std::string_view first_text(Node node) {
  if (!node) return {};
  for (const auto child : node.children()) {
    if (child.type() == node_pcdata || child.type() == node_cdata) {
      const auto text = iati::trimmed(child.value());
      if (!text.empty()) return text;
    }
  }
  const Node narrative = node.child("narrative");
  return narrative ? first_text(narrative) : std::string_view();
}

}  // namespace

/// Shown on one line; not tidied before somebody needs it.
void tidy_title(JudgedSubject& subject) {
  subject.title = shorten(collapse_spaces(make_valid_utf8(subject.title)), 200);
}

struct PieceJudge::State {
 public:
  explicit State(const FileFacts& facts)
      : facts_(facts),
        kinds_(result_.kinds),
        brevity_(facts.most_wanted, facts.most_wanted > 0 ? 0 : most_of_one) {}

  void refuse() { result_.whole = false; }

  /// What was counted and not listed goes with it.
  BatchResult take() {
    result_.more.assign(result_.kinds.size(), 0);
    brevity_.each_counted([&](std::uint64_t kind, std::uint64_t number) {
      if (const auto place = kinds_.find_bound(kind)) result_.more[*place] += number;
    });
    brevity_.clear();
    kinds_.clear();
    return std::exchange(result_, {});
  }

  void judge(std::string_view text, const PieceEntry& entry) {
    PieceResult& out = result_.pieces.emplace_back();
    out.place = entry.place;
    if (entry.kind == iati::Piece::Kind::words) {
      out.role = Role::words;
      return;
    }
    if (!facts_.schema) return;
    text_ = text;
    if (!parse(entry, out)) return;
    const Node node = tree_.document_element();
    out.name = node.name();
    Subject subject;
    subject.node = node;
    subject.organisation = facts_.organisations;
    subject.version = facts_.version;
    subject.text = text_;
    subject.offset = entry.offset;
    subject.line = entry.place.line;
    subject.around = &facts_.around;
    subject.declares_default = tree_.declares_default();
    subject.identifier = first_text(node.child(
        facts_.organisations && node.child("organisation-identifier") ? "organisation-identifier"
                                                                      : "iati-identifier"));
    check(subject, out);
    tell(subject, out);
  }

 private:
  bool parse(const PieceEntry& entry, PieceResult& out) {
    if (tree_.parse(text_)) return true;
    out.role = Role::stray;
    Fault fault;
    fault.id = "0.1.1";
    fault.weight = Weight::critical;
    fault.category = "documents";
    fault.message = "the element is not well-formed XML";
    fault.remedy = "Mend its tags";
    faults_.push_back(std::move(fault));
    place_faults(faults_, text_, entry.place, kinds_, out.subject.faults);
    out.told = true;
    return false;
  }

  void check(const Subject& subject, PieceResult& out) {
    memory_.forget();
    ShapeWalk walk(subject, *facts_.schema, faults_);
    const char* record = facts_.organisations ? "iati-organisation" : "iati-activity";
    if (walk.is_foreign(subject.node)) {
      out.role = Role::foreign;
      walk.check_foreign(subject.node);
    } else if (out.name != record) {
      out.role = Role::stray;
    } else {
      check_shape(subject, faults_);
      if (!facts_.supported) return;
      check_codes(subject, faults_);
      check_rules(subject, facts_.today, faults_);
      out.ties = find_ties(subject);
    }
  }

  void tell(const Subject& subject, PieceResult& out) {
    place_ties(out);
    if (faults_.empty() && out.role == Role::record && out.ties.links.empty() &&
        out.ties.identifier.empty())
      return;
    out.subject.identifier = subject.identifier;
    const Node title = subject.node.child(facts_.organisations ? "name" : "title");
    out.subject.title = first_text(title).substr(0, longest_title);
    if (!faults_.empty()) tidy_title(out.subject);
    out.subject.line = out.place.line;
    out.subject.column = out.place.column;
    out.told = !faults_.empty();
    place_faults(faults_, text_, out.place, kinds_, out.subject.faults);
    if (facts_.most_wanted == 0) add_counted(out.subject.faults);
  }

  /// What of a single record was only counted goes with the last one listed of its kind.
  void add_counted(std::vector<FoundFault>& faults) {
    brevity_.each_counted([&](std::uint64_t kind, std::uint64_t number) {
      const auto place = kinds_.find_bound(kind);
      for (auto one = faults.rbegin(); place && one != faults.rend(); ++one)
        if (one->kind == *place) {
          one->times += number;
          return;
        }
    });
    brevity_.clear();
  }

  void place_ties(PieceResult& out) {
    iati::Spot place = out.place;
    std::size_t at = 0;
    const auto move_to = [&](std::uint64_t wanted) {
      const auto offset = std::min<std::size_t>(wanted, text_.size());
      if (offset < at) place = out.place, at = 0;
      iati::move_over(place, text_.substr(at, offset - at));
      at = offset;
    };
    move_to(out.ties.offset);
    out.ties.line = place.line;
    out.ties.column = place.column;
    for (auto& link : out.ties.links) {
      move_to(link.offset);
      link.line = place.line;
      link.column = place.column;
    }
  }

  const FileFacts& facts_;
  BatchResult result_;
  Kinds kinds_;
  Brevity brevity_;
  PlaceMemory memory_;
  std::string_view text_;
  Tree tree_;
  Faults faults_;
};

PieceJudge::PieceJudge(const FileFacts& facts) : state_(std::make_unique<State>(facts)) {}
PieceJudge::~PieceJudge() = default;

void PieceJudge::judge(std::string_view text, const PieceEntry& entry) {
  state_->judge(text, entry);
}

void PieceJudge::judge(const PieceBatch& batch) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < batch.entries.size(); begin = batch.ends[i++])
    state_->judge(std::string_view(batch.text).substr(begin, batch.ends[i] - begin),
                  batch.entries[i]);
}

Run make_run(const iati::Piece& cut, std::string_view root) {
  constexpr std::size_t nulls = 64;  // Splitter's document ends with them
  Run run;
  run.before = root.size() + 2;
  run.size = cut.text.size();
  run.offset = cut.offset;
  run.place = {cut.line, cut.column};
  run.text.reserve(run.size + 2 * root.size() + 5 + nulls);
  ((run.text += '<') += root) += '>';
  run.text += cut.text;
  ((run.text += "</") += root) += '>';
  run.text.append(nulls, '\0');
  return run;
}

void PieceJudge::judge(const Run& run, const iati::Limits& limits) {
  const std::size_t after = run.before + 1;  // and the slash
  iati::Splitter splitter(std::string_view(run.text).substr(0, run.before + run.size + after),
                          limits);
  splitter.split_everything();
  for (iati::Piece piece; splitter.next(piece);) {
    PieceEntry entry{run.offset + piece.offset - run.before, run.place, piece.kind};
    if (piece.line == 1) {
      entry.place.column += piece.column - 1 - run.before;
    } else {
      entry.place.line += piece.line - 1;
      entry.place.column = piece.column;
    }
    state_->judge(piece.text, entry);
  }
  if (splitter.damaged()) state_->refuse();
}

BatchResult PieceJudge::take() { return state_->take(); }

std::optional<std::uint32_t> Kinds::find_bound(std::uint64_t kind) const {
  const auto found = bound_.find(kind);
  return found == bound_.end() ? std::nullopt : std::optional(found->second);
}

std::uint32_t Kinds::find(Fault& fault) {
  if (fault.kind)
    if (const auto known = bound_.find(fault.kind); known != bound_.end()) return known->second;
  const std::uint32_t place = find_alike(fault);
  if (fault.kind) bound_.emplace(fault.kind, place);
  return place;
}

std::uint32_t Kinds::find_alike(Fault& fault) {
  const auto hash = std::hash<std::string>();
  const std::size_t key = hash(fault.message) * 31 + hash(fault.id);
  const auto [first, last] = places_.equal_range(key);
  for (auto found = first; found != last; ++found) {
    const auto& kind = kinds_[found->second];
    if (kind.id == fault.id && kind.message == fault.message) return found->second;
  }
  const auto place = std::uint32_t(kinds_.size());
  places_.emplace(key, place);
  kinds_.push_back({std::move(fault.id), fault.weight, std::move(fault.category),
                    std::move(fault.message), std::move(fault.remedy)});
  return place;
}

void place_faults(Faults& faults, std::string_view text, iati::Spot start, Kinds& kinds,
                  std::vector<FoundFault>& out) {
  std::vector<std::uint32_t> order(faults.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return faults[a].offset < faults[b].offset;
  });
  std::uint64_t at = 0;
  out.reserve(out.size() + faults.size());
  for (const auto place : order) {
    auto& fault = faults[place];
    const auto offset = std::min<std::uint64_t>(fault.offset, text.size());
    iati::move_over(start, text.substr(at, offset - at));
    at = offset;
    FoundFault found;
    found.kind = kinds.find(fault);
    found.times = fault.times;
    found.line = start.line;
    found.column = start.column;
    found.where = std::move(fault.where);
    found.found = std::move(fault.found);
    out.push_back(std::move(found));
  }
  faults.clear();
}

}  // namespace austral::validation
