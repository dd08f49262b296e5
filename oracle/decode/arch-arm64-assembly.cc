// arm64 assembly text, for planted faults: see assembly.h.

#include <fmt/format.h>

#include "oracle/decode/arch-arm64-lift.h"
#include "oracle/decode/assembly.h"

namespace objhound::oracle::arm64 {
namespace {

constexpr std::pair<std::string_view, std::string_view> kJumpsOfCalls[] = {{"bl", "b"}, {"blr", "br"}};

}  // namespace

extern const AssemblyText kAssemblyText = {
    .register_prefix = "",
    .comment = "//",
    .scratch_for = [](Reg reg) -> std::string_view { return reg >= kD8 ? "d31" : "x9"; },
    .move_sp =
        [](int64_t bytes) {
          return fmt::format("{} sp, sp, #{}", bytes < 0 ? "sub" : "add", bytes < 0 ? -bytes : bytes);
        },
    .overwrite =
        [](Reg reg) {
          return reg >= kD8 ? fmt::format("fmov d{}, #1.0", reg - kD8 + 8) : fmt::format("mov x{}, #1", reg);
        },
    .overwrite_return_address = "mov x30, #1",
    .jumps_of_calls = kJumpsOfCalls,
    .into_instruction = 2,
};

}  // namespace objhound::oracle::arm64
