#include "oracle/cfg/slicer.h"

#include <algorithm>
#include <utility>

namespace objhound::oracle {
namespace {

// How many definitions deep a value is followed. Deeper ones stay opaque under the same name for everyone who asks,
// so that nothing wrong follows from it.
constexpr unsigned kMaxDepth = 200;
// How far back a load looks for its store, in instructions.
constexpr unsigned kMaxStoreDistance = 400;
// Phis that are looked through together.
constexpr size_t kMaxPhiWeb = 256;

constexpr uint64_t kEmptyKey = ~uint64_t{0};
constexpr uint64_t meet_key(uint32_t insn, Reg reg) { return uint64_t{insn} << 16 | reg; }
constexpr uint64_t op_key(uint32_t insn, unsigned op) { return uint64_t{insn} << 16 | 0x8000u | op; }

bool is_memory_write(Op op) { return op == Op::Store || op == Op::StoreConst || op == Op::StoreUnknownSize; }

bool is_call(Op op) { return op == Op::Call || op == Op::CallReg || op == Op::CallMem; }

// Whether `op` writes `reg`, apart from what a call may do.
bool writes(const MicroOp& op, Reg reg) {
  switch (op.op) {
    case Op::ClobberSet:
      return (static_cast<RegSet>(op.imm) & reg_bit(reg)) != 0;
    case Op::Unmodelled:
      return true;
    case Op::Store:
    case Op::StoreConst:
    case Op::StoreUnknownSize:
      return false;
    default:
      return op.dst == reg;
  }
}

}  // namespace

void Slicer::reset() {
  pool_.clear();
  memo_.assign(512, {kEmptyKey, 0});
  memo_used_ = 0;
  phis_.clear();
  phi_of_.clear();
  incoming_.clear();
  spilled_.clear();
  named_places_.clear();
  depth_ = 0;
}

NodeId* Slicer::memo(uint64_t key) {
  const size_t mask = memo_.size() - 1;
  for (size_t i = (key * 0x9e3779b97f4a7c15 >> 20) & mask;; i = (i + 1) & mask) {
    if (memo_[i].first == key) return &memo_[i].second;
    if (memo_[i].first == kEmptyKey) return nullptr;
  }
}

void Slicer::remember(uint64_t key, NodeId node) {
  if (NodeId* known = memo(key)) {
    *known = node;
    return;
  }
  if (memo_used_ * 2 >= memo_.size()) {
    std::vector<std::pair<uint64_t, NodeId>> old(memo_.size() * 2, {kEmptyKey, 0});
    old.swap(memo_);
    memo_used_ = 0;
    for (const auto& [k, n] : old) {
      if (k != kEmptyKey) remember(k, n);
    }
  }
  const size_t mask = memo_.size() - 1;
  size_t i = (key * 0x9e3779b97f4a7c15 >> 20) & mask;
  while (memo_[i].first != kEmptyKey) i = (i + 1) & mask;
  memo_[i] = {key, node};
  ++memo_used_;
}

bool Slicer::step() {
  if (steps_left_ == 0) return false;
  --steps_left_;
  return true;
}

EdgeKind Slicer::fall_kind(uint32_t insn) const {
  const uint32_t leave = graph_.insns[insn].leave;
  return leave != kNoIndex && graph_.leaves[leave].is_call ? EdgeKind::CallReturn : EdgeKind::Next;
}

bool Slicer::single_arrival(uint32_t insn, Arrival& arrival) const {
  const FlowInsn& at = graph_.insns[insn];
  if (insn == 0) return false;
  if (at.fall_from != kNoIndex) {
    arrival = {at.fall_from, fall_kind(at.fall_from)};
    return at.first_in == kNoIndex;
  }
  if (at.first_in == kNoIndex || graph_.edges[at.first_in].next_in != kNoIndex) return false;
  arrival = {graph_.edges[at.first_in].from, graph_.edges[at.first_in].kind};
  return true;
}

std::span<const std::pair<Arrival, NodeId>> Slicer::incoming(NodeId phi) const {
  if (phi >= phi_of_.size() || phi_of_[phi] == kNoIndex) return {};
  const Phi& p = phis_[phi_of_[phi]];
  return std::span(incoming_).subspan(p.first_incoming, p.incoming_count);
}

std::vector<std::pair<Arrival, NodeId>> Slicer::incoming_loads(NodeId load) {
  std::vector<std::pair<Arrival, NodeId>> values;
  const Node node = pool_[load];
  if (node.b == kUnchanged || !(node.b & kBefore)) return values;
  const uint32_t meeting = node.b & ~kBefore;
  Arrival only;
  if (meeting == 0 || single_arrival(meeting, only)) return values;
  for_arrivals(meeting, [&](const Arrival& arrival) {
    const bool behind_call = arrival.kind == EdgeKind::CallReturn;
    const NodeId value = behind_call ? pool_.atom(NodeKind::Load, node.a, arrival.from, node.width)
                                     : from_memory(arrival.from, kNoIndex, node.a, node.width);
    values.emplace_back(arrival, value);
  });
  return values;
}

NodeId Slicer::resolve(NodeId node) const {
  while (node < phi_of_.size() && phi_of_[node] != kNoIndex && phis_[phi_of_[node]].same_as != kNoIndex) {
    node = phis_[phi_of_[node]].same_as;
  }
  return node;
}

NodeId Slicer::result(uint32_t insn, unsigned op) {
  return resolve(evaluate(insn, op));
}

NodeId Slicer::target(uint32_t insn) {
  const std::span<const MicroOp> ops = view_.ops(view_.insn(graph_.insns[insn].insn));
  const unsigned last = static_cast<unsigned>(ops.size()) - 1;
  if (ops[last].op == Op::JumpMem || ops[last].op == Op::CallMem) return loaded(insn, last);
  return at(insn, last, ops[last].a);
}

NodeId Slicer::at(uint32_t insn, unsigned op, Reg reg) {
  if (reg == kNoReg || reg == kPcReg) return pool_.atom(NodeKind::Opaque, insn, reg);
  NodeId value = defined_in(insn, op, reg);
  while (value == kNoIndex) {
    Arrival arrival;
    if (!step()) return pool_.atom(NodeKind::Opaque, insn, uint32_t{0x1000} | reg);
    if (!single_arrival(insn, arrival)) return meet(insn, reg);
    if (defined_by(arrival, reg, value)) return value;
    insn = arrival.from;
  }
  return value;
}

// The last of the instruction's first `ops` operations that writes `reg`.
NodeId Slicer::defined_in(uint32_t insn, unsigned ops, Reg reg) {
  const std::span<const MicroOp> all = view_.ops(view_.insn(graph_.insns[insn].insn));
  for (unsigned i = std::min<unsigned>(ops, static_cast<unsigned>(all.size())); i-- > 0;) {
    if (!writes(all[i], reg)) continue;
    const bool writes_many = all[i].op == Op::ClobberSet || all[i].op == Op::Unmodelled;
    return writes_many ? pool_.atom(NodeKind::Opaque, insn, reg) : evaluate(insn, i);
  }
  return kNoIndex;
}

// What the instruction that control arrives from does to `reg`, on the way that it arrives.
bool Slicer::defined_by(const Arrival& arrival, Reg reg, NodeId& value) {
  const Insn& insn = view_.insn(graph_.insns[arrival.from].insn);
  if (insn.op_count == 0) return false;
  const Op last = view_.ops(insn).back().op;
  const bool calls = is_call(last) || arrival.kind == EdgeKind::CallReturn;
  if (calls && arrival.kind == EdgeKind::CallReturn) {
    if (view_.arch().call_clobbered & reg_bit(reg)) {
      value = pool_.atom(NodeKind::Opaque, arrival.from, reg);
      return true;
    }
  } else if (calls && (reg == view_.arch().return_address || (reg == view_.arch().sp && view_.arch().return_on_stack))) {
    // Into the copy of a helper, or a call that only pushes.
    value = pool_.atom(NodeKind::Opaque, arrival.from, reg);
    return true;
  }
  value = defined_in(arrival.from, insn.op_count, reg);
  return value != kNoIndex;
}

NodeId Slicer::over(const Arrival& arrival, Reg reg) {
  if (arrival.from == kNoIndex) return pool_.atom(NodeKind::Entry, 0, reg);
  NodeId value = kNoIndex;
  if (defined_by(arrival, reg, value)) return value;
  return at(arrival.from, 0, reg);
}

// Several ways lead to the instruction.
NodeId Slicer::meet(uint32_t insn, Reg reg) {
  if (NodeId* known = memo(meet_key(insn, reg))) return open_phis_ == 0 ? only_leaf(resolve(*known)) : resolve(*known);
  if (insn == 0 && graph_.insns[0].fall_from == kNoIndex && graph_.insns[0].first_in == kNoIndex) {
    return pool_.atom(NodeKind::Entry, 0, reg);
  }
  const NodeId node = pool_.atom(NodeKind::Phi, insn, reg);
  remember(meet_key(insn, reg), node);
  if (phi_of_.size() <= node) phi_of_.resize(node + 1, kNoIndex);
  const uint32_t index = static_cast<uint32_t>(phis_.size());
  phi_of_[node] = index;
  phis_.push_back({.node = node, .insn = insn, .reg = reg});
  if (depth_ >= kMaxDepth) return node;
  ++depth_;
  ++open_phis_;
  std::vector<std::pair<Arrival, NodeId>> values;
  for_arrivals(insn, [&](const Arrival& arrival) { values.emplace_back(arrival, over(arrival, reg)); });
  --open_phis_;
  --depth_;
  phis_[index].first_incoming = static_cast<uint32_t>(incoming_.size());
  phis_[index].incoming_count = static_cast<uint32_t>(values.size());
  incoming_.insert(incoming_.end(), values.begin(), values.end());
  if (open_phis_ != 0) return trivial(phis_[index]) ? resolve(node) : node;
  remove_trivial_phis(index);
  return only_leaf(resolve(node));
}

// Whether all that comes in is one value, or the phi itself. Then it is that value's other name.
bool Slicer::trivial(Phi& phi) {
  NodeId only = kNoIndex;
  for (uint32_t k = 0; k < phi.incoming_count; ++k) {
    const NodeId value = resolve(incoming_[phi.first_incoming + k].second);
    if (value == phi.node || value == only) continue;
    if (only != kNoIndex) return false;
    only = value;
  }
  if (only == kNoIndex) return false;
  phi.same_as = only;
  return true;
}

void Slicer::remove_trivial_phis(uint32_t first) {
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = first; i < phis_.size(); ++i) {
      if (phis_[i].same_as == kNoIndex && phis_[i].incoming_count != 0 && trivial(phis_[i])) changed = true;
    }
  }
}

