// The flag swarm: beside the fixed matrix, every program is compiled a few times with flags that nobody has chosen.
//
// A draw is a compiler, a level and a handful of flags of the catalogue. It follows from the program's seed, the draw's
// number and the catalogue alone, so a campaign that was killed draws the same again. Which compilers: those of the
// matrix each for themselves, and of the other versions that are installed beside them one in turn.
//
// Combinations that a compiler refuses are learnt: the smallest part of the flags that it does not take is left out of
// this draw and of all later ones. What it refuses only for this program is an outcome of the compiler, as ever.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "harness/config.h"
#include "harness/flags/acceptance.h"
#include "harness/flags/draw.h"
#include "harness/matrix.h"
#include "results/records.h"

namespace objhound::harness {

// Whether flags may be to blame for what came of a compilation with them. Options behind -mllvm are for LLVM's own
// developers: it refuses some of them by crashing ("error in backend: Must use fast (default) register allocator").
bool is_refusal(results::Outcome outcome, const results::ConfigurationRecord& with);

class Swarm {
 public:
  // Both must outlive it.
  Swarm(const Config& config, const Matrix& matrix);

  // How many draws a program has; 0: there is no swarm. They are numbered from 0.
  size_t draws() const { return rows_.size(); }

  // What the draw comes to, as far as it is known what its compiler refuses. `careful`: without flags that make
  // compilers refuse some correct programs. Safe from several threads.
  struct Drawn {
    Configuration configuration;
    std::vector<Unit> units;
    bool daring = false;  // has such flags
  };
  Drawn draw(uint64_t seed, size_t number, bool careful = false) const;

  // After a compiler has refused a draw: is it the flags? Asks the compiler about a trivial program. If so, draw()
  // knows from now on, and what was learnt is returned; it is to be stored.
  std::optional<results::RefusedFlags> learn(const Drawn& drawn, const AskCompiler& ask);
  // What was learnt in earlier runs. Of other compilers than the matrix has it is of no use, and no harm.
  void remember(const std::vector<results::RefusedFlags>& refused);

 private:
  struct Row {  // a draw's number: whose turn it is
    std::vector<size_t> compilers;
    uint64_t turn = 0;
  };
  size_t compiler_of(uint64_t seed, const Row& row) const;

  const Matrix& matrix_;
  const Catalogue* catalogue_ = nullptr;
  std::vector<Row> rows_;
  std::vector<std::optional<CompilerKind>> kinds_;  // by compiler
  mutable std::mutex mutex_;
  std::vector<Culprits> culprits_;  // by compiler
};

}  // namespace objhound::harness
