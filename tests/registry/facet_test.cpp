// Facets as one text: whatever stands in a value comes back, and damage is refused.
#include "registry/facet.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace austral::registry {
namespace {

std::vector<std::tuple<Dimension, std::string, std::int64_t>> to_tuples(
    const std::vector<Facet>& facets) {
  std::vector<std::tuple<Dimension, std::string, std::int64_t>> tuples;
  for (const auto& facet : facets) tuples.emplace_back(facet.dimension, facet.value, facet.share);
  return tuples;
}

TEST(Facets, come_back_from_their_text) {
  const std::vector<Facet> facets = {{Dimension::provider, "BR"},
                                     {Dimension::recipient, "MZ", 333'300},
                                     {Dimension::recipient, "AO", 0},
                                     {Dimension::organization, "name:a, b: c\n7,1:x"},
                                     {Dimension::organization, "国際協力機構"},
                                     {Dimension::carries_out, ""},
                                     {Dimension::year, "2015"}};
  EXPECT_EQ(to_tuples(read_facets(to_text(facets))), to_tuples(facets));
  EXPECT_TRUE(read_facets(to_text({})).empty());
  EXPECT_EQ(to_text({{Dimension::provider, "BR"}, {Dimension::recipient, "MZ", 5}}),
            "1,2:BR2,2,5:MZ");
}

TEST(Facets, damaged_text_is_refused) {
  for (const auto* text : {"x", "1", "1,2", "1,2:", "1,2:B", "1:BR", "1,-1:BR", "1,2,:BR", "1,2;BR",
                           "1,2:BR3", "1,99999999999999999999:BR"})
    EXPECT_THROW(read_facets(text), Error) << text;
}

TEST(Facets, fingerprints_tell_every_member_apart) {
  const auto one = fingerprint(1, "BR", 1'000'000);
  EXPECT_EQ(one, fingerprint(1, "BR", 1'000'000));
  EXPECT_NE(one, fingerprint(2, "BR", 1'000'000));
  EXPECT_NE(one, fingerprint(1, "BO", 1'000'000));
  EXPECT_NE(one, fingerprint(1, "BR", 1));
}

}  // namespace
}  // namespace austral::registry
