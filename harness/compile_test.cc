// What a compiler's end means. Texts of crashes are those that GCC and Clang print; everything else is done with the
// real compilers.

#include "harness/compile.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>

namespace objhound::harness {
namespace {

using results::Outcome;
using ::testing::HasSubstr;
using ::testing::StartsWith;

ProcessResult exited(int code, const std::string& err) {
  ProcessResult result;
  result.ending = Ending::Exited;
  result.code = code;
  result.err = err;
  return result;
}

constexpr const char* kGccIce = R"(during RTL pass: expand
program.c: In function 'func_12':
program.c:123:7: internal compiler error: in expand_expr_real_2, at expr.cc:9876
  123 |   g_12 = 3;
      |   ~~~~~^~~
0x6c5ae2 expand_expr_real_2(separate_ops*, rtx_def*)
	../../src/gcc/expr.cc:9876
Please submit a full bug report, with preprocessed source (by using -freport-bug).
)";

constexpr const char* kGccSegfault = R"(during GIMPLE pass: vect
program.c: In function 'main':
program.c:5:1: internal compiler error: Segmentation fault
0x7f30c65b604f ???
	./signal/../sysdeps/unix/sysv/linux/x86_64/libc_sigaction.c:0
0xcb7f4f crash_signal
	../../src/gcc/toplev.cc:322
0xe1f0a3 vect_transform_loop(_loop_vec_info*, gimple*)
	../../src/gcc/tree-vect-loop.cc:101
Please submit a full bug report, with preprocessed source.
)";

constexpr const char* kClangAssertion =
    "clang-19: /build/llvm/lib/CodeGen/RegAlloc.cpp:812: void llvm::RAGreedy::foo(unsigned int): Assertion `Reg != 0 "
    "&& "
    "\"no reg 17\"' failed.\n"
    R"(PLEASE submit a bug report to https://github.com/llvm/llvm-project/issues/ and include the crash backtrace.
Stack dump:
0.	Program arguments: /usr/lib/llvm-19/bin/clang -cc1
4.	Running pass 'Greedy Register Allocator' on function '@func_3'
 #0 0x00007f5221b2b3e6 llvm::sys::PrintStackTrace(llvm::raw_ostream&, int) (/lib/libLLVM.so.19.1+0xdbd3e6)
clang-19: error: clang frontend command failed with exit code 134 (use -v to see invocation)
)";

constexpr const char* kClangSegfault = R"(PLEASE submit a bug report to https://github.com/llvm/llvm-project/issues/
Stack dump:
0.	Program arguments: /usr/lib/llvm-19/bin/clang -cc1
1.	<eof> parser at end of file
2.	Optimizer
 #0 0x00007f5221b2b3e6 llvm::sys::PrintStackTrace(llvm::raw_ostream&, int) (/lib/libLLVM.so.19.1+0xdbd3e6)
 #1 0x00007f5221b29164 llvm::sys::RunSignalHandlers() (/lib/libLLVM.so.19.1+0xdbb164)
 #2 0x00007f52207b2050 (/lib/x86_64-linux-gnu/libc.so.6+0x3c050)
 #3 0x00007f5222c7e58b llvm::SLPVectorizerPass::run(llvm::Function&) (/lib/libLLVM.so.19.1+0x1f1058b)
 #4 0x00007f5222c7e58b (/lib/libLLVM.so.19.1+0x1f1058c)
clang-19: error: clang frontend command failed with exit code 139 (use -v to see invocation)
)";

TEST(CrashSignature, NamesThePlaceAndNothingThatChanges) {
  EXPECT_EQ(crash_signature(kGccIce), "internal compiler error: in expand_expr_real_N, at expr.cc:N; during expand");
  EXPECT_EQ(crash_signature(kGccSegfault),
            "internal compiler error: Segmentation fault; during vect; in vect_transform_loop");
  EXPECT_EQ(crash_signature(kClangAssertion),
            "clang-N: RegAlloc.cpp:N: void llvm::RAGreedy::foo(unsigned int): Assertion `Reg != N && \"no reg N\"' "
            "failed.; during Greedy Register Allocator");
  EXPECT_EQ(crash_signature(kClangSegfault), "in llvm::SLPVectorizerPass::run < libLLVM.so.19.1+0x1f1058c");
  EXPECT_EQ(crash_signature("fatal error: error in backend: Cannot select: t12: i32 = bitcast 0x55d0a8f0\n"),
            "error in backend: Cannot select: t12: i32 = bitcast N");
  EXPECT_EQ(crash_signature(""), "");
}

TEST(CrashSignature, IsTheSameForTheSameBug) {
  std::string elsewhere = kGccIce;
  for (size_t at; (at = elsewhere.find("123")) != std::string::npos;) elsewhere.replace(at, 3, "77");
  elsewhere.replace(elsewhere.find("0x6c5ae2"), 8, "0x7fffff");
  EXPECT_EQ(crash_signature(elsewhere), crash_signature(kGccIce));
}

