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
    entry_[0].addresses[arch_.sp] = {StackAddress::kCfa, arch_.entry_sp};
    if (arch_.return_on_stack) {
      entry_[0].slots[{StackAddress::kCfa, arch_.return_slot}] = {arch_.return_address, {}};
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
    for (uint32_t i = block.first; i < block.last; ++i) step(held, i, block.inlined_call && i + 1 == block.last);
    if (block.ends_in_call && !block.call_as_push) call(held);
    for (const oracle::Edge& edge : block.successors) {
      const bool received = edge.kind == oracle::EdgeKind::Receiver;
      if (meet(entry_[edge.to], received ? by_longjmp(held) : held)) pending.push_back(edge.to);
    }
  }

  // Whoever comes back restores the stack and the frame pointer alone.
  Held by_longjmp(Held held) const {
    const oracle::RegSet lost = ~(reg_bit(arch_.sp) | reg_bit(arch_.fp));
    held.registers &= ~lost;
    forget_addresses(held, lost);
    return held;
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

  // Where the CFA is, by the row that the original declares at an instruction. Where tables are right at calls only,
  // only there; nobody unwinds from the call of an outlined helper, which is a piece of this function that stands
  // elsewhere.
  void read_row(Held& held, uint32_t insn, bool calls_helper) const {
    const InsnFacts& facts = family_.facts[insn];
    const bool at_calls_only = subject_.contract.unwind == oracle::UnwindPromise::Synchronous;
    const bool by_register = facts.row != nullptr && facts.row->cfa.kind == oracle::CfaRule::Kind::RegisterOffset;
    if (!by_register || (at_calls_only && (!facts.call || calls_helper))) return;
    held.addresses[facts.row->cfa.reg] = {StackAddress::kCfa, -facts.row->cfa.offset};
  }

  void step(Held& held, uint32_t insn, bool calls_helper) {
    read_row(held, insn, calls_helper);
    before_[insn] = held;
    for (const MicroOp& op : subject_.decoder.ops(family_.cfg->insns[insn].insn)) apply(held, op, insn);
  }

  static std::optional<StackAddress> address(const Held& held, const MicroOp& op) {
    const std::optional<StackAddress> base = op.b == oracle::kNoReg ? held.address(op.a) : std::nullopt;
    return base ? std::optional(*base + op.imm) : std::nullopt;
  }

  void apply(Held& held, const MicroOp& op, uint32_t insn) {
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
        const std::optional<StackAddress> at = address(held, op);
        const auto slot = at ? held.slots.find(*at) : held.slots.end();
        const bool known = op.width == 8 && slot != held.slots.end();
        const Content content = known ? slot->second : Content{};
        write(held, op);
        if (known && content.of == oracle::kNoReg && op.dst != oracle::kNoReg) held.addresses[op.dst] = content.address;
        if (known && content.of != oracle::kNoReg && content.of == op.dst) held.registers |= reg_bit(op.dst);
        return;
      }
      case Op::And: {
        const bool realigns = op.dst == arch_.sp && op.a == arch_.sp && op.width == 8 && held.address(arch_.sp);
        write(held, op);
        if (realigns) realign(held, insn);
        return;
      }
      case Op::Const: {  // zero in the low byte or two aligns as well
        const bool realigns = op.dst == arch_.sp && op.merges && op.imm == 0 && held.address(arch_.sp);
        write(held, op);
        if (realigns) realign(held, insn);
        return;
      }
      default:
        if (op.dst != oracle::kNoReg) write(held, op);
    }
  }

  // What counted from an SP that this instruction realigned before, in another round, is elsewhere now.
  void realign(Held& held, uint32_t insn) const {
    const auto counts_from = [&](const StackAddress& address) { return address.base == insn; };
    std::erase_if(held.slots, [&](const auto& slot) {
      return counts_from(slot.first) || (slot.second.of == oracle::kNoReg && counts_from(slot.second.address));
    });
    std::erase_if(held.addresses, [&](const auto& entry) { return counts_from(entry.second); });
    held.addresses[arch_.sp] = {insn, 0};
  }

  // A well-defined program's stores through other pointers do not reach the slots of saved registers (state.h).
  static void store(Held& held, const MicroOp& op) {
    const std::optional<StackAddress> at = address(held, op);
    if (!at) return;
    std::erase_if(held.slots, [&](const auto& slot) {
      const StackAddress& own = slot.first;
      return own.base == at->base && own.offset < at->offset + op.width && at->offset < own.offset + 8;
    });
    if (op.op != Op::Store || op.width != 8 || op.src == oracle::kNoReg) return;
    const std::optional<StackAddress> pointer = held.address(op.src);
    if (held.registers & reg_bit(op.src)) {
      held.slots[*at] = {op.src, {}};
    } else if (pointer) {
      held.slots[*at] = {oracle::kNoReg, *pointer};
    }
  }

  static void write(Held& held, const MicroOp& op) {
    const std::optional<StackAddress> from = held.address(op.a);
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
    const std::optional<StackAddress> top = held.address(arch_.sp);
    if (top) std::erase_if(held.slots, [&](const auto& slot) { return slot.first.may_be_below(*top); });
  }

  const Subject& subject_;
  const Family& family_;
  const oracle::Arch& arch_;
  std::vector<Held> before_, entry_;
};

}  // namespace

std::vector<Held> held_values(const Subject& subject, const Family& family) { return Walk(subject, family).run(); }

}  // namespace objhound::harness::mutation
