#include "oracle/frame/interpreter.h"

#include <algorithm>
#include <bit>
#include <set>
#include <utility>

#include "oracle/frame/elements.h"

namespace objhound::oracle {
namespace {

// What the search for a fixpoint keeps in mind of a block.
struct BlockNotes {
  uint32_t rank = kNoIndex;  // in the order of visits
  uint32_t visits = 0;
  // The state at the block's entry, to be merged into, if it is no other block's and no visit has seen it.
  State* own = nullptr;
};

// What is needed for each family. Most are so small that to allocate it takes longer than to fill it: a thread keeps it
// for its next family.
struct Scratch {
  std::vector<BlockNotes> blocks;
  std::vector<uint32_t> order;
  struct Open {
    uint32_t block;
    const Edge *next, *end;  // edges that are to be followed
  };
  std::vector<Open> stack;
  std::vector<uint64_t> waiting;
};
thread_local Scratch spare_scratch;

// The reachable blocks, `order`, in reverse postorder: most predecessors before their successors, so that few blocks
// are visited more than twice.
void rank_blocks(const Cfg& cfg, Scratch& scratch) {
  auto& [blocks, order, stack, waiting] = scratch;
  blocks.assign(cfg.blocks.size(), {});
  order.clear();
  if (blocks.empty()) return;
  constexpr uint32_t kSeen = 0;
  const auto open = [&](uint32_t block) {
    const std::span<const Edge> successors = cfg.blocks[block].successors;
    blocks[block].rank = kSeen;
    stack.push_back({block, successors.data(), successors.data() + successors.size()});
  };
  open(0);
  while (!stack.empty()) {
    Scratch::Open& last = stack.back();
    if (last.next == last.end) {
      order.push_back(last.block);
      stack.pop_back();
    } else if (const uint32_t to = last.next++->to; blocks[to].rank == kNoIndex) {
      open(to);
    }
  }
  std::ranges::reverse(order);
  uint32_t rank = 0;
  for (uint32_t block : order) blocks[block].rank = rank++;
}

// Blocks that wait for a visit, by rank; the lowest comes first.
class RankQueue {
 public:
  // `words` is room for them.
  RankQueue(size_t ranks, std::vector<uint64_t>& words) : words_(words) { words_.assign((ranks + 63) / 64, 0); }
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
  std::vector<uint64_t>& words_;
  uint32_t lowest_ = 0;  // no word below has a bit
};

class Fixpoint {
 public:
  static constexpr size_t kMostBytes = size_t{512} << 20;  // of states; half a million blocks need less

  Fixpoint(const Arch& arch, const Cfg& cfg, Transfer& transfer, const FrameOptions& options, const Onlooker& onlooker)
      : arch_(arch),
        cfg_(cfg),
        transfer_(transfer),
        options_(options),
        onlooker_(onlooker),
        scratch_(std::exchange(spare_scratch, {})) {}
  ~Fixpoint() { spare_scratch = std::move(scratch_); }

  Frame run() {
    rank_blocks(cfg_, scratch_);
    const std::vector<uint32_t>& order = scratch_.order;
    if (order.empty()) return {};
    frame_.entry.assign(cfg_.blocks.size(), nullptr);
    frame_.entry[0] = &frame_.states.add(State::at_entry(arch_));
    RankQueue pending(order.size(), scratch_.waiting);
    pending.insert(0);
    for (uint32_t rank = pending.pop(); rank != kNoIndex; rank = pending.pop()) {
      const uint32_t block = order[rank];
      if (++of(block).visits > options_.max_visits || bytes_ > kMostBytes) {
        frame_.approximations.push_back({Reason::Limit, cfg_.blocks[block].first});
        break;
      }
      visit(block, pending);
    }
    return std::move(frame_);
  }

 private:
  BlockNotes& of(uint32_t block) { return scratch_.blocks[block]; }

  void visit(uint32_t index, RankQueue& pending) {
    const Block& block = cfg_.blocks[index];
    if (room_ == nullptr) room_ = &frame_.states.take();
    Walk walk(*frame_.entry[index], *room_);
    of(index).own = nullptr;
    onlooker_ ? onlooker_(index, walk) : transfer_.run(walk, block);
    if (Transfer::changes_on_leaving(block)) transfer_.leave(walk.own(), block);
    walk.settle();
    transfer_.each_edge(block, walk.state(), [&](const Edge& edge, const State& out) {
      if (options_.cuts(index, edge)) return;
      const bool reached = frame_.entry[edge.to] != nullptr;
      if (!reached) reach(edge, block, walk, out);
      if (!reached || flow_into(edge, index, out)) pending.insert(of(edge.to).rank);
    });
  }

