// Calls that never return: by name, by declaration, by looking at the callee.

#include "oracle/cfg/noreturn.h"

#include <gtest/gtest.h>

#include "oracle/cfg/program_test_support.h"

namespace objhound::oracle {
namespace {

using namespace test;

TEST(Noreturn, NamesOfTheRuntimeLibraries) {
  for (std::string_view name :
       {"abort", "exit", "_exit", "__stack_chk_fail", "__assert_fail", "longjmp", "__cxa_throw", "_ZSt9terminatev",
        "_ZSt20__throw_length_errorPKc", "_ZSt24__throw_out_of_range_fmtPKcz", "__ubsan_handle_add_overflow_abort",
        "__ubsan_handle_builtin_unreachable", "__asan_report_load4", "_Unwind_Resume", "errx"}) {
    EXPECT_TRUE(declared_noreturn(name)) << name;
  }
  for (std::string_view name :
       {"", "error", "aborts", "abor", "_ZSt9terminate", "_ZSt20length_errorPKc", "_ZSt__throw_x",
        "__ubsan_handle_add_overflow", "__asan_report_load4_noabort", "__asan_handle_no_return",
        "__asan_report_present", "warn", "setjmp", "_Unwind_RaiseException"}) {
    EXPECT_FALSE(declared_noreturn(name)) << name;
  }
}

// f: calls g, then returns. g: what the test says.
struct CallerAndCallee {
  Program p;
  explicit CallerAndCallee(std::vector<MicroOp> callee) {
    p.add({call(0, 100)});
    p.add({ret()});
    p.function("f", 0);
    p.skip_to(100);
    p.add(std::move(callee));
    p.function("g", 100);
  }
};

TEST(Noreturn, ACalleeThatTrapsNeverReturns) {
  CallerAndCallee t({{.op = Op::Trap}});
  const std::vector<Cfg> cfgs = t.p.build();
  EXPECT_EQ(cfgs[0].blocks[0].exit, Exit::NoreturnCall);
  EXPECT_TRUE(cfgs[0].blocks[0].ends_in_call);
  EXPECT_TRUE(cfgs[0].blocks[0].successors.empty());
  EXPECT_FALSE(cfgs[0].may_return);
  EXPECT_EQ(cfgs[0].insns.size(), 1u);
}

TEST(Noreturn, ACalleeThatReturnsDoes) {
  CallerAndCallee t({ret()});
  const std::vector<Cfg> cfgs = t.p.build();
  EXPECT_EQ(cfgs[0].blocks[0].exit, Exit::None);
  EXPECT_TRUE(cfgs[0].may_return);
}

TEST(Noreturn, AJumpThatIsNotUnderstoodMayReturn) {
  CallerAndCallee t({{.op = Op::JumpReg, .a = 0}});
  EXPECT_EQ(t.p.build()[1].blocks[0].exit, Exit::TailCallIndirect);
  EXPECT_TRUE(t.p.build()[0].may_return);
}

TEST(Noreturn, DebugInformationAndOptionsDeclareIt) {
  CallerAndCallee t({ret()});
  EXPECT_EQ(t.p.build({}, {"g"})[0].blocks[0].exit, Exit::NoreturnCall);
  EXPECT_EQ(t.p.build({.extra_noreturn = {"g"}})[0].blocks[0].exit, Exit::NoreturnCall);
  EXPECT_EQ(t.p.build({}, {"f"})[0].blocks[0].exit, Exit::None);
}

TEST(Noreturn, ANameThatTwoFunctionsShareDeclaresNothing) {
  CallerAndCallee t({ret()});
  t.p.skip_to(200);
  t.p.add({ret()});
  t.p.function("g", 200, ~uint64_t{0}, false);
  EXPECT_EQ(t.p.build({}, {"g"})[0].blocks[0].exit, Exit::None);
}

TEST(Noreturn, AReplaceableFunctionIsNotJudgedByItsBody) {
  CallerAndCallee t({{.op = Op::Trap}});
  t.p.symbol("g", {kText, 100}, 4, /*weak=*/true);
  EXPECT_EQ(t.p.build()[0].blocks[0].exit, Exit::None);
}

TEST(Noreturn, ItTravelsUpChainsOfCallsAndTailCalls) {
  // a calls b, b jumps to c, c calls d, d never ends.
  Program p;
  p.add({call(0, 100)});
  p.add({ret()});
  p.function("a", 0);
  p.skip_to(100);
  p.add({jump(100, 200)});
  p.function("b", 100);
  p.skip_to(200);
  p.add({call(200, 300)});
  p.add({ret()});
  p.function("c", 200);
  p.skip_to(300);
  p.add({jump(300, 300)});
  p.function("d", 300);
  const std::vector<Cfg> cfgs = p.build();
  for (const Cfg& cfg : cfgs) EXPECT_FALSE(cfg.may_return) << cfg.function;
  EXPECT_EQ(cfgs[0].blocks[0].exit, Exit::NoreturnCall);
  EXPECT_EQ(cfgs[2].blocks[0].exit, Exit::NoreturnCall);
}

TEST(Noreturn, RecursionReturnsByItsBaseCaseOnly) {
  for (bool has_base_case : {false, true}) {
    Program p;  // f: if (x) return; call g; return.  g: call f; return.
    p.add({has_base_case ? branch(0, 12) : nothing()});
    p.add({call(4, 100)});
    p.add({ret()});
    p.add({ret()});
    p.function("f", 0);
    p.skip_to(100);
    p.add({call(100, 0)});
    p.add({ret()});
    p.function("g", 100);
    const std::vector<Cfg> cfgs = p.build();
    EXPECT_EQ(cfgs[0].may_return, has_base_case);
    EXPECT_EQ(cfgs[1].may_return, has_base_case);
    EXPECT_EQ(cfgs[1].blocks[0].exit, has_base_case ? Exit::None : Exit::NoreturnCall);
  }
}

TEST(Noreturn, ACalleeMayReturnOnSomeOfItsWaysOnly) {
  CallerAndCallee always({ret()});
  EXPECT_FALSE(always.p.build()[0].blocks[0].call_may_not_return());
  for (const MicroOp& end : {MicroOp{.op = Op::Trap}, MicroOp{.op = Op::JumpReg, .a = 0}}) {
    Program p;  // f: calls g. g: calls h. h: if (x) return; else as `end` says.
    p.add({call(0, 100)});
    p.add({ret()});
    p.function("f", 0);
    p.skip_to(100);
    p.add({jump(100, 200)});
    p.function("g", 100);
    p.skip_to(200);
    p.add({branch(200, 208)});
    p.add({ret()});
    p.add({end});
    p.function("h", 200);
    const std::vector<Cfg> cfgs = p.build();
    EXPECT_TRUE(cfgs[0].may_return);
    EXPECT_TRUE(cfgs[0].blocks[0].call_may_not_return());
  }
}

TEST(Noreturn, ACalleeThatCallsOtherFilesMayNotReturn) {
  Program p;
  p.add({call(0, 100)});
  p.add({ret()});
  p.function("f", 0);
  p.skip_to(100);
  p.add({{.op = Op::CallReg, .a = 3}});
  p.add({ret()});
  p.function("g", 100);
  EXPECT_TRUE(p.build()[0].blocks[0].call_may_not_return());
}

TEST(Noreturn, RecursionIsTakenToEnd) {
  Program p;  // f: calls g. g: if (x) return; calls f; returns.
  p.add({call(0, 100)});
  p.add({ret()});
  p.function("f", 0);
  p.skip_to(100);
  p.add({branch(100, 108)});
  p.add({call(104, 0)});
  p.add({ret()});
  p.function("g", 100);
  EXPECT_FALSE(p.build()[0].blocks[0].call_may_not_return());
}

TEST(Noreturn, LongChainsOfTailCallsNeedNoStack) {
  constexpr uint64_t kFunctions = 20'000;
  Program p;
  for (uint64_t i = 0; i < kFunctions; ++i) {
    const uint64_t at = p.add({i + 1 < kFunctions ? jump(4 * i, 4 * (i + 1)) : ret()});
    p.function("f" + std::to_string(i), at, ~uint64_t{0}, false);
  }
  EXPECT_TRUE(p.build()[0].may_return);
}

TEST(Noreturn, CodeBehindANoreturnCallIsNotTheFunctions) {
  // What stands behind the call would run off the end.
  CallerAndCallee t({{.op = Op::Trap}});
  t.p.skip_to(200);
  t.p.add({call(200, 100)});
  t.p.add({nothing()});
  t.p.function("h", 200);
  const std::vector<Cfg> cfgs = t.p.build();
  ASSERT_EQ(cfgs[2].blocks.size(), 1u);
  EXPECT_EQ(cfgs[2].blocks[0].exit, Exit::NoreturnCall);
}

TEST(Noreturn, ACallThroughARegisterThatIsKnown) {
  Program p;
  const uint32_t aborts = p.undefined("abort");
  p.relocate(kText, 0, RelocKind::Got, {}, aborts);
  p.add({{.op = Op::Load, .dst = 3, .a = kPcReg, .relocatable = true}});
  p.add({{.op = Op::CallReg, .a = 3}});
  p.add({nothing()});
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(cfg.blocks[0].callee.symbol, aborts);
  EXPECT_EQ(cfg.blocks[0].exit, Exit::NoreturnCall);
}

}  // namespace
}  // namespace objhound::oracle
