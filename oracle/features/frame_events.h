// Prologues and epilogues: what the instructions of a block do to the frame, one behind the other. An event is told by
// its effect on the state, not by the instruction: a push and a store that moves SP are the same.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "oracle/features/look.h"

namespace objhound::oracle {

class FrameEvents {
 public:
  explicit FrameEvents(Look& look) : look_(look) {}
  void begin_block() { events_.clear(); }
  // An instruction that may be one (OpClasses::Of::frame_event): what is known before it, then the state behind it.
  void before(const State& state);
  void after(uint32_t insn, const State& state);
  void end_block(uint32_t block);
  // Registers that some block of the family has saved.
  RegSet saved() const { return saved_; }

 private:
  enum class Kind : uint8_t {
    SpDown,
    SpUp,
    SpAligned,
    SpMoved,
    SpBack,  // from a dynamic place to one at a known distance
    SaveRegister,
    SaveFp,
    SaveLink,
    RestoreRegister,
    RestoreFp,
    RestoreLink,
    SetFp,
    Sign,
    Authenticate,
    Touch,
  };
  static bool takes_down(Kind kind) {
    return kind == Kind::SpUp || kind == Kind::SpBack || kind == Kind::RestoreRegister || kind == Kind::RestoreFp ||
           kind == Kind::RestoreLink || kind == Kind::Authenticate;
  }
  void note(Kind kind, unsigned detail = 0) {
    constexpr size_t kMost = 64;
    if (events_.size() < kMost) events_.push_back(static_cast<uint8_t>(static_cast<unsigned>(kind) | detail << 4));
  }
  void note_sp(Value sp);
  static std::string text(std::span<const uint8_t> events);

  Look& look_;
  std::vector<uint8_t> events_;  // of the block: kind in the low four bits, extent above
  Value sp_, fp_;                // before the instruction
  RegSet intact_ = 0;
  RegSet saved_ = 0;
  bool made_ = false;  // a block has made a frame
};

}  // namespace objhound::oracle
