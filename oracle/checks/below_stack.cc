// OH207: memory below the stack pointer. A signal handler may write there at any instruction, but for the red zone, if
// the ABI has one; and what a function leaves in the red zone is lost when it calls (psABI 3.2.2), so that compilers
// use it where nothing is called.
//
// Where there is a red zone, writing below it is pointless and harmless as long as nothing is read back; an ABI without
// one may forbid both (AAPCS64 6.4.5.1). What is no access: a probe, which touches a page so that the guard page is hit
// in order (-fstack-check, -fstack-clash-protection), and a locked operation that changes nothing, which is a barrier.
//
// Only SP and the frame pointer are taken for the base of an access of the compiler's own. A pointer of the program's
// may be one to an object whose life has ended; that it is read through is the program's fault.

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "oracle/checks/stack_access.h"

namespace objhound::oracle {
namespace {

constexpr std::string_view kLostAtCall = "lost at a call";  // a shape of drafts

bool reads(const MicroOp& op) { return op.op == Op::Load || op.op == Op::CompareMem; }
bool writes(const MicroOp& op) { return op.op == Op::Store; }

// Nothing is added to what stands there, or no bit set, and nothing comes of it.
bool is_probe(std::span<const MicroOp> ops) {
  return std::ranges::any_of(ops, [](const MicroOp& op) {
    return (op.op == Op::Or || op.op == Op::Add) && op.imm == 0 && op.dst >= kTemp0 && op.a == op.dst;
  });
}

// An instruction that moves SP accesses what is, or was, above it.
bool moves(std::span<const MicroOp> ops, Reg reg) {
  return std::ranges::any_of(ops, [&](const MicroOp& op) { return op.dst == reg; });
}

// Lowers `reg` to a multiple of something, and does nothing else to it.
bool aligns(std::span<const MicroOp> ops, Reg reg) {
  return std::ranges::any_of(
             ops, [&](const MicroOp& op) { return op.op == Op::And && op.dst == reg && op.a == reg && op.imm < 0; }) &&
         std::ranges::count_if(ops, [&](const MicroOp& op) { return op.dst == reg; }) == 1;
}

bool is_true_call(const Block& block) { return block.ends_in_call && !block.call_as_push && !block.inlined_call; }

// Looks backwards from a read for a call with the place below SP, and from there on for the store that the call undoes.
class LostAtCall {
 public:
  // `steps`: instructions that may be looked at; taken from.
  LostAtCall(const FamilyContext& context, const Frame& frame, Value address, unsigned width, uint64_t& steps)
      : context_(context),
        frame_(frame),
        transfer_(context.arch, context.pool, context.cfg),
        address_(address),
        width_(width),
        steps_(steps) {}

  // False, too, when there are no steps left.
  bool before(uint32_t block, uint32_t insn) {
    if (walk(block, insn) != Write::None) return false;
    const size_t blocks = context_.cfg.blocks.size();
    std::vector<uint8_t> seen(2 * blocks, 0);  // by block, without and with a call on the way
    std::vector<std::pair<uint32_t, bool>> pending;
    const auto enqueue = [&](uint32_t of, bool called) {
      for (const Edge& edge : context_.cfg.blocks[of].predecessors) {
        const size_t key = edge.to + (called ? blocks : 0);
        if (!frame_.entry[edge.to] || edge.approximate || seen[key]) continue;
        seen[key] = 1;
        pending.emplace_back(edge.to, called);
      }
    };
    enqueue(block, false);
    while (!pending.empty() && steps_ != 0) {
      auto [at, called] = pending.back();
      pending.pop_back();
      const Block& earlier = context_.cfg.blocks[at];
      const Write written = walk(at, earlier.last);
      if (!called && is_true_call(earlier) && is_pushed_by_calls()) continue;
      called = called || (is_true_call(earlier) && depth_below(top_, address_));
      if (called && written == Write::Certain) return true;
      if (written == Write::None) enqueue(at, called);
    }
    return false;
  }

 private:
  enum class Write : uint8_t { None, Possible, Certain };

  // What the block's instructions in front of `end` write to the place; top_ becomes SP at `end`.
  Write walk(uint32_t block, uint32_t end) {
    State state = *frame_.entry[block];
    Write written = Write::None;
    steps_ -= std::min<uint64_t>(steps_, end - context_.cfg.blocks[block].first);
    for (uint32_t i = context_.cfg.blocks[block].first; i < end; ++i) {
      for (const MicroOp& op : context_.ops(i)) {
        if (op.op == Op::StoreUnknownSize) written = std::max(written, Write::Possible);
        if (op.op == Op::Store || op.op == Op::StoreConst)
          written = std::max(written, hits(Transfer::address(state, op), op.width));
      }
      transfer_.step(state, i);
    }
    top_ = state.reg(context_.arch.sp);
    return written;
  }

