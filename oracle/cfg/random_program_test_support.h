// Programs from a stream of decisions, for the test that draws them from a generator of random numbers and for
// libFuzzer, which draws them from bytes: any operations, any targets, any relocations. And what holds for the control
// flow of each.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "oracle/cfg/program_test_support.h"

namespace objhound::oracle::test {

// A number from 0 to `n` - 1; n > 0.
using Below = std::function<uint64_t(uint64_t n)>;

// What breaks the promises of cfg.h; empty if nothing does.
inline std::string malformation(const Cfg& cfg) {
  const auto mirrored = [](const auto& edges, uint32_t to, EdgeKind kind) {
    return std::ranges::any_of(edges, [&](const Edge& edge) { return edge.to == to && edge.kind == kind; });
  };
  uint32_t next = 0;
  for (uint32_t b = 0; b < cfg.blocks.size(); ++b) {
    const Block& block = cfg.blocks[b];
    if (block.first != next || block.first >= block.last) return "blocks do not partition the instructions";
    next = block.last;
    for (uint32_t i = block.first; i + 1 < block.last; ++i) {
      if (cfg.insns[i].range != cfg.insns[i + 1].range) return "a block spans two ranges";
      if (cfg.insns[i].offset >= cfg.insns[i + 1].offset) return "the instructions of a block are out of order";
    }
    for (const Edge& edge : block.successors) {
      if (edge.to >= cfg.blocks.size()) return "an edge to a block that is not there";
      if (!mirrored(cfg.blocks[edge.to].predecessors, b, edge.kind)) return "an edge that is not seen from its end";
    }
    for (const Edge& edge : block.predecessors) {
      if (edge.to >= cfg.blocks.size()) return "an edge from a block that is not there";
      if (!mirrored(cfg.blocks[edge.to].successors, b, edge.kind)) return "an edge that is not seen from its start";
    }
  }
  if (next != cfg.insns.size()) return "instructions of no block";
  for (const JumpTable& table : cfg.jump_tables) {
    if (table.jump >= cfg.insns.size()) return "a jump table of a jump that is not there";
    if (table.entries == 0 || table.entries != table.targets.size()) return "a jump table of another size";
  }
  return {};
}

inline std::vector<MicroOp> random_ops(const Below& below, uint64_t at, uint64_t size) {
  const auto reg = [&] {
    return static_cast<Reg>(below(10) == 0 ? kNoReg : below(12) == 0 ? kSp : below(12) == 0 ? kPcReg : below(6));
  };
  const auto number = [&]() -> int64_t {
    switch (below(4)) {
      case 0:
        return static_cast<int64_t>(below(32));
      case 1:
        return -static_cast<int64_t>(below(64));
      case 2:
        return static_cast<int64_t>(below(UINT64_MAX));
      default:
        return 0x200000 + 8 * static_cast<int64_t>(below(16));
    }
  };
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
    op.imm = control ? static_cast<int64_t>(below(size)) - static_cast<int64_t>(at) : number();
    op.imm2 = number();
    ops.push_back(op);
  }
  return ops;
}

// A switch as compilers make it, at times with a bound that is too small, too large or missing, at times through a
// table that lies elsewhere than the code says.
inline void add_switch(Program& p, const Below& below, uint64_t size) {
  const Reg index = static_cast<Reg>(below(6));
  const uint64_t entries = 1 + below(12), table = 8 * below(48), at = p.here();
  if (below(8)) p.add({compare(index, static_cast<int64_t>(entries) - 1 + static_cast<int64_t>(below(3)) - 1)});
  if (below(8)) p.add({branch(p.here(), below(size), below(4) ? Cond::UGt : static_cast<Cond>(below(8)))});
  if (below(4) == 0) p.add({{.op = Op::Zext, .width = 4, .dst = index, .a = index}});
  if (below(4) == 0)
    p.add({{.op = Op::And, .width = 4, .dst = index, .a = index, .imm = static_cast<int64_t>(below(16))}});
  p.relocate(kText, p.here(), RelocKind::Abs32, {kRodata, static_cast<int64_t>(table)});
  p.add({{.op = Op::JumpMem, .b = index, .scale = static_cast<uint8_t>(below(8) ? 3 : below(4)), .relocatable = true}});
  for (uint64_t i = 0; i < entries; ++i) {
    if (below(16) == 0) continue;
    p.relocate(kRodata, table + 8 * i, RelocKind::Abs64,
               {kText, static_cast<int64_t>(below(8) ? at + 8 * i : below(size))});
  }
}

inline Program random_program(const Below& below) {
  Program p(4096);
  p.relocatable = below(4) != 0;
  if (!p.relocatable) {
    p.set_address(kText, 0x1000);
    p.set_address(kRodata, 0x200000);
    p.set_address(kData, 0x400000);
  }
  const uint64_t size = 40 + below(400);
  while (p.here() < size) {
    if (below(12) == 0) add_switch(p, below, size);
    p.add(random_ops(below, p.here(), size), static_cast<uint8_t>(1 + below(7)));
  }
  const uint32_t symbol = p.undefined(below(2) ? "abort" : "other");
  for (uint64_t n = below(60); n > 0; --n) {
    const uint32_t section = static_cast<uint32_t>(below(3));
    const auto kind = static_cast<RelocKind>(below(static_cast<uint64_t>(RelocKind::Other) + 1));
    const Place target{static_cast<uint32_t>(below(3)), static_cast<int64_t>(below(size + 20)) - 10};
    below(5) == 0 ? p.relocate(section, below(size), kind, {}, symbol)
                  : p.relocate(section, below(2) ? 4 * below(64) : below(size), kind, target);
  }
  for (uint64_t i = 0; i < 256; ++i) p.write(kRodata, i, 1, below(4) ? below(64) : below(256));
  uint64_t at = 0;
  std::vector<uint32_t> functions;
  while (at < size) {
    const uint64_t end = std::min(size, at + 10 + below(200));
    const bool helper = below(4) == 0;
    functions.push_back(
        p.function(helper ? "OUTLINED_FUNCTION_" + std::to_string(at) : "f" + std::to_string(at), at, end, !helper));
    if (below(3) == 0 && functions.size() > 1) p.fragment_of(functions.back(), functions[0]);
    at = end + (below(3) == 0 ? below(10) : 0);
  }
  return p;
}

}  // namespace objhound::oracle::test
