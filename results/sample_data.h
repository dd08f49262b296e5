// A campaign as it looks in life, for tests of reports and for people who work on how they look. Nothing is drawn at
// random: the same sample every time.
#pragma once

#include <fmt/format.h>

#include <array>
#include <string>
#include <vector>

#include "results/store.h"
#include "results/test_data.h"

namespace objhound::results {

struct SampleOptions {
  uint64_t seeds = 300;
  size_t findings = 5;         // distinct ones
  std::string long_name = {};  // in place of the usual function name
  bool failures = true;        // crashes, hangs and so on
  bool finished = true;
};

namespace sample {

struct Compiler {
  const char *name, *executable, *version, *arch, *own;
  std::array<const char*, 6> levels;
  std::vector<const char*> sets;
  double unproved;  // share
};

inline const std::vector<Compiler>& compilers() {
  static const std::vector<Compiler> all = {
      {"gcc-12",
       "gcc-12",
       "gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0",
       "x86-64",
       "",
       {"-O0", "-O1", "-O2", "-O3", "-Os", "-Og"},
       {"default", "frame-pointer", "no-red-zone", "no-jump-tables"},
       0.002},
      {"clang-19",
       "clang-19",
       "Debian clang version 19.1.7 (3~deb12u1)",
       "x86-64",
       "",
       {"-O0", "-O1", "-O2", "-O3", "-Os", "-Oz"},
       {"default", "frame-pointer", "no-red-zone", "no-jump-tables"},
       0.0},
      {"gcc-12-arm64",
       "aarch64-linux-gnu-gcc-12",
       "aarch64-linux-gnu-gcc-12 (Debian 12.2.0-14) 12.2.0",
       "arm64",
       "",
       {"-O0", "-O1", "-O2", "-O3", "-Os", "-Og"},
       {"default", "frame-pointer", "no-jump-tables"},
       0.018},
      {"clang-19-arm64",
       "clang-19",
       "Debian clang version 19.1.7 (3~deb12u1)",
       "arm64",
       "--target=aarch64-linux-gnu ",
       {"-O0", "-O1", "-O2", "-O3", "-Os", "-Oz"},
       {"default", "frame-pointer", "no-jump-tables"},
       0.007},
  };
  return all;
}

inline FindingRecord finding(size_t n, const std::string& arch, const std::string& long_name) {
  struct Kind {
    const char *rule, *slug, *severity, *message;
  };
  static constexpr Kind kKinds[] = {
      {"OH301", "cfa-wrong", "violation", "the CFA is declared as sp+48, but is sp+64"},
      {"OH202", "callee-saved-lost", "violation", "a callee-saved register is not restored at this return"},
      {"OH302", "saved-register-wrong", "violation", "declared as saved at CFA-24, but that slot holds another value"},
      {"OH101", "falls-through", "suspect", "control runs off the end of the function"},
      {"OH304", "not-covered", "violation", "no unwind row covers this instruction"},
      {"OH103", "unreachable-code", "advice", "12 bytes of code that nothing reaches"},
  };
  const Kind& kind = kKinds[n % std::size(kKinds)];
  FindingRecord f;
  f.rule = kind.rule;
  f.slug = kind.slug;
  f.statement = "What the rule demands of every compiler.";
  f.fingerprint_version = 2;
  f.cause = "cfa: sp lowered, the row stays";
  f.source = "the specification, 1.2";
  f.severity = kind.severity;
  f.message = kind.message;
  f.fingerprint = fmt::format("{:016x}", (n + 1) * 0x9e3779b97f4a7c15ULL);
  f.function = long_name.empty() ? "func_" + std::to_string(n % 40 + 1) : long_name;
  f.section = ".text";
  f.offset = 0x18 + n * 4;
  f.address = 0x1240 + n * 4;
  if (arch == "arm64") {
    f.evidence =
        "  ...\n"
        "       8: stp x29, x30, [sp, #-48]!\n"
        "           computed: CFA=sp+48 x29@CFA-48 x30@CFA-40\n"
        "           declared: CFA=sp+48 x29@CFA-48 ra@CFA-40\n"
        "       c: mov x29, sp\n"
        "      10: adrp x0, 0 <g_42>  <g_42>\n"
        "      14: stp x19, x20, [sp, #16]\n"
        ">     18: bl 0 <safe_mul_func_int32_t_s_s>  <safe_mul_func_int32_t_s_s>\n"
        ">          computed: CFA=sp+64 x19@CFA-32 x20@CFA-24 x29@CFA-48 x30@CFA-40\n"
        ">          declared: CFA=sp+48 x19@CFA-32 x20@CFA-24 x29@CFA-48 ra@CFA-40\n"
        "      1c: ldr w1, [x19, #4]\n"
        "      20: cbnz w0, 0x34\n"
        "  ...";
    f.path = "func_1+0: cbz w0, 0x8  (taken)\nfunc_1+20: cbnz w0, 0x34  (falls through)";
  } else {
    f.evidence =
        "  ...\n"
        "       c: push rbx\n"
        "           computed: CFA=rsp+24 rbp@CFA-16 rbx=entry\n"
        "           declared: CFA=rsp+24 rbp@CFA-16\n"
        "       d: sub rsp, 40\n"
        "      11: mov ebx, edi\n"
        "      13: mov rdi, qword ptr [rip]  <g_42-0x4>\n"
        ">     18: call 0x1d  <safe_mul_func_int32_t_s_s-0x4>\n"
        ">          computed: CFA=rsp+64 rbp@CFA-16 rbx@CFA-24\n"
        ">          declared: CFA=rsp+48 rbp@CFA-16 rbx@CFA-24\n"
        "      1d: test eax, eax\n"
        "      1f: je 0x34\n"
        "  ...";
    f.path = "func_1+0: je 0xc  (taken)\nfunc_1+1f: je 0x34  (falls through)";
  }
  return f;
}

inline constexpr std::array<const char*, 9> kReasons = {"indirect-jump", "indirect-jump", "unmodelled-instruction",
                                                        "indirect-jump", "dynamic-stack", "dwarf-expression",
                                                        "inline-asm",    "path-limit",    "indirect-jump"};

}  // namespace sample

// Fills the store with one campaign; its id.
inline int64_t fill_sample(Store& store, const SampleOptions& options) {
  CampaignRecord record = sample_campaign();
  record.last_seed = options.seeds;
  record.config =
      "generator = \"csmith\"\ntime = \"170s\"\njobs = 0\n\n[[compiler]]\nname = \"gcc-12\"\npath = \"gcc-12\"\n"
      "arch = \"x86-64\"\nlevels = [\"-O0\", \"-O1\", \"-O2\", \"-O3\", \"-Os\", \"-Og\"]\n";
  const int64_t campaign = must(store.begin_campaign(record));
  struct Way {
    int64_t id;
    const sample::Compiler* compiler;
    size_t level, set;
  };
  std::vector<Way> ways;
  for (const sample::Compiler& c : sample::compilers()) {
    for (size_t level = 0; level < c.levels.size(); ++level) {
      for (size_t set = 0; set < c.sets.size(); ++set) {
        ConfigurationRecord g;
        g.name = fmt::format("{} {}{}", c.name, c.levels[level], set == 0 ? "" : std::string(" +") + c.sets[set]);
        g.compiler = c.name;
        g.executable = c.executable;
        g.version = c.version;
        g.arch = c.arch;
        g.level = c.levels[level];
        g.flag_set = c.sets[set];
        g.flags = fmt::format("{}{}{} -w", c.own, c.levels[level], set == 0 ? "" : std::string(" -f") + c.sets[set]);
        ways.push_back({must(store.intern_configuration(g)), &c, level, set});
      }
    }
  }
  uint64_t n = 0;
  for (uint64_t seed = 1; seed <= options.seeds; ++seed) {
    ProgramRecord program = sample_program(seed);
    if (seed % 97 == 0) program.failure = "csmith: time limit (10 s)";
    const int64_t id = must(store.intern_program(campaign, program));
    if (!program.failure.empty()) continue;
    std::vector<Store::Job> jobs;
    for (const Way& way : ways) {
      if (way.set != 0 && (seed + way.level) % (way.compiler->sets.size() - 1) != way.set - 1) continue;
      ++n;
      CompilationRecord r;
      r.functions = r.proved = 7 + (seed * 31 + n * 7) % 9;
      r.instructions = r.functions * (way.level == 0 ? 210 : 120);
      r.compile_seconds = 0.031 + 0.012 * static_cast<double>(way.level) + static_cast<double>(n % 13) / 1000;
      r.check_seconds = 0.0011 + static_cast<double>(n % 7) / 20000;
      r.object_hash = fmt::format("{:x}", n);
      r.object_bytes = 9000;
      if (static_cast<double>(n * 2654435761ULL % 1000) / 1000 < way.compiler->unproved * 10 * (1 + way.level % 3)) {
        r.proved -= 1;
        r.unproved = 1;
        r.unproved_functions = {{"func_" + std::to_string(n % 30), sample::kReasons[n % sample::kReasons.size()],
                                 n % 400, "jmp *%rax: no bound on the index"}};
      }
      const bool fails = options.failures && n % 1511 == 7;
      if (fails) {
        r = {};
        r.compile_seconds = 0.4;
        r.outcome = n % 3 == 0 ? Outcome::Crashed : n % 3 == 1 ? Outcome::Hung : Outcome::Rejected;
        r.detail = n % 3 == 0   ? "in extract_insn, at recog.cc:N; during RTL pass: vregs"
                   : n % 3 == 1 ? "time limit (20 s CPU)"
                                : "assembler: operand type mismatch for `mov'";
      }
      // A finding is at home with one compiler and one or two levels, and shows in every so manyth program.
      for (size_t f = 0; f < options.findings && !fails; ++f) {
        const uint64_t period = options.seeds < 100 || options.findings < 50 ? 5 + f * 7 % 30 : 30 + f * 7 % 200;
        if (f % 4 != static_cast<size_t>(way.compiler - sample::compilers().data()) || seed % period != f % 5) continue;
        if (way.level != f % 6 && (f % 3 != 0 || way.level != (f + 1) % 6)) continue;
        r.findings.push_back(sample::finding(f, way.compiler->arch, options.long_name));
        r.object = std::string(4000 + n % 999, 'o');
        if (r.findings.back().severity != "violation") continue;
        r.violating += 1;
        r.proved -= 1;
      }
      jobs.push_back({id, way.id, std::move(r)});
    }
    must(store.add(campaign, jobs));
  }
  if (options.finished) must(store.finish_campaign(campaign, 192.4));
  return campaign;
}

}  // namespace objhound::results
