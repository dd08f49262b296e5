// From an abstract state and a declared row to equations that a running program must satisfy.

#include <algorithm>

#include "oracle/checks/evaluate.h"
#include "oracle/witness/plan.h"

namespace objhound::oracle::witness {
namespace {

// The right side for an abstract value; nothing if it says nothing that can be tested.
bool set_right(Step& step, Value value) {
  switch (value.kind) {
    case Value::Kind::Entry:  // signed or not: the emulated CPU has no pointer authentication, its hints do nothing
      step.right = Step::Right::Entry;
      step.entry = value.reg;
      return true;
    case Value::Kind::Cfa:
      step.right = Step::Right::Cfa;
      step.right_offset = value.offset;
      return true;
    case Value::Kind::Dynamic:
      step.right = Step::Right::Base;
      step.right_base = value.base;
      step.right_offset = value.offset;
      return true;
    case Value::Kind::Const:
      step.right = Step::Right::Constant;
      step.right_offset = value.offset;
      return true;
    case Value::Kind::Approximate:
    case Value::Kind::Unknown:
      return false;
  }
  return false;
}

class ClaimsMaker {
 public:
  ClaimsMaker(const FamilyContext& context, const State& state, uint64_t pc)
      : context_(context), state_(state), pc_(pc) {}

  Claims make(const Row* row) {
    add_registers();
    add_slots();
    if (row != nullptr) add_row(*row);
    settle();
    return std::move(claims_);
  }

 private:
  void add_registers() {
    for (Reg r = 0; r < context_.arch.registers.size(); ++r) {
      if (context_.arch.return_on_stack && r == context_.arch.return_address) continue;  // stands for a slot
      Step step{.left = Step::Left::Register, .right = {}, .reg = r, .of_state = true};
      if (!set_right(step, state_.reg(r))) continue;
      if (state_.hearsay(r)) continue;  // as in add_slots
      claims_.steps.push_back(step);
      if (step.right == Step::Right::Base) bases_.push_back(step.right_base);
    }
  }

  void add_slots() {
    for (const Slot& slot : state_.slots()) {
      // A stack address in memory may be a pointer of the program's, which others may have changed: the state promises
      // nothing. Where a row reads such a slot, the row is tested.
      if (slot.value.is_stack()) continue;
      const bool of_cfa = slot.base == 0;
      // Where a dynamic base lies is only known from a register that is computed from it.
      if (!of_cfa && std::ranges::find(bases_, slot.base) == bases_.end()) continue;
      Step step{.left = of_cfa ? Step::Left::SlotOfCfa : Step::Left::SlotOfBase,
                .right = {},
                .base = slot.base,
                .offset = slot.offset,
                .of_state = true};
      if (set_right(step, slot.value)) claims_.steps.push_back(step);
    }
  }

  void add_row(const Row& row) {
    const std::optional<Value> cfa = evaluate_cfa(row.cfa, state_, context_.cfi, pc_);
    Step step{.left = {}, .right = Step::Right::Cfa};
    if (row.cfa.kind == CfaRule::Kind::RegisterOffset && row.cfa.reg != kNoReg) {
      step.left = Step::Left::Register;
      step.reg = row.cfa.reg;
      step.right_offset = -row.cfa.offset;
    } else if (row.cfa.kind == CfaRule::Kind::Expression) {
      step.left = Step::Left::Expression;
      step.expression = row.cfa.expression;
    } else {
      return;
    }
    const bool right = cfa && *cfa == Value::cfa(0);
    const bool wrong = cfa && !right && cfa->kind == Value::Kind::Cfa && !state_.tainted;
    add_rule(step, kCfaRule, right ? Conclusion::Right : wrong ? Conclusion::Wrong : Conclusion::Unsure);
    // An outlined helper answers for its own return address alone.
    const RegSet saved = context_.cfg.outlined_helper ? 0 : context_.arch.callee_saved;
    for (Reg r = 0; r < context_.arch.registers.size(); ++r) {
      if ((saved | reg_bit(context_.arch.return_address)) & reg_bit(r)) add_register_rule(row, r, right);
    }
  }

