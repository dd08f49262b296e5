// Bodies of LLVM's outlined helpers, inlined where they are called or jumped to.

#include "oracle/cfg/outlined.h"

#include <gtest/gtest.h>

#include "oracle/cfg/program_test_support.h"

namespace objhound::oracle {
namespace {

using namespace test;

TEST(Outlined, Names) {
  EXPECT_TRUE(is_outlined_helper("OUTLINED_FUNCTION_0"));
  EXPECT_TRUE(is_outlined_helper("OUTLINED_FUNCTION_2_17"));
  EXPECT_FALSE(is_outlined_helper("my_OUTLINED_FUNCTION_0"));
  EXPECT_FALSE(is_outlined_helper("outlined"));
}

TEST(Outlined, ACalledHelperReturnsBehindTheCall) {
  Program p;
  p.add({call(0, 100)});
  p.add({call(4, 100)});
  p.add({ret()});
  p.function("f", 0);
  p.skip_to(100);
  p.add({nothing()});
  p.add({ret()});
  p.function("OUTLINED_FUNCTION_0", 100, ~uint64_t{0}, false);
  const std::vector<Cfg> cfgs = p.build();
  const Cfg& f = cfgs[0];
  ASSERT_EQ(f.ranges.size(), 3u);  // a copy per site
  EXPECT_TRUE(f.ranges[1].inlined);
  EXPECT_EQ(f.ranges[1].function, 1u);
  const Block& first = block_at(f, 0);
  EXPECT_TRUE(first.ends_in_call);
  EXPECT_TRUE(first.inlined_call);
  EXPECT_EQ(first.callee.function, 1u);
  EXPECT_EQ(edges(f, first), "taken 100'");
  const Block& copy = f.blocks[first.successors[0].to];
  EXPECT_EQ(copy.exit, Exit::None);
  EXPECT_EQ(edges(f, copy), "taken 4");
  EXPECT_FALSE(f.outlined_helper);
  EXPECT_TRUE(cfgs[1].outlined_helper);
  EXPECT_TRUE(f.may_return);
}

TEST(Outlined, AHelperThatIsJumpedToReturnsForTheFunction) {
  Program p;
  p.add({jump(0, 100)});
  p.function("f", 0);
  p.skip_to(100);
  p.add({ret()});
  p.function("OUTLINED_FUNCTION_0", 100, ~uint64_t{0}, false);
  const Cfg f = std::move(p.build()[0]);
  EXPECT_EQ(f.blocks[0].exit, Exit::None);
  EXPECT_EQ(edges(f, f.blocks[0]), "taken 100'");
  EXPECT_EQ(f.blocks[1].exit, Exit::Return);
}

TEST(Outlined, AThunksJumpIsACallThatReturnsBehindTheHelpersCall) {
  for (const bool returns : {true, false}) {
    Program p;
    const uint32_t callee = p.undefined(returns ? "elsewhere" : "abort");
    p.add({call(0, 100)});
    p.add({ret()});
    p.function("f", 0);
    p.skip_to(100);
    p.relocate(kText, 100, RelocKind::Branch, {}, callee);
    p.add({jump(100, 100)});
    p.function("OUTLINED_FUNCTION_0", 100, ~uint64_t{0}, false);
    const Cfg f = std::move(p.build()[0]);
    const Block& thunk = f.blocks[block_at(f, 0).successors[0].to];
    EXPECT_TRUE(thunk.ends_in_call);
    EXPECT_FALSE(thunk.inlined_call);
    EXPECT_EQ(thunk.callee.symbol, callee);
    EXPECT_EQ(thunk.exit, returns ? Exit::None : Exit::NoreturnCall);
    EXPECT_EQ(edges(f, thunk), returns ? "return 4" : "");
    EXPECT_EQ(f.may_return, returns);
  }
}

TEST(Outlined, HelpersCallHelpersDownToALimit) {
  for (const uint64_t depth : {4, 5}) {
    Program p;
    p.add({call(0, 100)});
    p.add({ret()});
    p.function("f", 0);
    for (uint64_t i = 1; i <= depth; ++i) {
      p.skip_to(100 * i);
      if (i < depth) p.add({call(100 * i, 100 * (i + 1))});
      p.add({ret()});
      p.function("OUTLINED_FUNCTION_" + std::to_string(i), 100 * i, ~uint64_t{0}, false);
    }
    const Cfg f = std::move(p.build()[0]);
    EXPECT_EQ(f.ranges.size(), 5u);
    EXPECT_EQ(f.limit_reached, depth > 4);
  }
}

TEST(Outlined, AHelperThatCallsItselfEnds) {
  Program p;
  p.add({call(0, 100)});
  p.add({ret()});
  p.function("f", 0);
  p.skip_to(100);
  p.add({call(100, 100)});
  p.add({call(104, 100)});
  p.add({ret()});
  p.function("OUTLINED_FUNCTION_0", 100, ~uint64_t{0}, false);
  const Cfg f = std::move(p.build()[0]);
  EXPECT_TRUE(f.limit_reached);
  EXPECT_LT(f.ranges.size(), 64u);
}

TEST(Outlined, AGlobalFunctionOfThatNameIsAnOrdinaryOne) {
  Program p;
  p.add({call(0, 100)});
  p.add({ret()});
  p.function("f", 0);
  p.skip_to(100);
  p.add({ret()});
  p.function("OUTLINED_FUNCTION_0", 100);
  const std::vector<Cfg> cfgs = p.build();
  EXPECT_EQ(cfgs[0].ranges.size(), 1u);
  EXPECT_FALSE(cfgs[1].outlined_helper);
}

}  // namespace
}  // namespace objhound::oracle
