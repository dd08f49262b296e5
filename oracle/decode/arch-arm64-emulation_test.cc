// The arm64 lift against an emulated CPU (Unicorn): from a random state, whatever the micro-operations of an
// instruction claim to know afterwards - registers, flags, addresses and bytes in memory, where control goes - must be
// what the CPU did. Instructions are random words, weighted to the groups of encodings that the lift describes.
//
// OBJHOUND_EMULATION_WORDS sets how many words are tried per group.

#include <gtest/gtest.h>
#include <unicorn/unicorn.h>

#include <map>
#include <random>
#include <set>

#include "oracle/decode/arch-arm64-lift.h"
#include "oracle/decode/arch-list.h"
#include "oracle/decode/decoder.h"
#include "oracle/decode/microop-eval_test_support.h"

namespace objhound::oracle {
namespace {

using test::Evaluator;
using test::Flags;
using test::Outcome;
using test::Value;

constexpr uint64_t kCode = 0x20000000, kCodeBytes = 0x400000, kStride = 16;
constexpr uint64_t kData = 0x40000000, kDataBytes = 0x200000;

constexpr int unicorn_register(Reg reg) {
  if (reg < arm64::kFp) return UC_ARM64_REG_X0 + reg;
  if (reg == arm64::kFp) return UC_ARM64_REG_X29;
  if (reg == arm64::kLr) return UC_ARM64_REG_X30;
  if (reg == arm64::kSp) return UC_ARM64_REG_SP;
  return UC_ARM64_REG_D8 + (reg - arm64::kD8);
}

struct CpuState {
  std::array<uint64_t, arm64::kRegisterCount> regs{};
  uint64_t pc = 0;
  uint64_t nzcv = 0;  // bits 31..28
};

// A CPU with a page of code that grows by one instruction per trial, and a region of data.
class Cpu {
 public:
  Cpu() : data_(kDataBytes) {
    check(uc_open(UC_ARCH_ARM64, UC_MODE_ARM, &uc_));
    check(uc_ctl_set_cpu_model(uc_, UC_CPU_ARM64_MAX));
    check(uc_mem_map(uc_, kCode, kCodeBytes, UC_PROT_ALL));
    check(uc_mem_map(uc_, kData, kDataBytes, UC_PROT_READ | UC_PROT_WRITE));
    std::mt19937_64 random(1);
    for (uint8_t& byte : data_) byte = static_cast<uint8_t>(random());
    check(uc_mem_write(uc_, kData, data_.data(), data_.size()));
    uint64_t no_traps = 0x330000;  // CPACR_EL1: FPEN and ZEN
    check(uc_reg_write(uc_, UC_ARM64_REG_CPACR_EL1, &no_traps));
    uc_hook hook;
    check(
        uc_hook_add(uc_, &hook, UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE, reinterpret_cast<void*>(&on_access), this, 1, 0));
  }
  ~Cpu() { uc_close(uc_); }
  Cpu(const Cpu&) = delete;
  Cpu& operator=(const Cpu&) = delete;

  // Puts the instruction to a place of its own. Neither it nor what follows it is ever overwritten, so that no
  // translation that the emulator keeps is stale.
  uint64_t place(uint32_t word) {
    uint64_t at = next_;
    check(uc_mem_write(uc_, at, &word, 4));
    next_ += kStride;
    return at;
  }
  bool full() const { return next_ + kStride > kCode + kCodeBytes; }