TEST(Classify, TellsCrashesFromRejections) {
  EXPECT_EQ(classify(exited(4, kGccIce)).outcome, Outcome::Crashed);
  EXPECT_EQ(classify(exited(1, kClangAssertion)).outcome, Outcome::Crashed);
  ProcessResult signalled = exited(0, "");
  signalled.ending = Ending::Signalled;
  signalled.code = SIGSEGV;
  EXPECT_EQ(classify(signalled).outcome, Outcome::Crashed);
  EXPECT_EQ(classify(signalled).detail, "killed by SIGSEGV");

  const Diagnosis rejected = classify(exited(1, "a.c:3:5: error: use of undeclared identifier 'g_17'\n"));
  EXPECT_EQ(rejected.outcome, Outcome::Rejected);
  EXPECT_EQ(rejected.detail, "use of undeclared identifier 'g_N'");
  const Diagnosis assembler =
      classify(exited(1, "/tmp/cc.s: Assembler messages:\n/tmp/cc.s:25: Error: operand type mismatch for `mov'\n"));
  EXPECT_EQ(assembler.outcome, Outcome::Rejected);
  EXPECT_EQ(assembler.detail, "assembler: operand type mismatch for `mov'");
  EXPECT_EQ(classify(exited(0, "")).outcome, Outcome::Ok);
}

TEST(Classify, OurTroublesAndLimitsAreNoCrashes) {
  const std::pair<const char*, Outcome> cases[] = {
      {"as: error: /tmp/x.o: No space left on device\n", Outcome::OurFailure},
      {"gcc: internal compiler error: CPU time limit exceeded signal terminated program cc1\n", Outcome::Hung},
      {"clang-19: error: clang frontend command failed with exit code 152 (use -v)\nPLEASE submit a bug report\n",
       Outcome::Hung},
      {"gcc: fatal error: Killed signal terminated program cc1\n", Outcome::OutOfMemory},
  };
  for (const auto& [err, outcome] : cases) EXPECT_EQ(classify(exited(1, err)).outcome, outcome) << err;
  ProcessResult missing;
  missing.failure = "gcc-99 cannot be started: No such file or directory";
  EXPECT_EQ(classify(missing).outcome, Outcome::OurFailure);
  EXPECT_EQ(classify(missing).detail, missing.failure);
  ProcessResult stopped;
  stopped.ending = Ending::Stopped;
  EXPECT_TRUE(classify(stopped).stopped);
}

// The real compilers.
class CompilerTest : public ::testing::TestWithParam<std::string> {
 protected:
  CompilerTest() {
    work_ = WorkDir::create_in(::testing::TempDir()).value();
    compiler_.config.path = GetParam();
    configuration_.flags = {"-O2", "-w"};
  }
  CompilerDriver driver() { return {config_, runner_, *work_, 0}; }
  std::string source(const std::string& text) const {
    const std::string path = work_->program_directory(1) + "/program.c";
    std::ofstream(path) << text;
    return path;
  }
  Diagnosis compile(const std::string& text) {
    CompilerDriver compilers = driver();
    const std::string preprocessed = work_->program_directory(1) + "/0.i";
    const CompileResult first = compilers.preprocess(compiler_, source(text), {}, preprocessed);
    if (first.diagnosis.outcome != Outcome::Ok) return first.diagnosis;
    const CompileResult second = compilers.compile(compiler_, configuration_, preprocessed);
    if (second.diagnosis.outcome == Outcome::Ok) {
      EXPECT_THAT(second.object, StartsWith("\x7f"
                                            "ELF"));
      EXPECT_GT(second.seconds, 0);
    } else {
      EXPECT_EQ(second.object, "");
    }
    return second.diagnosis;
  }
  // Takes exponential time or memory in any compiler: the initialiser's value doubles with each macro.
  static std::string monster(int doublings) {
    std::string text = "#define A0 1,1\n";
    for (int i = 1; i <= doublings; ++i) {
      const std::string before = "A" + std::to_string(i - 1);
      text += fmt::format("#define A{} {},{}\n", i, before, before);
    }
    return text + "int a[] = { A" + std::to_string(doublings) + " };\n";
  }

  Config config_;
  ProcessRunner runner_;
  std::unique_ptr<WorkDir> work_;
  Compiler compiler_;
  Configuration configuration_;
};

TEST_P(CompilerTest, CompilesToAnObject) { EXPECT_EQ(compile("int f(int x) { return x + 1; }").outcome, Outcome::Ok); }

