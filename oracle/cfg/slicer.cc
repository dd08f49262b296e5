#include "oracle/cfg/slicer.h"

#include <algorithm>
#include <utility>

namespace objhound::oracle {
namespace {

// How many definitions deep a value is followed. Deeper ones stay opaque under the same name for everyone who asks,
// so that nothing wrong follows from it.
constexpr unsigned kMaxDepth = 200;
// Phis that are looked through together.
constexpr size_t kMaxPhiWeb = 256;

constexpr unsigned kAllOps = ~0u;

constexpr uint64_t kEmptyKey = ~uint64_t{0};
constexpr uint64_t meet_key(uint32_t insn, Reg reg) { return uint64_t{insn} << 16 | reg; }
constexpr uint64_t op_key(uint32_t insn, unsigned op) { return uint64_t{insn} << 16 | 0x8000u | op; }

}  // namespace

void Slicer::reset() {
  graph_.forget_asked();
  pool_.clear();
  memo_.assign(512, {kEmptyKey, 0});
  memo_used_ = 0;
  phis_.clear();
  phi_of_.clear();
  incoming_.clear();
  spilled_.clear();
  named_places_.clear();
  seen_.clear();
  searches_ = 0;
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
  graph_.note_asked(insn);
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

NodeId Slicer::resolve(NodeId node) const {
  while (node < phi_of_.size() && phi_of_[node] != kNoIndex && phis_[phi_of_[node]].same_as != kNoIndex) {
    node = phis_[phi_of_[node]].same_as;
  }
  return node;
}

NodeId Slicer::result(uint32_t insn, unsigned op) { return resolve(evaluate(insn, op)); }

NodeId Slicer::target(uint32_t insn) {
  const uint32_t leave = graph_.insns[insn].leave;
  if (leave != kNoIndex && graph_.leaves[leave].through != kNoReg) return before(insn, graph_.leaves[leave].through);
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
  const Insn& decoded = view_.insn(graph_.insns[insn].insn);
  if (reg < kMaxRegs && (decoded.writes & reg_bit(reg)) == 0) return kNoIndex;
  const std::span<const MicroOp> all = view_.ops(decoded);
  for (unsigned i = std::min<unsigned>(ops, static_cast<unsigned>(all.size())); i-- > 0;) {
    if (!writes_register(all[i], reg)) continue;
    const bool writes_many = all[i].op == Op::ClobberSet || all[i].op == Op::Unmodelled;
    return writes_many ? pool_.atom(NodeKind::Opaque, insn, reg) : evaluate(insn, i);
  }
  return kNoIndex;
}

// What the instruction that control arrives from does to `reg`, on the way that it arrives.
bool Slicer::defined_by(const Arrival& arrival, Reg reg, NodeId& value) {
  const FlowInsn& from = graph_.insns[arrival.from];
  const bool calls = from.flow == Flow::Call || from.flow == Flow::CallIndirect;
  if (comes_from_call(arrival.kind)) {
    if (view_.arch().call_clobbered & reg_bit(reg)) {
      value = pool_.atom(NodeKind::Opaque, arrival.from, reg);
      return true;
    }
  } else if (calls &&
             (reg == view_.arch().return_address || (reg == view_.arch().sp && view_.arch().return_on_stack))) {
    // Into the copy of a helper, or a call that only pushes.
    value = pool_.atom(NodeKind::Opaque, arrival.from, reg);
    return true;
  }
  value = defined_in(arrival.from, kAllOps, reg);
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
      if (op.relocatable) {
        // The next 16 bits of an address (arm64's large code model): with the last of them it is whole.
        const NodeId parts = operand_node(insn, op);
        const Node before = pool_[pool_[value].kind == NodeKind::And ? pool_[value].a : value];
        const Node part = parts == kNoIndex ? Node{} : pool_[parts];
        const bool goes_on = before.kind == NodeKind::PageOf && before.place == part.place &&
                             (part.kind == NodeKind::PageOf ? part == before : part.is_address());
        if (goes_on) return parts;
      }
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
    case Op::Clobber:  // of the low part: the rest is zero
      if (op.width >= 8 || op.merges) return kNoIndex;
      return cut(pool_.atom(NodeKind::Opaque, insn, uint32_t{0x100} + index));
    default:
      return kNoIndex;
  }
}

NodeId Slicer::operand_node(uint32_t insn, const MicroOp& op) {
  return operand_node(view_.operand(graph_.place(insn), graph_.insns[insn].length, op));
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
      return pool_.intern(
          {.kind = NodeKind::PageOf, .a = operand.symbol, .value = operand.value, .place = operand.place});
    case Operand::Kind::GotBase:
      return pool_.sum(pool_.atom(NodeKind::Got, 0, 0), kNoIndex, 0, operand.value);
    case Operand::Kind::ToGot:
      return pool_.intern({.kind = NodeKind::ToGot, .place = operand.place});
    case Operand::Kind::FromGot: {
      const NodeId way = pool_.intern({.kind = NodeKind::FromGot, .a = operand.symbol, .place = operand.place});
      return operand.place.valid() ? way : pool_.sum(way, kNoIndex, 0, operand.value);
    }
    case Operand::Kind::FromGotToSlot:
      return pool_.intern({.kind = NodeKind::GotSlot, .a = operand.symbol, .place = operand.place});
    case Operand::Kind::GotSlot:
    case Operand::Kind::Unknown:
      return kNoIndex;
  }
  return kNoIndex;
}

}  // namespace objhound::oracle
