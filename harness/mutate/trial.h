// Assembling, checking and comparing one mutant after the other.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "harness/mutate/score.h"
#include "harness/process.h"
#include "harness/workdir.h"
#include "oracle/oracle.h"

namespace objhound::harness::mutation {

// A compiler's command line, without input and output.
struct CompileCommand {
  std::string name;               // "gcc-12 -O2": in reports, and for --compiler
  std::vector<std::string> argv;  // "aarch64-linux-gnu-gcc-12", "-O2"
  std::string flags() const;      // argv as one string: what the contract is read from
};

// Where a worker's compilers and assemblers run.
class Bench {
 public:
  Bench(ProcessRunner& runner, const WorkDir& work, unsigned worker, const Limits& limits = {})
      : runner_(runner), work_(work), worker_(worker), limits_(limits) {}

  // C to assembly. Fails with what the compiler says first.
  tl::expected<std::string, std::string> compile(const CompileCommand& command, const std::string& source,
                                                 const std::vector<std::string>& include_directories);
  // Assembly to an object's bytes, with the compiler as the driver.
  tl::expected<std::string, std::string> assemble(const CompileCommand& command, const std::string& text);
  // How many warnings `objtool --orc --dry-run` has about the object.
  tl::expected<size_t, std::string> objtool_warnings(const std::string& program, const std::string& object);

 private:
  std::string file(const std::string& name) const { return work_.worker_directory(worker_) + "/" + name; }
  ProcessResult run(std::vector<std::string> argv);

  ProcessRunner& runner_;
  const WorkDir& work_;
  const unsigned worker_;
  const Limits limits_;  // of each child
};

// Asked about mutants of objects that it has nothing to say of; any warning is a kill.
struct Objtool {
  std::string program;  // empty: not asked
};

Trial try_mutant(const Subject& subject, const Mutant& mutant, const CompileCommand& command, Bench& bench,
                 oracle::Oracle& oracle, const Objtool& objtool);

}  // namespace objhound::harness::mutation
