// The equations of a Plan over a stopped CPU.

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "oracle/witness/shadow.h"
#include "oracle/witness/unicorn.h"

namespace objhound::oracle::witness {

const Shadow::Batch& Shadow::batch(RegSet set) {
  const auto known = std::ranges::find(batches_, set, &std::pair<RegSet, Batch>::first);
  if (known != batches_.end()) return known->second;
  Batch made;
  for (Reg r = 0; r < arch_.registers.size(); ++r) {
    if ((set & reg_bit(r)) == 0 || unicorn_[r] < 0) continue;
    made.unicorn.push_back(unicorn_[r]);
    made.places.push_back(&values_[r]);
  }
  return batches_.emplace_back(set, std::move(made)).second;
}

void Shadow::read(RegSet set) {
  const Batch& wanted = batch(set);
  unicorn().reg_read_batch(program_.engine(), const_cast<int*>(wanted.unicorn.data()),
                           const_cast<void**>(wanted.places.data()), static_cast<int>(wanted.unicorn.size()));
}

uint64_t Shadow::read_sp() {
  read(reg_bit(arch_.sp));
  return values_[arch_.sp];
}

void Shadow::check_claims(Expectation& here, uint64_t address) {
  const Claims& claims = plan_.claims()[here.claims];
  const Batch& wanted = batches_[batch_of_claims_[here.claims]].second;
  unicorn().reg_read_batch(program_.engine(), const_cast<int*>(wanted.unicorn.data()),
                           const_cast<void**>(wanted.places.data()), static_cast<int>(wanted.unicorn.size()));
  const Activation& activation = stack_.back();
  bool ok = true;
  for (RegSet rest = claims.same; rest != 0; rest &= rest - 1) {
    const int r = std::countr_zero(rest);
    ok = ok && values_[static_cast<size_t>(r)] == activation.entry[static_cast<size_t>(r)];
  }
  bases_.clear();
  for (const Step& step : claims.rest) ok = ok && step.row != Conclusion::Wrong && holds(step, activation);
  if (!ok) judge(here, address, claims);
}

bool Shadow::holds(const Step& step, const Activation& activation) {
  if (step.right == Step::Right::Constant && activation.resumed) return true;
  uint64_t left = 0, right = 0;
  if (!left_side(step, activation, left)) return false;
  if (step.right == Step::Right::Base) {
    const auto known = std::ranges::find(bases_, step.right_base, &std::pair<uint16_t, uint64_t>::first);
    const uint64_t base = left - static_cast<uint64_t>(step.right_offset);
    if (known != bases_.end()) return known->second == base;
    bases_.emplace_back(step.right_base, base);
    return true;
  }
  return right_side(step, activation, right) && left == right;
}

bool Shadow::left_side(const Step& step, const Activation& activation, uint64_t& value) {
  const auto offset = static_cast<uint64_t>(step.offset);
  switch (step.left) {
    case Step::Left::Register:
      value = values_[step.reg];
      return true;
    case Step::Left::Cfa:
      value = activation.cfa + offset;
      return true;
    case Step::Left::SlotOfCfa:
      return program_.memory().read(activation.cfa + offset, value);
    case Step::Left::SlotOfRegister:
      return program_.memory().read(values_[step.reg] + offset, value);
    case Step::Left::SlotOfBase: {
      const auto base = std::ranges::find(bases_, step.base, &std::pair<uint16_t, uint64_t>::first);
      return base != bases_.end() && program_.memory().read(base->second + offset, value);
    }
    case Step::Left::Expression:
      return run_expression(plan_.family(activation.family), step, activation, value);
    case Step::Left::SlotOfExpression: {
      uint64_t address = 0;
      return run_expression(plan_.family(activation.family), step, activation, address) &&
             program_.memory().read(address, value);
    }
  }
  return false;
}

bool Shadow::right_side(const Step& step, const Activation& activation, uint64_t& value) {
  switch (step.right) {
    case Step::Right::Entry:
      value = activation.entry[step.entry];
      return true;
    case Step::Right::Cfa:
      value = activation.cfa + static_cast<uint64_t>(step.right_offset);
      return true;
    case Step::Right::Constant:
      value = static_cast<uint64_t>(step.right_offset);
      return true;
    case Step::Right::Base:
      break;
  }
  return false;
}

// A DWARF stack machine (DWARF 5 section 2.5) over the CPU as it stands. False for what it cannot do.
bool Shadow::run_expression(const PlannedFamily& family, const Step& step, const Activation& activation,
                            uint64_t& value) {
  std::vector<uint64_t> stack;
  if (step.rule != kCfaRule) stack.push_back(activation.cfa);
  const auto pop = [&stack] {
    const uint64_t top = stack.back();
    stack.pop_back();
    return top;
  };
  for (const ExprOp& op : family.cfi->expression(step.expression)) {
    const auto operand = static_cast<uint64_t>(op.value);
    switch (op.kind) {
      case ExprOp::Kind::PushRegister:
        stack.push_back((op.reg == kPcReg ? last_address_ : values_[op.reg]) + operand);
        continue;
      case ExprOp::Kind::PushConst:
        stack.push_back(operand);
        continue;
      case ExprOp::Kind::PushCfa:
        stack.push_back(activation.cfa);
        continue;
      case ExprOp::Kind::Other:
        return false;
      default:
        break;
    }
    if (stack.empty()) return false;
    if (op.kind == ExprOp::Kind::Deref) {
      if (!program_.memory().read(stack.back(), stack.back())) return false;
      continue;
    }
    if (op.kind == ExprOp::Kind::PlusConst) {
      stack.back() += operand;
      continue;
    }
    if (stack.size() < 2) return false;
    const uint64_t right = pop(), left = pop();
    switch (op.kind) {
      case ExprOp::Kind::Plus:
        stack.push_back(left + right);
        break;
      case ExprOp::Kind::Minus:
        stack.push_back(left - right);
        break;
      case ExprOp::Kind::And:
        stack.push_back(left & right);
        break;
      case ExprOp::Kind::Mul:
        stack.push_back(left * right);
        break;
      case ExprOp::Kind::Shl:
        stack.push_back(right < 64 ? left << right : 0);
        break;
      case ExprOp::Kind::Ge:
        stack.push_back(static_cast<int64_t>(left) >= static_cast<int64_t>(right) ? 1 : 0);
        break;
      default:
        return false;
    }
  }
  if (stack.empty()) return false;
  value = stack.back();
  return true;
}

// Something does not hold, or should not: which of the claims, and whose.
void Shadow::judge(Expectation& here, uint64_t address, const Claims& claims) {
  const Activation activation = stack_.back();
  bases_.clear();
  bool cfa_came_out = true;
  for (const Step& step : claims.steps) {
    const bool only_rule = !step.of_state && step.rule != kCfaRule;
    if (only_rule && !cfa_came_out) continue;
    const bool ok = holds(step, activation);
    if (step.rule == kCfaRule) cfa_came_out = ok;
    if (ok && step.row == Conclusion::Wrong && step.rule != kNoReg) {
      contradict(here, address,
                 fmt::format("the declared row gives the true CFA, but the checks found it wrong ({})",
                             step_text(step, activation)));
    }
    if (ok) continue;
    if (step.rule != kNoReg) {
      here.seen |= step.rule == kCfaRule               ? Mismatch::Cfa
                   : step.rule == arch_.return_address ? Mismatch::ReturnAddress
                                                       : Mismatch::Register;
    }
    if (step.of_state) {
      contradict(here, address, "the computed state is not what the CPU has: " + step_text(step, activation));
    } else if (step.rule != kNoReg && step.row == Conclusion::Right) {
      contradict(here, address, "the declared row was proved right, but is wrong: " + step_text(step, activation));
    }
  }
}

std::string Shadow::step_text(const Step& step, const Activation& activation) {
  const auto reg_name = [this](Reg r) { return r < arch_.registers.size() ? arch_.registers[r].name : "?"; };
  std::string left, right;
  switch (step.left) {
    case Step::Left::Register:
      left = reg_name(step.reg);
      break;
    case Step::Left::SlotOfRegister:
      left = fmt::format("[{}{:+}]", reg_name(step.reg), step.offset);
      break;
    case Step::Left::SlotOfCfa:
      left = fmt::format("[cfa{:+}]", step.offset);
      break;
    case Step::Left::SlotOfBase:
      left = fmt::format("[dyn{}{:+}]", step.base, step.offset);
      break;
    case Step::Left::Cfa:
      left = fmt::format("cfa{:+}", step.offset);
      break;
    default:
      left = "the rule's expression";
  }
  switch (step.right) {
    case Step::Right::Entry:
      right = fmt::format("entry:{}", reg_name(step.entry));
      break;
    case Step::Right::Cfa:
      right = fmt::format("cfa{:+}", step.right_offset);
      break;
    case Step::Right::Base:
      right = fmt::format("dyn{}{:+}", step.right_base, step.right_offset);
      break;
    case Step::Right::Constant:
      right = fmt::format("{:#x}", step.right_offset);
  }
  uint64_t is = 0, must = 0;
  const bool has_left = left_side(step, activation, is);
  const bool has_right = right_side(step, activation, must);
  return fmt::format("{} is {}, must be {}{}; the CFA is {:#x}", left,
                     has_left ? fmt::format("{:#x}", is) : "not readable", right,
                     has_right ? fmt::format(" = {:#x}", must) : "", activation.cfa);
}

}  // namespace objhound::oracle::witness
