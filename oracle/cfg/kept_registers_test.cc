#include "oracle/cfg/kept_registers.h"

#include <gtest/gtest.h>

#include "oracle/cfg/program_test_support.h"

namespace objhound::oracle {
namespace {

using test::call;
using test::kLr;
using test::kSp;
using test::kText;
using test::Program;

MicroOp write(Reg reg) { return {.op = Op::Clobber, .dst = reg}; }
MicroOp lower_sp() { return {.op = Op::SubReg, .dst = kSp, .a = kSp, .b = 0}; }

// A caller at 0 of a callee at 0x100 whose instructions `fill` adds; what is kept of r0 to r7 over the call.
template <typename Fill>
RegSet kept_by(const Fill& fill, bool lowers_sp = true) {
  Program program;
  program.add({call(0, 0x100)});
  program.add({lowers_sp ? lower_sp() : test::nothing()});
  program.add({test::ret()});
  program.function("f", 0);
  program.skip_to(0x100);
  fill(program);
  program.function("callee", 0x100);
  for (const Cfg& cfg : program.build()) {
    if (cfg.insns.front().offset == 0) return test::block_at(cfg, 0).kept;
  }
  ADD_FAILURE() << "no family begins at 0";
  return 0;
}

TEST(KeptRegisters, AreThoseThatNoInstructionOfTheCalleeWrites) {
  const auto leaf = [](Program& program) {
    program.add({write(3)});
    program.add({test::branch(program.here(), 0x100)});
    program.add({write(5)});
    program.add({test::ret()});
  };
  EXPECT_EQ(kept_by(leaf), RegSet{0xff} & ~reg_bit(3) & ~reg_bit(5));
  EXPECT_EQ(kept_by(leaf, false), RegSet{0}) << "nobody asks";
}

TEST(KeptRegisters, AreNoneWhereTheCalleeIsLeftInOtherWays) {
  EXPECT_EQ(kept_by([](Program& program) {
              program.add({call(program.here(), 0)});
              program.add({test::ret()});
            }),
            RegSet{0});
  EXPECT_EQ(kept_by([](Program& program) { program.add({test::jump(program.here(), 0)}); }), RegSet{0});
  EXPECT_EQ(kept_by([](Program& program) { program.add({write(3)}); }), RegSet{0}) << "it runs past its end";
}

TEST(KeptRegisters, AreNoneWhereAJumpGoesIntoAnInstruction) {
  EXPECT_EQ(kept_by([](Program& program) {
              program.add({write(3)});
              program.add({test::branch(program.here(), 0x102)});
              program.add({test::ret()});
            }),
            RegSet{0});
}

TEST(KeptRegisters, AreNoneOfALargeCallee) {
  EXPECT_EQ(kept_by([](Program& program) {
              for (int i = 0; i < 64; ++i) program.add({write(3)});
              program.add({test::ret()});
            }),
            RegSet{0});
}

}  // namespace
}  // namespace objhound::oracle
