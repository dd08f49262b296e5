#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "harness/compile.h"
#include "harness/recorder.h"

namespace objhound::harness {

// A program whose compilations are under way. Shared by the workers that compile it.
struct OpenProgram {
  OpenProgram(size_t compilers, size_t configurations) : preprocessed(compilers), unfinished(configurations) {}

  struct Preprocessed {
    std::once_flag once;
    std::string path;
    Diagnosis diagnosis;
  };

  uint64_t seed = 0;
  std::string source;  // path
  std::vector<std::string> include_directories;
  std::vector<Preprocessed> preprocessed;  // by compiler
  std::atomic<size_t> unfinished;          // the last one removes the files
  std::shared_ptr<ProgramRow> row = std::make_shared<ProgramRow>();
};

}  // namespace objhound::harness
