// Control flow, rebuilt from the bytes: basic blocks and edges of one *family* (a function and its fragments),
// jump tables, tail calls, calls that never return.
//
// Blocks are found by recursive descent from the family's entry, so bytes between functions and tables in code are
// never mistaken for instructions. Indirect jumps are resolved by slicing backwards over micro-operations
// (jump_table.h); each resolved table adds edges and the descent goes on until nothing is new.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/decode/decoder.h"
#include "oracle/elf/object.h"

namespace objhound::oracle {

// Why a function stays unproved. The names are part of the contract with other tools.
enum class Reason : uint8_t {
  None,
  IndirectJump,           // indirect-jump: an indirect jump whose targets are not known
  UnmodelledInstruction,  // unmodelled-instruction
  DwarfExpression,        // dwarf-expression: a rule that could not be evaluated
  NoreturnUnknown,        // noreturn-unknown: only the assumption that a callee never returns explains the code
  NothrowUnknown,         // nothrow-unknown: only the assumption that a callee never throws explains a landing pad
  UnreachableEnd,         // unreachable-end: control can run off the end, as code marked unreachable may
  IndirectEntry,          // indirect-entry: code that only an unresolved address can reach
  DynamicStack,           // dynamic-stack: SP became a value that is not followed
  CallConvention,         // call-convention: a call or fragment with a convention of its own
  NonstandardFrame,       // nonstandard-frame: hand-written entry state, no ABI to hold it against
  ContextSwitch,          // context-switch: SP and registers are loaded from memory, another stack goes on
  Undescribed,            // undescribed: code of a linked file that no symbol and no unwind entry tells of
  Limit,                  // limit: a bound on size or time was reached
};
std::string_view to_text(Reason reason);

struct CodeRange {
  uint32_t function;  // index into ObjectFile::functions()
  uint32_t section;
  uint64_t begin;  // bytes from the section's start
  uint64_t end;
  bool inlined = false;  // a copy of an outlined helper's body at one of its call sites: no rows are held against it
};

// An instruction of the family.
struct CodeInsn {
  uint64_t offset;  // bytes from the section's start
  uint32_t insn;    // index in the decoder
  uint32_t range;   // index into Cfg::ranges
};

enum class EdgeKind : uint8_t {
  Next,        // falls through, or a branch not taken
  Taken,       // a direct jump or a taken branch
  Table,       // through a jump table
  CallReturn,  // from a call to the instruction after it
  Indirect,    // computed goto: one of the labels whose address is taken
  Unwind,      // an exception leaves the call (or the faulting instruction) and is caught or cleaned up after here
  Receiver,    // from where a place was stored to come back to (__builtin_setjmp): later, by __builtin_longjmp
};

// Whether control that comes this way has been in a callee.
constexpr bool comes_from_call(EdgeKind kind) {
  return kind == EdgeKind::CallReturn || kind == EdgeKind::Unwind || kind == EdgeKind::Receiver;
}

struct Edge {
  uint32_t to;  // block
  EdgeKind kind;
  bool approximate = false;    // the edge may not exist: findings that rest on it are only suspect
  uint32_t popped = 0;         // Unwind: bytes of arguments that the unwinder takes from the stack
  bool may_not_throw = false;  // Unwind: see UnwindSite::begins_or_ends_with
};

// How control leaves the family at a block's end, beside its edges.
enum class Exit : uint8_t {
  None,
  Return,
  TailCall,          // direct, to another function's entry (callee says which)
  TailCallIndirect,  // through a register or memory, taken to be a call: the state is held against the ABI
  NoreturnCall,      // a call that is known not to return
  Trap,
  FallsOff,  // (with a callee: or is a tail call of it) runs past the family's last byte or into bytes that are no code
             // of it
  BadTarget,  // a branch to a place that is neither code of this family nor a function's entry
  Undecodable,
  Unresolved,  // an indirect jump that was not resolved
};

struct Callee {
  uint32_t function = kNoIndex;  // in this file, at its entry
  uint32_t symbol = kNoIndex;    // when undefined here, or an alias
  Place place;                   // when in this file but at no function's entry
  bool indirect = false;
  bool resolver = false;  // of the dynamic linker: finds the function that a lazy stub stands for, and goes there
  friend bool operator==(const Callee&, const Callee&) = default;
};

struct Block {
  uint32_t first;  // instructions [first, last) in Cfg::insns
  uint32_t last;
  std::span<const Edge> successors;    // in Cfg::edges, as set_edges() laid them out
  std::span<const Edge> predecessors;  // Edge::to is the predecessor
  Exit exit = Exit::None;
  // The last instruction is a call; or, in the copy of a called outlined helper, the jump of a thunk, which is a call
  // that returns to where the helper was called from (its CallReturn edge goes there).
  bool ends_in_call = false;
  // The call goes to a copy of an outlined helper that stands inlined behind it (a Taken edge goes there): of the
  // registers, it changes the link register alone. The copy's own return is a Taken edge back to behind the call.
  bool inlined_call = false;
  // The call only pushes its return address and goes on inside the family (`call 1f; 1: pop`): no convention applies.
  bool call_as_push = false;
  // The return at the end pops an address that the code itself has just put there: it is an indirect jump.
  bool pops_target = false;
  // The jump at the end goes through a thunk: where a register says.
  bool through_thunk = false;
  // Of an indirect jump: wherever in this code it can go is among the successors, though some may be too many. An exit
  // that is TailCallIndirect and has none is a call for certain.
  bool bounded = false;
  Callee callee;  // of the call or tail call that ends the block
  // The callee, a function of the file, returns on some of its ways and need not on others. Known only when all of the
  // file has been looked at; false until then.
  bool callee_may_not_return = false;
  // Of the registers that a call may change, those that this one's callee is seen to leave alone (kept_registers.h).
  // Only looked for where SP is moved by a register behind the call.
  RegSet kept = 0;
  Place bad_target;        // for BadTarget
  bool reachable = false;  // from the entry, after calls that never return were cut

