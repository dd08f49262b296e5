// What compile_server.cc and the library that it loads into compilers (preload.cc) say to each other. A call is its
// length in bytes (uint32_t) and the words of a command line, each with a 0 at its end; the answer is a CompileReply.
#pragma once

#include <cstddef>
#include <cstdint>

namespace objhound::harness {

inline constexpr const char* kCompileSocketVariable = "OBJHOUND_COMPILE_SOCKET";
inline constexpr const char* kMessagesFile = "messages";  // in the working directory: what a call wrote to stderr
inline constexpr size_t kMaxCallBytes = 64 << 10;
inline constexpr size_t kMaxCallWords = 1000;

struct CompileReply {
  int32_t status = 0;  // as of waitpid(2)
  int32_t unused = 0;
  int64_t cpu_microseconds = 0;
};

}  // namespace objhound::harness
