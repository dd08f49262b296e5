// What the libraries that a linked file needs know of the functions that it takes from them: which never return. A
// compiler knew it from a declaration that has left no trace in the file; the library's own code shows it. Libraries
// are looked for as the dynamic linker would look for them (library_search.h), breadth first, and the first that has
// the function answers for it. Of a library only those families are understood that the answer hangs on.
//
// What is assumed: the libraries that are found are those that the file will run with, and nobody puts another function
// of the name in front of theirs. So whoever relies on an answer names the library, by its path and build-id.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "oracle/decode/decoder.h"
#include "oracle/elf/dynamic.h"
#include "oracle/library_search.h"
#include "oracle/report.h"

namespace objhound::oracle {

// What is known of libraries, by their paths; kept between files.
struct KnownLibrary {
  std::optional<DynamicInfo> dynamic;         // nothing for what is no library for the architecture
  std::map<std::string, bool> never_returns;  // functions that were asked for, and are its own
  std::map<std::string, bool> has;            // whether it has a function of the name, as far as asked
};
using KnownLibraries = std::map<std::string, KnownLibrary>;

class NeededLibraries {
 public:
  // `path`, `bytes`: of the file that takes the functions. `decoder`: for its architecture, used while a question is
  // answered.
  NeededLibraries(std::string path, std::span<const uint8_t> bytes, const Arch& arch, Decoder& decoder,
                  KnownLibraries& known)
      : path_(std::move(path)), bytes_(bytes), arch_(arch), decoder_(decoder), known_(known) {}

  // Those of the functions, sorted, that never return. What cannot be found, read or understood within limits is not
  // among them.
  std::vector<std::string> never_return(std::span<const std::string> functions);

  // The libraries that gave these answers, in the order of their paths.
  std::vector<NeededLibrary> relied_upon() const;

 private:
  // A file that needs others.
  struct Needer {
    std::string path;
    std::vector<std::string> run_path;   // its own, and those that are handed on to it
    std::vector<std::string> handed_on;  // to those that it needs
  };
  struct Waiting {
    std::string name;  // as DT_NEEDED has it
    size_t needer;     // in Search::needers
  };
  // Of one question.
  struct Search {
    LibrarySearch library_search;
    std::vector<Needer> needers;
    std::vector<Waiting> queue;
    size_t places_left;   // where a library may be looked for
    uint64_t bytes_left;  // of libraries that may be read
  };
  static void add_needs(const DynamicInfo& info, const std::string& path, std::span<const std::string> inherited,
                        Search& search);
  KnownLibrary* open(const Waiting& waiting, Search& search, std::string& path);
  void ask(const std::string& path, KnownLibrary& library, std::span<const std::string> functions);
  std::vector<uint8_t> judge_functions(const std::string& path, std::span<const std::string> functions) const;

  std::string path_;
  std::span<const uint8_t> bytes_;
  const Arch& arch_;
  Decoder& decoder_;
  KnownLibraries& known_;
  std::map<std::string, std::vector<std::string>> relied_upon_;  // by path
};

}  // namespace objhound::oracle
