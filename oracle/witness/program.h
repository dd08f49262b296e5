// A static executable in an emulated process: loaded as the kernel loads it, with the stack that the ABI promises to
// its entry point (System V x86-64 psABI 3.4.1, figure 3.9; Linux gives the same to all architectures), and a kernel
// that knows as much as such a program asks for.
//
// The file is untrusted: it runs inside an emulator, its system calls reach nobody, and instructions, time and memory
// are bounded.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "oracle/error.h"
#include "oracle/witness/memory.h"
#include "oracle/witness/target.h"

namespace objhound::oracle::witness {

struct RunLimits {
  uint64_t instructions = 20'000'000;  // counted one by one where they are watched, one for each basic block elsewhere
  double seconds = 60;                 // wall
  uint64_t memory_bytes = 512u << 20;
  size_t output_bytes = 64 << 10;  // kept of what the program writes
};

// How a run ended.
struct Ending {
  enum class Kind : uint8_t {
    NotStarted,    // no memory for it
    Exited,        // code: the status
    Signalled,     // code: the signal that it sent to itself
    Crashed,       // an access to memory that is not mapped; address
    Trapped,       // an instruction that is there to stop the program
    NotEmulated,   // an instruction that the emulator does not know
    Instructions,  // a limit was reached
    Time,
    Stopped,  // by who watched
  };
  Kind kind = Kind::NotStarted;
  int code = 0;
  uint64_t pc = 0;
  uint64_t address = 0;
  std::string detail;
};

class Program {
 public:
  // Fails if it is no static executable for the machine, or does not fit into the memory limit.
  static Result<std::unique_ptr<Program>> load(const std::string& name, std::span<const uint8_t> executable,
                                               const Target& target, const RunLimits& limits);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // `watcher(user, address)` is called before each instruction in [begin, end). Before run().
  using Watcher = void (*)(uc_struct* engine, uint64_t address, uint32_t size, void* user);
  bool watch(uint64_t begin, uint64_t end, Watcher watcher, void* user);

  Ending run();
  void stop();       // from a watcher: run() returns
  bool count_one();  // from a watcher, for each instruction: false once the limit is reached
  uint64_t counted() const { return counted_; }

  uc_struct* engine() { return engine_; }
  Memory& memory() { return *memory_; }
  const std::string& output() const { return output_; }
  const std::vector<std::string>& notes() const { return notes_; }  // what the kernel could not do for it

 private:
  Program(const Target& target, const RunLimits& limits) : target_(target), limits_(limits) {}

  Result<void> load_segments(const std::string& name, std::span<const uint8_t> file);
  bool make_stack(const std::string& name);
  bool hook(void** handle, int type, void* callback, int instruction = -1);
  void system_call();
  int64_t serve(SystemCall call, std::span<const uint64_t> arguments);
  int64_t write_out(uint64_t address, uint64_t count);
  int64_t map_anonymous(std::span<const uint64_t> arguments);
  int64_t set_break(uint64_t address);
  int64_t name_machine(uint64_t address);
  void end(Ending::Kind kind, int code = 0);
  Ending ending_of(int error);
  static void on_block(uc_struct*, uint64_t address, uint32_t size, void* self);
  static void on_call(uc_struct*, void* self);
  static void on_interrupt(uc_struct*, uint32_t number, void* self);
  static bool on_bad_access(uc_struct*, int type, uint64_t address, int size, int64_t value, void* self);

  const Target& target_;
  const RunLimits limits_;
  uc_struct* engine_ = nullptr;
  std::unique_ptr<Memory> memory_;
  std::chrono::steady_clock::time_point deadline_;
  uint64_t counted_ = 0, blocks_ = 0;
  bool ended_ = false;
  Ending ending_;
  std::string output_;
  std::vector<std::string> notes_;
  // The process.
  uint64_t entry_ = 0, headers_ = 0, header_count_ = 0;
  uint64_t break_begin_ = 0, break_ = 0;
  uint64_t map_next_ = 0;
  uint64_t stack_ = 0;
  uint64_t random_ = 0x9e3779b97f4a7c15;
};

}  // namespace objhound::oracle::witness
