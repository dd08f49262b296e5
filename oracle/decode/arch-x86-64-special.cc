// Padding, landing pads, string instructions, and the few instructions whose stores or results LLVM's descriptions do
// not tell.

#include "oracle/decode/arch-x86-64-lift.h"

namespace objhound::oracle::x86_64 {
namespace {

void nop(Context& c) { c.out.nop = true; }
void landing_pad(Context& c) { c.out.landing_pad = true; }

bool repeats(Context& c) { return c.has_prefix({0xf2, 0xf3}); }

// The repeat prefix counts rcx down to 0.
void clobber_pointers(Context& c, RegSet pointers) {
  if (repeats(c)) pointers |= reg_bit(kRcx);
  c.clobber_set(pointers);
}

// MOVS, STOS, INS: `width` bytes to [rdi], rcx times if there is a repeat prefix. The ABI keeps the direction flag
// clear at function borders, so the store goes upwards.
void store_string(Context& c, uint8_t width, Reg value) {
  if (c.has_short_addresses()) {
    c.emit({.op = Op::StoreUnknownSize});
  } else if (repeats(c)) {
    c.emit({.op = Op::StoreUnknownSize, .width = width, .a = kRdi, .src = kRcx});
  } else {
    c.store({.a = kRdi}, value, width);
  }
}

template <uint8_t width>
void movs(Context& c) {
  store_string(c, width, kNoReg);
  clobber_pointers(c, reg_bit(kRsi) | reg_bit(kRdi));
}

template <uint8_t width>
void stos(Context& c) {
  store_string(c, width, kRax);
  clobber_pointers(c, reg_bit(kRdi));
}

template <uint8_t width>
void ins(Context& c) {
  store_string(c, width, kNoReg);
  clobber_pointers(c, reg_bit(kRdi));
}

template <uint8_t width>
void lods(Context& c) {
  c.clobber({.reg = kRax, .width = width});
  clobber_pointers(c, reg_bit(kRsi));
}

void outs(Context& c) { clobber_pointers(c, reg_bit(kRsi)); }

void scas(Context& c) {
  clobber_pointers(c, reg_bit(kRdi));
  c.flags_lost();
}

void cmps(Context& c) {
  clobber_pointers(c, reg_bit(kRsi) | reg_bit(kRdi));
  c.flags_lost();
}

// MASKMOVDQU and its kin store to [rdi], which is no operand.
template <uint8_t width>
void masked_store(Context& c) {
  store_string(c, width, kNoReg);
}

// CLZERO: the cache line that rax points into.
void clear_line(Context& c) { c.emit({.op = Op::StoreUnknownSize}); }

// MOVDIR64B, ENQCMD: the destination is the address in a register, the memory operand is the source.
template <uint8_t width>
void store_through_register(Context& c) {
  Reg to = c.reg(0).width == 8 ? c.reg(0).reg : kNoReg;
  if (to == kNoReg) {
    c.emit({.op = Op::StoreUnknownSize});
  } else {
    c.store({.a = to}, kNoReg, width);
  }
}

void cpuid(Context& c) { c.clobber_set(reg_bit(kRax) | reg_bit(kRbx) | reg_bit(kRcx) | reg_bit(kRdx)); }

}  // namespace

LiftFunction special_opcode(std::string_view opcode) {
  static constexpr LiftEntry kEntries[] = {
      {"NOOP", nop},
      {"NOOPW", nop},
      {"NOOPL", nop},
      {"NOOPQ", nop},
      {"NOOPWr", nop},
      {"NOOPLr", nop},
      {"NOOPQr", nop},
      {"ENDBR64", landing_pad},
      {"ENDBR32", nop},
      {"MOVSB", movs<1>},
      {"MOVSW", movs<2>},
      {"MOVSL", movs<4>},
      {"MOVSQ", movs<8>},
      {"STOSB", stos<1>},
      {"STOSW", stos<2>},
      {"STOSL", stos<4>},
      {"STOSQ", stos<8>},
      {"INSB", ins<1>},
      {"INSW", ins<2>},
      {"INSL", ins<4>},
      {"LODSB", lods<1>},
      {"LODSW", lods<2>},
      {"LODSL", lods<4>},
      {"LODSQ", lods<8>},
      {"OUTSB", outs},
      {"OUTSW", outs},
      {"OUTSL", outs},
      {"SCASB", scas},
      {"SCASW", scas},
      {"SCASL", scas},
      {"SCASQ", scas},
      {"CMPSB", cmps},
      {"CMPSW", cmps},
      {"CMPSL", cmps},
      {"CMPSQ", cmps},
      {"MASKMOVDQU64", masked_store<16>},
      {"VMASKMOVDQU64", masked_store<16>},
      {"MMX_MASKMOVQ64", masked_store<8>},
      {"CLZERO64r", clear_line},
      {"CLZERO32r", clear_line},
      {"MOVDIR64B64", store_through_register<64>},
      {"MOVDIR64B32", store_through_register<64>},
      {"CPUID", cpuid},
  };
  return find_entry(kEntries, opcode);
}

}  // namespace objhound::oracle::x86_64
