#include "oracle/witness/shadow.h"

#include <fmt/format.h>
#include <unicorn/unicorn.h>

#include <algorithm>

namespace objhound::oracle::witness {
namespace {

constexpr size_t kMostActivations = 1 << 20;
constexpr size_t kMostContradictions = 100;
constexpr uint64_t kGap = 4096;  // bytes

bool is_call(Flow flow) { return flow == Flow::Call || flow == Flow::CallIndirect; }

}  // namespace

Shadow::Shadow(Program& program, const Target& target, Plan& plan)
    : program_(program), target_(target), plan_(plan), arch_(plan.arch()), unicorn_(arch_.registers.size(), -1) {
  for (Reg r = 0; r < arch_.registers.size(); ++r) {
    const auto named = std::ranges::find(target.registers, arch_.registers[r].name, &NamedRegister::name);
    if (named != target.registers.end()) unicorn_[r] = named->unicorn;
  }
  ranges_.assign(plan.ranges().begin(), plan.ranges().end());
  std::ranges::sort(ranges_, {}, &PlannedRange::begin);
  batch(at_borders());  // those that are looked up by their set stand first
  batch(reg_bit(arch_.sp));
  for (const Claims& claims : plan.claims()) {
    batch(claims.needed);
    const auto it = std::ranges::find(batches_, claims.needed, &std::pair<RegSet, Batch>::first);
    batch_of_claims_.push_back(static_cast<uint32_t>(it - batches_.begin()));
  }
}

bool Shadow::attach() {
  // Every hook costs at every watched instruction: functions that lie close together share one.
  for (size_t i = 0; i < ranges_.size();) {
    size_t last = i;
    while (last + 1 < ranges_.size() && ranges_[last + 1].begin - ranges_[last].end < kGap) ++last;
    if (!program_.watch(ranges_[i].begin, ranges_[last].end, on_instruction, this)) return false;
    i = last + 1;
  }
  return true;
}

const PlannedRange* Shadow::range_at(uint64_t address) {
  if (range_ != nullptr && address - range_->begin < range_->end - range_->begin) return range_;
  const auto after = std::ranges::upper_bound(ranges_, address, {}, &PlannedRange::begin);
  if (after == ranges_.begin() || address >= std::prev(after)->end) return nullptr;
  return range_ = &*std::prev(after);
}

void Shadow::on_instruction(uc_struct*, uint64_t address, uint32_t, void* self) {
  Shadow& shadow = *static_cast<Shadow*>(self);
  if (const PlannedRange* range = shadow.range_at(address)) shadow.at(*range, address);
}

void Shadow::at(const PlannedRange& range, uint64_t address) {
  if (!program_.count_one()) return;
  ++instructions_;
  Expectation* here = plan_.at(range, address);
  if (here == nullptr || here->block == kNoIndex) return off_the_graph(range, address);
  // A string instruction comes by once for each element; it is one instruction, and it has begun already.
  if (here == last_ && here->flow == Flow::Next) return;
  ++here->executed;
  arrive(*here, address);
  last_ = here;
  last_address_ = address;
  if (stack_.empty()) return;
  if (stack_.back().unchecked) {
    ++unchecked_;
  } else {
    here->tested = true;
    if (here->claims != kNoIndex) {
      check_claims(*here, address);
    } else {
      contradict(*here, address, "executed, but the checks took it for unreachable");
    }
  }
  if (here->exit != kNoIndex) check_exit(*here, address);
  leave(*here);
}

void Shadow::off_the_graph(const PlannedRange& range, uint64_t address) {
  const uint32_t family = range.family;
  const PlannedFamily& planned = plan_.family(family);
  const uint64_t offset = address - range.begin;
  // What the linker relaxed is other code than what was checked; it changes no frame.
  const Expectation* near = nullptr;
  for (uint64_t back = 0; near == nullptr && back <= std::min<uint64_t>(offset, 2 * arch_.max_insn_length);
       back += range.step)
    near = plan_.at(range, address - back);
  if (near != nullptr && near->rewritten) return;
  contradict_at(family, kNoIndex, address,
                fmt::format("{}+{:#x} is executed, but the graph has no instruction there",
                            planned.range_names[range.range], offset),
                planned.doubtful);
  last_ = nullptr;
}

// Whether the instruction follows from the last one without leaving the activation.
bool Shadow::follows_inside(const Expectation& here) const {
  if (last_ == nullptr || last_->family != here.family || is_call(last_->flow) || last_->flow == Flow::Return)
    return false;
  return !stack_.empty() && !stack_.back().left && stack_.back().family == here.family;
}

void Shadow::arrive(const Expectation& here, uint64_t address) {
  if (pending_) {  // a conditional jump out of the function: was it taken?
    pending_ = false;
    const bool stayed = here.family == last_->family && address == last_address_ + last_->length;
    if (!stayed && !stack_.empty()) {
      if (!stack_.back().unchecked) judge_exit(*last_, last_address_, plan_.exit(last_->exit), pending_mismatch_);
      stack_.back().left = true;
    }
  }
  if (follows_inside(here)) {
    if (here.block != last_->block || here.block_start) check_edge(here, address);
    return;
  }
  if (here.entry) return begin_activation(here, address);
  // The common case: a call has returned to behind it.
  const bool returned = last_ != nullptr && address == last_address_ + last_->length && is_call(last_->flow);
  if (returned && !stack_.empty() && stack_.back().family == here.family && !stack_.back().left)
    return check_edge(here, address);
  resume(here, read_sp());
}

void Shadow::begin_activation(const Expectation& here, uint64_t address) {
  read(at_borders());
  const uint64_t sp = values_[arch_.sp];
  while (!stack_.empty() && (stack_.back().left || stack_.back().entry_sp < sp)) stack_.pop_back();
  if (stack_.size() >= kMostActivations) {
    contradict(here, address, "more activations than a stack has room for");
    return program_.stop();
  }
  ++activations_;
  Activation& activation = stack_.emplace_back();
  activation.family = here.family;
  activation.entry_sp = sp;
  activation.cfa = sp - static_cast<uint64_t>(int64_t{arch_.entry_sp});
  activation.entry = values_;
  activation.jumped = plan_.family(here.family).helper && last_ != nullptr && !is_call(last_->flow);
  if (arch_.return_on_stack) {
    const uint64_t place = activation.cfa + static_cast<uint64_t>(int64_t{arch_.return_slot});
    activation.unchecked = !program_.memory().read(place, activation.entry[arch_.return_address]);
  }
}

// The newest activation of the function that can still be there goes on; what stood above it is gone.
void Shadow::resume(const Expectation& here, uint64_t sp) {
  for (size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i].left || stack_[i].family != here.family || stack_[i].entry_sp < sp) continue;
    // After a return or a jump out this is plain, as long as only what was left so is gone; else something was unwound.
    const bool plain = last_ != nullptr && !is_call(last_->flow) &&
                       std::all_of(stack_.begin() + static_cast<ptrdiff_t>(i) + 1, stack_.end(),
                                   [](const Activation& above) { return above.left; });
    stack_.resize(i + 1);
    stack_[i].resumed |= !plain;
    return;
  }
  Activation& orphan = stack_.emplace_back();
  orphan.family = here.family;
  orphan.entry_sp = sp;
  orphan.unchecked = true;
}

