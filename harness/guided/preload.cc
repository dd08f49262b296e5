// What is loaded into a compiler so that it waits before its main() and does it again and again, each time in a child
// of its own (compile_server.h; the idea is AFL's fork server, Zalewski 2014). By then the dynamic linker has bound the
// libraries and their constructors have run, which is most of a small compilation; what follows is the compiler's own
// main() with its own arguments, and it is the same for every call, because each child is a copy of the same moment.
//
// Only the C library is used, and only what is safe here. The limits of the process are those that it was started with;
// a child inherits them, with its CPU time counted from 0.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/guided/compile_protocol.h"
#include "harness/guided/socket.h"

namespace {

using objhound::harness::CompileReply;
using objhound::harness::connect_to;
using objhound::harness::kCompileSocketVariable;
using objhound::harness::kMaxCallBytes;
using objhound::harness::kMaxCallWords;
using objhound::harness::kMessagesFile;
using objhound::harness::receive_all;
using objhound::harness::send_all;

using Main = int (*)(int, char**, char**);
Main compilers_main;
char call[kMaxCallBytes];
char* words[kMaxCallWords + 1];

int64_t microseconds(const timeval& time) { return int64_t{1'000'000} * time.tv_sec + time.tv_usec; }

// The words of a call stand behind each other, each with a 0 at its end.
int split_words(size_t size) {
  int count = 0;
  for (size_t at = 0; at < size && count < static_cast<int>(kMaxCallWords); at += strlen(call + at) + 1)
    words[count++] = call + at;
  words[count] = nullptr;
  return count;
}

// In the child: everything as if it had just been started with these words.
int be_the_compiler(int socket, int count) {
  close(socket);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int messages = open(kMessagesFile, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (messages >= 0) dup2(messages, STDERR_FILENO);
  return compilers_main(count, words, environ);
}

int serve(int argc, char** argv, char** environment) {
  const char* path = getenv(kCompileSocketVariable);
  if (path == nullptr) return compilers_main(argc, argv, environment);
  const int socket = connect_to(path);
  if (socket < 0) return 127;
  unsetenv(kCompileSocketVariable);
  unsetenv("LD_PRELOAD");

  uint32_t size = 0;
  while (receive_all(socket, &size, sizeof size) && size < kMaxCallBytes && receive_all(socket, call, size)) {
    call[size] = 0;
    const int count = split_words(size);
    const pid_t child = fork();
    if (child == 0) return be_the_compiler(socket, count);
    if (child < 0) return 127;
    CompileReply reply{};
    rusage usage{};
    while (wait4(child, &reply.status, 0, &usage) < 0) {
    }
    reply.cpu_microseconds = microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
    if (!send_all(socket, &reply, sizeof reply)) break;
  }
  return 0;
}

}  // namespace

// glibc's, which calls main (sysdeps/nptl or csu/libc-start.c: the constructors of the program have run by then).
extern "C" __attribute__((visibility("default"))) int __libc_start_main(Main main, int argc, char** argv, void* init,
                                                                        void* fini, void* rtld_fini, void* stack_end) {
  using Start = int (*)(Main, int, char**, void*, void*, void*, void*);
  compilers_main = main;
  const auto start = reinterpret_cast<Start>(dlsym(RTLD_NEXT, "__libc_start_main"));
  return start(serve, argc, argv, init, fini, rtld_fini, stack_end);
}
