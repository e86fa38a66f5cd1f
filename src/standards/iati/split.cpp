// The splitter's way through a document: elements opened and closed, pieces cut out, damage named.
#include "standards/iati/split.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/text.hpp"

namespace austral::iati {
namespace {

std::string_view local_part(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is_piece_name(std::string_view name) {
  return name == "iati-activity" || name == "iati-organisation";
}

/// Where the last `tag` of a text ends; 0 when it has none.
std::size_t end_of_last(std::string_view text, std::string_view tag) {
  while (text.size() >= tag.size()) {
    const void* found = ::memrchr(text.data(), '>', text.size());
    if (!found) return 0;
    const auto size = std::size_t(static_cast<const char*>(found) - text.data()) + 1;
    if (text.substr(0, size).ends_with(tag)) return size;
    text = text.substr(0, size - 1);
  }
  return 0;
}

}  // namespace

std::string Splitter::place_of(const Spot& spot) const {
  const std::string document = bytes_ ? bytes_->document() : "";
  return (document.empty() ? "" : document + ", ") + "line " + std::to_string(spot.line) +
         ", column " + std::to_string(spot.column);
}

Splitter::Splitter(standards::Bytes& bytes, Limits limits)
    : bytes_(&bytes), limits_(limits), window_(bytes) {
  open_.reserve(64);
  seen_.resize(32);
}

Splitter::Splitter(std::string_view document, Limits limits)
    : bytes_(nullptr), limits_(limits), window_(document) {
  open_.reserve(64);
  seen_.resize(32);
}

void Splitter::split_everything() {
  everything_ = true;
  window_.advance(0);
}

void Splitter::reset() {
  window_.reset();
  root_ = {};
  root_tag_.clear();
  open_.clear();
  position_ = piece_start_ = 0;
  in_piece_ = piece_ready_ = started_ = ended_ = damaged_ = at_end_ = false;
  stranger_noted_ = prefix_noted_ = words_noted_ = false;
}

Findings Splitter::take_findings() {
  noticed_.clear();
  return std::exchange(findings_, {});
}

/// How far was read beyond the damage depends on blocks and threads; what is told does not.
void Splitter::drop_notices_behind(std::uint64_t offset) {
  for (; !noticed_.empty() && noticed_.back().first > offset; noticed_.pop_back())
    findings_.erase(findings_.begin() + std::ptrdiff_t(noticed_.back().second));
}

/// The earliest byte that is still needed.
std::uint64_t Splitter::kept() const {
  std::uint64_t keep = in_piece_ ? std::min(piece_start_, position_) : position_;
  if (!open_.empty()) keep = std::min(keep, open_.front().offset);
  return keep;
}

bool Splitter::next(Piece& piece) {
  while (!damaged_) {
    if (position_ < window_.end()) {
      const Step result = step();
      if (result == Step::damage) return false;
      if (piece_ready_) {
        piece_ready_ = false;
        piece.text = window_.view(piece_start_, position_);
        piece.offset = piece_start_;
        piece.kind = kind_;
        if (everything_) {
          const Spot place = window_.advance(piece_start_);
          piece.line = place.line;
          piece.column = place.column;
        } else {
          piece.line = window_.line(piece_start_);
        }
        return true;
      }
      if (result == Step::done) continue;
    }
    if (window_.end() > kept() && window_.end() - kept() > limits_.piece) {
      damage(window_.at(kept()), "xml.too_large",
             "one activity is larger than " + std::to_string(limits_.piece >> 20) +
                 " MB; such a file is not read. Split the activity");
      return false;
    }
    if (window_.end() - position_ > limits_.token) {
      damage(window_.at(position_), "xml.too_large",
             "a single tag, comment or instruction is longer than " +
                 std::to_string(limits_.token >> 20) + " MB; such a file is not read");
      return false;
    }
    if (!window_.refill(kept())) {
      truncated();
      return false;
    }
    take_notices();
  }
  return false;
}

bool Splitter::cut(std::size_t wanted, Piece& run) {
  const bool between = started_ && !ended_ && !damaged_ && !in_piece_ && !piece_ready_ &&
                       !words_noted_ && open_.empty() && root_tag_ == root_.name;
  if (!everything_ || !between || is_piece_name(root_.name)) return false;
  while (window_.end() - position_ < wanted && window_.refill(position_)) take_notices();
  const std::string_view end =
      root_.name == "iati-organisations" ? "</iati-organisation>" : "</iati-activity>";
  const std::string_view there = window_.view(position_, window_.end());
  std::size_t size = end_of_last(there.substr(0, wanted), end);
  if (size == 0) {
    const auto at = there.find(end, std::max(wanted, end.size()) - end.size());
    if (at == std::string_view::npos) return false;
    size = at + end.size();
  }
  run.text = there.substr(0, size);
  run.offset = position_;
  const Spot place = window_.advance(position_);
  run.line = place.line;
  run.column = place.column;
  position_ += run.text.size();
  return true;
}

void Splitter::put_back(std::string_view text, std::uint64_t offset, Spot place) {
  window_.put_back(text, position_, place);
  position_ = offset;
}

/// Gives what Bytes noticed its line. Damage waits until all that came before it has been split.
void Splitter::take_notices() {
  if (!bytes_) return;
  for (auto& notice : bytes_->take_notices()) waiting_.push_back(std::move(notice));
  std::vector<standards::ByteNotice> later;
  for (auto& notice : waiting_) {
    const bool damage = notice.finding.severity == Severity::damage;
    if (damage && !at_end_) {
      later.push_back(std::move(notice));
      continue;
    }
    const auto offset = std::clamp(notice.offset, window_.begin(), window_.end());
    if (notice.finding.place.empty()) notice.finding.place = place_of(window_.spot(offset));
    if (damage)
      damaged_ = true;
    else
      noticed_.emplace_back(notice.offset, findings_.size());
    findings_.push_back(std::move(notice.finding));
  }
  waiting_ = std::move(later);
}

/// The bytes have ended: rightly after the root, or too early.
void Splitter::truncated() {
  at_end_ = true;
  take_notices();
  if (damaged_ || (ended_ && position_ == window_.end())) return;
  const char* end = window_.limit();
  if (!started_) {
    const bool empty = window_.end() == window_.begin() && window_.end() == 0;
    damage(end, "xml.no_root",
           empty ? "the file is empty. Fetch it again, or remove it from the registry"
                 : "the file ends before its first element. Fetch it again");
    return;
  }
  damage(end, "xml.truncated",
         (ended_ ? std::string("the file ends inside what stands behind its root")
                 : "the file ends inside <" + open_name() + ">") +
             ": it was cut off. Fetch it again" + identifier_so_far(window_.end()));
}

std::string Splitter::open_name() const {
  if (open_.empty()) return root_tag_;
  const Name& name = open_.back();
  return std::string(window_.view(name.offset, name.offset + name.size));
}

/// `; activity XX-1` when the damaged activity's identifier stands before the damage.
std::string Splitter::identifier_so_far(std::uint64_t until) const {
  if (!in_piece_) return {};
  const std::string_view seen = window_.view(piece_start_, until);
  for (const std::string_view tag : {"iati-identifier>", "organisation-identifier>"}) {
    const auto at = seen.find(tag);
    if (at == std::string_view::npos) continue;
    auto text = seen.substr(at + tag.size());
    text = trim(text.substr(0, std::min<std::size_t>(text.find('<'), 400)));
    if (text.empty()) return {};
    return "; it stands in activity " + shorten(make_valid_utf8(text), 200);
  }
  return {};
}

Splitter::Step Splitter::damage(const char* at, const std::string& rule,
                                const std::string& message) {
  const std::uint64_t offset = window_.offset_of(at);
  drop_notices_behind(offset);
  damage_place_ = everything_ ? window_.advance(offset) : window_.spot(offset);
  findings_.push_back({Severity::damage, rule, place_of(damage_place_),
                       message + (rule == "xml.truncated" ? "" : identifier_so_far(offset))});
  damaged_ = true;
  return Step::damage;
}

void Splitter::open_element(std::string_view name, const char* end, bool empty) {
  const std::uint64_t after = window_.offset_of(end);
  words_noted_ = false;
  if (!started_) {
    started_ = true;
    root_tag_ = name;
    read_root(name, end);
    if (damaged_) return;
    kind_ = Piece::Kind::record;
    if (is_piece_name(local_part(name))) {  // one bare activity without a root around it
      in_piece_ = true;
      piece_start_ = position_;
      piece_ready_ = ended_ = empty;
      in_piece_ = !empty;
    } else {
      ended_ = empty;
    }
    position_ = after;
    return;
  }
  const std::string_view local = local_part(name);
  if (!in_piece_ && open_.empty()) {
    const bool wanted = is_piece_name(local);
    if (wanted || everything_) {
      kind_ = is_piece_name(name) ? Piece::Kind::record : Piece::Kind::stranger;
      piece_start_ = position_;
      piece_ready_ = empty;
      in_piece_ = !empty;
      if (wanted && local.size() != name.size() && !std::exchange(prefix_noted_, true))
        findings_.push_back({Severity::warning, "iati.prefix", place_of(window_.spot(position_)),
                             "the elements of the standard carry a namespace prefix (" +
                                 shorten(name, 80) + "); IATI has no namespace. Leave it out"});
    } else if (!std::exchange(stranger_noted_, true)) {
      findings_.push_back({Severity::warning, "iati.stranger", place_of(window_.spot(position_)),
                           "<" + shorten(name, 80) +
                               "> stands where only "
                               "activities or organisations may; it was left out"});
    }
  }
  if (!empty) open_.push_back({window_.offset_of(name.data()), std::uint32_t(name.size())});
  position_ = after;
}

/// Text inside the root but outside its elements; the first of it counts.
void Splitter::note_words(std::uint64_t from, std::uint64_t to) {
  if (!everything_ || in_piece_ || !open_.empty() || words_noted_ || from >= to) return;
  const std::string_view text = window_.view(from, to);
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return;
  words_noted_ = piece_ready_ = true;
  kind_ = Piece::Kind::words;
  piece_start_ = from + first;
}

void Splitter::close_element(const char* end) {
  words_noted_ = false;
  position_ = window_.offset_of(end);
  if (open_.empty()) {
    ended_ = true;
    if (in_piece_) piece_ready_ = true;
    in_piece_ = false;
    return;
  }
  open_.pop_back();
  if (open_.empty() && in_piece_ && !is_piece_name(root_.name)) {
    piece_ready_ = true;
    in_piece_ = false;
  }
}

void Splitter::read_root(std::string_view name, const char* tag_end) {
  root_.name = local_part(name);
  const char* tag = name.data() + name.size();
  root_.tag.assign(name.data() - 1, tag_end);
  root_.place = window_.spot(position_);
  if (!everything_ && root_.name != "iati-activities" && root_.name != "iati-organisations" &&
      !is_piece_name(root_.name)) {
    refuse_foreign_root(name.data() - 1, name);
    root_.name.clear();
    return;
  }
  for (std::size_t i = 0; i < seen_count_; ++i) {
    const std::string_view attribute = seen_[i];
    const char* quote = attribute.data() + attribute.size();
    while (quote < tag_end && *quote != '"' && *quote != '\'') ++quote;
    const char* close = quote + 1;
    while (close < tag_end && *close != *quote) ++close;
    const std::string_view value(quote + 1, std::size_t(close - quote - 1));
    if (attribute == "version") root_.version = value;
    if (attribute == "generated-datetime") root_.generated = value;
    if (attribute.substr(0, 6) == "xmlns:")
      root_.namespaces.emplace_back(attribute.substr(6), value);
  }
  const std::string here = place_of(window_.spot(window_.offset_of(tag)));
  if (is_piece_name(root_.name))
    findings_.push_back({Severity::warning, "iati.root.bare", here,
                         "the file is one " + root_.name + " without a root around it"});
  if (root_.name.size() != name.size())
    findings_.push_back({Severity::warning, "iati.prefix", here,
                         "the root carries a namespace prefix; IATI has no namespace"});
}

void Splitter::refuse_foreign_root(const char* at, std::string_view name) {
  const bool page = name == "html" || name == "HTML";
  damage(at, "iati.root",
         page ? "this is a web page, not an IATI file: the address answers with a page, often "
                "because the file has moved. Ask the publisher for the file's address"
              : "the first element is <" + shorten(name, 80) +
                    ">; an IATI file begins with <iati-activities> or <iati-organisations>");
}

}  // namespace austral::iati
