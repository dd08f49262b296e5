#include "oracle/checks/cause.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "oracle/checks/question.h"

namespace objhound::oracle {
namespace {

// How control came over an edge, where it matters.
std::string_view way_in(const Edge* edge) {
  if (edge == nullptr) return "";
  switch (edge->kind) {
    case EdgeKind::Next:
      return "";
    case EdgeKind::Taken:
      return " at a branch's target";
    case EdgeKind::Table:
    case EdgeKind::Indirect:
      return " at an indirect jump's target";
    case EdgeKind::CallReturn:
      return " behind a call";
    case EdgeKind::Unwind:
      return " in a landing pad";
    case EdgeKind::Receiver:
      return " behind a longjmp";
  }
  return "";
}

const Row* row_at(const FamilyContext& context, uint32_t insn) {
  return context.range(insn).inlined ? nullptr : context.cfi.row_at(context.place(insn));
}

// Follows instructions in the order in which they are executed, and remembers the last step that made the answer wrong.
class Trace {
 public:
  // `begin` is where the first instruction stands that it will be told of.
  Trace(const FamilyContext& context, const Question& question, std::string_view begin)
      : context_(context), question_(question), begin_(begin) {}

  // Before the instruction, which is the first of a block that `edge` leads to (null: of the trace) or follows the one
  // before.
  void at(uint32_t insn, const State& state, const Edge* edge) {
    Point now{insn, state, row_at(context_, insn), true};
    now.right = question_.right(insn, state, now.row);
    if (!question_.asks_row()) {
      if (!last_) {
        cause_ = begin_;
      } else if (!(question_.value(last_->state) == question_.value(state))) {
        cause_ = question_.deed(last_->insn, last_->state, state, nullptr);
      }
    } else if (now.right) {
      cause_.clear();
    } else if (!last_) {
      cause_ = fmt::format("the row ({}) is wrong {}", question_.part(now.row), begin_);
    } else if (last_->right) {
      cause_ = step(*last_, now, edge);
    }
    last_.emplace(std::move(now));
  }
  // Empty if the answer is right in the end.
  const std::string& cause() const { return cause_; }

 private:
  struct Point {
    uint32_t insn;
    State state;
    const Row* row;
    bool right;
  };

  std::string step(const Point& from, const Point& to, const Edge* edge) const {
    const std::string deed = question_.deed(from.insn, from.state, to.state, to.row);
    const std::string turn = question_.difference(from.row, to.row);
    if (turn.empty())
      return fmt::format("{}, the row ({}) stays", deed.empty() ? "nothing moved" : deed, question_.part(to.row));
    const bool alone = from.row != nullptr && question_.right(to.insn, to.state, from.row);
    const bool another_entry =
        context_.cfi.fde_at(context_.place(from.insn)) != context_.cfi.fde_at(context_.place(to.insn));
    return fmt::format("{}the row turns ({}){}{}", alone || deed.empty() ? "" : deed + ", ", turn, way_in(edge),
                       another_entry ? " in another entry" : "");
  }

  const FamilyContext& context_;
  const Question& question_;
  const std::string_view begin_;
  std::optional<Point> last_;
  std::string cause_;
};

// Along the path, with states of its own; in the draft's block alone, from its fixpoint, where no single path shows the
// fault.
std::string last_step(const FamilyContext& context, const Frame& frame, const Path& path, const Draft& draft,
                      const Question& question) {
  Transfer transfer(context.arch, context.decoder.pool(), context.cfg);
  Trace trace(context, question, path.shows_fault ? "from the first instruction on" : "where ways meet");
  if (!path.shows_fault) {
    if (!frame.entry[draft.block]) return "";
    State state = *frame.entry[draft.block];
    for (uint32_t i = context.cfg.blocks[draft.block].first; i <= draft.insn; ++i) {
      trace.at(i, state, nullptr);
      if (i < draft.insn) transfer.step(state, i);
    }
    return trace.cause();
  }
  State state = State::at_entry(context.arch);
  const Edge* edge = nullptr;
  for (const Path::Step& step : path.steps) {
    const Block& block = context.cfg.blocks[step.block];
    const bool last = step.edge == nullptr;
    for (uint32_t i = block.first; i < (last ? draft.insn + 1 : block.last); ++i) {
      trace.at(i, state, edge);
      edge = nullptr;
      if (!last || i < draft.insn) transfer.step(state, i);
    }
    if (last) break;
    State behind = state;
    transfer.each_successor(block, state, [&](const Edge& out, const State& there) {
      if (&out == step.edge) behind = there;
    });
    state = behind;
    edge = step.edge;
  }
  return trace.cause();
}

// How control goes on behind the block.
std::string_view way_out(const Block& block) {
  const bool tail_call = block.exit == Exit::TailCall || block.exit == Exit::TailCallIndirect;
  return block.exit == Exit::Return || tail_call ? "the end" : block.ends_in_call ? "a call" : "a branch";
}

// Until when the row of the draft's place stays wrong: in its block, or on each way behind it.
class Ending {
 public:
  Ending(const FamilyContext& context, const Draft& draft, const Question& question)
      : context_(context),
        draft_(draft),
        question_(question),
        wrong_(row_at(context, draft.insn)),
        transfer_(context.arch, context.decoder.pool(), context.cfg) {}

