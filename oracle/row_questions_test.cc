// Whether a state answers a simple row is found by another way than for all others; both must say the same, of right
// rows and of wrong ones.

#include "oracle/checks/row_questions.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "oracle/checks/evaluate.h"
#include "oracle/elf/compile_test_support.h"
#include "oracle/file_context.h"

namespace objhound::oracle {
namespace {

constexpr const char* kSource = R"(
  int g(int, int *);
  int f(int a, int b, int c, int d) {
    int x[4] = {a, b, c, d};
    for (int i = 0; i < a; ++i) x[i & 3] += g(b, x) + g(c, x + 1) * g(d, x + 2);
    return x[0] + a * b + c * d;
  }
  int h(int n, int *p) { int v[n]; g(n, v); return v[0] + *p; }
)";

bool recovers_all_by_rules(const FamilyContext& context, const Row& row, const State& state) {
  if (evaluate_cfa(row.cfa, state, context.cfi, 0) != Value::cfa(0)) return false;
  const RegSet wanted = context.arch.callee_saved | reg_bit(context.arch.return_address);
  for (Reg r = 0; r < context.arch.registers.size(); ++r) {
    if (!(wanted & reg_bit(r))) continue;
    const RegisterRule same{.of = r};
    const RegisterRule* rule = row.rule_for(r);
    if (evaluate_register(rule ? *rule : same, state, context.cfi, 0) != Value::entry(r)) return false;
  }
  return true;
}

TEST(RowQuestions, AreAnsweredAsTheRulesAre) {
  test::Workshop workshop;
  for (const char* compiler :
       {"gcc-12 -O2", "gcc-12 -O0", "clang-19 -O2 -fomit-frame-pointer", "aarch64-linux-gnu-gcc-12 -O2"}) {
    ObjectFile object = workshop.compile(compiler, kSource);
    Decoder decoder(object.arch(), {});
    const FileContext file = prepare(std::move(object), decoder, std::nullopt);
    const Arch& arch = file.object.arch();
    uint64_t right = 0, wrong = 0;
    for (const Cfg& cfg : file.cfgs) {
      const FamilyContext context = file.family(decoder, cfg);
      Transfer transfer(arch, decoder.pool(), cfg);
      const Frame frame = interpret(arch, cfg, transfer, {});
      for (uint32_t b = 0; b < cfg.blocks.size(); ++b) {
        ASSERT_NE(frame.entry[b], nullptr);
        State state = *frame.entry[b];
        for (uint32_t i = cfg.blocks[b].first; i < cfg.blocks[b].last; transfer.step(state, i++)) {
          // Each row of the file, though but one is meant for this place.
          for (uint32_t row = 0; row < file.cfi.rows().size(); ++row) {
            const RowQuestion& question = file.questions.of(row);
            if (!question.simple) continue;
            const bool answered = file.questions.recovers_all(question, state);
            ASSERT_EQ(answered, recovers_all_by_rules(context, file.cfi.row(row), state))
                << compiler << ": " << to_text(file.cfi.row(row), file.cfi, arch) << " in " << to_text(state, arch);
            ++(answered ? right : wrong);
          }
        }
      }
    }
    EXPECT_GT(right, 50u) << compiler;
    EXPECT_GT(wrong, 50u) << compiler;
  }
}

}  // namespace
}  // namespace objhound::oracle