  // Whether a call with SP at top_ pushes its return address there: that is what is then read behind it. Speculative
  // load hardening looks there for where the CPU was returned from (LLVM, docs/SpeculativeLoadHardening, "Calls").
  bool is_pushed_by_calls() const {
    return context_.arch.return_on_stack && address_ == top_.plus(context_.arch.return_slot) &&
           static_cast<int64_t>(width_) <= -int64_t{context_.arch.return_slot};
  }

  // A store through a pointer that is not followed may go anywhere. One that moves SP first (a push) goes below its
  // address of before; no instruction pushes more than the slack.
  Write hits(Value at, unsigned width) const {
    constexpr int64_t kSlack = 16;  // bytes
    if (at.kind != address_.kind || at.base != address_.base) return Write::Possible;
    const int64_t begin = address_.offset, end = begin + width_;
    if (at.offset < end && begin < int64_t{at.offset} + width) return Write::Certain;
    return at.offset - kSlack < end && begin < int64_t{at.offset} + width ? Write::Possible : Write::None;
  }

  const FamilyContext& context_;
  const Frame& frame_;
  Transfer transfer_;
  const Value address_;
  const unsigned width_;
  uint64_t& steps_;
  Value top_;
};

}  // namespace

std::optional<int64_t> depth_below(Value sp, Value address) {
  const bool comparable = sp.is_stack() && sp.kind == address.kind && sp.base == address.base;
  if (!comparable || address.offset >= sp.offset) return std::nullopt;
  return int64_t{sp.offset} - address.offset;
}

StackAccessCheck::StackAccessCheck(const FamilyContext& context, const Frame& frame, FamilyResult& result)
    : context_(context),
      frame_(frame),
      result_(result),
      sp_(reg_bit(context.arch.sp)),
      bases_(reg_bit(context.arch.fp) | (context.arch.sp_is_checked ? sp_ : 0)),
      zone_(context.contract.red_zone ? int64_t{context.arch.red_zone} : 0),
      low_bits_(context, frame) {}

// Whether nothing is wrong, by what the state alone tells: SP is at a known distance from the CFA, and nothing is
// accessed below it.
bool StackAccessCheck::evident(uint32_t insn, const State& before) const {
  const Arch& arch = context_.arch;
  const Value top = before.reg(arch.sp);
  if (top.kind != Value::Kind::Cfa) return !top.is_stack();
  if (context_.contract.aligned_stack && !is_aligned(top)) return false;
  return std::ranges::none_of(context_.ops(insn), [&](const MicroOp& op) {
    return is_checked(op) && depth_below(top, Transfer::address(before, op));
  });
}

void StackAccessCheck::at(uint32_t block, uint32_t insn, const State& before) {
  if (evident(insn, before)) return;
  if (frame_.entry.empty()) return needs_frame(insn);
  if (context_.contract.aligned_stack) check_alignment(block, insn, before);
  for (const MicroOp& op : context_.ops(insn)) {
    if (is_checked(op)) check_depth(block, insn, before, op);
  }
}

// Whether OH207 is about the operation.
bool StackAccessCheck::is_checked(const MicroOp& op) const {
  const Arch& arch = context_.arch;
  return (reads(op) || (writes(op) && arch.red_zone == 0)) && (op.a == arch.sp || op.a == arch.fp);
}

void StackAccessCheck::check_depth(uint32_t block, uint32_t insn, const State& before, const MicroOp& op) {
  const Arch& arch = context_.arch;
  const Value top = before.reg(arch.sp);
  const Value address = Transfer::address(before, op);
  if (before.hearsay(op.a) || context_.range(insn).inlined) return;
  const std::span<const MicroOp> ops = context_.ops(insn);
  if (is_probe(ops) || moves(ops, arch.sp)) return;
  const std::optional<int64_t> depth = depth_below(top, address);
  if (!depth && top.kind == Value::Kind::Dynamic && address.kind == Value::Kind::Cfa) {
    if (address.offset >= lowest_fixed()) return;
    report(
        RuleId::BelowStackAccess, block, insn, before,
        fmt::format("{} {}, but the fixed part of the frame ends at {}: what lies below is an object of variable "
                    "size, or nothing",
                    writes(op) ? "writes" : "reads", to_text(address, arch), to_text(Value::cfa(lowest_fixed()), arch)),
        "below the fixed frame");
    return;
  }
  if (!depth) return;
  const bool in_zone = *depth <= zone_;
  if (in_zone && !lost_at_a_call(block, insn, address, op.width)) return;
  report(RuleId::BelowStackAccess, block, insn, before,
         fmt::format("{} {}, {} bytes below {}{}", writes(op) ? "writes" : "reads", to_text(address, arch), *depth,
                     arch.registers[arch.sp].name,
                     in_zone ? ": a call that came after the store there may have overwritten it"
                             : ", where nothing is preserved"),
         in_zone ? kLostAtCall : "unprotected");
}

bool StackAccessCheck::lost_at_a_call(uint32_t block, uint32_t insn, Value address, unsigned width) {
  if (address.kind == Value::Kind::Cfa && address.offset >= highest_call()) return false;
  if (steps_left_ == 0 || reported(RuleId::BelowStackAccess, kLostAtCall)) return false;
  const bool lost = LostAtCall(context_, frame_, address, width, steps_left_).before(block, insn);
  if (steps_left_ == 0)
    result_.doubts.push_back({Reason::Limit, insn, "too much is read from the red zone in a function that calls"});
  return lost;
}

// The highest place that SP is at when the family calls, in bytes from the CFA: nothing above it is lost. Most families
// with something in the red zone call nothing, and need no search.
int64_t StackAccessCheck::highest_call() {
  if (highest_call_) return *highest_call_;
  highest_call_ = std::numeric_limits<int64_t>::min();
  for (uint32_t b = 0; b < context_.cfg.blocks.size(); ++b) {
    if (!frame_.entry[b] || !is_true_call(context_.cfg.blocks[b])) continue;
    const Value top = state_at_end(context_, frame_, b).reg(context_.arch.sp);
    const int64_t offset = top.kind == Value::Kind::Cfa ? top.offset : std::numeric_limits<int64_t>::max();
    highest_call_ = std::max(*highest_call_, offset);
  }
  return *highest_call_;
}

// The lowest place that SP is known to be at anywhere in the family, in bytes from the CFA. Where SP is not known,
// because it has been aligned or room was made for an object of variable size, the part of the frame that the compiler
// counts from the CFA ends there at the latest. Aligning only lowers SP: what is reserved behind it in one piece is
// there wherever the aligned address was.
int64_t StackAccessCheck::lowest_fixed() {
  if (lowest_fixed_) return *lowest_fixed_;
  lowest_fixed_ = context_.arch.entry_sp;
  Transfer transfer(context_.arch, context_.pool, context_.cfg);
  for (uint32_t b = 0; b < context_.cfg.blocks.size(); ++b) {
    if (!frame_.entry[b]) continue;
    const Block& block = context_.cfg.blocks[b];
    State state = *frame_.entry[b];
    Value aligned;        // what SP became when it was aligned
    int64_t at_most = 0;  // where that is, in bytes from the CFA
    for (uint32_t i = block.first; i < block.last; ++i) {
      const Value before = state.reg(context_.arch.sp);
      transfer.step(state, i);
      const Value top = state.reg(context_.arch.sp);
      if (top.kind == Value::Kind::Cfa) lowest_fixed_ = std::min(*lowest_fixed_, int64_t{top.offset});
      if (before.kind == Value::Kind::Cfa && top.kind == Value::Kind::Dynamic &&
          aligns(context_.ops(i), context_.arch.sp))
        aligned = top, at_most = before.offset;
      if (const std::optional<int64_t> reserved = depth_below(aligned, top))
        lowest_fixed_ = std::min(*lowest_fixed_, at_most - *reserved);
    }
  }
  return *lowest_fixed_;
}

bool StackAccessCheck::reported(RuleId id, std::string_view shape) const {
  return std::ranges::any_of(result_.drafts,
                             [&](const Draft& draft) { return draft.rule == id && draft.shape == shape; });
}

void StackAccessCheck::report(RuleId id, uint32_t block, uint32_t insn, const State& state, std::string message,
                              std::string_view shape, bool certain) {
  if (reported(id, shape)) return;
  const Severity severity = state.tainted || !certain ? Severity::Suspect : rule(id).severity;
  result_.drafts.push_back({id, severity, insn, block, std::move(message), std::string(shape)});
}

}  // namespace objhound::oracle