  // One instruction from `state`, which becomes the state after it. False if it faults.
  bool step(CpuState& state) {
    read.clear();
    written.clear();
    for (Reg reg = 0; reg < arm64::kRegisterCount; reg++) {
      check(uc_reg_write(uc_, unicorn_register(reg), &state.regs[reg]));
    }
    check(uc_reg_write(uc_, UC_ARM64_REG_NZCV, &state.nzcv));
    // A jump to where there is no code is complete when the next instruction cannot be fetched.
    uc_err error = uc_emu_start(uc_, state.pc, 0, 0, 1);
    bool ok = error == UC_ERR_OK || error == UC_ERR_FETCH_UNMAPPED || error == UC_ERR_FETCH_PROT;
    for (Reg reg = 0; reg < arm64::kRegisterCount; reg++) {
      check(uc_reg_read(uc_, unicorn_register(reg), &state.regs[reg]));
    }
    check(uc_reg_read(uc_, UC_ARM64_REG_NZCV, &state.nzcv));
    check(uc_reg_read(uc_, UC_ARM64_REG_PC, &state.pc));
    return ok;
  }

  // Data before the trial; nothing outside of the region.
  Value before(uint64_t address, unsigned width) const {
    if (address < kData || address - kData > kDataBytes - width) return {};
    uint64_t value = 0;
    for (unsigned i = 0; i < width; i++) value |= uint64_t{data_[address - kData + i]} << (8 * i);
    return value;
  }
  uint8_t byte_after(uint64_t address) {
    uint8_t byte = 0;
    check(uc_mem_read(uc_, address, &byte, 1));
    return byte;
  }
  // Puts back what the last step overwrote.
  void restore() {
    for (uint64_t address : written) {
      if (address >= kData && address - kData < kDataBytes)
        check(uc_mem_write(uc_, address, &data_[address - kData], 1));
    }
  }

  std::set<uint64_t> read, written;  // the bytes that the last step accessed

 private:
  static void check(uc_err error) {
    if (error != UC_ERR_OK) throw std::runtime_error(uc_strerror(error));
  }
  static void on_access(uc_engine*, uc_mem_type type, uint64_t address, int size, int64_t, void* self) {
    auto& bytes = type == UC_MEM_WRITE ? static_cast<Cpu*>(self)->written : static_cast<Cpu*>(self)->read;
    for (int i = 0; i < size; i++) bytes.insert(address + i);
  }

  uc_engine* uc_ = nullptr;
  uint64_t next_ = kCode;
  std::vector<uint8_t> data_;
};

uint64_t cut(uint64_t value, unsigned width) { return width >= 8 ? value : value & ((uint64_t{1} << (8 * width)) - 1); }

// The flags that comparing a with b sets, as in AddWithCarry() of the Arm ARM.
uint64_t nzcv_of(const Flags& compared) {
  unsigned bits = 8 * compared.width;
  uint64_t sign = uint64_t{1} << (bits - 1);
  uint64_t difference = cut(compared.a - compared.b, compared.width);
  bool n = difference & sign, z = difference == 0, c = compared.a >= compared.b;
  bool v = ((compared.a ^ compared.b) & (compared.a ^ difference) & sign) != 0;
  return uint64_t{n} << 31 | uint64_t{z} << 30 | uint64_t{c} << 29 | uint64_t{v} << 28;
}

// ConditionHolds() of the Arm ARM, for the encoding of a condition.
bool cpu_condition(int encoding, uint64_t nzcv) {
  bool n = nzcv >> 31 & 1, z = nzcv >> 30 & 1, c = nzcv >> 29 & 1, v = nzcv >> 28 & 1;
  bool base[] = {z, c, n, v, c && !z, n == v, n == v && !z, true};
  return base[encoding >> 1] != ((encoding & 1) && encoding != 15);
}

// Unicorn 2.0 does not report these as unknown or forbidden, but aborts: newer instructions, system registers.
bool aborts_emulator(std::string_view opcode) {
  for (std::string_view prefix : {"FSCALE", "FAMAX", "FAMIN", "MRS", "MRRS", "MSR", "SYS"}) {
    if (opcode.starts_with(prefix)) return true;
  }
  return false;
}

class Arm64Emulation : public testing::Test {
 protected:
  Arm64Emulation() : decoder_(arm64_arch(), {.second_opinion = false}), random_(20) {}

