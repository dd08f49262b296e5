// What class of micro-operation an instruction's operations are of: the operation, with roles in the place of
// registers. Only those that have to do with the stack, with registers that a caller wants back, or with control: what
// computes values of the program is the same in every frame.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "oracle/decode/decoder.h"

namespace objhound::oracle {

class OpClasses {
 public:
  explicit OpClasses(const Decoder& decoder) : decoder_(decoder) {}

  struct Of {
    std::span<const uint32_t> classes;  // kBits each
    bool frame_event = false;           // it may save, restore or move what a frame consists of
  };
  // Of an instruction of the decoder.
  Of of(uint32_t insn) {
    if (insn >= known_.size() || !known_[insn].known) learn(insn);
    const Entry& entry = known_[insn];
    return {std::span(classes_).subspan(entry.first, entry.count), entry.frame_event};
  }

  static constexpr unsigned kBits = 17;
  static std::string text(uint32_t op_class);

 private:
  struct Entry {
    uint32_t first = 0;
    uint16_t count = 0;
    bool known = false;
    bool frame_event = false;
  };
  void learn(uint32_t insn);

  const Decoder& decoder_;
  std::vector<Entry> known_;  // by instruction of the decoder
  std::vector<uint32_t> classes_;
};

}  // namespace objhound::oracle
