// What a register or a piece of the stack holds, in terms of the values at the function's entry: the points of the
// lattice that the abstract interpreter works on.
#pragma once

#include <bit>
#include <cstdint>
#include <string>

#include "oracle/arch.h"

namespace objhound::oracle {

struct Value {
  enum class Kind : uint8_t {
    // In the order of the lattice: a join of two different values is never above either.
    Entry,        // the value register `reg` had at entry
    Cfa,          // CFA + offset
    Dynamic,      // dynamic base `base` + offset
    Const,        // offset
    Approximate,  // not known because something was approximated: claims that need it are unproved
    Unknown,      // some other value: on at least one path it is none of the above
  };
  Kind kind = Kind::Unknown;
  Reg reg = kNoReg;    // Entry
  uint16_t base = 0;   // Dynamic: which base; Entry: 1 while signed by pointer authentication; Unknown: see somewhere()
  int32_t offset = 0;  // bytes

  // Sizes that depend on the length of scalable vectors are counted in units of an eighth of it (on arm64: in VG
  // bytes). A constant has `base` of them, as a signed number, beside its offset; CFA + n units is the dynamic base
  // kScalable | n, n in 15 bits.
  static constexpr uint16_t kScalable = 0x8000;
  static Value constant_units(int64_t units) { return constant(0).plus_units(units); }
  int32_t units() const {
    if (kind == Kind::Const) return static_cast<int16_t>(base);
    if (kind != Kind::Dynamic || base < kScalable) return 0;
    constexpr int kSign = 0x4000;
    return ((base & (kScalable - 1)) ^ kSign) - kSign;
  }
  Value plus_units(int64_t units) const;

  static Value unknown() { return {}; }
  // Unknown, but that it was made of a stack address: of different ones, or of one and a distance that is not known.
  static Value somewhere() { return {Kind::Unknown, kNoReg, 1, 0}; }
  // Unknown, but that it leaves any address alone that it masks, or makes it one that no access can be made to: all
  // bits or none, to be combined by AND; and bits that no address has, by OR. Speculative load hardening (LLVM,
  // docs/SpeculativeLoadHardening; GCC, -mtrack-speculation) keeps whether the CPU has mispredicted a branch in such a
  // value, and hands it on in SP: where the program really is, it is the one that changes nothing.
  static Value all_or_none() { return {Kind::Unknown, kNoReg, 2, 0}; }
  static Value beyond_addresses() { return {Kind::Unknown, kNoReg, 3, 0}; }
  static Value approximate() { return {Kind::Approximate, kNoReg, 0, 0}; }
  static Value entry(Reg r) { return {Kind::Entry, r, 0, 0}; }
  static Value cfa(int64_t offset) { return fit(Kind::Cfa, 0, offset); }
  static Value dynamic(uint16_t base, int64_t offset) { return fit(Kind::Dynamic, base, offset); }
  static Value constant(int64_t value) { return fit(Kind::Const, 0, value); }

  bool is_unknown() const { return *this == unknown(); }  // and not somewhere in the frame
  bool is_somewhere() const { return kind == Kind::Unknown && base == 1; }
  bool is_entry(Reg r) const { return *this == entry(r); }
  bool is_stack() const { return kind == Kind::Cfa || kind == Kind::Dynamic; }
  // The same kind of address or constant, moved by `delta` bytes; unknown values stay what they are.
  Value plus(int64_t delta) const {
    switch (kind) {
      case Kind::Cfa:
      case Kind::Dynamic:
      case Kind::Const:
        return fit(kind, base, int64_t{offset} + delta);
      case Kind::Entry:
        return delta == 0 ? *this : unknown();
      default:
        return *this;
    }
  }
  friend bool operator==(Value a, Value b) { return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b); }

 private:
  // Offsets beyond 2 GiB are no frame's; they become unknown.
  static Value fit(Kind kind, uint16_t base, int64_t offset) {
    if (offset != static_cast<int32_t>(offset)) return unknown();
    return {kind, kNoReg, base, static_cast<int32_t>(offset)};
  }
};
static_assert(sizeof(Value) == 8);

// The less precise of the two, as above. `soft`: the second comes over an approximate edge, so a difference proves
// nothing.
inline Value join(Value a, Value b, bool soft) {
  if (a == b) return a;
  if (soft && a.kind == Value::Kind::Unknown) return a.is_somewhere() ? a : Value::unknown();
  if (soft) return Value::approximate();
  const auto in_frame = [](Value v) { return v.is_stack() || v.is_somewhere(); };
  if (in_frame(a) && in_frame(b)) return Value::somewhere();
  if (a.kind == Value::Kind::Unknown || b.kind == Value::Kind::Unknown) return Value::unknown();
  if (a.kind == Value::Kind::Approximate || b.kind == Value::Kind::Approximate) return Value::approximate();
  return Value::unknown();
}

// Whether the value is one that a frame is described by: something the caller wants back, or a place in the frame.
inline bool describes_frame(Value value) { return value.kind == Value::Kind::Entry || value.is_stack(); }

std::string to_text(Value value, const Arch& arch);

}  // namespace objhound::oracle
