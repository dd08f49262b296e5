// Code that no compiler wrote: made to be large, deep, circular, or at random. Nothing may crash, hang or grow without
// bound, and what comes out must be well formed.

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "oracle/cfg/program_test_support.h"

namespace objhound::oracle {
namespace {

using namespace test;

double seconds_for(Program& p, std::vector<Cfg>& cfgs) {
  const auto start = std::chrono::steady_clock::now();
  cfgs = p.build();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void expect_well_formed(const Cfg& cfg) {
  uint32_t next = 0;
  for (uint32_t b = 0; b < cfg.blocks.size(); ++b) {
    const Block& block = cfg.blocks[b];
    ASSERT_EQ(block.first, next);
    ASSERT_LT(block.first, block.last);
    next = block.last;
    for (uint32_t i = block.first; i + 1 < block.last; ++i) {
      ASSERT_EQ(cfg.insns[i].range, cfg.insns[i + 1].range);
      ASSERT_LT(cfg.insns[i].offset, cfg.insns[i + 1].offset);
    }
    for (const Edge& edge : block.successors) {
      ASSERT_LT(edge.to, cfg.blocks.size());
      const auto& back = cfg.blocks[edge.to].predecessors;
      ASSERT_TRUE(std::ranges::any_of(back, [&](const Edge& e) { return e.to == b && e.kind == edge.kind; }));
    }
    for (const Edge& edge : block.predecessors) {
      const auto& forth = cfg.blocks[edge.to].successors;
      ASSERT_TRUE(std::ranges::any_of(forth, [&](const Edge& e) { return e.to == b && e.kind == edge.kind; }));
    }
  }
  ASSERT_EQ(next, cfg.insns.size());
  for (const JumpTable& table : cfg.jump_tables) {
    ASSERT_LT(table.jump, cfg.insns.size());
    ASSERT_EQ(table.entries, table.targets.size());
    ASSERT_GT(table.entries, 0u);
  }
}

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
  std::vector<Cfg> cfgs;
  EXPECT_LT(seconds_for(p, cfgs), 5.0);
  EXPECT_TRUE(cfgs[0].limit_reached);
  expect_well_formed(cfgs[0]);
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
  std::vector<Cfg> cfgs;
  EXPECT_LT(seconds_for(p, cfgs), 5.0);
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
  std::vector<Cfg> cfgs;
  EXPECT_LT(seconds_for(p, cfgs), 10.0);
  expect_well_formed(cfgs[0]);
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
  std::vector<Cfg> cfgs;
  EXPECT_LT(seconds_for(p, cfgs), 10.0);
  expect_well_formed(cfgs[0]);
}

// Any operations, any targets, any relocations.
TEST(Hostile, RandomPrograms) {
  for (unsigned seed = 0; seed < 1'500; ++seed) {
    std::mt19937 random(seed);
    auto below = [&](uint64_t n) { return random() % n; };
    Program p;
    p.relocatable = below(4) != 0;
    if (!p.relocatable) {
      p.set_address(kText, 0x1000);
      p.set_address(kRodata, 0x200000);
      p.set_address(kData, 0x400000);
    }
    const uint64_t size = 40 + below(400);
    auto reg = [&] {
      return static_cast<Reg>(below(10) == 0 ? kNoReg : below(12) == 0 ? kSp : below(12) == 0 ? kPcReg : below(6));
    };
    auto imm = [&]() -> int64_t {
      switch (below(4)) {
        case 0:
          return static_cast<int64_t>(below(32));
        case 1:
          return -static_cast<int64_t>(below(64));
        case 2:
          return static_cast<int64_t>((uint64_t{random()} << 32) | random());
        default:
          return 0x200000 + 8 * static_cast<int64_t>(below(16));
      }
    };
    while (p.here() < size) {
      std::vector<MicroOp> ops;
      for (uint64_t n = 1 + below(2); n > 0; --n) {
        MicroOp op{};
        op.op = static_cast<Op>(below(static_cast<uint64_t>(Op::Unmodelled) + 1));
        const bool control = op.op >= Op::Jump && op.op <= Op::Trap;
        if (control && n > 1) op.op = Op::Add;
        op.width = static_cast<uint8_t>(1u << below(4));
        op.to_width = static_cast<uint8_t>(below(2) ? 8 : 4);
        op.dst = static_cast<Reg>(below(8) == 0 ? kNoReg : below(6));
        op.a = reg();
        op.b = reg();
        op.src = reg();
        if (op.op == Op::Clobber && op.dst == kNoReg) op.dst = 0;
        op.scale = static_cast<uint8_t>(below(5));
        op.cond = static_cast<Cond>(below(static_cast<uint64_t>(Cond::Other) + 1));
        op.is_signed = below(2);
        op.merges = below(8) == 0;
        op.relocatable = below(2);
        op.relocatable2 = below(2);
        op.transient = below(4) == 0;
        op.page = below(8) == 0;
        op.imm = control ? static_cast<int64_t>(below(size)) - static_cast<int64_t>(p.here()) : imm();
        op.imm2 = imm();
        ops.push_back(op);
      }
      p.add(std::move(ops), static_cast<uint8_t>(1 + below(7)));
    }
    const uint32_t symbol = p.undefined(below(2) ? "abort" : "other");
    for (uint64_t n = below(60); n > 0; --n) {
      const uint32_t section = static_cast<uint32_t>(below(3));
      const auto kind = static_cast<RelocKind>(below(static_cast<uint64_t>(RelocKind::Other) + 1));
      const Place target{static_cast<uint32_t>(below(3)), static_cast<int64_t>(below(size + 20)) - 10};
      below(5) == 0 ? p.relocate(section, below(size), kind, {}, symbol)
                    : p.relocate(section, below(2) ? 4 * below(64) : below(size), kind, target);
    }
    for (uint64_t i = 0; i < 256; ++i) p.write(kRodata, i, 1, below(4) ? below(64) : random());
    uint64_t at = 0;
    std::vector<uint32_t> functions;
    while (at < size) {
      const uint64_t end = std::min(size, at + 10 + below(200));
      const bool helper = below(4) == 0;
      functions.push_back(
          p.function(helper ? "OUTLINED_FUNCTION_" + std::to_string(at) : "f" + std::to_string(at), at, end, !helper));
      if (below(3) == 0 && functions.size() > 1) {
        p.fragment_of(functions.back(), functions[0]);
      }
      at = end + (below(3) == 0 ? below(10) : 0);
    }
    const std::vector<Cfg> cfgs = p.build();
    for (const Cfg& cfg : cfgs) expect_well_formed(cfg);
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

}  // namespace
}  // namespace objhound::oracle