  // Whether it ends in a call of which it is not known that it returns each time: error() of glibc is declared twice,
  // and the declaration that is used where its first argument is not 0 never returns.
  bool call_may_not_return() const {
    return ends_in_call && !inlined_call && (callee.function == kNoIndex || callee_may_not_return);
  }
};

struct JumpTable {
  uint32_t jump = 0;  // instruction index of the indirect jump
  Place table;        // where the first entry stands
  Place origin = {};  // where the entry of index 0 would stand
  uint32_t entries = 0;
  uint8_t entry_bytes = 0;     // 1, 2, 4 or 8
  std::vector<Place> targets;  // entry by entry, duplicates kept; one may be the family's end (unreachable code)
  // The number of entries is implied by the code, not only by what the bytes allow. Where it is not, the edges are
  // approximate unless relocations leave no doubt of where the table ends. A jump that two merged jumps became has a
  // table for each.
  // Entries, by number, that lead into other functions, though entries behind them lead into this one: no table of
  // function pointers.
  std::vector<uint32_t> strays = {};
  bool exact = true;
  friend bool operator==(const JumpTable&, const JumpTable&) = default;
};

// The edge from one block to another, before it is laid out.
struct FromTo {
  uint32_t from;
  Edge edge;
};

struct Cfg {
  Cfg() = default;
  Cfg(Cfg&&) = default;  // blocks point into `edges`: a Cfg moves, and is not copied
  Cfg& operator=(Cfg&&) = default;

  uint32_t function = kNoIndex;   // the parent's index
  std::vector<CodeRange> ranges;  // [0] is the parent's own
  std::vector<CodeInsn> insns;    // grouped by range, ascending offsets within a range
  std::vector<Block> blocks;      // [0] is the entry
  std::vector<Edge> edges;        // of all blocks, flat
  std::vector<JumpTable> jump_tables;
  Place unreached;   // the first instruction, padding apart, that the descent did not come by; invalid if there is none
  Place given_away;  // code of the family that it does not lead to, but whose address it takes; the same
  bool may_return = false;       // by return or tail call, as far as known; known only of a Cfg that was kept
  bool outlined_helper = false;  // the body of an outlined helper: runs in its caller's frame, no ABI holds for it
  bool limit_reached = false;
  bool open_table = false;  // of a jump table it is not known where it ends
  Place lost_landing_pad;   // one that is no code of the family; invalid if there is none

