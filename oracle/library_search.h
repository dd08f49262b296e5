// Where the dynamic linker would find the libraries that a file needs (ld.so(8), "DESCRIPTION"): the run path of the
// file that needs them, the directories of ld.so.conf (which its cache is made of), the default ones. The environment
// (LD_LIBRARY_PATH, LD_PRELOAD) is not asked: it is not the file's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "oracle/arch.h"

namespace objhound::oracle {

class LibrarySearch {
 public:
  // For the file at `path` and those that it needs. Its system is the tree around it that has a dynamic linker for its
  // architecture (this machine's, or a sysroot's), else the cross compiler's; nothing if there is none.
  static std::optional<LibrarySearch> around(const std::string& path, const Arch& arch);

  // Where a library of this name may be, in the order in which it is looked for there. `run_path`: directories as they
  // stand in the file that needs it, which is at `needed_by`.
  std::vector<std::string> places(const std::string& name, const std::string& needed_by,
                                  std::span<const std::string> run_path) const;

 private:
  LibrarySearch(std::string root, const Arch& arch);
  std::string inside(const std::string& directory) const { return root_ + directory; }
  std::vector<std::string> expanded(const std::string& directory, const std::string& origin) const;
  void read_configuration(const std::string& file, unsigned depth);

  std::string root_;  // empty for "/"
  const Arch& arch_;
  std::vector<std::string> configured_;  // directories of ld.so.conf, inside of the root
  unsigned files_read_ = 0;
};

}  // namespace objhound::oracle
