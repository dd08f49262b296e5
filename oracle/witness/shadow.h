// The shadow call stack of a running program, and the test of every claim at every instruction that it executes.
//
// The truth comes from the run alone. A function begins where control arrives at its entry, by call or by tail call:
// SP, the return address and the callee-saved registers are then what they must be for the caller, and are noted. What
// the run does not show is not needed: code that is not checked (the C library) runs unwatched between two watched
// instructions, so that a watched instruction that does not follow from the one before it means that a call returned,
// that unwatched code called back, or that the stack was unwound (longjmp, an exception). SP tells which activations
// are still there: it never stands above its value at entry while an activation lives.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "oracle/witness/plan.h"
#include "oracle/witness/program.h"

namespace objhound::oracle::witness {

// The checks and the run say different things: one of the two is wrong, and both are ours.
struct Contradiction {
  uint32_t family = 0;
  uint32_t insn = 0;  // index in Cfg::insns, or kNoIndex
  uint64_t address = 0;
  std::string what;
  uint64_t count = 1;  // how often it was seen
};

class Shadow {
 public:
  Shadow(Program& program, const Target& target, Plan& plan);

  // Watches all ranges of the plan. False if the emulator refuses.
  bool attach();

  const std::vector<Contradiction>& contradictions() const { return contradictions_; }
  uint64_t instructions() const { return instructions_; }  // watched and executed
  uint64_t activations() const { return activations_; }
  uint64_t doubted() const { return doubted_; }      // claims that failed in functions that are unproved anyway
  uint64_t unchecked() const { return unchecked_; }  // instructions executed in activations that nothing is known of

 private:
  struct Activation {
    uint32_t family = 0;
    uint64_t cfa = 0;
    uint64_t entry_sp = 0;
    bool unchecked = false;  // begun in the middle, or something under it broke the ABI
    bool left = false;       // by a jump to elsewhere
    bool resumed = false;    // by longjmp or an exception: constants may be those of another path
    bool jumped = false;     // an outlined helper that its caller jumped to
    std::array<uint64_t, kMaxRegs> entry{};
  };
  struct Batch {  // of registers, for one read
    std::vector<int> unicorn;
    std::vector<void*> places;
  };
  using Values = std::array<uint64_t, kMaxRegs>;

  static void on_instruction(uc_struct*, uint64_t address, uint32_t size, void* self);
  const PlannedRange* range_at(uint64_t address);
  void at(const PlannedRange& range, uint64_t address);
  void arrive(const Expectation& here, uint64_t address);
  void begin_activation(const Expectation& here, uint64_t address);
  void resume(const Expectation& here, uint64_t sp);
  bool follows_inside(const Expectation& here) const;
  void check_edge(const Expectation& here, uint64_t address);
  void off_the_graph(const PlannedRange& range, uint64_t address);
  void check_claims(Expectation& here, uint64_t address);
  void check_exit(Expectation& here, uint64_t address);
  void leave(Expectation& here);
  uint8_t exit_mismatch(const ExitClaim& claim, const Activation& activation);
  void judge_exit(Expectation& here, uint64_t address, const ExitClaim& claim, uint8_t mismatch);

  const Batch& batch(RegSet set);
  void read(RegSet set);
  uint64_t read_sp();
  RegSet at_borders() const { return arch_.callee_saved | reg_bit(arch_.sp) | reg_bit(arch_.return_address); }
  bool left_side(const Step& step, const Activation& activation, uint64_t& value);
  bool right_side(const Step& step, const Activation& activation, uint64_t& value);
  bool run_expression(const PlannedFamily& family, const Step& step, const Activation& activation, uint64_t& value);
  bool holds(const Step& step, const Activation& activation);
  void judge(Expectation& here, uint64_t address, const Claims& claims);
  std::string step_text(const Step& step, const Activation& activation);
  void contradict(const Expectation& here, uint64_t address, std::string what);
  void contradict_at(uint32_t family, uint32_t insn, uint64_t address, std::string what, bool doubtful);

  Program& program_;
  const Target& target_;
  Plan& plan_;
  const Arch& arch_;
  std::vector<int> unicorn_;             // register numbers by Reg; -1: none
  std::vector<PlannedRange> ranges_;     // ascending
  const PlannedRange* range_ = nullptr;  // where the last instruction was
  std::vector<std::pair<RegSet, Batch>> batches_;
  std::vector<uint32_t> batch_of_claims_;
  Values values_{};
  std::vector<std::pair<uint16_t, uint64_t>> bases_;  // what dynamic bases are, in the equations at hand

  std::vector<Activation> stack_;
  Expectation* last_ = nullptr;  // the last watched instruction
  uint64_t last_address_ = 0;
  bool pending_ = false;  // last_ may jump out: what would be wrong then
  uint8_t pending_mismatch_ = 0;

  std::vector<Contradiction> contradictions_;
  uint64_t instructions_ = 0, activations_ = 0, doubted_ = 0, unchecked_ = 0;
};

}  // namespace objhound::oracle::witness
