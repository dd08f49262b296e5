// Code of a function that nothing in it leads to, but whose address it takes and gives to somebody else: glibc's _start
// hands the address of a few instructions behind its own end, without a symbol of their own, to the function that calls
// main(). Who enters it there, and with what, the function does not show.

#include <algorithm>
#include <array>
#include <optional>

#include "oracle/cfg/family.h"

namespace objhound::oracle {
namespace {

struct NamedCode {
  Place place;
  Reg in = kNoReg;
};

// The addresses in the range that the family's instructions compute: counted from the program counter, or a page's
// address and an offset in it.
std::vector<NamedCode> named_in(const CodeView& view, const Cfg& cfg, const CodeRange& range) {
  std::vector<NamedCode> found;
  std::array<std::optional<uint64_t>, kMaxRegs> page{};  // of a linked file: what a register holds
  for (const CodeInsn& code : cfg.insns) {
    const Insn& insn = view.insn(code.insn);
    const Place at{cfg.ranges[code.range].section, static_cast<int64_t>(code.offset)};
    for (const MicroOp& op : view.ops(insn)) {
      if (op.op != Op::Address && op.op != Op::Add) continue;
      const Operand operand = view.operand(at, insn.length, op);
      const bool on_page = op.op == Op::Add && op.a < kMaxRegs && page[op.a].has_value();
      Place place;
      if (operand.kind == Operand::Kind::Location) {
        place = operand.place;
      } else if (!view.relocatable() && ((op.op == Op::Address && !op.page) || on_page)) {
        place = view.place_of_address(static_cast<uint64_t>(operand.value) + (on_page ? *page[op.a] : 0));
      }
      const bool inside = place.section == range.section && place.offset > static_cast<int64_t>(range.begin) &&
                          place.offset < static_cast<int64_t>(range.end);
      if (inside) found.push_back({place, op.dst});
      if (op.dst >= kMaxRegs) continue;
      page[op.dst].reset();
      if (op.op == Op::Address && op.page && !view.relocatable()) page[op.dst] = static_cast<uint64_t>(operand.value);
    }
  }
  return found;
}

// The registers that the family reads memory through.
RegSet read_through(const CodeView& view, const Cfg& cfg) {
  RegSet bases = 0;
  for (const CodeInsn& code : cfg.insns) {
    for (const MicroOp& op : view.ops(view.insn(code.insn))) {
      const bool reads = op.op == Op::Load || op.op == Op::CompareMem || op.op == Op::JumpMem;
      if (reads) bases |= reg_bit(op.a) | reg_bit(op.b);
    }
  }
  return bases;
}

// Whether instructions stand there, up to one that control does not get past.
bool reads_as_code(const CodeView& view, Place place, const CodeRange& range) {
  constexpr unsigned kMost = 256;  // instructions
  for (unsigned i = 0; i < kMost && place.offset < static_cast<int64_t>(range.end); ++i) {
    const uint64_t offset = static_cast<uint64_t>(place.offset);
    const Insn& insn = view.insn(view.source().decode(place.section, offset, range.end));
    if (insn.flow == Flow::Undecodable) return false;
    if (insn.flow == Flow::Jump || insn.flow == Flow::JumpIndirect || insn.flow == Flow::Return) return true;
    place.offset += insn.length;
  }
  return false;
}

}  // namespace

Place code_given_away(const CodeView& view, const Cfg& cfg, uint32_t range) {
  // An address of code may also be where a table, or what its entries count from, stands.
  const bool jumps = std::ranges::any_of(cfg.blocks, [](const Block& block) {
    return block.exit == Exit::Unresolved || block.exit == Exit::TailCallIndirect ||
           std::ranges::any_of(block.successors, [](const Edge& edge) {
             return edge.kind == EdgeKind::Table || edge.kind == EdgeKind::Indirect;
           });
  });
  if (jumps) return {};
  const CodeRange& code = cfg.ranges[range];
  const RegSet bases = read_through(view, cfg);
  for (const NamedCode& named : named_in(view, cfg, code)) {
    if (cfg.insn_at(named.place) != kNoIndex || (bases & reg_bit(named.in)) != 0) continue;
    if (reads_as_code(view, named.place, code)) return named.place;
  }
  return {};
}

}  // namespace objhound::oracle
