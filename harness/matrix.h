// The compile matrix: what the configuration asks for, as far as the compilers of this machine can do it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/config.h"
#include "harness/process.h"
#include "harness/workdir.h"
#include "results/records.h"

namespace objhound::harness {

// One way to compile: a compiler, a level, a flag set.
struct Configuration {
  size_t compiler = 0;             // index in Matrix::compilers
  size_t level = 0;                // index in its levels
  size_t flag_set = 0;             // 0: "default"; others count the compiler's other sets from 1
  std::vector<std::string> flags;  // in order, without input and output
  results::ConfigurationRecord record;
};

struct Compiler {
  CompilerConfig config;    // as configured, without the flag sets that it does not know
  std::string version;      // first line of --version
  bool swarm_only = false;  // no part of the matrix: only drawn flags are compiled with it
};

struct Matrix {
  std::vector<Compiler> compilers;
  std::vector<Configuration> configurations;  // by compiler, then level, then flag set
  std::vector<std::string> notes;             // lines: what is missing or was left out, and why
  bool rotate = true;

  // Which configurations a program is compiled with, as indices, ascending. With rotation, a compiler's default set
  // at every level, and at level l the other set number (seed + l) modulo their count: every program meets every
  // set, and every set meets every level.
  std::vector<size_t> for_seed(uint64_t seed) const;
};

// The other versions of a configured compiler that PATH has ("gcc-11" beside "gcc-12"), as far as the catalogue of
// flags was written for them, stand behind the configured ones as `swarm_only` if the configuration wants a swarm with
// them.
//
// Asks every compiler for its version and compiles a line with each of its levels and flag sets. A compiler that is
// missing, or whose objects are for another architecture than configured, is left out with a note; so are a level and
// a flag set that it refuses.
Matrix probe(const Config& config, ProcessRunner& runner, const WorkDir& work);

// For people: one line for each compiler, and how many compilations a program takes.
std::string to_text(const Matrix& matrix);

}  // namespace objhound::harness
