#include "harness/mutate/equivalence.h"

#include <algorithm>
#include <array>
#include <set>

#include "harness/mutate/held.h"
#include "harness/mutate/unwinding.h"

namespace objhound::harness::mutation {
namespace {

using oracle::MicroOp;
using oracle::Op;

constexpr std::string_view kSameObject = "same-object";
constexpr std::string_view kUnreachable = "unreachable";
constexpr std::string_view kSameRows = "same-rows";
constexpr std::string_view kRowsAlsoRight = "rows-also-right";
constexpr std::string_view kValueUnchanged = "value-unchanged";
constexpr std::string_view kFallsIntoSame = "falls-into-same";
constexpr std::string_view kBecomesTailCall = "becomes-tail-call";
constexpr std::string_view kNeverObserved = "never-observed";
constexpr std::string_view kDeeperFrame = "deeper-frame";
constexpr std::string_view kUnusedStack = "unused-stack";
constexpr std::array kArguments = {kSameObject,    kUnreachable,     kSameRows,      kRowsAlsoRight, kValueUnchanged,
                                   kFallsIntoSame, kBecomesTailCall, kNeverObserved, kDeeperFrame,   kUnusedStack};

// Rows of two tables; "same value" is what a register without a rule has.
bool same_row(const oracle::Row& a, const oracle::CfiTable& of_a, const oracle::Row& b, const oracle::CfiTable& of_b,
              const oracle::Arch& arch) {
  if (a.return_address_signed != b.return_address_signed || !same_rule(a.cfa, of_a, b.cfa, of_b)) return false;
  for (oracle::Reg r = 0; r < arch.registers.size(); ++r) {
    const oracle::RegisterRule same{.of = r};
    const oracle::RegisterRule& x = a.rule_for(r) != nullptr ? *a.rule_for(r) : same;
    const oracle::RegisterRule& y = b.rule_for(r) != nullptr ? *b.rule_for(r) : same;
    if (!same_rule(x, of_a, y, of_b)) return false;
  }
  return true;
}

oracle::Place place_of(const Family& family, uint32_t insn) {
  const oracle::CodeInsn& code = family.cfg->insns[insn];
  return {family.cfg->ranges[code.range].section, static_cast<int64_t>(code.offset)};
}

oracle::Result<oracle::ObjectFile> parse(const std::string& bytes) {
  return oracle::ObjectFile::parse("mutant", std::span(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()));
}

// Same code, perhaps other rows.
std::string_view rows_argument(const Subject& subject, const Mutant& mutant, const std::string& bytes) {
  const auto object = parse(bytes);
  if (!object) return {};
  const oracle::CfiTable rows = oracle::CfiTable::read(*object);
  const Family& family = *mutant.family;
  const bool at_calls_only = subject.contract.unwind == oracle::UnwindPromise::Synchronous;
  bool same = true;
  std::vector<Held> held;
  for (uint32_t i = 0; i < family.facts.size(); ++i) {
    const InsnFacts& facts = family.facts[i];
    if (!facts.reachable) continue;
    const oracle::Row* row = rows.row_at(place_of(family, i));
    if (row == nullptr && facts.row == nullptr) continue;
    if (row == nullptr || facts.row == nullptr) return {};  // tables of either kind cover all instructions
    if (at_calls_only && !facts.call) continue;
    if (same_row(*row, rows, *facts.row, subject.cfi, subject.arch())) continue;
    same = false;
    if (held.empty()) held = held_values(subject, family);
    if (!row_is_right(subject, family, held, i, *row, rows)) return {};
  }
  return same ? kSameRows : kRowsAlsoRight;
}

bool is_code_edit(const Subject& subject, const Mutant& mutant) {
  return std::ranges::any_of(
      mutant.edits, [&](const Edit& edit) { return subject.listing.lines[edit.line].kind != Line::Kind::Cfi; });
}

bool unreachable(const Subject& subject, const Mutant& mutant) {
  return std::ranges::all_of(mutant.edits, [&](const Edit& edit) {
    const Line& line = subject.listing.lines[edit.line];
    if (line.kind != Line::Kind::Instruction) return false;
    const InsnFacts* facts = subject.facts_of(line);
    return facts != nullptr && !facts->reachable;
  });
}

// SP would get the value that it has.
bool stack_unchanged(const Subject& subject, const Mutant& mutant) {
  const Line& line = subject.listing.lines[mutant.line];
  const InsnFacts* facts = subject.facts_of(line);
  if (mutant.op != "drop-adjustment" || facts == nullptr || !facts->sp_given) return false;
  const uint32_t insn = subject.insn_of(*mutant.family, line);
  const Held held = held_values(subject, *mutant.family)[insn];
  for (const MicroOp& op : subject.decoder.ops(mutant.family->cfg->insns[insn].insn)) {
    if (op.dst != subject.arch().sp) continue;
    const std::optional<StackAddress> from = held.address(op.a);
    return from && held.address(op.dst) == *from + (op.op == Op::Add ? op.imm : 0);
  }
  return false;
}

bool value_unchanged(const Subject& subject, const Mutant& mutant) {
  constexpr std::array<std::string_view, 3> kOfValues = {"drop-restore-keep-frame", "drop-restore", "change-restore"};
  if (std::ranges::find(kOfValues, mutant.op) == kOfValues.end()) return false;
  const Line& line = subject.listing.lines[mutant.line];
  const InsnFacts* facts = subject.facts_of(line);
  if (facts == nullptr || (mutant.op == "drop-restore" && facts->moves_sp)) return false;
  const std::vector<Held> held = held_values(subject, *mutant.family);
  return (mutant.registers & ~held[subject.insn_of(*mutant.family, line)].registers) == 0;
}

// The instruction that control reaches behind the one at `insn` when that one is gone.
uint32_t next_instruction(const Subject& subject, const Family& family, uint32_t insn) {
  for (uint32_t i = insn + 1; i < family.cfg->insns.size(); ++i) {
    if (family.cfg->insns[i].range != family.cfg->insns[insn].range) break;
    const bool padding = subject.decoder.insn(family.cfg->insns[i].insn).nop && !family.facts[i].reachable;
    if (!padding) return i;
  }
  return oracle::kNoIndex;
}

bool falls_into_same(const Subject& subject, const Mutant& mutant) {
  // Rows that are right at calls only do not tell of two places that the frames there are the same.
  const bool rows_tell = subject.contract.unwind == oracle::UnwindPromise::Asynchronous;
  if (mutant.op != "drop-return" || !rows_tell) return false;
  const Family& family = *mutant.family;
  const uint32_t insn = subject.insn_of(family, subject.listing.lines[mutant.line]);
  const uint32_t next = next_instruction(subject, family, insn);
  if (next == oracle::kNoIndex || !family.facts[next].reachable) return false;
  const oracle::Row* here = family.facts[insn].row;
  const oracle::Row* there = family.facts[next].row;
  if (here == nullptr || there == nullptr) return false;
  if (same_row(*here, subject.cfi, *there, subject.cfi, subject.arch())) return true;
  return row_is_right(subject, family, held_values(subject, family), insn, *there, subject.cfi);
}

bool becomes_tail_call(const Subject& subject, const Mutant& mutant, const std::string& bytes) {
  if (mutant.op != "drop-return") return false;
  const Family& family = *mutant.family;
  const uint32_t insn = subject.insn_of(family, subject.listing.lines[mutant.line]);
  const oracle::Block& block = family.cfg->blocks[family.cfg->block_of_insn(insn)];
  const bool only_jumps = block.first == insn && std::ranges::all_of(block.predecessors, [](const oracle::Edge& edge) {
                            return edge.kind == oracle::EdgeKind::Taken;
                          });
  if (!only_jumps) return false;
  const auto object = parse(bytes);
  if (!object) return false;
  const uint32_t range = family.cfg->insns[insn].range;
  const std::string& name = subject.object.functions()[family.cfg->ranges[range].function].name;
  const oracle::CodeRange& whole = family.cfg->ranges[range];
  const bool nothing_else = subject.decoder.insn(family.cfg->insns[insn].insn).length == whole.end - whole.begin;
  for (const oracle::Symbol& symbol : object->symbols()) {
    // The function was a return and nothing else: its name now is another one of the next function.
    if (nothing_else && symbol.name == name) return object->function_starting_at(symbol.place) != oracle::kNoIndex;
  }
  for (const oracle::Function& function : object->functions()) {
    if (function.name != name) continue;
    // The return was the last instruction, and nothing stands between it and the next function.
    const bool last = family.cfg->insns[insn].offset + subject.decoder.insn(family.cfg->insns[insn].insn).length ==
                      family.cfg->ranges[range].end;
    const oracle::Place end{function.section, static_cast<int64_t>(function.end())};
    const uint32_t next = object->function_starting_at(end);
    // An outlined helper is no function that could be called: it has no convention.
    return last && next != oracle::kNoIndex && std::ranges::none_of(subject.families, [&](const Family& other) {
             return other.cfg->outlined_helper && other.name == object->functions()[next].name;
           });
  }
  return false;
}

// Where control can go from an instruction, that one included: the first instruction of each stretch, to a fixpoint.
bool never_observed(const Subject& subject, const Mutant& mutant) {
  if (subject.contract.unwind != oracle::UnwindPromise::Synchronous) return false;
  const Family& family = *mutant.family;
  const oracle::Cfg& cfg = *family.cfg;
  std::vector<uint32_t> pending;
  for (const Edit& edit : mutant.edits) {
    const uint32_t insn = subject.insn_of(family, subject.listing.lines[edit.line]);
    if (insn == oracle::kNoIndex) return false;
    pending.push_back(insn);
  }
  std::set<uint32_t> seen;
  while (!pending.empty()) {
    const uint32_t first = pending.back();
    pending.pop_back();
    const oracle::Block& block = cfg.blocks[cfg.block_of_insn(first)];
    for (uint32_t i = first; i < block.last; ++i) {
      if (!seen.insert(i).second) break;
      if (family.facts[i].call || family.facts[i].leaves) return false;
    }
    if (block.exit != oracle::Exit::None && block.exit != oracle::Exit::Trap) return false;
    for (const oracle::Edge& edge : block.successors)
      if (!seen.contains(cfg.blocks[edge.to].first)) pending.push_back(cfg.blocks[edge.to].first);
  }
  return true;
}

// Whether each instruction on the way from a changed adjustment to where SP is computed from another register is
// indifferent to where exactly SP is.
class UntilSetAnew {
 public:
  // With `higher`, what the frame has below SP then is safe in the red zone alone. A call needs SP `aligned`.
  UntilSetAnew(const Subject& subject, const Mutant& mutant, bool higher, bool aligned)
      : subject_(subject), family_(*mutant.family), cfg_(*family_.cfg), higher_(higher), calls_(!higher && aligned) {}