  uint64_t random_value() {
    switch (random_() % 8) {
      case 0:
        return random_();
      case 1:
        return -(random_() % 4096);
      case 2:
      case 3:
        return random_() % 4096;
      default:
        return kData + kDataBytes / 4 + random_() % (kDataBytes / 2) / 8 * 8;
    }
  }

  CpuState random_state(uint64_t pc, const Flags& flags) {
    CpuState state;
    for (uint64_t& reg : state.regs) reg = random_value();
    state.regs[arm64::kSp] = kData + kDataBytes / 2 + random_() % 4096 / 16 * 16;
    state.pc = pc;
    state.nzcv = nzcv_of(flags);
    return state;
  }

  Flags random_flags() {
    unsigned width = random_() % 2 ? 4 : 8;
    uint64_t a = random_value(), b = random_() % 4 ? random_value() : a;
    return {Flags::Kind::Compare, cut(a, width), cut(b, width), width};
  }

  void try_word(uint32_t word);
  void compare(const std::string& what, std::span<const MicroOp> ops, const Evaluator& claimed, const Outcome& outcome,
               const CpuState& after, uint64_t pc);
  void compare_memory(const std::string& what, const Evaluator& claimed);

  void try_group(uint32_t fixed, uint32_t random_bits) {
    const char* asked = std::getenv("OBJHOUND_EMULATION_WORDS");
    unsigned words = asked ? std::strtoul(asked, nullptr, 10) : 20000;
    for (unsigned i = 0; i < words; i++) {
      if (cpu_->full()) cpu_ = std::make_unique<Cpu>();
      try_word(fixed | (static_cast<uint32_t>(random_()) & random_bits));
      const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
      if (test->result()->total_part_count() > 40) FAIL() << "too many failures";
    }
    std::printf("%u words: %u undecodable or trapping, %u fault, %u not modelled; %u compared\n", words, undecodable_,
                faults_, unmodelled_, compared_);
    for (const auto& [name, count] : faulting_) {
      if (std::getenv("OBJHOUND_EMULATION_FAULTS")) std::printf("  %s %u\n", name.c_str(), count);
    }
    EXPECT_GT(compared_, words / 20);
  }

  Decoder decoder_;
  std::mt19937_64 random_;
  std::unique_ptr<Cpu> cpu_ = std::make_unique<Cpu>();
  unsigned undecodable_ = 0, faults_ = 0, unmodelled_ = 0, compared_ = 0;
  std::map<std::string, unsigned> faulting_;
};

void Arm64Emulation::try_word(uint32_t word) {
  std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(&word), 4);
  const Insn& insn = decoder_.insn(decoder_.decode(bytes));
  std::span<const MicroOp> ops = decoder_.ops(insn);
  bool stops = !ops.empty() && (ops.back().op == Op::Trap || ops.back().op == Op::Syscall);
  if (insn.length == 0 || stops) {
    undecodable_++;
    return;
  }
  if (aborts_emulator(decoder_.opcode_name(insn.opcode_id))) return;
  uint64_t pc = cpu_->place(word);
  Flags flags = random_flags();
  CpuState state = random_state(pc, flags);

