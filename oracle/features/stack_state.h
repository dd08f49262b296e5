// What of a state tells frames apart, in few bits: where SP is, what the frame pointer is used for, what of the
// callee-saved registers is saved or already the function's own, what the declared row counts the CFA from.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/cfi/rows.h"
#include "oracle/frame/interpreter.h"

namespace objhound::oracle {

enum class SpIs : uint8_t {
  AsAtEntry,
  Above,  // nearer to the caller than at entry: its arguments are popped
  Word,   // below, by the classes of Extent
  Small,
  Medium,
  Large,
  Huge,
  Aligned,
  Moved,   // by an amount that is no constant
  Joined,  // ways with different depths met
  Scalable,
  Elsewhere,
  Approximate,
};
inline constexpr std::array<std::string_view, 13> kSpNames{
    "entry",   "above entry", "cfa<=16", "cfa<=128", "cfa<=4K",   "cfa<=64K",   "cfa>64K",
    "aligned", "moved",       "joined",  "scalable", "elsewhere", "approximate"};
constexpr bool is_dynamic(SpIs sp) { return sp >= SpIs::Aligned && sp <= SpIs::Joined; }
constexpr bool is_frame(SpIs sp) { return sp >= SpIs::Word && sp <= SpIs::Scalable; }

enum class FpIs : uint8_t { Intact, InFrame, Dynamic, Used };
inline constexpr std::array<std::string_view, 4> kFpNames{"as at entry", "in the frame", "in a dynamic frame", "used"};

enum class RaIs : uint8_t { Intact, Saved, SavedOnly, Signed };
inline constexpr std::array<std::string_view, 4> kRaNames{"in place", "saved too", "saved", "signed"};

enum class CfaBy : uint8_t { None, Sp, Fp, Other, Expression };
inline constexpr std::array<std::string_view, 5> kCfaNames{"none", "sp", "fp", "other", "expression"};
CfaBy cfa_by(const Row* row, const Arch& arch);

struct StackState {
  SpIs sp = SpIs::AsAtEntry;
  FpIs fp = FpIs::Intact;
  RaIs ra = RaIs::Intact;
  uint8_t saved = 0;     // count_class of the callee-saved registers, the frame pointer apart, that are in the frame
  bool changed = false;  // a callee-saved register is no more what it was at entry
  bool lost = false;     // one such is not in the frame either
  bool tainted = false;
  bool astray = false;

  uint32_t bits() const {
    return static_cast<uint32_t>(sp) | static_cast<uint32_t>(fp) << 4 | static_cast<uint32_t>(ra) << 6 |
           static_cast<uint32_t>(saved) << 8 | uint32_t{changed} << 12 | uint32_t{lost} << 13 |
           uint32_t{tainted} << 14 | uint32_t{astray} << 15;
  }
  static constexpr unsigned kBits = 16;
};
std::string to_text(const StackState& state);

// What made the dynamic bases of a fixpoint: SpIs::Aligned, Moved or Joined. Numbers are those of `transfer`, which
// gets the bases of the fixpoint here before any of its own.
class Bases {
 public:
  Bases(const Frame& frame, Transfer& transfer);
  SpIs kind(uint16_t base, Transfer& transfer, const Arch& arch);

 private:
  std::vector<SpIs> kinds_;  // from base 1
};

StackState classify(const State& state, const Arch& arch, Bases& bases, Transfer& transfer);
SpIs classify_sp(Value sp, const Arch& arch, Bases& bases, Transfer& transfer);

}  // namespace objhound::oracle
