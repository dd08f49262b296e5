// Clang's attributes ask for calling conventions that preserve fewer registers than the ABI's (preserve_none,
// swifttailcall, no_callee_saved_registers), and nothing in an object says that a function has one. What can be seen is
// how it behaves: the registers that it does not preserve it takes as it likes, and neither saves them nor gives them
// back; what it saves are registers that it preserves. A function that behaves so in everything is no violation.
// Without rows a save cannot be told from an argument that is put away, and a Clang that is asked for no tables is held
// to the ABI.
//
// Its rows are none either: who calls such a function keeps nothing in those registers, so that an unwinder that takes
// their values from there gives them to nobody who asks.

#include <algorithm>
#include <bit>

#include "oracle/checks/family.h"
#include "oracle/rules/rules.h"

namespace objhound::oracle {
namespace {

// Drafts that say no more than that the function does not preserve a register: it is lost on the way out, or a row that
// nothing is said of it in holds where it has been overwritten.
bool says_not_preserved(const FamilyContext& context, const Draft& draft) {
  if (draft.severity != Severity::Violation) return false;
  if (draft.rule == RuleId::CalleeSavedLost) return true;
  if (draft.rule != RuleId::SavedRegisterWrong) return false;
  const Row* row = context.cfi.row_at(context.place(draft.insn));
  const RegisterRule* rule = row == nullptr ? nullptr : row->rule_for(draft.about);
  return rule == nullptr || rule->kind == RegisterRule::Kind::SameValue;
}

// Callee-saved registers that the function means to preserve: a row says where they are saved, or they get their value
// from entry back after they had another.
RegSet preserved_by(const FamilyContext& context, const Frame& frame) {
  RegSet found = 0;
  for (const CodeRange& range : context.cfg.ranges) {
    const Fde* fde = context.cfi.fde_at({range.section, static_cast<int64_t>(range.begin)});
    if (fde == nullptr) continue;
    for (const RowStart& start : context.cfi.rows_of(*fde))
      for (const RegisterRule& rule : context.cfi.row(start.row).rules)
        if (rule.kind != RegisterRule::Kind::SameValue) found |= reg_bit(rule.of);
  }
  found &= context.arch.callee_saved;
  Transfer transfer(context.arch, context.pool, context.cfg);
  State room;
  for (uint32_t b = 0; b < context.cfg.blocks.size(); ++b) {
    if (!frame.entry[b]) continue;
    Walk walk(*frame.entry[b], room);
    for (uint32_t i = context.cfg.blocks[b].first; i < context.cfg.blocks[b].last; ++i) {
      const Insn& insn = context.insn(i);
      transfer.step(walk, i, insn);
      for (RegSet written = insn.writes & context.arch.callee_saved; written != 0; written &= written - 1) {
        const auto reg = static_cast<Reg>(std::countr_zero(written));
        if (walk.state().reg(reg).is_entry(reg)) found |= reg_bit(reg);
      }
    }
  }
  return found;
}

}  // namespace

void excuse_lesser_convention(const FamilyContext& context, FamilyResult& result) {
  if (!context.contract.by_clang || !context.cfi.present()) return;
  RegSet lost = 0;
  for (const Draft& draft : result.drafts)
    if (says_not_preserved(context, draft)) lost |= reg_bit(draft.about);
  if (lost == 0) return;
  const RegSet saved = preserved_by(context, result.frame);
  const bool fits = std::ranges::any_of(context.arch.lesser_conventions, [&](RegSet preserved) {
    return (lost & preserved) == 0 && (saved & ~preserved) == 0;
  });
  if (!fits) return;
  for (Draft& draft : result.drafts) {
    if (!says_not_preserved(context, draft)) continue;
    draft.severity = Severity::Suspect;
    result.doubts.push_back({Reason::CallConvention, draft.insn,
                             "it preserves no more than a convention does that an attribute may ask for"});
  }
}

}  // namespace objhound::oracle
