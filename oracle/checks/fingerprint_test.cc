#include "oracle/checks/fingerprint.h"

#include <gtest/gtest.h>

namespace objhound::oracle {
namespace {

TEST(Fingerprint, IsStableAcrossBuilds) {
  EXPECT_EQ(Fingerprint().text(), "cbf29ce484222325");
  EXPECT_EQ(Fingerprint().add("a").text(), Fingerprint().add("a").text());
  EXPECT_NE(Fingerprint().add("ab").add("c").text(), Fingerprint().add("a").add("bc").text());
}

TEST(Fingerprint, ShapesHaveNoNumbers) {
  EXPECT_EQ(Fingerprint().add_shape("cfa-16 at 0x1f").text(), Fingerprint().add_shape("cfa-8 at 0x2e0").text());
  EXPECT_NE(Fingerprint().add_shape("cfa-16").text(), Fingerprint().add_shape("dyn1-16").text());
}

}  // namespace
}  // namespace objhound::oracle
