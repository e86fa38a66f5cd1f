// Reads templates into parts, and fills them.
#include "web/mustache.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

namespace austral::web {
namespace {

namespace views = boost::json;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos;
}

/// Whether the tag between the two places stands alone on its line; then widens them to the line.
bool widen_to_line(std::string_view source, std::size_t& begin, std::size_t& end) {
  const auto before = begin == 0 ? std::string_view::npos : source.rfind('\n', begin - 1);
  const auto first = before == std::string_view::npos ? 0 : before + 1;
  const auto after = source.find('\n', end);
  const auto last = after == std::string_view::npos ? source.size() : after;
  if (!is_blank(source.substr(first, begin - first)) || !is_blank(source.substr(end, last - end)))
    return false;
  begin = first;
  end = after == std::string_view::npos ? last : last + 1;
  return true;
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char* written = nullptr;
    switch (text[at]) {
      case '&': written = "&amp;"; break;
      case '<': written = "&lt;"; break;
      case '>': written = "&gt;"; break;
      case '"': written = "&quot;"; break;
      case '\'': written = "&#39;"; break;
      default: continue;
    }
    out.append(text, from, at - from);
    out += written;
    from = at + 1;
  }
  out.append(text, from);
}

bool is_absent(const views::value* value) {
  if (!value) return true;
  switch (value->kind()) {
    case views::kind::null: return true;
    case views::kind::bool_: return !value->get_bool();
    case views::kind::string: return value->get_string().empty();
    case views::kind::array: return value->get_array().empty();
    case views::kind::object: return value->get_object().empty();
    default: return false;
  }
}

}  // namespace

class Mustache::Filling {
 public:
  Filling(const std::vector<Part>& parts, std::string& out) : parts_(parts), out_(out) {}

  void push(const views::object* object, const views::value* value) {
    scopes_.push_back({object, value});
  }
  void fill(std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < to; ++at) {
      const auto& part = parts_[at];
      switch (part.kind) {
        case Tag::text: out_ += part.text; break;
        case Tag::value: write(find(part.text), true); break;
        case Tag::raw: write(find(part.text), false); break;
        case Tag::inverted:
          if (is_absent(find(part.text))) fill(at + 1, part.end);
          at = part.end - 1;
          break;
        case Tag::section:
          if (const auto* value = find(part.text); !is_absent(value))
            fill_section(*value, at + 1, part.end);
          at = part.end - 1;
      }
    }
  }

 private:
  struct Scope {
    const views::object* object;
    const views::value* value;  ///< nothing: the view itself
  };

  const views::value* find(std::string_view name) const {
    if (name == ".") return scopes_.back().value;
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope)
      if (scope->object)
        if (const auto* found = scope->object->if_contains(name)) return found;
    return nullptr;
  }
  void fill_section(const views::value& value, std::size_t from, std::size_t to) {
    const auto* list = value.if_array();
    if (!list) return fill_with(value, from, to);
    for (const auto& item : *list) fill_with(item, from, to);
  }
  void fill_with(const views::value& value, std::size_t from, std::size_t to) {
    push(value.if_object(), &value);
    fill(from, to);
    scopes_.pop_back();
  }
  void write(const views::value* value, bool escaped) {
    if (!value || value->is_null() || value->is_bool() || value->is_structured()) return;
    if (const auto* text = value->if_string()) {
      if (escaped)
        append_escaped(out_, *text);
      else
        out_.append(text->data(), text->size());
      return;
    }
    out_ += views::serialize(*value);
  }

  const std::vector<Part>& parts_;
  std::string& out_;
  std::vector<Scope> scopes_;
};

void Mustache::add_text(std::string_view text) {
  if (text.empty()) return;
  if (!parts_.empty() && parts_.back().kind == Tag::text && parts_.back().end == 0)
    parts_.back().text += text;
  else
    parts_.push_back({Tag::text, std::string(text)});
}

Mustache::Mustache(std::string_view source) {
  std::vector<std::size_t> open;  // places of sections
  const auto refuse = [](std::string_view tag, const char* why) {
    throw Error(Kind::invalid, "the tag '{{" + std::string(tag) + "}}' is not " + why);
  };
  std::size_t from = 0;
  for (;;) {
    auto begin = source.find("{{", from);
    if (begin == std::string_view::npos) break;
    const bool raw = source.substr(begin + 2).starts_with('{');
    const std::string_view closing = raw ? "}}}" : "}}";
    auto end = source.find(closing, begin);
    if (end == std::string_view::npos) refuse(source.substr(begin + 2, 20), "closed");
    const auto tag = trim(source.substr(begin + 2 + raw, end - begin - 2 - raw));
    end += closing.size();
    const char sign = raw || tag.empty() ? ' ' : tag.front();
    const bool of_section = sign == '#' || sign == '^' || sign == '/';
    if (of_section) widen_to_line(source, begin, end);
    add_text(source.substr(from, begin - from));
    from = end;
    const auto name = std::string(of_section ? trim(tag.substr(1)) : tag);
    if (sign == '/') {
      if (open.empty() || parts_[open.back()].text != name) refuse(tag, "opened");
      parts_[open.back()].end = parts_.size();
      open.pop_back();
      parts_.push_back({Tag::text, "", parts_.size() + 1});  // no text is joined over it
      continue;
    }
    if (of_section) open.push_back(parts_.size());
    parts_.push_back({raw           ? Tag::raw
                      : sign == '#' ? Tag::section
                      : sign == '^' ? Tag::inverted
                                    : Tag::value,
                      name});
  }
  add_text(source.substr(from));
  if (!open.empty()) refuse("#" + parts_[open.back()].text, "closed");
}

void Mustache::fill(const views::object& view, const views::object* outer, std::string& out) const {
  Filling filling(parts_, out);
  if (outer) filling.push(outer, nullptr);
  filling.push(&view, nullptr);
  filling.fill(0, parts_.size());
}

}  // namespace austral::web
