// What must be true at every instruction of the checked functions while they run, compiled to flat tables before the
// program starts: the claims of the computed state, the declared row that the checks hold against it, what the checks
// made of the two, and where control may go.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "oracle/checks/unwind.h"
#include "oracle/witness/placement.h"

namespace objhound::oracle::witness {

// Something that the checks concluded, as far as a run can contradict it.
enum class Conclusion : uint8_t {
  Right,   // true on every path
  Wrong,   // false on every path, and not by a value that may happen to be right
  Unsure,  // true on some paths, or not known
};

// One equation over the machine and the truth of the activation: `left` must have the value `right`.
struct Step {
  enum class Left : uint8_t { Register, SlotOfCfa, SlotOfBase, SlotOfRegister, Cfa, Expression, SlotOfExpression };
  enum class Right : uint8_t { Entry, Cfa, Base, Constant };
  Left left;
  Right right;
  Reg reg = kNoReg;    // Register, SlotOfRegister
  Reg entry = kNoReg;  // Right::Entry
  uint16_t base = 0;   // SlotOfBase: the dynamic base
  uint16_t right_base = 0;
  int64_t offset = 0;        // of the left side
  int64_t right_offset = 0;  // or the constant
  uint32_t expression = kNoIndex;
  bool of_state = false;  // a claim of the computed state
  // The declared row says the same: the register that its rule is about, kCfaRule for the CFA's, kNoReg: it does not.
  Reg rule = kNoReg;
  Conclusion row = Conclusion::Unsure;
};
inline constexpr Reg kCfaRule = 0xf0;

// All equations for one pair of state and row. Equal pairs share one.
struct Claims {
  RegSet needed = 0;        // registers that the equations read
  RegSet same = 0;          // registers for which the only thing to test is that they have their value from entry
  std::vector<Step> steps;  // all, those of `same` included
  std::vector<Step> rest;   // those that `same` does not cover
};

// How a family is left at an instruction.
struct ExitClaim {
  bool returns = false;  // else a jump to another function
  bool conditional = false;
  Reg through = kNoReg;  // the register that holds the return address where it is not on the stack
  Conclusion sp = Conclusion::Unsure, return_address = Conclusion::Unsure, registers = Conclusion::Unsure;
};

// What the run saw at one instruction; bits of Mismatch.
struct Mismatch {
  enum : uint8_t { Cfa = 1, ReturnAddress = 2, Register = 4, ExitSp = 8, ExitReturnAddress = 16, ExitRegister = 32 };
};

struct Expectation {
  uint32_t family;
  uint32_t insn;               // index in Cfg::insns
  uint32_t claims = kNoIndex;  // into Plan::claims(); kNoIndex: nothing reaches it, as far as is known
  uint32_t block = kNoIndex;
  uint32_t exit = kNoIndex;  // into Plan::exits()
  Flow flow = Flow::Next;
  uint8_t length = 0;
  bool entry = false;  // of the function
  bool block_start = false, block_end = false;
  bool rewritten = false;  // by the linker: what runs is not what was checked
  // Written by the run.
  uint8_t seen = 0;     // Mismatch
  bool tested = false;  // executed in an activation of which something is known
  uint64_t executed = 0;
};

struct PlannedFamily {
  const Cfg* cfg;
  const CfiTable* cfi;
  std::vector<std::string> range_names;  // by range: its function
  bool helper = false;                   // an outlined helper: runs in its caller's frame
  bool doubtful = false;                 // unproved: what is known of it may be wrong
};

// A stretch of checked code in the program.
struct PlannedRange {
  uint64_t begin, end;  // addresses
  unsigned step;        // bytes between places where an instruction may start
  uint32_t first;       // of its places in the table of places
  uint32_t family, range;
};

class Plan {
 public:
  explicit Plan(const Arch& arch) : arch_(arch) {}

  // A family as it was judged; returns its number, from 0. What `context` refers to must live as long as the plan.
  // Functions that are not in the program are counted and left out.
  uint32_t add(const FamilyContext& context, const FamilyResult& result, const Placement& placement);

  const Arch& arch() const { return arch_; }
  std::span<const PlannedRange> ranges() const { return ranges_; }  // disjoint, in no order
  // What is expected at an address in the range; null if no instruction of the graph starts there.
  Expectation* at(const PlannedRange& range, uint64_t address) {
    const uint32_t index = places_[range.first + (address - range.begin) / range.step];
    return index == kNoIndex ? nullptr : &expectations_[index];
  }
  // The same for a family's instruction; null if it is not in the program.
  const Expectation* of_insn(uint32_t family, uint32_t insn) const;
  std::span<const Expectation> expectations() const { return expectations_; }
  std::span<const Claims> claims() const { return claims_; }
  const ExitClaim& exit(uint32_t index) const { return exits_[index]; }
  const PlannedFamily& family(uint32_t index) const { return families_[index]; }
  uint32_t placed() const { return placed_; }          // functions
  uint32_t not_placed() const { return not_placed_; }  // functions
  // The function, and the offset from its start in bytes.
  std::pair<std::string, uint64_t> place_of(uint32_t family, uint32_t insn) const;

 private:
  bool add_range(uint32_t family, uint32_t range, const FamilyContext& context, const Placement& placement);
  void add_block(uint32_t family, uint32_t block, const State* entry, const FamilyContext& context, Transfer& transfer,
                 UnwindCheck& rows);
  uint32_t intern(Claims claims, uint32_t family);

  const Arch& arch_;
  std::vector<PlannedFamily> families_;
  std::vector<PlannedRange> ranges_;
  std::map<uint64_t, uint64_t> taken_;  // begin to end of the ranges
  std::vector<uint32_t> places_;        // index of the expectation, or kNoIndex
  std::vector<Expectation> expectations_;
  std::vector<Claims> claims_;
  std::map<std::string, uint32_t> interned_;  // by the bytes of the equations
  std::vector<ExitClaim> exits_;
  std::vector<std::vector<uint32_t>> by_insn_;  // by family, by instruction: its expectation or kNoIndex
  uint32_t placed_ = 0, not_placed_ = 0;
};

// The equations of one state and the row that is held against it (null: none). `pc`: the instruction's address in its
// own file.
Claims make_claims(const FamilyContext& context, const State& state, const Row* row, uint64_t pc);

}  // namespace objhound::oracle::witness
