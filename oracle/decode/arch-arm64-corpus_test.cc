// The arm64 lift on what compilers really emit: for every instruction of a Csmith program, compiled by GCC and Clang
// at all levels, the tracked registers that the micro-operations write are those that LLVM's description of the
// instruction says it writes, and memory is stored to where LLVM says so.
//
// OBJHOUND_CORPUS_SEEDS sets how many programs are tried.

#include <gtest/gtest.h>
#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCDisassembler/MCDisassembler.h>
#include <llvm/MC/MCInst.h>
#include <llvm/MC/MCInstrInfo.h>
#include <llvm/MC/MCRegisterInfo.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/MCTargetOptions.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <set>

#include "oracle/decode/arch-arm64-lift.h"
#include "oracle/decode/arch-list.h"
#include "oracle/decode/assemble_test_support.h"
#include "oracle/decode/decoder.h"

namespace objhound::oracle {
namespace {

// What LLVM knows of an instruction without us.
struct Described {
  RegSet written = 0;
  bool stores = false;
  bool flags = false;
};

class Description {
 public:
  Description() {
    arm64_arch().register_llvm_target();
    std::string triple(arm64_arch().llvm_triple), error;
    const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, error);
    registers_.reset(target->createMCRegInfo(triple));
    asm_info_.reset(target->createMCAsmInfo(*registers_, triple, llvm::MCTargetOptions()));
    instructions_.reset(target->createMCInstrInfo());
    subtarget_.reset(target->createMCSubtargetInfo(triple, "", "+all"));
    context_ =
        std::make_unique<llvm::MCContext>(llvm::Triple(triple), asm_info_.get(), registers_.get(), subtarget_.get());
    disassembler_.reset(target->createMCDisassembler(*subtarget_, *context_));
    // By walking down from every register, where the lift walks up from the tracked ones.
    written_by_.resize(registers_->getNumRegs());
    for (unsigned i = 1; i < registers_->getNumRegs(); i++) {
      for (llvm::MCPhysReg part : registers_->subregs_inclusive(i))
        written_by_[i] |= tracked(registers_->getName(part));
    }
  }

  Described describe(uint32_t word) const {
    llvm::MCInst inst;
    uint64_t length = 0;
    llvm::ArrayRef<uint8_t> bytes(reinterpret_cast<const uint8_t*>(&word), 4);
    Described result;
    if (disassembler_->getInstruction(inst, length, bytes, 0, llvm::nulls()) == llvm::MCDisassembler::Fail)
      return result;
    const llvm::MCInstrDesc& desc = instructions_->get(inst.getOpcode());
    auto note = [&](unsigned reg) {
      result.written |= written_by_[reg];
      result.flags |= std::string_view(registers_->getName(reg)) == "NZCV";
    };
    for (unsigned i = 0; i < desc.getNumDefs(); i++) note(inst.getOperand(i).getReg());
    for (llvm::MCPhysReg reg : desc.implicit_defs()) note(reg);
    result.stores = desc.mayStore();
    return result;
  }

 private:
  // As text, not by RegisterMap's rules: "W7" and "X7" are x7, "S9" and "D9" are d9.
  static RegSet tracked(std::string_view name) {
    if (name == "WSP" || name == "SP") return reg_bit(arm64::kSp);
    for (unsigned i = 0; i <= 30; i++) {
      std::string number = std::to_string(i);
      bool alias = (i == 29 && name == "FP") || (i == 30 && name == "LR");
      if (alias || name == "W" + number || name == "X" + number) return reg_bit(static_cast<Reg>(i));
    }
    for (unsigned i = 8; i <= 15; i++) {
      std::string number = std::to_string(i);
      for (const char* bank : {"B", "H", "S", "D"}) {
        if (name == bank + number) return reg_bit(static_cast<Reg>(arm64::kD8 + i - 8));
      }
    }
    return 0;
  }