  bool indifferent_from(uint32_t start) {
    const oracle::Block& own = cfg_.blocks[cfg_.block_of_insn(start)];
    start + 1 == own.last ? enqueue_successors(own) : pending_.push_back(start + 1);
    while (!pending_.empty()) {
      const uint32_t first = pending_.back();
      pending_.pop_back();
      const oracle::Block& block = cfg_.blocks[cfg_.block_of_insn(first)];
      bool ends = false;  // set anew, or walked before
      for (uint32_t i = first; i < block.last && !ends; ++i) {
        ends = !seen_.insert(i).second;
        if (!ends && !indifferent(i, ends)) return false;
      }
      if (!ends) enqueue_successors(block);
    }
    return true;
  }

 private:
  void enqueue_successors(const oracle::Block& block) {
    for (const oracle::Edge& edge : block.successors) pending_.push_back(cfg_.blocks[edge.to].first);
  }

  bool indifferent(uint32_t insn, bool& set_anew) const {
    const oracle::Arch& arch = subject_.arch();
    const InsnFacts& facts = family_.facts[insn];
    const bool by_sp = facts.row == nullptr || facts.row->cfa.kind != oracle::CfaRule::Kind::RegisterOffset ||
                       facts.row->cfa.reg == arch.sp;
    if (by_sp || facts.leaves || (facts.call && !calls_)) return false;
    for (const MicroOp& op : subject_.decoder.ops(cfg_.insns[insn].insn)) {
      const bool memory = op.op == Op::Load || op.op == Op::Store;
      const bool uses_sp = op.a == arch.sp || op.b == arch.sp || op.src == arch.sp;
      if (!set_anew && higher_ && uses_sp) return false;
      if (!set_anew && (facts.saves || facts.restores) && op.a == arch.sp && memory) return false;
      if (!set_anew && op.dst == arch.fp) return false;
      if (op.dst == arch.sp && (op.a != arch.sp || (op.op != Op::Add && op.op != Op::And))) set_anew = true;
    }
    return true;
  }

