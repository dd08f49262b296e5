#include "oracle/rules/markdown.h"

#include <fmt/format.h>

#include "oracle/rules/rules.h"

namespace objhound::oracle {
namespace {

constexpr std::string_view kIntroduction =
    R"(# What objhound demands of a compiler

This page is printed by `objhound rules --format markdown`; a test compares the two. Each rule says what must be true of
every function in an object file, where that is written down, and when it applies. For each function the verdict is

- **proved**: every reachable instruction was modelled, and every rule that applies holds;
- **violating**: a rule is broken; the finding shows the path, the computed state and the declared row;
- **unproved**: nothing is known to be wrong, but a named reason kept the proof from closing.

A finding is a *violation*, a *suspect* (it rests on an approximation and is not counted) or an *advice*.

## What a proof assumes

objhound reads machine code and knows no source. A proof holds for programs of which this is true:

1. Every path of the control flow graph can be executed. (A compiler must keep the frame right on each of them: it does
   not know either which are taken.)
2. A store through an address that is not SP or FP plus constants stays within the object it was made for: it changes no
   save slot, no return address and nothing that the compiler keeps beside them. In C this follows from C17 6.5.6. A
   stack address that was read from memory may be a pointer of the program's: it counts as such an address. So does one
   with an index register, also where the index is known to be a constant: it is an element of an array. A loop that is
   unrolled stores to elements without an index: through a register that walks over the frame, or in a run of stores, one
   behind the other, that begins where an array begins which is stored to with an index.
3. Callees keep the calling convention of the ABI: they return with SP and the callee-saved registers as they were.
   Callees in the same file are checked, so that this is an assumption about other files only.
4. A callee that is not known never to return does return. Known are: functions of the same file by a fixpoint over its
   calls (one that leaves on every way as `__builtin_eh_return` or `__builtin_longjmp` does, does not return either),
   declarations of the C and C++ libraries, `DW_AT_noreturn`; in an archive functions of the other members, of which it
   is assumed that they are the ones that will be linked; and for a linked file functions of the libraries that it needs,
   as their code shows: of the libraries that are found on this machine as the dynamic linker would find them, and
   assumed to be those that the file will run with. A report whose verdicts rest on that names the libraries, by path and
   build-id; `check --alone` asks none. Where only a callee that does not return can explain the code behind its call,
   and the callee is unknown, or is one of the file that ends otherwise on some of its ways, the function is unproved
   (`noreturn-unknown`).
5. Memory below SP is not read back through pointers of the program's own. (Whether the compiler does, through SP and
   the frame pointer, is looked at: OH207.)
6. Where a jump goes that is through no table and can be a computed goto, is to every label of its function whose address
   is taken; the compiler cannot know better either.
7. A thunk (`__x86_indirect_thunk_rax`, `__x86_return_thunk`, `__llvm_retpoline_r11`) does what its name says. Where it is
   in the same file, its body is checked like any function. `__morestack` (`-fsplit-stack`) returns if its caller does.
8. A function that ends as `__builtin_eh_return` does (all callee-saved registers are back, and SP is its value at entry
   plus a distance that the program computed) or as `__builtin_longjmp` does (SP and FP are loaded from memory, and a jump
   follows) goes where the program says. No unwind row can describe it from where SP is set on; all others are checked.
   Whoever comes back to where `__builtin_setjmp` has stored (FP, a label and SP, word behind word) brings SP and FP as
   they were stored, and anything in the other registers.
9. Where a table ends, when no comparison tells, is where the next object that the file refers to begins.

## What the flags change

The contract follows from the compiler's command line: given with `--flags`, or recorded in the object
(`-frecord-gcc-switches`, `-grecord-gcc-switches`). Unwind tables are held to *every instruction* when asynchronous (the
default of GCC and Clang on Linux), to *calls* when only `-funwind-tables` was asked for, to nothing when they were
refused. Clang's default for `-Oz` on arm64, and that of all levels before Clang 15, gives tables that are right at calls
only; with an explicit `-fasynchronous-unwind-tables` they are held to every instruction there too. Where the flags are not
known, an arm64 function whose rows never go back to the entry's CFA though it returns is held to calls.

## Rules
)";

// One Reason of oracle/cfg a line; cfg names them, this page explains them.
constexpr std::string_view kReasons = R"(
## Why a function can be unproved

| reason | meaning |
| --- | --- |
| `indirect-jump` | the targets of an indirect jump are not known, or only bounded |
| `unmodelled-instruction` | an instruction changes SP or control in a way that is not modelled, or the two decoders disagree on it |
| `dwarf-expression` | an unwind rule uses a DWARF operation that is not evaluated, or its entry could not be read |
| `noreturn-unknown` | only a callee that never returns, which nothing declares, explains the code behind its call |
| `nothrow-unknown` | only a callee that never throws, in the middle of a call site, explains a landing pad |
| `unreachable-end` | control can run off the function's end, or into code for another frame, as code marked unreachable may |
| `indirect-entry` | code that only an unresolved address, or one that the function gives away, can reach |
| `dynamic-stack` | SP, or what a row needs, was kept where it is not followed: at an index, or beyond a loop that moves SP |
| `call-convention` | a call or a branch keeps a convention of its own |
| `nonstandard-frame` | the state at entry is not the ABI's, or SP is another frame's at the end, in no known way |
| `context-switch` | SP and the callee-saved registers are loaded from memory that another stack's owner filled |
| `undescribed` | code of a linked file that has neither a symbol nor an unwind entry |
| `limit` | a bound on size or time was reached |
)";

}  // namespace

std::string contract_markdown() {
  std::string out(kIntroduction);
  for (const Rule& rule : all_rules()) {
    out +=
        fmt::format("\n### OH{} {}\n\n{}\n\n- severity: {}\n- applies: {}\n- source: {}\n", static_cast<int>(rule.id),
                    rule.slug, rule.statement, to_text(rule.severity), rule.applies, rule.source);
  }
  return out + std::string(kReasons);
}

std::string rules_text() {
  std::string out;
  for (const Rule& rule : all_rules()) {
    out += fmt::format("OH{} {:<26} {:<10} {}\n", static_cast<int>(rule.id), rule.slug, to_text(rule.severity),
                       rule.statement);
  }
  return out;
}

}  // namespace objhound::oracle
