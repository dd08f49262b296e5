#include "oracle/features/stack_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "oracle/features/roles.h"

namespace objhound::oracle {
namespace {

constexpr uint32_t kJoin = kNoIndex;

SpIs made_by(uint32_t insn, const Arch& arch, const Transfer& transfer) {
  if (insn == kJoin) return SpIs::Joined;
  const std::span<const MicroOp> ops = transfer.ops(insn);
  // SP is aligned in place, or gets what a scratch register of the same instruction was aligned to.
  const bool aligned = std::ranges::any_of(ops, [&](const MicroOp& op) {
    return op.op == Op::And && (op.dst == arch.sp || op.dst == kTemp0 || op.dst == kTemp1);
  });
  return aligned ? SpIs::Aligned : SpIs::Moved;
}

}  // namespace

CfaBy cfa_by(const Row* row, const Arch& arch) {
  if (row == nullptr || row->cfa.kind == CfaRule::Kind::Invalid) return CfaBy::None;
  if (row->cfa.kind == CfaRule::Kind::Expression) return CfaBy::Expression;
  return row->cfa.reg == arch.sp ? CfaBy::Sp : row->cfa.reg == arch.fp ? CfaBy::Fp : CfaBy::Other;
}

Bases::Bases(const Frame& frame, Transfer& transfer) {
  // Joins make none in a walk through single blocks: any name that no instruction has will do for theirs.
  constexpr uint32_t kNoBlock = 0x7fffffff;
  for (uint32_t i = 0; i < frame.makers.size(); ++i)
    frame.makers[i] == kJoin ? transfer.base_for_join(kNoBlock - i) : transfer.base_for_insn(frame.makers[i]);
}

SpIs Bases::kind(uint16_t base, Transfer& transfer, const Arch& arch) {
  if (base == 0) return SpIs::Elsewhere;
  if (base > kinds_.size()) {
    const std::vector<uint32_t> makers = transfer.makers_of_bases();
    for (size_t i = kinds_.size(); i < makers.size(); ++i) kinds_.push_back(made_by(makers[i], arch, transfer));
  }
  return base <= kinds_.size() ? kinds_[base - 1u] : SpIs::Elsewhere;
}

SpIs classify_sp(Value sp, const Arch& arch, Bases& bases, Transfer& transfer) {
  switch (sp.kind) {
    case Value::Kind::Cfa: {
      const int64_t depth = int64_t{arch.entry_sp} - sp.offset;
      if (depth < 0) return SpIs::Above;
      static_assert(static_cast<int>(SpIs::Word) == static_cast<int>(Extent::Word) + 1);
      return depth == 0 ? SpIs::AsAtEntry
                        : static_cast<SpIs>(static_cast<int>(extent_of(static_cast<uint64_t>(depth))) + 1);
    }
    case Value::Kind::Dynamic:
      return sp.base >= Value::kScalable ? SpIs::Scalable : bases.kind(sp.base, transfer, arch);
    case Value::Kind::Approximate:
      return SpIs::Approximate;
    default:
      return SpIs::Elsewhere;
  }
}

StackState classify(const State& state, const Arch& arch, Bases& bases, Transfer& transfer) {
  StackState is;
  is.sp = classify_sp(state.reg(arch.sp), arch, bases, transfer);
  const Value fp = state.reg(arch.fp);
  is.fp = fp.is_entry(arch.fp)              ? FpIs::Intact
          : fp.kind == Value::Kind::Cfa     ? FpIs::InFrame
          : fp.kind == Value::Kind::Dynamic ? FpIs::Dynamic
                                            : FpIs::Used;
  RegSet saved = 0;
  for (const Slot& slot : state.slots()) {
    if (slot.value.kind == Value::Kind::Entry) saved |= reg_bit(slot.value.reg);
  }
  const RegSet others = arch.callee_saved & ~reg_bit(arch.fp);
  is.saved = static_cast<uint8_t>(count_class(static_cast<unsigned>(std::popcount(saved & others))));
  is.changed = (others & ~state.intact()) != 0;
  is.lost = (arch.callee_saved & ~state.intact() & ~saved) != 0;
  if (!arch.return_on_stack) {
    const Value ra = state.reg(arch.return_address);
    const bool in_place = ra.kind == Value::Kind::Entry && ra.reg == arch.return_address;
    const bool kept = (saved & reg_bit(arch.return_address)) != 0;
    is.ra = in_place && ra.base != 0 ? RaIs::Signed
            : in_place && kept       ? RaIs::Saved
            : kept                   ? RaIs::SavedOnly
                                     : RaIs::Intact;
  }
  is.tainted = state.tainted;
  is.astray = state.astray;
  return is;
}

std::string to_text(const StackState& state) {
  return fmt::format("sp {}, fp {}, ra {}, {} saved{}{}{}{}", kSpNames[static_cast<size_t>(state.sp)],
                     kFpNames[static_cast<size_t>(state.fp)], kRaNames[static_cast<size_t>(state.ra)],
                     count_text(state.saved), state.changed ? ", some changed" : "", state.lost ? ", some lost" : "",
                     state.tainted ? ", doubtful" : "", state.astray ? ", some astray" : "");
}

}  // namespace objhound::oracle