  void add_register_rule(const Row& row, Reg r, bool cfa_right) {
    const RegisterRule same{.of = r};
    const RegisterRule* declared = row.rule_for(r);
    const RegisterRule& rule = declared != nullptr ? *declared : same;
    Step step{.left = {}, .right = Step::Right::Entry, .reg = rule.reg, .entry = r, .offset = rule.offset};
    switch (rule.kind) {
      case RegisterRule::Kind::SameValue:
        if (context_.arch.return_on_stack && r == context_.arch.return_address) return;
        step.left = Step::Left::Register;
        step.reg = r;
        step.offset = 0;
        break;
      case RegisterRule::Kind::AtCfa:
        step.left = Step::Left::SlotOfCfa;
        step.reg = kNoReg;
        break;
      case RegisterRule::Kind::ValueCfa:
        step.left = Step::Left::Cfa;
        break;
      case RegisterRule::Kind::InRegister:
        step.left = Step::Left::Register;
        step.offset = 0;
        break;
      case RegisterRule::Kind::AtRegister:
        step.left = Step::Left::SlotOfRegister;
        break;
      case RegisterRule::Kind::AtExpression:
        step.left = Step::Left::SlotOfExpression;
        step.expression = rule.expression;
        break;
      case RegisterRule::Kind::ValueExpression:
        step.left = Step::Left::Expression;
        step.expression = rule.expression;
        break;
      case RegisterRule::Kind::Undefined:
      case RegisterRule::Kind::Unsupported:
        return;
    }
    const std::optional<Value> value = evaluate_register(rule, state_, context_.cfi, pc_);
    const bool right = cfa_right && value && value->kind == Value::Kind::Entry && value->reg == r;
    // What is not the caller's value for certain may still be equal to it.
    add_rule(step, r, right ? Conclusion::Right : Conclusion::Unsure);
  }

  // The state often says the very same: then one equation serves both.
  void add_rule(Step step, Reg rule, Conclusion conclusion) {
    for (Step& known : claims_.steps) {
      const bool equal = known.rule == kNoReg && known.left == step.left && known.right == step.right &&
                         known.reg == step.reg && known.entry == step.entry && known.offset == step.offset &&
                         known.right_offset == step.right_offset && step.expression == kNoIndex;
      if (!equal) continue;
      known.rule = rule;
      known.row = conclusion;
      return;
    }
    step.rule = rule;
    step.row = conclusion;
    claims_.steps.push_back(step);
  }

  void settle() {
    // Register rules mean something only where the CFA came out right, so that the CFA goes first; dynamic bases are
    // read off registers before slots are looked up by them.
    std::ranges::stable_sort(claims_.steps, std::greater{}, [](const Step& step) { return step.rule == kCfaRule; });
    for (const Step& step : claims_.steps) {
      if (step.reg != kNoReg && step.reg != kPcReg) claims_.needed |= reg_bit(step.reg);
      if (step.expression != kNoIndex) {
        for (const ExprOp& op : context_.cfi.expression(step.expression))
          if (op.kind == ExprOp::Kind::PushRegister) claims_.needed |= reg_bit(op.reg);
      }
      const bool same = step.left == Step::Left::Register && step.right == Step::Right::Entry &&
                        step.reg == step.entry && (step.rule == kNoReg || step.row == Conclusion::Right);
      if (same) {
        claims_.same |= reg_bit(step.reg);
      } else {
        claims_.rest.push_back(step);
      }
    }
  }

  const FamilyContext& context_;
  const State& state_;
  const uint64_t pc_;
  Claims claims_;
  std::vector<uint16_t> bases_;
};

}  // namespace

Claims make_claims(const FamilyContext& context, const State& state, const Row* row, uint64_t pc) {
  return ClaimsMaker(context, state, pc).make(row);
}

}  // namespace objhound::oracle::witness