// A web of phis that only one value flows into is that value: loops with several entries leave such webs.
NodeId Slicer::only_leaf(NodeId root) {
  if (incoming(root).empty() || phis_[phi_of_[root]].settled) return root;
  phis_[phi_of_[root]].settled = true;
  std::vector<NodeId> web{root};
  NodeId leaf = kNoIndex;
  for (size_t i = 0; i < web.size(); ++i) {
    const auto values = incoming(web[i]);
    const bool is_phi = !values.empty();
    if (!is_phi) {
      if (leaf != kNoIndex && leaf != web[i]) return root;
      leaf = web[i];
      continue;
    }
    for (const auto& [arrival, value] : values) {
      const NodeId v = resolve(value);
      if (std::find(web.begin(), web.end(), v) == web.end()) web.push_back(v);
    }
    if (web.size() > kMaxPhiWeb) return root;
  }
  if (leaf == kNoIndex) return root;
  phis_[phi_of_[root]].same_as = leaf;
  return leaf;
}

NodeId Slicer::evaluate(uint32_t insn, unsigned op) {
  const uint64_t key = op_key(insn, op);
  if (NodeId* known = memo(key)) return resolve(*known);
  const MicroOp micro_op = view_.ops(view_.insn(graph_.insns[insn].insn))[op];
  NodeId value = kNoIndex;
  if (depth_ < kMaxDepth && step()) {
    ++depth_;
    // What the operation reads are values of their own, whose phis are settled here and now.
    const unsigned open_phis = std::exchange(open_phis_, 0u);
    value = evaluate_uncached(insn, op, micro_op);
    open_phis_ = open_phis;
    --depth_;
  }
  if (value == kNoIndex) value = pool_.atom(NodeKind::Opaque, insn, uint32_t{0x100} + op);
  remember(key, value);
  return value;
}

