// Programs under the witness: what is right stays silent, a planted fault is seen to happen, checks that do not fit the
// program are contradicted, and a hostile program ends with a clear word.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "oracle/elf/compile_test_support.h"
#include "oracle/oracle.h"

namespace objhound::oracle {
namespace {

using testing::HasSubstr;

struct Machine {
  std::string name, compiler;
};

void PrintTo(const Machine& machine, std::ostream* out) { *out << machine.name; }

class RunOn : public testing::TestWithParam<Machine> {
 protected:
  // Compiles (or assembles) the source, links and runs it; `patch` may change the linked program before.
  CheckedRun run(const std::string& source, const std::string& extension = "c", const std::string& flags = "-O2",
                 const std::function<void(const ObjectFile&, std::vector<uint8_t>&)>& patch = {}) {
    workshop_.write("input." + extension, source);
    workshop_.run(GetParam().compiler + " " + flags + " -c input." + extension + " -o input.o");
    workshop_.run(GetParam().compiler + " -static -no-pie input.o -o program");
    object_ = test::read_bytes(workshop_.path("input.o"));
    program_ = test::read_bytes(workshop_.path("program"));
    if (patch) patch(workshop_.load("program"), program_);
    const NamedBytes object{"input.o", object_};
    return Oracle(CheckOptions{}).run(std::span(&object, 1), {"program", program_}, options_, flags);
  }

  test::Workshop workshop_;
  std::vector<uint8_t> object_, program_;
  RunOptions options_;
};

std::string contradictions(const CheckedRun& checked) {
  std::string text = checked.run.error;
  for (const RunSighting& seen : checked.run.contradictions) text += seen.function + ": " + seen.what + "\n";
  return text;
}

const Finding* finding(const CheckedRun& checked, RuleId rule) {
  for (const Finding& candidate : checked.files.at(0).findings)
    if (candidate.rule == rule) return &candidate;
  return nullptr;
}

// What makes a shadow stack lose its way: recursion, calls back from the C library, longjmp over several frames, tail
// calls, a frame of variable size, a jump table, a way out that never returns.
constexpr const char* kTricky = R"(
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define NOINLINE __attribute__((noinline, noipa))
static jmp_buf escape;
NOINLINE int leaf(int a) { return a * 3 + 1; }
NOINLINE int tail(int a) { return leaf(a + 2); }
NOINLINE int deep(int n) { if (n == 0) longjmp(escape, 7); return deep(n - 1) + leaf(n); }
NOINLINE int jumps(int n) {
  volatile int tries = 0;
  int what = setjmp(escape);
  if (tries++ < n) deep(n + tries);
  return what + tries;
}
NOINLINE int compare(const void* a, const void* b) { return leaf(*(const int*)a) - leaf(*(const int*)b); }
NOINLINE int variable(int n) {
  char* room = __builtin_alloca(n * 16 + 16);
  memset(room, n, n * 16 + 16);
  return room[n] + tail(n);
}
NOINLINE double floats(double a, int n) {
  double sum = a;
  for (int i = 0; i < n; ++i) sum = sum * 1.5 + leaf(i);
  return sum;
}
NOINLINE int table(int n) {
  switch (n) {
    case 0: return leaf(4);
    case 1: return tail(8) + 1;
    case 2: return variable(3);
    case 3: return jumps(2);
    case 4: return leaf(n) ^ 99;
    case 5: return tail(n) ^ 98;
    default: return -1;
  }
}
NOINLINE void leave(int status) { printf("status %d\n", status); exit(status & 15); }
int main(void) {
  int numbers[40], sum = 0;
  for (int i = 0; i < 40; ++i) numbers[i] = (i * 7919) % 101;
  qsort(numbers, 40, sizeof *numbers, compare);
  for (int i = 0; i < 40; ++i) sum += table(i % 7) * numbers[i];
  leave(sum + (int)floats(sum, 9));
}
)";

TEST_P(RunOn, StaysSilentOnTrickyCode) {
  for (const std::string flags : {"-O0", "-O2", "-O2 -fomit-frame-pointer -fPIC", "-Os -fno-plt"}) {
    SCOPED_TRACE(flags);
    const CheckedRun checked = run(kTricky, "c", flags);
    EXPECT_EQ(contradictions(checked), "");
    EXPECT_EQ(checked.files.at(0).proved, checked.files.at(0).total);
    EXPECT_EQ(checked.run.ending, "exited") << checked.run.ending_text;
    EXPECT_THAT(checked.run.output, HasSubstr("status "));
    EXPECT_EQ(checked.run.functions_absent, 0u);
    EXPECT_GE(checked.run.functions_executed, 10u);
    EXPECT_GT(checked.run.activations, 300u);
    EXPECT_GT(checked.run.instructions, 3000u);
    EXPECT_EQ(checked.run.unchecked, 0u);
  }
}

// The linker turns calls for the addresses of thread-local variables into shorter code: what runs is not what was
// checked, but nothing that the checks said of it is wrong.
TEST_P(RunOn, KnowsWhatTheLinkerRelaxes) {
  const std::string source = R"(
__thread int counter = 5;
__thread long other[4];
__attribute__((noinline)) int bump(int n) { counter += n; other[n & 3] += counter; return counter; }
__attribute__((noinline)) long sum(void) { return other[0] + other[1] * counter; }
int main(void) { int s = 0; for (int i = 0; i < 9; ++i) s += bump(i); return (s + sum()) & 127; })";
  for (const std::string flags : {"-O0 -fPIC", "-O2 -fPIC", "-O2 -fPIC -fno-plt"}) {
    SCOPED_TRACE(flags);
    const CheckedRun checked = run(source, "c", flags);
    EXPECT_EQ(contradictions(checked), "");
    EXPECT_EQ(checked.run.ending, "exited");
    EXPECT_EQ(checked.run.functions_executed, 3u);
    EXPECT_EQ(checked.run.functions_absent, 0u);
  }
}

