// What the original's own unwind tables say of its frame, carried from instruction to instruction: which registers and
// which stack slots certainly hold the caller's values.
//
// It serves one purpose: to recognise mutants that break nothing, by an argument that does not come from the oracle's
// interpreter and checks. Where the CFA is, is taken from the rows that the compiler declared for the original; what
// moves where, from the lift. What rows say in such a state: unwinding.h.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <vector>

#include "harness/mutate/subject.h"

namespace objhound::harness::mutation {

// A place of the stack. How far SP falls when it is realigned, the program alone knows: from there on, offsets count
// from where the realigned SP was (the frames with a DRAP, the dynamic realign argument pointer, of GCC).
struct StackAddress {
  static constexpr uint32_t kCfa = ~0U;
  uint32_t base = kCfa;  // kCfa, or the instruction (Cfg::insns) that realigned SP
  int64_t offset = 0;    // bytes
  StackAddress operator+(int64_t bytes) const { return {base, offset + bytes}; }
  friend auto operator<=>(const StackAddress&, const StackAddress&) = default;
  // Whether it may lie below `top`. Distances between places that count from different bases are not known, but a
  // realigned SP lies below all that was pushed before it was realigned.
  bool may_be_below(const StackAddress& top) const { return base == top.base ? offset < top.offset : base != kCfa; }
};

// What a slot of eight bytes certainly holds: what register `of` held at entry or, where that is kNoReg, an address.
struct Content {
  oracle::Reg of = oracle::kNoReg;
  StackAddress address;
  friend bool operator==(const Content&, const Content&) = default;
};

// Before one instruction, on every path to it.
struct Held {
  bool reached = false;
  oracle::RegSet registers = 0;  // hold what they held at entry
  std::map<StackAddress, Content> slots;
  std::map<oracle::Reg, StackAddress> addresses;  // registers that hold one
  std::optional<StackAddress> address(oracle::Reg reg) const {
    const auto found = addresses.find(reg);
    return found == addresses.end() ? std::nullopt : std::optional(found->second);
  }
  friend bool operator==(const Held&, const Held&) = default;
};

// By instruction of the family (Cfg::insns), from a fixpoint over its blocks; intersections where paths meet.
std::vector<Held> held_values(const Subject& subject, const Family& family);

}  // namespace objhound::harness::mutation
