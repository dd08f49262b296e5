#include "harness/flags/pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace objhound::harness {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> samples(std::string_view text) { return Pattern::parse(text).value().samples(); }

TEST(Pattern, SaysWhatVaries) {
  EXPECT_THAT(samples("-fPIC"), ElementsAre("-fPIC"));
  EXPECT_THAT(samples("-f[no-]plt"), ElementsAre("-fplt", "-fno-plt"));
  EXPECT_THAT(samples("-mcmodel={small,large} -fPIC"), ElementsAre("-mcmodel=small -fPIC", "-mcmodel=large -fPIC"));
  EXPECT_THAT(samples("--param=x={3..40}"), ElementsAre("--param=x=3", "--param=x=40"));
  EXPECT_THAT(samples("-mfma{,4}"), ElementsAre("-mfma", "-mfma4"));
  EXPECT_THAT(samples("-a{1,2}{3..3}"), ElementsAre("-a13", "-a23"));
}

TEST(Pattern, DrawsAllThatItSaysAndNothingElse) {
  const Pattern pattern = Pattern::parse("-f[no-]x={1..4}").value();
  std::set<std::string> drawn;
  generator::Draw draw(1);
  for (int i = 0; i < 500; ++i) drawn.insert(pattern.draw(draw));
  EXPECT_THAT(drawn, ElementsAre("-fno-x=1", "-fno-x=2", "-fno-x=3", "-fno-x=4", "-fx=1", "-fx=2", "-fx=3", "-fx=4"));
}

TEST(Pattern, WhatIsNoneIsRefused) {
  for (std::string_view text : {"", "fPIC", "-f[no]x", "-m={a,b", "-m={5..2}", "-m={a..b}", "-m={1..}", "-m={..}"}) {
    const auto pattern = Pattern::parse(text);
    ASSERT_FALSE(pattern) << text;
    EXPECT_THAT(pattern.error(), HasSubstr("flag '" + std::string(text) + "'"));
  }
}

}  // namespace
}  // namespace objhound::harness
