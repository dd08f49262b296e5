// An emulated x86-64 CPU (Unicorn) for tests, and what the flags mean to it.
#pragma once

#include <unicorn/unicorn.h>

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <stdexcept>
#include <vector>

#include "oracle/decode/arch-x86-64-lift.h"
#include "oracle/decode/microop-eval_test_support.h"

namespace objhound::oracle::test {

inline constexpr unsigned kRegisters = x86_64::kReturnAddress;  // the sixteen real ones
inline constexpr int kUnicornRegisters[kRegisters] = {
    UC_X86_REG_RAX, UC_X86_REG_RDX, UC_X86_REG_RCX, UC_X86_REG_RBX, UC_X86_REG_RSI, UC_X86_REG_RDI,
    UC_X86_REG_RBP, UC_X86_REG_RSP, UC_X86_REG_R8,  UC_X86_REG_R9,  UC_X86_REG_R10, UC_X86_REG_R11,
    UC_X86_REG_R12, UC_X86_REG_R13, UC_X86_REG_R14, UC_X86_REG_R15,
};

enum FlagBits : uint64_t { kCarry = 1, kParity = 4, kZero = 0x40, kSign = 0x80, kOverflow = 0x800 };

inline uint64_t cut(uint64_t value, unsigned width) {
  return width >= 8 ? value : value & ((uint64_t{1} << (8 * width)) - 1);
}

// The flags that CMP of a with b sets (Intel SDM vol. 2, SUB).
inline uint64_t eflags_of(const Flags& compared) {
  uint64_t sign = uint64_t{1} << (8 * compared.width - 1);
  uint64_t difference = cut(compared.a - compared.b, compared.width);
  uint64_t flags = 2;
  if (compared.a < compared.b) flags |= kCarry;
  if (difference == 0) flags |= kZero;
  if (difference & sign) flags |= kSign;
  if ((compared.a ^ compared.b) & (compared.a ^ difference) & sign) flags |= kOverflow;
  if (__builtin_parityll(difference & 0xff) == 0) flags |= kParity;
  return flags;
}

// Jcc's conditions (Intel SDM vol. 1, appendix B).
inline bool cpu_condition(int encoding, uint64_t flags) {
  bool c = flags & kCarry, z = flags & kZero, s = flags & kSign, o = flags & kOverflow, p = flags & kParity;
  bool base[] = {o, c, z, c || z, s, p, s != o, z || s != o};
  return base[encoding >> 1] != ((encoding & 1) != 0);
}

struct X86State {
  std::array<uint64_t, kRegisters> regs{};
  uint64_t pc = 0;
  uint64_t flags = 0;
};

// A CPU whose whole memory is there: beside the regions that random pointers prefer, pages come into being when they
// are touched, for one trial. What memory holds is a function of its address.
class X86Cpu {
 public:
  static constexpr uint64_t kCode = 0x1000000, kCodeBytes = 0x200000;
  static constexpr uint64_t kData = 0x10000000000, kStack = 0x1fc000000000, kRegionBytes = 0x100000;

  X86Cpu() {
    check(uc_open(UC_ARCH_X86, UC_MODE_64, &uc_));
    check(uc_mem_map(uc_, kCode, kCodeBytes, UC_PROT_ALL));
    check(uc_mem_write(uc_, kCode, std::vector<uint8_t>(kCodeBytes, 0x90).data(), kCodeBytes));
    for (uint64_t region : {kData, kStack}) {
      check(uc_mem_map(uc_, region, kRegionBytes, UC_PROT_READ | UC_PROT_WRITE));
      std::vector<uint8_t> content(kRegionBytes);
      for (uint64_t i = 0; i < kRegionBytes; i++) content[i] = first_content(region + i);
      check(uc_mem_write(uc_, region, content.data(), content.size()));
    }
    uc_hook hook;
    check(
        uc_hook_add(uc_, &hook, UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE, reinterpret_cast<void*>(&on_access), this, 1, 0));
    check(uc_hook_add(uc_, &hook, UC_HOOK_MEM_UNMAPPED, reinterpret_cast<void*>(&on_unmapped), this, 1, 0));
  }
  ~X86Cpu() { uc_close(uc_); }
  X86Cpu(const X86Cpu&) = delete;
  X86Cpu& operator=(const X86Cpu&) = delete;

