#include "oracle/features/closed.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "oracle/cfg/cfg.h"
#include "oracle/features.h"

namespace objhound::oracle {

const std::array<PreconditionText, kPreconditions> kPreconditionTexts{{
    {RuleId::FallsThrough, "a call that never returns ends the code"},
    {RuleId::FallsThrough, "a trap ends the code"},
    {RuleId::BadBranchTarget, "a branch to a fragment or back"},
    {RuleId::BadBranchTarget, "a branch to another function"},
    {RuleId::BadBranchTarget, "a jump table"},
    {RuleId::UnreachableCode, "code behind an end of control"},
    {RuleId::Undecodable, "an instruction"},
    {RuleId::DecodersDisagree, "an instruction"},
    {RuleId::NoreturnReturns, "a function declared never to return"},
    {RuleId::UnbalancedReturn, "a return behind a frame"},
    {RuleId::UnbalancedReturn, "a return behind a dynamic frame"},
    {RuleId::CalleeSavedLost, "a register restored, then a return"},
    {RuleId::CalleeSavedLost, "a register restored, then a tail call"},
    {RuleId::ReturnAddressLost, "a return address restored"},
    {RuleId::ReturnAddressLost, "a return address authenticated"},
    {RuleId::TailCallWithFrame, "a tail call behind a popped frame"},
    {RuleId::TailCallWithFrame, "a tail call of a function without a frame"},
    {RuleId::TailCallWithFrame, "an indirect tail call"},
    {RuleId::StateConflictAtJoin, "ways that meet in a frame"},
    {RuleId::StateConflictAtJoin, "a loop in a frame"},
    {RuleId::StateConflictAtJoin, "ways that meet in a dynamic frame"},
    {RuleId::MisalignedStack, "a call in a frame"},
    {RuleId::MisalignedStack, "a call in a dynamic frame"},
    {RuleId::MisalignedStack, "a call at two depths of one frame"},
    {RuleId::BelowStackAccess, "a load from the stack"},
    {RuleId::BelowStackAccess, "an access below SP"},
    {RuleId::BelowStackAccess, "an access against the frame pointer"},
    {RuleId::CfaWrong, "a frame with the CFA by SP"},
    {RuleId::CfaWrong, "a frame with the CFA by the frame pointer"},
    {RuleId::CfaWrong, "a frame with the CFA by another register"},
    {RuleId::CfaWrong, "a frame with the CFA by an expression"},
    {RuleId::CfaWrong, "a row that is remembered and comes back"},
    {RuleId::SavedRegisterWrong, "a register saved at a place counted from the CFA"},
    {RuleId::SavedRegisterWrong, "a register saved elsewhere"},
    {RuleId::SavedRegisterWrong, "a register whose rule is restored"},
    {RuleId::ReturnAddressRuleWrong, "a return address saved at a place of the function's choice"},
    {RuleId::ReturnAddressRuleWrong, "a return address that is declared not to be recoverable"},
    {RuleId::NotCovered, "a described function"},
    {RuleId::NotCovered, "a described fragment"},
    {RuleId::Malformed, "an exception table"},
    {RuleId::RaSigningStateWrong, "a signing state that changes"},
    {RuleId::StaleSlot, "a saved register in force at a call"},
    {RuleId::StaleSlot, "a saved register in force below SP"},
}};

const std::array<std::string_view, kFrameTraits> kFrameTraitTexts{
    "none",
    "SP at most 16 bytes below entry",
    "SP at most 128 bytes below entry",
    "SP at most 4 KiB below entry",
    "SP at most 64 KiB below entry",
    "SP more than 64 KiB below entry",
    "frame pointer",
    "realigned",
    "moved by a variable amount",
    "ways of different depth meet",
    "scalable vectors",
    "CFA by another register",
    "shrink-wrapped",
    "touched while it is made",
    "below SP",
    "saves 1 to 4 registers",
    "saves 5 registers or more",
    "signed return address",
    "arguments on the stack",
    "several returns",
    "never returns",
    "several fragments",
    "landing pads",
    "arguments popped for a landing pad",
    "receives longjmp",
    "outlined helper",
    "stack address stored where it is not followed",
    "not described",
};

const std::array<std::string_view, kWays> kWayTexts{
    "falls through",
    "branch forward",
    "branch back",
    "jump table",
    "computed goto",
    "behind a call",
    "landing pad",
    "behind longjmp",
    "to a fragment",
    "back from a fragment",
    "doubtful",
    "call in the file",
    "call to another file",
    "indirect call",
    "call that never returns",
    "call that only pushes",
    "call of an outlined helper",
    "return",
    "tail call in the file",
    "tail call to another file",
    "indirect tail call",
    "trap",
    "runs off the end",
    "branch to no code",
    "undecodable",
    "unresolved jump",
    "jump to a popped address",
};

const std::array<std::string_view, kTableTraits> kTableTraitTexts{
    "entries of 1 byte",
    "entries of 2 bytes",
    "entries of 4 bytes",
    "entries of 8 bytes",
    "in code",
    "in read-only data",
    "in writable data",
    "absolute entries",
    "entries relative to themselves",
    "entries without relocations",
    "bounded by the code",
    "bounded, perhaps too many",
    "not bounded",
    "1 to 4 entries",
    "5 to 8 entries",
    "9 to 16 entries",
    "17 to 64 entries",
    "65 to 256 entries",
    "more than 256 entries",
    "some holes",
    "mostly holes",
    "one target",
    "first entry is not of index 0",
    "several tables for a jump",
    "into a fragment",
    "backwards",
    "into another function",
    "without a frame",
    "in a frame",
    "in a dynamic frame",
};

const std::array<std::string_view, CfiOp::kKinds> kUnwindTexts{
    "def_cfa",        "def_cfa_register", "def_cfa_offset", "def_cfa_expression", "undefined",      "same_value",
    "offset",         "val_offset",       "register",       "expression",         "val_expression", "restore",
    "remember_state", "restore_state",    "GNU_args_size",  "negate_ra_state",    "set_loc",
};

std::string rule_feature_text(const PreconditionText& precondition) {
  return fmt::format("OH{} {}", static_cast<unsigned>(precondition.rule), precondition.text);
}

const std::vector<Feature>& known_features() {
  static const std::vector<Feature> known = [] {
    std::vector<Feature> all;
    const auto add = [&](FeatureKind kind, const auto& texts) {
      for (const std::string_view text : texts) all.push_back({kind, std::string(text)});
    };
    for (const PreconditionText& precondition : kPreconditionTexts)
      all.push_back({FeatureKind::Rule, rule_feature_text(precondition)});
    add(FeatureKind::Frame, kFrameTraitTexts);
    add(FeatureKind::Unwind, kUnwindTexts);
    add(FeatureKind::Edge, kWayTexts);
    add(FeatureKind::Table, kTableTraitTexts);
    for (unsigned reason = 1; reason <= static_cast<unsigned>(Reason::Limit); ++reason)
      all.push_back({FeatureKind::Unproved, std::string(to_text(static_cast<Reason>(reason)))});
    return all;
  }();
  return known;
}

std::string_view to_text(FeatureKind kind) {
  constexpr std::array<std::string_view, kFeatureKinds> kNames{
      "rule", "frame",    "unwind",   "edge",     "table", "unproved", "step", "unwind-sequence",
      "flow", "dispatch", "prologue", "epilogue", "shape", "doubt"};
  return kNames[static_cast<size_t>(kind)];
}

}  // namespace objhound::oracle
