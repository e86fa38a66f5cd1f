// The root's start tag, its version and the order of its children.
#include "standards/validation/root.hpp"

#include "base/text.hpp"
#include "standards/validation/shape.hpp"

namespace austral::validation {
namespace {

Fault critical(std::string id, std::string category, std::string message, std::string remedy) {
  Fault fault;
  fault.id = std::move(id);
  fault.weight = Weight::critical;
  fault.category = std::move(category);
  fault.message = std::move(message);
  fault.remedy = std::move(remedy);
  fault.where = "the root element";
  return fault;
}

Fault wrong_root(const std::string& name) {
  const bool page = name == "html" || name == "HTML";
  const bool bare = name == "iati-activity" || name == "iati-organisation";
  Fault fault = critical(
      "0.2.1", "documents", "the file is not an IATI activity or organisation file",
      page ? "This is a web page: its address has probably moved. Fetch the file again from the "
             "publisher"
      : bare
          ? "Put <" + name +
                (bare && name == "iati-activity" ? "> inside <iati-activities version=\"2.03\">"
                                                 : "> inside <iati-organisations version=\"2.03\">")
          : "The first element must be <iati-activities> or <iati-organisations>");
  fault.found = "<" + shorten(name, 60) + ">";
  return fault;
}

Fault wrong_version(const std::string& version) {
  const bool old = version.substr(0, 2) == "1.";
  Fault fault = critical(
      "0.6.1", "documents",
      version.empty() ? "the file does not say its version of the IATI standard"
                      : "this version of the IATI standard is not supported",
      old ? "Publish in version 2.03: versions 1.0x are retired. The file was judged by its own "
            "old schema alone"
          : "Write version=\"2.03\" (or 2.02, 2.01) into the root element and check again; until "
            "then the contents are not judged");
  fault.found = shorten(version, 40);
  fault.where = "the root element's version";
  return fault;
}

/// The start tag as an element of its own.
std::string close_tag(const std::string& tag) {
  if (tag.size() >= 2 && tag[tag.size() - 2] == '/') return tag;
  return tag.substr(0, tag.size() - 1) + "/>";
}

}  // namespace

RootWalk::RootWalk(const iati::Root& root, const JudgeOptions& options, Faults& faults)
    : name_(root.name) {
  facts_.today = options.today;
  facts_.organisations = name_ == "iati-organisations";
  if (name_ != "iati-activities" && name_ != "iati-organisations") {
    faults.push_back(wrong_root(name_));
    return;
  }
  facts_.version = options.as_version.empty() ? root.version : options.as_version;
  facts_.supported = is_supported(facts_.version);
  if (!facts_.supported) faults.push_back(wrong_version(facts_.version));
  facts_.schema = find_schema(facts_.version, facts_.organisations);
  if (facts_.schema) read_tag(root, faults);
}

void RootWalk::read_tag(const iati::Root& root, Faults& faults) {
  type_ = facts_.schema->find_element(name_);
  Tree tree;
  const std::string tag = close_tag(root.tag);
  if (!tree.parse(tag)) return;
  const auto node = tree.document_element();
  bool foreign = false;
  for (const auto attribute : node.attributes()) {
    const std::string_view name = attribute.name();
    if (name.substr(0, 6) == "xmlns:")
      facts_.around.emplace_back(name.substr(6), attribute.value());
    foreign = foreign || (name == "xmlns" && *attribute.value());
  }
  foreign = foreign || std::string_view(node.name()).find(':') != std::string_view::npos;
  if (foreign) {
    Fault wrong = fault("the file's elements stand in a namespace; IATI has none",
                        "Remove xmlns=\"...\" or the prefix from the root element");
    wrong.where = "the root element";
    faults.push_back(std::move(wrong));
  }
  Subject subject;
  subject.node = node;
  subject.version = facts_.version;
  subject.text = tag;
  subject.organisation = facts_.organisations;
  subject.around = &facts_.around;
  const std::size_t before = faults.size();
  if (type_) ShapeWalk(subject, *facts_.schema, faults).check_attributes(node, *type_);
  for (std::size_t i = before; i < faults.size(); ++i) faults[i].where = "the root element";
}

Fault RootWalk::fault(std::string message, std::string remedy) const {
  return critical("0.3.1", "schema", std::move(message), std::move(remedy));
}

void RootWalk::step(const PieceResult& piece, Faults& faults) {
  if (!judges() || !type_) return;
  const std::string root = "<" + name_ + ">";
  const std::string record = facts_.organisations ? "<iati-organisation>" : "<iati-activity>";
  switch (piece.role) {
    case Role::words:
      faults.push_back(fault("text stands directly inside " + root, "Remove it"));
      break;
    case Role::stray:
      if (piece.name.empty()) break;
      faults.push_back(fault("<" + shorten(piece.name, 60) + "> is not an element of " + root +
                                 " in IATI " + facts_.version,
                             "Only " + record + " may stand here: remove it"));
      break;
    case Role::foreign:  // between the records too: see ShapeWalk::may_step_back
      if (type_->content == Type::Content::sequence && !found_)
        faults.push_back(fault("an element of another namespace stands before the first " + record,
                               "Move it behind the last " + record +
                                   "; if it is meant to be one, remove its xmlns=\"...\""));
      break;
    case Role::record: found_ = true; break;
  }
  for (auto& one : faults)
    if (one.where.empty() || one.where == "the root element") one.where = "the file";
}

void RootWalk::finish(Faults& faults) {
  if (!judges() || !type_ || type_->content != Type::Content::sequence || found_) return;
  const std::string record = facts_.organisations ? "<iati-organisation>" : "<iati-activity>";
  faults.push_back(fault(record + " is missing in <" + name_ + ">",
                         "The file holds no record: put at least one " + record + " into it"));
}

}  // namespace austral::validation
