// The one owner of our temporary files. A campaign writes gigabytes of preprocessed source and objects, each of which
// lives for a second; none may be left behind, whatever ends us.
//
// Layout:
//   ROOT/lock                       held (flock) as long as we live; a directory with a free lock belongs to nobody
//   ROOT/programs/SEED/             one program: its source, and COMPILER.i, the same after the preprocessor
//   ROOT/workers/N/                 what worker N works on: object.o
//   ROOT/workers/N/tmp/             TMPDIR of the compilers it runs
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <tl/expected.hpp>

namespace objhound::harness {

class WorkDir {
 public:
  // A new directory in $TMPDIR if that is set; else in /dev/shm if it is there and has a gigabyte to spare; else in
  // /tmp. Removes what killed runs of ours have left in the same place. Fails with a line for people.
  static tl::expected<std::unique_ptr<WorkDir>, std::string> create();
  static tl::expected<std::unique_ptr<WorkDir>, std::string> create_in(const std::string& base);
  ~WorkDir();
  WorkDir(const WorkDir&) = delete;
  WorkDir& operator=(const WorkDir&) = delete;

  const std::string& root() const { return root_; }

  // Paths; the directories exist when the call returns (or the first use of them fails and says so).
  std::string program_directory(uint64_t seed) const;
  std::string worker_directory(unsigned worker) const;
  std::string worker_tmp(unsigned worker) const;

  void remove_program(uint64_t seed) const;
  void empty_worker_tmp(unsigned worker) const;  // after a crash: compilers leave reproducers there
  // All of it. May be called again, and while children are still writing.
  void remove() const;

 private:
  WorkDir(std::string root, int lock) : root_(std::move(root)), lock_(lock) {}

  std::string root_;
  int lock_;
};

}  // namespace objhound::harness
