#include "oracle/checks/path.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "oracle/checks/listing.h"
#include "oracle/checks/stack_access.h"
#include "oracle/checks/unwind.h"

namespace objhound::oracle {
namespace {

constexpr size_t kMaxStates = 4096;
constexpr size_t kHeadLines = 12, kTailLines = 36;
constexpr std::string_view kBlurred = "<- here, on one of the paths";

// Does the check, from the state of one path alone, make the draft again? A conflict at a join is none on a single
// path: there, one of the two sides shows itself as another rule's fault at the same instruction.
// `alone` has the states of that path.
bool shows(const FamilyContext& context, const Draft& draft, const Frame& alone, Transfer& transfer) {
  FamilyResult again;
  UnwindCheck unwind(context, alone, again);
  StackAccessCheck accesses(context, alone, again);
  State room;
  Walk walk(*alone.entry[draft.block], room);
  check_block(context, alone, draft.block, walk, transfer, unwind, accesses, again);
  return std::ranges::any_of(again.drafts, [&](const Draft& other) {
    return other.insn == draft.insn &&
           ((other.rule == draft.rule && other.about == draft.about) || draft.rule == RuleId::StateConflictAtJoin);
  });
}

// Rules that are about frames are shown by states; to break the others, it is enough to get there.
bool about_frames(RuleId id) {
  const int number = static_cast<int>(id);
  return number >= 200 && number < 400 && id != RuleId::NotCovered && id != RuleId::Malformed;
}

bool by_states(const Draft& draft) { return about_frames(draft.rule) && draft.severity != Severity::Advice; }

std::vector<uint8_t> leading_to(const Cfg& cfg, uint32_t target) {
  std::vector<uint8_t> leads(cfg.blocks.size(), 0);
  std::vector<uint32_t> work{target};
  leads[target] = 1;
  while (!work.empty()) {
    const uint32_t block = work.back();
    work.pop_back();
    for (const Edge& edge : cfg.blocks[block].predecessors) {
      if (leads[edge.to]) continue;
      leads[edge.to] = 1;
      work.push_back(edge.to);
    }
  }
  return leads;
}

class Search {
 public:
  Search(const FamilyContext& context, const FrameOptions& options, const Draft& draft)
      : context_(context), options_(options), draft_(draft), transfer_(context.arch, context.pool, context.cfg) {}

  Path run() {
    const Cfg& cfg = context_.cfg;
    if (draft_.block >= cfg.blocks.size()) return {};
    const std::vector<uint8_t> leads = leading_to(cfg, draft_.block);
    if (!leads[0]) return {};
    entered_.resize(cfg.blocks.size());
    add(0, State::at_entry(context_.arch), kNoIndex, nullptr);
    size_t nearest = kNoIndex;
    for (size_t at = 0; at < nodes_.size() && nodes_.size() < kMaxStates; ++at) {
      const uint32_t block = nodes_[at].block;
      if (block == draft_.block) {
        if (nearest == kNoIndex) nearest = at;
        if (!by_states(draft_)) return path(at, false);
        if (shows(context_, draft_, alone(at), transfer_)) return path(at, true);
      }
      State state = nodes_[at].state;
      for (uint32_t i = cfg.blocks[block].first; i < cfg.blocks[block].last; ++i) transfer_.step(state, i);
      transfer_.each_successor(cfg.blocks[block], state, [&](const Edge& edge, const State& out) {
        if (leads[edge.to] && !options_.cuts(block, edge)) add(edge.to, out, at, &edge);
      });
    }
    return nearest == kNoIndex ? Path{} : path(nearest, false);
  }

 private:
  struct Node {
    uint32_t block;
    State state;
    size_t from;
    const Edge* edge;  // from there to here
  };

  void add(uint32_t block, const State& state, size_t from, const Edge* edge) {
    const bool known =
        std::ranges::any_of(entered_[block], [&](size_t node) { return nodes_[node].state.same_as(state); });
    if (known) return;
    entered_[block].push_back(nodes_.size());
    nodes_.push_back({block, state, from, edge});
  }

