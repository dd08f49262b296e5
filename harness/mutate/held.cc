#include "harness/mutate/held.h"

#include <algorithm>

namespace objhound::harness::mutation {
namespace {

using oracle::MicroOp;
using oracle::Op;
using oracle::Reg;
using oracle::reg_bit;

class Walk {
 public:
  Walk(const Subject& subject, const Family& family) : subject_(subject), family_(family), arch_(subject.arch()) {}

  std::vector<Held> run() {
    const oracle::Cfg& cfg = *family_.cfg;
    before_.resize(cfg.insns.size());
    entry_.resize(cfg.blocks.size());
    if (cfg.blocks.empty()) return before_;
    entry_[0].reached = true;
    entry_[0].registers = arch_.callee_saved;
    if (arch_.return_on_stack) {
      entry_[0].slots[arch_.return_slot] = arch_.return_address;
    } else {
      entry_[0].registers |= reg_bit(arch_.return_address);
    }
    std::vector<uint32_t> pending{0};
    while (!pending.empty()) {
      const uint32_t block = pending.back();
      pending.pop_back();
      walk_block(block, pending);
    }
    return std::move(before_);
  }

 private:
  void walk_block(uint32_t index, std::vector<uint32_t>& pending) {
    const oracle::Block& block = family_.cfg->blocks[index];
    Held held = entry_[index];
    for (uint32_t i = block.first; i < block.last; ++i) step(held, i);
    if (block.ends_in_call && !block.call_as_push) call(held);
    for (const oracle::Edge& edge : block.successors)
      if (meet(entry_[edge.to], held)) pending.push_back(edge.to);
  }

  // Intersection; returns whether `into` changed. It only ever shrinks.
  static bool meet(Held& into, const Held& other) {
    if (!into.reached) {
      into = other;
      return true;
    }
    const Held old = into;
    into.registers &= other.registers;
    std::erase_if(into.slots, [&](const auto& slot) {
      const auto theirs = other.slots.find(slot.first);
      return theirs == other.slots.end() || theirs->second != slot.second;
    });
    if (into.frame_minus_stack != other.frame_minus_stack) into.frame_minus_stack.reset();
    if (into.stack_minus_cfa != other.stack_minus_cfa) into.stack_minus_cfa.reset();
    return !(into == old);
  }

  void step(Held& held, uint32_t insn) {
    // Where the CFA is, by the row that the original declares here.
    const oracle::Row* row = family_.facts[insn].row;
    if (row != nullptr && row->cfa.kind == oracle::CfaRule::Kind::RegisterOffset) {
      if (row->cfa.reg == arch_.sp) held.stack_minus_cfa = -row->cfa.offset;
      if (row->cfa.reg == arch_.fp && held.frame_minus_stack)
        held.stack_minus_cfa = -row->cfa.offset - *held.frame_minus_stack;
      frame_minus_cfa_ = row->cfa.reg == arch_.fp ? std::optional(-row->cfa.offset) : frame_from_stack(held);
    } else {
      frame_minus_cfa_ = frame_from_stack(held);
    }
    before_[insn] = held;
    for (const MicroOp& op : subject_.decoder.ops(family_.cfg->insns[insn].insn)) apply(held, op);
  }

  static std::optional<int64_t> frame_from_stack(const Held& held) {
    if (!held.stack_minus_cfa || !held.frame_minus_stack) return std::nullopt;
    return *held.stack_minus_cfa + *held.frame_minus_stack;
  }

  std::optional<int64_t> address(const Held& held, const MicroOp& op) const {
    if (op.b != oracle::kNoReg) return std::nullopt;
    if (op.a == arch_.sp && held.stack_minus_cfa) return *held.stack_minus_cfa + op.imm;
    if (op.a == arch_.fp && frame_minus_cfa_) return *frame_minus_cfa_ + op.imm;
    return std::nullopt;
  }

  void apply(Held& held, const MicroOp& op) {
    switch (op.op) {
      case Op::Store:
      case Op::StoreConst:
        store(held, op);
        return;
      case Op::ClobberSet:
        held.registers &= ~static_cast<oracle::RegSet>(op.imm);
        return;
      case Op::SignReturn:
      case Op::AuthReturn:
        return;  // the rows say whether the address is signed
      case Op::Load: {
        const std::optional<int64_t> at = address(held, op);
        const auto slot = at ? held.slots.find(*at) : held.slots.end();
        const bool comes_back = op.width == 8 && slot != held.slots.end() && slot->second == op.dst;
        write(held, op);
        if (comes_back) held.registers |= reg_bit(op.dst);
        return;
      }
      default:
        if (op.dst != oracle::kNoReg) write(held, op);
    }
  }

