#include "oracle/features/frame_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "oracle/features/roles.h"

namespace objhound::oracle {

void FrameEvents::before(const State& state) {
  sp_ = state.reg(look_.context.arch.sp);
  fp_ = state.reg(look_.context.arch.fp);
  intact_ = state.intact();
}

void FrameEvents::note_sp(Value sp) {
  if (sp == sp_) return;
  const bool comparable = sp.kind == sp_.kind && sp.base == sp_.base && sp.is_stack();
  if (comparable) {
    const Extent extent = extent_of(magnitude(int64_t{sp.offset} - sp_.offset));
    return note(sp.offset < sp_.offset ? Kind::SpDown : Kind::SpUp, static_cast<unsigned>(extent));
  }
  if (sp.kind == Value::Kind::Cfa) return note(Kind::SpBack);
  note(Kind::SpMoved);
}

void FrameEvents::after(uint32_t insn, const State& state) {
  const Arch& arch = look_.context.arch;
  const Value sp = state.reg(arch.sp);
  const bool lower = sp.is_stack() && sp_.is_stack() && sp.offset < sp_.offset;
  bool aligned = false;
  if (!(sp == sp_) && lower) note_sp(sp);
  for (const MicroOp& op : look_.context.ops(insn)) {
    aligned |= op.op == Op::And && op.dst == arch.sp;
    if (op.op == Op::SignReturn) note(Kind::Sign);
    if (op.op == Op::AuthReturn) note(Kind::Authenticate);
    const bool on_stack = (op.a == arch.sp || op.a == arch.fp) && op.b == kNoReg && op.width == 8;
    if (!on_stack) continue;
    if (op.op == Op::Store && (reg_bit(op.src) & intact_) != 0) {
      const Role role = role_of(arch, op.src);
      if (role != Role::Saved && role != Role::Fp && role != Role::Link) continue;
      saved_ |= reg_bit(op.src);
      note(role == Role::Saved ? Kind::SaveRegister : role == Role::Fp ? Kind::SaveFp : Kind::SaveLink);
    } else if (op.op == Op::Load && (reg_bit(op.dst) & state.intact()) != 0) {
      const Role role = role_of(arch, op.dst);
      note(role == Role::Saved ? Kind::RestoreRegister : role == Role::Fp ? Kind::RestoreFp : Kind::RestoreLink);
    } else if (op.a == arch.sp && op.imm == 0 && is_memory_write(op.op) && op.src == kNoReg) {
      note(Kind::Touch);
    }
  }
  if (!(sp == sp_) && !lower) aligned ? note(Kind::SpAligned) : note_sp(sp);
  const Value fp = state.reg(arch.fp);
  if (!(fp == fp_) && fp.is_stack()) note(Kind::SetFp);
}

void FrameEvents::end_block(uint32_t index) {
  const Block& block = look_.context.cfg.blocks[index];
  const auto kind_of = [](uint8_t event) { return static_cast<Kind>(event & 15); };
  const auto down = std::ranges::find_if(events_, [&](uint8_t e) { return takes_down(kind_of(e)); });
  const std::span<const uint8_t> making(events_.begin(), down);
  // Behind the first block that makes a frame, plain moves of SP make room for arguments.
  const auto is_plain = [&](uint8_t e) { return kind_of(e) == Kind::SpDown || kind_of(e) == Kind::Touch; };
  if (!making.empty() && !(made_ && std::ranges::all_of(making, is_plain))) {
    const bool at_entry = index == 0, first = !std::exchange(made_, true);
    if (first && !at_entry) look_.met(FrameTrait::ShrinkWrapped);
    if (std::ranges::any_of(making, [&](uint8_t e) { return kind_of(e) == Kind::Touch; }))
      look_.met(FrameTrait::Touched);
    Mix mix;
    mix.add(at_entry).add(first);
    for (const uint8_t event : making) mix.add(event);
    look_.vocabulary.add(FeatureKind::Prologue, mix.value(), [&] {
      return fmt::format("{}: {}", at_entry ? "at entry" : first ? "shrink-wrapped" : "later", text(making));
    });
  }
  const bool leaves =
      block.exit == Exit::Return || block.exit == Exit::TailCall || block.exit == Exit::TailCallIndirect;
  if (!leaves) return;
  const auto last_made =
      std::find_if(events_.rbegin(), events_.rend(), [&](uint8_t e) { return !takes_down(kind_of(e)); });
  const std::span<const uint8_t> unmaking(last_made.base(), events_.end());
  Mix mix;
  mix.add(static_cast<uint64_t>(block.exit));
  for (const uint8_t event : unmaking) mix.add(event);
  look_.vocabulary.add(FeatureKind::Epilogue, mix.value(), [&] {
    return fmt::format("{}{}{}", text(unmaking), unmaking.empty() ? "" : ", ",
                       block.exit == Exit::Return     ? "return"
                       : block.exit == Exit::TailCall ? "tail call"
                                                      : "indirect tail call");
  });
}

std::string FrameEvents::text(std::span<const uint8_t> events) {
  constexpr std::array<std::string_view, 15> kNames{"sp down",    "sp up",   "sp aligned", "sp moved",     "sp back",
                                                    "save",       "save fp", "save ra",    "restore",      "restore fp",
                                                    "restore ra", "set fp",  "sign",       "authenticate", "touch"};
  return sequence_text(events, ", ", [&](uint8_t event) {
    const Kind kind = static_cast<Kind>(event & 15);
    const std::string_view name = kNames[static_cast<size_t>(kind)];
    if (kind != Kind::SpDown && kind != Kind::SpUp) return std::string(name);
    return fmt::format("{} {}", name, to_text(static_cast<Extent>(event >> 4)));
  });
}

}  // namespace objhound::oracle
