// What an instruction does to control flow: calls, jumps and returns, and what stands for them (thunks, stubs, copies
// of outlined helpers).

#include <algorithm>

#include "oracle/cfg/descent.h"
#include "oracle/cfg/outlined.h"

namespace objhound::oracle {
namespace {

// Copies of helpers in one family, and how deep helpers may call each other: bounds on hostile files.
constexpr uint32_t kMaxCopies = 4096;
constexpr uint32_t kMaxCopyDepth = 4;
// Pieces of code that a family may turn out to consist of. Functions have one or two; hand-written code that jumps
// about between its entries has more.
constexpr uint32_t kMaxAbsorbed = 64;

}  // namespace

bool Descent::flow(uint32_t index, const Insn& insn) {
  switch (insn.flow) {
    case Flow::Next:
      return true;
    case Flow::Jump:
      jump(index, insn);
      return false;
    case Flow::Branch:
      jump(index, insn);
      return true;
    case Flow::JumpIndirect:
      if (!jump_indirect(index, insn) && !calls_for_copy(index)) indirect_jumps_.push_back(index);
      return false;
    case Flow::Call:
    case Flow::CallIndirect:
      return call(index, insn);
    case Flow::Return:
      if (!return_as_jump(index, insn)) return_from_copy(index);
      return false;
    case Flow::Trap:
      graph_.leave(index).exit = Exit::Trap;
      return false;
    case Flow::Undecodable:
      graph_.leave(index).exit = Exit::Undecodable;
      return false;
  }
  return false;
}

Callee Descent::callee_of(const Operand& operand) {
  const uint32_t function = operand.place.valid() ? view_.function_at(operand.place) : kNoIndex;
  if (const auto import = imports_.behind_stub(operand.place, function)) return *import;
  Callee callee;
  callee.symbol = operand.symbol;
  if (operand.place.valid()) {
    if (function != kNoIndex && view_.starts_at(function, operand.place)) callee.function = function;
    if (callee.function == kNoIndex) {
      callee.place = operand.place;
    } else {
      callee.symbol = kNoIndex;
    }
  }
  return callee;
}

// A slot at a fixed address of a linked file.
std::optional<Callee> Descent::imported_through(const Operand& operand, const MicroOp& op) const {
  const bool fixed = op.op == Op::CallMem && op.a == kPcReg && op.b == kNoReg && operand.kind == Operand::Kind::Number;
  if (!fixed || view_.relocatable()) return std::nullopt;
  return imports_.in_slot(view_.place_of_address(static_cast<uint64_t>(operand.value)));
}

// Whether a call's place inside the family is a thunk written out there: a jump through a register, straight or by way
// of a copy (-mharden-sls=blr); or a retpoline: a call (of the family again, which makes room for an address), a store
// of a register over what that pushed, a return. Then the outer call is an indirect one, through the register that this
// gives; else kNoReg.
Reg Descent::inline_thunk(const CodeRange& code, Place place) const {
  const Arch& arch = view_.arch();
  auto decoded = [&](Place at) -> Insn {
    return view_.insn(view_.source().decode(code.section, static_cast<uint64_t>(at.offset), code.end));
  };
  auto inside = [&](Place at) {
    return at.section == code.section && at.offset >= static_cast<int64_t>(code.begin) &&
           at.offset < static_cast<int64_t>(code.end);
  };
  const Insn call = decoded(place);
  const bool copies = call.flow == Flow::Next && call.op_count == 1 && view_.ops(call).front().op == Op::Copy;
  const Place next{place.section, place.offset + call.length};
  const Insn jump = copies && inside(next) ? decoded(next) : call;
  if (jump.flow == Flow::JumpIndirect && view_.ops(jump).back().op == Op::JumpReg) {
    const Reg through = view_.ops(jump).back().a;
    if (!copies) return through;
    const MicroOp copy = view_.ops(call).front();
    return copy.dst == through && copy.width == 8 ? copy.a : kNoReg;
  }
  if (!arch.return_on_stack) return kNoReg;
  if (call.flow != Flow::Call || view_.ops(call).back().op != Op::Call) return kNoReg;
  const Place target = view_.operand(place, call.length, view_.ops(call).back()).place;
  if (!inside(target) || view_.function_starting_at(target) != kNoIndex) return kNoReg;
  const Insn store = decoded(target);
  const Place behind{target.section, target.offset + store.length};
  if (store.flow != Flow::Next || store.op_count != 1 || !inside(behind)) return kNoReg;
  const MicroOp op = view_.ops(store).front();
  const bool over_top = op.op == Op::Store && op.width == 8 && op.a == arch.sp && op.b == kNoReg && op.imm == 0;
  return over_top && decoded(behind).flow == Flow::Return ? op.src : kNoReg;
}

bool Descent::call(uint32_t index, const Insn& insn) {
  const MicroOp op = view_.ops(insn).back();  // a copy: to look at stubs is to decode more
  const Place at = graph_.place(index);
  FlowLeave& leave = graph_.leave(index);
  leave.is_call = true;
  if (op.op == Op::CallReg) {
    leave.callee.indirect = true;
    if (const Callee* known = callees_.call_at(at)) leave.callee = *known;
  } else {
    const Operand operand = view_.operand(at, insn.length, op);
    const bool through_known_slot = op.op == Op::CallMem && operand.kind == Operand::Kind::GotSlot && op.b == kNoReg;
    if (op.op == Op::Call || through_known_slot) {
      leave.callee = callee_of(operand);
    } else if (const auto import = imported_through(operand, op)) {
      leave.callee = *import;
    } else {
      leave.callee.indirect = true;
      if (const Callee* known = callees_.call_at(at)) leave.callee = *known;
    }
    if (op.op == Op::Call && operand.place.valid()) {
      const uint32_t range = range_of(graph_.insns[index].range, operand.place);
      if (range != kNoIndex && leave.callee.function == kNoIndex) {
        if (const Reg through = inline_thunk(graph_.ranges[range].code, operand.place); through != kNoReg) {
          leave.through = through;
          leave.callee = {.place = {}, .indirect = true};
          return true;
        }
        leave.is_call = false;
        leave.call_as_push = true;
        leave.callee = {};
        pushed_to_.push_back(operand.place);
        pending_.push_back({index, range, static_cast<uint64_t>(operand.place.offset), EdgeKind::Taken, false});
        return false;
      }
    }
  }
  if (const ThunkMeaning meaning = thunk(leave.callee); meaning.kind == ThunkMeaning::Kind::JumpThrough) {
    leave.through = meaning.reg;
    leave.callee = {.place = {}, .indirect = true};
    return true;
  }
  if (leave.callee.function != kNoIndex && enter_copy(index, leave.callee.function, true)) return false;
  if (!graph_.ranges[graph_.insns[index].range].code.inlined) {
    const UnwindSite* site = unwind_site_at({at.section, at.offset + insn.length - 1});
    if (site != nullptr) unwind(index, *site);
  }
  if (!callees_.never_returns(leave.callee)) return true;
  leave.exit = Exit::NoreturnCall;
  return false;
}

void Descent::jump(uint32_t index, const Insn& insn) {
  jump_to_operand(index, view_.operand(graph_.place(index), insn.length, view_.ops(insn).back()));
}

void Descent::jump_to_operand(uint32_t index, const Operand& operand) {
  if (operand.place.valid()) return jump_to(index, operand.place, operand.symbol != kNoIndex);
  if (operand.symbol != kNoIndex) return tail_call(index, callee_of(operand));
  bad_target(index, {});
}

void Descent::jump_to(uint32_t index, Place target, bool relocated) {
  // Within the family. Its own entry is no exception: an edge to block 0 makes the state there join the entry's, which
  // is just what a tail call of itself must agree with, and what a loop that starts at the entry needs.
  const uint32_t own_range = graph_.insns[index].range;
  uint32_t range = range_of(own_range, target);
  if (range == kNoIndex && !graph_.ranges[own_range].code.inlined && absorb(target, false))
    range = range_of(own_range, target);
  if (range != kNoIndex) {
    pending_.push_back({index, range, static_cast<uint64_t>(target.offset), EdgeKind::Taken, false});
    return;
  }
  // Another function may start where this one's cold code, which is empty, would.
  const bool nowhere = view_.is_empty_fragment(target, view_.functions()[graph_.ranges[0].code.function].name);
  if (const auto import = imports_.behind_stub(target, view_.function_at(target))) return tail_call(index, *import);
  Callee callee;
  callee.function = nowhere ? kNoIndex : view_.function_starting_at(target);
  const bool fragment = callee.function != kNoIndex && view_.functions()[callee.function].parent != kNoIndex;
  // A jump without a relocation to a function that starts right behind this one may mean this one's end, a label
  // behind code that was marked unreachable; or it may be a tail call that the assembler has resolved. The state there
  // tells. A copy of a helper ends where the helper does, not where the family does that it was copied into.
  const CodeRange& code = graph_.ranges[own_range].code;
  const bool at_end = code.inlined ? code.section == target.section && static_cast<int64_t>(code.end) == target.offset
                                   : is_unreachable_end(target);
  const bool means_own_end = callee.function != kNoIndex && !relocated && at_end;
  if (callee.function != kNoIndex && !fragment && !means_own_end) {
    if (enter_copy(index, callee.function, false)) return;
    return tail_call(index, callee);
  }
  // Code without a name: a linker's stub, in a linked file. In a relocatable one everything a compiler writes is in a
  // function, so a place that is in none was never meant.
  const bool stub = !view_.relocatable() && view_.is_code(target) && view_.function_at(target) == kNoIndex && !at_end;
  if (stub) {
    callee.place = target;
    return tail_call(index, callee);
  }
  if (at_end) {
    graph_.leave(index).exit = Exit::FallsOff;
    if (means_own_end) graph_.leave(index).callee = callee;
    return;
  }
  bad_target(index, target);
}

// Where names are gone, so is the tie between a function and the cold part that was moved away from it. It shows in the
// jumps: who jumps to code that begins with a frame in place, or into the middle of code, goes on in code of its own.
// Whether the place has become the family's.
bool Descent::absorb(Place target, bool fragments_only) {
  if (view_.relocatable()) return false;
  const uint32_t function = view_.function_at(target);
  if (function == kNoIndex) return false;
  const Function& piece = view_.functions()[function];
  const bool nameless = !piece.named || !view_.functions()[graph_.ranges[0].code.function].named;
  const bool at_start = static_cast<uint64_t>(target.offset) == piece.offset;
  if (!piece.mid_frame && (fragments_only || !nameless || at_start)) return false;
  const bool known =
      std::ranges::any_of(by_place_, [&](uint32_t r) { return graph_.ranges[r].code.function == function; });
  if (known) return false;
  if (own_ranges_ >= kMaxAbsorbed) {
    limit_reached_ = true;
    return false;
  }
  by_place_.push_back(graph_.add_range({function, piece.section, piece.offset, piece.end()}));
  ++own_ranges_;
  sort_ranges();
  return true;
}

// An indirect jump through a slot that the linker fills with a known symbol's address is no question. Whether it
// was one.
bool Descent::jump_indirect(uint32_t index, const Insn& insn) {
  const MicroOp& op = view_.ops(insn).back();
  if (op.op != Op::JumpMem || op.b != kNoReg) return false;
  const Operand operand = view_.operand(graph_.place(index), insn.length, op);
  if (operand.kind != Operand::Kind::GotSlot) return false;
  jump_to_operand(index, operand);
  return true;
}

// What the callee's name says if it is a thunk's.
ThunkMeaning Descent::thunk(const Callee& callee) const {
  if (view_.arch().thunk == nullptr) return {};
  if (callee.function != kNoIndex) {
    const bool told = callees_.told_by_name(callee.function);
    return told ? view_.arch().thunk(view_.functions()[callee.function].name) : ThunkMeaning{};
  }
  return callee.symbol != kNoIndex ? view_.arch().thunk(view_.symbols()[callee.symbol].name) : ThunkMeaning{};
}

// A call inside the family, of a store of a register over the address that the call pushed, and a return: a jump to
// what the register holds. Retpolines are made so: the processor predicts that the return goes back to the call.
bool Descent::return_as_jump(uint32_t index, const Insn& insn) {
  const uint32_t before = graph_.insns[index].fall_from;
  const Arch& arch = view_.arch();
  if (!arch.return_on_stack || before == kNoIndex || view_.ops(insn).back().a != kNoReg) return false;
  if (std::find(pushed_to_.begin(), pushed_to_.end(), graph_.place(before)) == pushed_to_.end()) return false;
  Reg stored = kNoReg;
  for (const MicroOp& op : view_.ops(view_.insn(graph_.insns[before].insn))) {
    const bool to_top = op.op == Op::Store && op.width == 8 && op.a == arch.sp && op.b == kNoReg && op.imm == 0;
    if (to_top) stored = op.src;
  }
  if (stored == kNoReg || stored == arch.sp) return false;
  FlowLeave& leave = graph_.leave(index);
  leave.pops_target = true;
  leave.through = stored;
  indirect_jumps_.push_back(index);
  return true;
}

// The indirect jump of a called helper is a call that its caller made: it returns to where the helper was called from.
// Whom it calls the helper's own code may tell, when it has been looked at by itself.
bool Descent::calls_for_copy(uint32_t index) {
  const FlowRange& range = graph_.ranges[graph_.insns[index].range];
  if (!range.code.inlined || range.caller == kNoIndex) return false;
  FlowLeave& leave = graph_.leave(index);
  leave.is_call = true;
  leave.callee.indirect = true;
  if (const Callee* known = callees_.call_at(graph_.place(index))) leave.callee = *known;
  if (callees_.never_returns(leave.callee)) {
    leave.exit = Exit::NoreturnCall;
    return true;
  }
  return_from_copy(index);
  return true;
}

void Descent::tail_call(uint32_t index, const Callee& callee) {
  const ThunkMeaning meaning = thunk(callee);
  if (meaning.kind == ThunkMeaning::Kind::Return) return return_from_copy(index);
  if (meaning.kind == ThunkMeaning::Kind::JumpThrough) {
    graph_.leave(index).through = meaning.reg;
    indirect_jumps_.push_back(index);
    return;
  }
  FlowLeave& leave = graph_.leave(index);
  leave.callee = callee;
  const FlowRange& range = graph_.ranges[graph_.insns[index].range];
  const bool from_called_copy = range.code.inlined && range.caller != kNoIndex;
  if (!from_called_copy) {
    leave.exit = Exit::TailCall;
    return;
  }
  // A thunk: whom it jumps to returns to where the helper was called from.
  leave.is_call = true;
  if (callees_.never_returns(callee)) {
    leave.exit = Exit::NoreturnCall;
    return;
  }
  return_from_copy(index);
}

void Descent::bad_target(uint32_t index, Place target) {
  FlowLeave& leave = graph_.leave(index);
  leave.exit = Exit::BadTarget;
  leave.bad_target = target;
}

// A return: out of the family, but from the copy of a called helper only to behind that call.
void Descent::return_from_copy(uint32_t index) {
  const FlowRange& range = graph_.ranges[graph_.insns[index].range];
  if (!range.code.inlined || range.caller == kNoIndex) {
    // A copy that was jumped to from another copy returns for it: `caller` was handed on to it.
    graph_.leave(index).exit = Exit::Return;
    return;
  }
  const FlowInsn& call = graph_.insns[range.caller];
  const uint64_t behind = call.offset + call.length;
  if (behind >= graph_.ranges[call.range].code.end) {
    graph_.leave(index).exit = Exit::FallsOff;
    return;
  }
  const bool thunk = graph_.insns[index].leave != kNoIndex && graph_.leaves[graph_.insns[index].leave].is_call;
  pending_.push_back({index, call.range, behind, thunk ? EdgeKind::CallReturn : EdgeKind::Taken, false});
}

// Follows a call or a jump into a fresh copy of a helper's body. False if the function is no helper, or a limit is
// reached: then it is an ordinary callee.
bool Descent::enter_copy(uint32_t index, uint32_t function, bool called) {
  if (!callees_.told_by_name(function)) return false;
  const Function& helper = view_.functions()[function];
  if (helper.global || helper.size == 0 || !is_outlined_helper(helper.name)) return false;
  const FlowRange from = graph_.ranges[graph_.insns[index].range];
  if (from.depth >= kMaxCopyDepth || graph_.ranges.size() - own_ranges_ >= kMaxCopies) {
    limit_reached_ = true;
    return false;
  }
  const uint32_t copy = graph_.add_range({function, helper.section, helper.offset, helper.end(), true});
  graph_.ranges[copy].depth = from.depth + 1;
  graph_.ranges[copy].caller = called ? index : from.caller;
  FlowLeave& leave = graph_.leave(index);
  leave.callee.function = function;
  if (called) leave.inlined_call = true;
  pending_.push_back({index, copy, helper.offset, EdgeKind::Taken, false});
  return true;
}

}  // namespace objhound::oracle
