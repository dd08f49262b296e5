// The measure measured: faults planted into small compiler output, in-process, with the compilers that are installed.

#include "harness/mutate/mutate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "harness/files.h"
#include "harness/mutate/equivalence.h"
#include "harness/mutate/trial.h"
#include "oracle/decode/assembly.h"

namespace objhound::harness::mutation {
namespace {

constexpr std::string_view kProgram = R"(
int use(int);
int leaf(int a) { return a * 3; }
int many(int a, int b, int c) {
  int x = use(a), y = use(b);
  if (c) return use(x) + y;
  for (int i = 0; i < b; ++i) x += use(i) * y;
  return x + y;
}
int choose(int a, int b) {
  switch (a) {
    case 0: return use(b);
    case 1: return use(5) * b;
    case 2: return use(7) - b;
    case 3: use(b); break;
    case 4: return use(11) ^ b;
    case 6: return use(13) + b;
  }
  return use(a) + b;
}
)";

// GCC realigns the stack through a register that holds the CFA (DRAP), and describes the frame by expressions. Code
// stands behind the return, so that the rows of the epilogue are written.
constexpr std::string_view kRealigned = R"(
int use(void*, int);
int many(int, int, int, int, int, int, int, int, int, int);
extern int (*hook)(int);
extern volatile int changing;
int realigned(long a, int b, int c) {
  _Alignas(256) char wide[100];
  use(wide, b);
  int x = wide[b] + c, y = use(0, b), z = use(0, c);
  switch (a) {
    case 1000: x -= b; break;
    case 1001: x = hook(x); break;
    case 1002: x = changing; break;
    default: __builtin_unreachable();
  }
  return x + many(x, y, z, b, x + y, b + c, x + c, b, z, x) + x * z;
}
)";

struct Target {
  const char* name;
  CompileCommand command;
  std::string_view program = kProgram;
};
void PrintTo(const Target& target, std::ostream* out) { *out << target.name; }

// A compiled program with all its mutants.
class Planted : public testing::TestWithParam<Target> {
 protected:
  void SetUp() override {
    auto work = WorkDir::create();
    ASSERT_TRUE(work) << work.error();
    work_ = std::move(*work);
    bench_ = std::make_unique<Bench>(runner_, *work_, 0);
    oracle::CheckOptions options;
    options.second_opinion = false;
    oracle_ = std::make_unique<oracle::Oracle>(options);
    const std::string source = work_->program_directory(1) + "/program.c";
    ASSERT_TRUE(spill(source, std::string(GetParam().program)));
    const auto text = bench_->compile(command(), source, {});
    ASSERT_TRUE(text) << text.error();
    const auto object = bench_->assemble(command(), *text);
    ASSERT_TRUE(object) << object.error();
    const auto report = check(*object);
    ASSERT_EQ(report.error, "");
    const oracle::Arch* arch = oracle::find_arch(report.arch);
    Listing listing = Listing::parse(*text, arch->assembly->comment);
    const auto marked = bench_->assemble(command(), listing.with_symbols());
    ASSERT_TRUE(marked) << marked.error();
    auto subject = Subject::make(std::move(listing), *object, *marked, report, command().flags());
    ASSERT_TRUE(subject) << subject.error();
    subject_ = std::move(*subject);
  }

  const CompileCommand& command() const { return GetParam().command; }
  oracle::FileReport check(const std::string& object) {
    return oracle_->check_bytes("test.o", {reinterpret_cast<const uint8_t*>(object.data()), object.size()},
                                command().flags());
  }
  Trial attempt(const Mutant& mutant) { return try_mutant(*subject_, mutant, command(), *bench_, *oracle_, {}); }

  ProcessRunner runner_;
  std::unique_ptr<WorkDir> work_;
  std::unique_ptr<Bench> bench_;
  std::unique_ptr<oracle::Oracle> oracle_;
  std::unique_ptr<Subject> subject_;
};

TEST_P(Planted, EveryInstructionLineHasAPlaceAndEveryFunctionIsProved) {
  size_t instructions = 0;
  for (const Line& line : subject_->listing.lines) {
    if (line.kind != Line::Kind::Instruction) continue;
    ++instructions;
    ASSERT_TRUE(line.place.valid()) << line.text;
    const Family* family = subject_->family_of(line);
    ASSERT_NE(family, nullptr) << line.text;
    EXPECT_TRUE(family->proved) << family->name;
    EXPECT_NE(subject_->insn_of(*family, line), oracle::kNoIndex) << line.text;
  }
  EXPECT_GT(instructions, 50u);
}

TEST_P(Planted, NothingSurvivesAndNoArgumentContradictsTheOracle) {
  const std::vector<Mutant> mutants = sample(plant(*subject_, {}), 1, 1);
  std::set<std::string_view> operators;
  size_t killed = 0;
  for (const Mutant& mutant : mutants) {
    SCOPED_TRACE(mutant.id());
    const Trial trial = attempt(mutant);
    operators.insert(mutant.op);
    killed += trial.fate == Fate::Killed;
    EXPECT_NE(trial.fate, Fate::Survived) << with_edits(subject_->listing, mutant.edits);
    EXPECT_NE(trial.fate, Fate::Contradiction) << trial.why;
    EXPECT_NE(trial.fate, Fate::Failed) << trial.why;
  }
  EXPECT_GE(operators.size(), 18u);
  EXPECT_GE(killed, 25u);
}

