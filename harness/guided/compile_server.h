// Compilers that are already started.
//
// A third of the time of a small compilation is spent before the compiler's main(): Clang binds two libraries of 100
// MB. So a compiler is started once, stops there (preload.cc), and from then on each compilation is a fork. What is
// called is what the driver would call, word by word, as it says itself with -###. Whether that gives the very object
// that the driver gives is tried for each configuration before it is relied on; and what fails this way is done once
// more in the ordinary way, so that no outcome is ever this shortcut's.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/compile.h"
#include "harness/guided/companion.h"
#include "harness/matrix.h"

namespace objhound::harness {

// The processes that a driver starts to make an object of a C file: a compiler, and perhaps an assembler. argv of each.
using CallPlan = std::vector<std::vector<std::string>>;

inline constexpr const char* kPlanSource = "program.c";  // all in the working directory
inline constexpr const char* kPlanAssembly = "program.s";
inline constexpr const char* kPlanObject = "program.o";

// From what a driver prints for `-### -c program.c -o program.o`. The file between compiler and assembler, which has
// another name each time, becomes kPlanAssembly. Nothing if it is not understood.
std::optional<CallPlan> plan_from(std::string_view printed);

// Which configurations can be compiled by a plan, and by which; found out as they are needed. For all threads.
class CallPlans {
 public:
  explicit CallPlans(size_t configurations) : states_(configurations) {}

  enum class Trust : uint8_t { Unknown, Tried, Refused };
  struct State {
    Trust trust = Trust::Unknown;
    std::optional<CallPlan> plan;
  };
  State of(size_t configuration) const;
  void set(size_t configuration, State state);
  // How many configurations have a plan that was tried, and how many were refused one.
  std::pair<size_t, size_t> count() const;

 private:
  mutable std::mutex mutex_;
  std::vector<State> states_;
};

// Compiles for one worker, in its directory; not for several threads at once.
class QuickCompiler {
 public:
  // `preload`: the library for the compilers, as unpack_preload() has written it; empty: the drivers do it all.
  QuickCompiler(const Config& config, const Matrix& matrix, ProcessRunner& runner, const WorkDir& work, unsigned worker,
                std::string preload, CallPlans& plans);

  // The text of a C program to the bytes of an object.
  CompileResult compile(size_t configuration, const std::string& text);
  double cpu_seconds() const { return cpu_seconds_; }  // of all compilers so far
  // Ends what is started; the CPU seconds of all servers themselves, compilers not counted.
  double end_servers();

 private:
  struct Server {
    std::unique_ptr<Companion> companion;
    unsigned failures = 0;
    double calls_cpu_seconds = 0;  // of the children of `companion`
  };
  void end(Server& server);
  CompileResult by_driver(size_t configuration);
  // The bytes of the object; empty if a call fails.
  std::string by_plan(const CallPlan& plan);
  bool call(const std::vector<std::string>& argv);
  Companion* server_for(const std::string& program);
  CallPlans::State plan_of(size_t configuration);

  const Config& config_;
  const Matrix& matrix_;
  ProcessRunner& runner_;
  const std::string preload_, directory_;
  CompilerDriver driver_;
  CallPlans& plans_;
  std::map<std::string, Server> servers_;  // by path of the program
  double cpu_seconds_ = 0, servers_cpu_seconds_ = 0;
};

// Writes the library for the compilers into the directory; its path, or empty if it cannot be written.
std::string unpack_preload(const std::string& directory);

}  // namespace objhound::harness
