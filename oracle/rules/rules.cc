#include "oracle/rules/rules.h"

#include <array>
#include <charconv>

namespace objhound::oracle {
namespace {

constexpr std::string_view kPsabi =
    "the calling convention of the ABI (System V x86-64 psABI 3.2.1-3.2.2; AAPCS64 6.1, 6.4.6)";
constexpr std::string_view kDwarfRows =
    "DWARF 5 section 6.4.1: a row holds at every address of its range; GCC and Clang manuals, "
    "-fasynchronous-unwind-tables";
constexpr std::string_view kUnwindFlags =
    "unwind tables asked for (the default on Linux); at every instruction when asynchronous, at calls when synchronous";
constexpr std::string_view kAlways = "always";

// One line per member, in order of numbers; docs/contract.md is printed from here (`objhound rules --format markdown`).
constexpr std::array kRules{
    Rule{RuleId::FallsThrough, "falls-through", Severity::Violation,
         "Control never runs past the last instruction of a function.",
         "C17 6.9.1: a function is left by return or a call that does not return; no ABI lets control fall into the "
         "next function",
         kAlways},
    Rule{RuleId::BadBranchTarget, "bad-branch-target", Severity::Violation,
         "A direct branch lands on an instruction of its own function or on another function's entry.",
         "the instruction set manuals' definition of the branch target; ELF gABI, st_value and st_size", kAlways},
    Rule{RuleId::UnreachableCode, "unreachable-code", Severity::Advice,
         "Every instruction that is emitted can be reached from the function's entry.",
         "compiler quality; no specification", kAlways},
    Rule{RuleId::Undecodable, "undecodable", Severity::Violation,
         "Every byte sequence that control can reach is an instruction of the architecture.",
         "Intel SDM volume 2; Arm Architecture Reference Manual for A-profile, C4", kAlways},
    Rule{RuleId::DecodersDisagree, "decoders-disagree", Severity::Suspect,
         "Two independent decoders read the same length and kind of instruction.",
         "differential decoding; LLVM MC against Capstone", kAlways},
    Rule{RuleId::NoreturnReturns, "noreturn-returns", Severity::Violation,
         "A function that is declared never to return does not return.",
         "C17 6.7.4 (_Noreturn); DWARF 5 table 7.5, DW_AT_noreturn",
         "the object's debug information declares the function"},
    Rule{RuleId::UnbalancedReturn, "unbalanced-return", Severity::Violation,
         "At a return the stack pointer has the value it must have: its value at entry.", kPsabi, kAlways},
    Rule{RuleId::CalleeSavedLost, "callee-saved-lost", Severity::Violation,
         "When a function is left by return or tail call, every callee-saved register has its value from entry.",
         kPsabi, kAlways},
    Rule{RuleId::ReturnAddressLost, "return-address-lost", Severity::Violation,
         "A function returns to the address that its caller handed to it.", kPsabi, kAlways},
    Rule{RuleId::TailCallWithFrame, "tail-call-with-frame", Severity::Violation,
         "A jump to another function happens only when the frame is gone.", kPsabi, kAlways},
    Rule{RuleId::StateConflictAtJoin, "state-conflict-at-join", Severity::Violation,
         "Paths that meet agree on the stack pointer and on the register that the CFA is computed from.", kDwarfRows,
         "the row in force computes the CFA from that register, or the function returns with it"},
    Rule{RuleId::MisalignedStack, "misaligned-stack", Severity::Violation,
         "The stack pointer is a multiple of 16 at a call, and wherever the CPU checks it.",
         "System V x86-64 psABI 3.2.2 (the end of the input argument area); AAPCS64 6.4.5 (SP mod 16 = 0 at a public "
         "interface, and whenever SP is the base of an access)",
         "unless another alignment was asked for (-mpreferred-stack-boundary, -mstack-alignment); on x86-64 at calls "
         "that leave the file: GCC knows what alignment the functions of its own file need"},
    Rule{RuleId::BelowStackAccess, "below-stack-access", Severity::Violation,
         "Nothing is read from below the stack pointer, but from the red zone what was written there since the last "
         "call; where the ABI has no red zone, nothing is written there either.",
         "System V x86-64 psABI 3.2.2 (the red zone, which calls do not preserve); AAPCS64 6.4.5.1 (a process may only "
         "access the stack from SP up); GCC and Clang manuals, -mno-red-zone",
         kAlways},
    Rule{RuleId::CfaWrong, "cfa-wrong", Severity::Violation,
         "The declared row computes the true canonical frame address.", kDwarfRows, kUnwindFlags},
    Rule{RuleId::SavedRegisterWrong, "saved-register-wrong", Severity::Violation,
         "The declared row recovers the caller's value of every callee-saved register.", kDwarfRows, kUnwindFlags},
    Rule{RuleId::ReturnAddressRuleWrong, "return-address-rule-wrong", Severity::Violation,
         "The declared row recovers the return address.", kDwarfRows, kUnwindFlags},
    Rule{RuleId::NotCovered, "not-covered", Severity::Violation,
         "Every instruction that can be reached has an unwind row.", kDwarfRows, kUnwindFlags},
    Rule{RuleId::Malformed, "malformed-or-overlapping", Severity::Violation,
         "Unwind sections can be parsed, and no two descriptions cover the same instruction.",
         "DWARF 5 section 6.4.1; LSB Core 5.0, 10.6 (.eh_frame)", "the file has unwind sections"},
    Rule{
        RuleId::RaSigningStateWrong, "ra-signing-state-wrong", Severity::Violation,
        "The declared row says of the return address that it recovers whether it is signed.",
        "DWARF for the Arm 64-bit Architecture, 4.1 and 4.4.1 (RA_SIGN_STATE, DW_CFA_AARCH64_negate_ra_state)",
        "unwind tables asked for, on architectures that sign return addresses (-mbranch-protection=pac-ret, standard)"},
    Rule{
        RuleId::StaleSlot, "stale-slot", Severity::Violation,
        "The declared row recovers no register from memory that may be overwritten at any time: below the stack "
        "pointer and its red zone, or at a call below the stack pointer.",
        "System V x86-64 psABI 3.2.2 (the red zone: 128 bytes below %rsp that signal and interrupt handlers leave "
        "alone, and calls do not); AAPCS64 6.4.5.1 (nothing below SP is preserved); DWARF 5 section 6.4.1",
        "unwind tables asked for; at every instruction when asynchronous, at calls when synchronous; advice where only "
        "-mno-red-zone takes the red zone away (Linux leaves it alone all the same when it delivers a signal)"},
};

}  // namespace

std::string_view to_text(Severity severity) {
  switch (severity) {
    case Severity::Violation:
      return "violation";
    case Severity::Suspect:
      return "suspect";
    case Severity::Advice:
      break;
  }
  return "advice";
}

std::span<const Rule> all_rules() { return kRules; }

const Rule& rule(RuleId id) {
  for (const Rule& candidate : kRules) {
    if (candidate.id == id) return candidate;
  }
  return kRules.front();  // every RuleId stands in the table: rules_test checks it
}

const Rule* find_rule(std::string_view text) {
  unsigned number = 0;
  if (text.starts_with("OH")) std::from_chars(text.data() + 2, text.data() + text.size(), number);
  for (const Rule& candidate : kRules) {
    if (candidate.slug == text || static_cast<unsigned>(candidate.id) == number) return &candidate;
  }
  return nullptr;
}

}  // namespace objhound::oracle
