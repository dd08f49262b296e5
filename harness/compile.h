// Calling a compiler, and telling what its failure means.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/config.h"
#include "harness/matrix.h"
#include "harness/process.h"
#include "harness/workdir.h"
#include "results/records.h"

namespace objhound::harness {

struct Diagnosis {
  results::Outcome outcome = results::Outcome::Ok;
  std::string detail;    // one line; empty if ok
  bool stopped = false;  // by us: there is no outcome
};

// From how a compiler ended and what it said:
//   Crashed      an internal compiler error, a failed assertion, or a signal; detail is its signature (crash_signature)
//   Hung         a time limit; detail says which
//   OutOfMemory  it said so, or the kernel killed it
//   OurFailure   it could not be started, the disk is full, there is no object
//   Rejected     any other failure; detail is the first error without its place
Diagnosis classify(const ProcessResult& result);

// What stays the same when the same bug strikes again: the text of the assertion or of the internal compiler error,
// without line numbers, addresses and names of the program's own; if there is none, the first frames of the stack.
std::string crash_signature(std::string_view messages);

// Of what the preprocessor makes of a C file, ".i"; of any other source, which is C++, ".ii". Drivers go by it too.
std::string_view preprocessed_extension(std::string_view source);

struct CompileResult {
  Diagnosis diagnosis;
  double seconds = 0;  // wall
  double cpu_seconds = 0;
  std::string object;  // the bytes, if ok
};

// Calls compilers for one worker; not for several threads at once.
//
// A program is run through the preprocessor once for each compiler and compiled from the result at all levels. The
// preprocessor is not told the level: __OPTIMIZE__ is then undefined at all of them, which costs glibc's headers some
// inline functions, and in exchange all levels see the very same tokens. Flag sets do not reach the preprocessor
// either; flags that change what a program says belong to the compiler's own.
class CompilerDriver {
 public:
  CompilerDriver(const Config& config, ProcessRunner& runner, const WorkDir& work, unsigned worker);

  // `source` to `output`. Seconds and diagnosis; no object.
  CompileResult preprocess(const Compiler& compiler, const std::string& source,
                           const std::vector<std::string>& include_directories, const std::string& output);
  // The trivial program of flags/acceptance.h. `strict`: warnings (of flags without effect) count,
  // and no assembler is called. No object.
  CompileResult try_flags(const Compiler& compiler, const std::vector<std::string>& flags, bool strict = false);
  // From the preprocessor's output to the bytes of an object, in the language that its extension tells.
  CompileResult compile(const Compiler& compiler, const Configuration& configuration, const std::string& preprocessed);
  // The same from a source file, whose language its extension says; relative to the worker's directory.
  CompileResult compile_source(const Compiler& compiler, const Configuration& configuration, const std::string& source);

 private:
  CompileResult run(std::vector<std::string> argv);
  CompileResult make_object(const Compiler& compiler, const Configuration& configuration,
                            const std::vector<std::string>& input);

  ProcessRunner& runner_;
  const WorkDir& work_;
  const unsigned worker_;
  Limits limits_;
  std::string directory_, tmp_;  // compilers put their own temporary files into tmp_
};

}  // namespace objhound::harness