TEST_P(Planted, TheOriginalIsRecognisedWhateverItIsCalled) {
  Mutant nothing;
  nothing.op = "drop-save";
  nothing.family = &subject_->families.front();
  EXPECT_EQ(attempt(nothing).fate, Fate::Equivalent);
}

TEST_P(Planted, TheSameSeedChoosesTheSameMutants) {
  const auto ids = [&](uint64_t seed) {
    std::vector<std::string> names;
    for (const Mutant& mutant : sample(plant(*subject_, {"cfi-drop", "clobber-unsaved"}), 2, seed))
      names.push_back(mutant.id() + mutant.directive);
    return names;
  };
  EXPECT_EQ(ids(7), ids(7));
  EXPECT_NE(ids(7), ids(8));
  const auto all = plant(*subject_, {});
  std::set<std::string> unique;
  for (const Mutant& mutant : all) unique.insert(mutant.id());
  EXPECT_EQ(unique.size(), all.size());
}

INSTANTIATE_TEST_SUITE_P(
    All, Planted,
    testing::Values(Target{"gcc_x86", {"gcc-12 -O2", {"gcc-12", "-O2"}}},
                    Target{"clang_x86", {"clang-19 -O1", {"clang-19", "-O1", "-fno-omit-frame-pointer"}}},
                    Target{"gcc_arm64", {"gcc-12-arm64 -O2", {"aarch64-linux-gnu-gcc-12", "-O2"}}},
                    Target{"clang_arm64", {"clang-19-arm64 -O2", {"clang-19", "--target=aarch64-linux-gnu", "-O2"}}}),
    [](const auto& info) { return std::string(info.param.name); });

class PlantedInRealignedFrame : public Planted {};

TEST_P(PlantedInRealignedFrame, RowsThatAreRightLongerAreTold) {
  size_t killed = 0, right = 0;
  for (const Mutant& mutant : plant(*subject_, {"cfi-delay", "cfi-hasten"})) {
    SCOPED_TRACE(mutant.id());
    const Trial trial = attempt(mutant);
    killed += trial.fate == Fate::Killed;
    right += trial.fate == Fate::Equivalent && trial.why == "rows-also-right";
    EXPECT_TRUE(trial.fate == Fate::Killed || trial.fate == Fate::Equivalent)
        << with_edits(subject_->listing, mutant.edits);
  }
  EXPECT_GE(killed, 4u);
  EXPECT_GE(right, 4u);
}

INSTANTIATE_TEST_SUITE_P(All, PlantedInRealignedFrame,
                         testing::Values(Target{"speed", {"gcc-12 -O2", {"gcc-12", "-O2"}}, kRealigned},
                                         Target{"size", {"gcc-12 -Os", {"gcc-12", "-Os"}}, kRealigned}),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Listing, LinesAreWhatTheyAre) {
  const Listing listing = Listing::parse(
      "f:\n\t.cfi_startproc\n\tpushq\t%rbx # saved\n\t.long\t.L3-.L2\n# comment\n\t.p2align 4\n.L2:\n", "#");
  std::vector<Line::Kind> kinds;
  kinds.reserve(listing.lines.size());
  for (const Line& line : listing.lines) kinds.push_back(line.kind);
  using enum Line::Kind;
  EXPECT_THAT(kinds, testing::ElementsAre(Label, Cfi, Instruction, Data, Other, Other, Label));
  EXPECT_EQ(listing.lines[2].operands, "%rbx");
  EXPECT_EQ(with_edits(listing, {{2, ""}, {3, "\tnop\n\tnop"}}),
            "f:\n\t.cfi_startproc\n\tnop\n\tnop\n# comment\n\t.p2align 4\n.L2:\n");
}

TEST(Listing, NumbersAndWordsAreReplacedWhole) {
  const auto line = [](std::string_view text) { return Listing::parse(text, "//").lines.front(); };
  EXPECT_EQ(with_number(line("\tsubq\t$24, %rsp"), 24, 40), "\tsubq\t$40, %rsp");
  EXPECT_EQ(with_number(line("\tldr\tx24, [sp, 24]"), 24, 32), "\tldr\tx24, [sp, 32]");
  EXPECT_EQ(with_number(line("\tmovq\t%rbx, -16(%rbp)"), -16, -8), "\tmovq\t%rbx, -8(%rbp)");
  EXPECT_EQ(with_number(line("\tmovq\t%rbx, -16(%rbp)"), 16, 8), "");
  EXPECT_EQ(with_word(line("\tstp\tx1, x19, [sp]"), "x1", "x9"), "\tstp\tx9, x19, [sp]");
  EXPECT_EQ(with_word(line("\tpushq\t%r12"), "%r1", "%rax"), "");
}

TEST(Score, AnUnprovedMutantIsNoKillAndASuspectStandsBeside) {
  Tally tally;
  for (Fate fate : {Fate::Killed, Fate::Killed, Fate::Suspected, Fate::Unproved, Fate::Equivalent, Fate::Rejected}) {
    Trial trial;
    trial.fate = fate;
    tally.add(trial);
  }
  EXPECT_EQ(tally.planted, 6u);
  EXPECT_EQ(tally.counted(), 4u);
  Score score;
  score.tallies[{"arch", "compiler", "drop-save", ""}] = tally;
  EXPECT_THAT(to_text(score), testing::ContainsRegex("50.00% +75.00%"));
}

}  // namespace
}  // namespace objhound::harness::mutation