// Functions with a fault each, called from C. main() calls those whose fault it survives.
std::string with_fault(const Machine& machine, const std::string& body_x86, const std::string& body_arm) {
  const bool x86 = machine.name == "x86_64";
  return std::string("\t.text\n\t.globl f\n\t.type f, ") + (x86 ? "@" : "%") + "function\nf:\n\t.cfi_startproc\n" +
         (x86 ? body_x86 : body_arm) + "\t.cfi_endproc\n\t.size f, .-f\n\t.globl main\n\t.type main, " +
         (x86 ? "@" : "%") + "function\nmain:\n\t.cfi_startproc\n" +
         (x86 ? "\tpush %rbx\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset %rbx, -16\n\tmov $77, %ebx\n\tcall f\n"
                "\tmov $0, %eax\n\tpop %rbx\n\t.cfi_def_cfa_offset 8\n\t.cfi_restore %rbx\n\tret\n"
              : "\tstp x29, x30, [sp, -32]!\n\t.cfi_def_cfa_offset 32\n\t.cfi_offset 29, -32\n\t.cfi_offset 30, -24\n"
                "\tstr x19, [sp, 16]\n\t.cfi_offset 19, -16\n\tmov x19, 77\n\tbl f\n\tmov w0, 0\n\tldr x19, [sp, 16]\n"
                "\tldp x29, x30, [sp], 32\n\t.cfi_restore 19\n\t.cfi_restore 30\n\t.cfi_restore 29\n"
                "\t.cfi_def_cfa_offset 0\n\tret\n") +
         "\t.cfi_endproc\n\t.size main, .-main\n\t.section .note.GNU-stack,\"\"," + (x86 ? "@" : "%") + "progbits\n";
}

TEST_P(RunOn, WitnessesAWrongRow) {
  const CheckedRun checked =
      run(with_fault(
              GetParam(), "\tpush %rbx\n\t.cfi_def_cfa_offset 24\n\tnop\n\tpop %rbx\n\t.cfi_def_cfa_offset 8\n\tret\n",
              "\tsub sp, sp, 16\n\t.cfi_def_cfa_offset 32\n\tnop\n\tadd sp, sp, 16\n\t.cfi_def_cfa_offset 0\n\tret\n"),
          "s");
  const Finding* wrong = finding(checked, RuleId::CfaWrong);
  ASSERT_NE(wrong, nullptr);
  EXPECT_EQ(wrong->seen, Seen::Witnessed);
  EXPECT_EQ(contradictions(checked), "");
  EXPECT_EQ(checked.run.ending, "exited");
}

