// OH201 to OH205: what must hold where a function is left, by return or by a tail call: SP as at entry, the return
// address in its place, every callee-saved register back.

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "oracle/checks/family.h"

namespace objhound::oracle {
namespace {

struct ExitReporter {
  const FamilyContext& context;
  const State& state;
  uint32_t block_index;
  uint32_t insn;
  bool certain;   // false for a jump that is only taken to be a tail call
  Reason reason;  // for the doubt in that case
  FamilyResult& result;

  void report(RuleId id, Reg about, Value value, std::string message) const {
    if (value.kind == Value::Kind::Approximate) {
      const Reason why = state.astray ? Reason::DynamicStack : Reason::CallConvention;
      result.doubts.push_back({why, insn, "a value that is only approximated is needed here"});
      return;
    }
    const Severity severity = state.tainted || !certain ? Severity::Suspect : rule(id).severity;
    result.drafts.push_back(
        {id, severity, insn, block_index, std::move(message), to_text(value, context.arch), {}, about});
    if (!certain) {
      result.doubts.push_back({reason, insn, "a jump out of the function whose state is not that of a tail call"});
    }
  }
};

// The register that a return jumps through, or kNoReg when it pops its target.
Reg return_register(const FamilyContext& context, uint32_t insn) {
  for (const MicroOp& op : context.ops(insn)) {
    if (op.op == Op::Return) return op.a;
  }
  return kNoReg;
}

// A register is pushed and popped again by the return: a jump to what it holds (inline assembly does so to go where no
// indirect jump may). The caller's value of a register is no place to go to: then an epilogue has gone wrong.
bool returns_to_register(const FamilyContext& context, const Block& block, const State& state) {
  if (block.exit != Exit::Return || !context.arch.return_on_stack || block.last - block.first < 2) return false;
  const Value sp = state.reg(context.arch.sp);
  if (sp.kind != Value::Kind::Cfa || sp.offset >= context.arch.entry_sp) return false;
  const std::span<const MicroOp> ops = context.decoder.ops(context.cfg.insns[block.last - 2].insn);
  const bool moves_sp = std::ranges::any_of(ops, [&](const MicroOp& op) { return op.dst == context.arch.sp; });
  const bool stores =
      std::ranges::any_of(ops, [](const MicroOp& op) { return op.op == Op::Store && op.src < kMaxRegs; });
  return moves_sp && stores && state.slot(sp).kind != Value::Kind::Entry;
}

// The join that made SP what it is, if one did.
const JoinConflict* join_behind(const Frame& frame, Value sp) {
  if (sp.kind != Value::Kind::Dynamic) return nullptr;
  for (const JoinConflict& conflict : frame.conflicts) {
    if (conflict.base != 0 && conflict.base == sp.base) return &conflict;
  }
  return nullptr;
}

// Where names are gone: whether the target is where cold code is kept. Cold code that consists of nothing (GCC leaves
// just a label there where the program cannot get) has the place of whatever comes next, be it a function's. It stands
// among fragments, or one tight behind the other: functions that are meant to be fast are aligned.
bool perhaps_empty_fragment(const FamilyContext& context, uint32_t target) {
  if (target == kNoIndex || context.object.relocatable()) return false;
  const std::span<const Function> functions = context.object.functions();
  constexpr uint32_t kNear = 64;       // functions
  constexpr uint64_t kAlignment = 16;  // bytes; GCC's for functions, on both architectures
  const Function& at = functions[target];
  const auto section = std::ranges::equal_range(functions, at.section, {}, &Function::section);
  const uint32_t index = static_cast<uint32_t>(&at - section.data());
  const uint32_t before = std::min(index, kNear);
  const uint32_t behind = std::min(static_cast<uint32_t>(section.size()) - index, kNear);
  const auto fragment = [](const Function& f) { return f.mid_frame; };
  const auto tight = [](const Function& f) { return !f.named && f.offset % kAlignment != 0; };
  const std::span<const Function> all(section.data(), section.size());
  return std::ranges::any_of(all.subspan(index - std::min(index, 1u), std::min(behind + 1, 3u)), tight) ||
         (std::ranges::any_of(all.subspan(index - before, before), fragment) &&
          std::ranges::any_of(all.subspan(index, behind), fragment));
}

// The register through which the jump at the block's end goes back to the caller, or kNoReg: the return address was
// popped into it (what -mlvi-cfi makes of returns, since no fence fits between the pop and the jump of one
// instruction).
Reg returns_by_jump(const FamilyContext& context, const Block& block, const State& state) {
  const Insn& last = context.insn(block.last - 1);
  if (!context.arch.return_on_stack || last.flow != Flow::JumpIndirect) return kNoReg;
  const Reg through = context.ops(block.last - 1).back().a;
  return through < kMaxRegs && state.reg(through).is_entry(context.arch.return_address) ? through : kNoReg;
}

}  // namespace

void check_exit(const FamilyContext& context, const Frame& frame, uint32_t block_index, const State& state,
                FamilyResult& result) {
  const Arch& arch = context.arch;
  const Block& block = context.cfg.blocks[block_index];
  const Reg popped = returns_by_jump(context, block, state);
  const bool returns = block.exit == Exit::Return || popped != kNoReg;
  const uint32_t insn = block.last - 1;
  const Value sp = state.reg(arch.sp);
  const int64_t above = popped != kNoReg ? -arch.return_slot : block.callee.resolver ? -arch.resolver_arguments : 0;
  const Value wanted = Value::cfa(arch.entry_sp + above);
  const Reg through = returns ? return_register(context, insn) : arch.return_address;
  const Value target = arch.return_on_stack ? state.slot(Value::cfa(arch.return_slot)) : state.reg(through);
  const RegSet lost = arch.callee_saved & ~state.intact();
  if (sp == wanted && target.is_entry(arch.return_address) && lost == 0) return;  // nearly always

  // Where no symbol says that the target is a function, it may be a fragment of this one (stripped files).
  const bool known_target =
      block.callee.function != kNoIndex || block.callee.symbol != kNoIndex || block.callee.resolver;
  const bool direct = block.exit == Exit::TailCall;
  const bool perhaps_nowhere = direct && perhaps_empty_fragment(context, block.callee.function);
  const bool jumps = returns_to_register(context, block, state);
  // What is written by hand may keep addresses of its own code where nobody sees them; and a jump with a stack pointer
  // of another frame (other_frame.cc) goes into that one.
  const bool certain_call = block.exit == Exit::TailCallIndirect && block.bounded && block.successors.empty() &&
                            !context.perhaps_by_hand() && sp.kind == Value::Kind::Cfa;
  const ExitReporter reporter{context,
                              state,
                              block_index,
                              insn,
                              (returns && !jumps) || certain_call || (direct && known_target && !perhaps_nowhere),
                              perhaps_nowhere ? Reason::UnreachableEnd
                              : direct        ? Reason::CallConvention
                                              : Reason::IndirectJump,
                              result};
  const std::string_view leaving = returns ? "at this return" : "at this tail call";

  if (const JoinConflict* join = join_behind(frame, sp)) {
    reporter.report(RuleId::StateConflictAtJoin, arch.sp, sp,
                    fmt::format("{} {} is {} on one path and {} on another", leaving, arch.registers[arch.sp].name,
                                to_text(join->first, arch), to_text(join->second, arch)));
  } else if (!(sp == wanted)) {
    reporter.report(returns ? RuleId::UnbalancedReturn : RuleId::TailCallWithFrame, arch.sp, sp,
                    fmt::format("{} {} is {}, must be {}", leaving, arch.registers[arch.sp].name, to_text(sp, arch),
                                to_text(wanted, arch)));
  }
  if (!target.is_entry(arch.return_address)) {
    reporter.report(RuleId::ReturnAddressLost, arch.return_address, target,
                    fmt::format("{} the return address is {}", leaving, to_text(target, arch)));
  }
  for (RegSet left = lost; left != 0; left &= left - 1) {
    const Reg r = static_cast<Reg>(std::countr_zero(left));
    const Value value = state.reg(r);
    reporter.report(
        RuleId::CalleeSavedLost, r, value,
        fmt::format("{} {} is {}, must be the caller's value", leaving, arch.registers[r].name, to_text(value, arch)));
  }
}

}  // namespace objhound::oracle
