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
//
// Of nearly all instructions nothing is known before or after. So a state is little more than the set of registers that
// something is known of: an instruction that reads none of them takes its results out of the set, and copies and merges
// look at nothing else.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "oracle/arch.h"
#include "oracle/frame/slots.h"
#include "oracle/frame/value.h"

namespace objhound::oracle {

class State {
 public:
  State() {}
  State(const State& other) { *this = other; }
  State& operator=(const State& other) {
    if (this == &other) return *this;
    known_ = other.known_;
    intact_ = other.intact_;
    hearsay_ = other.hearsay_;
    changed_ = other.changed_;
    tainted = other.tainted;
    astray = other.astray;
    slots_ = other.slots_;
    // In pairs, which is faster than to find out which of them are known; those behind the last are not touched.
    constexpr int kPair = 2;
    for (int at = 0, end = std::bit_width(known_); at < end; at += kPair)
      std::memcpy(values_ + at, other.values_ + at, kPair * sizeof(uint64_t));
    return *this;
  }

  // At the family's entry: callee-saved registers, the return address and SP as the ABI has them.
  static State at_entry(const Arch& arch);

  // The registers that something is known of, be it that their value is somewhere in the frame.
  RegSet known() const { return known_; }
  // Those of them that hold what they held at entry.
  RegSet intact() const { return intact_; }
  Value reg(Reg r) const { return (known_ >> index(r) & 1) != 0 ? value(index(r)) : Value::unknown(); }
  void set(Reg r, Value value) {
    const RegSet bit = RegSet{1} << index(r);
    if (value.is_unknown()) return forget(bit);
    hearsay_ &= ~bit;
    const uint64_t bits = std::bit_cast<uint64_t>(value);
    if ((known_ & bit) != 0 && values_[index(r)] == bits) return;
    values_[index(r)] = bits;
    known_ |= bit;
    changed_ |= bit;
    intact_ = value.is_entry(r) ? intact_ | bit : intact_ & ~bit;
  }
  // All these become unknown.
  void forget(RegSet registers) {
    changed_ |= known_ & registers;
    known_ &= ~registers;
    intact_ &= ~registers;
    hearsay_ &= ~registers;
  }
  // Scratch registers hold values within one instruction only.
  void forget_temporaries() { forget(kTemporaries); }
  // Whether the register's value came from memory (after set(), which says that it did not). A stack address in memory
  // may be the program's own: a pointer to a local object, in an object that others know and may make point elsewhere.
  // Of unknown values it is not said.
  bool hearsay(Reg r) const { return (hearsay_ >> index(r) & 1) != 0; }
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
  bool merge(const State& other, bool soft);

  const SlotList& slots() const { return slots_; }

  // Whether two states say the same of everything; for those who remember where they have been.
  bool same_as(const State& other) const {
    return tainted == other.tainted && astray == other.astray && hearsay_ == other.hearsay_ && known_ == other.known_ &&
           same_values(other) && slots_ == other.slots_;
  }

  // Reached only over edges that may not exist; everything said of it is at most suspect.
  bool tainted = false;
  // A value of the frame (an entry value, a stack address) stands where it is not followed: it was stored with an
  // index, or through an address from memory, or SP has been moved since by no known distance. What is then read with
  // an index, or against a dynamic base, may be that value.
  bool astray = false;

  // What changed since the last call of take_changes(), for those who look again only at what moved: registers, and
  // kSlotsChanged.
  static constexpr RegSet kSlotsChanged = RegSet{1} << 63;
  RegSet changes() const { return changed_; }
  RegSet take_changes() { return std::exchange(changed_, 0); }

 private:
  // The temporaries take places 60 and 61; kNoReg and kPcReg have places, too, at which nothing is ever known.
  static constexpr unsigned index(Reg r) { return r & (kMaxRegs - 1); }
  static constexpr RegSet kTemporaries = RegSet{3} << 60;
  Value value(unsigned at) const { return std::bit_cast<Value>(values_[at]); }
  bool describes_frame_at(uint16_t base) const;
  bool same_values(const State& other) const;
  bool merge_registers(const State& other, bool soft);
  bool merge_slots(const SlotList& other, bool soft);

  RegSet known_ = 0;
  RegSet intact_ = 0;
  RegSet hearsay_ = 0;
  RegSet changed_ = ~RegSet{0};
  SlotList slots_;             // sorted
  uint64_t values_[kMaxRegs];  // of the registers in known_; the others are not initialised
};

// "rsp=cfa-24 rbp=cfa-16 [cfa-8]=ret [cfa-16]=rbp": only what differs from the entry state.
std::string to_text(const State& state, const Arch& arch);

// "rsp=cfa-24 [cfa-24]=rbx": what `after` says of the frame and the preserved registers that `before` does not.
std::string changes_text(const State& before, const State& after, const Arch& arch);

}  // namespace objhound::oracle
