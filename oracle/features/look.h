// What the parts of a look at one family share. Private to oracle/features.
#pragma once

#include <bitset>
#include <cstdint>
#include <vector>

#include "oracle/checks/family.h"
#include "oracle/features/closed.h"
#include "oracle/features/stack_state.h"
#include "oracle/features/vocabulary.h"

namespace objhound::oracle {

// Of a reached block.
struct BlockFrame {
  StackState entry, exit;   // exit: before the call that the block may end in
  CfaBy cfa = CfaBy::None;  // of the row at the block's first instruction
  bool reached = false;
};

struct Look {
  const FamilyContext& context;
  const FamilyResult& result;
  Vocabulary& vocabulary;
  std::vector<BlockFrame> blocks{};
  std::bitset<kPreconditions> preconditions{};
  std::bitset<kFrameTraits> frame{};
  std::bitset<kWays> ways{};

  void met(Precondition precondition) { preconditions.set(static_cast<size_t>(precondition)); }
  void met(FrameTrait trait) { frame.set(static_cast<size_t>(trait)); }
  void met(Way way) { ways.set(static_cast<size_t>(way)); }
};

void look_at_control(Look& look);  // control.cc; when the blocks' frames are known
void look_at_tables(Look& look);   // tables.cc; the same
void look_at_unwind(Look& look);   // unwind_sequences.cc

// Numbers into one, for equal ones equal.
class Mix {
 public:
  Mix& add(uint64_t value) {
    value_ = (value_ ^ value) * 0x9fb21c651e98df25ULL;
    value_ ^= value_ >> 32;
    return *this;
  }
  uint64_t value() const { return value_; }

 private:
  uint64_t value_ = 0xcbf29ce484222325ULL;
};

}  // namespace objhound::oracle