TEST_P(RunOn, WitnessesALostRegister) {
  const CheckedRun checked = run(with_fault(GetParam(), "\tmov $1, %ebx\n\tret\n", "\tmov x19, 1\n\tret\n"), "s");
  const Finding* lost = finding(checked, RuleId::CalleeSavedLost);
  ASSERT_NE(lost, nullptr);
  EXPECT_EQ(lost->seen, Seen::Witnessed);
  const Finding* row = finding(checked, RuleId::SavedRegisterWrong);
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->seen, Seen::Witnessed);
  EXPECT_EQ(contradictions(checked), "") << "main, which goes on with the wrong value, is not to blame";
  EXPECT_GT(checked.run.unchecked, 0u);
}

TEST_P(RunOn, SaysWhatWasNotExecuted) {
  const CheckedRun checked =
      run(with_fault(GetParam(), "\ttest %rsp, %rsp\n\tjne 1f\n\tpush %rbx\n\tnop\n\tpop %rbx\n1:\tret\n",
                     "\tcbnz x30, 1f\n\tsub sp, sp, 16\n\tnop\n\tadd sp, sp, 16\n1:\tret\n"),
          "s");
  const Finding* wrong = finding(checked, RuleId::CfaWrong);
  ASSERT_NE(wrong, nullptr);
  EXPECT_EQ(wrong->seen, Seen::NotExecuted);
  EXPECT_EQ(contradictions(checked), "");
}

// The same object, but in the program one instruction of a proved function is another: what the checks say of the
// object is not true of what runs, and the witness must say so.
TEST_P(RunOn, ContradictsChecksThatAreNotTrue) {
  const auto patch = [](const ObjectFile& program, std::vector<uint8_t>& bytes) {
    const Function& f = test::function(program, "f");
    const uint8_t* begin = program.bytes().data();
    const uint8_t* code = program.sections()[f.section].bytes.data() + f.offset;
    const auto at = static_cast<size_t>(code - begin);
    if (program.arch().insn_alignment == 1) {
      bytes[at] = 0x51;  // push %rcx
    } else {
      bytes[at + 1] = 0x83;  // sub sp, sp, 32
    }
  };
  const std::string source = with_fault(
      GetParam(),
      "\tpush %rbx\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset %rbx, -16\n\tmov $5, %ebx\n\tpop %rbx\n"
      "\t.cfi_def_cfa_offset 8\n\t.cfi_restore %rbx\n\tret\n",
      "\tsub sp, sp, 16\n\t.cfi_def_cfa_offset 16\n\tnop\n\tadd sp, sp, 16\n\t.cfi_def_cfa_offset 0\n\tret\n");
  const CheckedRun right = run(source, "s");
  EXPECT_EQ(right.files.at(0).proved, 2u);
  EXPECT_EQ(contradictions(right), "");
  const CheckedRun patched = run(source, "s", "-O2", patch);
  EXPECT_EQ(patched.files.at(0).proved, 2u);
  ASSERT_FALSE(patched.run.contradictions.empty());
  EXPECT_EQ(patched.run.contradictions[0].function, "f");
  EXPECT_THAT(patched.run.contradictions[0].what, HasSubstr("computed state"));
}

