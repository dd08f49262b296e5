#include "oracle/checks/family.h"

#include <algorithm>
#include <utility>

#include "oracle/checks/assumptions.h"
#include "oracle/checks/stack_access.h"
#include "oracle/checks/unwind.h"

namespace objhound::oracle {
namespace {

bool leaves_function(const FamilyContext& context, const Frame& frame, uint32_t block) {
  switch (context.cfg.blocks[block].exit) {
    case Exit::Return:
    case Exit::TailCall:
    case Exit::TailCallIndirect:
      return true;
    case Exit::Unresolved:
      return tore_frame_down(context, frame, block);
    default:
      return false;
  }
}

size_t count_real(const FamilyResult& result) {
  return static_cast<size_t>(
      std::ranges::count_if(result.drafts, [](const Draft& draft) { return draft.severity != Severity::Advice; }));
}

// Whether any block has something to say when the fixpoint comes by. The last look at each is at its final state, so
// that where there was never anything, in nearly all families, the rules hold.
class Glance {
 public:
  Glance(const FamilyContext& context, Transfer& transfer)
      : context_(context),
        transfer_(transfer),
        unwind_(context, none_yet_, seen_),
        accesses_(context, none_yet_, seen_) {}

  Frame interpret(const FrameOptions& options) {
    return oracle::interpret(context_.arch, context_.cfg, transfer_, options, [&](uint32_t block, Walk& walk) {
      clean() ? check_block(context_, none_yet_, block, walk, transfer_, unwind_, accesses_, seen_)
              : transfer_.run(walk, context_.cfg.blocks[block]);
    });
  }
  bool clean() const { return seen_.drafts.empty() && seen_.doubts.empty(); }