NodeId Slicer::evaluate_uncached(uint32_t insn, unsigned index, const MicroOp& op) {
  NodeId value = arithmetic(insn, index, op);
  if (value == kNoIndex || !op.merges) return value;
  const NodeId old = at(insn, index, op.dst);
  return pool_.atom(NodeKind::Merge, old, value, op.width);
}

// The operation's result; kNoIndex if it is not described.
NodeId Slicer::arithmetic(uint32_t insn, unsigned index, const MicroOp& op) {
  auto a = [&] { return at(insn, index, op.a); };
  auto b = [&] { return at(insn, index, op.b); };
  auto cut = [&](NodeId value) { return value == kNoIndex ? kNoIndex : pool_.zext(value, op.width); };
  switch (op.op) {
    case Op::Copy:
      return op.a == kNoReg ? kNoIndex : cut(a());
    case Op::Const:
    case Op::Address:
      return operand_node(insn, op);
    case Op::Add:
    case Op::AddReg: {
      if (op.a == kNoReg && op.b == kNoReg) return kNoIndex;
      return cut(address(insn, index));
    }
    case Op::SubReg:
      if (op.a == kNoReg || op.b == kNoReg) return kNoIndex;
      return cut(pool_.sum(a(), b(), -(int64_t{1} << (op.scale & 63)), 0));
    case Op::And:
      return pool_.mask(a(), static_cast<uint64_t>(op.imm) & low_mask(op.width));
    case Op::Or: {
      const NodeId value = a();
      return pool_[value].is_constant() ? cut(pool_.constant(pool_[value].value | op.imm)) : kNoIndex;
    }
    case Op::Shl:
      if (op.imm < 0 || op.imm > 62) return kNoIndex;
      return cut(pool_.sum(pool_.constant(0), a(), int64_t{1} << op.imm, 0));
    case Op::Shr:
      if (op.imm < 0 || op.imm > 63) return kNoIndex;
      return pool_.shift_right(pool_.zext(a(), op.width), static_cast<unsigned>(op.imm));
    case Op::Sar:
      if (op.imm < 0 || op.imm > 63) return kNoIndex;
      return cut(pool_.shift_right_signed(pool_.sext(a(), op.width), static_cast<unsigned>(op.imm)));
    case Op::Zext:
      return cut(a());
    case Op::Sext:
      return pool_.zext(pool_.sext(a(), op.width), op.to_width);
    case Op::Select:
      if (op.a == kNoReg || op.b == kNoReg) return kNoIndex;
      return cut(pool_.atom(NodeKind::Select, a(), b()));
    case Op::Load: {
      const NodeId value = loaded(insn, index);
      return op.is_signed && value != kNoIndex ? pool_.zext(pool_.sext(value, op.width), op.to_width) : value;
    }
    default:
      return kNoIndex;
  }
}

