// The tree of validation beside pugixml: what both read of any record must be the same.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <pugixml.hpp>

#include "standards/validation/tree.hpp"
#include "standards/validation_sample.hpp"

namespace austral::validation {
namespace {

void write(std::string& out, const pugi::xml_node& node) {
  for (const auto& child : node.children()) {
    if (child.type() == pugi::node_element) {
      out += std::string("<") + child.name();
      for (const auto& attribute : child.attributes())
        out += std::string(" ") + attribute.name() + "=[" + attribute.value() + "]";
      out += '>';
      write(out, child);
      out += "</>";
    } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      out += std::string("[") + child.value() + "]";
    }
  }
}

void write(std::string& out, Node node) {
  for (const auto child : node.children()) {
    if (child.type() == node_element) {
      out += "<" + std::string(child.name_text());
      for (const auto attribute : child.attributes())
        out += " " + std::string(attribute.name_text()) + "=[" +
               std::string(attribute.value_text()) + "]";
      out += '>';
      write(out, child);
      out += "</>";
      EXPECT_EQ(child.word(), find_word(child.name_text()));
    } else {
      out += "[" + std::string(child.value_text()) + "]";
    }
  }
}

std::string by_pugixml(const std::string& text) {
  pugi::xml_document document;
  const auto result =
      document.load_buffer(text.data(), text.size(),
                           pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_utf8);
  std::string out;
  if (result) write(out, document);
  return out;
}

std::string by_tree(const std::string& text) {
  static Tree tree;  // the memory of one record is that of the next
  std::string out;
  if (tree.parse(text)) write(out, tree.document());
  return out;
}

TEST(ValidationTree, ReadsWhatPugixmlReads) {
  for (const std::string text :
       {"<a/>", "<a></a>", "<a> </a>", "<a>\n <b/>\n</a>", "<a b='1' c = \"&lt;&#233;&#x1F600;\"/>",
        "<a>x&amp;y&unknown;z</a>", "<a>1\r\n2\r3</a>", "<a b=\"1\r\n2\t3\"/>",
        "<a><!-- c -->x<!-- d -->y</a>", "<a><![CDATA[<b>\r\n&amp;]]>z</a>", "<a><?p q?></a>",
        "<a>x<b>y</b>z</a>", "<a:b xmlns:a='u' a:c='d'/>", "<a >x</a >", "<a>&lt;</a>",
        "<transaction-date iso-date=\"2015-01-01\"/>", "<a> &#32; </a>"})
    EXPECT_EQ(by_tree(text), by_pugixml(text)) << text;
}

RC_GTEST_PROP(ValidationTree, ReadsAnythingWellFormedAsPugixmlDoes, ()) {
  const std::vector<std::string> pieces = {"<b>",
                                           "<c d=\"e\">",
                                           "<iati-identifier f=\"\r\n\">",
                                           "x",
                                           " ",
                                           "\n",
                                           "&amp;",
                                           "&#233;",
                                           "\r",
                                           "<!-- -->",
                                           "<![CDATA[ ]]>",
                                           "<g/>",
                                           "\xE6\xBC\xA2",
                                           "</>",
                                           "</>",
                                           "</>"};
  std::string text = "<a>";
  std::vector<std::string> open = {"a"};
  for (const auto piece : *rc::gen::container<std::vector<std::size_t>>(
           rc::gen::inRange<std::size_t>(0, pieces.size()))) {
    if (pieces[piece] != "</>") {
      text += pieces[piece];
      if (pieces[piece].back() == '>' && pieces[piece][1] != '!' && pieces[piece] != "<g/>")
        open.push_back(pieces[piece].substr(1, pieces[piece].find_first_of(" >") - 1));
    } else if (open.size() > 1) {
      text += "</" + open.back() + ">";
      open.pop_back();
    }
  }
  for (; !open.empty(); open.pop_back()) text += "</" + open.back() + ">";
  RC_ASSERT(by_tree(text) == by_pugixml(text));
}

RC_GTEST_PROP(ValidationTree, IsSafeWithAnyBytes, (const std::string& bytes)) {
  Tree tree;
  tree.parse("<a " + bytes);
  tree.parse("<a>" + bytes + "</a>");
  tree.parse(bytes);
  RC_SUCCEED();
}

TEST(ValidationTree, KnowsWhereThingsBegin) {
  const std::string text = "<a>\n <title xml:lang=\"en\">x &amp; y</title>z</a>";
  Tree tree;
  ASSERT_TRUE(tree.parse(text));
  const Node title = tree.document_element().child("title");
  EXPECT_EQ(title.offset(), text.find("<title"));
  EXPECT_EQ(title.first_child().offset(), text.find("x &amp;"));
  EXPECT_STREQ(title.child_value(), "x & y");
  EXPECT_EQ(title.next_sibling().offset(), text.find("z<"));
  EXPECT_EQ(title.attribute("xml:lang").word(), find_word("xml:lang"));
  EXPECT_NE(find_word("xml:lang"), 0);
  EXPECT_EQ(find_word("no-such-name"), 0);
}

}  // namespace
}  // namespace austral::validation