TEST_P(RunOn, EndsWhatDoesNotEnd) {
  options_.instructions = 200'000;
  const CheckedRun checked = run("int main(void) { volatile int i = 0; for (;;) ++i; }");
  EXPECT_EQ(checked.run.ending, "instruction-limit");
  EXPECT_THAT(checked.run.ending_text, HasSubstr("not finished after 200000 instructions"));
  EXPECT_GT(checked.run.instructions, 150'000u);
  EXPECT_EQ(contradictions(checked), "");

  options_ = {};
  options_.instructions = ~uint64_t{0};
  options_.seconds = 0.3;
  EXPECT_EQ(run("int main(void) { volatile int i = 0; for (;;) ++i; }").run.ending, "time-limit");
}

TEST_P(RunOn, EndsWhatWantsTooMuch) {
  options_.memory_bytes = 64 << 20;
  const CheckedRun greedy = run(R"(
#include <stdlib.h>
int main(void) { for (int i = 0; i < 1000; ++i) { char* p = malloc(1 << 20); if (!p) return 9; p[5] = 1; } return 0; })");
  EXPECT_EQ(greedy.run.ending, "exited");
  EXPECT_EQ(greedy.run.code, 9);
  EXPECT_THAT(greedy.run.notes, testing::Contains(HasSubstr("64 MiB")));
  const CheckedRun large = run("static volatile char room[256 << 20]; int main(void) { return room[12345]; }");
  EXPECT_THAT(large.run.error, HasSubstr("does not fit into the 64 MiB"));
}

TEST_P(RunOn, TellsHowAProgramEnds) {
  EXPECT_EQ(run("int main(void) { return *(volatile int*)64; }").run.ending, "crashed");
  EXPECT_EQ(run("int main(void) { __builtin_trap(); }").run.ending, "trapped");
  // Into memory that has no bytes in the file, into bytes that are no code, to nowhere.
  for (const std::string target : {"room + 3000", "text", "(void*)0", "(void*)-4096"}) {
    const CheckedRun lost =
        run("char room[9000], text[] = \"no code\";\n"
            "int main(void) { return ((int (*volatile)(void))(" +
            target + "))(); }");
    EXPECT_EQ(lost.run.ending, "crashed") << target << ": " << lost.run.ending_text;
    EXPECT_EQ(contradictions(lost), "");
  }
  const CheckedRun aborted = run("#include <stdlib.h>\nint main(void) { abort(); }");
  EXPECT_EQ(aborted.run.ending, "signalled");
  EXPECT_THAT(aborted.run.ending_text, HasSubstr("SIGABRT"));
  const bool x86 = GetParam().name == "x86_64";
  const CheckedRun unknown =
      run(x86 ? "int main(void) { __asm__ volatile(\"vpaddd %zmm0, %zmm1, %zmm2\"); return 0; }"
              : "int main(void) { __asm__ volatile(\".arch_extension sve\\nptrue p0.b\"); return 0; }");
  EXPECT_EQ(unknown.run.ending, "not-emulated") << unknown.run.ending_text;
  EXPECT_EQ(contradictions(unknown), "");
}

TEST_P(RunOn, RefusesWhatIsNoStaticProgram) {
  const CheckedRun fine = run("int main(void) { return 3; }");
  EXPECT_EQ(fine.run.code, 3);
  const NamedBytes object{"input.o", object_};
  Oracle oracle(CheckOptions{});
  EXPECT_NE(oracle.run({}, object, {}).run.error, "");
  const std::vector<uint8_t> garbage(1000, 0x7f);
  EXPECT_NE(oracle.run(std::span(&object, 1), {"garbage", garbage}, {}).run.error, "");
  workshop_.run(GetParam().compiler + " input.o -no-pie -o dynamic");
  const std::vector<uint8_t> dynamic = test::read_bytes(workshop_.path("dynamic"));
  EXPECT_THAT(oracle.run({}, {"dynamic", dynamic}, {}).run.error, HasSubstr("shared libraries"));

  // Program headers that lie: every 32-bit word of them in turn is made large.
  for (size_t at = 64; at < 64 + 6 * 56; at += 4) {
    std::vector<uint8_t> hostile = program_;
    std::fill_n(hostile.begin() + static_cast<ptrdiff_t>(at), 4, 0xff);
    RunOptions options;
    options.instructions = 50'000;
    const CheckedRun checked = oracle.run(std::span(&object, 1), {"hostile", hostile}, options);
    EXPECT_TRUE(!checked.run.error.empty() || !checked.run.ending.empty()) << at;
  }
}

INSTANTIATE_TEST_SUITE_P(Machines, RunOn,
                         testing::Values(Machine{"x86_64", "gcc-12"}, Machine{"arm64", "aarch64-linux-gnu-gcc-12"}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace objhound::oracle