  Evaluator claimed;
  for (Reg reg = 0; reg < arm64::kRegisterCount; reg++) claimed.regs[reg] = state.regs[reg];
  claimed.pc = pc;
  claimed.flags = flags;
  claimed.memory = [&](uint64_t address, unsigned width) { return cpu_->before(address, width); };
  Outcome outcome = claimed.run(ops);
  if (outcome.unmodelled) {
    unmodelled_++;
    return;
  }
  // Operands that were random words do not always point to memory; the CPU then faults, as it does on what it
  // does not know.
  if (!cpu_->step(state)) {
    faults_++;
    faulting_[std::string(decoder_.opcode_name(insn.opcode_id))]++;
    cpu_->restore();
    return;
  }
  compared_++;
  compare(decoder_.text(bytes, pc) + " = " + to_text(ops, arm64_arch()), ops, claimed, outcome, state, pc);
  cpu_->restore();
}

void Arm64Emulation::compare(const std::string& what, std::span<const MicroOp>, const Evaluator& claimed,
                             const Outcome& outcome, const CpuState& after, uint64_t pc) {
  bool is_call = outcome.op == Op::Call || outcome.op == Op::CallReg;
  for (Reg reg = 0; reg < arm64::kRegisterCount; reg++) {
    if (!claimed.regs[reg] || (is_call && reg == arm64::kLr)) continue;
    EXPECT_EQ(*claimed.regs[reg], after.regs[reg]) << what << ": " << arm64_arch().registers[reg].name;
  }
  for (int encoding = 0; encoding < 15; encoding++) {
    std::optional<bool> holds = Evaluator::holds(arm64::condition(encoding), claimed.flags);
    if (holds) {
      EXPECT_EQ(*holds, cpu_condition(encoding, after.nzcv)) << what << ": condition " << encoding;
    }
  }
  if (outcome.op == Op::Copy) {
    EXPECT_EQ(after.pc, pc + 4) << what;
  } else if (outcome.op == Op::Branch && !outcome.taken) {
    EXPECT_TRUE(after.pc == pc + 4 || after.pc == *outcome.target) << what;
  } else if (outcome.op == Op::Branch && !*outcome.taken) {
    EXPECT_EQ(after.pc, pc + 4) << what;
  } else if (outcome.target) {
    EXPECT_EQ(after.pc, *outcome.target) << what;
  }
  compare_memory(what, claimed);
}

// Every byte written is in a store that is claimed, and has the value that is claimed. Every byte that is claimed to
// be read or written was.
void Arm64Emulation::compare_memory(const std::string& what, const Evaluator& claimed) {
  std::set<uint64_t> explained;
  bool anywhere = false;
  for (const test::Access& store : claimed.stores) {
    anywhere |= store.unknown_extent || !store.address;
    if (!store.address || store.unknown_extent) continue;
    for (unsigned i = 0; i < store.width; i++) {
      uint64_t address = *store.address + i;
      explained.insert(address);
      if (!store.value) continue;
      EXPECT_TRUE(cpu_->written.contains(address)) << what << ": not written";
      if (cpu_->written.contains(address)) {
        EXPECT_EQ(cpu_->byte_after(address), static_cast<uint8_t>(*store.value >> (8 * i))) << what << ": byte " << i;
      }
    }
  }
  for (uint64_t address : cpu_->written) {
    EXPECT_TRUE(anywhere || explained.contains(address)) << what << ": also written " << std::hex << address;
  }
  for (const test::Access& load : claimed.loads) {
    for (unsigned i = 0; load.address && i < load.width; i++) {
      EXPECT_TRUE(cpu_->read.contains(*load.address + i)) << what << ": not read";
    }
  }
}

// The groups of the Arm ARM's main encoding table (C4.1).
TEST_F(Arm64Emulation, DataProcessingImmediate) { try_group(0x10000000, 0xe3ffffff); }
TEST_F(Arm64Emulation, Branches) { try_group(0x14000000, 0xe3ffffff); }
TEST_F(Arm64Emulation, LoadsAndStores) { try_group(0x08000000, 0xf5ffffff); }
TEST_F(Arm64Emulation, DataProcessingRegister) { try_group(0x0a000000, 0xf1ffffff); }
TEST_F(Arm64Emulation, VectorAndFloatingPoint) { try_group(0x0e000000, 0xf1ffffff); }
// Among the loads and stores, the rarer ones by themselves: structures of vectors, exclusives and ordered ones.
TEST_F(Arm64Emulation, Structures) { try_group(0x0c000000, 0x41ffffff); }
TEST_F(Arm64Emulation, Exclusives) { try_group(0x08000000, 0xc0ffffff); }
TEST_F(Arm64Emulation, Atomics) { try_group(0x38200000, 0xc0dff3ff); }
TEST_F(Arm64Emulation, Anything) { try_group(0, 0xffffffff); }

}  // namespace
}  // namespace objhound::oracle
