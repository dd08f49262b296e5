#include "oracle/cfg/cfg.h"

#include <algorithm>

#include "oracle/cfg/build.h"
#include "oracle/cfg/family.h"

namespace objhound::oracle {
namespace {

// What is inferred of callees changes the code that is seen behind calls, which may change what is inferred. In
// practice the second round finds nothing new.
constexpr unsigned kMaxRounds = 6;

class DecoderSource : public InsnSource {
 public:
  DecoderSource(Decoder& decoder, std::span<const Section> sections) : decoder_(decoder), sections_(sections) {}
  uint32_t decode(uint32_t section, uint64_t offset, uint64_t end) override {
    const std::span<const uint8_t> bytes = sections_[section].bytes;
    const uint64_t limit = std::min<uint64_t>(end, bytes.size());
    return decoder_.decode(offset < limit ? bytes.subspan(offset, limit - offset) : std::span<const uint8_t>());
  }
  const InsnPool& pool() const override { return decoder_.pool(); }

 private:
  Decoder& decoder_;
  std::span<const Section> sections_;
};

// Whether what is known of callees now differs from what the family was built with.
bool outdated(const Cfg& cfg, const CalleeKnowledge& callees) {
  return std::ranges::any_of(cfg.blocks, [&](const Block& block) {
    const bool calls = block.ends_in_call && !block.inlined_call;
    return calls && (block.exit == Exit::NoreturnCall) != callees.never_returns(block.callee);
  });
}

}  // namespace

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

void Cfg::set_edges(std::span<const FromTo> all) {
  // How many go out of and into each block, then where each block's begin: a counting sort.
  std::vector<uint32_t> out(blocks.size() + 1, 0), in(blocks.size() + 1, 0);
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

namespace {

void sort_once(std::vector<Place>& places) {
  std::ranges::sort(places);
  places.erase(std::ranges::unique(places).begin(), places.end());
}

// Where a table ends whose index nothing bounds, other code of the file may tell. That code may only be found behind
// such a table, and bytes that were taken for code because a table seemed longer than it is name places at random: so
// until the families that are built and the names that they are built with agree.
void end_open_tables(std::vector<Cfg>& cfgs, FamilyBuilder& builder, References& references) {
  std::vector<uint32_t> open;
  std::vector<Place> settled, known;
  for (uint32_t i = 0; i < cfgs.size(); ++i) {
    if (cfgs[i].open_table) open.push_back(i);
  }
  if (open.empty()) return;
  for (const Cfg& cfg : cfgs) {
    if (!cfg.open_table) references.named_by_code(cfg, settled);
  }
  sort_once(settled);
  constexpr unsigned kMaxRounds = 8;
  for (unsigned round = 0; round < kMaxRounds; ++round) {
    std::vector<Place> names, all;
    for (uint32_t i : open) references.named_by_code(cfgs[i], names);
    sort_once(names);
    std::ranges::set_union(settled, names, std::back_inserter(all));
    if (round != 0 && all == known) return;
    known = std::move(all);
    references.set_named_by_code(known);
    for (uint32_t i : open) cfgs[i] = builder.build(cfgs[i].function);
  }
}

}  // namespace

std::vector<Cfg> build_cfgs(const CodeView& view, std::span<const std::string> noreturn_by_debug_information,
                            const CfgOptions& options) {
  CalleeKnowledge callees(view, noreturn_by_debug_information, options.extra_noreturn, options.noreturn_elsewhere);
  References references(view);
  FamilyBuilder builder(view, callees, references, options);
  std::vector<Cfg> cfgs;
  std::vector<uint32_t> family_of(view.functions().size(), kNoIndex);
  for (uint32_t f = 0; f < view.functions().size(); ++f) {
    const Function& function = view.functions()[f];
    if (function.parent != kNoIndex || function.mid_frame) continue;
    family_of[f] = static_cast<uint32_t>(cfgs.size());
    cfgs.push_back(builder.build(f));
  }
  end_open_tables(cfgs, builder, references);
  for (unsigned round = 0; round < kMaxRounds; ++round) {
    callees.sort_calls();
    const std::vector<uint8_t> noreturn = infer_noreturn(view, callees, cfgs, family_of);
    // Callees that were found by slicing, too, are known only now.
    callees.infer(noreturn);
    bool rebuilt = false;
    for (Cfg& cfg : cfgs) {
      if (!outdated(cfg, callees)) continue;
      cfg = builder.build(cfg.function);
      rebuilt = true;
    }
    if (!rebuilt) return cfgs;
  }
  infer_noreturn(view, callees, cfgs, family_of);
  return cfgs;
}

std::vector<Cfg> build_cfgs(const ObjectFile& object, Decoder& decoder, const CfgOptions& options) {
  DecoderSource source(decoder, object.sections());
  const CodeView view(object.arch(), object.relocatable(), object.sections(), object.symbols(), object.functions(),
                      source);
  return build_cfgs(view, object.declared_noreturn(), options);
}

}  // namespace objhound::oracle
