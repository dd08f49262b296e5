#include "oracle/cfg/descent.h"

#include <algorithm>
#include <tuple>

namespace objhound::oracle {

void Descent::start(uint32_t function) {
  graph_.clear(view_.arch().insn_alignment);
  pending_.clear();
  system_calls_.clear();
  indirect_jumps_.clear();
  pushed_to_.clear();
  limit_reached_ = false;
  lost_landing_pad_ = {};
  const Function& parent = view_.functions()[function];
  graph_.add_range({function, parent.section, parent.offset, parent.end()});
  for (uint32_t fragment : parent.fragments) {
    const Function& f = view_.functions()[fragment];
    graph_.add_range({fragment, f.section, f.offset, f.end()});
  }
  own_ranges_ = static_cast<uint32_t>(graph_.ranges.size());
  by_place_.resize(own_ranges_);
  for (uint32_t i = 0; i < own_ranges_; ++i) by_place_[i] = i;
  sort_ranges();
  if (parent.size == 0) return;
  walk(0, parent.offset);
  drain();
}

void Descent::sort_ranges() {
  std::sort(by_place_.begin(), by_place_.end(), [&](uint32_t a, uint32_t b) {
    const CodeRange &x = graph_.ranges[a].code, &y = graph_.ranges[b].code;
    return std::tie(x.section, x.begin) < std::tie(y.section, y.begin);
  });
}

bool Descent::go(uint32_t from, uint32_t range, uint64_t offset, EdgeKind kind, bool approximate,
                 bool new_for_certain) {
  const uint32_t to = walk(range, offset);
  if (to == kNoIndex) return false;
  bool grown = new_for_certain;
  if (new_for_certain) {
    graph_.add(from, to, kind, approximate);
  } else {
    grown = graph_.connect(from, to, kind, approximate);
  }
  drain();
  return grown;
}

void Descent::drain() {
  while (!pending_.empty()) {
    const Pending next = pending_.back();
    pending_.pop_back();
    const uint32_t to = walk(next.range, next.offset);
    if (to != kNoIndex) graph_.connect(next.from, to, next.kind, next.approximate, next.popped, next.may_not_throw);
  }
}

const UnwindSite* Descent::unwind_site_at(Place place) const {
  const auto after = std::ranges::upper_bound(unwind_sites_, place, {}, &UnwindSite::begin);
  if (after == unwind_sites_.begin()) return nullptr;
  const UnwindSite& site = *std::prev(after);
  const bool inside =
      site.begin.section == place.section && static_cast<uint64_t>(place.offset - site.begin.offset) < site.size;
  return inside ? &site : nullptr;
}

void Descent::unwind(uint32_t index, const UnwindSite& site) {
  const uint32_t from = graph_.insns[index].range;
  uint32_t range = range_of(from, site.landing_pad);
  if (range == kNoIndex && absorb(site.landing_pad, false)) range = range_of(from, site.landing_pad);
  if (range == kNoIndex) {
    lost_landing_pad_ = site.landing_pad;
    return;
  }
  const FlowInsn& call = graph_.insns[index];
  const bool throws = site.begins_or_ends_with(call.offset, call.offset + call.length);
  pending_.push_back({index, range, static_cast<uint64_t>(site.landing_pad.offset), EdgeKind::Unwind, site.approximate,
                      site.popped, !throws});
}

bool Descent::enter_pads_of_faults() {
  bool grown = false;
  for (uint32_t r = 0; r < own_ranges_; ++r) {
    const CodeRange code = graph_.ranges[r].code;
    const Place begin{code.section, static_cast<int64_t>(code.begin)};
    auto site = std::ranges::lower_bound(unwind_sites_, begin, {}, &UnwindSite::begin);
    for (; site != unwind_sites_.end() && site->begin.section == code.section; ++site) {
      const uint64_t from = static_cast<uint64_t>(site->begin.offset);
      if (from >= code.end) break;
      std::vector<uint32_t> faulting;
      bool calls = false;
      for (uint64_t at = from; at < std::min(code.end, from + site->size); at += graph_.alignment) {
        const uint32_t insn = graph_.known(r, at);
        if (insn == kNoIndex) continue;
        const Flow flow = graph_.insns[insn].flow;
        calls = calls || flow == Flow::Call || flow == Flow::CallIndirect;
        if (flow == Flow::Next || flow == Flow::Trap) faulting.push_back(insn);
      }
      const uint32_t range = calls ? kNoIndex : range_of(r, site->landing_pad);
      if (range == kNoIndex) continue;
      for (uint32_t insn : faulting) {
        const FlowInsn& at = graph_.insns[insn];
        const bool throws = site->begins_or_ends_with(at.offset, at.offset + at.length);
        const uint32_t pad = walk(range, static_cast<uint64_t>(site->landing_pad.offset));
        grown =
            (pad != kNoIndex && graph_.connect(insn, pad, EdgeKind::Unwind, site->approximate, 0, !throws)) || grown;
        drain();
      }
    }
  }
  return grown;
}

uint32_t Descent::range_of(uint32_t range, Place place) const {
  if (place.offset < 0) return kNoIndex;
  const uint64_t offset = static_cast<uint64_t>(place.offset);
  auto holds = [&](uint32_t r) {
    const CodeRange& code = graph_.ranges[r].code;
    return code.section == place.section && offset >= code.begin && offset < code.end &&
           (offset - code.begin) % graph_.alignment == 0;
  };
  if (holds(range)) return range;
  auto after = std::upper_bound(by_place_.begin(), by_place_.end(), std::tie(place.section, offset),
                                [&](const auto& key, uint32_t r) {
                                  return key < std::tie(graph_.ranges[r].code.section, graph_.ranges[r].code.begin);
                                });
  if (after == by_place_.begin() || !holds(*(after - 1))) return kNoIndex;
  // The copy of a helper that was called is a body of its own: it does not jump into the family that it was copied
  // into.
  const FlowRange& from = graph_.ranges[range];
  return from.code.inlined && from.caller != kNoIndex ? kNoIndex : *(after - 1);
}

bool Descent::is_unreachable_end(Place place) const {
  const bool at_end = std::ranges::any_of(by_place_, [&](uint32_t r) {
    const CodeRange& code = graph_.ranges[r].code;
    return code.section == place.section && static_cast<int64_t>(code.end) == place.offset;
  });
  return at_end || view_.is_empty_fragment(place, view_.functions()[graph_.ranges[0].code.function].name);
}

// Decodes from a place until control goes no further, or joins what is known already.
uint32_t Descent::walk(uint32_t range, uint64_t offset) {
  uint32_t first = graph_.known(range, offset);
  if (first != kNoIndex) return first;
  const uint64_t end = graph_.ranges[range].code.end;
  uint32_t previous = kNoIndex;
  EdgeKind kind = EdgeKind::Next;
  for (;;) {
    if (offset >= end) {
      graph_.leave(previous).exit = Exit::FallsOff;
      return first;
    }
    uint32_t slot = graph_.slot(range, offset);
    if (slot < FlowGraph::kAhead) {
      graph_.fall(previous, slot, kind);
      return first;
    }
    if (graph_.insns.size() >= max_insns_) {
      limit_reached_ = true;
      return first;
    }
    const uint32_t index = static_cast<uint32_t>(graph_.insns.size());
    if (slot == kNoIndex) slot = decode_ahead(range, offset);
    const Decoded at = graph_.ahead[slot - FlowGraph::kAhead];
    graph_.slot(range, offset) = index;
    graph_.insns.push_back({.offset = offset,
                            .insn = at.insn,
                            .range = range,
                            .length = at.length,
                            .flow = at.flow,
                            .fall_from = previous});
    (previous == kNoIndex ? first : graph_.insns[previous].fall_to) = index;
    if (at.system_call) system_calls_.push_back(index);
    kind = EdgeKind::Next;
    if (at.flow != Flow::Next) {
      const Insn insn = view_.insn(at.insn);
      if (!flow(index, insn)) return first;
      kind = kind_behind(index);
    }
    previous = index;
    offset += at.length;
  }
}

EdgeKind Descent::kind_behind(uint32_t index) const {
  const uint32_t leave = graph_.insns[index].leave;
  return leave != kNoIndex && graph_.leaves[leave].is_call ? EdgeKind::CallReturn : EdgeKind::Next;
}

// Decodes what stands at `offset`, and behind it up to what was decoded before: control mostly comes by there too.
// What is in the slot there then.
uint32_t Descent::decode_ahead(uint32_t range, uint64_t offset) {
  constexpr size_t kFarthest = 1024;  // bytes; what is known of these instructions is still in the cache then
  const CodeRange& code = graph_.ranges[range].code;
  const size_t within = graph_.free_slots(range, offset, kFarthest / graph_.alignment) * graph_.alignment;
  const size_t first = graph_.ahead.size();
  view_.source().decode_run(code.section, offset, code.end, within, graph_.ahead);
  for (size_t i = first; i < graph_.ahead.size(); ++i) {
    const Decoded& at = graph_.ahead[i];
    if (at.insn != Decoded::kNotSeen) graph_.slot(range, offset) = FlowGraph::kAhead + static_cast<uint32_t>(i);
    offset += at.length;
  }
  return FlowGraph::kAhead + static_cast<uint32_t>(first);
}

}  // namespace objhound::oracle
