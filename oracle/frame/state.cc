#include "oracle/frame/state.h"

#include <algorithm>
#include <vector>

namespace objhound::oracle {
namespace {

// More slots than any frame's saves and spilled stack addresses need; a bound on hostile input.
constexpr size_t kMaxSlots = 512;

uint16_t base_of(Value address) { return address.kind == Value::Kind::Dynamic ? address.base : 0; }

// Constants and unknown values are not worth a slot: no rule asks for them.
bool worth_keeping(Value value) { return describes_frame(value) || value.kind == Value::Kind::Approximate; }

}  // namespace

Value Value::plus_units(int64_t count) const {
  if (count == 0) return *this;
  constexpr int64_t kMost = 0x3fff;
  const int64_t sum = count + units();
  const bool fits = sum >= -kMost && sum <= kMost;
  switch (kind) {
    case Kind::Const:
      return fits ? fit(kind, static_cast<uint16_t>(sum), offset) : unknown();
    case Kind::Cfa:
    case Kind::Dynamic:
      if (!fits || (kind == Kind::Dynamic && base < kScalable)) return unknown();
      return sum == 0 ? cfa(offset) : dynamic(static_cast<uint16_t>(kScalable | (sum & (kScalable - 1))), offset);
    case Kind::Approximate:
      return *this;
    default:
      return unknown();
  }
}

State State::at_entry(const Arch& arch) {
  State state;
  for (Reg r = 0; r < arch.registers.size(); ++r) {
    if (arch.callee_saved & reg_bit(r)) state.set(r, Value::entry(r));
  }
  state.set(arch.sp, Value::cfa(arch.entry_sp));
  if (arch.return_on_stack) {
    state.store(Value::cfa(arch.return_slot), 8, Value::entry(arch.return_address));
  } else {
    state.set(arch.return_address, Value::entry(arch.return_address));
  }
  return state;
}

Value State::slot(Value address) const {
  if (address.kind == Value::Kind::Approximate) return Value::approximate();
  if (!address.is_stack()) return Value::unknown();
  const uint16_t base = base_of(address);
  const int64_t key = Slot::key(base, address.offset);
  const size_t at = slots_.lower_bound(key);
  if (at < slots_.size() && slots_[at].key() == key) return slots_[at].value;
  const bool moved = base != 0 && base < Value::kScalable;
  return (astray && moved) || slots_.size() >= kMaxSlots ? Value::approximate() : Value::unknown();
}

Value State::store(Value address, unsigned width, Value value, Value because) {
  Value forgotten = Value::unknown();
  if (!address.is_stack()) return forgotten;
  const auto forget_value = [&](Value old) {
    if (describes_frame(old) && forgotten.kind != Value::Kind::Entry) forgotten = old;
    changed_ |= kSlotsChanged;
  };
  const uint16_t base = base_of(address);
  const int64_t low = Slot::key(base, address.offset);
  const int64_t high = low + width;
  // A slot is eight bytes: it overlaps if it begins less than eight bytes below the store's begin.
  size_t at = slots_.lower_bound(low - 7);
  const bool keep = width == 8 && worth_keeping(value) && slots_.size() < kMaxSlots;
  // The common case: nothing overlaps, or the very same slot is written again.
  if (keep && at < slots_.size() && slots_[at].key() == low) {
    if (!(slots_[at].value == value)) forget_value(slots_[at].value);
    slots_[at++].value = value;
    for (; at < slots_.size() && slots_[at].key() < high; slots_.erase(at)) forget_value(slots_[at].value);
    return forgotten;
  }
  while (at < slots_.size() && slots_[at].key() < high) {
    forget_value(slots_[at].value);
    if (because.is_unknown()) {
      slots_.erase(at);
    } else {
      slots_[at++].value = because;
    }
  }
  if (!keep) return forgotten;
  slots_.insert(slots_.lower_bound(low), {base, address.offset, value});
  changed_ |= kSlotsChanged;
  return forgotten;
}

void State::drop_slots_below(Value sp, uint32_t keep) {
  if (!sp.is_stack()) return;
  const uint16_t base = base_of(sp);
  const int64_t limit = int64_t{sp.offset} - keep;
  // The common case: slots against the CFA come first, and those of scalable vectors last.
  const bool scalable = !slots_.empty() && slots_[slots_.size() - 1].base >= Value::kScalable;
  if (slots_.empty() || (!scalable && base == 0 && slots_[0].key() >= limit)) return;
  const bool known = sp.kind == Value::Kind::Cfa || base >= Value::kScalable;
  const bool dropped = slots_.erase_if([&](const Slot& slot) {
    const bool deeper = known && slot.base >= Value::kScalable && Value::dynamic(slot.base, 0).units() < sp.units();
    return deeper || (slot.base == base && slot.offset < limit);
  });
  if (dropped) changed_ |= kSlotsChanged;
}

void State::retire_base(uint16_t base) {
  const auto against_base = [&](Value value) { return value.kind == Value::Kind::Dynamic && value.base == base; };
  for (RegSet left = known_; left != 0; left &= left - 1) {
    const unsigned at = static_cast<unsigned>(std::countr_zero(left));
    if (against_base(value(at))) forget(RegSet{1} << at);
  }
  astray = astray || describes_frame_at(base);
  if (slots_.erase_if([&](const Slot& slot) { return slot.base == base || against_base(slot.value); }))
    changed_ |= kSlotsChanged;
}

bool State::describes_frame_at(uint16_t base) const {
  return std::ranges::any_of(slots_,
                             [&](const Slot& slot) { return slot.base == base && describes_frame(slot.value); });
}

void State::lose_sight() {
  astray = astray || std::ranges::any_of(slots_, [](const Slot& slot) {
             return slot.base != 0 && slot.base < Value::kScalable && describes_frame(slot.value);
           });
}

void State::rename_slots(Value from, Value to) {
  const bool same = from.kind == to.kind && from.base == to.base;
  std::vector<Slot> renamed;
  for (const Slot& slot : slots_.all()) {
    const int64_t offset = int64_t{slot.offset} - from.offset + to.offset;
    if (same || slot.base != base_of(from) || offset != static_cast<int32_t>(offset)) continue;
    renamed.push_back({base_of(to), static_cast<int32_t>(offset), slot.value});
  }
  astray = astray || describes_frame_at(base_of(to));
  slots_.erase_if([&](const Slot& slot) { return slot.base == base_of(to); });
  for (const Slot& slot : renamed) {
    if (slots_.size() < kMaxSlots) slots_.insert(slots_.size(), slot);
  }
  slots_.sort();
  changed_ |= kSlotsChanged;
}

void State::forget_all(const Arch& arch, Value value) {
  for (Reg r = 0; r < arch.registers.size(); ++r) set(r, value);
  for (Slot& slot : slots_.all()) slot.value = value;
  changed_ |= kSlotsChanged;
}

bool State::same_values(const State& other) const {
  uint64_t differ = 0;
  for (RegSet left = known_ & other.known_; left != 0; left &= left - 1) {
    const int at = std::countr_zero(left);
    differ |= values_[at] ^ other.values_[at];
  }
  return differ == 0;
}

bool State::merge(const State& other, bool soft) {
  soft = soft || other.tainted;
  if (tainted && !soft) {
    // The first sound path to a place that only doubtful paths had reached: what it says counts, and the doubtful
    // paths can only make it approximate.
    State sound = other;
    sound.merge(*this, true);
    sound.tainted = false;
    *this = sound;
    changed_ = ~RegSet{0};
    return true;
  }
  const bool registers = merge_registers(other, soft);
  const bool slots = merge_slots(other.slots_, soft);
  if (registers || slots) changed_ = ~RegSet{0};
  const RegSet hearsay = (hearsay_ | other.hearsay_) & known_;
  const bool more_doubt = (hearsay & ~hearsay_) != 0 || (other.astray && !astray);
  hearsay_ = hearsay;
  astray = astray || other.astray;
  return registers || slots || more_doubt;
}

bool State::merge_registers(const State& other, bool soft) {
  const RegSet before = known_;
  bool changed = false;
  if (!soft) known_ &= other.known_;
  intact_ &= other.intact_;  // a join is no entry value unless both are
  for (RegSet left = known_; left != 0; left &= left - 1) {
    const int at = std::countr_zero(left);
    const RegSet bit = RegSet{1} << at;
    if ((other.known_ & bit) != 0 && values_[at] == other.values_[at]) continue;
    const Value mine = value(static_cast<unsigned>(at));
    const Value joined = join(mine, other.reg(static_cast<Reg>(at)), soft);
    if (joined.is_unknown()) known_ &= ~bit;
    changed = changed || !(joined == mine);
    values_[at] = std::bit_cast<uint64_t>(joined);
  }
  return changed || known_ != before;
}

// Slots that only one side knows are unknown on the other. Both are sorted: one walk.
bool State::merge_slots(const SlotList& other, bool soft) {
  if (slots_ == other) return false;
  bool changed = false;
  size_t kept = 0;
  size_t theirs = 0;
  for (size_t mine = 0; mine < slots_.size(); ++mine) {
    Slot slot = slots_[mine];
    while (theirs < other.size() && other[theirs].key() < slot.key()) ++theirs;
    const bool both = theirs < other.size() && other[theirs].key() == slot.key();
    const Value joined = join(slot.value, both ? other[theirs].value : Value::unknown(), soft);
    changed = changed || !(joined == slot.value);
    slot.value = joined;
    if (joined.kind != Value::Kind::Unknown) slots_[kept++] = slot;
  }
  slots_.truncate(kept);
  return changed;
}

}  // namespace objhound::oracle