  // Where the next instruction goes; 0 if there is no space left.
  uint64_t place(std::span<const uint8_t> bytes) {
    constexpr uint64_t kStep = 512;  // short jumps land between the instructions
    if (next_ + kStep > kCode + kCodeBytes) return 0;
    uint64_t at = next_;
    check(uc_mem_write(uc_, at, bytes.data(), bytes.size()));
    check(uc_ctl_remove_cache(uc_, at, at + 16));  // an earlier jump may have looked ahead
    next_ += kStep;
    return at;
  }

  // One instruction from `state`, which becomes the state after it. False if it faults.
  bool step(X86State& state) {
    read.clear();
    written.clear();
    for (Reg reg = 0; reg < kRegisters; reg++) check(uc_reg_write(uc_, kUnicornRegisters[reg], &state.regs[reg]));
    check(uc_reg_write(uc_, UC_X86_REG_EFLAGS, &state.flags));
    bool ok = uc_emu_start(uc_, state.pc, 0, 0, 1) == UC_ERR_OK;
    for (Reg reg = 0; reg < kRegisters; reg++) check(uc_reg_read(uc_, kUnicornRegisters[reg], &state.regs[reg]));
    check(uc_reg_read(uc_, UC_X86_REG_EFLAGS, &state.flags));
    check(uc_reg_read(uc_, UC_X86_REG_RIP, &state.pc));
    return ok;
  }

  // What memory holds before a trial; nothing for code.
  static Value before(uint64_t address, unsigned width) {
    uint64_t value = 0;
    for (unsigned i = 0; i < width; i++) {
      if (address + i - kCode < kCodeBytes) return {};
      value |= uint64_t{first_content(address + i)} << (8 * i);
    }
    return value;
  }
  uint8_t byte_after(uint64_t address) {
    uint8_t byte = 0;
    check(uc_mem_read(uc_, address, &byte, 1));
    return byte;
  }

  // Puts back what the last step overwrote.
  void restore() {
    for (uint64_t page : pages_) check(uc_mem_unmap(uc_, page, kPage));
    pages_.clear();
    for (const auto& [address, unused] : written) {
      uint8_t byte = first_content(address);
      if (address - kData < kRegionBytes || address - kStack < kRegionBytes)
        check(uc_mem_write(uc_, address, &byte, 1));
    }
  }

  std::map<uint64_t, bool> read, written;  // the bytes that the last step accessed

 private:
  static constexpr uint64_t kPage = 0x1000;

  static uint8_t first_content(uint64_t address) {
    uint64_t mixed = (address >> 2) * 0x9e3779b97f4a7c15;
    // Every other word is small, so that what is loaded can be an index, a count or a stack adjustment.
    uint8_t byte = static_cast<uint8_t>(mixed >> (32 + 8 * (address & 3)));
    return (address >> 3 & 1) != 0 && (address & 7) != 0 ? 0 : byte;
  }

  static void check(uc_err error) {
    if (error != UC_ERR_OK) throw std::runtime_error(uc_strerror(error));
  }
  static void on_access(uc_engine*, uc_mem_type type, uint64_t address, int size, int64_t, void* self) {
    auto& bytes = type == UC_MEM_WRITE ? static_cast<X86Cpu*>(self)->written : static_cast<X86Cpu*>(self)->read;
    for (int i = 0; i < size; i++) bytes[address + static_cast<unsigned>(i)] = true;
  }
  static bool on_unmapped(uc_engine* uc, uc_mem_type type, uint64_t address, int size, int64_t, void* self) {
    if (type == UC_MEM_FETCH_UNMAPPED || address >= uint64_t{1} << 46) return false;
    bool any = false;
    for (uint64_t at = address & ~(kPage - 1); at < address + static_cast<unsigned>(size); at += kPage) {
      if (uc_mem_map(uc, at, kPage, UC_PROT_READ | UC_PROT_WRITE) != UC_ERR_OK) continue;
      std::array<uint8_t, kPage> content;
      for (uint64_t i = 0; i < kPage; i++) content[i] = first_content(at + i);
      uc_mem_write(uc, at, content.data(), content.size());
      static_cast<X86Cpu*>(self)->pages_.push_back(at);
      any = true;
    }
    return any;
  }

  uc_engine* uc_ = nullptr;
  uint64_t next_ = kCode + 512;
  std::vector<uint64_t> pages_;
};

}  // namespace objhound::oracle::test