  // The first way to a block. Where nothing changes, and on all edges out of a block, the state is the same.
  void reach(const Edge& edge, const Block& from, const Walk& walk, const State& state) {
    const bool doubts = options_.doubts(edge);
    if (doubts || &state != &walk.state()) {
      State& entry = frame_.states.add(state);
      entry.tainted = state.tainted || doubts;
      frame_.entry[edge.to] = of(edge.to).own = count(&entry);
      return;
    }
    frame_.entry[edge.to] = &state;
    if (!walk.in_room() || room_ == nullptr) return;
    State* const kept = count(std::exchange(room_, nullptr));
    if (from.successors.size() == 1) of(edge.to).own = kept;
  }

  // Another way to a block. Returns whether the block's entry state changed.
  bool flow_into(const Edge& edge, uint32_t from, const State& state) {
    const State*& entry = frame_.entry[edge.to];
    if (entry == &state || entry->same_as(state)) return false;
    if (State* own = of(edge.to).own) return merge(*own, edge, from, state);
    if (merge_room_ == nullptr) merge_room_ = &frame_.states.take();
    *merge_room_ = *entry;
    if (!merge(*merge_room_, edge, from, state)) return false;
    entry = of(edge.to).own = count(std::exchange(merge_room_, nullptr));
    return true;
  }

  State* count(State* kept) {
    bytes_ += sizeof(State) + kept->slots().size() * sizeof(Slot);
    return kept;
  }

  // Returns whether `entry`, of the block that the edge leads to, changed.
  bool merge(State& entry, const Edge& edge, uint32_t from, const State& state) {
    const bool soft = options_.doubts(edge) || state.tainted;
    if (soft || entry.tainted) return entry.merge(with_taint(state, soft), soft);
    record_conflict({edge.to, arch_.fp, entry.reg(arch_.fp), state.reg(arch_.fp), from});
    const Value mine = entry.reg(arch_.sp);
    const Value theirs = state.reg(arch_.sp);
    if (mine == theirs || !mine.is_stack() || !theirs.is_stack()) return entry.merge(state, false);

    // SP differs: from here on it is a stack address of its own, made by this join.
    const uint16_t base = transfer_.base_for_join(edge.to);
    record_conflict({edge.to, arch_.sp, mine, theirs, from, base});
    const Value joined = base == 0 ? Value::approximate() : Value::dynamic(base, 0);
    State incoming = state;
    incoming.set(arch_.sp, joined);
    if (base != 0) incoming.rename_slots(theirs, joined);
    const bool again = mine == joined;
    if (!again) entry.set(arch_.sp, joined);
    if (!again && base != 0) entry.rename_slots(mine, joined);
    // In a loop that moves SP by more than is known: what was stored before it is somewhere in the frame.
    const uint32_t made_by = transfer_.join_behind(theirs);
    if (made_by != kNoIndex && of(made_by).rank >= of(edge.to).rank) incoming.lose_sight();
    return entry.merge(incoming, false) || !again;
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
  const Onlooker& onlooker_;
  Scratch scratch_;
  size_t bytes_ = 0;             // of the states that blocks are entered with
  State* room_ = nullptr;        // of the pool, for the walk through the next block
  State* merge_room_ = nullptr;  // and for the next state to be merged
};

// Groups that no pool needs now. Some megabytes at most: as many as stay in the cache.
thread_local std::vector<std::unique_ptr<State[]>> spare_groups;
constexpr size_t kMostSpare = 256;

}  // namespace

StatePool::~StatePool() {
  for (auto& group : groups_) {
    if (spare_groups.size() < kMostSpare) spare_groups.push_back(std::move(group));
  }
}

State& StatePool::take() {
  if (groups_.empty() || used_ == kGroup) {
    spare_groups.reserve(kMostSpare);
    if (spare_groups.empty()) spare_groups.emplace_back(new State[kGroup]);
    groups_.push_back(std::move(spare_groups.back()));
    spare_groups.pop_back();
    used_ = 0;
  }
  return groups_.back()[used_++];
}

Frame interpret(const Arch& arch, const Cfg& cfg, Transfer& transfer, const FrameOptions& options,
                const Onlooker& onlooker) {
  Frame frame = Fixpoint(arch, cfg, transfer, options, onlooker).run();
  while (find_element_stores(cfg, frame, transfer)) frame = Fixpoint(arch, cfg, transfer, options, onlooker).run();
  const std::vector<Approximation>& more = transfer.approximations();
  frame.approximations.insert(frame.approximations.end(), more.begin(), more.end());
  frame.makers = transfer.makers_of_bases();
  return frame;
}

}  // namespace objhound::oracle
