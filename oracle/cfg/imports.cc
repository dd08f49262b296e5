#include "oracle/cfg/imports.h"

#include <array>

namespace objhound::oracle {
namespace {

// The longest stubs of either architecture: a landing pad, three instructions that load the slot, and the jump.
constexpr unsigned kMaxStubInsns = 5;
constexpr uint64_t kMaxStubBytes = 32;

// What a register holds in a stub: an address, or what stands in the slot there.
struct Held {
  enum class Kind : uint8_t { Unknown, Address, Slot } kind = Kind::Unknown;
  uint64_t address = 0;
};

}  // namespace

std::optional<Callee> Imports::in_slot(Place slot) const {
  if (!slot.valid() || view_.relocatable()) return std::nullopt;
  const Relocation* relocation = view_.relocation_at(slot.section, static_cast<uint64_t>(slot.offset));
  if (relocation == nullptr) return std::nullopt;
  Callee callee;
  if (relocation->symbol == kNoIndex) {
    // A function of this file, whose name is gone; unless the program may put another's address there.
    const bool fixed = view_.sections()[slot.section].constant && relocation->kind == RelocKind::Abs64;
    if (fixed && relocation->target.valid()) callee.function = view_.function_starting_at(relocation->target);
    return callee.function == kNoIndex ? std::nullopt : std::optional(callee);
  }
  // Another file may define the symbol too, and take precedence; what it defines is the same function to the program.
  if (relocation->target.valid()) callee.function = view_.function_starting_at(relocation->target);
  if (callee.function == kNoIndex) callee.symbol = relocation->symbol;
  return callee;
}

std::optional<Callee> Imports::behind_stub(Place place, uint32_t function) {
  if (view_.relocatable() || !view_.is_code(place)) return std::nullopt;
  // Stubs have no symbol. What has, has its own say on whether it returns.
  if (function != kNoIndex && (view_.functions()[function].named || view_.functions()[function].size > kMaxStubBytes))
    return std::nullopt;
  const auto known = known_.find(place);
  if (known != known_.end()) return known->second;
  return known_.emplace(place, follow(place)).first->second;
}

std::optional<Callee> Imports::follow(Place place) const {
  std::array<Held, kMaxRegs> held;
  auto value = [&](Reg reg, int64_t imm) {
    Held result = reg < kMaxRegs ? held[reg] : Held{};
    if (result.kind == Held::Kind::Address) result.address += static_cast<uint64_t>(imm);
    return result;
  };
  auto address_of = [&](const MicroOp& op, unsigned length) -> Held {
    if (op.b != kNoReg) return {};
    if (op.a != kPcReg) return value(op.a, op.imm);
    return {Held::Kind::Address, static_cast<uint64_t>(view_.operand(place, length, op).value)};
  };
  for (unsigned i = 0; i < kMaxStubInsns; ++i) {
    const uint64_t end = static_cast<uint64_t>(place.offset) + view_.arch().max_insn_length;
    const Insn insn = view_.insn(view_.source().decode(place.section, static_cast<uint64_t>(place.offset), end));
    if (insn.length == 0) return std::nullopt;
    for (const MicroOp& op : view_.ops(insn)) {
      Held result;
      switch (op.op) {
        case Op::Address:
          result = {Held::Kind::Address, static_cast<uint64_t>(view_.operand(place, insn.length, op).value)};
          break;
        case Op::Add:
          result = value(op.a, op.imm);
          break;
        case Op::Load:
          result = address_of(op, insn.length);
          result.kind = result.kind == Held::Kind::Address && op.width == 8 ? Held::Kind::Slot : Held::Kind::Unknown;
          break;
        case Op::JumpReg:
          if (op.a >= kMaxRegs || held[op.a].kind != Held::Kind::Slot) return std::nullopt;
          return in_slot(view_.place_of_address(held[op.a].address));
        case Op::JumpMem: {
          const Held slot = address_of(op, insn.length);
          if (slot.kind != Held::Kind::Address) return std::nullopt;
          return in_slot(view_.place_of_address(slot.address));
        }
        case Op::FlagsLost:
          continue;
        default:
          return std::nullopt;
      }
      if (op.dst < kMaxRegs) held[op.dst] = result;
    }
    if (insn.flow != Flow::Next) return std::nullopt;
    place.offset += insn.length;
  }
  return std::nullopt;
}

}  // namespace objhound::oracle
