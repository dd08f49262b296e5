// The dynamic witness: runs a program that was linked from checked objects, and holds what the checks said against what
// happens. The run knows the true CFA, return address and callee-saved registers of every activation; at every
// instruction of the checked functions the computed state and the declared row must recover them.
//
// After Bastian, Kell and Zappa Nardelli, "Reliable and Fast DWARF-Based Stack Unwinding" (OOPSLA 2019), whose
// eh_frame validator does this for declared rows on x86-64. Here the computed states are tested as well, so that a run
// is a test of the checks themselves.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "oracle/error.h"
#include "oracle/witness/plan.h"
#include "oracle/witness/program.h"
#include "oracle/witness/shadow.h"

namespace objhound::oracle::witness {

struct Run {
  Ending ending;
  std::string output;              // what the program wrote, as far as it is kept
  std::vector<std::string> notes;  // what could not be done for it
  uint64_t instructions = 0;       // of checked functions, executed
  uint64_t counted = 0;            // against the limit: these, and basic blocks elsewhere
  uint64_t activations = 0;        // of checked functions
  uint64_t unchecked = 0;          // of the instructions: executed where nothing is known of the activation
  uint64_t doubted = 0;            // claims about unproved functions that did not hold
  std::vector<Contradiction> contradictions;
};

// Runs `executable`, the bytes of a static program that `plan` is for, to its end or to a limit. What was seen at each
// instruction is left in the plan. Fails if the program cannot be started.
Result<Run> run(const std::string& name, std::span<const uint8_t> executable, Plan& plan, const RunLimits& limits);

}  // namespace objhound::oracle::witness
