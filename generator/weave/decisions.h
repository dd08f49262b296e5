// A program is a string of decisions. The generator asks "which of these n?", and what answers is a seed, a byte
// string, or first the one and then the other; whatever was answered is recorded, so that any program that was ever
// written is a byte string, and is written again from it.
//
// Decisions form a tree as the program does: each part (a function, a statement) draws from bytes of its own, and a
// part that needs more or fewer of them than before shifts nothing of what comes behind it. So a byte that changes
// changes the program where it stands, and a part can be taken from one program and put into another (parametric
// generators with a flat string have neither property: Padhye et al., "Semantic Fuzzing with Zest", ISSTA 2019, and the
// later work on structure-preserving mutation of such strings).
//
// 0 is the simplest answer. A byte string that is too short goes on with zeros: less string, less program.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/swarm.h"

namespace objhound::generator::weave {

struct Part {
  std::vector<uint8_t> own;  // what the part itself decides
  std::vector<Part> parts;   // in the order in which they are entered
  friend bool operator==(const Part&, const Part&) = default;
};

// The byte string of a tree, and back. Reading takes every string: what is cut short or too deep is left out.
std::vector<uint8_t> to_bytes(const Part& root);
Part from_bytes(std::span<const uint8_t> bytes);
// The byte string in hexadecimal digits, for a command line; and back: nothing if it is not that.
std::string to_hex(const Part& root);
std::optional<Part> from_hex(std::string_view digits);

class Decisions {
 public:
  // All from the seed.
  explicit Decisions(uint64_t seed) : draw_(Draw(seed)), open_{{&root_, 0, 0}} {}
  // From the tree, and zeros behind it.
  explicit Decisions(Part given) : given_(std::move(given)), open_{{&root_, 0, 0, &given_}} {}
  Decisions(const Decisions&) = delete;
  Decisions& operator=(const Decisions&) = delete;

  // One of 0 .. n - 1; n is at least 1. One byte for up to 256 choices, two for up to 65,536, else four.
  uint32_t below(uint32_t n);
  // In [low, high], both included.
  int64_t between(int64_t low, int64_t high) { return low + below(static_cast<uint32_t>(high - low + 1)); }
  // False is the simple answer.
  bool one_in(uint32_t n) { return below(n) == n - 1 && n > 1; }
  bool coin() { return below(2) == 1; }
  // 64 bits.
  uint64_t word();

  // What `write` decides is a part of its own.
  template <typename Write>
  void part(const Write& write) {
    enter();
    write();
    open_.pop_back();
  }

  // What was decided. It gives the same program again; what of the given tree was not asked for is not in it.
  const Part& taken() const { return root_; }

 private:
  struct Open {
    Part* part;
    size_t next_byte;
    size_t next_part;
    const Part* given = nullptr;
  };
  void enter();
  uint8_t byte();

  std::optional<Draw> draw_;
  Part given_;
  Part root_;
  std::vector<Open> open_;  // from the root to the part at hand
};

}  // namespace objhound::generator::weave
