// The border between the shared decoder and an architecture's lift. Only decode/ includes this: it speaks LLVM.
#pragma once

#include <llvm/MC/MCInst.h>
#include <llvm/MC/MCInstrInfo.h>
#include <llvm/MC/MCRegisterInfo.h>

#include <vector>

#include "oracle/decode/microop.h"

namespace objhound::oracle {

// What a lift says of one instruction.
struct Lifted {
  std::vector<MicroOp> ops;  // cleared by the caller, reused between calls
  bool nop = false;
  bool landing_pad = false;
};

class InsnLifter {
 public:
  virtual ~InsnLifter() = default;
  // Called once before the first lift. Opcode numbers are private to LLVM's targets, so a lifter resolves its
  // table of opcode names against `instructions` here or at first sight of an opcode.
  virtual void bind(const llvm::MCInstrInfo& instructions, const llvm::MCRegisterInfo& registers) = 0;
  // `length` is the instruction's length in bytes (displacements that count from the end become relative to
  // the start by adding it). `bytes` are the instruction's own.
  virtual void lift(const llvm::MCInst& inst, std::span<const uint8_t> bytes, Lifted& out) = 0;
};

}  // namespace objhound::oracle
