// What is in memory: addresses, the stores that loads see, and slots that registers were spilled to.

#include <algorithm>

#include "oracle/cfg/slicer.h"

namespace objhound::oracle {
namespace {

// How far back a load looks for its store, in instructions.
constexpr unsigned kMaxStoreDistance = 400;

}  // namespace

NodeId Slicer::address(uint32_t insn, unsigned index) {
  const MicroOp op = view_.ops(view_.insn(graph_.insns[insn].insn))[index];
  const Operand operand = view_.operand(graph_.place(insn), graph_.insns[insn].length, op);
  NodeId sum = operand_node(operand);
  if (sum == kNoIndex) return kNoIndex;
  if (op.a != kNoReg && op.a != kPcReg) {
    const NodeId base = at(insn, index, op.a);
    // The low part of an address is added to its page: together they are the address.
    const bool completes_page = operand.kind != Operand::Kind::Number && pool_[base].kind == NodeKind::PageOf;
    if (!completes_page) sum = pool_.sum(sum, base, 1, 0);
  }
  if (sum == kNoIndex || op.b == kNoReg) return sum;
  const NodeId scaled = at(insn, index, op.b);
  const int64_t factor = int64_t{1} << (op.scale & 7);
  const NodeId address = pool_.sum(sum, scaled, factor, 0);
  return address != kNoIndex ? address : pool_.sum(sum, pool_.one_term(scaled), factor, 0);
}

NodeId Slicer::loaded(uint32_t insn, unsigned index) {
  const MicroOp op = view_.ops(view_.insn(graph_.insns[insn].insn))[index];
  const Operand operand = view_.operand(graph_.place(insn), graph_.insns[insn].length, op);
  if (operand.kind == Operand::Kind::GotSlot) {
    if (op.b != kNoReg) return kNoIndex;
    return operand.place.valid() ? pool_.address(operand.place) : pool_.atom(NodeKind::Symbol, operand.symbol, 0);
  }
  const NodeId where = address(insn, index);
  if (where == kNoIndex) return kNoIndex;
  if (const Node slot = pool_[where]; slot.kind == NodeKind::GotSlot && slot.b == 1) {
    return slot.place.valid() ? pool_.address(slot.place) : pool_.atom(NodeKind::Symbol, slot.a, 0);
  }
  const NodeId value = from_memory(insn, index, where, op.width);
  const bool indexed = pool_[where].kind == NodeKind::Sum && pool_[where].term_count != 0;
  if (indexed && (pool_[where].place.valid() || !view_.relocatable())) {
    const Place named = place_named_by(insn, index, operand);
    if (named.valid()) named_places_.emplace_back(value, named);
  }
  return value;
}

// The operand's own place, or else that of a register which holds an address and nothing more.
Place Slicer::place_named_by(uint32_t insn, unsigned index, const Operand& operand) {
  auto linked_place = [&](int64_t address) {
    return view_.relocatable() ? Place{} : view_.place_of_address(static_cast<uint64_t>(address));
  };
  if (operand.kind == Operand::Kind::Location) return operand.place;
  if (Place place = linked_place(operand.value); operand.kind == Operand::Kind::Number && place.valid()) return place;
  const MicroOp op = view_.ops(view_.insn(graph_.insns[insn].insn))[index];
  for (const Reg reg : {op.a, op.b}) {
    if (reg == kNoReg || reg == kPcReg) continue;
    const Node& node = pool_[at(insn, index, reg)];
    if (node.is_address()) return node.place;
    if (Place place = node.is_constant() ? linked_place(node.value) : Place{}; place.valid()) return place;
  }
  return {};
}

Place Slicer::named_place(NodeId load) const {
  for (const auto& [node, place] : named_places_) {
    if (node == load) return place;
  }
  return {};
}

// Memory that nobody writes: what it holds is known when a relocation, or its bytes in a linked file, say so.
bool Slicer::constant_memory(NodeId address, unsigned width, NodeId& value) {
  const Node node = pool_[address];
  Place place = node.place;
  if (!place.valid() && !view_.relocatable() && node.kind == NodeKind::Sum) {
    place = view_.place_of_address(static_cast<uint64_t>(node.value));
  }
  if (!place.valid() || place.section >= view_.sections().size()) return false;
  if (view_.sections()[place.section].writable) return false;
  value = pool_.atom(NodeKind::Load, address, kUnchanged, static_cast<uint8_t>(width));
  if (node.term_count != 0 || place.offset < 0) return true;
  if (const Relocation* relocation = view_.relocation_at(place.section, static_cast<uint64_t>(place.offset))) {
    const bool address_of =
        (relocation->kind == RelocKind::Abs64 && width == 8) || (relocation->kind == RelocKind::Abs32 && width == 4);
    if (address_of && relocation->target.valid()) value = pool_.address(relocation->target);
  } else if (const auto bytes = view_.read(place, width)) {
    value = pool_.constant(static_cast<int64_t>(*bytes));
  }
  return true;
}

// How a store's bytes lie to a load's. Different bases are taken to be different memory only when both are known to
// be: the stack as against an object of the file, or two objects' known addresses.
Slicer::Overlap Slicer::overlap(NodeId store, unsigned store_width, NodeId load, unsigned load_width) {
  if (store == load) return store_width >= load_width ? Overlap::Exact : Overlap::Maybe;
  if (store == kNoIndex) return Overlap::Maybe;
  const NodeId difference = pool_.sum(store, load, -1, 0);
  if (difference != kNoIndex && pool_[difference].is_constant()) {
    const int64_t distance = pool_[difference].value;  // store - load
    const bool apart = distance >= int64_t{load_width} || distance <= -int64_t{store_width};
    return apart ? Overlap::None : Overlap::Maybe;
  }
  // A pointer that the function was given does not point into the frame that it has made since.
  auto base = [&](NodeId id) {
    const Node& node = pool_[id];
    const bool one_term =
        node.kind == NodeKind::Sum && !node.place.valid() && node.term_count == 1 && node.terms[0].factor == 1;
    const Node& term = one_term ? pool_[node.terms[0].node] : node;
    return term.kind == NodeKind::Entry ? static_cast<Reg>(term.b) : kNoReg;
  };
  const Reg sp = view_.arch().sp, store_base = base(store), load_base = base(load);
  auto below_entry = [&](NodeId id) { return pool_[id].kind == NodeKind::Sum && pool_[id].value < 0; };
  if (store_base == sp && below_entry(store) && load_base != kNoReg && load_base != sp) return Overlap::None;
  if (load_base == sp && below_entry(load) && store_base != kNoReg && store_base != sp) return Overlap::None;
  auto section = [&](NodeId id) { return pool_[id].kind == NodeKind::Sum ? pool_[id].place.section : kNoIndex; };
  const bool store_in_file = section(store) != kNoIndex, load_in_file = section(load) != kNoIndex;
  if (store_in_file && load_in_file && section(store) != section(load)) return Overlap::None;
  if ((store_in_file && load_base == sp) || (load_in_file && store_base == sp)) return Overlap::None;
  return Overlap::Maybe;
}

NodeId Slicer::from_memory(uint32_t insn, unsigned index, NodeId where, unsigned width) {
  NodeId value = kNoIndex;
  if (constant_memory(where, width, value)) return value;
  auto load_of = [&](uint32_t version) {
    return pool_.atom(NodeKind::Load, where, version, static_cast<uint8_t>(width));
  };
  for (unsigned distance = 0;; ++distance) {
    const Insn& decoded = view_.insn(graph_.insns[insn].insn);
    const unsigned count = decoded.changes_memory ? std::min<unsigned>(index, decoded.op_count) : 0;
    for (unsigned i = count; i-- > 0;) {
      const MicroOp& op = view_.ops(decoded)[i];
      if (op.op == Op::Unmodelled || op.op == Op::Syscall) return load_of(insn);
      if (!is_memory_write(op.op)) continue;
      if (op.op == Op::StoreUnknownSize) return load_of(insn);
      const Overlap how = overlap(address(insn, i), op.width, where, width);
      if (how == Overlap::None) continue;
      if (how == Overlap::Maybe) return load_of(insn);
      if (op.op == Op::StoreConst && !view_.second_is_relocated(graph_.place(insn), op)) {
        return pool_.zext(pool_.constant(op.imm2), width);
      }
      if (op.op == Op::Store && op.src != kNoReg) return pool_.zext(at(insn, i, op.src), width);
      return load_of(insn);
    }
    Arrival arrival;
    if (distance >= kMaxStoreDistance || !step() || !single_arrival(insn, arrival)) return load_of(insn | kBefore);
    insn = arrival.from;
    if (comes_from_call(arrival.kind)) return load_of(insn);
    index = kNoIndex;
  }
}

// Whether the address is SP, or SP aligned, and a constant.
bool Slicer::made_of_sp(NodeId address) const {
  Node node = pool_[address];
  for (const bool aligned : {true, false}) {
    const bool sum = node.kind == NodeKind::Sum && !node.place.valid() && node.term_count == 1;
    if (sum && node.terms[0].factor == 1) node = pool_[node.terms[0].node];
    if (aligned && node.kind == NodeKind::And) node = pool_[node.a];
  }
  const bool register_value =
      node.kind == NodeKind::Entry || node.kind == NodeKind::Opaque || node.kind == NodeKind::Phi;
  return register_value && node.b == view_.arch().sp;
}

// What the instruction stores to a slot of the stack, all of it; kNoIndex if it does not.
NodeId Slicer::stored_to(NodeId slot, uint32_t insn) {
  const Insn& decoded = view_.insn(graph_.insns[insn].insn);
  if (!decoded.changes_memory) return kNoIndex;
  const std::span<const MicroOp> ops = view_.ops(decoded);
  for (unsigned i = static_cast<unsigned>(ops.size()); i-- > 0;) {
    const MicroOp& op = ops[i];
    // The base of a realigned frame is neither SP nor the frame pointer, but it survives calls, too.
    const Arch& arch = view_.arch();
    const bool may_be_base = op.a < kMaxRegs && (arch.callee_saved & reg_bit(op.a)) != 0;
    const bool to_stack = op.a == arch.sp || op.a == arch.fp || (may_be_base && made_of_sp(slot));
    if (op.op != Op::Store || op.width != 8 || op.src == kNoReg || op.b != kNoReg || !to_stack) continue;
    if (address(insn, i) == slot) return at(insn, i, op.src);
  }
  return kNoIndex;
}

NodeId Slicer::spilled(NodeId load) {
  const Node node = pool_[load];
  if (node.kind != NodeKind::Load || node.width != 8 || node.b == kUnchanged) return kNoIndex;
  for (const auto& [known, value] : spilled_) {
    if (known == load) return value;
  }
  // The stores to the slot that are met first on the ways back from the load.
  NodeId found = kNoIndex;
  bool agree = true;
  std::vector<uint32_t> ways{node.b & ~kBefore};
  seen_.resize(graph_.insns.size(), 0);
  const uint32_t search = ++searches_;
  auto go_back = [&](uint32_t insn) {
    for_arrivals(insn, [&](const Arrival& arrival) {
      if (arrival.from == kNoIndex) {
        agree = false;
      } else if (seen_[arrival.from] != search) {
        seen_[arrival.from] = search;
        ways.push_back(arrival.from);
      }
    });
  };
  if (node.b & kBefore) {
    const uint32_t start = ways.front();
    ways.clear();
    go_back(start);
  }
  while (!ways.empty() && agree) {
    const uint32_t insn = ways.back();
    ways.pop_back();
    const NodeId value = stored_to(node.a, insn);
    agree = step() && (value == kNoIndex || found == kNoIndex || found == value);
    if (value == kNoIndex) {
      go_back(insn);
    } else {
      found = value;
    }
  }
  spilled_.emplace_back(load, agree ? found : kNoIndex);
  return spilled_.back().second;
}

std::vector<std::pair<Arrival, NodeId>> Slicer::incoming_loads(NodeId load) {
  std::vector<std::pair<Arrival, NodeId>> values;
  const Node node = pool_[load];
  if (node.b == kUnchanged || !(node.b & kBefore)) return values;
  const uint32_t meeting = node.b & ~kBefore;
  Arrival only;
  if (meeting == 0 || single_arrival(meeting, only)) return values;
  for_arrivals(meeting, [&](const Arrival& arrival) {
    const bool behind_call = comes_from_call(arrival.kind);
    const NodeId value = behind_call ? pool_.atom(NodeKind::Load, node.a, arrival.from, node.width)
                                     : from_memory(arrival.from, kNoIndex, node.a, node.width);
    values.emplace_back(arrival, value);
  });
  return values;
}

}  // namespace objhound::oracle
