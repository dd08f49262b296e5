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
    entry_[0].addresses[arch_.sp] = arch_.entry_sp;
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
    const auto agree = [](auto& mine, const auto& others) {
      std::erase_if(mine, [&](const auto& entry) {
        const auto theirs = others.find(entry.first);
        return theirs == others.end() || theirs->second != entry.second;
      });
    };
    agree(into.slots, other.slots);
    agree(into.addresses, other.addresses);
    return !(into == old);
  }

  void step(Held& held, uint32_t insn) {
    // Where the CFA is, by the row that the original declares here; where tables are right at calls only, only there.
    const InsnFacts& facts = family_.facts[insn];
    const bool at_calls_only = subject_.contract.unwind == oracle::UnwindPromise::Synchronous;
    const bool by_register = facts.row != nullptr && facts.row->cfa.kind == oracle::CfaRule::Kind::RegisterOffset;
    if (by_register && (facts.call || !at_calls_only)) held.addresses[facts.row->cfa.reg] = -facts.row->cfa.offset;
    before_[insn] = held;
    for (const MicroOp& op : subject_.decoder.ops(family_.cfg->insns[insn].insn)) apply(held, op);
  }

  static std::optional<int64_t> address(const Held& held, const MicroOp& op) {
    const std::optional<int64_t> base = op.b == oracle::kNoReg ? held.address(op.a) : std::nullopt;
    return base ? std::optional(*base + op.imm) : std::nullopt;
  }

  void apply(Held& held, const MicroOp& op) {
    switch (op.op) {
      case Op::Store:
      case Op::StoreConst:
        store(held, op);
        return;
      case Op::ClobberSet:
        held.registers &= ~static_cast<oracle::RegSet>(op.imm);
        forget_addresses(held, static_cast<oracle::RegSet>(op.imm));
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
  static void store(Held& held, const MicroOp& op) {
    const std::optional<int64_t> at = address(held, op);
    if (!at) return;
    std::erase_if(held.slots, [&](const auto& slot) { return slot.first < *at + op.width && *at < slot.first + 8; });
    if (op.op == Op::Store && op.width == 8 && (held.registers & reg_bit(op.src))) held.slots[*at] = op.src;
  }

  static void write(Held& held, const MicroOp& op) {
    const std::optional<int64_t> from = held.address(op.a);
    const bool whole = op.width == 8 && !op.merges;
    held.addresses.erase(op.dst);
    if (whole && from && op.op == Op::Copy) held.addresses[op.dst] = *from;
    if (whole && from && op.op == Op::Add) held.addresses[op.dst] = *from + op.imm;
    held.registers &= ~reg_bit(op.dst);
  }

  static void forget_addresses(Held& held, oracle::RegSet set) {
    std::erase_if(held.addresses, [&](const auto& entry) { return (set & reg_bit(entry.first)) != 0; });
  }

  void call(Held& held) const {
    held.registers &= ~arch_.call_clobbered;
    forget_addresses(held, arch_.call_clobbered);
    const std::optional<int64_t> top = held.address(arch_.sp);
    if (top) std::erase_if(held.slots, [&](const auto& slot) { return slot.first < *top; });
  }

  const Subject& subject_;
  const Family& family_;
  const oracle::Arch& arch_;
  std::vector<Held> before_, entry_;
};

// Memory below SP is as good as the red zone makes it, and at a call it is the callee's.
bool may_be_overwritten(const Subject& subject, const InsnFacts& facts, const Held& held, int64_t slot) {
  const std::optional<int64_t> top = held.address(subject.arch().sp);
  if (!top) return false;
  const int64_t zone = facts.call || !subject.contract.red_zone ? 0 : subject.arch().red_zone;
  return slot < *top - zone;
}

}  // namespace

std::vector<Held> held_values(const Subject& subject, const Family& family) { return Walk(subject, family).run(); }

namespace {

bool same_expression(uint32_t a, const oracle::CfiTable& of_a, uint32_t b, const oracle::CfiTable& of_b) {
  if (a == oracle::kNoIndex || b == oracle::kNoIndex) return a == b;
  const auto same = [](const oracle::ExprOp& x, const oracle::ExprOp& y) {
    return x.kind == y.kind && x.reg == y.reg && x.value == y.value;
  };
  return std::ranges::equal(of_a.expression(a), of_b.expression(b), same);
}

}  // namespace

bool same_rule(const oracle::CfaRule& a, const oracle::CfiTable& of_a, const oracle::CfaRule& b,
               const oracle::CfiTable& of_b) {
  return a.kind == b.kind && a.reg == b.reg && a.offset == b.offset &&
         same_expression(a.expression, of_a, b.expression, of_b);
}

bool same_rule(const oracle::RegisterRule& a, const oracle::CfiTable& of_a, const oracle::RegisterRule& b,
               const oracle::CfiTable& of_b) {
  return a.kind == b.kind && a.reg == b.reg && a.offset == b.offset &&
         same_expression(a.expression, of_a, b.expression, of_b);
}

bool row_is_right(const Subject& subject, const Family& family, const std::vector<Held>& held, uint32_t insn,
                  const oracle::Row& row, const oracle::CfiTable& rows) {
  const oracle::Arch& arch = subject.arch();
  const InsnFacts& facts = family.facts[insn];
  const Held& here = held[insn];
  if (facts.row == nullptr || row.return_address_signed != facts.row->return_address_signed) return false;
  if (!same_rule(row.cfa, rows, facts.row->cfa, subject.cfi)) {
    if (row.cfa.kind != oracle::CfaRule::Kind::RegisterOffset || here.address(row.cfa.reg) != -row.cfa.offset)
      return false;
  }
  const oracle::RegSet wanted = arch.callee_saved | reg_bit(arch.return_address);
  for (Reg r = 0; r < arch.registers.size(); ++r) {
    if (!(wanted & reg_bit(r))) continue;
    const oracle::RegisterRule same{.of = r};
    const oracle::RegisterRule* theirs = facts.row->rule_for(r);
    const oracle::RegisterRule* rule = row.rule_for(r);
    if (rule == nullptr) rule = &same;
    if (same_rule(*rule, rows, theirs == nullptr ? same : *theirs, subject.cfi)) continue;
    if (rule->kind == oracle::RegisterRule::Kind::SameValue && (here.registers & reg_bit(r))) continue;
    const auto slot = here.slots.find(rule->offset);
    const bool saved = rule->kind == oracle::RegisterRule::Kind::AtCfa && slot != here.slots.end() && slot->second == r;
    if (!saved || may_be_overwritten(subject, facts, here, rule->offset)) return false;
  }
  return true;
}

}  // namespace objhound::harness::mutation
