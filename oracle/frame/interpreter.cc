#include "oracle/frame/interpreter.h"

#include <algorithm>
#include <bit>
#include <set>

#include "oracle/frame/elements.h"

namespace objhound::oracle {
namespace {

// Reachable blocks in reverse postorder: most predecessors before their successors, so that few blocks are visited
// more than twice.
std::vector<uint32_t> reverse_postorder(const Cfg& cfg) {
  std::vector<uint32_t> order;
  std::vector<uint8_t> seen(cfg.blocks.size(), 0);
  std::vector<std::pair<uint32_t, uint32_t>> stack;  // block, next successor
  if (cfg.blocks.empty()) return order;
  stack.emplace_back(0, 0);
  seen[0] = 1;
  while (!stack.empty()) {
    auto& [block, next] = stack.back();
    const std::span<const Edge> successors = cfg.blocks[block].successors;
    if (next < successors.size()) {
      const uint32_t to = successors[next++].to;
      if (!seen[to]) {
        seen[to] = 1;
        stack.emplace_back(to, 0);
      }
    } else {
      order.push_back(block);
      stack.pop_back();
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

// Blocks that wait for a visit, by rank; the lowest comes first.
class RankQueue {
 public:
  explicit RankQueue(size_t ranks) : words_((ranks + 63) / 64, 0) {}
  void insert(uint32_t rank) {
    words_[rank / 64] |= uint64_t{1} << (rank % 64);
    lowest_ = std::min(lowest_, rank / 64);
  }
  // The lowest rank, taken out; kNoIndex when nothing waits.
  uint32_t pop() {
    while (lowest_ < words_.size() && words_[lowest_] == 0) ++lowest_;
    if (lowest_ == words_.size()) return kNoIndex;
    const uint32_t bit = static_cast<uint32_t>(std::countr_zero(words_[lowest_]));
    words_[lowest_] &= words_[lowest_] - 1;
    return lowest_ * 64 + bit;
  }

 private:
  std::vector<uint64_t> words_;
  uint32_t lowest_ = 0;  // no word below has a bit
};

class Fixpoint {
 public:
  static constexpr size_t kMostBytes = size_t{512} << 20;  // of states; half a million blocks need less

  Fixpoint(const Arch& arch, const Cfg& cfg, Transfer& transfer, const FrameOptions& options)
      : arch_(arch), cfg_(cfg), transfer_(transfer), options_(options) {}

  Frame run() {
    visits_.assign(cfg_.blocks.size(), 0);
    const std::vector<uint32_t> order = reverse_postorder(cfg_);
    if (order.empty()) return {};
    rank_.assign(cfg_.blocks.size(), 0);
    for (uint32_t i = 0; i < order.size(); ++i) rank_[order[i]] = i;

    states_.assign(cfg_.blocks.size(), nullptr);
    states_[0] = &frame_.states.add(State::at_entry(arch_));
    RankQueue pending(order.size());
    pending.insert(0);
    for (uint32_t rank = pending.pop(); rank != kNoIndex; rank = pending.pop()) {
      const uint32_t block = order[rank];
      if (++visits_[block] > options_.max_visits || frame_.states.bytes() > kMostBytes) {
        frame_.approximations.push_back({Reason::Limit, cfg_.blocks[block].first});
        break;
      }
      visit(block, pending);
    }
    frame_.entry.assign(states_.begin(), states_.end());
    return std::move(frame_);
  }

 private:
  void visit(uint32_t index, RankQueue& pending) {
    const Block& block = cfg_.blocks[index];
    State& state = scratch_;
    state = *states_[index];
    for (uint32_t i = block.first; i < block.last; ++i) transfer_.step(state, i);
    transfer_.each_successor(block, state, [&](const Edge& edge, const State& out) {
      if (options_.cuts(index, edge)) return;
      if (flow_into(edge, index, out)) pending.insert(rank_[edge.to]);
    });
  }

  // Returns whether the block's entry state changed.
  bool flow_into(const Edge& edge, uint32_t from, const State& state) {
    State*& entry = states_[edge.to];
    if (entry == nullptr) {
      entry = &frame_.states.add(state);
      entry->tainted = state.tainted || options_.doubts(edge);
      return true;
    }
    const bool soft = options_.doubts(edge) || state.tainted;
    if (soft || entry->tainted) return entry->merge(with_taint(state, soft), soft);
    record_conflict({edge.to, arch_.fp, entry->reg(arch_.fp), state.reg(arch_.fp), from});
    const Value mine = entry->reg(arch_.sp);
    const Value theirs = state.reg(arch_.sp);
    if (mine == theirs || !mine.is_stack() || !theirs.is_stack()) return entry->merge(state, false);

    // SP differs: from here on it is a stack address of its own, made by this join.
    const uint16_t base = transfer_.base_for_join(edge.to);
    record_conflict({edge.to, arch_.sp, mine, theirs, from, base});
    const Value joined = base == 0 ? Value::approximate() : Value::dynamic(base, 0);
    State incoming = state;
    incoming.set(arch_.sp, joined);
    if (base != 0) incoming.rename_slots(theirs, joined);
    const bool again = mine == joined;
    if (!again) entry->set(arch_.sp, joined);
    if (!again && base != 0) entry->rename_slots(mine, joined);
    // In a loop that moves SP by more than is known: what was stored before it is somewhere in the frame.
    const uint32_t made_by = transfer_.join_behind(theirs);
    if (made_by != kNoIndex && rank_[made_by] >= rank_[edge.to]) incoming.lose_sight();
    return entry->merge(incoming, false) || !again;
  }

  static State with_taint(State state, bool tainted) {
    state.tainted = tainted;
    return state;
  }

  void record_conflict(const JoinConflict& conflict) {
    const Value first = conflict.first;
    if (first == conflict.second || first.kind == Value::Kind::Unknown || first.kind == Value::Kind::Approximate)
      return;
    const bool first_here = conflicts_at_.emplace(conflict.block, conflict.reg).second;
    if (first_here) frame_.conflicts.push_back(conflict);
  }

  const Arch& arch_;
  const Cfg& cfg_;
  Transfer& transfer_;
  const FrameOptions& options_;
  Frame frame_;
  std::set<std::pair<uint32_t, Reg>> conflicts_at_;  // block and register
  std::vector<State*> states_;                       // as Frame::entry
  State scratch_;
  std::vector<uint32_t> visits_;
  std::vector<uint32_t> rank_;
};

}  // namespace

State& StatePool::add(const State& state) {
  if (used_ == size_) {
    size_ = std::clamp(2 * size_, kSmallest, kLargest);
    groups_.emplace_back(new State[size_]);
    used_ = 0;
  }
  bytes_ += sizeof(State) + state.slots().size() * sizeof(Slot);
  return groups_.back()[used_++] = state;
}

Frame interpret(const Arch& arch, const Cfg& cfg, Transfer& transfer, const FrameOptions& options) {
  Frame frame = Fixpoint(arch, cfg, transfer, options).run();
  while (find_element_stores(cfg, frame, transfer)) frame = Fixpoint(arch, cfg, transfer, options).run();
  const std::vector<Approximation>& more = transfer.approximations();
  frame.approximations.insert(frame.approximations.end(), more.begin(), more.end());
  frame.makers = transfer.makers_of_bases();
  return frame;
}

}  // namespace objhound::oracle
