// The x86-64 lift on what compilers really emit: for every instruction of a Csmith program, compiled by GCC and Clang
// in many ways, both decoders agree, nothing is unmodelled, the tracked registers that the micro-operations write are
// those that LLVM's description of the instruction says it writes, and memory is stored to where LLVM says so.
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
#include <map>
#include <random>
#include <set>

#include "oracle/decode/arch-list.h"
#include "oracle/decode/arch-x86-64-lift.h"
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
    x86_64_arch().register_llvm_target();
    std::string triple(x86_64_arch().llvm_triple), error;
    const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, error);
    registers_.reset(target->createMCRegInfo(triple));
    asm_info_.reset(target->createMCAsmInfo(*registers_, triple, llvm::MCTargetOptions()));
    instructions_.reset(target->createMCInstrInfo());
    subtarget_.reset(target->createMCSubtargetInfo(triple, "", ""));
    context_ =
        std::make_unique<llvm::MCContext>(llvm::Triple(triple), asm_info_.get(), registers_.get(), subtarget_.get());
    disassembler_.reset(target->createMCDisassembler(*subtarget_, *context_));
    // By walking from a register's parts up to the whole, where the lift knows every part by its name.
    written_by_.resize(registers_->getNumRegs());
    for (unsigned i = 1; i < registers_->getNumRegs(); i++) {
      for (llvm::MCPhysReg whole : registers_->superregs_inclusive(i)) {
        std::string name = registers_->getName(whole);
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        for (Reg reg = 0; reg < x86_64::kReturnAddress; reg++) {
          if (x86_64_arch().registers[reg].name == name) written_by_[i] |= reg_bit(reg);
        }
      }
    }
  }

  Described describe(std::span<const uint8_t> bytes) const {
    llvm::MCInst inst;
    Described result;
    for (bool prefix = true; prefix;) {  // LLVM takes lock and its like for instructions of their own
      uint64_t length = 0;
      inst.clear();
      llvm::ArrayRef<uint8_t> window(bytes.data(), bytes.size());
      if (disassembler_->getInstruction(inst, length, window, 0, llvm::nulls()) == llvm::MCDisassembler::Fail)
        return result;
      bytes = bytes.subspan(length);
      prefix = std::string_view(instructions_->getName(inst.getOpcode())).ends_with("_PREFIX");
    }
    const llvm::MCInstrDesc& desc = instructions_->get(inst.getOpcode());
    auto note = [&](unsigned reg) {
      result.written |= written_by_[reg];
      result.flags |= std::string_view(registers_->getName(reg)) == "EFLAGS";
    };
    for (unsigned i = 0; i < desc.getNumDefs(); i++) note(inst.getOperand(i).getReg());
    for (llvm::MCPhysReg reg : desc.implicit_defs()) note(reg);
    result.stores = desc.mayStore();
    return result;
  }

 private:
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
    result.stores |= op.op == Op::Store || op.op == Op::StoreConst || op.op == Op::StoreUnknownSize;
    bool sets = op.op == Op::Compare || op.op == Op::CompareMem || op.op == Op::TestBits || op.op == Op::FlagsLost;
    result.flags |= sets && !op.transient;
  }
  return result;
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

// Where LLVM's descriptions say less than the instruction does, or more: a value extended into rdx is read and not
// written, a repeat prefix counts, an exchange of ax with itself is a no-op, shifts by 0 leave the flags.
bool described_otherwise(std::string_view opcode) {
  return starts_with_any(opcode, {"CDQ",  "CQO",   "CWD",   "MOVSB",  "MOVSW",  "MOVSL", "MOVSQ", "STOS",   "LODS",
                                  "SCAS", "CMPSB", "CMPSW", "CMPSL",  "CMPSQ",  "OUTS",  "INS",   "XCHG16", "SYSCALL",
                                  "INT",  "ENTER", "LOOP",  "PUSHFS", "PUSHGS", "POPFS", "POPGS"});
}

// Fences, prefetches and the like are stores to LLVM, to keep them in order; thread-local memory is left out here.
bool stores_otherwise(std::string_view opcode) {
  return starts_with_any(opcode,
                         {"MFENCE",   "LFENCE",    "SFENCE", "PREFETCH", "CLFLUSH",  "CLWB",     "CLDEMOTE", "LDMXCSR",
                          "VLDMXCSR", "FXRSTOR",   "XRSTOR", "PAUSE",    "RDSSP",    "INCSSP",   "TRAP",     "INT3",
                          "UD1",      "PTWRITE",   "RDPID",  "RDFSBASE", "RDGSBASE", "WRFSBASE", "WRGSBASE", "MMX_EMMS",
                          "FEMMS",    "LDTILECFG", "MWAIT",  "UMONITOR", "URDMSR",   "UWRMSR",   "XABORT",   "XEND",
                          "WRSS",     "WRUSS",     "LWP",    "LLWPCB",   "SLWPCB",   "WBINVD",   "WBNOINVD"});
}

using Instruction = std::string;  // its bytes

