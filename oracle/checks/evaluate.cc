#include "oracle/checks/evaluate.h"

#include <vector>

namespace objhound::oracle {
namespace {

Value sum(Value a, Value b) {
  if (b.kind == Value::Kind::Const) return a.plus(b.offset);
  if (a.kind == Value::Kind::Const) return b.plus(a.offset);
  return a.kind == Value::Kind::Approximate ? a : b.kind == Value::Kind::Approximate ? b : Value::unknown();
}

Value difference(Value a, Value b) {
  if (b.kind == Value::Kind::Const) return a.plus(-int64_t{b.offset});
  return Value::unknown();
}

// A DWARF stack machine (DWARF 5 section 2.5) whose cells are abstract values.
std::optional<Value> run(std::span<const ExprOp> ops, const State& state, std::optional<Value> initial) {
  std::vector<Value> stack;
  if (initial) stack.push_back(*initial);
  for (const ExprOp& op : ops) {
    const bool binary = op.kind == ExprOp::Kind::Plus || op.kind == ExprOp::Kind::Minus;
    const bool unary = op.kind == ExprOp::Kind::Deref || op.kind == ExprOp::Kind::PlusConst;
    if (stack.size() < (binary ? 2u : unary ? 1u : 0u)) return std::nullopt;
    switch (op.kind) {
      case ExprOp::Kind::PushRegister:
        stack.push_back(state.reg(op.reg).plus(op.value));
        break;
      case ExprOp::Kind::PushConst:
        stack.push_back(Value::constant(op.value));
        break;
      case ExprOp::Kind::PushCfa:
        stack.push_back(Value::cfa(0));
        break;
      case ExprOp::Kind::Deref:
        stack.back() = state.slot(stack.back());
        break;
      case ExprOp::Kind::PlusConst:
        stack.back() = stack.back().plus(op.value);
        break;
      case ExprOp::Kind::Plus:
      case ExprOp::Kind::Minus: {
        const Value right = stack.back();
        stack.pop_back();
        stack.back() = op.kind == ExprOp::Kind::Plus ? sum(stack.back(), right) : difference(stack.back(), right);
        break;
      }
      default:
        return std::nullopt;
    }
  }
  if (stack.empty()) return std::nullopt;
  return stack.back();
}

}  // namespace

std::optional<Value> evaluate_cfa(const CfaRule& rule, const State& state, const CfiTable& table) {
  switch (rule.kind) {
    case CfaRule::Kind::RegisterOffset:
      if (rule.reg == kNoReg) return Value::unknown();
      return state.reg(rule.reg).plus(rule.offset);
    case CfaRule::Kind::Expression:
      return run(table.expression(rule.expression), state, std::nullopt);
    case CfaRule::Kind::Invalid:
      break;
  }
  return std::nullopt;
}

std::optional<Value> saved_at(const RegisterRule& rule, const State& state, const CfiTable& table) {
  switch (rule.kind) {
    case RegisterRule::Kind::AtCfa:
      return Value::cfa(rule.offset);
    case RegisterRule::Kind::AtRegister:
      return state.reg(rule.reg).plus(rule.offset);
    case RegisterRule::Kind::AtExpression:
      return run(table.expression(rule.expression), state, Value::cfa(0));
    default:
      return std::nullopt;
  }
}

std::optional<Value> evaluate_register(const RegisterRule& rule, const State& state, const CfiTable& table) {
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
      const std::optional<Value> address = saved_at(rule, state, table);
      if (!address) return std::nullopt;
      return state.slot(*address);
    }
    case RegisterRule::Kind::ValueExpression:
      return run(table.expression(rule.expression), state, Value::cfa(0));
    case RegisterRule::Kind::Undefined:
    case RegisterRule::Kind::Unsupported:
      break;
  }
  return std::nullopt;
}

}  // namespace objhound::oracle
