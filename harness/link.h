// From sources and objects to one static program that can be run: each C file is compiled as it is told, and all of it
// is linked by a compiler for the objects' machine.
//
// Static and with fixed addresses (-static -no-pie): the program then is one file, and its code lies where its symbols
// say. Code that was compiled as position independent links so as well.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "harness/config.h"
#include "harness/process.h"
#include "harness/workdir.h"

namespace objhound::harness {

struct LinkOptions {
  std::vector<std::string> files;  // C sources, relocatable objects, or one static executable
  std::string compiler;            // command line for sources: "gcc-12 -O2"; empty: the configuration's first, at -O2
  std::string linker;              // command line; empty: the configuration's first for the objects' machine
};

struct LinkedFile {
  std::string name;  // as the user knows it
  std::string bytes;
};

struct LinkedProgram {
  std::vector<LinkedFile> objects;  // none if an executable was given
  LinkedFile program;
  std::optional<std::string> flags;  // that all sources were compiled with; none if there were no sources
};

// What went wrong is one line for people: the file, and what the compiler or linker said of it.
tl::expected<LinkedProgram, std::string> link_program(const LinkOptions& options, const Config& config,
                                                      ProcessRunner& runner, const WorkDir& work);

}  // namespace objhound::harness