// The distinct instructions of a program, compiled in all ways.
std::set<Instruction> compiled_instructions(Decoder& decoder, unsigned seed) {
  test::TemporaryDirectory directory;
  std::string source = directory / "p.c";
  // csmith leaves a platform.info where it runs.
  test::run_or_throw("cd " + (directory / "") + " && csmith --max-funcs 6 --seed " + std::to_string(seed) + " > " +
                     source);
  std::vector<std::string> commands;
  for (const char* compiler : {"gcc-12 ", "clang-19 "}) {
    for (const char* flags :
         {"-O0", "-O1", "-O2", "-O3", "-Os", "-O2 -fno-omit-frame-pointer -mno-red-zone -fPIC", "-O3 -march=x86-64-v3",
          "-O3 -march=x86-64-v4 -mprefer-vector-width=512",
          "-O2 -fcf-protection=full -fstack-clash-protection -fstack-protector-all", "-O1 -mcmodel=large -fno-pic"}) {
      commands.push_back(std::string(compiler) + flags);
    }
  }
  commands.push_back("clang-19 -O2 -mapxf");
  std::set<Instruction> instructions;
  for (const std::string& command : commands) {
    test::run_or_throw(command + " -w -I/usr/include/csmith -c -o " + (directory / "p.o") + " " + source);
    test::run_or_throw("llvm-objcopy-19 -O binary -j .text " + (directory / "p.o") + " " + (directory / "p.bin"));
    std::vector<uint8_t> code = test::read_bytes(directory / "p.bin");
    for (std::span<const uint8_t> rest = code; !rest.empty();) {
      const Insn& insn = decoder.insn(decoder.decode(rest));
      EXPECT_NE(insn.length, 0) << command << ": " << decoder.disagreement(rest);
      size_t length = std::max<size_t>(insn.length, 1);
      instructions.emplace(rest.begin(), rest.begin() + static_cast<ptrdiff_t>(length));
      rest = rest.subspan(length);
    }
  }
  return instructions;
}

class X86Writes : public testing::Test {
 protected:
  X86Writes() : decoder_(x86_64_arch(), {.second_opinion = true}) {}

  void compare(std::span<const uint8_t> bytes) {
    const Insn& insn = decoder_.insn(decoder_.decode(bytes));
    if (insn.length == 0) return;
    std::string_view opcode = decoder_.opcode_name(insn.opcode_id);
    std::span<const MicroOp> ops = decoder_.ops(insn);
    bool unmodelled = std::ranges::any_of(ops, [](const MicroOp& op) { return op.op == Op::Unmodelled; });
    if (unmodelled || described_otherwise(opcode)) return;
    Described ours = claimed_by(ops), llvm = description_.describe(bytes.first(insn.length));
    std::string text = decoder_.text(bytes, 0), what = text + " = " + to_text(ops, x86_64_arch());
    EXPECT_EQ(ours.written, llvm.written) << what;
    bool shift = starts_with_any(opcode, {"SHL", "SHR", "SAR"});
    EXPECT_TRUE(ours.flags == llvm.flags || shift) << what;
    bool thread_local_memory = text.find("%fs:") != std::string::npos || text.find("%gs:") != std::string::npos;
    bool nothing_new = text.find("$0x0") != std::string::npos;  // or $0, (%rsp)
    if (llvm.stores && !thread_local_memory && !nothing_new && !stores_otherwise(opcode)) {
      EXPECT_TRUE(ours.stores) << what;
    }
  }

  Description description_;
  Decoder decoder_;
};

TEST_F(X86Writes, OfCompiledCodeAreThoseOfLlvmsDescription) {
  const char* asked = std::getenv("OBJHOUND_CORPUS_SEEDS");
  unsigned seeds = asked ? std::strtoul(asked, nullptr, 10) : 1;
  std::set<Instruction> instructions;
  for (unsigned seed = 1; seed <= seeds; seed++) instructions.merge(compiled_instructions(decoder_, seed));
  EXPECT_GT(instructions.size(), 1000u);
  for (const Instruction& instruction : instructions) {
    std::span bytes(reinterpret_cast<const uint8_t*>(instruction.data()), instruction.size());
    const Insn& insn = decoder_.insn(decoder_.decode(bytes));
    EXPECT_FALSE(insn.decoders_disagree) << decoder_.disagreement(bytes);
    for (const MicroOp& op : decoder_.ops(insn)) EXPECT_NE(op.op, Op::Unmodelled) << decoder_.text(bytes, 0);
    compare(bytes);
  }
}

TEST_F(X86Writes, OfRandomBytesAreThoseOfLlvmsDescription) {
  std::mt19937 random(7);
  for (unsigned i = 0; i < 300000; i++) {
    std::array<uint8_t, 16> bytes;
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
    constexpr uint8_t kEscapes[] = {0x0f, 0x66, 0xf3, 0xf2, 0x48, 0xc5, 0xc4, 0x62, 0xd5};
    if (i % 2) bytes[0] = kEscapes[random() % std::size(kEscapes)];
    compare(bytes);
    if (HasFailure() && i > 100000) break;
  }
}

}  // namespace
}  // namespace objhound::oracle
