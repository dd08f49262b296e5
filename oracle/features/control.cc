// How control enters and leaves blocks, and what the rules about leaving and meeting ask for.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "oracle/features/look.h"
#include "oracle/features/roles.h"

namespace objhound::oracle {
namespace {

class Control {
 public:
  explicit Control(Look& look) : look_(look), cfg_(look.context.cfg) {}

  void run() {
    for (uint32_t b = 0; b < cfg_.blocks.size(); ++b) {
      if (look_.blocks[b].reached) look_at(b);
    }
    look_.ways |= std::bitset<kWays>(all_);
    look_at_family();
  }

 private:
  // The instruction's place tells what is in front of what.
  // (A block may be empty, and then it need not be anywhere.)
  const CodeInsn* first(uint32_t block) const {
    const uint32_t at = cfg_.blocks[block].first;
    return at < cfg_.insns.size() ? &cfg_.insns[at] : nullptr;
  }
  bool back(uint32_t from, uint32_t to) const {
    const CodeInsn *here = first(from), *there = first(to);
    return here != nullptr && there != nullptr && here->range == there->range && there->offset <= here->offset;
  }

  Way way(uint32_t from, const Edge& edge) const {
    switch (edge.kind) {
      case EdgeKind::Next:
        return Way::Next;
      case EdgeKind::Taken:
        return back(from, edge.to) ? Way::Back : Way::Forward;
      case EdgeKind::Table:
        return Way::Table;
      case EdgeKind::CallReturn:
        return Way::CallReturn;
      case EdgeKind::Indirect:
        return Way::Label;
      case EdgeKind::Unwind:
        return Way::LandingPad;
      case EdgeKind::Receiver:
        return Way::Receiver;
    }
    return Way::Next;
  }

  Way call(const Block& block) const {
    if (block.inlined_call) return Way::CallOfHelper;
    if (block.exit == Exit::NoreturnCall) return Way::CallNoreturn;
    if (block.callee.function != kNoIndex || block.callee.place.valid()) return Way::CallInFile;
    return block.callee.symbol != kNoIndex ? Way::CallElsewhere : Way::CallIndirect;
  }

  // How the block leaves the family, if it does.
  Way exit(const Block& block) const {
    switch (block.exit) {
      case Exit::Return:
        return Way::Return;
      case Exit::TailCall:
        return block.callee.function != kNoIndex ? Way::TailCallInFile : Way::TailCallElsewhere;
      case Exit::TailCallIndirect:
        return Way::TailCallIndirect;
      case Exit::NoreturnCall:
        return Way::CallNoreturn;
      case Exit::Trap:
        return Way::Trap;
      case Exit::FallsOff:
        return Way::FallsOff;
      case Exit::BadTarget:
        return Way::BadTarget;
      case Exit::Undecodable:
        return Way::Undecodable;
      case Exit::Unresolved:
        return Way::Unresolved;
      case Exit::None:
        break;
    }
    return Way::Next;
  }

  void look_at(uint32_t index) {
    const Block& block = cfg_.blocks[index];
    const BlockFrame& frame = look_.blocks[index];
    uint32_t in = index == 0 ? 1u << kWays : 0, out = 0;
    size_t ways_in = 0;
    bool loop = false;
    for (const Edge& edge : block.predecessors) {
      if (!look_.blocks[edge.to].reached) continue;
      ++ways_in;
      Edge turned = edge;
      turned.to = index;
      in |= bit(way(edge.to, turned));
      loop = loop || back(edge.to, index);
    }
    for (const Edge& edge : block.successors) {
      out |= bit(way(index, edge));
      if (edge.approximate) out |= bit(Way::Doubtful);
      const CodeInsn *here = first(index), *there = first(edge.to);
      if (here == nullptr || there == nullptr || here->range == there->range) continue;
      if (cfg_.ranges[here->range].inlined || cfg_.ranges[there->range].inlined) continue;
      out |= bit(there->range == 0 ? Way::FromFragment : Way::ToFragment);
      look_.met(Precondition::FragmentBranch);
    }
    if (block.ends_in_call) out |= bit(call(block));
    if (block.exit != Exit::None) out |= bit(exit(block));
    if (block.call_as_push) out |= bit(Way::CallAsPush);
    if (block.pops_target) out |= bit(Way::PopsTarget);
    all_ |= out;
    meet(frame, ways_in, loop);
    leave(index, block, frame);
    const uint64_t is = uint64_t{in} << 28 | out;
    look_.vocabulary.add(FeatureKind::Flow,
                         Mix()
                             .add(is)
                             .add(static_cast<uint64_t>(frame.entry.sp))
                             .add(static_cast<uint64_t>(frame.exit.sp))
                             .add(static_cast<uint64_t>(frame.cfa))
                             .value(),
                         [&] {
                           return fmt::format("{} -> {} | sp {} -> {}, cfa {}", text(in), text(out),
                                              kSpNames[static_cast<size_t>(frame.entry.sp)],
                                              kSpNames[static_cast<size_t>(frame.exit.sp)],
                                              kCfaNames[static_cast<size_t>(frame.cfa)]);
                         });
  }

