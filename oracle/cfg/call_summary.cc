#include "oracle/cfg/call_summary.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "oracle/cfg/noreturn.h"
#include "oracle/cfg/sort_once.h"

namespace objhound::oracle {
namespace {

bool calls(const Block& block) { return block.ends_in_call && !block.inlined_call; }

// Or perhaps so: see Exit::FallsOff.
bool leaves_by_tail_call(const Block& block) {
  const bool perhaps = block.exit == Exit::FallsOff && !block.ends_in_call && block.callee.function != kNoIndex;
  return block.exit == Exit::TailCall || perhaps;
}

// Behind a jump into the middle of another function there may be a return too: glibc's _setjmp on some machines.
bool leaves(const Block& block) {
  return block.exit == Exit::Return || block.exit == Exit::TailCallIndirect || block.exit == Exit::Unresolved ||
         block.exit == Exit::BadTarget;
}

}  // namespace

class CallSummarizer::OneFamily {
 public:
  OneFamily(CallSummarizer& all, Cfg& cfg)
      : view_(all.view_), callees_(all.callees_), cfg_(cfg), stack_(all.stack_), seen_(all.seen_) {}

  CallSummary run() {
    CallSummary summary;
    summary.function = cfg_.function;
    summary.has_code = !cfg_.blocks.empty();
    summary.ends_otherwise = cfg_.limit_reached || !summary.has_code;
    if (!summary.has_code) {
      summary.returns = cfg_.limit_reached;
      return summary;
    }
    mark_reachable();
    for (const Block& block : cfg_.blocks) {
      add_call(block, summary);
      add_ending(block, summary);
    }
    sort_once(summary.taken_to_return);
    sort_once(summary.taken_not_to);
    sort_once(summary.tail_called);
    sort_once(summary.imports);
    // What was not looked at may do anything.
    summary.returns = cfg_.limit_reached || returns_without_waiting();
    if (!summary.returns) add_graph(summary);
    return summary;
  }

 private:
  // The function whose return the block waits for, before control goes on behind the call or the tail call is a return;
  // kNoIndex if all is known that can be.
  uint32_t awaited(const Block& block) const {
    if (!calls(block) && !leaves_by_tail_call(block)) return kNoIndex;
    const uint32_t callee = block.callee.function;
    if (callee == kNoIndex || callees_.declared(callee) || !callees_.may_infer(callee)) return kNoIndex;
    const Function& function = view_.functions()[callee];
    return function.parent == kNoIndex && !function.mid_frame ? callee : kNoIndex;
  }

  // Whether the edge is one behind a call that waits (`waits`), or that is known never to return.
  bool held(const Block& block, const Edge& edge, bool waits) const {
    return edge.kind == EdgeKind::CallReturn && calls(block) && (waits || callees_.never_returns(block.callee));
  }

  // Whatever stands behind a jump to the resolver is another stub's.
  static std::span<const Edge> ways_out(const Block& block) {
    return block.callee.resolver ? std::span<const Edge>() : block.successors;
  }

  void mark_reachable() {
    stack_.clear();
    reach(0);
    while (!stack_.empty()) {
      const Block& block = cfg_.blocks[stack_.back()];
      stack_.pop_back();
      // A label without code behind it is no function that could be seen to return.
      const uint32_t callee = awaited(block);
      const bool waits_forever = callee != kNoIndex && view_.functions()[callee].size == 0;
      for (const Edge& edge : ways_out(block)) {
        if (edge.kind == EdgeKind::CallReturn && calls(block) && waits_forever) continue;
        reach(edge.to);
      }
    }
  }
  void reach(uint32_t block) {
    if (cfg_.blocks[block].reachable) return;
    cfg_.blocks[block].reachable = true;
    stack_.push_back(block);
  }

  void add_call(const Block& block, CallSummary& summary) const {
    if (!calls(block)) return;
    const CodeInsn& insn = cfg_.insns[block.last - 1];
    const CodeRange& range = cfg_.ranges[insn.range];
    if (block.callee.indirect && range.inlined)
      summary.unknown_calls.push_back({range.section, static_cast<int64_t>(insn.offset)});
    const bool taken_not_to = block.exit == Exit::NoreturnCall;
    if (awaited(block) != kNoIndex) {
      (taken_not_to ? summary.taken_not_to : summary.taken_to_return).push_back(block.callee.function);
    } else {
      summary.found_out = summary.found_out || taken_not_to != callees_.never_returns(block.callee);
    }
  }