  // `state` is that at the entry of the draft's block.
  std::string from(const State& state) {
    const Block& block = context_.cfg.blocks[draft_.block];
    const Block* at = &block;
    pending_.emplace_back(draft_.block, state);
    bool branched = false;
    for (size_t next = 0; next < pending_.size(); ++next) {
      at = &context_.cfg.blocks[pending_[next].first];
      if (becomes_right(*at, pending_[next].second, next == 0 ? draft_.insn + 1 : at->first)) continue;
      const bool stays = at->ends_in_call || at->successors.empty() || pending_.size() > kFarthest;
      if (stays) return at == &block ? fmt::format("up to {}", way_out(*at)) : "past a branch";
      branched = branched || at->successors.size() > 1;
      follow(*at, pending_[next].second);
    }
    return fmt::format("{}{}", how_, branched ? " behind a branch" : "");
  }

 private:
  static constexpr size_t kFarthest = 16;  // blocks

  // Whether the row is right at an instruction of the block from `first` on; `state` becomes that at its end.
  bool becomes_right(const Block& block, State& state, uint32_t first) {
    for (uint32_t i = block.first; i < block.last; ++i) {
      const Row* row = row_at(context_, i);
      if (i >= first && question_.right(i, state, row)) {
        how_ = question_.difference(wrong_, row).empty() ? "until it is undone" : "until its row comes";
        return true;
      }
      transfer_.step(state, i);
    }
    return false;
  }

  void follow(const Block& block, State state) {
    transfer_.each_successor(block, state, [&](const Edge& edge, const State& there) {
      const bool known = std::ranges::any_of(pending_, [&](const auto& other) { return other.first == edge.to; });
      if (!known) pending_.emplace_back(edge.to, there);
    });
  }

  const FamilyContext& context_;
  const Draft& draft_;
  const Question& question_;
  const Row* const wrong_;
  Transfer transfer_;
  std::vector<std::pair<uint32_t, State>> pending_;  // blocks that the row is wrong in front of
  std::string_view how_ = "never";
};

std::string how_it_ends(const FamilyContext& context, const Path& path, const Frame& frame, const Draft& draft,
                        const Question& question) {
  const bool own = path.shows_fault && !path.steps.empty();
  if (!own && !frame.entry[draft.block]) return "";
  return Ending(context, draft, question).from(own ? path.steps.back().entry : *frame.entry[draft.block]);
}

// What the CFA is computed from anywhere in the unwind entry: what kind of frame the function has.
std::string frame_kind(const FamilyContext& context, uint32_t insn) {
  const Fde* fde = context.cfi.fde_at(context.place(insn));
  if (fde == nullptr) return "no frame described";
  std::set<std::string_view> kinds;
  for (const RowStart& start : context.cfi.rows_of(*fde)) {
    const CfaRule& cfa = context.cfi.row(start.row).cfa;
    kinds.insert(cfa.kind != CfaRule::Kind::RegisterOffset ? "expression"
                 : cfa.reg == context.arch.sp              ? "sp"
                 : cfa.reg == context.arch.fp              ? "fp"
                                                           : "other");
  }
  return fmt::format("frame of {}", fmt::join(kinds, ", "));
}

// Of a value that must be the caller's when the function is left.
std::string what_is_left(const FamilyContext& context, const Frame& frame, const Path& path, const Draft& draft,
                         const Question& question) {
  const Arch& arch = context.arch;
  const bool own = path.shows_fault && !path.steps.empty();
  if (!own && !frame.entry[draft.block]) return "";
  Transfer transfer(arch, context.decoder.pool(), context.cfg);
  State state = own ? path.steps.back().entry : *frame.entry[draft.block];
  for (uint32_t i = context.cfg.blocks[draft.block].first; i <= draft.insn; ++i) transfer.step(state, i);
  const Value value = question.value(state);
  if (draft.about == kNoReg || draft.about == arch.sp) {
    return value.kind != Value::Kind::Cfa  ? "elsewhere"
           : value.offset < arch.entry_sp  ? "too low"
           : value.offset == arch.entry_sp ? "as at entry"
                                           : "too high";
  }
  const auto kept = [&](const Slot& slot) { return slot.value.is_entry(draft.about); };
  return std::ranges::any_of(state.slots(), kept) ? "still saved" : "not saved";
}

// Of code that no row describes.
std::string uncovered(const FamilyContext& context, const Draft& draft) {
  std::set<std::string_view> ends;
  for (const Block& block : context.cfg.blocks) {
    if (!block.reachable || block.exit == Exit::None) continue;
    ends.insert(block.exit == Exit::Return                                             ? "returns"
                : block.exit == Exit::TailCall || block.exit == Exit::TailCallIndirect ? "jumps on"
                                                                                       : "does not come back");
  }
  return fmt::format("{} a function {} that {}", context.offset(draft.insn) == 0 ? "from the start of" : "within",
                     context.described() ? "described in part" : "without an entry", fmt::join(ends, ", "));
}

}  // namespace

std::string cause_of(const FamilyContext& context, const Frame& frame, const Path& path, const Draft& draft) {
  const Block& block = context.cfg.blocks[draft.block];
  const std::optional<Question> question = Question::of(context, draft);
  if (draft.rule == RuleId::NotCovered) return uncovered(context, draft);
  if (!question) {
    const Edge* edge = path.steps.size() > 1 ? path.steps[path.steps.size() - 2].edge : nullptr;
    return fmt::format("{}{}up to {}{}", draft.shape, draft.shape.empty() ? "" : "; ", way_out(block), way_in(edge));
  }
  const std::string step = last_step(context, frame, path, draft, *question);
  const std::string subject = fmt::format("{}, {}", question->subject(), frame_kind(context, draft.insn));
  if (!question->asks_row()) {
    return fmt::format("{}: {}; {}", subject, step, what_is_left(context, frame, path, draft, *question));
  }
  const std::string at = draft.rule == RuleId::StaleSlot ? " (" + draft.shape + ")" : "";
  return fmt::format("{}: {}{}; {}", subject, step, at, how_it_ends(context, path, frame, draft, *question));
}

}  // namespace objhound::oracle
