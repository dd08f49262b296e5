#include "oracle/cfg/cfg.h"

#include <algorithm>
#include <utility>

namespace objhound::oracle {

std::string_view to_text(Reason reason) {
  switch (reason) {
    case Reason::None:
      return "none";
    case Reason::IndirectJump:
      return "indirect-jump";
    case Reason::UnmodelledInstruction:
      return "unmodelled-instruction";
    case Reason::DwarfExpression:
      return "dwarf-expression";
    case Reason::NoreturnUnknown:
      return "noreturn-unknown";
    case Reason::NothrowUnknown:
      return "nothrow-unknown";
    case Reason::UnreachableEnd:
      return "unreachable-end";
    case Reason::IndirectEntry:
      return "indirect-entry";
    case Reason::DynamicStack:
      return "dynamic-stack";
    case Reason::CallConvention:
      return "call-convention";
    case Reason::NonstandardFrame:
      return "nonstandard-frame";
    case Reason::ContextSwitch:
      return "context-switch";
    case Reason::Undescribed:
      return "undescribed";
    case Reason::Limit:
      return "limit";
  }
  return "unknown";
}

void Cfg::clear() {
  Cfg fresh;
  const auto keep_memory = [&](auto member) {
    (this->*member).clear();
    (fresh.*member).swap(this->*member);
  };
  keep_memory(&Cfg::ranges);
  keep_memory(&Cfg::insns);
  keep_memory(&Cfg::blocks);
  keep_memory(&Cfg::edges);
  keep_memory(&Cfg::jump_tables);
  *this = std::move(fresh);
}

void Cfg::set_edges(std::span<const FromTo> all) {
  // How many go out of and into each block, then where each block's begin: a counting sort.
  std::vector<uint32_t> counts(2 * (blocks.size() + 1), 0);
  const std::span<uint32_t> out = std::span(counts).first(blocks.size() + 1),
                            in = std::span(counts).subspan(out.size());
  for (const FromTo& each : all) ++out[each.from + 1], ++in[each.edge.to + 1];
  in[0] = static_cast<uint32_t>(all.size());
  for (size_t b = 0; b < blocks.size(); ++b) out[b + 1] += out[b], in[b + 1] += in[b];
  edges.resize(2 * all.size());
  for (size_t b = 0; b < blocks.size(); ++b) {
    blocks[b].successors = {edges.data() + out[b], edges.data() + out[b + 1]};
    blocks[b].predecessors = {edges.data() + in[b], edges.data() + in[b + 1]};
  }
  for (const FromTo& each : all) {
    edges[out[each.from]++] = each.edge;
    edges[in[each.edge.to]++] = {each.from, each.edge.kind, each.edge.approximate};
  }
}

uint32_t Cfg::block_of_insn(uint32_t insn) const {
  auto after = std::upper_bound(blocks.begin(), blocks.end(), insn,
                                [](uint32_t key, const Block& block) { return key < block.first; });
  return after == blocks.begin() ? kNoIndex : static_cast<uint32_t>(after - 1 - blocks.begin());
}

uint32_t Cfg::insn_at(Place place) const {
  if (place.offset < 0) return kNoIndex;
  const uint64_t offset = static_cast<uint64_t>(place.offset);
  for (uint32_t r = 0; r < ranges.size(); ++r) {
    const CodeRange& range = ranges[r];
    if (range.inlined || range.section != place.section || offset < range.begin || offset >= range.end) continue;
    auto found = std::lower_bound(
        insns.begin(), insns.end(), std::pair(r, offset),
        [](const CodeInsn& insn, const auto& key) { return std::pair(insn.range, insn.offset) < key; });
    if (found == insns.end() || found->range != r || found->offset != offset) return kNoIndex;
    return static_cast<uint32_t>(found - insns.begin());
  }
  return kNoIndex;
}

}  // namespace objhound::oracle
