// Assembles text for tests with LLVM's assembler, all extensions of the architecture enabled.
#pragma once

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace objhound::oracle::test {

// A directory that is gone when the test is.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "objhound-test-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
    path_ = pattern;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline void run_or_throw(const std::string& command) {
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

inline std::vector<uint8_t> read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The bytes of .text. Throws, with the assembler's messages on stderr, if `source` is not accepted.
inline std::vector<uint8_t> assemble(const std::string& triple, const std::string& features,
                                     const std::string& source) {
  TemporaryDirectory directory;
  std::ofstream(directory / "a.s") << ".text\n" << source << "\n";
  run_or_throw("llvm-mc-19 --triple=" + triple + " --mattr='" + features + "' -filetype=obj -o " + (directory / "a.o") +
               " " + (directory / "a.s"));
  run_or_throw("llvm-objcopy-19 -O binary -j .text " + (directory / "a.o") + " " + (directory / "a.bin"));
  return read_bytes(directory / "a.bin");
}

}  // namespace objhound::oracle::test
