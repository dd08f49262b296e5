#include "oracle/cfg/family.h"

#include <algorithm>

#include "oracle/cfg/outlined.h"

namespace objhound::oracle {
namespace {

// Resolving a jump uncovers code, which may hold more jumps and new ways to those already resolved; so all are looked
// at again until nothing is new. Each round uncovers another level of nesting; the bound is against hostile files, as
// is the one on the work of all rounds together (indirect jumps times rounds).
constexpr unsigned kMaxRounds = 64;
constexpr size_t kMaxResolutions = 20'000;
constexpr uint64_t kMaxSteps = 20'000'000;

}  // namespace

void FamilyBuilder::build(uint32_t function, Cfg& cfg, bool again_if_open) {
  cfg.clear();
  cfg.function = function;
  const Function& parent = view_.functions()[function];
  cfg.outlined_helper = !parent.global && is_outlined_helper(parent.name);
  resolutions_.clear();
  certain_.clear();
  notes_ = {};
  descent_.start(function);
  resolver_.start(kMaxSteps);
  bool complete = true, grown = true;
  for (unsigned round = 0; complete && grown; ++round) {
    if (!descent_.indirect_jumps().empty()) complete = resolve_jumps();
    grown = complete && (descent_.enter_pads_of_faults() || enter_receivers());
    complete = complete && !(grown && round == kMaxRounds);
  }
  cfg.lost_landing_pad = descent_.lost_landing_pad();
  cfg.limit_reached = descent_.limit_reached() || !complete;
  if (graph_.insns.empty()) return;
  cfg.open_table = std::ranges::any_of(resolutions_, &Resolution::open);
  if (cfg.open_table && again_if_open) return assembler_.list(graph_, cfg);
  settle_jumps(cfg.outlined_helper);
  resolve_calls();
  end_at_final_system_calls(view_, descent_.system_calls(), graph_);
  std::vector<JumpTable> tables;
  for (Resolution& resolution : resolutions_) std::ranges::move(resolution.tables, std::back_inserter(tables));
  assembler_.assemble(graph_, std::move(tables), cfg);
}

// False if a limit stopped it.
bool FamilyBuilder::resolve_jumps() {
  size_t work = 0;
  // First what is certain. What is not may lead to bytes that are no code, and is asked for when all else is known.
  auto asked = JumpResolver::Asked::Certain;
  // Whether graph and resolutions are what the last round went by.
  bool same = false;
  for (unsigned round = 0; round < kMaxRounds; ++round) {
    resolver_.go_on(&resolutions_);
    const size_t jumps = descent_.indirect_jumps().size();
    work += jumps;
    if (work > kMaxResolutions) return false;
    // What was uncovered may hold jumps through tables, whose bases are labels in the code: they are none that the
    // program takes the address of, and that has to be known before a jump is said to go to all of these.
    const bool uncovered = asked == JumpResolver::Asked::Anything && jumps > resolutions_.size();
    // All on the same graph; then their edges.
    std::vector<Resolution> found(jumps);
    for (size_t i = 0; i < jumps; ++i) {
      if (uncovered) {
        const bool old = i < resolutions_.size();
        found[i] = old ? resolutions_[i] : resolver_.resolve(descent_.indirect_jumps()[i], JumpResolver::Asked::Tables);
        continue;
      }
      const bool known = same && resolutions_[i].kind != Resolution::Kind::Unresolved;  // and so certain
      found[i] = known ? resolutions_[i] : resolver_.resolve(descent_.indirect_jumps()[i], asked);
    }
    // The more is known of jumps that lead to a jump, the fewer entries its index may be seen to reach. What was
    // certain to be a table of these entries is still one.
    for (size_t i = 0; i < std::min(jumps, resolutions_.size()); ++i) {
      const bool both = found[i].certain_table() && resolutions_[i].certain_table();
      if (both && found[i].targets != resolutions_[i].targets) JumpResolver::merge(found[i], resolutions_[i]);
    }
    const std::vector<Resolution> before = std::exchange(resolutions_, std::move(found));
    for (const Resolution& resolution : resolutions_) {
      for (const JumpTable& table : resolution.tables) {
        const int64_t end = table.table.offset + int64_t{table.entries} * table.entry_bytes;
        if (table.exact) notes_.tables.add(table.table, end);
      }
    }
    bool grown = false;
    for (size_t i = 0; i < jumps; ++i) {
      if (i < before.size() && resolutions_[i].leads_where(before[i])) continue;
      grown = apply(descent_.indirect_jumps()[i], resolutions_[i]) || grown;
    }
    same = !grown && descent_.indirect_jumps().size() == jumps && resolutions_ == before;
    if (grown || uncovered || descent_.indirect_jumps().size() != jumps) continue;
    const bool all_known = std::ranges::none_of(
        resolutions_, [](const Resolution& resolution) { return resolution.kind == Resolution::Kind::Unresolved; });
    if (asked == JumpResolver::Asked::Anything || (same && all_known)) return true;
    if (asked == JumpResolver::Asked::Certain) certain_ = resolutions_;
    asked = asked == JumpResolver::Asked::Certain ? JumpResolver::Asked::Tables : JumpResolver::Asked::Anything;
  }
  return false;
}

// Returns whether the graph grew.
bool FamilyBuilder::apply(uint32_t jump, const Resolution& resolution) {
  const EdgeKind kind = resolution.kind == Resolution::Kind::Table ? EdgeKind::Table : EdgeKind::Indirect;
  bool grown = false;
  const bool first = graph_.insns[jump].first_out == kNoIndex;
  for (const Resolution::Target& target : resolution.targets) {
    grown = descent_.go(jump, target.range, target.offset, kind, resolution.approximate, first) || grown;
  }
  return grown;
}

// The last word on each jump. Edges of an earlier one that it does not repeat stay, as approximations, unless they were
// found on ways that are certain: what more ways lead to the jump by doubtful ones takes none from it.
void FamilyBuilder::settle_jumps(bool helper) {
  const std::vector<uint32_t>& jumps = descent_.indirect_jumps();
  resolutions_.resize(jumps.size());
  for (size_t i = 0; i < jumps.size(); ++i) {
    const Resolution& resolution = resolutions_[i];
    for (uint32_t e = graph_.insns[jumps[i]].first_out; e != kNoIndex; e = graph_.edges[e].next_out) {
      FlowEdge& edge = graph_.edges[e];
      const FlowInsn& to = graph_.insns[edge.to];
      const Resolution::Target place{to.range, to.offset};
      const bool certain = std::ranges::binary_search(resolution.certain, place) ||
                           (i < certain_.size() && std::ranges::binary_search(certain_[i].targets, place));
      const bool repeated = std::ranges::binary_search(resolution.targets, place);
      edge.approximate = !certain && (!repeated || resolution.approximate);
    }
    FlowLeave& leave = graph_.leave(jumps[i]);
    leave.bounded = resolution.bounded;
    switch (resolution.kind) {
      case Resolution::Kind::Table:
      case Resolution::Kind::Labels:
        break;
      case Resolution::Kind::TailCall:
        leave.exit = Exit::TailCall;
        leave.callee = resolution.callee;
        if (helper) notes_.calls.emplace_back(graph_.place(jumps[i]), resolution.callee);
        break;
      case Resolution::Kind::TailCallIndirect:
        leave.exit = Exit::TailCallIndirect;
        leave.callee.indirect = true;
        break;
      case Resolution::Kind::Unresolved:
        leave.exit = Exit::Unresolved;
        break;
    }
  }
}

void FamilyBuilder::resolve_calls() {
  bool have_slicer = false;
  for (size_t i = 0; i < graph_.leaves.size(); ++i) {
    const FlowLeave& leave = graph_.leaves[i];
    if (!leave.is_call || !leave.callee.indirect) continue;
    const Insn& insn = view_.insn(graph_.insns[leave.at].insn);
    if (insn.flow != Flow::CallIndirect) continue;
    if (!have_slicer) resolver_.go_on(nullptr);
    have_slicer = true;
    // In a copy of an outlined helper, another caller may have called by another value: nothing is noted of the place.
    if (graph_.ranges[graph_.insns[leave.at].range].code.inlined) continue;
    const auto callee = resolver_.callee(leave.at);
    if (!callee) continue;
    notes_.calls.emplace_back(graph_.place(leave.at), *callee);
    graph_.leaves[i].callee = *callee;
  }
}

}  // namespace objhound::oracle
