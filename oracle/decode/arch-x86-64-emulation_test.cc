// The x86-64 lift against an emulated CPU (Unicorn): from a random state, whatever the micro-operations of an
// instruction claim to know afterwards - registers, flags, addresses and bytes in memory, where control goes - must be
// what the CPU did; and what they do not mention must not have changed. Instructions are random bytes, weighted to the
// opcode maps that the lift describes.
//
// OBJHOUND_EMULATION_TRIALS sets how many instructions are tried per map, OBJHOUND_EMULATION_SEED the seed.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "oracle/decode/arch-list.h"
#include "oracle/decode/arch-x86-64-cpu_test_support.h"
#include "oracle/decode/decoder.h"
#include "oracle/decode/microop-eval_test_support.h"

namespace objhound::oracle {
namespace {

using namespace test;

class X86Emulation : public testing::Test {
 protected:
  X86Emulation()
      : decoder_(x86_64_arch(), {.second_opinion = false}), random_(setting("OBJHOUND_EMULATION_SEED", 20)) {}

  static uint64_t setting(const char* name, uint64_t otherwise) {
    const char* value = std::getenv(name);
    return value ? std::strtoull(value, nullptr, 10) : otherwise;
  }

  uint64_t random_value() {
    switch (random_() % 10) {
      case 0:
        return random_();
      case 1:
        return -(random_() % 4096);
      case 2:
      case 3:
        return random_() % 4096;
      case 4:
        return static_cast<uint32_t>(random_());
      default:
        return X86Cpu::kData + X86Cpu::kRegionBytes / 2 + random_() % 0x1000 / 8 * 8;
    }
  }

  Flags random_flags() {
    unsigned width = 1u << random_() % 4;
    uint64_t a = random_value(), b = random_() % 4 ? random_value() : a;
    return {Flags::Kind::Compare, cut(a, width), cut(b, width), width};
  }

  void try_bytes(std::span<const uint8_t> bytes);
  void compare(const std::string& what, const Evaluator& claimed, const Outcome& outcome, const X86State& after,
               const Insn& insn, bool thread_local_memory);
  void compare_control(const std::string& what, const Evaluator& claimed, const Outcome& outcome, const X86State& after,
                       const Insn& insn);
  void compare_memory(const std::string& what, const Evaluator& claimed, const Outcome& outcome, const X86State& after);

  // Random bytes behind a random one of these beginnings; prefixes come before it now and then.
  void try_map(std::initializer_list<std::initializer_list<uint8_t>> beginnings) {
    uint64_t trials = setting("OBJHOUND_EMULATION_TRIALS", 3000);
    for (uint64_t i = 0; i < trials; i++) {
      std::array<uint8_t, 16> bytes;
      for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random_());
      size_t at = 0;
      constexpr uint8_t kPrefixes[] = {0x66, 0x66, 0x67, 0x64, 0x2e, 0xf0, 0xf2, 0xf3};
      if (random_() % 8 == 0) bytes[at++] = kPrefixes[random_() % std::size(kPrefixes)];
      if (random_() % 2 == 0) bytes[at++] = static_cast<uint8_t>(0x40 | random_() % 16);
      for (uint8_t byte : beginnings.begin()[random_() % beginnings.size()]) bytes[at++] = byte;
      try_bytes(bytes);
      const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
      if (test->result()->total_part_count() > 40) FAIL() << "too many failures";
    }
    std::printf("%lu trials: %u undecodable or trapping, %u fault, %u not modelled; %u compared\n", trials,
                undecodable_, faults_, unmodelled_, compared_);
    EXPECT_GT(compared_, trials / 50);
  }

