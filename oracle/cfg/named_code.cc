#include "oracle/cfg/named_code.h"

#include <algorithm>

#include "oracle/cfg/sort_once.h"

namespace objhound::oracle {
namespace {

bool jumps_indirectly(const Cfg& cfg) {
  return std::ranges::any_of(cfg.blocks, [](const Block& block) {
    return block.exit == Exit::Unresolved || block.exit == Exit::TailCallIndirect ||
           std::ranges::any_of(block.successors, [](const Edge& edge) {
             return edge.kind == EdgeKind::Table || edge.kind == EdgeKind::Indirect;
           });
  });
}

}  // namespace

NamedCode::NamedCode(const CodeView& view, const Cfg& cfg)
    : view_(view), cfg_(cfg), jumps_(jumps_indirectly(cfg)), page_(kMaxRegs) {
  for (const CodeInsn& code : cfg.insns) {
    const Insn& insn = view.insn(code.insn);
    add_named(code, insn);
    if (!jumps_) add_taken(code, insn);
  }
  sort_once(named_);
  sort_once(taken_);
}

void NamedCode::add_named(const CodeInsn& code, const Insn& insn) {
  if (!insn.names_address) return;
  const Place at{cfg_.ranges[code.range].section, static_cast<int64_t>(code.offset)};
  for (const MicroOp& op : view_.ops(insn)) {
    if (op.op != Op::Address && op.a != kPcReg) continue;
    const Place place = view_.operand(at, insn.length, op).place;
    if (place.valid()) named_.push_back(place);
  }
}

// Addresses that instructions compute: counted from the program counter, or a page's address and an offset in it.
void NamedCode::add_taken(const CodeInsn& code, const Insn& insn) {
  const Place at{cfg_.ranges[code.range].section, static_cast<int64_t>(code.offset)};
  for (const MicroOp& op : view_.ops(insn)) {
    if (op.op == Op::Load || op.op == Op::CompareMem || op.op == Op::JumpMem) {
      for (Reg reg : {op.a, op.b}) read_through_ |= reg < kMaxRegs ? reg_bit(reg) : 0;
    }
    if (op.op != Op::Address && op.op != Op::Add && op.op != Op::StoreConst) continue;
    const bool on_page = op.op == Op::Add && op.a < kMaxRegs && page_[op.a].has_value();
    Place place = view_.address_taken(at, insn.length, op);
    if (on_page && !place.valid()) place = view_.place_of_address(*page_[op.a] + static_cast<uint64_t>(op.imm));
    if (place.valid()) taken_.push_back({place, op.dst});
    if (op.dst >= kMaxRegs) continue;
    page_[op.dst].reset();
    if (op.op == Op::Address && op.page && !view_.relocatable())
      page_[op.dst] = static_cast<uint64_t>(view_.operand(at, insn.length, op).value);
  }
}

Place NamedCode::given_away(const CodeRange& range) const {
  const Place begin{range.section, static_cast<int64_t>(range.begin)};
  for (auto at = std::ranges::upper_bound(taken_, begin, {}, &Taken::place); at != taken_.end(); ++at) {
    if (at->place.section != range.section || at->place.offset >= static_cast<int64_t>(range.end)) break;
    const bool table = at->in < kMaxRegs && (read_through_ & reg_bit(at->in)) != 0;
    if (table || cfg_.insn_at(at->place) != kNoIndex) continue;
    if (reads_as_code(at->place, range)) return at->place;
  }
  return {};
}

bool NamedCode::names_data(Place from, uint64_t end) const {
  const auto at = std::ranges::lower_bound(named_, from);
  return at != named_.end() && at->section == from.section && at->offset < static_cast<int64_t>(end);
}

// Whether instructions stand there, up to one that control does not get past.
bool NamedCode::reads_as_code(Place place, const CodeRange& range) const {
  constexpr unsigned kMost = 256;  // instructions
  for (unsigned i = 0; i < kMost && place.offset < static_cast<int64_t>(range.end); ++i) {
    const uint64_t offset = static_cast<uint64_t>(place.offset);
    const Insn insn = view_.insn(view_.source().decode(place.section, offset, range.end));
    if (insn.flow == Flow::Undecodable) return false;
    if (insn.flow == Flow::Jump || insn.flow == Flow::JumpIndirect || insn.flow == Flow::Return) return true;
    place.offset += insn.length;
  }
  return false;
}

}  // namespace objhound::oracle
