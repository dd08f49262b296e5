#include "harness/mutate/unwinding.h"

#include <algorithm>
#include <optional>

namespace objhound::harness::mutation {
namespace {

using oracle::Reg;
using oracle::reg_bit;

bool same_expression(uint32_t a, const oracle::CfiTable& of_a, uint32_t b, const oracle::CfiTable& of_b) {
  if (a == oracle::kNoIndex || b == oracle::kNoIndex) return a == b;
  const auto same = [](const oracle::ExprOp& x, const oracle::ExprOp& y) {
    return x.kind == y.kind && x.reg == y.reg && x.value == y.value;
  };
  return std::ranges::equal(of_a.expression(a), of_b.expression(b), same);
}

// What an unwinder gets that stops in front of one instruction.
class Unwinder {
 public:
  Unwinder(const Subject& subject, const InsnFacts& facts, const Held& held, const oracle::CfiTable& rows)
      : subject_(subject), facts_(facts), here_(held), rows_(rows) {}

  std::optional<StackAddress> cfa(const oracle::CfaRule& rule) const {
    if (rule.kind == oracle::CfaRule::Kind::Expression) return evaluate(rule.expression, false);
    return rule.kind == oracle::CfaRule::Kind::RegisterOffset ? by_register(rule.reg, rule.offset) : std::nullopt;
  }

  // Whether the rule finds what its register held at entry.
  bool finds(const oracle::RegisterRule& rule) const {
    if (rule.kind == oracle::RegisterRule::Kind::SameValue) return (here_.registers & reg_bit(rule.of)) != 0;
    const std::optional<StackAddress> place = saved_at(rule);
    const std::optional<Content> content = place ? content_of(*place) : std::nullopt;
    return content && content->of == rule.of;
  }

 private:
  std::optional<StackAddress> by_register(Reg reg, int64_t offset) const {
    const std::optional<StackAddress> base = here_.address(reg);
    return base ? std::optional(*base + offset) : std::nullopt;
  }

  std::optional<StackAddress> saved_at(const oracle::RegisterRule& rule) const {
    using Kind = oracle::RegisterRule::Kind;
    if (rule.kind == Kind::AtCfa) return StackAddress{StackAddress::kCfa, rule.offset};
    if (rule.kind == Kind::AtExpression) return evaluate(rule.expression, true);
    return rule.kind == Kind::AtRegister ? by_register(rule.reg, rule.offset) : std::nullopt;
  }

  // Memory below SP is as good as the red zone makes it, and at a call it is the callee's.
  std::optional<Content> content_of(StackAddress place) const {
    const std::optional<StackAddress> top = here_.address(subject_.arch().sp);
    const int64_t zone = facts_.call || !subject_.contract.red_zone ? 0 : subject_.arch().red_zone;
    const auto slot = here_.slots.find(place);
    if (slot == here_.slots.end() || (top && place.may_be_below(*top + -zone))) return std::nullopt;
    return slot->second;
  }

  // An expression (DWARF 5, section 2.5) that deals in addresses only: registers that hold one, what slots hold of
  // them, and constants that are added. With `cfa`, that is pushed first (section 6.4.2.3).
  std::optional<StackAddress> evaluate(uint32_t expression, bool cfa) const {
    using Kind = oracle::ExprOp::Kind;
    std::optional<StackAddress> top = cfa ? std::optional(StackAddress{}) : std::nullopt;
    if (expression == oracle::kNoIndex) return std::nullopt;
    for (const oracle::ExprOp& op : rows_.expression(expression)) {
      if (op.kind == Kind::PushRegister) {
        top = by_register(op.reg, op.value);
      } else if (op.kind == Kind::PushCfa) {
        top = StackAddress{};
      } else if (op.kind == Kind::PlusConst && top) {
        top = *top + op.value;
      } else if (op.kind == Kind::Deref && top) {
        const std::optional<Content> content = content_of(*top);
        if (!content || content->of != oracle::kNoReg) return std::nullopt;
        top = content->address;
      } else {
        return std::nullopt;
      }
      if (!top) return std::nullopt;
    }
    return top;
  }

  const Subject& subject_;
  const InsnFacts& facts_;
  const Held& here_;
  const oracle::CfiTable& rows_;
};

}  // namespace

bool same_rule(const oracle::CfaRule& a, const oracle::CfiTable& of_a, const oracle::CfaRule& b,
               const oracle::CfiTable& of_b) {
  return a.kind == b.kind && a.reg == b.reg && a.offset == b.offset &&
         same_expression(a.expression, of_a, b.expression, of_b);
}

bool same_rule(const oracle::RegisterRule& a, const oracle::CfiTable& of_a, const oracle::RegisterRule& b,
               const oracle::CfiTable& of_b) {
  return a.kind == b.kind && a.reg == b.reg && a.offset == b.offset &&
         same_expression(a.expression, of_a, b.expression, of_b);
}

bool row_is_right(const Subject& subject, const Family& family, const std::vector<Held>& held, uint32_t insn,
                  const oracle::Row& row, const oracle::CfiTable& rows) {
  const oracle::Arch& arch = subject.arch();
  const InsnFacts& facts = family.facts[insn];
  if (facts.row == nullptr || row.return_address_signed != facts.row->return_address_signed) return false;
  const Unwinder unwinder(subject, facts, held[insn], rows);
  if (!same_rule(row.cfa, rows, facts.row->cfa, subject.cfi) && unwinder.cfa(row.cfa) != StackAddress{}) return false;
  const oracle::RegSet wanted = arch.callee_saved | reg_bit(arch.return_address);
  for (Reg r = 0; r < arch.registers.size(); ++r) {
    if (!(wanted & reg_bit(r))) continue;
    const oracle::RegisterRule same{.of = r};
    const oracle::RegisterRule& theirs = facts.row->rule_for(r) == nullptr ? same : *facts.row->rule_for(r);
    const oracle::RegisterRule& rule = row.rule_for(r) == nullptr ? same : *row.rule_for(r);
    if (!same_rule(rule, rows, theirs, subject.cfi) && !unwinder.finds(rule)) return false;
  }
  return true;
}

}  // namespace objhound::harness::mutation
