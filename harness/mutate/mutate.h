// `objhound mutate`: the oracle's own measure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace objhound::harness {

struct MutateOptions {
  std::vector<std::string> files;      // .c, .i or .s; beside the generator's programs
  std::string seeds;                   // of the generator: "A..B"; empty: 1..3 if there are no files, else none
  std::string generator;               // overrides the configuration's
  std::string config;                  // file; empty: ./objhound.toml, else the built-in one
  std::vector<std::string> compilers;  // "gcc-12 -O2", a configured name or a program; empty: all configured
  std::vector<std::string> operators;  // empty: all
  std::string only;                    // the id of one mutant
  std::string keep;                    // a directory for original.s, mutant.s and mutant.o of that one
  std::string format = "text";
  std::string objtool;  // the program; empty: without it
  size_t most = 4;      // mutants of each operator (and directive) in each compilation; 0: all
  uint64_t seed = 1;    // chooses them
  unsigned jobs = 0;    // 0: one for each core
};
// Exit status: 0 all killed, 1 survivors, unproved mutants or contradictions, 2 wrong usage or input, 3 internal error.
int mutate(const MutateOptions& options);
// What stands below the options: the operators, examples, the exit status.
std::string mutate_footer();

inline constexpr const char* kObjtool = "/usr/lib/linux-kbuild-6.1/tools/objtool/objtool";

}  // namespace objhound::harness