  void add_ending(const Block& block, CallSummary& summary) const {
    if (!block.reachable) return;
    const uint32_t callee = awaited(block);
    const bool goes_on = block.exit == Exit::None && (!block.successors.empty() || calls(block));
    const bool ends = block.exit == Exit::Return || block.exit == Exit::NoreturnCall || leaves_by_tail_call(block);
    if (calls(block) || leaves_by_tail_call(block)) {
      // What it waits for has its own say. That of the others is not known, or is that they never return.
      summary.ends_otherwise = summary.ends_otherwise || (callee == kNoIndex && !runs_the_rest(block));
      if (callee != kNoIndex && !calls(block)) summary.tail_called.push_back(callee);
      if (!view_.relocatable() && block.callee.symbol != kNoIndex) summary.imports.push_back(block.callee.symbol);
    }
    summary.ends_otherwise = summary.ends_otherwise || (!goes_on && !ends);
  }

  // Whether the block calls what runs the rest of the function: that returns if the rest does.
  bool runs_the_rest(const Block& block) const {
    const uint32_t callee = block.callee.symbol;
    return callee != kNoIndex && runs_the_rest_of_its_caller(view_.symbols()[callee].name);
  }

  // Whether the block is no more than a return behind a callee that has run the rest of the function.
  bool returns_only_if_others_do(const Block& block) const {
    return block.exit == Exit::Return && block.last - block.first == 1 && !block.predecessors.empty() &&
           std::ranges::all_of(block.predecessors, [&](const Edge& edge) {
             return edge.kind == EdgeKind::CallReturn && runs_the_rest(cfg_.blocks[edge.to]);
           });
  }

  // The resolver goes where the stub's other exit goes. There is none to be seen where the slot stands for a function
  // that is chosen at run time (IFUNC): what the file has in it is the way to the resolver alone.
  bool has_other_exit() const {
    return std::ranges::any_of(cfg_.blocks, [](const Block& block) {
      return !block.callee.resolver && (leaves(block) || leaves_by_tail_call(block));
    });
  }

  bool returns(const Block& block) const {
    if (block.callee.resolver) return !has_other_exit();
    const bool waits = awaited(block) != kNoIndex;
    return (leaves(block) && !returns_only_if_others_do(block)) ||
           (leaves_by_tail_call(block) && !waits && !callees_.never_returns(block.callee));
  }

  bool returns_without_waiting() {
    seen_.assign(cfg_.blocks.size(), 0);
    stack_.assign(1, 0);
    seen_[0] = 1;
    while (!stack_.empty()) {
      const Block& block = cfg_.blocks[stack_.back()];
      stack_.pop_back();
      if (returns(block)) return true;
      const bool waits = awaited(block) != kNoIndex;
      for (const Edge& edge : ways_out(block)) {
        if (seen_[edge.to] || held(block, edge, waits)) continue;
        seen_[edge.to] = 1;
        stack_.push_back(edge.to);
      }
    }
    return false;
  }

  void add_graph(CallSummary& summary) const {
    summary.nodes.reserve(cfg_.blocks.size() + 1);
    for (const Block& block : cfg_.blocks) {
      const uint32_t callee = awaited(block);
      const bool waits = callee != kNoIndex && !block.callee.resolver;
      CallSummary::Node node{.first_edge = static_cast<uint32_t>(summary.edges.size())};
      if (waits) node.callee = callee;
      node.tail_calls = waits && leaves_by_tail_call(block);
      node.returns = returns(block);
      for (const Edge& edge : ways_out(block)) {
        if (!held(block, edge, waits)) summary.edges.push_back(edge.to);
      }
      node.first_held = static_cast<uint32_t>(summary.edges.size());
      for (const Edge& edge : ways_out(block)) {
        if (waits && held(block, edge, waits)) summary.edges.push_back(edge.to);
      }
      summary.nodes.push_back(node);
    }
    summary.nodes.push_back({.first_edge = static_cast<uint32_t>(summary.edges.size())});
  }

  const CodeView& view_;
  const CalleeKnowledge& callees_;
  Cfg& cfg_;
  std::vector<uint32_t>& stack_;
  std::vector<uint8_t>& seen_;
};

namespace {

class Fixpoint {
 public:
  Fixpoint(std::span<const CallSummary> families, std::span<const uint32_t> family_of)
      : families_(families), family_of_(family_of), returned_(families.size(), 0), waiting_(families.size()) {}

  std::vector<uint8_t> run() {
    first_node_.resize(families_.size() + 1, 0);
    for (size_t f = 0; f < families_.size(); ++f) first_node_[f + 1] = first_node_[f] + families_[f].nodes.size();
    reached_.assign(first_node_.back(), 0);
    for (uint32_t family = 0; family < families_.size(); ++family) {
      if (families_[family].returns) returned_[family] = 1;  // nobody waits yet
    }
    for (uint32_t family = 0; family < families_.size(); ++family) {
      if (!families_[family].nodes.empty()) reach(family, 0);
      drain();
    }
    return std::move(returned_);
  }

