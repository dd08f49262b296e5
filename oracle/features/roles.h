// What stands in a feature for registers and sizes: what a register is for, and how large a distance is.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "oracle/arch.h"

namespace objhound::oracle {

enum class Role : uint8_t { None, Sp, Fp, Link, Saved, Scratch, Pc };
inline constexpr std::array<std::string_view, 7> kRoleNames{"-", "sp", "fp", "ra", "saved", "scratch", "pc"};

inline Role role_of(const Arch& arch, Reg reg) {
  if (reg == kNoReg) return Role::None;
  if (reg == kPcReg) return Role::Pc;
  if (reg == arch.sp) return Role::Sp;
  if (reg == arch.fp) return Role::Fp;
  if (reg == arch.return_address) return Role::Link;
  return (arch.callee_saved & reg_bit(reg)) != 0 ? Role::Saved : Role::Scratch;
}
inline std::string_view to_text(Role role) { return kRoleNames[static_cast<size_t>(role)]; }

// Of a frame or a move of SP. A red zone's size, a page and what probes and large immediates take note of are between
// the classes.
enum class Extent : uint8_t { None, Word, Small, Medium, Large, Huge };
inline constexpr std::array<std::string_view, 6> kExtentNames{"0", "<=16", "<=128", "<=4K", "<=64K", ">64K"};
inline Extent extent_of(uint64_t bytes) {
  return bytes == 0       ? Extent::None
         : bytes <= 16    ? Extent::Word
         : bytes <= 128   ? Extent::Small
         : bytes <= 4096  ? Extent::Medium
         : bytes <= 65536 ? Extent::Large
                          : Extent::Huge;
}
inline std::string_view to_text(Extent extent) { return kExtentNames[static_cast<size_t>(extent)]; }
inline uint64_t magnitude(int64_t value) {
  return value < 0 ? uint64_t{0} - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
}

// How many of something: 0, 1, 2, 3-4, 5-8, ...
inline unsigned count_class(uint64_t count) {
  unsigned bits = 0;
  for (uint64_t left = count == 0 ? 0 : count - 1; left != 0; left >>= 1) ++bits;
  return count == 0 ? 0 : bits + 1;
}
inline constexpr std::array<std::string_view, 12> kCountNames{"0",     "1",     "2",      "3-4",     "5-8",     "9-16",
                                                              "17-32", "33-64", "65-128", "129-256", "257-512", ">512"};
inline std::string_view count_text(unsigned count_class) {
  return kCountNames[count_class < kCountNames.size() ? count_class : kCountNames.size() - 1];
}

// A sequence as "a, b; x3, c": what repeats is said once. `name` gives one element's text.
template <typename Element, typename Name>
std::string sequence_text(std::span<const Element> sequence, std::string_view between, const Name& name) {
  std::string text;
  const auto same = [&](size_t a, size_t b, size_t n) {
    return b + n <= sequence.size() && std::equal(&sequence[a], &sequence[a] + n, &sequence[b]);
  };
  for (size_t i = 0; i < sequence.size();) {
    size_t times[3] = {0, 1, 1};  // that what is one long, and what is two long, stands here
    for (size_t n = 1; n <= 2; ++n) {
      while (i + n <= sequence.size() && same(i, i + n * times[n], n)) ++times[n];
    }
    const size_t n = times[2] > times[1] && times[2] > 1 ? 2 : 1;
    if (!text.empty()) text += between;
    text += n == 1 ? name(sequence[i]) : fmt::format("({}{}{})", name(sequence[i]), between, name(sequence[i + 1]));
    if (times[n] > 1) text += fmt::format(" x{}", times[n]);
    i += n * times[n];
  }
  return text;
}

}  // namespace objhound::oracle