void Shadow::check_edge(const Expectation& here, uint64_t address) {
  const Cfg& cfg = *plan_.family(here.family).cfg;
  const Block& from = cfg.blocks[last_->block];
  if (here.block == last_->block && !here.block_start) return;
  // Through a copy of an outlined helper: the run was in the helper itself.
  if (from.inlined_call || from.call_as_push) return;
  const bool known = here.block_start && last_->block_end &&
                     std::ranges::any_of(from.successors, [&](const Edge& edge) { return edge.to == here.block; });
  if (known || here.rewritten || last_->rewritten) return;
  const bool helper_between = std::ranges::any_of(from.successors, [&](const Edge& edge) {
    const Block& to = cfg.blocks[edge.to];
    return to.first < to.last && cfg.ranges[cfg.insns[to.first].range].inlined;
  });
  if (helper_between) return;
  const auto [function, offset] = plan_.place_of(last_->family, last_->insn);
  contradict(here, address,
             fmt::format("control came from {}+{:#x} over an edge that the graph does not have", function, offset));
}

void Shadow::leave(Expectation& here) {
  if (here.flow == Flow::Return) {
    const bool jumped = stack_.back().jumped;
    stack_.pop_back();
    // The helper's return is its caller's, which jumped to it.
    if (jumped && !stack_.empty()) stack_.pop_back();
    return;
  }
  if (here.exit != kNoIndex && !plan_.exit(here.exit).conditional && !plan_.exit(here.exit).returns)
    stack_.back().left = true;
}

