// Code that no compiler wrote: made to be large, deep, circular, or at random. Nothing may crash, hang or grow without
// bound, and what comes out must be well formed.

#include <gtest/gtest.h>

#include <random>

#include "oracle/cfg/random_program_test_support.h"

namespace objhound::oracle {
namespace {

using namespace test;

TEST(Hostile, AGiantIndex) {
  Program p;
  p.add({compare(0, 0x7ffffff0)});
  p.add({branch(4, 100, Cond::UGt)});
  p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  p.relocate(kText, 12, RelocKind::Abs32, {kRodata, 0});
  p.add({{.op = Op::JumpMem, .b = 0, .scale = 3, .relocatable = true}});
  for (uint64_t i = 0; i < 100'000; ++i) p.relocate(kRodata, 8 * i, RelocKind::Abs64, {kText, 100});
  p.add_at(100, {ret()});
  p.function("f", 0, 104);
  const Cfg cfg = std::move(p.build()[0]);
  ASSERT_EQ(cfg.jump_tables.size(), 1u);
  EXPECT_LE(cfg.jump_tables[0].entries, 65'536u);
  EXPECT_FALSE(cfg.jump_tables[0].exact);
}

// Each table is only reached through the one before.
TEST(Hostile, AChainOfTables) {
  constexpr int kTables = 2'000;
  Program p;
  for (int i = 0; i < kTables; ++i) {
    const uint64_t at = static_cast<uint64_t>(100 * i);
    p.skip_to(at);
    p.add({{.op = Op::And, .width = 4, .dst = 0, .a = 0, .imm = 1}});
    p.relocate(kText, at + 4, RelocKind::Abs32, {kRodata, 16 * i});
    p.add({{.op = Op::JumpMem, .b = 0, .scale = 3, .relocatable = true}});
    for (int k = 0; k < 2; ++k) {
      p.relocate(kRodata, static_cast<uint64_t>(16 * i + 8 * k), RelocKind::Abs64,
                 {kText, static_cast<int64_t>(at) + 100});
    }
  }
  p.skip_to(100 * kTables);
  p.add({ret()});
  p.function("f", 0);
  const std::vector<Cfg> cfgs = p.build();
  EXPECT_TRUE(cfgs[0].limit_reached);
  EXPECT_EQ(malformation(cfgs[0]), "");
}

// Values that double in depth at every step, and meet at every other.
TEST(Hostile, DeepAndWideValues) {
  Program p;
  for (uint64_t i = 0; i < 5'000; ++i) {
    const uint64_t at = p.here();
    p.add({{.op = Op::AddReg, .dst = 0, .a = 0, .b = 0}, {.op = Op::Select, .dst = 1, .a = 0, .b = 1}});
    p.add({branch(at + 4, at + 12, Cond::Other)});
    p.add({{.op = Op::AddReg, .dst = 0, .a = 1, .b = 0, .imm = 3}});
  }
  p.add({{.op = Op::JumpReg, .a = 0}});
  p.function("f", 0);
  const std::vector<Cfg> cfgs = p.build();
  EXPECT_EQ(cfgs[0].blocks.back().exit, Exit::Unresolved);
}

// Many jumps whose slices all cross a long function full of places where ways meet.
TEST(Hostile, ManyJumpsOverManyMeetings) {
  Program p;
  p.add({nothing()});
  for (uint64_t i = 0; i < 20'000; ++i) {
    const uint64_t at = p.here();
    p.add({branch(at, at + 8, Cond::Other)});
    p.add({compare(static_cast<Reg>(i % 12), static_cast<int64_t>(i))});
  }
  for (uint64_t i = 0; i < 300; ++i) {
    const uint64_t at = p.here();
    p.add({branch(at, at + 8, Cond::Other)});
    p.add({{.op = Op::JumpMem, .a = 9, .b = static_cast<Reg>(i % 8), .scale = 3}});
  }
  p.add({ret()});
  p.function("f", 0);
  const std::vector<Cfg> cfgs = p.build();
  EXPECT_EQ(malformation(cfgs[0]), "");
}

TEST(Hostile, ALongStraightFunctionWithManyJumpsBehindIt) {
  Program p;
  for (int i = 0; i < 100'000; ++i) p.add({{.op = Op::Store, .a = 3, .src = 4, .imm = i}});
  for (int i = 0; i < 200; ++i) {
    const uint64_t at = p.here();
    p.add({branch(at, at + 8, Cond::Other)});
    p.add({{.op = Op::JumpMem, .a = kSp, .b = 5, .scale = 3, .imm = 8 * i}});
  }
  p.add({ret()});
  p.function("f", 0);
  const std::vector<Cfg> cfgs = p.build();
  EXPECT_EQ(malformation(cfgs[0]), "");
}

// Whether code is given away is looked for by decoding what nothing has decoded yet, while an instruction that is not
// reached is looked at: whatever the size of the pool is then, it stays what it is.
TEST(Hostile, AddressesInsideOfInstructionsBesideCodeThatIsNotReached) {
  for (unsigned length = 1; length < 140; ++length) {
    Program p;
    p.add({{.op = Op::Address, .dst = 1, .imm = 2}});  // of its own third byte
    for (unsigned i = 0; i < length; ++i) p.add({nothing()});
    p.add({ret()});
    const int64_t behind = static_cast<int64_t>(p.add({nothing()}));
    p.add({ret()});
    p.function("f", 0);
    const Cfg cfg = std::move(p.build()[0]);
    EXPECT_EQ(cfg.given_away, Place{}) << length;
    EXPECT_EQ(cfg.unreached, (Place{kText, behind})) << length;
  }
}

// What __builtin_setjmp stores stands together; what is stored around it is not remembered forever.
TEST(Hostile, ManyStoresOfAddressesOfCode) {
  Program p;
  p.add({{.op = Op::Address, .dst = 1, .imm = 4}});
  for (int i = 0; i < 100'000; ++i) {
    p.add({{.op = Op::Store, .a = 2, .src = 1, .imm = 16 * i}});
    p.add({{.op = Op::Store, .a = 2, .src = kSp, .imm = 16 * i + 8}});
  }
  p.add({ret()});
  p.function("f", 0);
  EXPECT_EQ(malformation(p.build()[0]), "");
}

// Behind each place to come back to, and nowhere else, the next one is stored.
TEST(Hostile, AChainOfPlacesToComeBackTo) {
  for (const auto& [places, limit] : {std::pair(3, false), std::pair(20'000, true)}) {
    Program p;
    constexpr int64_t kPlace = 20;  // bytes
    p.add({ret()}, 1);
    for (int i = 0; i < places; ++i) {
      p.add({{.op = Op::Address, .dst = 1, .imm = -kPlace}});
      p.add({{.op = Op::Store, .a = 2, .src = kFp}});
      p.add({{.op = Op::Store, .a = 2, .src = 1, .imm = 8}});
      p.add({{.op = Op::Store, .a = 2, .src = kSp, .imm = 16}});
      p.add({ret()});
    }
    const uint64_t entry = p.here();
    p.add({jump(entry, entry - kPlace)});
    p.function("f", 0, entry, false);
    p.function("g", entry);
    p.fragment_of(0, 1);
    const Cfg cfg = std::move(p.build()[0]);
    EXPECT_EQ(cfg.limit_reached, limit) << places;
    EXPECT_EQ(malformation(cfg), "");
  }
}

// A family of many parts, each with a hole that an instruction names.
TEST(Hostile, ManyFragmentsWithHoles) {
  Program p;
  constexpr uint64_t kFragments = 20'000, kFragment = 16, kFirst = 16 * kFragments;
  for (uint64_t i = 0; i < kFragments; ++i) {
    const uint64_t at = p.here(), fragment = kFirst + kFragment * i;
    p.add({branch(at, fragment)});
    p.add({{.op = Op::Address, .dst = 1, .imm = static_cast<int64_t>(fragment + 8 - at - 4)}});
  }
  p.add({{.op = Op::Load, .dst = 2, .a = 1}});
  p.add({ret()});
  const uint32_t parent = p.function("f", 0);
  for (uint64_t i = 0; i < kFragments; ++i) {
    const uint64_t at = kFirst + kFragment * i;
    p.add_at(at, {ret()});
    p.add_at(at + 4, {nothing()});
    p.add_at(at + 8, {ret()});
    p.fragment_of(p.function("f.cold." + std::to_string(i), at, at + 12, false), parent);
  }
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(cfg.given_away, Place{});
  EXPECT_EQ(cfg.unreached, Place{});
  EXPECT_EQ(malformation(cfg), "");
}

TEST(Hostile, RandomPrograms) {
  for (unsigned seed = 0; seed < 1'500; ++seed) {
    std::mt19937 random(seed);
    Program p = random_program([&](uint64_t n) { return random() % n; });
    for (const Cfg& cfg : p.build()) EXPECT_EQ(malformation(cfg), "") << "seed " << seed;
  }
}

}  // namespace
}  // namespace objhound::oracle
