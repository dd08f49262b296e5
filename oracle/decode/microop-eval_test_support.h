// Executes micro-operations on concrete values, for tests that hold a lift against an emulated CPU: everything that
// the micro-operations claim to know must be what the CPU does. Knows no architecture.
//
// A value is known or not. Clobbered registers, and whatever is computed from them, are not known; a test compares
// only what is.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "oracle/decode/microop.h"

namespace objhound::oracle::test {

using Value = std::optional<uint64_t>;  // nothing: not known

// Bytes in memory that an instruction reads or writes.
struct Access {
  Value address = {};
  unsigned width = 0;           // bytes
  Value value = {};             // stores: as many low bytes as fit
  bool unknown_extent = false;  // StoreUnknownSize
};

// What the flags were computed from.
struct Flags {
  enum class Kind : uint8_t { Lost, Compare, TestBits } kind = Kind::Lost;
  uint64_t a = 0, b = 0;  // Compare: both, cut to the width; TestBits: a is the masked value
  unsigned width = 8;     // bytes
};

// Where control goes.
struct Outcome {
  Op op = Op::Copy;           // the control-flow operation; Copy: there is none
  Value target;               // of jumps, calls and returns, taken or not
  std::optional<bool> taken;  // of Branch; nothing if the condition is not known
  bool unmodelled = false;
};

class Evaluator {
 public:
  std::array<Value, kMaxRegs> regs;
  uint64_t pc = 0;  // of the instruction's start
  Flags flags;
  std::vector<Access> loads, stores;
  // The bytes at an address, zero-extended; nothing if they are not known. A load sees memory as it was before the
  // instruction.
  std::function<Value(uint64_t address, unsigned width)> memory = [](uint64_t, unsigned) { return Value(); };

  // Executes one instruction. Appends to loads and stores.
  Outcome run(std::span<const MicroOp> ops) {
    Outcome outcome;
    for (const MicroOp& op : ops) step(op, outcome);
    transient_.reset();
    return outcome;
  }

  // The value of a condition, from `from`.
  static std::optional<bool> holds(Cond cond, const Flags& from) {
    if (cond == Cond::Always) return true;
    if (from.kind == Flags::Kind::Lost || cond == Cond::Other) return std::nullopt;
    if (from.kind == Flags::Kind::TestBits) {
      if (cond == Cond::Eq || cond == Cond::BitsZero) return from.a == 0;
      if (cond == Cond::Ne || cond == Cond::BitsNonZero) return from.a != 0;
      return std::nullopt;
    }
    int64_t a = sign_extend(from.a, from.width), b = sign_extend(from.b, from.width);
    switch (cond) {
      case Cond::Eq:
        return from.a == from.b;
      case Cond::Ne:
        return from.a != from.b;
      case Cond::ULt:
        return from.a < from.b;
      case Cond::ULe:
        return from.a <= from.b;
      case Cond::UGt:
        return from.a > from.b;
      case Cond::UGe:
        return from.a >= from.b;
      case Cond::SLt:
        return a < b;
      case Cond::SLe:
        return a <= b;
      case Cond::SGt:
        return a > b;
      case Cond::SGe:
        return a >= b;
      default:
        return std::nullopt;
    }
  }

 private:
  static uint64_t cut(uint64_t value, unsigned width) {
    return width >= 8 ? value : value & ((uint64_t{1} << (8 * width)) - 1);
  }
  static int64_t sign_extend(uint64_t value, unsigned width) {
    if (width >= 8) return static_cast<int64_t>(value);
    unsigned unused = 64 - 8 * width;
    return static_cast<int64_t>(value << unused) >> unused;
  }

  Value get(Reg reg) const {
    if (reg == kTemp0 || reg == kTemp1) return temps_[reg - kTemp0];
    if (reg == kPcReg) return pc;
    return reg < kMaxRegs ? regs[reg] : Value();
  }
  Value get(Reg reg, unsigned width) const {
    Value value = get(reg);
    return value ? Value(cut(*value, width)) : value;
  }

  void set(const MicroOp& op, Value value) {
    if (op.dst == kNoReg) return;
    if (value && op.merges) {
      Value old = get(op.dst);
      uint64_t low = cut(~uint64_t{0}, op.width);
      value = old ? Value((*old & ~low) | (*value & low)) : Value();
    }
    (op.dst == kTemp0 || op.dst == kTemp1 ? temps_[op.dst - kTemp0] : regs.at(op.dst)) = value;
  }

  Value address(const MicroOp& op) const {
    uint64_t sum = static_cast<uint64_t>(op.imm);
    if (op.a != kNoReg) {
      Value a = get(op.a);
      if (!a) return a;
      sum += *a;
    }
    if (op.b != kNoReg) {
      Value b = get(op.b);
      if (!b) return b;
      sum += *b << op.scale;
    }
    return sum;
  }

  // One-operand arithmetic at the operation's width.
  template <typename F>
  void unary(const MicroOp& op, F f) {
    Value a = get(op.a, op.width);
    set(op, a ? Value(cut(f(*a), op.width)) : Value());
  }
  template <typename F>
  void binary(const MicroOp& op, F f) {
    Value a = get(op.a, op.width), b = get(op.b, op.width);
    set(op, a && b ? Value(cut(f(*a, *b << op.scale), op.width)) : Value());
  }