NodeId Slicer::operand_node(uint32_t insn, const MicroOp& op) {
  return operand_node(view_.operand(graph_.place(insn), view_.insn(graph_.insns[insn].insn).length, op));
}

NodeId Slicer::operand_node(const Operand& operand) {
  switch (operand.kind) {
    case Operand::Kind::Number:
      return pool_.constant(operand.value);
    case Operand::Kind::Location:
      return pool_.address(operand.place);
    case Operand::Kind::External:
      return pool_.sum(pool_.atom(NodeKind::Symbol, operand.symbol, 0), kNoIndex, 0, operand.value);
    case Operand::Kind::PageOf:
      return pool_.intern({.kind = NodeKind::PageOf, .a = operand.symbol, .value = operand.value, .place = operand.place});
    case Operand::Kind::GotSlot:
    case Operand::Kind::Unknown:
      return kNoIndex;
  }
  return kNoIndex;
}

NodeId Slicer::address(uint32_t insn, unsigned index) {
  const MicroOp op = view_.ops(view_.insn(graph_.insns[insn].insn))[index];
  const Operand operand = view_.operand(graph_.place(insn), view_.insn(graph_.insns[insn].insn).length, op);
  NodeId sum = operand_node(operand);
  if (sum == kNoIndex) return kNoIndex;
  if (op.a != kNoReg && op.a != kPcReg) {
    const NodeId base = at(insn, index, op.a);
    // The low part of an address is added to its page: together they are the address.
    const bool completes_page = operand.kind != Operand::Kind::Number && pool_[base].kind == NodeKind::PageOf;
    if (!completes_page) sum = pool_.sum(sum, base, 1, 0);
  }
  if (sum != kNoIndex && op.b != kNoReg) sum = pool_.sum(sum, at(insn, index, op.b), int64_t{1} << (op.scale & 7), 0);
  return sum;
}