void Shadow::check_exit(Expectation& here, uint64_t address) {
  const ExitClaim& claim = plan_.exit(here.exit);
  const uint8_t mismatch = stack_.back().unchecked ? uint8_t{0} : exit_mismatch(claim, stack_.back());
  if (claim.conditional) {
    pending_ = true;
    pending_mismatch_ = mismatch;
    return;
  }
  if (!stack_.back().unchecked) judge_exit(here, address, claim, mismatch);
}

uint8_t Shadow::exit_mismatch(const ExitClaim& claim, const Activation& activation) {
  read(claim.through == kNoReg ? at_borders() : at_borders() | reg_bit(claim.through));
  uint8_t mismatch = 0;
  if (values_[arch_.sp] != activation.entry_sp) mismatch |= Mismatch::ExitSp;
  uint64_t back = claim.through == kNoReg ? 0 : values_[claim.through];
  if (claim.through == kNoReg)
    program_.memory().read(activation.cfa + static_cast<uint64_t>(int64_t{arch_.return_slot}), back);
  if (back != activation.entry[arch_.return_address]) mismatch |= Mismatch::ExitReturnAddress;
  for (Reg r = 0; r < arch_.registers.size(); ++r) {
    if ((arch_.callee_saved & reg_bit(r)) != 0 && values_[r] != activation.entry[r]) mismatch |= Mismatch::ExitRegister;
  }
  return mismatch;
}

void Shadow::judge_exit(Expectation& here, uint64_t address, const ExitClaim& claim, uint8_t mismatch) {
  here.seen |= mismatch;
  const auto test = [&](uint8_t bit, Conclusion conclusion, std::string_view what) {
    const bool wrong = (mismatch & bit) != 0;
    if (wrong && conclusion == Conclusion::Right)
      contradict(here, address,
                 fmt::format("left with {} other than at entry, but the checks proved it the same", what));
    if (!wrong && conclusion == Conclusion::Wrong)
      contradict(here, address, fmt::format("left with {} as at entry, but the checks found it wrong", what));
  };
  test(Mismatch::ExitSp, claim.sp, "the stack pointer");
  test(Mismatch::ExitReturnAddress, claim.return_address, "the return address");
  test(Mismatch::ExitRegister, claim.registers, "a callee-saved register");
  // The callers go on with what they did not agree to: nothing that is seen of them is their own fault any more.
  if (mismatch != 0)
    for (Activation& activation : stack_) activation.unchecked = true;
}

void Shadow::contradict(const Expectation& here, uint64_t address, std::string what) {
  contradict_at(here.family, here.insn, address, std::move(what), plan_.family(here.family).doubtful);
}

void Shadow::contradict_at(uint32_t family, uint32_t insn, uint64_t address, std::string what, bool doubtful) {
  if (!stack_.empty()) stack_.back().unchecked = true;  // one thing that is wrong makes others wrong
  if (doubtful) {
    ++doubted_;
    return;
  }
  for (Contradiction& known : contradictions_) {
    if (known.family == family && known.address == address) {
      ++known.count;
      return;
    }
  }
  if (contradictions_.size() < kMostContradictions) contradictions_.push_back({family, insn, address, std::move(what)});
}

}  // namespace objhound::oracle::witness
