// States and values as text: for findings, paths and --explain.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "oracle/frame/state.h"

namespace objhound::oracle {

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
  // Both are sorted by place, and may be long.
  auto at = before.slots().begin();
  const auto beyond = [](const auto& slots, auto& it, const Slot& slot) {
    while (it != slots.end() && std::pair(it->base, it->offset) < std::pair(slot.base, slot.offset)) ++it;
    return it == slots.end() || it->base != slot.base || it->offset != slot.offset;
  };
  for (const Slot& slot : after.slots()) {
    const bool known = !beyond(before.slots(), at, slot) && *at == slot;
    if (!known && slot.value.kind == Value::Kind::Entry) changes.push_back(slot_text(slot, arch));
  }
  const Value sp = after.reg(arch.sp);
  at = after.slots().begin();
  for (const Slot& slot : before.slots()) {
    // What lies below SP now is gone with the frame, which is no news.
    if (sp.is_stack() && (sp.kind == Value::Kind::Cfa ? 0 : sp.base) == slot.base && slot.offset < sp.offset) continue;
    if (slot.value.kind == Value::Kind::Entry && beyond(after.slots(), at, slot))
      changes.push_back(slot_text({slot.base, slot.offset, Value::unknown()}, arch));
  }
  return fmt::format("{}", fmt::join(changes, " "));
}

}  // namespace objhound::oracle
