// Records for tests, and a directory that goes away.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "results/store.h"

namespace objhound::results {

class TempDirectory {
 public:
  TempDirectory() {
    std::string pattern = std::filesystem::temp_directory_path().string() + "/objhound-results-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
    directory_ = pattern;
  }
  ~TempDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;
  std::string path(const std::string& name) const { return directory_ + "/" + name; }

 private:
  std::string directory_;
};

// The value; the test fails with the error's text if there is none.
template <typename T>
T must(StoreResult<T> result) {
  if (!result) throw std::runtime_error(result.error());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline CampaignRecord sample_campaign() {
  CampaignRecord c;
  c.generator = "csmith";
  c.objhound_version = "0.1.0";
  c.config = "levels = [\"-O0\", \"-O2\"]\n";
  c.first_seed = 1;
  c.last_seed = 300;
  c.started = "2025-11-21T02:00:00Z";
  return c;
}

inline ProgramRecord sample_program(uint64_t seed) {
  ProgramRecord p;
  p.generator = "csmith";
  p.generator_version = "csmith 2.3.0";
  p.seed = seed;
  p.options = "csmith --seed " + std::to_string(seed) + " --no-arrays --max-funcs 6";
  p.include_flags = "-I/usr/include/csmith";
  p.bytes = 20'000;
  return p;
}

inline ConfigurationRecord sample_configuration(const std::string& compiler, const std::string& level,
                                                const std::string& arch = "x86-64",
                                                const std::string& flag_set = "default") {
  ConfigurationRecord g;
  g.name = compiler + " " + level + (flag_set == "default" ? "" : " +" + flag_set);
  g.compiler = compiler;
  g.executable = compiler;
  g.version = compiler + " (Debian) 1.2.3";
  g.arch = arch;
  g.level = level;
  g.flag_set = flag_set;
  g.flags = level + " -w -c";
  return g;
}

inline CompilationRecord sample_compilation() {
  CompilationRecord r;
  r.compile_seconds = 0.125;
  r.check_seconds = 0.004;
  r.object_hash = "fedcba9876543210";
  r.object_bytes = 8'192;
  r.functions = 9;
  r.proved = 9;
  r.instructions = 1'500;
  return r;
}

inline CompilationRecord with_finding(CompilationRecord r, const std::string& fingerprint) {
  FindingRecord f;
  f.rule = "OH301";
  f.slug = "cfa-wrong";
  f.statement = "The CFA is where the row says.";
  f.fingerprint_version = 2;
  f.cause = "sp lowered, the row stays";
  f.source = "DWARF 5, 6.4";
  f.severity = "violation";
  f.fingerprint = fingerprint;
  f.function = "func_12";
  f.section = ".text";
  f.address = 0x140;
  f.offset = 0x18;
  f.message = "the CFA is declared rsp+16, but is rsp+24";
  f.evidence = "   14: push %rbx\n=> 18: call func_3\n   1d: pop %rbx";
  f.path = "entry 0x0\n0x0 -> 0x14: jne taken";
  r.findings.push_back(f);
  r.proved -= r.proved > 0 ? 1 : 0;
  r.violating += 1;
  if (r.object.empty())
    r.object =
        "\x7f"
        "ELF and so on";
  return r;
}

}  // namespace objhound::results