TEST_P(CompilerTest, CompilesCplusplusByItsExtension) {
  const std::string path = work_->program_directory(1) + "/program.cc";
  std::ofstream(path) << "template <typename T> T f(T x) { return x + 1; } int g(int x) { return f(x); }";
  const std::string preprocessed = work_->program_directory(1) + "/0" + std::string(preprocessed_extension(path));
  CompilerDriver compilers = driver();
  EXPECT_EQ(compilers.preprocess(compiler_, path, {}, preprocessed).diagnosis.outcome, Outcome::Ok);
  const CompileResult compiled = compilers.compile(compiler_, configuration_, preprocessed);
  EXPECT_EQ(compiled.diagnosis.outcome, Outcome::Ok) << compiled.diagnosis.detail;
  EXPECT_THAT(compiled.object, testing::HasSubstr("_Z1gi"));
}

TEST_P(CompilerTest, RejectsWhatIsNoProgram) {
  const Diagnosis broken = compile("int f(int x) { return y17; }");
  EXPECT_EQ(broken.outcome, Outcome::Rejected);
  EXPECT_THAT(broken.detail, HasSubstr("'y17'"));
  const Diagnosis include = compile("#include \"nowhere.h\"\n");
  EXPECT_EQ(include.outcome, Outcome::Rejected);
  EXPECT_THAT(include.detail, HasSubstr("nowhere.h"));
}

TEST_P(CompilerTest, RejectsAssemblyThatIsNone) {
  const Diagnosis diagnosis = compile("void f(void) { __asm__(\"no such instruction\"); }");
  EXPECT_EQ(diagnosis.outcome, Outcome::Rejected);
}

TEST_P(CompilerTest, CpuLimitIsAHang) {
  config_.compile_cpu_seconds = 1;
  const Diagnosis diagnosis = compile(monster(26));
  EXPECT_EQ(diagnosis.outcome, Outcome::Hung) << diagnosis.detail;
}

TEST_P(CompilerTest, WallLimitIsAHang) {
  config_.compile_wall_seconds = 0.5;
  const Diagnosis diagnosis = compile(monster(26));
  EXPECT_EQ(diagnosis.outcome, Outcome::Hung) << diagnosis.detail;
  EXPECT_EQ(diagnosis.detail, "time limit of 0.5 s (wall)");
}

TEST_P(CompilerTest, MemoryLimitIsOutOfMemory) {
  config_.compile_memory_bytes = 400 << 20;
  const Diagnosis diagnosis = compile(monster(23));
  EXPECT_EQ(diagnosis.outcome, Outcome::OutOfMemory) << diagnosis.detail;
}

TEST_P(CompilerTest, StoppedIsNoOutcome) {
  runner_.stop_all();
  EXPECT_TRUE(compile("int x;").stopped);
}

TEST_P(CompilerTest, FullDiskIsOurFailure) {
  CompilerDriver compilers = driver();
  const CompileResult result = compilers.preprocess(compiler_, source("int x;"), {}, "/dev/full");
  EXPECT_EQ(result.diagnosis.outcome, Outcome::OurFailure) << result.diagnosis.detail;
}

// Clang has pragmas to crash it on demand; for GCC there is no such thing.
class ClangTest : public CompilerTest {};

TEST_P(ClangTest, ARealCrashIsACrash) {
  for (const char* how : {"crash", "llvm_fatal_error"}) {
    const Diagnosis diagnosis = compile(std::string("#pragma clang __debug ") + how + "\nint x;\n");
    EXPECT_EQ(diagnosis.outcome, Outcome::Crashed) << how;
    EXPECT_NE(diagnosis.detail, "");
    EXPECT_TRUE(std::filesystem::is_empty(work_->worker_tmp(0))) << "reproducers were left";
  }
}
INSTANTIATE_TEST_SUITE_P(Real, ClangTest, ::testing::Values("clang-19"), [](const auto&) { return "Clang"; });

INSTANTIATE_TEST_SUITE_P(Real, CompilerTest, ::testing::Values("gcc-12", "clang-19"),
                         [](const auto& info) { return info.param == "gcc-12" ? "Gcc" : "Clang"; });

TEST(CompilerDriver, FakeCompilerThatCrashesIsSeenThroughTheWholePath) {
  // A GCC that crashes at will does not exist; a script says what it would say.
  auto work = WorkDir::create_in(::testing::TempDir()).value();
  const std::string script = work->root() + "/fake-gcc";
  {
    std::ofstream file(script);
    file << "#!/bin/sh\ntouch $TMPDIR/ccrepro.out\ncat >&2 <<'END'\n" << kGccIce << "END\nexit 4\n";
  }
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  Config config;
  ProcessRunner runner;
  Compiler compiler;
  compiler.config.path = script;
  CompilerDriver driver(config, runner, *work, 0);
  const CompileResult result = driver.compile(compiler, Configuration{}, "program.i");
  EXPECT_EQ(result.diagnosis.outcome, Outcome::Crashed);
  EXPECT_THAT(result.diagnosis.detail, HasSubstr("in expand_expr_real_N"));
  EXPECT_TRUE(std::filesystem::is_empty(work->worker_tmp(0)));
}

}  // namespace
}  // namespace objhound::harness
