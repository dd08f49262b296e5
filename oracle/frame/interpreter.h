// The abstract interpreter: runs micro-operations over State until nothing changes (Kildall's worklist over a finite
// lattice, in reverse postorder), and gives the state on entry to every reachable block. It knows no register, no
// opcode and no unwind row, and reports nothing: joins that do not agree are recorded as plain facts for the checks.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "oracle/cfg/cfg.h"
#include "oracle/frame/state.h"

namespace objhound::oracle {

// Two paths that meet with different values in SP or the frame pointer.
struct JoinConflict {
  uint32_t block;
  Reg reg;
  Value first;           // what the block's state held
  Value second;          // what came in
  uint32_t second_from;  // the predecessor block it came from
  uint16_t base = 0;     // SP: the dynamic base that SP became at the join
};

// Where something was approximated.
struct Approximation {
  Reason reason;
  uint32_t insn;  // index in Cfg::insns
};

struct FrameOptions {
  uint32_t max_visits = 64;  // of one block; above it the function is unproved (limit)
  // Blocks behind whose last instruction control is taken not to go on: only a callee that never returns, or a promise
  // of the program that it does not get there, explains the code that follows. Ascending.
  std::vector<uint32_t> cut_ends;
  // Blocks that compare the index of a table behind which they jump, and are taken never to branch past it: the program
  // promised that the index has an entry. Ascending.
  std::vector<uint32_t> cut_defaults = {};
  bool cut_doubtful_throws = false;  // the same for Unwind edges that may not exist (Edge::may_not_throw)
  // Take every edge that may not exist to exist.
  bool all_edges = false;
  // Whether the edge out of block `from` is one that is taken not to exist.
  bool cuts(uint32_t from, const Edge& edge) const {
    const bool goes_on = edge.kind == EdgeKind::CallReturn || edge.kind == EdgeKind::Next;
    return (goes_on && std::ranges::binary_search(cut_ends, from)) ||
           (edge.kind == EdgeKind::Taken && std::ranges::binary_search(cut_defaults, from)) ||
           (edge.may_not_throw && cut_doubtful_throws);
  }
  // Whether control is taken to end where the code shows a way on.
  bool cuts_ends() const { return !cut_ends.empty() || !cut_defaults.empty(); }
  bool doubts(const Edge& edge) const { return edge.approximate && !all_edges; }
};

// States that stay where they are, allocated in groups, which go from a family to the next of the thread.
class StatePool {
 public:
  StatePool() = default;
  StatePool(StatePool&&) = default;
  StatePool& operator=(StatePool&&) = default;
  ~StatePool();
  State& take();  // says anything
  State& add(const State& state) { return take() = state; }

 private:
  static constexpr size_t kGroup = 16;  // states
  std::vector<std::unique_ptr<State[]>> groups_;
  size_t used_ = kGroup;  // of the last group
};

struct Frame {
  std::vector<const State*> entry;  // by block; null where not reached. Blocks between which nothing changes share one
  StatePool states;                 // that `entry` points into
  std::vector<JoinConflict> conflicts;
  std::vector<Approximation> approximations;
  // What made each dynamic base, from base 1: an instruction (Cfg::insns), or kNoIndex for a join.
  std::vector<uint32_t> makers;
};

// A walk through a block, from the state at its entry. Most blocks change nothing of that: the state is copied, into
// `room`, only where something does.
class Walk {
 public:
  Walk(const State& entry, State& room) : entry_(entry), room_(room), now_(&entry) {}
  const State& state() const { return *now_; }
  // For who changes it.
  State& own() {
    if (now_ == &room_) return room_;
    room_ = entry_;
    room_.take_changes();
    now_ = &room_;
    return room_;
  }
  bool in_room() const { return now_ == &room_; }
  // What changed back and forth has not changed.
  void settle() {
    if (in_room() && room_.same_as(entry_)) now_ = &entry_;
  }
  // See State.
  RegSet changes() const { return in_room() ? room_.changes() : 0; }
  RegSet take_changes() { return in_room() ? room_.take_changes() : 0; }

