// What running a program of one architecture needs to know of it, as data: how Unicorn calls its CPU and registers, and
// how a Linux process of it starts and speaks to the kernel. The facts stand in arch-*.cc beside this file; shared code
// reads only the fields.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "oracle/arch.h"

struct uc_struct;

namespace objhound::oracle::witness {

// The system calls that a static program makes before, in and after main(), by what is done for them here. All others
// fail with ENOSYS, as on a kernel that is too old for them.
enum class SystemCall : uint8_t {
  Read,         // nothing is there to be read: end of file
  Write,        // (file, buffer, count)
  WriteVector,  // (file, vector, count)
  Exit,
  Kill,           // the program ends itself by a signal: the last argument
  Break,          // brk
  Map,            // mmap, anonymous only
  Remap,          // mremap: cannot, which allocators cope with
  Unmap,          // munmap
  Succeed,        // does nothing and returns 0: mprotect, madvise, rt_sigaction, ...
  ThreadPointer,  // (operation, address)
  SetTid,         // returns the thread's number
  Limits,         // getrlimit: (resource, result); nothing is limited but the stack
  ProcessLimits,  // prlimit64: (process, resource, new, result)
  Random,         // (buffer, count, flags): the same bytes in every run
  Name,           // uname
  ReadLink,       // the program has no name
  NotATerminal,   // ioctl
  Clock,          // (clock, timespec): stands still
  Refuse,         // fails with ENOSYS, which every program copes with: rseq, newfstatat
};

struct CallNumber {
  uint64_t number;
  SystemCall call;
  uint8_t shift = 0;  // arguments that come before those that SystemCall speaks of
};

struct NamedRegister {
  std::string_view name;  // as in Arch::registers
  int unicorn;
};

struct Target {
  uint16_t elf_machine;
  int unicorn_arch, unicorn_mode;
  int cpu_model;  // without what IFUNCs would choose and Unicorn 2.0.1 cannot do
  std::span<const NamedRegister> registers;
  int pc, sp;  // Unicorn's numbers, as all below
  int call_number;
  std::array<int, 6> call_arguments;
  int call_result;
  std::span<const CallNumber> calls;
  int call_instruction;  // of UC_HOOK_INSN; -1: system calls are interrupts
  uint32_t call_interrupt;
  uint32_t undefined_interrupt;  // an instruction that is not known to the CPU
  int thread_pointer;
  uint64_t set_thread_pointer;  // the operation of SystemCall::ThreadPointer that sets it
  uint64_t hwcap;               // AT_HWCAP
  std::string_view machine;     // of uname, and AT_PLATFORM
  uint64_t address_limit;       // above all addresses of a process
  void (*prepare)(uc_struct*);  // switches on what an operating system switches on before a program runs; may be null
};

// Null if there is none for the machine.
const Target* find_target(uint16_t elf_machine);

}  // namespace objhound::oracle::witness