  const Subject& subject_;
  const Family& family_;
  const oracle::Cfg& cfg_;
  const bool higher_, calls_;
  std::set<uint32_t> seen_;
  std::vector<uint32_t> pending_;
};

std::string_view set_anew_argument(const Subject& subject, const Mutant& mutant) {
  if (mutant.op != "change-adjustment" && mutant.op != "drop-adjustment") return {};
  const Line& line = subject.listing.lines[mutant.line];
  const InsnFacts& changed = *subject.facts_of(line);
  if (changed.saves || changed.restores) return {};
  const uint32_t start = subject.insn_of(*mutant.family, line);
  // Down and further down; or not up, where it was given back what it had before the stack grew.
  const bool changes = mutant.op == "change-adjustment";
  const bool deeper = changes ? changed.sp_delta < 0 : changed.sp_delta > 0 || changed.sp_given;
  constexpr uint32_t kFurther = 16;  // bytes that the operator adds
  const bool aligned = (changes ? kFurther : changed.sp_delta) % int64_t{subject.arch().stack_alignment} == 0;
  if (deeper)
    return UntilSetAnew(subject, mutant, false, aligned).indifferent_from(start) ? kDeeperFrame : std::string_view();
  const bool protects = subject.contract.red_zone && subject.arch().red_zone >= kFurther;
  const bool higher = changes && changed.sp_delta > 0 && protects;
  return higher && UntilSetAnew(subject, mutant, true, aligned).indifferent_from(start) ? kUnusedStack
                                                                                        : std::string_view();
}

}  // namespace

std::span<const std::string_view> all_arguments() { return kArguments; }

std::string_view why_equivalent(const Subject& subject, const Mutant& mutant, const std::string& object) {
  if (object == subject.bytes) return kSameObject;
  if (!is_code_edit(subject, mutant) || mutant.op.starts_with("cfi-")) return rows_argument(subject, mutant, object);
  if (unreachable(subject, mutant)) return kUnreachable;
  if (value_unchanged(subject, mutant) || stack_unchanged(subject, mutant)) return kValueUnchanged;
  if (falls_into_same(subject, mutant)) return kFallsIntoSame;
  if (becomes_tail_call(subject, mutant, object)) return kBecomesTailCall;
  if (never_observed(subject, mutant)) return kNeverObserved;
  return set_anew_argument(subject, mutant);
}

}  // namespace objhound::harness::mutation