 private:
  const State& entry_;
  State& room_;
  const State* now_;
};

// One step: `state` before the instruction becomes the state after it. Shared by the fixpoint and by those who walk
// a block once more.
class Transfer {
 public:
  Transfer(const Arch& arch, const InsnPool& pool, const Cfg& cfg)
      : arch_(arch), pool_(pool), cfg_(cfg), sp_bit_(reg_bit(arch.sp)) {}
  // Calls are left to leave(), which knows what kind of call ends the block.
  void step(State& state, uint32_t insn_index) { step(state, insn_index, insn(insn_index)); }
  // The same for those who have looked at the instruction already.
  void step(State& state, uint32_t insn_index, const Insn& insn) {
    matters(state, insn) ? execute(state, insn_index) : state.forget(insn.writes);
  }
  // Whether it did anything.
  bool step(Walk& walk, uint32_t insn_index, const Insn& insn) {
    const RegSet known = walk.state().known();
    const RegSet concerned = (insn.reads & (known | Insn::kAlways)) | (insn.writes & (known | sp_bit_));
    if (concerned == 0) return false;
    step(walk.own(), insn_index, insn);
    return true;
  }
  // All steps of a block.
  void run(Walk& walk, const Block& block) {
    for (uint32_t i = block.first; i < block.last; ++i) step(walk, i, insn(i));
  }
  const Insn& insn(uint32_t insn_index) const { return pool_.insn(cfg_.insns[insn_index].insn); }
  // What happens on the way out of a block, behind its last instruction: the call that it ends in, if it does.
  void leave(State& state, const Block& block) const;
  // Whether that is anything.
  static bool changes_on_leaving(const Block& block) {
    return block.ends_in_call || block.inlined_call || block.call_as_push || block.pops_target;
  }
  // What happens on an Unwind edge, to the state that the call (or the faulting instruction) leaves: the unwinder
  // restores what the callee had saved, so that SP and the callee-saved registers are again what they were at the call,
  // takes `popped` bytes of arguments from the stack, and leaves nothing of the other registers (its own two arguments
  // to the landing pad are in some of them).
  void unwind(State& state, uint32_t popped) const;
  // What happens on a Receiver edge: SP and the frame pointer are what they were, and no other register is (GCC's
  // manual, "Nonlocal Gotos").
  void receive(State& state) const;
  // Two values that a branch of the block has just found to be equal: on an edge where they are, SP (or whatever is
  // known less well) is the other. Loops that probe a large frame page by page end so.
  struct Equality {
    Reg a = kNoReg;
    Reg b = kNoReg;
    bool on_taken = false;  // equal where the branch is taken, or where it is not
  };
  Equality equality_of(const Block& block) const;
  // False if the two cannot be equal: nothing flows over this edge from this state.
  bool assume_equal(State& state, const Equality& equality) const;

  // Calls `visit(edge, state)` for each edge over which `state`, as the block's last instruction left it, flows on.
  template <typename Visit>
  void each_successor(const Block& block, State& state, const Visit& visit) const {
    leave(state, block);
    each_edge(block, state, visit);
  }
  // The same for the state behind leave(). What flows over most edges is that very `state`.
  template <typename Visit>
  void each_edge(const Block& block, const State& state, const Visit& visit) const {
    const Equality equality = equality_of(block);
    for (const Edge& edge : block.successors) {
      if (edge.kind == EdgeKind::Unwind || edge.kind == EdgeKind::Receiver) {
        State landed = state;
        edge.kind == EdgeKind::Unwind ? unwind(landed, edge.popped) : receive(landed);
        visit(edge, landed);
        continue;
      }
      const bool equal = edge.kind == (equality.on_taken ? EdgeKind::Taken : EdgeKind::Next);
      const bool tells = state.reg(equality.a).is_stack() || state.reg(equality.b).is_stack();
      if (!equal || !tells) {
        visit(edge, state);
      } else if (State narrowed = state; assume_equal(narrowed, equality)) {
        visit(edge, narrowed);
      }
    }
  }

