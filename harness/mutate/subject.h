// One assembly file that faults are planted into: its lines, the object that it gives, and what the oracle's lift and
// the declared rows say of every instruction.
//
// Where to plant which fault is read from micro-operations and from the computed states of the *original*, and only in
// functions that the original proves. That is not circular: in a proved function every callee-saved register is back at
// every return, so each instruction that brings one back has been seen; what a planted fault does is not asked here.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "harness/mutate/listing.h"
#include "oracle/cfg/cfg.h"
#include "oracle/cfi/rows.h"
#include "oracle/decode/decoder.h"
#include "oracle/frame/interpreter.h"
#include "oracle/report.h"
#include "oracle/rules/contract.h"

namespace objhound::harness::mutation {

// What is known of one instruction of a family before any fault is planted.
struct InsnFacts {
  bool reachable = false;
  oracle::RegSet saves = 0;     // registers that it stores into the frame while they hold the caller's value
  oracle::RegSet restores = 0;  // registers that it brings back
  bool stores_constant = false;
  bool loads = false;
  bool moves_sp = false;
  int64_t sp_delta = 0;           // bytes, if SP moves by a constant
  bool sp_given = false;          // SP gets the value of another register
  std::optional<int64_t> offset;  // bytes: the constant in the address of a save or restore that does not move SP
  bool call = false;
  bool leaves = false;  // a return or a tail call
  bool returns = false;
  bool link_saved = false;    // before it: some slot holds the return address
  bool as_at_entry = false;   // before it: SP and the return address are where they were at entry
  oracle::RegSet intact = 0;  // before it: callee-saved registers that hold the caller's value; with the link register
  const oracle::Row* row = nullptr;
};

struct Family {
  const oracle::Cfg* cfg = nullptr;
  std::string name;              // the parent's
  bool proved = false;           // with its fragments
  std::vector<InsnFacts> facts;  // as Cfg::insns; empty if not proved
  oracle::RegSet touched = 0;    // callee-saved registers that some instruction writes
};

class Subject {
 public:
  // `object` and `marked` are what the assembler makes of the text and of Listing::with_symbols(); `report` is what the
  // oracle says of the object. Fails with a line for people if the two objects do not hold the same code.
  static tl::expected<std::unique_ptr<Subject>, std::string> make(Listing listing, const std::string& object,
                                                                  const std::string& marked,
                                                                  const oracle::FileReport& report,
                                                                  const std::string& flags);

  const oracle::Arch& arch() const { return object.arch(); }
  // The family and instruction that a line stands for; null and kNoIndex where it is none.
  const Family* family_of(const Line& line) const;
  uint32_t insn_of(const Family& family, const Line& line) const;
  // The facts of the instruction of a line in a proved family; null otherwise.
  const InsnFacts* facts_of(const Line& line) const;
  // Whether the function is the family's parent or a fragment of it.
  bool belongs(const Family& family, std::string_view function) const;

  Listing listing;
  oracle::ObjectFile object;
  std::string bytes;  // of the object
  oracle::Decoder decoder;
  oracle::CfiTable cfi;
  oracle::Contract contract;
  std::vector<oracle::Cfg> cfgs;
  std::vector<Family> families;  // as cfgs

 private:
  Subject(Listing text, oracle::ObjectFile file, std::string raw, const std::string& flags);
  void describe(Family& family);
  void describe_insn(const Family& family, const oracle::State& before, const oracle::State& after, uint32_t insn,
                     InsnFacts& facts) const;
};

}  // namespace objhound::harness::mutation
