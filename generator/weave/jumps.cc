// Jumps that are no loops and no switches: labels in tables and in variables, machines of states, ladders of gotos.

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

// An interpreter with a label for each operation, whose code is data; each operation goes to the next itself, or all go
// back to one place that does.
void interpreter(Weaver& w) {
  const uint32_t operations = 2 + w.draw.below(10), length = 4u << w.draw.below(3), fuel = 2 + w.draw.below(20);
  const bool threaded = w.draw.coin();
  if (!w.around.labels || w.goes_to_labels || !w.afford(4 * fuel)) return w.assign(w.place());
  const std::string name = w.fresh("op");
  std::string code, labels;
  for (uint32_t i = 0; i < length; ++i) code += fmt::format("{}{}", i == 0 ? "" : ", ", w.draw.below(operations));
  for (uint32_t i = 0; i < operations; ++i) labels += fmt::format("{}&&{}_{}", i == 0 ? "" : ", ", name, i);
  w.open("{{");
  w.line("static const u8 {}_code[{}] = {{{}}};", name, length, code);
  w.line("static const void* const {}_labels[{}] = {{{}}};", name, operations, labels);
  w.line("u32 {0}_pc = {1}, {0}_fuel = {2}u;", name, w.masked(length - 1), fuel);
  const std::string next = fmt::format("goto *{0}_labels[{0}_code[{0}_pc++ & {1}u]];", name, length - 1);
  w.goes_to_labels = true;
  const Surroundings before = w.around;
  w.around.loop = w.around.breakable = false;
  if (!threaded) w.line("{}_next:", name);
  w.line("{}", next);
  for (uint32_t i = 0; i < operations; ++i) {
    w.line("{}_{}:", name, i);
    w.open("{{");
    w.draw.part([&] { w.statements(2, fuel); });
    w.close();
    if (w.draw.one_in(4)) w.line("if ({}) {}_pc += {};", w.condition(), name, 1 + i % 3);
    w.line("if (--{0}_fuel == 0) goto {0}_end;", name);
    threaded ? w.line("{}", next) : w.line("goto {}_next;", name);
  }
  w.line("{}_end:;", name);
  w.close();
  w.around = before;
}

void state_machine(Weaver& w) {
  const uint32_t states = 2 + w.draw.below(7), trips = 2 + w.draw.below(16);
  if (!w.afford(3 * trips)) return w.assign(w.place());
  const std::string state = w.fresh("st"), count = w.fresh("n");
  w.open("{{");
  w.line("u32 {} = {}, {};", state, w.below(states), count);
  const Surroundings before = w.around;
  w.around.loop = w.around.breakable = true;
  w.open("for ({0} = 0; {0} < {1}u; ++{0}) {{", count, trips);
  w.open("switch ({}) {{", state);
  for (uint32_t i = 0; i < states; ++i) {
    w.open("case {}: {{", i);
    w.draw.part([&] { w.statements(2, trips); });
    const std::string condition = w.condition();
    const uint32_t one = w.draw.below(states), other = w.draw.below(states);
    w.line("{} = ({}) ? {}u : {}u;", state, condition, one, other);
    w.line("break;");
    w.close();
  }
  w.line("default: __builtin_unreachable();");
  w.close();
  w.close();
  w.close();
  w.around = before;
}

// A label is chosen, and gone to later.
void chosen_label(Weaver& w) {
  if (!w.around.labels || w.goes_to_labels) return w.assign(w.place());
  w.goes_to_labels = true;
  const std::string label = w.fresh("l");
  w.open("{{");
  w.line("const void* {0}_to = ({1}) ? &&{0}_a : &&{0}_b;", label, w.condition());
  w.statement();
  w.line("goto *{}_to;", label);
  for (const char* which : {"a", "b"}) {
    w.line("{}_{}:", label, which);
    w.open("{{");
    w.draw.part([&] { w.statements(2); });
    w.close();
    if (*which == 'a' && w.draw.coin()) w.line("goto {}_end;", label);
  }
  w.line("{}_end: UNUSED;", label);
  w.close();
}

// Errors are handled at the end, from several places, each undoing more.
void ladder(Weaver& w) {
  const uint32_t rungs = 2 + w.draw.below(4);
  if (!w.around.labels) return w.assign(w.place());
  const std::string label = w.fresh("l");
  w.open("{{");
  for (uint32_t i = 0; i < rungs; ++i) {
    w.line("if ({}) goto {}_{};", w.condition(), label, i);
    w.open("{{");
    w.draw.part([&] { w.statements(2); });
    w.close();
  }
  for (uint32_t i = rungs; i-- > 0;) {
    w.line("{}_{}:", label, i);
    w.open("{{");
    w.draw.part([&] { w.statements(1); });
    w.close();
  }
  w.close();
}

// The compiler must take it that the assembly may go to the label; it goes nowhere. To Clang 14 it may go to any label.
void asm_goto(Weaver& w) {
  if (!w.around.labels || w.goes_to_labels) return w.assign(w.place());
  w.goes_to_labels = true;
  const std::string label = w.fresh("l");
  w.open("{{");
  w.line("__asm__ goto(\"\" : : : \"memory\" : {});", label);
  w.open("{{");
  w.statements(2);
  w.close();
  w.line("{}:;", label);
  w.close();
}

constexpr Construct kConstructs[] = {
    {"computed-goto", 2, interpreter, 1},
    {"state-machine", 2, state_machine, 1},
    {"label-value", 1, chosen_label, 1},
    {"goto-ladder", 2, ladder, 1},
    {"asm-goto", 1, asm_goto, 1},
    // It jumps where control never comes, but the assembly is there.
    {"asm-jump", 1, nullptr, 1, R"(#if IS_X86
__asm__ goto("testl %0, %0\n\tjnz %l[`n`]" : : "r"(zero) : "cc"`|, "memory"` : `n`);
#else
__asm__ goto("cbnz %w0, %l[`n`]" : : "r"(zero) : "cc" : `n`);
#endif
{
  @statements 2
}
if (0) {
  `n`: UNUSED;
  die(`#1-9`u);
})",
     10, kTakesLabels},
};

}  // namespace

std::span<const Construct> jump_constructs() { return kConstructs; }

}  // namespace objhound::generator::weave
