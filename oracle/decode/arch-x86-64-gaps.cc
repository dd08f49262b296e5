// Where Capstone 4 and LLVM 19 are known to differ on x86-64, and why that is no news about the code.
//
// Found by decoding random bytes of every opcode map with both; what is left after this table is worth a look.

#include <algorithm>
#include <array>

#include "oracle/decode/arch-x86-64-lift.h"

namespace objhound::oracle::x86_64 {
namespace {

constexpr auto kGaps = std::to_array<DecoderGap>({
    {"", "AVX-512 and later: most of it came after Capstone 4", "EVEX"},
    {"", "APX (2023): registers r16 to r31", "REX2"},
    {"KADD", "AVX-512DQ and BW: operations on mask registers"},
    {"KAND", "AVX-512DQ and BW: operations on mask registers"},
    {"KMOV", "AVX-512DQ and BW: operations on mask registers"},
    {"KNOT", "AVX-512DQ and BW: operations on mask registers"},
    {"KOR", "AVX-512DQ and BW: operations on mask registers"},
    {"KSHIFT", "AVX-512DQ and BW: operations on mask registers"},
    {"KTEST", "AVX-512DQ and BW: operations on mask registers"},
    {"KUNPCK", "AVX-512DQ and BW: operations on mask registers"},
    {"KXNOR", "AVX-512DQ and BW: operations on mask registers"},
    {"KXOR", "AVX-512DQ and BW: operations on mask registers"},
    {"VBROADCASTI128rm", "AVX2: missing in Capstone 4"},
    {"VAESDECLASTY", "VAES (2017)"},
    {"VAESDECY", "VAES (2017)"},
    {"VAESENCLASTY", "VAES (2017)"},
    {"VAESENCY", "VAES (2017)"},
    {"VPCLMULQDQY", "VPCLMULQDQ (2017)"},
    {"GF2P8", "GFNI (2017)"},
    {"VGF2P8", "GFNI (2017)"},
    {"VPDP", "AVX-VNNI (2020) and its INT8 and INT16 forms"},
    {"VPMADD52", "AVX-IFMA (2020)"},
    {"VBCSTNE", "AVX-NE-CONVERT (2022)"},
    {"VCVTNE", "AVX-NE-CONVERT (2022)"},
    {"VSHA512", "SHA512 (2022)"},
    {"VSM3", "SM3 (2022)"},
    {"VSM4", "SM4 (2022)"},
    {"LDTILECFG", "AMX (2020)"},
    {"STTILECFG", "AMX (2020)"},
    {"TILE", "AMX (2020)"},
    {"TDP", "AMX (2020)"},
    {"TCMM", "AMX-COMPLEX (2022)"},
    {"AADD", "RAO-INT (2022)"},
    {"AAND", "RAO-INT (2022)"},
    {"AOR", "RAO-INT (2022)"},
    {"AXOR", "RAO-INT (2022)"},
    {"CMPCCXADD", "CMPCCXADD (2022)"},
    {"AESDEC128KL", "Key Locker (2020)"},
    {"AESDEC256KL", "Key Locker (2020)"},
    {"AESDECWIDE", "Key Locker (2020)"},
    {"AESENC128KL", "Key Locker (2020)"},
    {"AESENC256KL", "Key Locker (2020)"},
    {"AESENCWIDE", "Key Locker (2020)"},
    {"ENCODEKEY", "Key Locker (2020)"},
    {"LOADIWKEY", "Key Locker (2020)"},
    {"INCSSP", "CET shadow stack (2019)"},
    {"RDSSP", "CET shadow stack (2019)"},
    {"RSTORSSP", "CET shadow stack (2019)"},
    {"SAVEPREVSSP", "CET shadow stack (2019)"},
    {"SETSSBSY", "CET shadow stack (2019)"},
    {"WRSS", "CET shadow stack (2019)"},
    {"WRUSS", "CET shadow stack (2019)"},
    {"CLUI", "user interrupts (2020)"},
    {"STUI", "user interrupts (2020)"},
    {"TESTUI", "user interrupts (2020)"},
    {"UIRET", "user interrupts (2020)"},
    {"SENDUIPI", "user interrupts (2020)"},
    {"ENQCMD", "ENQCMD (2019)"},
    {"MOVDIR", "MOVDIRI and MOVDIR64B (2018)"},
    {"PTWRITE", "PTWRITE (2017)"},
    {"SERIALIZE", "SERIALIZE (2020)"},
    {"HRESET", "HRESET (2020)"},
    {"TPAUSE", "WAITPKG (2018)"},
    {"UMONITOR", "WAITPKG (2018)"},
    {"UMWAIT", "WAITPKG (2018)"},
    {"XRESLDTRK", "TSXLDTRK (2020)"},
    {"XSUSLDTRK", "TSXLDTRK (2020)"},
    {"RDPKRU", "protection keys: missing in Capstone 4"},
    {"WRPKRU", "protection keys: missing in Capstone 4"},
    {"URDMSR", "USER_MSR (2023)"},
    {"UWRMSR", "USER_MSR (2023)"},
    {"RDMSRLIST", "MSRLIST (2022)"},
    {"WRMSR", "MSRLIST and WRMSRNS (2022)"},
    {"LKGS", "FRED (2021)"},
    {"ERET", "FRED (2021)"},
    {"ENCLV", "SGX (2018)"},
    {"PCONFIG", "PCONFIG (2018)"},
    {"PBNDKB", "PBNDKB (2022)"},
    {"SEAM", "TDX (2020)"},
    {"TDCALL", "TDX (2020)"},
    {"CLZERO", "AMD Zen"},
    {"MONITORX", "AMD Zen"},
    {"MWAITX", "AMD Zen"},
    {"RDPRU", "AMD Zen 2"},
    {"INVLPGB", "AMD Zen 3"},
    {"TLBSYNC", "AMD Zen 3"},
    {"PSMASH", "AMD SEV-SNP"},
    {"PVALIDATE", "AMD SEV-SNP"},
    {"RMP", "AMD SEV-SNP"},
    {"PREFETCH", "hint space 0f 0d: Capstone 4 knows some of the hints"},
    {"NOOP", "hint space 0f 1f: Capstone 4 knows the forms with memory operands"},
    {"LFENCE", "the fences' ignored bits: Capstone 4 wants them 0"},
    {"MFENCE", "the fences' ignored bits: Capstone 4 wants them 0"},
    {"SFENCE", "the fences' ignored bits: Capstone 4 wants them 0"},
    {"UD1", "Capstone 4 does not read its operands (Clang traps with them)"},
    {"LOOP", "Capstone 4 does not call it a jump"},
    {"SYSRET", "Capstone 4 calls it a return"},
    {"SYSEXIT", "Capstone 4 calls it a return"},
});

}  // namespace

std::span<const DecoderGap> capstone_gaps() { return kGaps; }

std::string_view encoding(std::span<const uint8_t> bytes) {
  for (uint8_t byte : bytes) {
    if (is_legacy_prefix(byte)) continue;
    return byte == 0x62 ? "EVEX" : byte == 0xd5 ? "REX2" : "";
  }
  return "";
}

}  // namespace objhound::oracle::x86_64
