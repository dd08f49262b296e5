// arm64 programs in Unicorn. System calls: number in x8, arguments in x0 to x5, `svc #0`; numbers in Linux,
// include/uapi/asm-generic/unistd.h. Process start: the same stack as on other Linux machines, x0 is 0.

#include <elf.h>

#include "oracle/witness/target-list.h"
#include "oracle/witness/unicorn.h"

namespace objhound::oracle::witness {
namespace {

constexpr NamedRegister kRegisters[] = {
    {"x0", UC_ARM64_REG_X0},   {"x1", UC_ARM64_REG_X1},   {"x2", UC_ARM64_REG_X2},   {"x3", UC_ARM64_REG_X3},
    {"x4", UC_ARM64_REG_X4},   {"x5", UC_ARM64_REG_X5},   {"x6", UC_ARM64_REG_X6},   {"x7", UC_ARM64_REG_X7},
    {"x8", UC_ARM64_REG_X8},   {"x9", UC_ARM64_REG_X9},   {"x10", UC_ARM64_REG_X10}, {"x11", UC_ARM64_REG_X11},
    {"x12", UC_ARM64_REG_X12}, {"x13", UC_ARM64_REG_X13}, {"x14", UC_ARM64_REG_X14}, {"x15", UC_ARM64_REG_X15},
    {"x16", UC_ARM64_REG_X16}, {"x17", UC_ARM64_REG_X17}, {"x18", UC_ARM64_REG_X18}, {"x19", UC_ARM64_REG_X19},
    {"x20", UC_ARM64_REG_X20}, {"x21", UC_ARM64_REG_X21}, {"x22", UC_ARM64_REG_X22}, {"x23", UC_ARM64_REG_X23},
    {"x24", UC_ARM64_REG_X24}, {"x25", UC_ARM64_REG_X25}, {"x26", UC_ARM64_REG_X26}, {"x27", UC_ARM64_REG_X27},
    {"x28", UC_ARM64_REG_X28}, {"x29", UC_ARM64_REG_X29}, {"x30", UC_ARM64_REG_X30}, {"sp", UC_ARM64_REG_SP},
    {"d8", UC_ARM64_REG_D8},   {"d9", UC_ARM64_REG_D9},   {"d10", UC_ARM64_REG_D10}, {"d11", UC_ARM64_REG_D11},
    {"d12", UC_ARM64_REG_D12}, {"d13", UC_ARM64_REG_D13}, {"d14", UC_ARM64_REG_D14}, {"d15", UC_ARM64_REG_D15},
};

constexpr CallNumber kCalls[] = {
    {29, SystemCall::NotATerminal},   {63, SystemCall::Read},     {64, SystemCall::Write},
    {66, SystemCall::WriteVector},    {78, SystemCall::ReadLink}, {79, SystemCall::Refuse},    // newfstatat
    {80, SystemCall::Refuse},                                                                  // fstat
    {93, SystemCall::Exit},           {94, SystemCall::Exit},                                  // exit_group
    {96, SystemCall::SetTid},                                                                  // set_tid_address
    {99, SystemCall::Succeed},                                                                 // set_robust_list
    {113, SystemCall::Clock},         {129, SystemCall::Kill, 1}, {131, SystemCall::Kill, 2},  // tgkill
    {134, SystemCall::Succeed},                                                                // rt_sigaction
    {135, SystemCall::Succeed},                                                                // rt_sigprocmask
    {160, SystemCall::Name},          {163, SystemCall::Limits},  {172, SystemCall::SetTid},   // getpid
    {178, SystemCall::SetTid},                                                                 // gettid
    {214, SystemCall::Break},         {215, SystemCall::Unmap},   {216, SystemCall::Remap},
    {222, SystemCall::Map},           {226, SystemCall::Succeed},                             // mprotect
    {233, SystemCall::Succeed},                                                               // madvise
    {261, SystemCall::ProcessLimits}, {278, SystemCall::Random},  {293, SystemCall::Refuse},  // rseq
};

// CPACR_EL1.FPEN: floating point and SIMD do not trap (Arm ARM D17.2.33).
void prepare(uc_struct* engine) {
  uint64_t no_traps = 0x300000;
  unicorn().reg_write(engine, UC_ARM64_REG_CPACR_EL1, &no_traps);
}

const Target kTarget = {
    .elf_machine = EM_AARCH64,
    .unicorn_arch = UC_ARCH_ARM64,
    .unicorn_mode = UC_MODE_ARM,
    .cpu_model = UC_CPU_ARM64_A72,
    .registers = kRegisters,
    .pc = UC_ARM64_REG_PC,
    .sp = UC_ARM64_REG_SP,
    .call_number = UC_ARM64_REG_X8,
    .call_arguments = {UC_ARM64_REG_X0, UC_ARM64_REG_X1, UC_ARM64_REG_X2, UC_ARM64_REG_X3, UC_ARM64_REG_X4,
                       UC_ARM64_REG_X5},
    .call_result = UC_ARM64_REG_X0,
    .calls = kCalls,
    .call_instruction = -1,
    .call_interrupt = 2,       // QEMU's EXCP_SWI
    .undefined_interrupt = 1,  // QEMU's EXCP_UDEF
    .thread_pointer = UC_ARM64_REG_TPIDR_EL0,
    .set_thread_pointer = 0,
    .hwcap = 3,  // HWCAP_FP, HWCAP_ASIMD
    .machine = "aarch64",
    .address_limit = uint64_t{1} << 47,
    .prepare = prepare,
};

}  // namespace

const Target& arm64_target() { return kTarget; }

}  // namespace objhound::oracle::witness
