// OH309: a rule that still names a slot after the slot is given up. The value is there by luck: the row is right as
// long as nobody writes there, and below the stack pointer a signal handler may, at any instruction, and a callee does.
//
// What protects memory below the stack pointer is the red zone of the ABI, if it has one: x86-64 keeps 128 bytes from
// signal and interrupt handlers (psABI 3.2.2), so GCC and Clang leave their rules as they are while an epilogue pops.
// Where there is none, GCC takes each rule back (DW_CFA_restore) at the instruction that restores the register.
//
// -mno-red-zone alone makes such a row wrong by the letter, and Clang writes it in every epilogue (docs/findings/006).
// On Linux the value is not lost all the same: the kernel steps over the 128 bytes when it delivers a signal, whatever
// the program was compiled with. So it is advice there, and a violation where the value can be lost: where the ABI has
// no red zone, beyond its end, and at calls, whose return address and frames go there.

#include <fmt/format.h>

#include "oracle/checks/evaluate.h"
#include "oracle/checks/stack_access.h"
#include "oracle/checks/unwind.h"

namespace objhound::oracle {
// The row's CFA is right, and each register's rule was held against the state already.
void UnwindCheck::check_slots(uint32_t insn, const State& state, const Row& row) {
  const Arch& arch = context_.arch;
  if (slots_are_above_sp(state)) return;  // the common case
  const Value top = state.reg(arch.sp);
  const Flow flow = context_.insn(insn).flow;
  const bool call = flow == Flow::Call || flow == Flow::CallIndirect;
  const bool zone_keeps = !call && context_.contract.red_zone;
  if (zone_keeps && top.kind == Value::Kind::Cfa && top.offset <= lowest_slot_ + arch.red_zone) return;
  const RegSet saved = context_.cfg.outlined_helper ? 0 : arch.callee_saved;
  const RegSet wanted = saved | reg_bit(arch.return_address);
  for (const RegisterRule& rule : row.rules) {
    if (!(wanted & reg_bit(rule.of))) continue;
    const std::optional<Value> address = saved_at(rule, state, context_.cfi, context_.address(insn));
    if (!address || !state.slot(*address).is_entry(rule.of)) continue;
    const std::optional<int64_t> depth = depth_below(top, *address);
    if (!depth) continue;
    const bool in_zone = !call && *depth <= int64_t{arch.red_zone};
    if (in_zone && context_.contract.red_zone) continue;
    report(RuleId::StaleSlot, insn, state,
           fmt::format("the row [{}] recovers {} from {}, {} bytes below {}{}", to_text(row, context_.cfi, arch),
                       arch.registers[rule.of].name, to_text(*address, arch), *depth, arch.registers[arch.sp].name,
                       call      ? ", where the callee's frame will be"
                       : in_zone ? ", without a red zone"
                                 : ", where nothing preserves it"),
           call      ? "at a call"
           : in_zone ? "red zone switched off"
                     : "below",
           rule.of, in_zone ? Severity::Advice : Severity::Violation);
  }
}

}  // namespace objhound::oracle