  // What rules ask of ways that meet.
  void meet(const BlockFrame& frame, size_t ways_in, bool loop) {
    if (ways_in < 2 || !is_frame(frame.entry.sp)) return;
    look_.met(Precondition::JoinInFrame);
    if (loop) look_.met(Precondition::LoopInFrame);
    if (is_dynamic(frame.entry.sp)) look_.met(Precondition::JoinInDynamicFrame);
  }

  // What rules ask of the ways out.
  void leave(uint32_t index, const Block& block, const BlockFrame& frame) {
    had_frame_ = had_frame_ || is_frame(frame.entry.sp) || is_frame(frame.exit.sp);
    had_dynamic_ = had_dynamic_ || is_dynamic(frame.entry.sp) || is_dynamic(frame.exit.sp);
    changed_ = changed_ || frame.entry.changed || frame.exit.changed;
    link_saved_ = link_saved_ || frame.entry.ra == RaIs::SavedOnly || frame.exit.ra == RaIs::SavedOnly;
    signed_ = signed_ || frame.entry.ra == RaIs::Signed || frame.exit.ra == RaIs::Signed;
    if (block.exit == Exit::Return) ++returns_;
    if (block.exit == Exit::TailCall || block.exit == Exit::TailCallIndirect) ++tail_calls_;
    if (block.exit == Exit::TailCallIndirect) look_.met(Precondition::IndirectTailCall);
    if (block.exit == Exit::TailCall) look_.met(Precondition::OtherEntryBranch);
    if (block.exit == Exit::NoreturnCall) look_.met(Precondition::NoreturnEnd);
    if (block.exit == Exit::Trap) look_.met(Precondition::TrapEnd);
    // Control does not come from the instruction in front.
    const bool falls_in = std::ranges::any_of(block.predecessors, [](const Edge& edge) {
      return edge.kind == EdgeKind::Next || edge.kind == EdgeKind::CallReturn;
    });
    if (index != 0 && !falls_in) look_.met(Precondition::BehindEnd);
    if (block.ends_in_call && frame.exit.sp != frame.entry.sp && is_frame(frame.entry.sp))
      look_.met(Precondition::CallBelowArguments);
  }

  void look_at_family() {
    look_.met(Precondition::Instruction);
    look_.met(Precondition::SecondOpinion);
    if (look_.context.declared_noreturn) look_.met(Precondition::DeclaredNoreturn);
    if (returns_ != 0 && had_frame_) look_.met(Precondition::ReturnBehindFrame);
    if (returns_ != 0 && had_dynamic_) look_.met(Precondition::ReturnBehindDynamicFrame);
    if (returns_ != 0 && changed_) look_.met(Precondition::ReturnRestored);
    if (tail_calls_ != 0 && changed_) look_.met(Precondition::TailCallRestored);
    if (tail_calls_ != 0) look_.met(had_frame_ ? Precondition::TailCallBehindFrame : Precondition::TailCallPlain);
    if (returns_ != 0 && link_saved_) look_.met(Precondition::LinkRestored);
    if (returns_ != 0 && signed_) look_.met(Precondition::LinkSigned);
    if (returns_ > 1) look_.met(FrameTrait::SeveralReturns);
    if (returns_ + tail_calls_ == 0) look_.met(FrameTrait::NoReturn);
    if (look_.ways[static_cast<size_t>(Way::LandingPad)]) look_.met(FrameTrait::LandingPads);
    if (look_.ways[static_cast<size_t>(Way::Receiver)]) look_.met(FrameTrait::Receiver);
    if (std::ranges::any_of(cfg_.edges, [](const Edge& edge) { return edge.popped != 0; }))
      look_.met(FrameTrait::PopsForLandingPad);
    if (cfg_.outlined_helper) look_.met(FrameTrait::OutlinedHelper);
    if (std::ranges::count_if(cfg_.ranges, [](const CodeRange& range) { return !range.inlined; }) > 1)
      look_.met(FrameTrait::Fragments);
    if (!had_frame_) look_.met(FrameTrait::None);
  }

  static uint32_t bit(Way way) { return 1u << static_cast<unsigned>(way); }
  static std::string text(uint32_t ways) {
    static_assert(kWays < 32);
    std::string text = (ways >> kWays & 1) != 0 ? "entry" : "";
    for (size_t i = 0; i < kWays; ++i) {
      if ((ways >> i & 1) != 0) text += fmt::format("{}{}", text.empty() ? "" : " + ", kWayTexts[i]);
    }
    return text;
  }

  Look& look_;
  const Cfg& cfg_;
  uint32_t all_ = 0;  // the ways of all blocks
  unsigned returns_ = 0, tail_calls_ = 0;
  bool had_frame_ = false, had_dynamic_ = false, changed_ = false, link_saved_ = false, signed_ = false;
};

}  // namespace

void look_at_control(Look& look) { Control(look).run(); }

}  // namespace objhound::oracle
