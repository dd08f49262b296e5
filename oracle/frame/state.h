// The abstract state of a frame at one instruction: what each tracked register holds and what the stack slots
// that matter hold, in terms of the values at the function's entry.
//
// The CFA (canonical frame address, DWARF 5 section 6.4) is the anchor: it is a constant of the activation, SP at
// entry is CFA + Arch::entry_sp, and every stack address is written as CFA + k. Where the program aligns SP or moves
// it by an amount that is not a constant, the address is written against a *dynamic base*, named by the instruction
// that made it.
//
// What the domain assumes of a well-defined program, stated in docs/contract.md: a store through a pointer that is
// not derived from SP or FP by constants, in registers, does not change the frame's save slots, and objects addressed
// against different bases do not overlap.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

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
  Reg reg = kNoReg;  // Entry
  uint16_t base =
      0;  // Dynamic: which base; Entry: 1 while signed by pointer authentication; Unknown: 1 for somewhere()
  int32_t offset = 0;  // bytes

  // Sizes that depend on the length of scalable vectors are counted in units of an eighth of it (on arm64: in VG
  // bytes). A constant has `base` of them, as a signed number, beside its offset; CFA + n units is the dynamic base
  // kScalable | n, n in 15 bits.
  static constexpr uint16_t kScalable = 0x8000;
  static Value constant_units(int64_t units) { return constant(0).plus_units(units); }
  int32_t units() const;
  Value plus_units(int64_t units) const;

  static Value unknown() { return {}; }
  // Unknown, but that it was made of a stack address: of different ones, or of one and a distance that is not known.
  static Value somewhere() { return {Kind::Unknown, kNoReg, 1, 0}; }
  static Value approximate() { return {Kind::Approximate, kNoReg, 0, 0}; }
  static Value entry(Reg r) { return {Kind::Entry, r, 0, 0}; }
  static Value cfa(int64_t offset) { return fit(Kind::Cfa, 0, offset); }
  static Value dynamic(uint16_t base, int64_t offset) { return fit(Kind::Dynamic, base, offset); }
  static Value constant(int64_t value) { return fit(Kind::Const, 0, value); }

  bool is_entry(Reg r) const { return kind == Kind::Entry && reg == r && base == 0; }
  bool is_stack() const { return kind == Kind::Cfa || kind == Kind::Dynamic; }
  bool is_somewhere() const { return kind == Kind::Unknown && base != 0; }
  // The same kind of address or constant, moved by `delta` bytes; unknown values stay what they are.
  Value plus(int64_t delta) const;
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
Value join(Value a, Value b, bool soft);

// Whether the value is one that a frame is described by: something the caller wants back, or a place in the frame.
inline bool describes_frame(Value value) { return value.kind == Value::Kind::Entry || value.is_stack(); }

// Eight bytes of stack with a known value. Slots without an entry hold something unknown.
struct Slot {
  uint16_t base;   // 0: CFA, else the dynamic base
  int32_t offset;  // bytes from the base
  Value value;
  friend bool operator==(const Slot&, const Slot&) = default;
};

class State {
 public:
  // At the family's entry: callee-saved registers, the return address and SP as the ABI has them.
  static State at_entry(const Arch& arch);

  Value reg(Reg r) const { return r == kNoReg || r == kPcReg ? Value::unknown() : regs_[index(r)]; }
  void set(Reg r, Value value) {
    hearsay_ &= ~(RegSet{1} << index(r));
    Value& place = regs_[index(r)];
    if (place == value) return;
    place = value;
    changed_ |= RegSet{1} << index(r);
  }
  // Whether the register's value came from memory (after set(), which says that it did not). A stack address in memory
  // may be the program's own: a pointer to a local object, in an object that others know and may make point elsewhere.
  bool hearsay(Reg r) const { return r != kNoReg && r != kPcReg && (hearsay_ >> index(r) & 1) != 0; }
  void mark_hearsay(Reg r) { hearsay_ |= RegSet{1} << index(r); }
  // The value of the eight bytes at a stack address; unknown if it is not recorded or `address` is no stack address,
  // approximate if what is not recorded may all the same be something that went astray.
  Value slot(Value address) const;
  // Records a store of `width` bytes. Only eight-byte values that are worth knowing are kept; whatever the store
  // overlaps is forgotten (`because`: what the overlapped slots become). Returns a value that described the frame
  // and is forgotten for another, an entry value if there is one; else unknown.
  Value store(Value address, unsigned width, Value value, Value because = Value::unknown());
  // Forgets slots below SP - keep bytes: what a call or a signal handler may overwrite.
  void drop_slots_below(Value sp, uint32_t keep);
  // A base is about to be made anew (a loop came round): values against the old one mean nothing any more, and what
  // stood there is astray.
  void retire_base(uint16_t base);
  // What stands at `from` + k is from now on also known as what stands at `to` + k, where `to` is dynamic: two ways
  // meet, and SP, which was `from` on this one, goes by a name of its own. What stood at that name before is astray.
  void rename_slots(Value from, Value to);
  // SP has moved by a distance that is not known: what was recorded against a dynamic base is astray.
  void lose_sight();
  // Everything becomes `value`, SP included.
  void forget_all(const Arch& arch, Value value);

  // Pointwise. Returns whether this state changed. `soft`: see join().
  bool merge(const State& other, const Arch& arch, bool soft);

  std::vector<Slot>& slots() { return slots_; }
  const std::vector<Slot>& slots() const { return slots_; }

  // Whether two states say the same of everything; for those who remember where they have been.
  bool same_as(const State& other) const {
    return tainted == other.tainted && astray == other.astray && hearsay_ == other.hearsay_ && regs_ == other.regs_ &&
           slots_ == other.slots_;
  }

  // Reached only over edges that may not exist; everything said of it is at most suspect.
  bool tainted = false;
  // A value of the frame (an entry value, a stack address) stands where it is not followed: it was stored with an
  // index, or through an address from memory, or SP has been moved since by no known distance. What is then read with
  // an index, or against a dynamic base, may be that value.
  bool astray = false;

  // What changed since the last call, for those who look again only at what moved: registers, and kSlotsChanged.
  static constexpr RegSet kSlotsChanged = RegSet{1} << 63;
  RegSet take_changes() { return std::exchange(changed_, 0); }

 private:
  bool describes_frame_at(uint16_t base) const;
  static unsigned index(Reg r) { return r & (kMaxRegs - 1); }  // kTemp0 and kTemp1 take places 60 and 61
  std::array<Value, kMaxRegs> regs_{};
  std::vector<Slot> slots_;  // sorted by (base, offset)
  RegSet hearsay_ = 0;
  RegSet changed_ = ~RegSet{0};
};

std::string to_text(Value value, const Arch& arch);
// "rsp=cfa-24 rbp=cfa-16 [cfa-8]=ret [cfa-16]=rbp": only what differs from the entry state.
std::string to_text(const State& state, const Arch& arch);

// "rsp=cfa-24 [cfa-24]=rbx": what `after` says of the frame and the preserved registers that `before` does not.
std::string changes_text(const State& before, const State& after, const Arch& arch);

}  // namespace objhound::oracle
