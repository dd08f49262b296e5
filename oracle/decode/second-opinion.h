// Capstone beside LLVM: an independent decoder of the same bytes. A mistake that both make is unlikely; one that only
// one of them makes is found the first time the bytes are seen (OH105).
//
// What is compared is what control flow rests on: whether there is an instruction, how long it is, and whether it is
// a call, a jump or a return.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "oracle/arch.h"

struct cs_insn;

namespace objhound::oracle {

enum class InsnClass : uint8_t { Plain, Jump, Call, Return };

struct Opinion {
  size_t length = 0;  // bytes; 0 if there is no instruction
  InsnClass insn_class = InsnClass::Plain;
};

class SecondOpinion {
 public:
  // The architecture must have capstone_arch >= 0. If Capstone was built without it, every opinion is "no
  // instruction" and available() is false.
  explicit SecondOpinion(const Arch& arch);
  ~SecondOpinion();
  SecondOpinion(const SecondOpinion&) = delete;
  SecondOpinion& operator=(const SecondOpinion&) = delete;

  bool available() const { return insn_ != nullptr; }
  Opinion ask(std::span<const uint8_t> bytes) const;
  std::string describe(std::span<const uint8_t> bytes) const;

 private:
  bool decode(std::span<const uint8_t> bytes) const;

  size_t handle_ = 0;
  ::cs_insn* insn_ = nullptr;
};

}  // namespace objhound::oracle