  std::unique_ptr<llvm::MCRegisterInfo> registers_;
  std::unique_ptr<llvm::MCAsmInfo> asm_info_;
  std::unique_ptr<llvm::MCInstrInfo> instructions_;
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget_;
  std::unique_ptr<llvm::MCContext> context_;
  std::unique_ptr<llvm::MCDisassembler> disassembler_;
  std::vector<RegSet> written_by_;
};

Described claimed_by(std::span<const MicroOp> ops) {
  Described result;
  for (const MicroOp& op : ops) {
    result.written |= op.op == Op::ClobberSet ? static_cast<RegSet>(op.imm) : reg_bit(op.dst);
    if (op.op == Op::Call || op.op == Op::CallReg) result.written |= reg_bit(arm64::kLr);  // by call_clobbered
    result.stores |= op.op == Op::Store || op.op == Op::StoreConst || op.op == Op::StoreUnknownSize;
    bool sets = op.op == Op::Compare || op.op == Op::TestBits || op.op == Op::FlagsLost;
    result.flags |= sets && !op.transient;
  }
  return result;
}

// The distinct instructions of a Csmith program, compiled in all ways.
std::set<uint32_t> compiled_words(unsigned seed) {
  test::TemporaryDirectory directory;
  std::string source = directory / "p.c";
  // csmith leaves a platform.info where it runs.
  test::run_or_throw("cd " + (directory / "") + " && csmith --max-funcs 6 --seed " + std::to_string(seed) + " > " +
                     source);
  std::set<uint32_t> words;
  const std::string gcc = "aarch64-linux-gnu-gcc ", clang = "clang-19 --target=aarch64-linux-gnu ";
  std::vector<std::string> commands;
  for (const char* level : {"-O0 ", "-O1 ", "-O2 ", "-O3 ", "-Os "}) {
    commands.push_back(gcc + level);
    commands.push_back(clang + level);
  }
  commands.push_back(gcc + "-O3 -march=armv8.5-a+sve2 -mbranch-protection=standard ");
  commands.push_back(clang + "-O3 -march=armv9-a -mbranch-protection=standard ");
  for (const std::string& command : commands) {
    test::run_or_throw(command + "-w -I/usr/include/csmith -I/usr/aarch64-linux-gnu/include -c -o " +
                       (directory / "p.o") + " " + source);
    test::run_or_throw("llvm-objcopy-19 -O binary -j .text " + (directory / "p.o") + " " + (directory / "p.bin"));
    std::vector<uint8_t> code = test::read_bytes(directory / "p.bin");
    for (size_t at = 0; at + 4 <= code.size(); at += 4) {
      uint32_t word;
      std::memcpy(&word, &code[at], 4);
      words.insert(word);
    }
  }
  return words;
}

// LLVM says less of some instructions than they do, or more: only the upper half of a vector register changes, the
// return address is authenticated on the way, a system call returns something, a system register is anything.
bool described_otherwise(std::string_view opcode) {
  for (std::string_view prefix : {"FMOVXDHighr", "RETA", "SVC", "HVC", "SMC", "MRS", "MSR", "SYS"}) {
    if (opcode.starts_with(prefix)) return true;
  }
  return false;
}

// LLVM has what orders memory accesses down as a store, and some stores as something else.
bool stores_otherwise(std::string_view opcode) {
  for (std::string_view prefix :
       {"HINT", "DMB", "DSB", "ISB", "CLREX", "PRF", "LDX", "LDAX", "STG", "ST2G", "ST64B", "STZGM"}) {
    if (opcode.starts_with(prefix)) return true;
  }
  return false;
}

class Arm64Writes : public testing::Test {
 protected:
  Arm64Writes() : decoder_(arm64_arch(), {.second_opinion = true}) {}

  void compare(uint32_t word) {
    std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(&word), 4);
    const Insn& insn = decoder_.insn(decoder_.decode(bytes));
    if (insn.length == 0) return;
    std::string_view opcode = decoder_.opcode_name(insn.opcode_id);
    if (described_otherwise(opcode)) return;
    Described ours = claimed_by(decoder_.ops(insn)), llvm = description_.describe(word);
    bool unmodelled =
        std::ranges::any_of(decoder_.ops(insn), [](const MicroOp& op) { return op.op == Op::Unmodelled; });
    if (unmodelled) llvm.written &= ~reg_bit(arm64::kSp);
    std::string what = decoder_.text(bytes, 0) + " = " + to_text(decoder_.ops(insn), arm64_arch());
    EXPECT_EQ(ours.written, llvm.written) << what;
    EXPECT_EQ(ours.flags, llvm.flags) << what;
    EXPECT_TRUE(ours.stores == llvm.stores || stores_otherwise(opcode)) << what;
  }

  Description description_;
  Decoder decoder_;
};

TEST_F(Arm64Writes, OfCompiledCodeAreThoseOfLlvmsDescription) {
  const char* asked = std::getenv("OBJHOUND_CORPUS_SEEDS");
  unsigned seeds = asked ? std::strtoul(asked, nullptr, 10) : 1;
  std::set<uint32_t> words;
  for (unsigned seed = 1; seed <= seeds; seed++) words.merge(compiled_words(seed));
  EXPECT_GT(words.size(), 1000u);
  for (uint32_t word : words) {
    std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(&word), 4);
    const Insn& insn = decoder_.insn(decoder_.decode(bytes));
    EXPECT_NE(insn.length, 0) << std::hex << word;
    EXPECT_FALSE(insn.decoders_disagree) << decoder_.disagreement(bytes);
    compare(word);
  }
}

TEST_F(Arm64Writes, OfRandomWordsAreThoseOfLlvmsDescription) {
  std::mt19937 random(7);
  for (unsigned i = 0; i < 300000; i++) compare(static_cast<uint32_t>(random()));
}

}  // namespace
}  // namespace objhound::oracle