 private:
  const FamilyContext& context_;
  const Frame none_yet_;
  FamilyResult seen_;
  Transfer& transfer_;
  UnwindCheck unwind_;
  StackAccessCheck accesses_;
};

// `transfer` is the one that found the frame.
void check_blocks(const FamilyContext& context, const Frame& frame, Transfer& transfer, FamilyResult& result) {
  UnwindCheck unwind(context, frame, result);
  StackAccessCheck accesses(context, frame, result);
  State room;
  for (uint32_t b = 0; b < context.cfg.blocks.size(); ++b) {
    if (!frame.entry[b]) continue;
    Walk walk(*frame.entry[b], room);
    check_block(context, frame, b, walk, transfer, unwind, accesses, result);
  }
}

FamilyResult check_once(const FamilyContext& context, const FrameOptions& options) {
  FamilyResult result;
  result.options = options;
  Transfer transfer(context.arch, context.pool, context.cfg);
  Glance glance(context, transfer);
  result.frame = glance.interpret(options);
  const Frame& frame = result.frame;
  for (const Approximation& approximation : frame.approximations) {
    result.doubts.push_back({approximation.reason, approximation.insn, ""});
  }
  check_control_flow(context, frame, options, result);
  if (!glance.clean() || !frame.approximations.empty()) check_blocks(context, frame, transfer, result);
  if (count_real(result) != 0) excuse_ways_to_other_frames(context, result);
  if (count_real(result) != 0) excuse_local_subroutines(context, result);
  return result;
}

void name_assumptions(const FamilyContext& context, const FrameOptions& options, FamilyResult& result) {
  const auto reached = [&](uint32_t block) { return result.frame.entry[block] != nullptr; };
  for (uint32_t index : options.cut_ends) {
    if (!reached(index)) continue;
    const Block& block = context.cfg.blocks[index];
    result.doubts.push_back(
        block.ends_in_call ? Doubt{Reason::NoreturnUnknown, block.last - 1,
                                   "only if this call never returns does the code behind it make sense"}
                           : Doubt{Reason::UnreachableEnd, block.last - 1,
                                   "only if control never gets behind this, as behind code marked unreachable, does "
                                   "what follows make sense"});
  }
  for (uint32_t index : options.cut_defaults) {
    if (!reached(index)) continue;
    result.doubts.push_back({Reason::UnreachableEnd, context.cfg.blocks[index].last - 1,
                             "only if the index always has an entry in the table behind this, as where the default is "
                             "marked unreachable, does what is here branched to make sense"});
  }
  if (!options.cut_doubtful_throws) return;
  result.doubts.push_back({Reason::NothrowUnknown, context.cfg.blocks[call_that_may_not_throw(context.cfg)].last - 1,
                           "only if a call inside of a call site never throws does the landing pad make sense"});
}

// Whether nothing else keeps a proof from closing but edges that may be too many: of a table whose last words may be
// padding, or of a jump that was taken for a computed goto, to every label of the function whose address is taken. That
// is what the compiler, too, takes such a jump for. In machine code it may also be a tail call of a pointer. If each of
// the edges is taken to exist and no rule is broken on any, either reading holds.
bool edges_are_too_many_at_most(const FamilyContext& context, const FamilyResult& result) {
  if (result.doubts.empty()) return false;
  bool open = false, labels = false, unreached = context.cfg.unreached.valid();
  for (const Block& block : context.cfg.blocks) {
    if (block.exit == Exit::Unresolved) return false;
    unreached = unreached || !block.reachable;
    for (const Edge& edge : block.successors) {
      if (!edge.approximate) continue;
      if (!block.bounded) return false;
      open = true;
      labels = labels || edge.kind == EdgeKind::Indirect;
    }
  }
  // Code that nothing reaches may be a label whose address was not found.
  return open && !(labels && unreached) && count_real(result) == 0 &&
         std::ranges::all_of(result.doubts, [](const Doubt& doubt) {
           return doubt.reason == Reason::IndirectJump || doubt.reason == Reason::CallConvention;
         });
}

FamilyResult check_with_assumptions(const FamilyContext& context) {
  FamilyResult plain = check_once(context, {});
  if (count_real(plain) == 0) {
    if (edges_are_too_many_at_most(context, plain)) {
      FamilyResult with_all = check_once(context, {.cut_ends = {}, .all_edges = true});
      if (count_real(with_all) == 0) return with_all;
    }
    return plain;
  }

  // As few assumptions as explain everything; else those under which least is left, which is then wrong without them.
  // A state that a call leaves behind may show only far from it (an address in a register that is stored through
  // later): what must hold whichever way such a call goes is what is left when none of them returns.
  const bool throws = call_that_may_not_throw(context.cfg) != kNoIndex;
  FamilyResult best = std::move(plain);
  for (const Witness witness : {Witness::Row, Witness::OtherPath}) {
    for (const auto& [cut_throws, cut_ends] : {std::pair(true, false), {false, true}, {true, true}}) {
      if (cut_throws && !throws) continue;
      if (!cut_ends && witness != Witness::Row) continue;
      FrameOptions options;
      options.cut_doubtful_throws = cut_throws;
      if (cut_ends) options = with_ends_of_control(context, options, witness);
      if (cut_ends && !options.cuts_ends()) continue;
      FamilyResult explained = check_once(context, options);
      if (count_real(explained) >= count_real(best)) continue;
      name_assumptions(context, options, explained);
      best = std::move(explained);
      if (count_real(best) == 0) return best;
    }
  }
  return best;
}

// Where names are gone: a finding at the start of a fragment that the family took for its own by a jump there. Cold
// code that consists of nothing (GCC leaves just a label where the program cannot get) has the place of whatever comes
// next, which may be another function's fragment, with another frame.
const Draft* perhaps_of_another(const FamilyContext& context, const FamilyResult& result) {
  for (const Draft& draft : result.drafts) {
    const bool about_rows = draft.severity == Severity::Violation && draft.rule >= RuleId::StateConflictAtJoin;
    if (!about_rows || draft.insn >= context.cfg.insns.size()) continue;
    const CodeRange& range = context.range(draft.insn);
    const Function& function = context.function(draft.insn);
    const bool nameless = !range.inlined && !function.named && range.function != context.cfg.function;
    const std::span<const Edge> into = context.cfg.blocks[draft.block].predecessors;
    if (std::ranges::none_of(into, [](const Edge& edge) { return edge.kind == EdgeKind::Taken; })) continue;
    // A no-op may stand before it.
    if (nameless && context.offset(draft.insn) <= context.arch.insn_alignment) return &draft;
  }
  return nullptr;
}

// Hand-written code may be entered by a protocol of its own: its unwind entry begins with a frame in place. Or where
// nothing of the function has run yet, but no-ops, a row has a register in the caller's frame (a lazy procedure linkage
// table pushes it before it jumps to the resolver): only who came before can have put it there.
bool entered_by_own_protocol(const FamilyContext& context) {
  const Place entry = context.place(0);
  const Fde* fde = context.cfi.present() ? context.cfi.fde_at(entry) : nullptr;
  const bool frame_in_place = fde != nullptr && fde->begin == entry && !context.cfi.is_entry_row(*fde, 0, context.arch);
  if (frame_in_place && context.object.relocatable() && context.perhaps_by_hand()) return true;
  for (uint32_t i = 0; i < context.cfg.insns.size() && context.cfg.insns[i].range == 0; ++i) {
    if (context.insn(i).nop || context.insn(i).landing_pad) continue;
    const Row* row = context.cfi.present() ? context.cfi.row_at(context.place(i)) : nullptr;
    return row != nullptr && std::ranges::any_of(row->rules, [&](const RegisterRule& rule) {
             const bool asked =
                 (context.arch.callee_saved & reg_bit(rule.of)) != 0 || rule.of == context.arch.return_address;
             return asked && rule.kind == RegisterRule::Kind::AtCfa && rule.offset >= 0;
           });
  }
  return false;
}

// Whether the function is returned to by signal handlers (augmentation "S"): the kernel has built the frame that it
// finds, and its rows recover whom the signal has interrupted from there.
bool in_signal_frame(const FamilyContext& context) {
  const Fde* fde = context.cfi.present() ? context.cfi.fde_at(context.place(0)) : nullptr;
  return fde != nullptr && fde->signal_frame;
}

// Whether the function keeps its return address on a shadow stack, too, and so may take it from there. What stands
// there is not modelled.
bool keeps_shadow_stack(const FamilyContext& context) {
  const Arch& arch = context.arch;
  if (arch.shadow_stack == kNoReg) return false;
  return std::ranges::any_of(context.cfg.insns, [&](const CodeInsn& insn) {
    return std::ranges::any_of(context.decoder.ops(insn.insn), [&](const MicroOp& op) {
      return op.op == Op::Store && op.src == arch.return_address && op.a == arch.shadow_stack;
    });
  });
}

// A function that no other file can call may have a calling convention of its own (System V x86-64 psABI 3.2: the
// standard one is asked of global functions; AAPCS64 6: of public interfaces). Hand-written code shows that it has one
// where it takes a register that it has nowhere saved: that its row then loses it is the fault, the return is not.
void excuse_own_convention(const FamilyContext& context, FamilyResult& result) {
  if (!context.perhaps_by_hand() || context.object.functions()[context.cfg.function].global) return;
  RegSet taken = 0;
  for (const Draft& draft : result.drafts) {
    if (draft.rule != RuleId::SavedRegisterWrong || draft.severity != Severity::Violation) continue;
    const Row* row = context.cfi.row_at(context.place(draft.insn));
    const RegisterRule* rule = row == nullptr ? nullptr : row->rule_for(draft.about);
    if (rule == nullptr || rule->kind == RegisterRule::Kind::SameValue) taken |= reg_bit(draft.about);
  }
  for (Draft& draft : result.drafts) {
    const bool excused = draft.rule == RuleId::CalleeSavedLost && (taken & reg_bit(draft.about)) != 0;
    if (excused && draft.severity == Severity::Violation) draft.severity = Severity::Suspect;
  }
}

// Where hand-written code is described in part, or a compiler has written a helper without an entry: what is entered
// and left without a row was never said to be a function of the standard convention (compiler-rt's
// __hwasan_tag_mismatch is entered with 256 bytes that its caller, one of Clang's __hwasan_check_*, has pushed).
void excuse_undescribed_ways(const FamilyContext& context, FamilyResult& result) {
  const auto described = [&](uint32_t insn) { return context.cfi.row_at(context.place(insn)) != nullptr; };
  if (!context.cfi.present() || context.contract.unwind == UnwindPromise::None) return;
  if (context.cfg.insns.empty() || described(0) || (!context.perhaps_by_hand() && context.described())) return;
  for (Draft& draft : result.drafts) {
    const bool of_leaving = draft.rule >= RuleId::UnbalancedReturn && draft.rule <= RuleId::TailCallWithFrame;
    if (!of_leaving || draft.severity != Severity::Violation || described(draft.insn)) continue;
    draft.severity = Severity::Suspect;
    result.doubts.push_back(
        {Reason::NonstandardFrame, draft.insn, "entered and left where no unwind entry describes it"});
  }
}

// Whether it is what -fsanitize=kcfi puts in front of a function: the number of the function's type, spelled as the
// operand of an instruction behind no-ops, with a symbol of its own. Callers read it; nobody runs it.
bool is_type_number(const FamilyContext& context) {
  const Cfg& cfg = context.cfg;
  if (cfg.blocks.size() != 1 || cfg.insns.size() < 2 || !context.cfi.present() || context.described()) return false;
  const uint32_t last = static_cast<uint32_t>(cfg.insns.size()) - 1;
  for (uint32_t i = 0; i < last; ++i) {
    if (!context.insn(i).nop) return false;
  }
  const std::span<const MicroOp> ops = context.ops(last);
  const bool number = context.insn(last).computes && ops.size() == 1 && ops[0].op == Op::Const;
  Place behind = context.place(last);
  behind.offset += context.insn(last).length;
  return number && context.object.function_starting_at(behind) != kNoIndex;
}

// Whether what rules the family breaks may be no promise that anybody made; names the reason.
bool of_own_convention(const FamilyContext& context, FamilyResult& result) {
  // In a linked file whose other code has unwind entries, code without one is not known to be a compiler's: what it
  // does with its frame breaks no promise. In an object that no compiler has signed it is known not to be.
  const bool others = context.perhaps_by_hand() && (context.cfi.present() || context.object.relocatable());
  if (others && context.contract.unwind != UnwindPromise::None && !context.described()) {
    result.doubts.push_back({Reason::NonstandardFrame, 0, "no unwind entry covers any of the function"});
    return true;
  }
  if (keeps_shadow_stack(context)) {
    result.doubts.push_back({Reason::NonstandardFrame, 0, "the return address is taken from a shadow stack, perhaps"});
    return true;
  }
  if (in_signal_frame(context)) {
    result.doubts.push_back({Reason::NonstandardFrame, 0, "it is entered by a signal handler's return"});
    return true;
  }
  if (entered_by_own_protocol(context)) {
    result.doubts.push_back({Reason::NonstandardFrame, 0, "its first row is not that of a function's entry"});
    return true;
  }
  // An unwind entry that says what is not modelled, say, another register for the return address.
  const auto unread = [&](const CodeRange& range) {
    const Fde* fde = context.cfi.fde_at({range.section, static_cast<int64_t>(range.begin)});
    return !range.inlined && fde != nullptr && fde->row_count == 0;
  };
  return context.cfi.present() && std::ranges::any_of(context.cfg.ranges, unread);
}

}  // namespace

void check_block(const FamilyContext& context, const Frame& frame, uint32_t index, Walk& walk, Transfer& transfer,
                 UnwindCheck& unwind, StackAccessCheck& accesses, FamilyResult& result) {
  const Block& block = context.cfg.blocks[index];
  unwind.begin_block(index);
  if (block.first == block.last) return;
  const Flow flow = context.insn(block.last - 1).flow;
  const bool calls = flow == Flow::Call || flow == Flow::CallIndirect;
  unwind.look(block.first, walk);
  // Most instructions do nothing to the state: then there is nothing new for their row to be held against.
  bool anew = false, rows_change = !unwind.same_row(block.last - 1);
  for (uint32_t i = block.first; i < block.last; ++i) {
    const Insn& insn = context.insn(i);
    const bool last = i + 1 == block.last;
    if (i != block.first && (anew || rows_change || last)) unwind.at(i, walk, last && calls);
    if ((last && block.ends_in_call) || accesses.concerned(insn, walk.state())) accesses.at(index, i, walk.state());
    anew = transfer.step(walk, i, insn);
  }
  if (context.cfg.outlined_helper) return;
  if (block.exit == Exit::Unresolved && frame.entry.empty()) return accesses.needs_frame(block.last - 1);
  if (!leaves_function(context, frame, index)) return;
  // A return may authenticate its address first, in the same instruction.
  if (!block.pops_target) return check_exit(context, frame, index, walk.state(), result);
  State behind = walk.state();
  transfer.leave(behind, block);
  check_exit(context, frame, index, behind, result);
}

FamilyResult check_family(const FamilyContext& context) {
  FamilyResult result = check_with_assumptions(context);
  if (is_type_number(context)) result.drafts.clear(), result.doubts.clear();
  excuse_own_convention(context, result);
  excuse_lesser_convention(context, result);
  excuse_undescribed_ways(context, result);
  const bool nobodys = count_real(result) != 0 && of_own_convention(context, result);
  const Draft* elsewhere = perhaps_of_another(context, result);
  if (elsewhere != nullptr) {
    result.doubts.push_back({Reason::UnreachableEnd, elsewhere->insn,
                             "the jump here may mean an empty fragment of its own, and not this one"});
  }
  for (Draft& draft : result.drafts) {
    if ((nobodys || elsewhere != nullptr) && draft.severity == Severity::Violation) draft.severity = Severity::Suspect;
  }
  return result;
}

}  // namespace objhound::oracle
