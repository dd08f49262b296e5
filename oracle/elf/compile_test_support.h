// Real objects for tests: made by the compilers at test time, in a directory that is gone afterwards.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "oracle/elf/object.h"

namespace objhound::oracle::test {

class Workshop {
 public:
  Workshop() {
    std::string pattern = (std::filesystem::temp_directory_path() / "objhound-test-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
    directory_ = pattern;
  }
  ~Workshop() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  std::string path(const std::string& name) const { return (directory_ / name).string(); }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }

  // Runs a shell command in the directory; throws, and so fails the test, if it does not succeed.
  void run(const std::string& command) const {
    const std::string line = "cd '" + directory_.string() + "' && " + command;
    if (std::system(line.c_str()) != 0) throw std::runtime_error("failed: " + command);
  }

  // `compiler` with its flags ("gcc-12 -O2") on `source`, which becomes a file of the given extension.
  ObjectFile compile(const std::string& compiler, const std::string& source, const std::string& extension = "c") const {
    write("input." + extension, source);
    run(compiler + " -c input." + extension + " -o output.o");
    return load("output.o");
  }
  ObjectFile assemble(const std::string& compiler, const std::string& source) const {
    return compile(compiler, source + "\n", "s");
  }

  ObjectFile load(const std::string& name) const {
    Result<ObjectFile> object = ObjectFile::load(path(name));
    if (!object) throw std::runtime_error(object.error().text());
    return std::move(*object);
  }

 private:
  std::filesystem::path directory_;
};

inline std::vector<uint8_t> read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// By name; the test fails if there is none.
inline const Function& function(const ObjectFile& object, std::string_view name) {
  for (const Function& f : object.functions()) {
    if (f.name == name) return f;
  }
  throw std::runtime_error("no function " + std::string(name));
}

inline const Section& section(const ObjectFile& object, std::string_view name) {
  for (const Section& s : object.sections()) {
    if (s.name == name) return s;
  }
  throw std::runtime_error("no section " + std::string(name));
}

inline Place place_of(const Function& f) { return {f.section, static_cast<int64_t>(f.offset)}; }

inline std::vector<std::string> names_of(const ObjectFile& object) {
  std::vector<std::string> names;
  for (const Function& f : object.functions()) names.push_back(f.name);
  return names;
}

}  // namespace objhound::oracle::test
