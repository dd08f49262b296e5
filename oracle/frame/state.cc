#include "oracle/frame/state.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace objhound::oracle {
namespace {

// More slots than any frame's saves and spilled stack addresses need; a bound on hostile input.
constexpr size_t kMaxSlots = 512;

bool before(const Slot& slot, std::pair<uint16_t, int64_t> key) {
  return slot.base != key.first ? slot.base < key.first : slot.offset < key.second;
}

uint16_t base_of(Value address) { return address.kind == Value::Kind::Dynamic ? address.base : 0; }

// Constants and unknown values are not worth a slot: no rule asks for them.
bool worth_keeping(Value value) { return describes_frame(value) || value.kind == Value::Kind::Approximate; }

}  // namespace

Value Value::plus(int64_t delta) const {
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

int32_t Value::units() const {
  if (kind == Kind::Const) return static_cast<int16_t>(base);
  if (kind != Kind::Dynamic || base < kScalable) return 0;
  constexpr int kSign = 0x4000;
  return ((base & (kScalable - 1)) ^ kSign) - kSign;
}

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

Value join(Value a, Value b, bool soft) {
  if (a == b) return a;
  if (soft) return a.kind == Value::Kind::Unknown ? a : Value::approximate();
  const auto in_frame = [](Value v) { return v.is_stack() || v.is_somewhere(); };
  if (in_frame(a) && in_frame(b)) return Value::somewhere();
  if (a.kind == Value::Kind::Unknown || b.kind == Value::Kind::Unknown) return Value::unknown();
  if (a.kind == Value::Kind::Approximate || b.kind == Value::Kind::Approximate) return Value::approximate();
  return Value::unknown();
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
  const bool moved = base != 0 && base < Value::kScalable;
  const Value unrecorded = (astray && moved) || slots_.size() >= kMaxSlots ? Value::approximate() : Value::unknown();
  // Most frames save so little that looking at all is faster than a search.
  constexpr size_t kFew = 16;
  if (slots_.size() <= kFew) {
    for (const Slot& slot : slots_) {
      if (slot.offset == address.offset && slot.base == base) return slot.value;
    }
    return unrecorded;
  }
  auto it = std::lower_bound(slots_.begin(), slots_.end(), std::pair<uint16_t, int64_t>(base, address.offset), before);
  if (it == slots_.end() || it->base != base || it->offset != address.offset) return unrecorded;
  return it->value;
}

Value State::store(Value address, unsigned width, Value value, Value because) {
  Value forgotten = Value::unknown();
  if (!address.is_stack()) return forgotten;
  const auto forget = [&](Value old) {
    if (describes_frame(old) && forgotten.kind != Value::Kind::Entry) forgotten = old;
  };
  const uint16_t base = base_of(address);
  const int64_t low = address.offset;
  const int64_t high = low + width;
  // A slot is eight bytes: it overlaps if it begins less than eight bytes below the store's begin.
  auto it = std::lower_bound(slots_.begin(), slots_.end(), std::pair<uint16_t, int64_t>(base, low - 7), before);
  const bool keep = width == 8 && worth_keeping(value) && slots_.size() < kMaxSlots;
  // The common case: nothing overlaps, or the very same slot is written again.
  if (it != slots_.end() && it->base == base && it->offset == low && width == 8 && keep) {
    if (!(it->value == value)) {
      forget(it->value);
      it->value = value;
      changed_ |= kSlotsChanged;
    }
    ++it;
    while (it != slots_.end() && it->base == base && it->offset < high) {
      forget(it->value);
      it = slots_.erase(it), changed_ |= kSlotsChanged;
    }
    return forgotten;
  }
  while (it != slots_.end() && it->base == base && it->offset < high) {
    changed_ |= kSlotsChanged;
    forget(it->value);
    if (because.kind == Value::Kind::Unknown) {
      it = slots_.erase(it);
    } else {
      (it++)->value = because;
    }
  }
  if (!keep) return forgotten;
  it = std::lower_bound(slots_.begin(), slots_.end(), std::pair<uint16_t, int64_t>(base, low), before);
  slots_.insert(it, Slot{base, static_cast<int32_t>(low), value});
  changed_ |= kSlotsChanged;
  return forgotten;
}

void State::drop_slots_below(Value sp, uint32_t keep) {
  if (!sp.is_stack()) return;
  const uint16_t base = base_of(sp);
  const int64_t limit = int64_t{sp.offset} - keep;
  const size_t before_count = slots_.size();
  const bool known = sp.kind == Value::Kind::Cfa || base >= Value::kScalable;
  std::erase_if(slots_, [&](const Slot& slot) {
    const bool deeper = known && slot.base >= Value::kScalable && Value::dynamic(slot.base, 0).units() < sp.units();
    return deeper || (slot.base == base && slot.offset < limit);
  });
  if (slots_.size() != before_count) changed_ |= kSlotsChanged;
}

void State::retire_base(uint16_t base) {
  const auto against_base = [&](Value value) { return value.kind == Value::Kind::Dynamic && value.base == base; };
  for (Value& value : regs_) {
    if (against_base(value)) value = Value::unknown(), changed_ = ~RegSet{0};
  }
  const size_t before_count = slots_.size();
  astray = astray || describes_frame_at(base);
  std::erase_if(slots_, [&](const Slot& slot) { return slot.base == base || against_base(slot.value); });
  if (slots_.size() != before_count) changed_ |= kSlotsChanged;
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
  for (const Slot& slot : slots_) {
    const int64_t offset = int64_t{slot.offset} - from.offset + to.offset;
    if (same || slot.base != base_of(from) || offset != static_cast<int32_t>(offset)) continue;
    renamed.push_back({base_of(to), static_cast<int32_t>(offset), slot.value});
  }
  astray = astray || describes_frame_at(base_of(to));
  std::erase_if(slots_, [&](const Slot& slot) { return slot.base == base_of(to); });
  for (const Slot& slot : renamed) {
    if (slots_.size() < kMaxSlots) slots_.push_back(slot);
  }
  std::ranges::sort(slots_, {}, [](const Slot& slot) { return std::pair(slot.base, slot.offset); });
  changed_ |= kSlotsChanged;
}

void State::forget_all(const Arch& arch, Value value) {
  for (Reg r = 0; r < arch.registers.size(); ++r) set(r, value);
  for (Slot& slot : slots_) slot.value = value;
  changed_ |= kSlotsChanged;
}

bool State::merge(const State& other, const Arch& arch, bool soft) {
  bool changed = false;
  soft = soft || other.tainted;
  if (tainted && !soft) {
    // The first sound path to a place that only doubtful paths had reached: what it says counts, and the doubtful
    // paths can only make it approximate.
    State sound = other;
    sound.merge(*this, arch, true);
    sound.tainted = false;
    *this = std::move(sound);
    changed_ = ~RegSet{0};
    return true;
  }
  const bool more_hearsay = (other.hearsay_ & ~hearsay_) != 0 || (other.astray && !astray);
  if (!more_hearsay && regs_ == other.regs_ && slots_ == other.slots_) return false;
  hearsay_ |= other.hearsay_;
  astray = astray || other.astray;
  for (Reg r = 0; r < arch.registers.size(); ++r) {
    const Value joined = join(regs_[r], other.regs_[r], soft);
    if (joined == regs_[r]) continue;
    regs_[r] = joined;
    changed = true;
  }
  // Slots that only one side knows are unknown on the other. Both vectors are sorted: one walk.
  size_t kept = 0;
  size_t theirs = 0;
  for (size_t mine = 0; mine < slots_.size(); ++mine) {
    Slot slot = slots_[mine];
    const std::pair<uint16_t, int64_t> key(slot.base, slot.offset);
    while (theirs < other.slots_.size() && before(other.slots_[theirs], key)) ++theirs;
    const bool both = theirs < other.slots_.size() && other.slots_[theirs].base == slot.base &&
                      other.slots_[theirs].offset == slot.offset;
    const Value joined = join(slot.value, both ? other.slots_[theirs].value : Value::unknown(), soft);
    if (!(joined == slot.value)) changed = true;
    slot.value = joined;
    if (joined.kind != Value::Kind::Unknown) slots_[kept++] = slot;
  }
  slots_.resize(kept);
  if (changed) changed_ = ~RegSet{0};
  return changed || more_hearsay;
}

namespace {
std::string offset_text(std::string_view base, int32_t offset) {
  if (offset == 0) return std::string(base);
  return fmt::format("{}{:+}", base, offset);
}
}  // namespace

std::string to_text(Value value, const Arch& arch) {
  switch (value.kind) {
    case Value::Kind::Entry:
      return fmt::format("entry:{}{}", arch.registers[value.reg].name, value.base ? ":signed" : "");
    case Value::Kind::Cfa:
      return offset_text("cfa", value.offset);
    case Value::Kind::Dynamic:
      if (value.base >= Value::kScalable) return offset_text(fmt::format("cfa{:+}vg", value.units()), value.offset);
      return offset_text(fmt::format("dyn{}", value.base), value.offset);
    case Value::Kind::Const:
      return fmt::format("{:#x}", value.offset);
    case Value::Kind::Approximate:
      return "approximate";
    case Value::Kind::Unknown:
      break;
  }
  return "unknown";
}

namespace {
bool preserved(const Arch& arch, Reg r) {
  return (arch.callee_saved & reg_bit(r)) != 0 || (r == arch.return_address && !arch.return_on_stack);
}

std::string slot_text(const Slot& slot, const Arch& arch) {
  const Value address = slot.base == 0 ? Value::cfa(slot.offset) : Value::dynamic(slot.base, slot.offset);
  return fmt::format("[{}]={}", to_text(address, arch), to_text(slot.value, arch));
}
}  // namespace

std::string to_text(const State& state, const Arch& arch) {
  std::string text = fmt::format("{}={}", arch.registers[arch.sp].name, to_text(state.reg(arch.sp), arch));
  for (Reg r = 0; r < arch.registers.size(); ++r) {
    if (r == arch.sp) continue;
    const Value value = state.reg(r);
    if (preserved(arch, r) ? value.is_entry(r) : !value.is_stack() && value.kind != Value::Kind::Entry) continue;
    text += fmt::format(" {}={}", arch.registers[r].name, to_text(value, arch));
  }
  for (const Slot& slot : state.slots()) {
    if (slot.value.kind == Value::Kind::Entry) text += " " + slot_text(slot, arch);
  }
  if (state.tainted) text += " (reached over approximate edges only)";
  return text;
}

std::string changes_text(const State& before, const State& after, const Arch& arch) {
  std::vector<std::string> changes;
  for (Reg r = 0; r < arch.registers.size(); ++r) {
    if (before.reg(r) == after.reg(r) || (r != arch.sp && r != arch.fp && !preserved(arch, r))) continue;
    changes.push_back(fmt::format("{}={}", arch.registers[r].name, to_text(after.reg(r), arch)));
  }
  for (const Slot& slot : after.slots()) {
    const bool known = std::ranges::find(before.slots(), slot) != before.slots().end();
    if (!known && slot.value.kind == Value::Kind::Entry) changes.push_back(slot_text(slot, arch));
  }
  const Value sp = after.reg(arch.sp);
  for (const Slot& slot : before.slots()) {
    // What lies below SP now is gone with the frame, which is no news.
    if (sp.is_stack() && (sp.kind == Value::Kind::Cfa ? 0 : sp.base) == slot.base && slot.offset < sp.offset) continue;
    const auto same_place = [&](const Slot& s) { return s.base == slot.base && s.offset == slot.offset; };
    if (slot.value.kind == Value::Kind::Entry && std::ranges::none_of(after.slots(), same_place))
      changes.push_back(slot_text({slot.base, slot.offset, Value::unknown()}, arch));
  }
  return fmt::format("{}", fmt::join(changes, " "));
}

}  // namespace objhound::oracle
