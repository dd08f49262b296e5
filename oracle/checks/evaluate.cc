#include "oracle/checks/evaluate.h"

#include <cstdint>
#include <vector>

namespace objhound::oracle {
namespace {

Value sum(Value a, Value b) {
  if (b.kind == Value::Kind::Const) return a.plus(b.offset).plus_units(b.units());
  if (a.kind == Value::Kind::Const) return b.plus(a.offset).plus_units(a.units());
  return a.kind == Value::Kind::Approximate ? a : b.kind == Value::Kind::Approximate ? b : Value::unknown();
}

Value difference(Value a, Value b) {
  if (b.kind == Value::Kind::Const) return a.plus(-int64_t{b.offset}).plus_units(-int64_t{b.units()});
  return a.kind == Value::Kind::Approximate ? a : b.kind == Value::Kind::Approximate ? b : Value::unknown();
}

// Operations that are only known on constants.
Value on_constants(ExprOp::Kind kind, Value a, Value b) {
  if (a.kind == Value::Kind::Approximate || b.kind == Value::Kind::Approximate) return Value::approximate();
  // A frame that was realigned: what a mask makes of a stack address is not followed.
  if (a.is_stack() || b.is_stack()) return Value::approximate();
  if (a.kind != Value::Kind::Const || b.kind != Value::Kind::Const) return Value::unknown();
  const int64_t x = a.offset, y = b.offset;
  if (a.units() != 0 || b.units() != 0) {
    if (kind != ExprOp::Kind::Mul || (a.units() != 0 && b.units() != 0)) return Value::unknown();
    return Value::constant(x * y).plus_units(a.units() * y + b.units() * x);
  }
  switch (kind) {
    case ExprOp::Kind::And:
      return Value::constant(x & y);
    case ExprOp::Kind::Shl:
      return y >= 0 && y < 31 ? Value::constant(x << y) : Value::unknown();
    case ExprOp::Kind::Mul:
      return Value::constant(x * y);
    case ExprOp::Kind::Ge:
      return Value::constant(x >= y);
    default:
      return Value::unknown();
  }
}

Value binary(ExprOp::Kind kind, Value a, Value b) {
  // A place in the frame, but which one is not followed.
  const bool somewhere =
      (a.is_stack() && b.kind == Value::Kind::Unknown) || (b.is_stack() && a.kind == Value::Kind::Unknown);
  if (kind == ExprOp::Kind::Plus && somewhere) return Value::approximate();
  if (kind == ExprOp::Kind::Plus) return sum(a, b);
  if (kind == ExprOp::Kind::Minus) return difference(a, b);
  return on_constants(kind, a, b);
}

// Addresses may be larger than the constants of the domain.
Value address_value(uint64_t pc) {
  return pc <= INT32_MAX ? Value::constant(static_cast<int64_t>(pc)) : Value::approximate();
}

unsigned operands(ExprOp::Kind kind) {
  switch (kind) {
    case ExprOp::Kind::Plus:
    case ExprOp::Kind::Minus:
    case ExprOp::Kind::And:
    case ExprOp::Kind::Shl:
    case ExprOp::Kind::Mul:
    case ExprOp::Kind::Ge:
      return 2;
    case ExprOp::Kind::Deref:
    case ExprOp::Kind::PlusConst:
      return 1;
    default:
      return 0;
  }
}

// A DWARF stack machine (DWARF 5 section 2.5) whose cells are abstract values.
std::optional<Value> run(std::span<const ExprOp> ops, const State& state, uint64_t pc, std::optional<Value> initial) {
  std::vector<Value> stack;
  if (initial) stack.push_back(*initial);
  for (const ExprOp& op : ops) {
    const unsigned taken = operands(op.kind);
    if (stack.size() < taken) return std::nullopt;
    switch (op.kind) {
      case ExprOp::Kind::PushRegister: {
        stack.push_back((op.reg == kPcReg ? address_value(pc) : state.reg(op.reg)).plus(op.value));
        break;
      }
      case ExprOp::Kind::PushScalable:
        stack.push_back(Value::constant_units(1).plus(op.value));
        break;
      case ExprOp::Kind::PushConst:
        stack.push_back(Value::constant(op.value));
        break;
      case ExprOp::Kind::PushCfa:
        stack.push_back(Value::cfa(0));
        break;
      case ExprOp::Kind::Deref:
        if (stack.back().kind != Value::Kind::Approximate) stack.back() = state.slot(stack.back());
        break;
      case ExprOp::Kind::PlusConst:
        stack.back() = stack.back().plus(op.value);
        break;
      case ExprOp::Kind::Other:
        return std::nullopt;
      default: {
        const Value right = stack.back();
        stack.pop_back();
        stack.back() = binary(op.kind, stack.back(), right);
      }
    }
  }
  if (stack.empty()) return std::nullopt;
  return stack.back();
}

}  // namespace

std::optional<Value> evaluate_cfa(const CfaRule& rule, const State& state, const CfiTable& table, uint64_t pc) {
  switch (rule.kind) {
    case CfaRule::Kind::RegisterOffset:
      if (rule.reg == kNoReg) return Value::unknown();
      return state.reg(rule.reg).plus(rule.offset);
    case CfaRule::Kind::Expression:
      return run(table.expression(rule.expression), state, pc, std::nullopt);
    case CfaRule::Kind::Invalid:
      break;
  }
  return std::nullopt;
}

std::optional<Value> saved_at(const RegisterRule& rule, const State& state, const CfiTable& table, uint64_t pc) {
  switch (rule.kind) {
    case RegisterRule::Kind::AtCfa:
      return Value::cfa(rule.offset);
    case RegisterRule::Kind::AtRegister:
      return state.reg(rule.reg).plus(rule.offset);
    case RegisterRule::Kind::AtExpression:
      return run(table.expression(rule.expression), state, pc, Value::cfa(0));
    default:
      return std::nullopt;
  }
}

std::optional<Value> evaluate_register(const RegisterRule& rule, const State& state, const CfiTable& table,
                                       uint64_t pc) {
  switch (rule.kind) {
    case RegisterRule::Kind::SameValue:
      return state.reg(rule.of);
    case RegisterRule::Kind::ValueCfa:
      return Value::cfa(rule.offset);
    case RegisterRule::Kind::InRegister:
      return state.reg(rule.reg);
    case RegisterRule::Kind::AtCfa:
    case RegisterRule::Kind::AtRegister:
    case RegisterRule::Kind::AtExpression: {
      const std::optional<Value> address = saved_at(rule, state, table, pc);
      if (!address || address->kind == Value::Kind::Approximate) return address;
      return state.slot(*address);
    }
    case RegisterRule::Kind::ValueExpression:
      return run(table.expression(rule.expression), state, pc, Value::cfa(0));
    case RegisterRule::Kind::Undefined:
    case RegisterRule::Kind::Unsupported:
      break;
  }
  return std::nullopt;
}

}  // namespace objhound::oracle
