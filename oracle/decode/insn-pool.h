// Decoded instructions and their micro-operations, flat. The decoder fills one; whoever interprets reads one, and can
// be tested on one that was filled by hand.
//
// An instruction's operations stand behind it, and it begins a cache line: most have one, which comes with it.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <new>
#include <span>

#include "oracle/decode/huge-pages.h"
#include "oracle/decode/microop.h"

namespace objhound::oracle {

class InsnPool {
 public:
  // Takes over the operations; what of `insn` follows from them is set here. Returns the instruction's index.
  uint32_t add(Insn insn, std::span<const MicroOp> ops) {
    summarize(ops, insn);
    const size_t index = lines_.size();
    insn.first_op = static_cast<uint32_t>(index * kCells + 1);
    insn.op_count = static_cast<uint16_t>(ops.size());
    lines_.resize(index + (1 + ops.size() + kCells - 1) / kCells);
    std::memcpy(cell(index * kCells), &insn, sizeof insn);
    if (!ops.empty()) std::memcpy(cell(insn.first_op), ops.data(), ops.size_bytes());
    ++count_;
    return static_cast<uint32_t>(index);
  }
  const Insn& insn(uint32_t index) const {
    return *std::launder(reinterpret_cast<const Insn*>(cell(size_t{index} * kCells)));
  }
  std::span<const MicroOp> ops(const Insn& insn) const {
    return {std::launder(reinterpret_cast<const MicroOp*>(cell(insn.first_op))), insn.op_count};
  }
  std::span<const MicroOp> ops(uint32_t index) const { return ops(insn(index)); }
  // Asks for what will be read soon.
  void prefetch(uint32_t index) const { __builtin_prefetch(&lines_[index]); }
  size_t size() const { return count_; }

 private:
  static constexpr size_t kCell = 32, kCells = 2;  // bytes; in a line
  static_assert(sizeof(Insn) == kCell && sizeof(MicroOp) == kCell);
  struct alignas(kCell* kCells) Line {
    std::array<std::byte, kCell * kCells> bytes;
  };
  const std::byte* cell(size_t index) const { return lines_[0].bytes.data() + index * kCell; }
  std::byte* cell(size_t index) { return lines_[0].bytes.data() + index * kCell; }

  LargeTable<Line> lines_;
  size_t count_ = 0;
};

}  // namespace objhound::oracle
