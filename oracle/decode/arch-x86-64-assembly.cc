// x86-64 assembly text (AT&T syntax), for planted faults: see assembly.h.

#include <fmt/format.h>

#include <array>

#include "oracle/decode/arch-x86-64-lift.h"
#include "oracle/decode/assembly.h"

namespace objhound::oracle::x86_64 {
namespace {

constexpr std::array<std::string_view, kRegisterCount> kNames = {
    "rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", ""};

constexpr std::pair<std::string_view, std::string_view> kJumpsOfCalls[] = {{"call", "jmp"}, {"callq", "jmp"}};

}  // namespace

extern const AssemblyText kAssemblyText = {
    .register_prefix = "%",
    .comment = "#",
    .scratch_for = [](Reg) -> std::string_view { return "rax"; },
    .move_sp = [](int64_t bytes) { return fmt::format("leaq {}(%rsp), %rsp", bytes); },
    .overwrite = [](Reg reg) { return fmt::format("movq $1, %{}", reg < kRegisterCount ? kNames[reg] : ""); },
    .overwrite_return_address = "movq $1, (%rsp)",
    .jumps_of_calls = kJumpsOfCalls,
    .into_instruction = 1,
};

}  // namespace objhound::oracle::x86_64
