#include "oracle/checks/question.h"

#include <fmt/format.h>

#include <algorithm>

#include "oracle/checks/evaluate.h"
#include "oracle/checks/stack_access.h"

namespace objhound::oracle {
namespace {

// By which kind of operation a register gets its new value, where that tells a step of a prologue or an epilogue from
// anything else: SP moves with what is pushed or popped, a register comes back from the stack.
std::string_view means(std::span<const MicroOp> ops, Reg reg, const Arch& arch, const State& before, bool lowered) {
  const auto any = [&](auto&& is) { return std::ranges::any_of(ops, is); };
  if (!any([&](const MicroOp& op) { return writes_register(op, reg); })) return " by a call";
  if (reg == arch.sp && lowered)
    return any([](const MicroOp& op) { return op.op == Op::Store || op.op == Op::StoreConst; }) ? " by a store" : "";
  const bool loaded = any([&](const MicroOp& op) {
    return op.op == Op::Load && (reg == arch.sp || (op.dst == reg && Transfer::address(before, op).is_stack()));
  });
  return loaded ? " by a load" : "";
}

bool comparable(Value a, Value b) { return a.is_stack() && a.kind == b.kind && a.base == b.base; }

std::string_view direction(int64_t from, int64_t to) { return to > from ? "more" : to < from ? "less" : "as much"; }

}  // namespace

std::optional<Question> Question::of(const FamilyContext& context, const Draft& draft) {
  const Arch& arch = context.arch;
  switch (draft.rule) {
    case RuleId::CfaWrong:
      return Question(context, Kind::Cfa, kNoReg);
    case RuleId::SavedRegisterWrong:
    case RuleId::ReturnAddressRuleWrong:
      return Question(context, Kind::Recovered, draft.about);
    case RuleId::StaleSlot:
      return Question(context, Kind::Safe, draft.about);
    case RuleId::RaSigningStateWrong:
      return Question(context, Kind::Signed, arch.return_address);
    case RuleId::StateConflictAtJoin:
      return draft.about == kNoReg ? Question(context, Kind::Cfa, kNoReg) : Question(context, Kind::Kept, draft.about);
    case RuleId::UnbalancedReturn:
    case RuleId::TailCallWithFrame:
    case RuleId::MisalignedStack:
      return Question(context, Kind::Kept, arch.sp);
    case RuleId::CalleeSavedLost:
      return Question(context, Kind::Kept, draft.about);
    case RuleId::ReturnAddressLost:
      return Question(context, Kind::Kept, arch.return_address);
    default:
      return std::nullopt;
  }
}

RegisterRule Question::rule_in(const Row& row) const {
  const RegisterRule* explicit_rule = row.rule_for(reg_);
  return explicit_rule != nullptr ? *explicit_rule : RegisterRule{.of = reg_};
}

// What a register is for that addresses are computed from. Preserved registers are as good as one another.
std::string Question::role(Reg reg) const {
  const Arch& arch = context_->arch;
  if (reg == arch.sp) return "sp";
  if (reg == arch.fp) return "fp";
  if (reg == arch.return_address) return "return address";
  return (arch.callee_saved & reg_bit(reg)) != 0 ? "preserved register" : "other register";
}

std::string Question::subject() const {
  return kind_ == Kind::Cfa ? "cfa" : reg_ == context_->arch.fp ? "preserved register" : role(reg_);
}

bool Question::right(uint32_t insn, const State& state, const Row* row) const {
  if (row == nullptr || !asks_row()) return true;
  const uint64_t pc = context_->address(insn);
  if (kind_ == Kind::Cfa) {
    const std::optional<Value> cfa = evaluate_cfa(row->cfa, state, context_->cfi, pc);
    return !cfa || *cfa == Value::cfa(0);
  }
  const RegisterRule rule = rule_in(*row);
  if (kind_ == Kind::Safe) {
    const std::optional<Value> address = saved_at(rule, state, context_->cfi, pc);
    return !address || !depth_below(state.reg(context_->arch.sp), *address);
  }
  if (rule.kind == RegisterRule::Kind::Undefined) return true;
  const std::optional<Value> value = evaluate_register(rule, state, context_->cfi, pc);
  if (!value) return true;
  const bool recovered = value->kind == Value::Kind::Entry && value->reg == reg_;
  return kind_ == Kind::Signed ? !recovered || (value->base != 0) == row->return_address_signed : recovered;
}

Value Question::value(const State& state) const {
  const Arch& arch = context_->arch;
  return reg_ == arch.return_address && arch.return_on_stack ? state.slot(Value::cfa(arch.return_slot))
                                                             : state.reg(reg_);
}

std::string Question::register_deed(std::string_view name, Reg reg, uint32_t insn, const State& before,
                                    const State& after) const {
  const Value from = before.reg(reg), to = after.reg(reg);
  if (from == to) return "";
  const std::string_view verb = comparable(from, to) ? to.offset < from.offset ? "lowered" : "raised"
                                : to.is_entry(reg)   ? "given back"
                                : to.is_stack()      ? "pointed at the frame"
                                : to.kind == Value::Kind::Entry && to.reg == reg ? "signed"
                                : to.kind == Value::Kind::Entry                  ? "given another register's value"
                                                                                 : "overwritten";
  const std::span<const MicroOp> ops = context_->decoder.ops(context_->cfg.insns[insn].insn);
  return fmt::format("{} {}{}", name, verb, means(ops, reg, context_->arch, before, verb == "lowered"));
}

std::string Question::expression_deed(uint32_t expression, uint32_t insn, const State& before,
                                      const State& after) const {
  for (const ExprOp& op : context_->cfi.expression(expression)) {
    if (op.kind != ExprOp::Kind::PushRegister || op.reg == kPcReg) continue;
    if (std::string deed = register_deed(role(op.reg), op.reg, insn, before, after); !deed.empty()) return deed;
  }
  return before.slots() == after.slots() ? "" : "memory written";
}

std::string Question::deed(uint32_t insn, const State& before, const State& after, const Row* row) const {
  const Arch& arch = context_->arch;
  if (!asks_row() || row == nullptr) {
    return reg_ == arch.return_address && arch.return_on_stack ? "memory written"
                                                               : register_deed("it", reg_, insn, before, after);
  }
  if (kind_ == Kind::Safe) return register_deed("sp", arch.sp, insn, before, after);
  if (kind_ == Kind::Cfa) {
    return row->cfa.kind == CfaRule::Kind::Expression
               ? expression_deed(row->cfa.expression, insn, before, after)
               : register_deed(role(row->cfa.reg), row->cfa.reg, insn, before, after);
  }
  const RegisterRule rule = rule_in(*row);
  switch (rule.kind) {
    case RegisterRule::Kind::SameValue:
      return register_deed("it", reg_, insn, before, after);
    case RegisterRule::Kind::InRegister:
      return register_deed(role(rule.reg), rule.reg, insn, before, after);
    case RegisterRule::Kind::AtExpression:
    case RegisterRule::Kind::ValueExpression:
      return expression_deed(rule.expression, insn, before, after);
    case RegisterRule::Kind::AtRegister:
      if (std::string deed = register_deed(role(rule.reg), rule.reg, insn, before, after); !deed.empty()) return deed;
      return before.slots() == after.slots() ? "" : "memory written";
    default:
      return before.slots() == after.slots() ? "" : "memory written";
  }
}

std::string Question::part(const Row* row) const {
  if (row == nullptr) return "no row";
  if (kind_ == Kind::Cfa) {
    return row->cfa.kind == CfaRule::Kind::RegisterOffset ? role(row->cfa.reg)
           : row->cfa.kind == CfaRule::Kind::Expression   ? "expression"
                                                          : "nothing";
  }
  switch (rule_in(*row).kind) {
    case RegisterRule::Kind::SameValue:
      return "in place";
    case RegisterRule::Kind::Undefined:
      return "lost";
    case RegisterRule::Kind::AtCfa:
      return "saved";
    case RegisterRule::Kind::InRegister:
      return "in a register";
    case RegisterRule::Kind::ValueCfa:
      return "an address";
    default:
      return "expression";
  }
}

std::string Question::difference(const Row* from, const Row* to) const {
  if (from == to || (from != nullptr && to != nullptr && *from == *to)) return "";
  if (from == nullptr || to == nullptr) return fmt::format("{} to {}", part(from), part(to));
  if (kind_ == Kind::Cfa) {
    if (from->cfa == to->cfa) return "";
    if (from->cfa.kind != to->cfa.kind || from->cfa.reg != to->cfa.reg)
      return fmt::format("{} to {}", part(from), part(to));
    return fmt::format("{} + {}", part(to), direction(from->cfa.offset, to->cfa.offset));
  }
  if (kind_ == Kind::Signed && from->return_address_signed != to->return_address_signed)
    return to->return_address_signed ? "to signed" : "to not signed";
  return rule_in(*from) == rule_in(*to) ? "" : fmt::format("{} to {}", part(from), part(to));
}

}  // namespace objhound::oracle
