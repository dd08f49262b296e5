// The arm64 lift, chapter 1: data processing. Addition and subtraction in all forms, logic, moves of constants,
// bitfields (which shifts and extensions are aliases of), conditional selects, moves between register banks.
//
// Operand order is LLVM's. References "C6.2 ADD (immediate)" are to the Arm Architecture Reference Manual (DDI 0487).

#include <bit>

#include "oracle/decode/arch-arm64-lift.h"

namespace objhound::oracle::arm64 {
namespace {

uint64_t low_bits(unsigned count) { return count >= 64 ? ~uint64_t{0} : (uint64_t{1} << count) - 1; }

// A shifted register operand: LLVM packs the kind of shift above the six bits of its amount.
enum class Shift : uint8_t { Lsl, Lsr, Asr, Ror };
struct ShiftedOperand {
  Shift kind;
  uint8_t amount;
};
ShiftedOperand shifted(int64_t packed) {
  return {static_cast<Shift>((packed >> 6) & 3), static_cast<uint8_t>(packed & 63)};
}

// The value of register operand `operand` under the shift, in kTemp0 unless the shift does nothing; kNoReg if it is
// not described (rotations).
Reg shifted_value(Context& c, unsigned operand, ShiftedOperand shift, uint8_t width) {
  Reg source = c.value(operand, kTemp0);
  if (shift.amount == 0) return source;
  constexpr Op kOps[] = {Op::Shl, Op::Shr, Op::Sar};
  if (shift.kind == Shift::Ror) return kNoReg;
  c.emit({.op = kOps[static_cast<int>(shift.kind)], .width = width, .dst = kTemp0, .a = source, .imm = shift.amount});
  return kTemp0;
}

// dst = a ± (b << scale), and the flags if asked for. `a` and `b` may be temporaries.
void add_or_subtract(Context& c, const Form& form, Reg dst, Reg a, Reg b, uint8_t scale) {
  if (form.flags && form.negative) {
    Reg compared = b;
    if (scale != 0) {
      c.emit({.op = Op::Shl, .width = form.width, .dst = kTemp0, .a = b, .imm = scale});
      compared = kTemp0;
      b = kTemp0;
      scale = 0;
    }
    c.emit({.op = Op::Compare, .width = form.width, .a = a, .b = compared});
  } else if (form.flags) {
    c.flags_lost();
  }
  Op op = form.negative ? Op::SubReg : Op::AddReg;
  c.emit({.op = op, .width = form.width, .dst = dst, .a = a, .b = b, .scale = scale});
}

// Rd, Rn, #imm12, shift 0 or 12.
void add_immediate(Context& c, const Form& form) {
  Reg dst = c.dst(0), a = c.value(1, kTemp0);
  int64_t amount = c.imm(2) << shifted(c.imm(3)).amount;
  if (form.flags) {
    // ADDS sets the flags of a comparison with -imm, but for 0, where the carry differs (no borrow, no carry).
    if (form.negative || amount != 0) {
      c.emit({.op = Op::Compare, .width = form.width, .a = a, .imm = form.negative ? amount : -amount});
    } else {
      c.flags_lost();
    }
  }
  // No relocation applies to a move between SP and another register, so it can be told from `add x0, x0, #:lo12:s`,
  // whose immediate is 0 until the linker has seen it.
  if (amount == 0 && !form.flags && (dst == kSp || a == kSp)) {
    c.copy(dst, a, form.width);
    return;
  }
  c.emit({.op = Op::Add,
          .width = form.width,
          .dst = dst,
          .a = a,
          .relocatable = !form.negative && !form.flags,
          .imm = form.negative ? -amount : amount});
}

// Rd, Rn, Rm, shift.
void add_shifted(Context& c, const Form& form) {
  Reg dst = c.dst(0);
  ShiftedOperand shift = shifted(c.imm(3));
  bool plain_addition = !form.flags && !form.negative;
  if (plain_addition && c.fact(2).zero) return c.copy(dst, c.value(1, kTemp1), form.width);
  if (plain_addition && c.fact(1).zero && shift.amount == 0) return c.copy(dst, c.value(2, kTemp0), form.width);
  if (form.flags && form.negative && c.fact(2).zero) {
    Reg a = c.value(1, kTemp1);
    c.emit({.op = Op::Compare, .width = form.width, .a = a, .imm = 0});
    return c.copy(dst, a, form.width);
  }
  Reg a = c.value(1, kTemp1);
  if (shift.kind == Shift::Lsl && shift.amount <= 4) {
    return add_or_subtract(c, form, dst, a, c.value(2, kTemp0), shift.amount);
  }
  add_or_subtract(c, form, dst, a, shifted_value(c, 2, shift, form.width), 0);
}

// Rd|SP, Rn|SP, Rm, extension (UXTB UXTH UXTW UXTX SXTB SXTH SXTW SXTX) in bits 5..3 and a left shift in 2..0.
void add_extended(Context& c, const Form& form) {
  Reg dst = c.dst(0), a = c.value(1, kTemp1), b = c.value(2, kTemp0);
  int64_t packed = c.imm(3);
  uint8_t from_width = static_cast<uint8_t>(1 << ((packed >> 3) & 3));
  uint8_t scale = static_cast<uint8_t>(packed & 7);
  bool is_signed = (packed & 0x20) != 0;
  if (from_width < form.width) {
    Op op = is_signed ? Op::Sext : Op::Zext;
    c.emit({.op = op, .width = from_width, .to_width = form.width, .dst = kTemp0, .a = b});
    b = kTemp0;
  }
  add_or_subtract(c, form, dst, a, b, scale);
}

enum class Logic : uint8_t { And, Or, Xor, AndNot, OrNot, XorNot };

// A bitmask immediate: a run of ones, rotated, repeated over elements of 2 to 64 bits. 13 bits N:immr:imms as in
// DecodeBitMasks() of the Arm ARM's shared pseudocode. An encoding that the decoder would not have let through is 0.
uint64_t bitmask_immediate(int64_t encoded, uint8_t width) {
  unsigned n = (encoded >> 12) & 1, immr = (encoded >> 6) & 63, imms = encoded & 63;
  unsigned length = (n << 6) | (~imms & 63);
  if (length < 2) return 0;
  unsigned size = std::bit_floor(length);
  unsigned ones = (imms & (size - 1)) + 1, rotation = immr & (size - 1);
  uint64_t element = low_bits(ones);
  if (rotation != 0) element = ((element >> rotation) | (element << (size - rotation))) & low_bits(size);
  for (unsigned filled = size; filled < 64; filled *= 2) element |= element << filled;
  return width == 8 ? element : element & 0xffffffff;
}

// Rd|SP, Rn, bitmask.
void logic_immediate(Context& c, const Form& form) {
  int64_t mask = static_cast<int64_t>(bitmask_immediate(c.imm(2), form.width));
  bool is_constant = static_cast<Logic>(form.kind) == Logic::Or && c.fact(1).zero;
  if (is_constant) return c.constant(c.dst(0), mask);
  Reg dst = c.dst(0), a = c.value(1, kTemp0);
  if (form.flags) c.emit({.op = Op::TestBits, .width = form.width, .a = a, .imm = mask});
  switch (static_cast<Logic>(form.kind)) {
    case Logic::And:
      return c.emit({.op = Op::And, .width = form.width, .dst = dst, .a = a, .imm = mask});
    case Logic::Or:
      return c.emit({.op = Op::Or, .width = form.width, .dst = dst, .a = a, .imm = mask});
    default:
      return c.emit({.op = Op::Clobber, .dst = dst});
  }
}

// Rd, Rn, Rm, shift. A move is ORR with the zero register, a negated one ORN.
void logic_shifted(Context& c, const Form& form) {
  Reg dst = c.dst(0);
  ShiftedOperand shift = shifted(c.imm(3));
  Logic kind = static_cast<Logic>(form.kind);
  bool same = shift.amount == 0 && c.inst.getOperand(1).getReg() == c.inst.getOperand(2).getReg();
  if (form.flags) {
    if (kind == Logic::And && same) {
      Reg a = c.value(1, kTemp0);
      c.emit({.op = Op::TestBits, .width = form.width, .a = a, .imm = -1});
      return c.copy(dst, a, form.width);
    }
    c.flags_lost();
    return c.emit({.op = Op::Clobber, .dst = dst});
  }
  if (kind == Logic::Or && c.fact(1).zero && c.fact(2).zero) return c.constant(dst, 0);
  if ((kind == Logic::And || kind == Logic::Or) && same) return c.copy(dst, c.value(1, kTemp0), form.width);
  if (kind == Logic::Or && c.fact(1).zero) return c.copy(dst, shifted_value(c, 2, shift, form.width), form.width);
  if (kind == Logic::And && shift.amount == 0) {
    const Reg a = c.value(1, kTemp0), b = c.value(2, kTemp1);
    return c.emit({.op = Op::AndReg, .width = form.width, .dst = dst, .a = a, .b = b});
  }
  Reg b = kind == Logic::OrNot && c.fact(1).zero ? shifted_value(c, 2, shift, form.width) : kNoReg;
  if (b == kNoReg) return c.emit({.op = Op::Clobber, .dst = dst});
  c.constant(kTemp1, -1);  // ~b = -1 - b
  c.emit({.op = Op::SubReg, .width = form.width, .dst = dst, .a = kTemp1, .b = b});
}

enum class Wide : uint8_t { Zero, Not, Keep };

// MOVZ, MOVN: Rd, #imm16, shift. MOVK: Rd, Rd, #imm16, shift; it replaces 16 bits.
void move_wide(Context& c, const Form& form) {
  Reg dst = c.dst(0);
  uint64_t all = low_bits(form.width * 8);
  if (static_cast<Wide>(form.kind) == Wide::Keep) {
    int64_t shift = c.imm(3) & 63;
    int64_t hole = static_cast<int64_t>(~(uint64_t{0xffff} << shift) & all);
    c.emit({.op = Op::And, .width = form.width, .dst = dst, .a = dst, .imm = hole});
    c.emit({.op = Op::Or, .width = form.width, .dst = dst, .a = dst, .relocatable = true, .imm = c.imm(2) << shift});
    return;
  }
  uint64_t bits = static_cast<uint64_t>(c.imm(1)) << (c.imm(2) & 63);
  if (static_cast<Wide>(form.kind) == Wide::Not) bits = ~bits & all;
  c.emit({.op = Op::Const, .dst = dst, .relocatable = true, .imm = static_cast<int64_t>(bits)});
}

// UBFM, SBFM: Rd, Rn, immr, imms (C6.2). With imms >= immr the field imms..immr goes to the bottom (LSR, ASR, UBFX,
// UXTB ..); otherwise the low imms+1 bits go up to bit width-immr (LSL, UBFIZ ..).
void bitfield(Context& c, const Form& form) {
  Reg dst = c.dst(0), a = c.value(1, kTemp0);
  int bits = form.width * 8;
  int immr = static_cast<int>(c.imm(2)), imms = static_cast<int>(c.imm(3));
  int from = imms >= immr ? immr : 0;                      // lowest bit of the field in a
  int to = imms >= immr ? 0 : bits - immr;                 // and in the result
  int length = imms >= immr ? imms - immr + 1 : imms + 1;  // of the field
  bool to_the_top = from + length == bits, whole_bytes = length == 8 || length == 16 || length == 32;
  auto shift = [&](Op op, Reg source, int amount) {
    c.emit({.op = op, .width = form.width, .dst = dst, .a = source, .imm = amount});
  };
  if (to_the_top) return shift(form.is_signed ? Op::Sar : Op::Shr, a, from);
  if (!form.is_signed && to + length == bits) return shift(Op::Shl, a, to);
  if (whole_bytes && from == 0) {
    Op op = form.is_signed ? Op::Sext : Op::Zext;
    c.emit({.op = op, .width = static_cast<uint8_t>(length / 8), .to_width = form.width, .dst = dst, .a = a});
    if (to != 0) shift(Op::Shl, dst, to);
    return;
  }
  if (form.is_signed) {
    shift(Op::Shl, a, bits - from - length);
    return shift(Op::Sar, dst, bits - length - to);
  }
  if (from != 0) shift(Op::Shr, a, from);
  int64_t mask = static_cast<int64_t>(low_bits(length));
  c.emit({.op = Op::And, .width = form.width, .dst = dst, .a = from != 0 ? dst : a, .imm = mask});
  if (to != 0) shift(Op::Shl, dst, to);
}

enum class Second : uint8_t { Plain, Increment, Invert, Negate };

// CSEL, CSINC, CSINV, CSNEG: Rd, Rn, Rm, condition. Rd = condition ? Rn : f(Rm).
void conditional_select(Context& c, const Form& form) {
  Reg dst = c.dst(0);
  if (dst == kNoReg) return;
  Reg a = c.value(1, kTemp1), b = c.value(2, kTemp0);
  Second second = static_cast<Second>(form.kind);
  if (second == Second::Invert && c.fact(1).zero && c.fact(2).zero) {  // CSETM: all bits or none
    c.emit({.op = Op::Clobber, .dst = kTemp0});
    return c.emit({.op = Op::Sar, .width = form.width, .dst = dst, .a = kTemp0, .imm = 8 * form.width - 1});
  }
  if (second == Second::Increment) {
    c.emit({.op = Op::Add, .width = form.width, .dst = kTemp0, .a = b, .imm = 1});
    b = kTemp0;
  } else if (second != Second::Plain) {
    return c.emit({.op = Op::Clobber, .dst = dst});
  }
  c.emit({.op = Op::Select, .width = form.width, .dst = dst, .a = a, .b = b, .cond = condition(c.imm(3))});
}

// ADR: Rd, bytes. ADRP: Rd, pages.
void address(Context& c, const Form& form) {
  c.emit(
      {.op = Op::Address, .dst = c.dst(0), .page = form.step != 1, .relocatable = true, .imm = c.imm(1) * form.step});
}

// A move of the low `width` bytes between or within register banks: Rd, Rn.
void plain_move(Context& c, const Form& form) { c.copy(c.dst(0), c.value(1, kTemp0), form.width); }

// ORR of vector registers: Vd, Vn, Vm; a move if Vn is Vm.
void vector_or(Context& c, const Form&) {
  bool same = c.inst.getOperand(1).getReg() == c.inst.getOperand(2).getReg();
  c.copy(c.dst(0), same ? c.value(1, kTemp0) : kNoReg, 8);
}

// FMOV Vd.D[1], Xn changes the high half of Vd, which is not tracked.
void no_effect(Context&, const Form&) {}

void add_arithmetic(FormTable& table, RegisterSize size) {
  for (bool flags : {false, true}) {
    for (bool negative : {false, true}) {
      std::string_view verb = negative ? "SUB" : "ADD", s = flags ? "S" : "";
      Form form = {.width = size.width, .negative = negative, .flags = flags};
      auto add = [&](std::string_view suffix, decltype(Form::lift) lift) {
        form.lift = lift;
        table.add({verb, s, size.letter, suffix}, form);
      };
      add("ri", add_immediate);
      add("rs", add_shifted);
      add("rx", add_extended);
      if (size.width == 8) add("rx64", add_extended);
    }
  }
}

void add_logic(FormTable& table, RegisterSize size) {
  auto add = [&](std::string_view verb, std::string_view suffix, Logic logic, bool flags = false) {
    auto lift = suffix == "ri" ? logic_immediate : logic_shifted;
    table.add({verb, size.letter, suffix}, {.lift = lift, .width = size.width, .kind = kind(logic), .flags = flags});
  };
  for (const char* suffix : {"ri", "rs"}) {
    add("AND", suffix, Logic::And);
    add("ANDS", suffix, Logic::And, true);
    add("ORR", suffix, Logic::Or);
    add("EOR", suffix, Logic::Xor);
  }
  add("BIC", "rs", Logic::AndNot);
  add("BICS", "rs", Logic::AndNot, true);
  add("ORN", "rs", Logic::OrNot);
  add("EON", "rs", Logic::XorNot);
}

void add_moves(FormTable& table, RegisterSize size) {
  auto [letter, width] = size;
  table.add({"MOVZ", letter, "i"}, {.lift = move_wide, .width = width, .kind = kind(Wide::Zero)});
  table.add({"MOVN", letter, "i"}, {.lift = move_wide, .width = width, .kind = kind(Wide::Not)});
  table.add({"MOVK", letter, "i"}, {.lift = move_wide, .width = width, .kind = kind(Wide::Keep)});
  table.add({"UBFM", letter, "ri"}, {.lift = bitfield, .width = width});
  table.add({"SBFM", letter, "ri"}, {.lift = bitfield, .width = width, .is_signed = true});
  table.add({"CSEL", letter, "r"}, {.lift = conditional_select, .width = width, .kind = kind(Second::Plain)});
  table.add({"CSINC", letter, "r"}, {.lift = conditional_select, .width = width, .kind = kind(Second::Increment)});
  table.add({"CSINV", letter, "r"}, {.lift = conditional_select, .width = width, .kind = kind(Second::Invert)});
  table.add({"CSNEG", letter, "r"}, {.lift = conditional_select, .width = width, .kind = kind(Second::Negate)});
}

}  // namespace

void add_integer_forms(FormTable& table) {
  for (RegisterSize size : kRegisterSizes) {
    add_arithmetic(table, size);
    add_logic(table, size);
    add_moves(table, size);
  }
  table.add({"ADR"}, {.lift = address});
  table.add({"ADRP"}, {.lift = address, .step = 4096});
  for (const char* name : {"FMOVXDr", "FMOVDXr", "FMOVDr"}) table.add({name}, {.lift = plain_move});
  for (const char* name : {"FMOVWSr", "FMOVSWr", "FMOVSr"}) table.add({name}, {.lift = plain_move, .width = 4});
  for (const char* name : {"ORRv16i8", "ORRv8i8"}) table.add({name}, {.lift = vector_or});
  table.add({"FMOVXDHighr"}, {.lift = no_effect});
}

}  // namespace objhound::oracle::arm64