  std::span<const MicroOp> ops(uint32_t insn) const { return pool_.ops(cfg_.insns[insn].insn); }

  // What the address operand a + (b << scale) + imm of a micro-operation is.
  static Value address(const State& state, const MicroOp& op);

  const std::vector<Approximation>& approximations() const { return approximations_; }

  // A store that overwrote a value of the frame: what the caller wants back, or an address that was saved far from SP
  // and the frame pointer.
  struct Overwrite {
    uint32_t insn;
    Reg reg;           // that the address was made with
    bool no_register;  // what is stored is a constant, or comes from no register that is followed
    uint8_t width;     // bytes
    Value address;
    friend bool operator==(const Overwrite&, const Overwrite&) = default;
  };
  // Those since the last call, but for some of very many.
  std::vector<Overwrite> take_overwrites() { return std::exchange(overwrites_, {}); }
  // The stores of the instruction are to elements of an array from now on. Returns whether they were not before.
  bool make_element(uint32_t insn);

  // The dynamic base that an instruction or a join makes. Dense, from 1; 0 once there are too many.
  uint16_t base_for_insn(uint32_t insn);
  uint16_t base_for_join(uint32_t block) { return base_for_insn(block | kJoin); }
  std::vector<uint32_t> makers_of_bases() const;
  // The block whose join made the base that the address is written against; kNoIndex if none did.
  uint32_t join_behind(Value address) const {
    const bool named = address.kind == Value::Kind::Dynamic && address.base < Value::kScalable;
    if (!named || address.base - 1u >= bases_.size()) return kNoIndex;
    const uint32_t key = bases_[address.base - 1u].first;
    return (key & kJoin) != 0 ? key & ~kJoin : kNoIndex;
  }

 private:
  // Where nothing is known of what an instruction reads, nothing is of what it writes; only SP is always some stack
  // address.
  bool matters(const State& state, const Insn& insn) const {
    return (insn.reads & (state.known() | Insn::kAlways)) != 0 || (insn.writes & sp_bit_) != 0;
  }
  void execute(State& state, uint32_t insn_index);
  void value_op(State& state, const MicroOp& op, uint32_t insn_index);
  void assign(State& state, const MicroOp& op, Value value, uint32_t insn_index);
  void approximate(Reason reason, uint32_t insn_index);
  static bool is_hearsay(const State& state, const MicroOp& op);
  static bool stays_within_object(const State& state, const MicroOp& op);
  static bool is_followed(const State& state, const MicroOp& op);
  static Value load(const State& state, const MicroOp& op);
  void store(State& state, const MicroOp& op, Value value, uint32_t insn_index);
  void store_unknown_size(State& state, const MicroOp& op, uint32_t insn_index);
  void note_overwrite(const MicroOp& op, Value address, Value forgotten, uint32_t insn_index);
  bool is_element(uint32_t insn) const { return !elements_.empty() && std::ranges::binary_search(elements_, insn); }

  static constexpr uint32_t kJoin = 0x80000000u;  // in the key of a base: a block, else an instruction
  const Arch& arch_;
  const InsnPool& pool_;
  const Cfg& cfg_;
  const RegSet sp_bit_;
  std::vector<std::pair<uint32_t, uint16_t>> bases_;
  std::vector<Approximation> approximations_;
  std::vector<Overwrite> overwrites_;
  std::vector<uint32_t> elements_;  // sorted
};

// Takes a walk through its block as Transfer::run() does, and may look at the states on the way.
using Onlooker = std::function<void(uint32_t block, Walk& walk)>;

// `transfer` is for the same architecture, pool and family. A block is visited each time that the state at its entry
// has changed, so that what `onlooker` sees of a block last is final; unless there are approximations.
Frame interpret(const Arch& arch, const Cfg& cfg, Transfer& transfer, const FrameOptions& options,
                const Onlooker& onlooker = nullptr);

}  // namespace objhound::oracle
