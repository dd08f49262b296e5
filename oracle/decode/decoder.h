// Bytes to instructions. LLVM's MC layer decodes, the architecture's lifter explains, Capstone gives a second
// opinion; both are memoised by the instruction's bytes, because compilers repeat themselves: in a large object nine
// instructions of ten have been seen before. No LLVM type leaves this stage.
//
// A Decoder is not shared between threads; make one per thread and keep it, it gets faster as it learns.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/decode/insn-pool.h"

namespace objhound::oracle {

// An instruction as control passes over it.
struct Decoded {
  static constexpr uint32_t kNotSeen = 0xffffffff;
  uint32_t insn;
  uint8_t length;  // bytes; 0 if undecodable
  Flow flow;
  bool system_call = false;
};

class Decoder {
 public:
  struct Options {
    bool second_opinion = true;  // decode with Capstone too and compare (OH105)
    // Instructions that differ only in a displacement of four bytes that counts from the program counter are one:
    // MicroOp::displaced. Calls, jumps and accesses of a linked file hardly ever repeat otherwise.
    bool share_displacements = false;
  };

  Decoder(const Arch& arch, Options options);
  ~Decoder();
  Decoder(Decoder&&) noexcept;

  const Arch& arch() const;

  // The instruction at the start of `bytes`, as an index that stays valid for this decoder's life. Bytes that
  // no instruction starts with give an Insn with flow Undecodable and length 0.
  uint32_t decode(std::span<const uint8_t> bytes);
  // The same for instructions that stand one behind the other and begin in the first `within` bytes, one at least, and
  // whether or not control goes on to them: appends them to `run`. To ask for several is faster than for each. Those
  // behind the first are kNotSeen if they were not seen before: what stands behind one of these may have been looked
  // for at a wrong place.
  void decode_run(std::span<const uint8_t> bytes, size_t within, std::vector<Decoded>& run);

  // Whether the two decoders have disagreed about any instruction so far.
  bool disagreed() const;
  // All instructions seen so far; grows with decode().
  const InsnPool& pool() const;
  const Insn& insn(uint32_t index) const { return pool().insn(index); }
  std::span<const MicroOp> ops(const Insn& insn) const { return pool().ops(insn); }
  std::span<const MicroOp> ops(uint32_t index) const { return pool().ops(index); }

  // The instruction's text as the assembler would write it. `address` is what branch targets count from.
  std::string text(std::span<const uint8_t> bytes, uint64_t address) const;
  // The mnemonic's name alone, for fingerprints.
  std::string_view opcode_name(uint32_t opcode_id) const;

  // When the decoders disagree: what each of them says.
  std::string disagreement(std::span<const uint8_t> bytes) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace objhound::oracle
