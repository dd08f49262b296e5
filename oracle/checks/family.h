// One family (a function and its fragments) held against the rules. The checks are pure: they read control flow,
// states and declared rows, and give back drafts of findings and reasons why a proof did not close.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "oracle/cfg/cfg.h"
#include "oracle/cfi/rows.h"
#include "oracle/checks/row_questions.h"
#include "oracle/frame/interpreter.h"
#include "oracle/rules/contract.h"
#include "oracle/rules/rules.h"

namespace objhound::oracle {

// What all checks of one family read.
struct FamilyContext {
  const ObjectFile& object;
  const Arch& arch;
  const Decoder& decoder;
  const InsnPool& pool;  // the decoder's
  const CfiTable& cfi;
  const RowQuestions& questions;  // of the rows in `cfi`
  const Contract& contract;
  const Cfg& cfg;
  bool declared_noreturn = false;  // by the object's debug information

  const Insn& insn(uint32_t index) const { return pool.insn(cfg.insns[index].insn); }
  std::span<const MicroOp> ops(uint32_t index) const { return pool.ops(cfg.insns[index].insn); }
  const CodeRange& range(uint32_t index) const { return cfg.ranges[cfg.insns[index].range]; }
  Place place(uint32_t index) const { return {range(index).section, static_cast<int64_t>(cfg.insns[index].offset)}; }
  uint64_t address(uint32_t index) const {
    return object.sections()[range(index).section].address + cfg.insns[index].offset;
  }
  // Whether the code may be an assembler's: what is linked may be of either, and in an object a compiler leaves its
  // name.
  bool perhaps_by_hand() const { return !object.relocatable() || !contract.compiled; }
  // Whether an unwind entry covers any code of the family.
  bool described() const;
  // The function (fragment) that the instruction belongs to, and its offset from that function's start in bytes.
  const Function& function(uint32_t index) const { return object.functions()[range(index).function]; }
  uint64_t offset(uint32_t index) const { return cfg.insns[index].offset - function(index).offset; }
};

// A finding before it is dressed up with disassembly, path and fingerprint.
struct Draft {
  RuleId rule;
  Severity severity;
  uint32_t insn;  // index in Cfg::insns
  uint32_t block;
  std::string message;
  std::string shape;  // what is wrong, for those who tell drafts of one rule apart; no names
  Place place = {};  // if valid: where the finding stands, when that is no instruction of the family; `insn` is near it
  Reg about = kNoReg;  // the register that the rule is found broken for; kNoReg: the rule is not about one
};

struct Doubt {
  Reason reason;
  uint32_t insn;
  std::string detail;
};

struct FamilyResult {
  std::vector<Draft> drafts;
  std::vector<Doubt> doubts;
  uint64_t instructions = 0;          // reachable, of the family's own ranges
  bool only_to_other_frames = false;  // every way out is one of __builtin_eh_return's or __builtin_longjmp's
  Frame frame;                        // the fixpoint that all this was read from
  FrameOptions options;               // and how it was made
};

// Control flow alone: OH101 to OH106. Counts the instructions, too.
void check_control_flow(const FamilyContext& context, const Frame& frame, const FrameOptions& options,
                        FamilyResult& result);
// OH101 at a block that ends where no code of the family follows.
void check_end(const FamilyContext& context, const Frame& frame, uint32_t block, FamilyResult& result);
// As the last instruction of a reachable block leaves it, before the call that the block may end in.
State state_at_end(const FamilyContext& context, const Frame& frame, uint32_t block);
// Does this reachable block take its frame down? Then its author meant to leave the function behind it.
bool tore_frame_down(const FamilyContext& context, const Frame& frame, uint32_t block);
// Whether a tail call at the block's end would break no rule.
bool fit_for_tail_call(const FamilyContext& context, const Frame& frame, uint32_t block);
// At one way out of the family, `state` as the leaving instruction leaves it: OH201 to OH204, and OH205 where a join is
// to blame.
void check_exit(const FamilyContext& context, const Frame& frame, uint32_t block_index, const State& state,
                FamilyResult& result);
// Where SP is set to another frame's, and where only that can follow, what the rules found is a doubt.
void excuse_ways_to_other_frames(const FamilyContext& context, FamilyResult& result);
// Code that is called from within its own function has a frame of its own, with rows that count from there: what the
// rules found in it, as a part of the function's frame, is a doubt.
void excuse_local_subroutines(const FamilyContext& context, FamilyResult& result);
// A function that behaves as one of Clang's conventions with fewer preserved registers asks for: that it does not
// preserve the others is a doubt.
void excuse_lesser_convention(const FamilyContext& context, FamilyResult& result);
class UnwindCheck;
class StackAccessCheck;

// The rows, the stack accesses and the way out of one block, on a walk through it. `frame` says which joins are to
// blame; while the fixpoint is being found it is empty, and what only it can tell is a doubt. The rest is of the same
// family.
void check_block(const FamilyContext& context, const Frame& frame, uint32_t block, Walk& walk, Transfer& transfer,
                 UnwindCheck& unwind, StackAccessCheck& accesses, FamilyResult& result);

// All of the above over the fixpoint, and once more where only an assumption about a callee explains the code
// (assumptions.h).
FamilyResult check_family(const FamilyContext& context);

}  // namespace objhound::oracle