NodeId Slicer::loaded(uint32_t insn, unsigned index) {
  const MicroOp op = view_.ops(view_.insn(graph_.insns[insn].insn))[index];
  const Operand operand = view_.operand(graph_.place(insn), view_.insn(graph_.insns[insn].insn).length, op);
  if (operand.kind == Operand::Kind::GotSlot) {
    if (op.b != kNoReg) return kNoIndex;
    return operand.place.valid() ? pool_.address(operand.place) : pool_.atom(NodeKind::Symbol, operand.symbol, 0);
  }
  const NodeId where = address(insn, index);
  if (where == kNoIndex) return kNoIndex;
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
    const bool address_of = (relocation->kind == RelocKind::Abs64 && width == 8) || (relocation->kind == RelocKind::Abs32 && width == 4);
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
    const bool one_term = node.kind == NodeKind::Sum && !node.place.valid() && node.term_count == 1 && node.terms[0].factor == 1;
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
  auto load_of = [&](uint32_t version) { return pool_.atom(NodeKind::Load, where, version, static_cast<uint8_t>(width)); };
  for (unsigned distance = 0;; ++distance) {
    const std::span<const MicroOp> ops = view_.ops(view_.insn(graph_.insns[insn].insn));
    for (unsigned i = std::min<unsigned>(index, static_cast<unsigned>(ops.size())); i-- > 0;) {
      const MicroOp op = view_.ops(view_.insn(graph_.insns[insn].insn))[i];
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
    if (arrival.kind == EdgeKind::CallReturn) return load_of(insn);
    index = kNoIndex;
  }
}

NodeId Slicer::spilled(NodeId load) {
  const Node node = pool_[load];
  if (node.kind != NodeKind::Load || node.width != 8) return kNoIndex;
  for (const auto& [known, value] : spilled_) {
    if (known == load) return value;
  }
  NodeId found = kNoIndex;
  bool agree = true;
  for (uint32_t insn = 0; insn < graph_.insns.size() && agree; ++insn) {
    const std::span<const MicroOp> ops = view_.ops(view_.insn(graph_.insns[insn].insn));
    for (unsigned i = 0; i < ops.size() && agree; ++i) {
      const MicroOp op = ops[i];
      const bool to_stack = op.a == view_.arch().sp || op.a == view_.arch().fp;
      if (op.op != Op::Store || op.width != 8 || op.src == kNoReg || op.b != kNoReg || !to_stack) continue;
      if (address(insn, i) != node.a) continue;
      const NodeId value = at(insn, i, op.src);
      agree = step() && (found == kNoIndex || found == value);
      found = value;
    }
  }
  spilled_.emplace_back(load, agree ? found : kNoIndex);
  return spilled_.back().second;
}

}  // namespace objhound::oracle
