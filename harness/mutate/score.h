// Counts and survivors: what a run of planted faults comes to, for people and for programs.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "harness/mutate/operators.h"

namespace objhound::harness::mutation {

enum class Fate : uint8_t {
  Rejected,       // the assembler does not take it: nobody needs an oracle for that
  Equivalent,     // breaks nothing, by one of the arguments of equivalence.h
  Killed,         // the mutated function, or a fragment of it, has a violation
  Suspected,      // no violation, but a suspect finding that the original does not have, and no proof
  Unproved,       // no violation and no suspect, but no proof either: not a kill
  Survived,       // proved, though a fault was planted
  Contradiction,  // recognised as breaking nothing, and found violating: one of the two is wrong
  Failed,         // ours: no disk, a time limit
};

// What became of one mutant.
struct Trial {
  Fate fate = Fate::Failed;
  std::string why;  // the argument, the rule that was broken, the reason, or what failed
  bool objtool_asked = false;
  bool objtool_killed = false;
};

struct Tally {
  uint64_t planted = 0, rejected = 0, equivalent = 0, unproved = 0, suspected = 0, killed = 0, survived = 0,
           contradictions = 0, failed = 0, objtool_asked = 0, objtool_killed = 0;
  void add(const Trial& trial);
  void add(const Tally& other);
  // What an oracle could have found: neither rejected nor equivalent.
  uint64_t counted() const { return unproved + suspected + killed + survived; }
};

// A mutant that nobody killed, with what is needed to look at it.
struct Remark {
  Fate fate;
  std::string why;
  std::string arch, compiler, source, function, id;
  std::vector<std::string> before, after;  // lines
  std::string command;                     // plants it again
};

struct Key {
  std::string arch, compiler, op, directive;
  friend auto operator<=>(const Key&, const Key&) = default;
};

struct Score {
  std::map<Key, Tally> tallies;
  std::map<std::string, uint64_t> arguments;  // of equivalent mutants
  std::map<std::string, uint64_t> rules;      // that killed
  std::vector<Remark> remarks;                // survivors, suspected, unproved, contradictions, failures
  std::vector<std::string> notes;             // lines: what was left out, and why
  uint64_t compilations = 0;
  uint64_t functions = 0, functions_left_out = 0;  // families that faults were planted into; that are not proved
};

std::string to_text(const Score& score);
std::string to_json(const Score& score);

}  // namespace objhound::harness::mutation