  void load(const MicroOp& op) {
    Value where = address(op);
    loads.push_back({.address = where, .width = op.width});
    Value value = where && op.width <= 8 ? memory(*where, op.width) : Value();
    if (value && op.is_signed) value = cut(static_cast<uint64_t>(sign_extend(*value, op.width)), op.to_width);
    set(op, value);
  }

  void remember(const MicroOp& op, const Flags& computed) {
    if (op.transient) {
      transient_ = computed;
    } else {
      flags = computed;
    }
  }

  void compare(const MicroOp& op, Value a, Value b) {
    bool known = a && b;
    remember(op, known ? Flags{Flags::Kind::Compare, cut(*a, op.width), cut(*b, op.width), op.width} : Flags{});
  }

  void step(const MicroOp& op, Outcome& outcome) {
    uint64_t imm = static_cast<uint64_t>(op.imm);
    switch (op.op) {
      case Op::Copy:
        return unary(op, [](uint64_t a) { return a; });
      case Op::Const:
        return set(op, cut(imm, op.width));
      case Op::Add:
        return unary(op, [&](uint64_t a) { return a + imm; });
      case Op::AddReg:
        return binary(op, [&](uint64_t a, uint64_t b) { return a + b + imm; });
      case Op::SubReg:
        return binary(op, [&](uint64_t a, uint64_t b) { return a - b; });
      case Op::And:
        return unary(op, [&](uint64_t a) { return a & imm; });
      case Op::Or:
        return unary(op, [&](uint64_t a) { return a | imm; });
      case Op::AndReg:
        return binary(op, [](uint64_t a, uint64_t b) { return a & b; });
      case Op::OrReg:
        return binary(op, [](uint64_t a, uint64_t b) { return a | b; });
      case Op::Shl:
        return unary(op, [&](uint64_t a) { return imm < 64 ? a << imm : 0; });
      case Op::Shr:
        return unary(op, [&](uint64_t a) { return imm < 64 ? a >> imm : 0; });
      case Op::Sar:
        return unary(
            op, [&](uint64_t a) { return static_cast<uint64_t>(sign_extend(a, op.width) >> (imm < 64 ? imm : 63)); });
      case Op::Zext:
        return unary(op, [](uint64_t a) { return a; });
      case Op::Sext: {
        Value a = get(op.a);
        return set(op, a ? Value(cut(static_cast<uint64_t>(sign_extend(*a, op.width)), op.to_width)) : a);
      }
      case Op::Address:
        return set(op, (op.page ? pc & ~uint64_t{0xfff} : pc) + imm);
      case Op::Clobber:
      case Op::AddScalable:  // the length of vectors is not known here
      case Op::SignReturn:
      case Op::AuthReturn:
        return set({.op = Op::Clobber, .dst = op.dst}, Value());
      case Op::ClobberSet:
        for (Reg reg = 0; reg < kMaxRegs; reg++) {
          if (imm & reg_bit(reg)) regs[reg].reset();
        }
        return;
      case Op::Select: {
        std::optional<bool> cond = holds(op.cond, flags_now());
        return cond ? set(op, get(*cond ? op.a : op.b, op.width)) : set(op, Value());
      }
      case Op::Load:
        return load(op);
      case Op::Store:
        stores.push_back({address(op), op.width, get(op.src, op.width)});
        return;
      case Op::StoreConst:
        stores.push_back({address(op), op.width, cut(static_cast<uint64_t>(op.imm2), op.width)});
        return;
      case Op::StoreUnknownSize:
        stores.push_back({op.a == kNoReg ? Value() : address(op), 0, Value(), true});
        return;
      case Op::Compare:
        return compare(op, get(op.a), op.b == kNoReg ? Value(imm) : get(op.b));
      case Op::CompareMem: {
        Value where = address(op);
        loads.push_back({.address = where, .width = op.width});
        return compare(op, where ? memory(*where, op.width) : Value(), static_cast<uint64_t>(op.imm2));
      }
      case Op::TestBits: {
        Value a = get(op.a, op.width);
        return remember(op, a ? Flags{Flags::Kind::TestBits, *a & imm, 0, op.width} : Flags{});
      }
      case Op::FlagsLost:
        flags = Flags{};
        return;
      case Op::Unmodelled:
        outcome.unmodelled = true;
        return;
      default:
        return control(op, outcome);
    }
  }

  void control(const MicroOp& op, Outcome& outcome) {
    outcome.op = op.op;
    switch (op.op) {
      case Op::Branch:
        outcome.taken = holds(op.cond, flags_now());
        [[fallthrough]];
      case Op::Jump:
      case Op::Call:
        outcome.target = pc + static_cast<uint64_t>(op.imm);
        return;
      case Op::JumpReg:
      case Op::CallReg:
      case Op::Return:
        outcome.target = get(op.a);
        return;
      case Op::JumpMem:
      case Op::CallMem: {
        Value where = address(op);
        loads.push_back({.address = where, .width = op.width});
        outcome.target = where ? memory(*where, op.width) : Value();
        return;
      }
      default:
        return;
    }
  }

  // The flags as this instruction sees them: a transient comparison hides the others until its end.
  const Flags& flags_now() const { return transient_ ? *transient_ : flags; }

  std::array<Value, 2> temps_;
  std::optional<Flags> transient_;
};

}  // namespace objhound::oracle::test
