// The decoder around the lifts: what is remembered is what would be decoded, hostile bytes do no harm, and the second
// opinion is heard. Architecture facts appear as bytes only; the tests run for every architecture where they can.

#include "oracle/decode/decoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <barrier>
#include <cstring>
#include <random>
#include <thread>

#include "oracle/decode/arch-list.h"

namespace objhound::oracle {
namespace {

using testing::HasSubstr;

std::vector<uint8_t> random_bytes(size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<uint8_t> bytes(count);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
  return bytes;
}

// Compares what two decoders say of the same bytes; indices may differ.
void expect_same(Decoder& a, uint32_t in_a, Decoder& b, uint32_t in_b, const std::string& what) {
  const Insn &x = a.insn(in_a), &y = b.insn(in_b);
  ASSERT_EQ(x.length, y.length) << what;
  EXPECT_EQ(x.flow, y.flow) << what;
  EXPECT_EQ(x.nop, y.nop) << what;
  EXPECT_EQ(x.landing_pad, y.landing_pad) << what;
  EXPECT_EQ(x.computes, y.computes) << what;
  EXPECT_EQ(x.decoders_disagree, y.decoders_disagree) << what;
  EXPECT_EQ(x.opcode_id, y.opcode_id) << what;
  EXPECT_EQ(to_text(a.ops(in_a), a.arch()), to_text(b.ops(in_b), b.arch())) << what;
}

// In a process of its own, as ctest runs it, nothing has registered LLVM's targets yet.
TEST(Decoders, AreMadeByManyThreadsAtOnce) {
  std::barrier start(16);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 16; ++t) {
    threads.emplace_back([&] {
      start.arrive_and_wait();
      for (const Arch* arch : all_archs()) EXPECT_EQ(Decoder(*arch, {}).arch().name, arch->name);
    });
  }
}

std::vector<std::string_view> arch_names() {
  std::vector<std::string_view> names;
  for (const Arch* arch : all_archs()) names.push_back(arch->name);
  return names;
}

class EveryArch : public testing::TestWithParam<std::string_view> {
 protected:
  const Arch& arch = *find_arch(GetParam());
};

INSTANTIATE_TEST_SUITE_P(All, EveryArch, testing::ValuesIn(arch_names()),
                         [](const testing::TestParamInfo<std::string_view>& info) {
                           std::string name(info.param);
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST_P(EveryArch, IsFoundByMachineAndName) {
  EXPECT_EQ(find_arch(arch.elf_machine), &arch);
  for (size_t i = 0; i < arch.registers.size(); i++) {
    if (arch.registers[i].dwarf < 0) continue;
    EXPECT_EQ(reg_from_dwarf(arch, static_cast<uint64_t>(arch.registers[i].dwarf)), i);
  }
  EXPECT_EQ(reg_from_dwarf(arch, 0xffffffffffffffff), kNoReg);
  EXPECT_LT(arch.registers.size(), kMaxRegs);
}

// A decoder that has seen everything says the same as one that sees each instruction first.
TEST_P(EveryArch, RemembersWhatItWouldDecode) {
  Decoder veteran(arch, {});
  // Twice over random bytes with many repetitions of the first few, so that beginnings are shared.
  std::mt19937 random(3);
  std::vector<std::vector<uint8_t>> windows;
  for (unsigned i = 0; i < 4000; i++) {
    std::vector<uint8_t> bytes = random_bytes(16, i);
    for (unsigned k = 0; k < 1 + random() % 5; k++) bytes[k] = static_cast<uint8_t>(0x40 | (random() % 3) << 3);
    for (unsigned k = 3 + random() % 13; k < 16; k++) bytes[k] = 0;
    windows.push_back(bytes);
  }
  std::vector<uint32_t> first;
  for (const auto& window : windows) first.push_back(veteran.decode(window));
  for (size_t i = 0; i < windows.size(); i++) EXPECT_EQ(veteran.decode(windows[i]), first[i]);
  for (size_t i = 0; i < windows.size(); i += 16) {
    Decoder fresh(arch, {});
    expect_same(veteran, first[i], fresh, fresh.decode(windows[i]), fresh.text(windows[i], 0));
  }
}

// What follows an instruction does not matter, and neither does where the bytes end.
TEST_P(EveryArch, OnlyTheInstructionsOwnBytesCount) {
  std::vector<uint8_t> bytes = random_bytes(30000, 5);
  Decoder decoder(arch, {}), tight(arch, {});
  std::span<const uint8_t> rest = bytes;
  while (rest.size() > 16) {
    uint32_t index = decoder.decode(rest);
    size_t length = decoder.insn(index).length;
    if (length != 0) expect_same(decoder, index, tight, tight.decode(rest.first(length)), "tight");
    for (size_t shorter = 0; shorter < length; shorter++) {
      EXPECT_EQ(tight.insn(tight.decode(rest.first(shorter))).length, 0) << tight.text(rest, 0);
    }
    rest = rest.subspan(length ? length : arch.insn_alignment);
  }
}

// With its displacement added again, a shared instruction is what its bytes alone would be; whatever follows other
// bytes.
TEST_P(EveryArch, SharedDisplacementsLoseNothing) {
  std::vector<uint8_t> bytes = random_bytes(60000, 9);
  // Every other displacement is one that was there before: jumps and calls, and what they might be mistaken for.
  for (size_t at = 0; at + 16 < bytes.size(); at += 16) {
    constexpr std::array<std::array<uint8_t, 4>, 6> kStarts = {
        {{0xe8}, {0xe9}, {0x0f, 0x84}, {0x48, 0x8d, 0x05}, {0x83, 0x3d}, {0x66, 0x0f, 0x1f, 0x05}}};
    const auto& start = kStarts[at / 16 % kStarts.size()];
    if (at % 64 == 0) continue;
    std::copy_n(start.begin(), 1 + (start[1] != 0) + (start[2] != 0) + (start[3] != 0), bytes.begin() + at);
  }
  Decoder sharing(arch, {.share_displacements = true}), alone(arch, {});
  size_t displaced = 0;
  for (size_t at = 0; at + 16 < bytes.size(); at += 4) {
    const std::span<const uint8_t> window = std::span(bytes).subspan(at, 16);
    const uint32_t shared = sharing.decode(window), own = alone.decode(window);
    EXPECT_EQ(sharing.decode(window), shared);
    Insn insn = sharing.insn(shared);
    std::vector<MicroOp> ops(sharing.ops(shared).begin(), sharing.ops(shared).end());
    bool any = false;
    for (MicroOp& op : ops) {
      if (!op.displaced) continue;
      op.displaced = false;
      any = true;
      int32_t field;
      std::memcpy(&field, window.data() + op.imm_at, sizeof field);
      op.imm += field;
    }
    displaced += any;
    EXPECT_EQ(to_text(ops, arch), to_text(alone.ops(own), arch));
    EXPECT_EQ(insn.length, alone.insn(own).length);
    EXPECT_EQ(insn.flow, alone.insn(own).flow);
    EXPECT_EQ(insn.decoders_disagree, alone.insn(own).decoders_disagree);
    EXPECT_EQ(insn.opcode_id, alone.insn(own).opcode_id);
  }
  const bool one_length = arch.insn_alignment == arch.max_insn_length;
  EXPECT_EQ(displaced > 2000, !one_length);
}

TEST(Decoder, CallsOfDifferentPlacesAreShared) {
  const uint8_t calls[] = {0xe8, 1, 2, 3, 4, 0xe8, 9, 8, 7, 6}, jumps[] = {0xeb, 1, 0xeb, 2};
  Decoder sharing(x86_64_arch(), {.share_displacements = true}), alone(x86_64_arch(), {});
  auto same = [](Decoder& decoder, std::span<const uint8_t> bytes) {
    return decoder.decode(bytes) == decoder.decode(bytes.subspan(bytes.size() / 2));
  };
  EXPECT_TRUE(same(sharing, calls));
  EXPECT_FALSE(same(alone, calls));
  EXPECT_FALSE(same(sharing, jumps));
}

TEST_P(EveryArch, UndecodableBytesHaveNoLengthAndNoOperations) {
  Decoder decoder(arch, {.second_opinion = false});
  std::vector<uint8_t> bytes = random_bytes(400000, 6);
  size_t undecodable = 0;
  for (size_t at = 0; at + 16 <= bytes.size(); at += 16) {
    std::span<const uint8_t> window = std::span(bytes).subspan(at, 16);
    uint32_t index = decoder.decode(window);
    const Insn& insn = decoder.insn(index);
    EXPECT_EQ(insn.length == 0, insn.flow == Flow::Undecodable);
    if (insn.length != 0) continue;
    undecodable++;
    EXPECT_TRUE(decoder.ops(index).empty());
    EXPECT_EQ(decoder.text(window, 0), "(no instruction)");
  }
  EXPECT_GT(undecodable, 100u);
  EXPECT_EQ(decoder.insn(decoder.decode({})).length, 0);
}

TEST_P(EveryArch, OpcodeNamesAreLlvms) {
  Decoder decoder(arch, {});
  std::vector<uint8_t> bytes = random_bytes(4000, 8);
  for (size_t at = 0; at + 16 <= bytes.size(); at += 16) {
    const Insn& insn = decoder.insn(decoder.decode(std::span(bytes).subspan(at, 16)));
    if (insn.length != 0) {
      EXPECT_NE(decoder.opcode_name(insn.opcode_id), "");
    }
  }
  EXPECT_EQ(decoder.opcode_name(0xffffffff), "");
}

TEST(Decoder, LongPrefixesAreNoInstruction) {
  Decoder decoder(x86_64_arch(), {});
  for (uint8_t prefix : {0x66, 0xf0, 0xf2, 0xf3, 0x2e, 0x48}) {
    std::vector<uint8_t> bytes(16, prefix);
    EXPECT_EQ(decoder.insn(decoder.decode(bytes)).length, 0) << std::hex << unsigned{prefix};
    bytes[15] = 0x90;
    EXPECT_EQ(decoder.insn(decoder.decode(bytes)).length, 0) << std::hex << unsigned{prefix};
  }
}

TEST(Decoder, LockBelongsToItsInstruction) {
  Decoder decoder(x86_64_arch(), {});
  const uint8_t lock_xadd[] = {0xf0, 0x0f, 0xc1, 0x17};
  uint32_t index = decoder.decode(lock_xadd);
  EXPECT_EQ(decoder.insn(index).length, 4);
  EXPECT_FALSE(decoder.insn(index).decoders_disagree);
  EXPECT_EQ(decoder.text(lock_xadd, 0), "lock xaddl %edx, (%rdi)");
  EXPECT_EQ(decoder.insn(decoder.decode(std::span(lock_xadd).first(1))).length, 0);
}

TEST(Decoder, BranchTargetsInTextAreAddresses) {
  Decoder x86(x86_64_arch(), {}), arm(arm64_arch(), {});
  const uint8_t jmp[] = {0xeb, 0x10}, call[] = {0xe8, 0xfb, 0xff, 0xff, 0xff};
  EXPECT_EQ(x86.text(jmp, 0x400), "jmp 0x412");
  EXPECT_EQ(x86.text(call, 0x400), "callq 0x400");
  const uint8_t b[] = {0x04, 0x00, 0x00, 0x14};
  EXPECT_EQ(arm.text(b, 0x400), "b 0x410");
}

TEST(Decoder, SecondOpinionIsHeardOnlyWhenAskedFor) {
  // 0f 1e /r without a prefix that gives it a meaning is a no-op to Capstone and nothing to LLVM.
  const uint8_t reserved_hint[16] = {0x66, 0x0f, 0x1e, 0x2a};
  // LLVM lets lock stand before anything.
  const uint8_t lock_add[16] = {0xf0, 0x04, 0x50};
  Decoder both(x86_64_arch(), {.second_opinion = true}), one(x86_64_arch(), {.second_opinion = false});
  EXPECT_TRUE(both.insn(both.decode(reserved_hint)).decoders_disagree);
  EXPECT_FALSE(one.insn(one.decode(reserved_hint)).decoders_disagree);
  EXPECT_EQ(both.insn(both.decode(reserved_hint)).length, 0);
  EXPECT_TRUE(both.insn(both.decode(lock_add)).decoders_disagree);
  EXPECT_THAT(both.disagreement(reserved_hint), HasSubstr("LLVM: no instruction; Capstone: 4 bytes, nop"));
  EXPECT_THAT(one.disagreement(reserved_hint), HasSubstr("Capstone: not asked"));
}

TEST(Decoder, AGapIsNoDisagreement) {
  const uint8_t vpternlogd[] = {0x62, 0xf3, 0x4d, 0x48, 0x25, 0xf6, 0xff};  // AVX-512: EVEX
  const uint8_t rdpkru[] = {0x0f, 0x01, 0xee};
  Decoder decoder(x86_64_arch(), {});
  for (std::span<const uint8_t> bytes : {std::span<const uint8_t>(vpternlogd), std::span<const uint8_t>(rdpkru)}) {
    EXPECT_THAT(decoder.disagreement(bytes), HasSubstr("Capstone: no instruction"));
    EXPECT_EQ(decoder.insn(decoder.decode(bytes)).length, bytes.size());
    EXPECT_FALSE(decoder.insn(decoder.decode(bytes)).decoders_disagree);
  }
}

TEST(Decoder, CanBeMoved) {
  const uint8_t ret[] = {0xc3};
  Decoder first(x86_64_arch(), {});
  uint32_t index = first.decode(ret);
  Decoder second(std::move(first));
  EXPECT_EQ(second.decode(ret), index);
  EXPECT_EQ(second.insn(index).flow, Flow::Return);
}

}  // namespace
}  // namespace objhound::oracle
