// The one table of rules. Code, findings, tests and docs/contract.md cite the numbers that stand here.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace objhound::oracle {

enum class Severity : uint8_t {
  Violation,  // makes a function violating
  Suspect,    // a violation that rests on an approximation; not counted
  Advice,
};
std::string_view to_text(Severity severity);

enum class RuleId : uint16_t {
  FallsThrough = 101,
  BadBranchTarget = 102,
  UnreachableCode = 103,
  Undecodable = 104,
  DecodersDisagree = 105,
  NoreturnReturns = 106,
  UnbalancedReturn = 201,
  CalleeSavedLost = 202,
  ReturnAddressLost = 203,
  TailCallWithFrame = 204,
  StateConflictAtJoin = 205,
  MisalignedStack = 206,
  BelowStackAccess = 207,
  CfaWrong = 301,
  SavedRegisterWrong = 302,
  ReturnAddressRuleWrong = 303,
  NotCovered = 304,
  Malformed = 305,
  RaSigningStateWrong = 308,
  StaleSlot = 309,
};

struct Rule {
  RuleId id;
  std::string_view slug;       // "cfa-wrong"
  Severity severity;           // the highest that a finding of this rule can have
  std::string_view statement;  // one sentence: what the compiler must do
  std::string_view source;     // the specification and its section
  std::string_view applies;    // which flags make it apply, in words
};

std::span<const Rule> all_rules();
const Rule& rule(RuleId id);
const Rule* find_rule(std::string_view number_or_slug);  // "OH301" or "cfa-wrong"; null if unknown

}  // namespace objhound::oracle