  Decoder decoder_;
  std::mt19937_64 random_;
  std::unique_ptr<X86Cpu> cpu_ = std::make_unique<X86Cpu>();
  unsigned undecodable_ = 0, faults_ = 0, unmodelled_ = 0, compared_ = 0;
};

// Unicorn 2.0 does not behave as a CPU on these: it is older than the encoding, leaves the emulator to its caller
// (system calls, interrupts, ports), is wrong (lahf with a REX prefix writes spl) or ends the process.
bool beyond_emulation(std::string_view opcode, std::span<const uint8_t> bytes) {
  if (!x86_64::encoding(bytes).empty()) return true;
  auto opening = std::ranges::find_if_not(bytes, x86_64::is_legacy_prefix);
  bool xop = opening != bytes.end() && *opening == 0x8f && !opcode.starts_with("POP");
  if (xop) return true;  // AMD's; a POP to the emulator
  for (std::string_view prefix :
       {"LAHF", "SAHF", "SHLD",    "SHRD",    "IN8",     "IN16",    "IN32",  "OUT",   "INS",    "SYS",    "IRET",
        "LRET", "FAR",  "MOV64cr", "MOV64rc", "MOV64dr", "MOV64rd", "WRMSR", "RDMSR", "VM",     "XBEGIN", "XABORT",
        "XEND", "RSM",  "LLDT",    "LTR",     "LGDT",    "LIDT",    "LMSW",  "MWAIT", "MONITOR"}) {
    if (opcode.starts_with(prefix)) return true;
  }
  // CPUs differ on near branches with an operand size prefix: Intel's ignore it, as the lift does, AMD's do not.
  bool branch = opcode.starts_with("JMP") || opcode.starts_with("CALL") || opcode.starts_with("JCC");
  if (branch && bytes[0] == 0x66) return true;
  bool lock = false;
  for (size_t i = 0; i < bytes.size() && x86_64::is_legacy_prefix(bytes[i]); i++) lock |= bytes[i] == 0xf0;
  if (!lock) return false;
  for (std::string_view prefix : {"ADD", "ADC", "AND", "BTC", "BTR", "BTS", "CMPXCHG", "DEC", "INC", "NEG", "NOT", "OR",
                                  "SBB", "SUB", "XOR", "XADD", "XCHG"}) {
    if (opcode.starts_with(prefix)) return opcode.find('m') == std::string_view::npos;
  }
  return true;  // lock where it is not allowed: a real CPU refuses
}

// Opcodes that a prefix can repeat.
bool is_string(std::string_view opcode) {
  if (opcode.size() != 5) return false;
  for (std::string_view stem : {"MOVS", "STOS", "LODS", "SCAS", "CMPS"}) {
    if (opcode.starts_with(stem)) return true;
  }
  return false;
}

bool writes_segment(const std::string& text) { return text.find("%ss") != std::string::npos; }

void X86Emulation::try_bytes(std::span<const uint8_t> window) {
  const Insn& insn = decoder_.insn(decoder_.decode(window));
  std::span<const uint8_t> bytes = window.first(insn.length);
  std::span<const MicroOp> ops = decoder_.ops(insn);
  bool stops = !ops.empty() && (ops.back().op == Op::Trap || ops.back().op == Op::Syscall);
  if (insn.length == 0 || stops) {
    undecodable_++;
    return;
  }
  std::string text = decoder_.text(window, 0);
  if (beyond_emulation(decoder_.opcode_name(insn.opcode_id), bytes) || writes_segment(text)) return;
  if (std::getenv("OBJHOUND_EMULATION_TRACE")) std::fprintf(stderr, "%s\n", text.c_str());
  uint64_t pc = cpu_->place(bytes);
  if (pc == 0) {
    cpu_ = std::make_unique<X86Cpu>();
    pc = cpu_->place(bytes);
  }
  Flags flags = random_flags();
  X86State state;
  for (uint64_t& reg : state.regs) reg = random_value();
  state.regs[x86_64::kRsp] = X86Cpu::kStack + X86Cpu::kRegionBytes / 2 + random_() % 0x1000 / 8 * 8;
  state.pc = pc;
  state.flags = eflags_of(flags);

  Evaluator claimed;
  for (Reg reg = 0; reg < kRegisters; reg++) claimed.regs[reg] = state.regs[reg];
  claimed.pc = pc;
  claimed.flags = flags;
  claimed.memory = &X86Cpu::before;
  Outcome outcome = claimed.run(ops);
  if (outcome.unmodelled) {
    unmodelled_++;
    return;
  }
  bool done = cpu_->step(state);
  // An exception that Unicorn does not report leaves the CPU where it was.
  bool stuck = insn.flow == Flow::Next && !is_string(decoder_.opcode_name(insn.opcode_id)) && state.pc == pc;
  if (!done || stuck) {
    faults_++;
    cpu_->restore();
    return;
  }
  compared_++;
  bool thread_local_memory = text.find("%fs:") != std::string::npos || text.find("%gs:") != std::string::npos;
  for (uint8_t byte : bytes) text += fmt::format(" {:02x}", byte);
  compare(text + " = " + to_text(ops, x86_64_arch()), claimed, outcome, state, insn, thread_local_memory);
  cpu_->restore();
}

void X86Emulation::compare(const std::string& what, const Evaluator& claimed, const Outcome& outcome,
                           const X86State& after, const Insn& insn, bool thread_local_memory) {
  bool moves_sp =
      outcome.op == Op::Call || outcome.op == Op::CallReg || outcome.op == Op::CallMem || outcome.op == Op::Return;
  for (Reg reg = 0; reg < kRegisters; reg++) {
    if (!claimed.regs[reg]) continue;
    uint64_t expected = *claimed.regs[reg];
    // The return address that a call pushes and a return pops is not spelled out.
    if (reg == x86_64::kRsp && moves_sp) expected += outcome.op == Op::Return ? 8 : -8;
    EXPECT_EQ(expected, after.regs[reg]) << what << ": " << x86_64_arch().registers[reg].name;
  }
  for (int encoding = 0; encoding < 16; encoding++) {
    std::optional<bool> holds = Evaluator::holds(x86_64::condition(encoding), claimed.flags);
    if (holds) {
      EXPECT_EQ(*holds, cpu_condition(encoding, after.flags)) << what << ": condition " << encoding;
    }
  }
  compare_control(what, claimed, outcome, after, insn);
  if (!thread_local_memory) compare_memory(what, claimed, outcome, after);
}

void X86Emulation::compare_control(const std::string& what, const Evaluator& claimed, const Outcome& outcome,
                                   const X86State& after, const Insn& insn) {
  uint64_t next = claimed.pc + insn.length;
  switch (outcome.op) {
    case Op::Copy:
      // A repeated string instruction is emulated element by element.
      EXPECT_TRUE(after.pc == next || (after.pc == claimed.pc && !claimed.regs[x86_64::kRcx])) << what;
      return;
    case Op::Branch:
      if (!outcome.taken) {
        EXPECT_TRUE(after.pc == next || after.pc == *outcome.target) << what;
      } else {
        EXPECT_EQ(after.pc, *outcome.taken ? *outcome.target : next) << what;
      }
      return;
    case Op::Return:
      EXPECT_EQ(after.pc, *X86Cpu::before(*claimed.regs[x86_64::kRsp], 8)) << what;
      return;
    default:
      if (outcome.target) {
        EXPECT_EQ(after.pc, *outcome.target) << what;
      }
  }
}

// Every byte that changed is in a store that is claimed, and has the value that is claimed. Every byte that is claimed
// to be written with a value, or read, was.
void X86Emulation::compare_memory(const std::string& what, const Evaluator& claimed, const Outcome& outcome,
                                  const X86State& after) {
  std::map<uint64_t, bool> explained;
  bool anywhere = false;
  for (const test::Access& store : claimed.stores) {
    anywhere |= store.unknown_extent || !store.address;
    if (!store.address || store.unknown_extent) continue;
    for (unsigned i = 0; i < store.width; i++) {
      uint64_t address = *store.address + i;
      explained[address] = true;
      if (!store.value) continue;
      EXPECT_TRUE(cpu_->written.contains(address)) << what << ": not written";
      if (cpu_->written.contains(address)) {
        EXPECT_EQ(cpu_->byte_after(address), static_cast<uint8_t>(*store.value >> (8 * i))) << what << ": byte " << i;
      }
    }
  }
  if (outcome.op == Op::Call || outcome.op == Op::CallReg || outcome.op == Op::CallMem) {
    for (unsigned i = 0; i < 8; i++) explained[after.regs[x86_64::kRsp] + i] = true;
  }
  for (const auto& [address, unused] : cpu_->written) {
    bool same_as_before = X86Cpu::before(address, 1) == cpu_->byte_after(address);
    EXPECT_TRUE(anywhere || explained.contains(address) || same_as_before)
        << what << ": also written " << std::hex << address;
  }
  for (const test::Access& load : claimed.loads) {
    for (unsigned i = 0; load.address && i < load.width; i++) {
      EXPECT_TRUE(cpu_->read.contains(*load.address + i)) << what << ": not read";
    }
  }
}

TEST_F(X86Emulation, OneByteOpcodes) { try_map({{}}); }
TEST_F(X86Emulation, TwoByteOpcodes) { try_map({{0x0f}}); }
TEST_F(X86Emulation, ThreeByteOpcodes) { try_map({{0x0f, 0x38}, {0x0f, 0x3a}}); }
TEST_F(X86Emulation, Arithmetic) {
  try_map({{0x80}, {0x81}, {0x83}, {0xc0}, {0xc1}, {0xd0}, {0xd1}, {0xd2}, {0xd3}, {0xf6}, {0xf7}, {0xfe}, {0xff}});
}
TEST_F(X86Emulation, Moves) {
  try_map({{0x88}, {0x89}, {0x8a}, {0x8b}, {0x8d}, {0xc6}, {0xc7}, {0x63}, {0x86}, {0x87}, {0x84}, {0x85}, {0x38}});
}
TEST_F(X86Emulation, StackAndStrings) {
  try_map({{0x8f}, {0xff}, {0xc8}, {0xc9}, {0x68}, {0x6a}, {0x9c}, {0xa4}, {0xa5}, {0xaa}, {0xab}, {0xac}, {0xad},
           {0xae}, {0xaf}, {0xa6}, {0xa7}, {0xc3}, {0xe0}, {0xe1}, {0xe2}, {0xe3}, {0xa0}, {0xa1}, {0xa2}, {0xa3}});
}
TEST_F(X86Emulation, ConditionsAndExtensions) {
  try_map({{0x0f, 0xb6},
           {0x0f, 0xb7},
           {0x0f, 0xbe},
           {0x0f, 0xbf},
           {0x0f, 0x44},
           {0x0f, 0x4c},
           {0x0f, 0x47},
           {0x0f, 0x94},
           {0x0f, 0x82},
           {0x7c},
           {0x98},
           {0x99},
           {0x0f, 0xc1},
           {0x0f, 0xb1},
           {0x0f, 0xb3},
           {0x0f, 0xba}});
}

}  // namespace
}  // namespace objhound::oracle
