// What the second decoder is too old for. Capstone 4 knows the base architecture, Armv8.0; no atomics of Armv8.1, no
// pointer authentication but the hints, no SVE. LLVM's opcode names do not say which extension an opcode is of, but
// its disassembler does: what it does not decode with the base features alone is of an extension.

#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCDisassembler/MCDisassembler.h>
#include <llvm/MC/MCInst.h>
#include <llvm/MC/MCRegisterInfo.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/MCTargetOptions.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/TargetParser/Triple.h>

#include "oracle/decode/arch-arm64-lift.h"
#include "oracle/decode/arch-list.h"

namespace objhound::oracle::arm64 {
namespace {

class BaseDecoder {
 public:
  BaseDecoder() {
    std::string triple(arm64_arch().llvm_triple), error;
    const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, error);
    if (!target) return;
    registers_.reset(target->createMCRegInfo(triple));
    asm_info_.reset(target->createMCAsmInfo(*registers_, triple, llvm::MCTargetOptions()));
    subtarget_.reset(target->createMCSubtargetInfo(triple, "", ""));
    context_ =
        std::make_unique<llvm::MCContext>(llvm::Triple(triple), asm_info_.get(), registers_.get(), subtarget_.get());
    disassembler_.reset(target->createMCDisassembler(*subtarget_, *context_));
  }

  bool knows(std::span<const uint8_t> bytes) const {
    llvm::MCInst inst;
    uint64_t length = 0;
    llvm::ArrayRef<uint8_t> word(bytes.data(), bytes.size());
    return disassembler_ &&
           disassembler_->getInstruction(inst, length, word, 0, llvm::nulls()) != llvm::MCDisassembler::Fail;
  }

 private:
  std::unique_ptr<llvm::MCRegisterInfo> registers_;
  std::unique_ptr<llvm::MCAsmInfo> asm_info_;
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget_;
  std::unique_ptr<llvm::MCContext> context_;
  std::unique_ptr<llvm::MCDisassembler> disassembler_;
};

}  // namespace

std::string_view encoding(std::span<const uint8_t> bytes) {
  // Asked only where the decoders disagree, so made only then; an LLVM disassembler is not to be shared by threads.
  thread_local const BaseDecoder base;
  return base.knows(bytes) ? "" : kExtension;
}

}  // namespace objhound::oracle::arm64
