// OH206: the stack pointer is a multiple of 16 wherever control goes to code that may rely on it. A callee that saves a
// vector with an aligned store faults otherwise; on arm64 the CPU itself checks SP whenever it is the base of an
// access.
//
// What GCC does not align on x86-64 are calls of functions of the same file that it has compiled before and found to
// need no alignment (expand_call, preferred_incoming_stack_boundary): such a call proves nothing. Neither does the call
// of a hook that the compiler makes at a function's entry (Arch::entry_hooks).

#include <fmt/format.h>

#include <algorithm>

#include "oracle/checks/stack_access.h"

namespace objhound::oracle {
namespace {

// The outermost frame (DWARF 5, 6.4.4) is entered by no call: where its stack begins is the kernel's to say
// (psABI 3.4.1).
bool is_outermost(const FamilyContext& context, uint32_t insn) {
  const Row* row = context.cfi.row_at(context.place(insn));
  const RegisterRule* way_back = row == nullptr ? nullptr : row->rule_for(context.arch.return_address);
  return way_back != nullptr && way_back->kind == RegisterRule::Kind::Undefined;
}

// Whether the callee may count on the ABI.
bool owes_alignment(const FamilyContext& context, const Block& block) {
  if (!block.ends_in_call || block.inlined_call || block.call_as_push) return false;
  if (context.arch.local_calls_are_aligned) return true;
  if (block.callee.function != kNoIndex || block.callee.place.valid()) return false;
  if (block.callee.symbol == kNoIndex) return true;
  const std::string_view name = context.object.symbols()[block.callee.symbol].name;
  const std::span<const std::string_view> hooks = context.arch.entry_hooks;
  return name != context.contract.entry_hook && std::ranges::find(hooks, name) == hooks.end();
}

}  // namespace

void StackAccessCheck::check_alignment(uint32_t block_index, uint32_t insn, const State& before) {
  const Arch& arch = context_.arch;
  const Value sp = before.reg(arch.sp);
  if (sp.kind == Value::Kind::Cfa && is_aligned(sp)) return;
  if (context_.range(insn).inlined) return;
  const Block& block = context_.cfg.blocks[block_index];
  const bool call = insn + 1 == block.last && owes_alignment(context_, block);
  const std::span<const MicroOp> ops = context_.ops(insn);
  const bool access = arch.sp_is_checked && std::ranges::any_of(ops, [&](const MicroOp& op) {
                        const bool memory = op.op == Op::Load || op.op == Op::Store || op.op == Op::StoreConst;
                        return memory && op.a == arch.sp;
                      });
  if ((!call && !access) || low_bits_.of(sp).value_or(0) == 0 || is_outermost(context_, insn)) return;
  // Flags that are not known may have asked for less.
  const bool certain = context_.contract.flags_known || access;
  if (!certain) result_.doubts.push_back({Reason::CallConvention, insn, "the stack is not aligned at this call"});
  report(RuleId::MisalignedStack, block_index, insn, before,
         fmt::format("at this {} {} is {}, {} above a multiple of {}", call ? "call" : "access",
                     arch.registers[arch.sp].name, to_text(sp, arch), *low_bits_.of(sp), arch.stack_alignment),
         call ? "at a call" : "at an access", certain);
}

}  // namespace objhound::oracle
