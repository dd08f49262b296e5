// x86-64 programs in Unicorn. System calls: psABI A.2.1 (number in rax, arguments in rdi, rsi, rdx, r10, r8, r9) and
// Linux, arch/x86/entry/syscalls/syscall_64.tbl. Process start: psABI 3.4.1.

#include <elf.h>
#include <unicorn/unicorn.h>

#include "oracle/witness/target-list.h"

namespace objhound::oracle::witness {
namespace {

constexpr NamedRegister kRegisters[] = {
    {"rax", UC_X86_REG_RAX}, {"rdx", UC_X86_REG_RDX}, {"rcx", UC_X86_REG_RCX}, {"rbx", UC_X86_REG_RBX},
    {"rsi", UC_X86_REG_RSI}, {"rdi", UC_X86_REG_RDI}, {"rbp", UC_X86_REG_RBP}, {"rsp", UC_X86_REG_RSP},
    {"r8", UC_X86_REG_R8},   {"r9", UC_X86_REG_R9},   {"r10", UC_X86_REG_R10}, {"r11", UC_X86_REG_R11},
    {"r12", UC_X86_REG_R12}, {"r13", UC_X86_REG_R13}, {"r14", UC_X86_REG_R14}, {"r15", UC_X86_REG_R15},
};

constexpr CallNumber kCalls[] = {
    {0, SystemCall::Read},
    {1, SystemCall::Write},
    {5, SystemCall::Refuse},  // fstat
    {9, SystemCall::Map},
    {10, SystemCall::Succeed},  // mprotect
    {11, SystemCall::Unmap},
    {12, SystemCall::Break},
    {13, SystemCall::Succeed},  // rt_sigaction
    {14, SystemCall::Succeed},  // rt_sigprocmask
    {16, SystemCall::NotATerminal},
    {20, SystemCall::WriteVector},
    {25, SystemCall::Remap},
    {28, SystemCall::Succeed},  // madvise
    {39, SystemCall::SetTid},   // getpid
    {60, SystemCall::Exit},
    {62, SystemCall::Kill, 1},
    {63, SystemCall::Name},
    {89, SystemCall::ReadLink},
    {97, SystemCall::Limits},
    {158, SystemCall::ThreadPointer},  // arch_prctl
    {186, SystemCall::SetTid},         // gettid
    {218, SystemCall::SetTid},         // set_tid_address
    {228, SystemCall::Clock},
    {231, SystemCall::Exit},     // exit_group
    {234, SystemCall::Kill, 2},  // tgkill
    {262, SystemCall::Refuse},   // newfstatat
    {267, SystemCall::ReadLink},
    {273, SystemCall::Succeed},  // set_robust_list
    {302, SystemCall::ProcessLimits},
    {318, SystemCall::Random},
    {334, SystemCall::Refuse},  // rseq
};

// Unicorn's default, a CPU without AVX: glibc's IFUNCs then choose code for SSE2, which Unicorn can do.
const Target kTarget = {
    .elf_machine = EM_X86_64,
    .unicorn_arch = UC_ARCH_X86,
    .unicorn_mode = UC_MODE_64,
    .cpu_model = UC_CPU_X86_QEMU64,
    .registers = kRegisters,
    .pc = UC_X86_REG_RIP,
    .sp = UC_X86_REG_RSP,
    .call_number = UC_X86_REG_RAX,
    .call_arguments = {UC_X86_REG_RDI, UC_X86_REG_RSI, UC_X86_REG_RDX, UC_X86_REG_R10, UC_X86_REG_R8, UC_X86_REG_R9},
    .call_result = UC_X86_REG_RAX,
    .calls = kCalls,
    .call_instruction = UC_X86_INS_SYSCALL,
    .call_interrupt = 0,
    .undefined_interrupt = 6,  // #UD
    .thread_pointer = UC_X86_REG_FS_BASE,
    .set_thread_pointer = 0x1002,  // ARCH_SET_FS
    .hwcap = 0x178bfbff,           // CPUID.1:EDX of a CPU with SSE2
    .machine = "x86_64",
    .address_limit = uint64_t{1} << 47,
    .prepare = nullptr,
};

}  // namespace

const Target& x86_64_target() { return kTarget; }

}  // namespace objhound::oracle::witness
