// Switches made by hand, for tests.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "oracle/cfg/program_test_support.h"

namespace objhound::oracle::test {

constexpr Place in_rodata(int64_t offset) { return {kRodata, offset}; }
constexpr Place in_text(int64_t offset) { return {kText, offset}; }

// A switch under construction: the code up to the jump is the test's; the cases are returns at 1000, 1004, ... and the
// default is a return at 900.
struct Switch {
  static constexpr uint64_t kDefault = 900, kCases = 1000, kEnd = 2100;
  Program p;

  // Conditions go to the default.
  void go_to_default(Cond cond) { p.add({branch(p.here(), kDefault, cond)}); }
  void lea(Reg reg, Place place) {
    p.relocate(kText, p.here(), place.section == kText ? RelocKind::Branch : RelocKind::PcRel32, place);
    p.add({{.op = Op::Address, .dst = reg, .relocatable = true}});
  }
  uint64_t jump_through(Reg reg) { return p.add({{.op = Op::JumpReg, .a = reg}}); }
  // movslq (base, index, 4), dst
  void load_difference(Reg dst, Reg base, Reg index) {
    p.add({{.op = Op::Load, .width = 4, .dst = dst, .a = base, .b = index, .scale = 2, .is_signed = true}});
  }
  void add_reg(Reg dst, Reg a, Reg b, uint8_t scale = 0) {
    p.add({{.op = Op::AddReg, .dst = dst, .a = a, .b = b, .scale = scale}});
  }

  // Entries of the table: whole addresses, or differences to `table` with PcRel32 relocations.
  void whole_entries(int64_t table, int count, uint32_t section = kRodata) {
    for (int i = 0; i < count; ++i) {
      p.relocate(section, static_cast<uint64_t>(table + 8 * i), RelocKind::Abs64, in_text(case_at(i)));
    }
  }
  void difference_entries(int64_t table, int count) {
    for (int i = 0; i < count; ++i) {
      p.relocate(kRodata, static_cast<uint64_t>(table + 4 * i), RelocKind::PcRel32, in_text(case_at(i) + 4 * i));
    }
  }
  static int64_t case_at(int i) { return static_cast<int64_t>(kCases) + 4 * i; }

  Cfg build() {
    p.add_at(kDefault, {ret()});
    for (uint64_t at = kCases; at < kEnd; at += 4) p.add_at(at, {ret()});
    p.function("f", 0, kEnd);
    return std::move(p.build()[0]);
  }
};

// The targets of the only table as case numbers: "0 1 2 exact", or why there is none.
inline std::string table_of(const Cfg& cfg) {
  if (cfg.jump_tables.size() != 1) return std::to_string(cfg.jump_tables.size()) + " tables";
  const JumpTable& table = cfg.jump_tables[0];
  if (table.entries != table.targets.size()) return "entries and targets differ";
  std::string text;
  for (const Place& target : table.targets) {
    const int64_t at = target.offset - static_cast<int64_t>(Switch::kCases);
    text += (target.section == kText && at >= 0 && at % 4 == 0 ? std::to_string(at / 4) : "?") + " ";
  }
  return text + (table.exact ? "exact" : "inexact");
}

// Table edges of the block of the jump.
inline size_t table_edges(const Cfg& cfg, uint64_t jump, bool approximate = false) {
  size_t count = 0;
  for (const Edge& edge : block_at(cfg, jump).successors) {
    if (edge.kind == EdgeKind::Table && edge.approximate == approximate) ++count;
  }
  return count;
}

// The form of position independent code, with the index's bound as the test says.
struct PicSwitch : Switch {
  uint64_t jump = 0;
  Cfg finish(int entries, Reg index = 0) {
    lea(1, in_rodata(32));
    load_difference(2, 1, index);
    add_reg(2, 2, 1);
    jump = jump_through(2);
    difference_entries(32, entries);
    return build();
  }
};

}  // namespace objhound::oracle::test