  // To begin with another family in the same memory.
  void clear();
  // Lays out the edges between the blocks, in the order given for each block. Replaces those that were there.
  void set_edges(std::span<const FromTo> all);
  uint32_t block_of_insn(uint32_t insn) const;
  // The instruction at a place of the family's own (not inlined) ranges, or kNoIndex.
  uint32_t insn_at(Place place) const;
};

// What is known of callees by declaration: names that never return (the C and C++ standard libraries' and the
// compilers' runtime's, each with its source) plus DW_AT_noreturn of this file.
bool declared_noreturn(std::string_view symbol_name);

// libgcc's __morestack and __morestack_large_model (libgcc/config/i386/morestack.S, -fsplit-stack): calls the code that
// its caller goes on with, past the return that stands behind the call, on another stack. When that returns, so does
// it.
bool runs_the_rest_of_its_caller(std::string_view symbol_name);

// Calls from which an exception goes on in the same function, as the exception tables have it. This stage does not know
// where they are read.
struct UnwindSite {
  Place begin;
  uint64_t size;  // bytes of code; an exception belongs here if the last byte of its call does
  Place landing_pad;
  uint32_t popped;           // see Edge
  bool approximate = false;  // the table may be none
  // The whole call site, of which this is a part: bytes from the section's start. Compilers put what does not throw
  // into the call site around it, but begin and end it with what does.
  uint64_t whole_begin = 0, whole_end = 0;
  bool begins_or_ends_with(uint64_t from, uint64_t to) const { return from == whole_begin || to == whole_end; }
};

struct CfgOptions {
  uint32_t max_insns = 4'000'000;  // per family; above it the family is unproved (limit)
  std::vector<std::string> extra_noreturn;
  std::vector<std::string> noreturn_elsewhere = {};  // functions of other files: says something of undefined symbols
  std::vector<UnwindSite> unwind_sites = {};         // sorted by `begin`, disjoint
  // Which of these functions of other files, by name, never return. Asked of a linked file's imports, and of those
  // alone whose return is in question (FamilyQuestions); null: nobody can be asked.
  std::function<std::vector<std::string>(std::span<const std::string>)> ask_elsewhere = nullptr;
};

// The families of a file, by the indices of their parents among these functions, in that order: one for each function
// that is no fragment. Fragments without a name (Function::mid_frame) are found by the jumps into them: they are among
// the ranges of the families that jump there, of several or of none.
std::vector<uint32_t> family_parents(std::span<const Function> functions);

// What remains to be said of a family when its control flow has been looked at.
struct FamilyFacts {
  uint32_t function = kNoIndex;  // the parent
  bool may_return = false;       // as Cfg's
  bool may_not_return = false;   // it has a way to end that is no return, or goes on in code that nothing is known of
  bool has_code = false;
};

// What is made of a family may hang on what is found out of others, and tell others something.
struct FamilyQuestions {
  bool callees_may_not_return = false;  // on Block::callee_may_not_return; then it comes again when that is known
  std::vector<Callee> never_return;     // on whether these never do
  bool never_returns = false;  // no question: its states show that it leaves for other frames than its caller's
};

// Takes the control flow of a family, numbered as by family_parents(), which `worker` has built with its own decoder.
// Cfg::may_return is not known yet.
using FamilyVisitor = std::function<FamilyQuestions(uint32_t family, size_t worker, Cfg&& cfg)>;

// Builds the control flow of all families of a file and hands each over while it is still warm, for none needs to be
// kept. There is a worker, with a thread of its own, for each decoder. A family comes again when something is found out
// of the file that changes it: what comes last holds, and does not depend on the number of workers. By family.
std::vector<FamilyFacts> build_cfgs(const ObjectFile& object, std::span<Decoder* const> decoders,
                                    const CfgOptions& options, const FamilyVisitor& visit);
// The same, to keep; nobody asks questions then (CfgOptions::ask_elsewhere).
std::vector<Cfg> build_cfgs(const ObjectFile& object, Decoder& decoder, const CfgOptions& options);

// Of a linked file, which of these functions (each a family's parent, or else it counts as one that returns) never
// return. Builds the families that this hangs on and no others, `most` at most; what is not known for certain returns.
std::vector<uint8_t> families_that_never_return(const ObjectFile& object, Decoder& decoder, const CfgOptions& options,
                                                std::span<const uint32_t> functions, uint32_t most);

}  // namespace objhound::oracle