 private:
  struct Waiting {
    uint32_t family;
    uint32_t node;
  };

  void reach(uint32_t family, uint32_t node) {
    uint8_t& reached = reached_[first_node_[family] + node];
    if (reached) return;
    reached = 1;
    stack_.push_back({family, node});
  }

  void drain() {
    while (!stack_.empty()) {
      const Waiting at = stack_.back();
      stack_.pop_back();
      if (!returned_[at.family]) visit(at);
    }
  }

  void visit(Waiting at) {
    const CallSummary& family = families_[at.family];
    const CallSummary::Node& node = family.nodes[at.node];
    if (node.returns) return returns(at.family);
    for (uint32_t e = node.first_edge; e < node.first_held; ++e) reach(at.family, family.edges[e]);
    if (node.callee == kNoIndex) return;
    const uint32_t callee = family_of_[node.callee];
    returned_[callee] ? go_on(at) : waiting_[callee].push_back(at);
  }

  // The callee has returned. That of a family that returns itself does not matter any more.
  void go_on(Waiting at) {
    const CallSummary& family = families_[at.family];
    const CallSummary::Node& node = family.nodes[at.node];
    if (returned_[at.family]) return;
    if (node.tail_calls) return returns(at.family);
    for (uint32_t e = node.first_held; e < family.nodes[at.node + 1].first_edge; ++e) reach(at.family, family.edges[e]);
  }

  // Not recursive: tail calls chain as deep as the file has functions.
  void returns(uint32_t family) {
    returned_[family] = 1;
    returning_.push_back(family);
    if (running_) return;
    running_ = true;
    while (!returning_.empty()) {
      const std::vector<Waiting> callers = std::move(waiting_[returning_.back()]);
      returning_.pop_back();
      for (const Waiting& caller : callers) go_on(caller);
    }
    running_ = false;
  }

  std::span<const CallSummary> families_;
  std::span<const uint32_t> family_of_;
  std::vector<uint8_t> returned_;
  std::vector<size_t> first_node_;  // by family, in reached_
  std::vector<uint8_t> reached_;
  std::vector<std::vector<Waiting>> waiting_;  // by family: calls of it
  std::vector<Waiting> stack_;
  std::vector<uint32_t> returning_;
  bool running_ = false;
};

}  // namespace

bool CallSummary::outdated(const CalleeKnowledge& callees) const {
  const auto never = [&](uint32_t function) { return callees.never_returns(function); };
  const auto told = [&](Place call) {
    const Callee* callee = callees.call_at(call);
    return callee != nullptr && callees.never_returns(*callee);
  };
  return found_out || std::ranges::any_of(taken_to_return, never) || !std::ranges::all_of(taken_not_to, never) ||
         std::ranges::any_of(unknown_calls, told);
}

CallSummary CallSummarizer::summarize(Cfg& cfg) { return OneFamily(*this, cfg).run(); }

std::vector<uint8_t> families_that_return(std::span<const CallSummary> families, std::span<const uint32_t> family_of) {
  return Fixpoint(families, family_of).run();
}

std::vector<uint8_t> families_that_may_not_return(std::span<const CallSummary> families,
                                                  std::span<const uint32_t> family_of) {
  // The callers of each family, flat: those of f are callers[first[f]..first[f + 1]).
  const auto for_calls = [&](const auto& act) {
    for (uint32_t f = 0; f < families.size(); ++f) {
      const CallSummary& summary = families[f];
      for (const auto* callees : {&summary.taken_to_return, &summary.taken_not_to, &summary.tail_called}) {
        for (uint32_t callee : *callees) act(f, family_of[callee]);
      }
    }
  };
  std::vector<uint32_t> first(families.size() + 2, 0);
  for_calls([&](uint32_t, uint32_t callee) { ++first[callee + 2]; });
  for (size_t f = 2; f < first.size(); ++f) first[f] += first[f - 1];
  std::vector<uint32_t> callers(first.back());
  for_calls([&](uint32_t caller, uint32_t callee) { callers[first[callee + 1]++] = caller; });

  std::vector<uint8_t> may_not(families.size(), 0);
  std::vector<uint32_t> stack;
  for (uint32_t f = 0; f < families.size(); ++f) {
    may_not[f] = families[f].ends_otherwise;
    if (may_not[f]) stack.push_back(f);
  }
  while (!stack.empty()) {
    const uint32_t family = stack.back();
    stack.pop_back();
    for (uint32_t c = first[family]; c < first[family + 1]; ++c) {
      if (std::exchange(may_not[callers[c]], 1) == 0) stack.push_back(callers[c]);
    }
  }
  return may_not;
}

}  // namespace objhound::oracle