  // A well-defined program's stores through other pointers do not reach the slots of saved registers (state.h).
  void store(Held& held, const MicroOp& op) {
    const std::optional<int64_t> at = address(held, op);
    if (!at) return;
    std::erase_if(held.slots, [&](const auto& slot) { return slot.first < *at + op.width && *at < slot.first + 8; });
    if (op.op == Op::Store && op.width == 8 && (held.registers & reg_bit(op.src))) held.slots[*at] = op.src;
  }

  void write(Held& held, const MicroOp& op) {
    const bool move = op.op == Op::Copy || op.op == Op::Add;
    const int64_t by = op.op == Op::Add ? op.imm : 0;
    if (op.dst == arch_.sp) {
      if (move && op.a == arch_.sp) {
        if (held.stack_minus_cfa) *held.stack_minus_cfa += by;
        if (held.frame_minus_stack) *held.frame_minus_stack -= by;
      } else if (move && op.a == arch_.fp) {
        held.stack_minus_cfa = frame_minus_cfa_;
        if (held.stack_minus_cfa) *held.stack_minus_cfa += by;
        held.frame_minus_stack = -by;
      } else {
        held.stack_minus_cfa.reset();
        held.frame_minus_stack.reset();
      }
    } else if (op.dst == arch_.fp) {
      const bool from_stack = move && op.a == arch_.sp;
      held.frame_minus_stack = from_stack ? std::optional(by) : std::nullopt;
      frame_minus_cfa_ = frame_from_stack(held);
    }
    held.registers &= ~reg_bit(op.dst);
  }

  void call(Held& held) const {
    held.registers &= ~arch_.call_clobbered;
    if (!held.stack_minus_cfa) return;
    std::erase_if(held.slots, [&](const auto& slot) { return slot.first < *held.stack_minus_cfa; });
  }

  const Subject& subject_;
  const Family& family_;
  const oracle::Arch& arch_;
  std::vector<Held> before_, entry_;
  std::optional<int64_t> frame_minus_cfa_;  // of the instruction at hand
};

// Memory below SP is as good as the red zone makes it, and at a call it is the callee's.
bool may_be_overwritten(const Subject& subject, const InsnFacts& facts, const Held& held, int64_t slot) {
  if (!held.stack_minus_cfa) return false;
  const int64_t zone = facts.call || !subject.contract.red_zone ? 0 : subject.arch().red_zone;
  return slot < *held.stack_minus_cfa - zone;
}

}  // namespace

std::vector<Held> held_values(const Subject& subject, const Family& family) { return Walk(subject, family).run(); }

bool row_is_right(const Subject& subject, const Family& family, const std::vector<Held>& held, uint32_t insn,
                  const oracle::Row& row) {
  const oracle::Arch& arch = subject.arch();
  const InsnFacts& facts = family.facts[insn];
  const Held& here = held[insn];
  if (facts.row == nullptr || row.return_address_signed != facts.row->return_address_signed) return false;
  if (row.cfa != facts.row->cfa) {
    if (row.cfa.kind != oracle::CfaRule::Kind::RegisterOffset || !here.stack_minus_cfa) return false;
    const bool by_stack = row.cfa.reg == arch.sp && *here.stack_minus_cfa == -row.cfa.offset;
    const bool by_frame = row.cfa.reg == arch.fp && here.frame_minus_stack &&
                          *here.stack_minus_cfa + *here.frame_minus_stack == -row.cfa.offset;
    if (!by_stack && !by_frame) return false;
  }
  const oracle::RegSet wanted = arch.callee_saved | reg_bit(arch.return_address);
  for (Reg r = 0; r < arch.registers.size(); ++r) {
    if (!(wanted & reg_bit(r))) continue;
    const oracle::RegisterRule same{.of = r};
    const oracle::RegisterRule* theirs = facts.row->rule_for(r);
    const oracle::RegisterRule* rule = row.rule_for(r);
    if (rule == nullptr) rule = &same;
    if (*rule == (theirs == nullptr ? same : *theirs)) continue;
    if (rule->kind == oracle::RegisterRule::Kind::SameValue && (here.registers & reg_bit(r))) continue;
    const auto slot = here.slots.find(rule->offset);
    const bool saved = rule->kind == oracle::RegisterRule::Kind::AtCfa && slot != here.slots.end() && slot->second == r;
    if (!saved || may_be_overwritten(subject, facts, here, rule->offset)) return false;
  }
  return true;
}

}  // namespace objhound::harness::mutation
