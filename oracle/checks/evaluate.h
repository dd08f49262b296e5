// Declared rules evaluated over a computed state: what an unwinder would get if it stopped here.
#pragma once

#include <optional>

#include "oracle/cfi/rows.h"
#include "oracle/frame/state.h"

namespace objhound::oracle {

// What the rule makes of this state at address `pc`; a correct CFA rule gives CFA + 0. Nothing if the rule cannot be
// evaluated (an operation that is not modelled).
std::optional<Value> evaluate_cfa(const CfaRule& rule, const State& state, const CfiTable& table, uint64_t pc);

// What an unwinder would restore as the caller's value of rule.of; a correct rule gives Entry(rule.of). The row's CFA
// must already be known to be right: offsets count from the true CFA.
std::optional<Value> evaluate_register(const RegisterRule& rule, const State& state, const CfiTable& table,
                                       uint64_t pc);

// The address that the rule loads the register from; nothing if it does not load it from memory, or if the address
// cannot be evaluated.
std::optional<Value> saved_at(const RegisterRule& rule, const State& state, const CfiTable& table, uint64_t pc);

}  // namespace objhound::oracle