  // What the fixpoint would be if the path to the node were the only one; of a block in a loop, the last time round.
  Frame alone(size_t last) const {
    Frame frame;
    frame.entry.resize(context_.cfg.blocks.size());
    for (size_t node = last; node != kNoIndex; node = nodes_[node].from) {
      const State*& entry = frame.entry[nodes_[node].block];
      if (entry == nullptr) entry = &nodes_[node].state;
    }
    return frame;
  }

  Path path(size_t last, bool shows_fault) const {
    Path path{.steps = {}, .shows_fault = shows_fault};
    const Edge* out = nullptr;
    for (size_t node = last; node != kNoIndex; node = nodes_[node].from) {
      path.steps.push_back({nodes_[node].block, nodes_[node].state, out});
      out = nodes_[node].edge;
    }
    std::ranges::reverse(path.steps);
    return path;
  }

  const FamilyContext& context_;
  const FrameOptions& options_;
  const Draft& draft_;
  Transfer transfer_;
  std::deque<Node> nodes_;                    // breadth first: the queue is its own record
  std::vector<std::vector<size_t>> entered_;  // by block: the nodes with its states
};

std::string_view edge_text(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::Next:
      return "not taken";
    case EdgeKind::Taken:
      return "taken";
    case EdgeKind::Table:
      return "by jump table";
    case EdgeKind::CallReturn:
      return "returns";
    case EdgeKind::Indirect:
      return "by computed goto";
    case EdgeKind::Unwind:
      return "throws";
    case EdgeKind::Receiver:
      return "comes back by longjmp";
  }
  return "";
}

// "f+0x1a: jne 0x40", with `note` in a column of its own.
std::string step_line(const FamilyContext& context, uint32_t insn, std::string_view note) {
  std::string line = line_of(context, insn);
  line = fmt::format("{}+{:#x}{}", context.function(insn).name, context.offset(insn), line.substr(line.find(':')));
  return note.empty() ? line : fmt::format("{:<44}  {}", line, note);
}

}  // namespace

Path path_to(const FamilyContext& context, const FrameOptions& options, const Draft& draft) {
  return Search(context, options, draft).run();
}

std::vector<std::string> path_lines(const FamilyContext& context, const Path& path, const Draft& draft) {
  const Cfg& cfg = context.cfg;
  std::vector<std::string> lines;
  Transfer transfer(context.arch, context.pool, cfg);
  for (const Path::Step& step : path.steps) {
    State state = step.entry;
    const Block& block = cfg.blocks[step.block];
    const uint32_t end = step.edge == nullptr && !draft.place.valid() ? draft.insn : block.last;
    for (uint32_t i = block.first; i < end; ++i) {
      const State before = state;
      transfer.step(state, i);
      const bool leaving = i + 1 == block.last && step.edge != nullptr;
      if (leaving) transfer.leave(state, block);
      std::string note = changes_text(before, state, context.arch);
      const bool choice = leaving && (step.edge->kind != EdgeKind::Next || block.successors.size() > 1);
      if (choice && !(step.edge->kind == EdgeKind::CallReturn && note.empty()))
        note += fmt::format("{}({})", note.empty() ? "" : "  ", edge_text(step.edge->kind));
      if (!note.empty()) lines.push_back(step_line(context, i, note));
    }
  }
  if (!path.steps.empty() && !draft.place.valid()) {
    const bool blurred = by_states(draft) && !path.shows_fault;
    lines.push_back(step_line(context, draft.insn, blurred ? kBlurred : "<- here"));
  }
  if (lines.size() > kHeadLines + kTailLines + 1) {
    const size_t cut = lines.size() - kHeadLines - kTailLines;
    lines.erase(lines.begin() + kHeadLines, lines.end() - kTailLines);
    lines.insert(lines.begin() + kHeadLines, fmt::format("... {} more steps ...", cut));
  }
  return lines;
}

}  // namespace objhound::oracle
