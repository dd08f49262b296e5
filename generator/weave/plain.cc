// Straight code, conditions and loops.

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

void assign(Weaver& w) { w.assign(w.place()); }

void declare(Weaver& w) { w.declare(w.type()); }

void if_else(Weaver& w) {
  const uint32_t hint = w.draw.below(4);
  const std::string condition = w.condition();
  hint == 3 ? w.open("if (UNLIKELY({})) {{", condition) : w.open("if ({}) {{", condition);
  w.statements(3);
  if (w.draw.coin()) {
    w.reopen("} else {");
    w.statements(3);
  }
  w.close();
}

// A loop with a bound, in one of the three forms, and perhaps ways out of its middle.
void loop(Weaver& w) {
  const uint32_t trips = 1 + w.draw.below(8);
  if (!w.afford(2 * trips)) return assign(w);
  const std::string counter = w.fresh("n");
  const uint32_t form = w.draw.below(3);
  const std::string condition = w.condition();
  w.open("{{");
  w.line("u32 {};", counter);
  if (form == 2) w.line("{} = 0;", counter);
  // Compilers warn of a pragma at a loop whose condition has two parts.
  if (const std::string pragmas = form == 0 ? w.attributes(Place::Loop) : ""; !pragmas.empty()) w.line("{}", pragmas);
  if (form == 0) w.open("for ({0} = 0; {0} < {1}u; ++{0}) {{", counter, trips);
  if (form == 1) w.open("for ({0} = {1}u; {0}-- > 0 && ({2});) {{", counter, trips, condition);
  if (form == 2) w.open("do {{");
  const Surroundings before = w.around;
  w.around.loop = w.around.breakable = true;
  w.scope.variables.push_back({counter, Type::U32, false});
  w.statements(4, trips);
  w.around = before;
  if (form == 2) {
    w.close(fmt::format("}} while (++{} < {}u && ({}));", counter, trips, condition));
  } else {
    w.close();
  }
  w.close();
}

void leave(Weaver& w) {
  const std::string condition = w.condition();
  const uint32_t how = w.draw.below(3);
  if (how == 0 && w.around.breakable) return w.line("if ({}) break;", condition);
  if (how == 1 && w.around.loop) return w.line("if ({}) continue;", condition);
  if (w.result.empty()) return assign(w);
  const std::string value = w.value(true);
  w.line("if ({}) return ({}){};", condition, w.result, value);
}

constexpr Construct kConstructs[] = {
    {"assign", 6, assign}, {"declare", 3, declare}, {"if", 4, if_else, 1}, {"loop", 3, loop, 1}, {"leave", 2, leave},
};

}  // namespace

std::span<const Construct> plain_constructs() { return kConstructs; }

}  // namespace objhound::generator::weave
