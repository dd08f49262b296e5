// Swarm testing: what a random generator leaves out matters as much as what it puts in.
//
// A generator with every feature on writes programs in which features drown each other: with pointers everywhere,
// nothing is ever promoted to a register and half of the optimiser sleeps. Swarm testing (Groce, Zhang, Eide, Chen,
// Regehr, ISSTA 2012) turns each feature on or off by a fair coin, anew for every test. A Draw is that coin: a fixed
// generator of our own, so that a seed means the same program on every machine and with every standard library.
#pragma once

#include <cstdint>

namespace objhound::generator {

// splitmix64 (Steele, Lea, Flood, OOPSLA 2014): a counter through a bijective mixer. Any state is a good state, so
// neighbouring seeds give unrelated draws.
class Draw {
 public:
  explicit Draw(uint64_t seed) : state_(seed) {}

  uint64_t next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  // Uniform in [low, high], both included. Multiply-shift; its bias is below 2^-32 for our small ranges.
  uint64_t between(uint64_t low, uint64_t high) { return low + (((next() >> 32) * (high - low + 1)) >> 32); }
  bool coin() { return next() >> 63; }

 private:
  uint64_t state_;
};

}  // namespace objhound::generator
