// The members of the closed kinds, by name. Each is a bit or a count in what a look at a family leaves, so that which
// of them did not occur can be said as well.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "oracle/cfi/rows.h"
#include "oracle/rules/rules.h"

namespace objhound::oracle {

// What must be there for a rule to be broken at all.
enum class Precondition : uint8_t {
  NoreturnEnd,
  TrapEnd,
  FragmentBranch,
  OtherEntryBranch,
  TableBranch,
  BehindEnd,
  Instruction,
  SecondOpinion,
  DeclaredNoreturn,
  ReturnBehindFrame,
  ReturnBehindDynamicFrame,
  ReturnRestored,
  TailCallRestored,
  LinkRestored,
  LinkSigned,
  TailCallBehindFrame,
  TailCallPlain,
  IndirectTailCall,
  JoinInFrame,
  LoopInFrame,
  JoinInDynamicFrame,
  CallInFrame,
  CallInDynamicFrame,
  CallBelowArguments,
  StackLoad,
  RedZone,
  FrameBelowFp,
  CfaBySp,
  CfaByFp,
  CfaByOther,
  CfaByExpression,
  CfaChangesBehindBlock,
  SavedAtCfa,
  SavedElsewhere,
  SavedRestored,
  LinkAtCfa,
  LinkUndefined,
  Described,
  DescribedFragment,
  ExceptionTable,
  SigningState,
  SlotAtCall,
  SlotBelowSp,
  kCount,
};
struct PreconditionText {
  RuleId rule;
  std::string_view text;
};
inline constexpr size_t kPreconditions = static_cast<size_t>(Precondition::kCount);
extern const std::array<PreconditionText, kPreconditions> kPreconditionTexts;
std::string rule_feature_text(const PreconditionText& precondition);  // "OH204 a tail call behind a popped frame"

enum class FrameTrait : uint8_t {
  None,
  Word,
  Small,
  Medium,
  Large,
  Huge,
  FramePointer,
  Realigned,
  Dynamic,
  Joined,
  Scalable,
  OtherBase,
  ShrinkWrapped,
  Touched,
  RedZone,
  SavesSome,
  SavesMany,
  SignsLink,
  IncomingArguments,
  SeveralReturns,
  NoReturn,
  Fragments,
  LandingPads,
  PopsForLandingPad,
  Receiver,
  OutlinedHelper,
  Astray,
  Undescribed,
  kCount,
};
inline constexpr size_t kFrameTraits = static_cast<size_t>(FrameTrait::kCount);
extern const std::array<std::string_view, kFrameTraits> kFrameTraitTexts;

enum class Way : uint8_t {
  Next,
  Forward,
  Back,
  Table,
  Label,
  CallReturn,
  LandingPad,
  Receiver,
  ToFragment,
  FromFragment,
  Doubtful,
  CallInFile,
  CallElsewhere,
  CallIndirect,
  CallNoreturn,
  CallAsPush,
  CallOfHelper,
  Return,
  TailCallInFile,
  TailCallElsewhere,
  TailCallIndirect,
  Trap,
  FallsOff,
  BadTarget,
  Undecodable,
  Unresolved,
  PopsTarget,
  kCount,
};
inline constexpr size_t kWays = static_cast<size_t>(Way::kCount);
extern const std::array<std::string_view, kWays> kWayTexts;

enum class TableTrait : uint8_t {
  Bytes1,
  Bytes2,
  Bytes4,
  Bytes8,
  InCode,
  InConstants,
  InData,
  Absolute,
  RelativeToEntry,
  RelativeToBase,
  Exact,
  Bounded,
  OpenEnded,
  UpTo4,
  UpTo8,
  UpTo16,
  UpTo64,
  UpTo256,
  More,
  Holes,
  MostlyHoles,
  OneTarget,
  OffsetOrigin,
  SeveralForJump,
  ToFragment,
  Back,
  Stray,
  WithoutFrame,
  InFrame,
  InDynamicFrame,
  kCount,
};
inline constexpr size_t kTableTraits = static_cast<size_t>(TableTrait::kCount);
extern const std::array<std::string_view, kTableTraits> kTableTraitTexts;

extern const std::array<std::string_view, CfiOp::kKinds> kUnwindTexts;  // in the order of CfiOp::Kind

}  // namespace objhound::oracle
