// Branches and loops in other forms: the same conditions, looked at as often and in the same order, lead to the same
// statements. What a switch of ours would catch (break) or a loop of ours misunderstand (continue) becomes a goto to
// where it led before.

#include "generator/enrich/writer.h"

namespace objhound::generator::enrich {
namespace {

constexpr unsigned kMostCopies = 8;

// A case for each of `count`: next to each other, far apart, or a mix.
unsigned case_value(const Choice& choice, unsigned k) {
  const unsigned base = choice.bytes[2];
  switch (choice.bytes[0] % 4) {
    case 0:
      return k;
    case 1:
      return base + k;
    case 2:
      return base + k * k * (3 + base % 50);
    default:
      return k % 2 == 0 ? base + k : (k + 1) * 1000003u + base;
  }
}

// The value that selects one of two cases, one of which no compiler can rule out or in.
std::string selector(const std::string& condition, unsigned yes, unsigned no) {
  return fmt::format("(({}) ? {}u : {}u) + enrich_zero", condition, yes, no);
}

std::string branch_switch(Writer& w, const Choice& choice, const Statement& s, const Context& context) {
  const unsigned count = 2 + choice.bytes[1] % 9;
  const unsigned yes = choice.bytes[3] % count, no = (yes + 1 + choice.bytes[5] % (count - 1)) % count;
  const Context inner = context.in_switch();
  const bool ranges = choice.bytes[0] % 4 == 2 && choice.bytes[4] % 2 == 0;
  std::string out = fmt::format("switch ({})\n{{\n",
                                selector(w.condition(s, context), case_value(choice, yes), case_value(choice, no)));
  for (unsigned k = 0; k < count; ++k) {
    const unsigned value = case_value(choice, k);
    out += ranges && k > 0 ? fmt::format("case {}u ... {}u:\n", value, value + 2) : fmt::format("case {}u:\n", value);
    if (k == yes) {
      out += w.block(s.parts.at(0), inner) + "break;\n";
    } else if (k == no) {
      if (s.parts.size() > 1) out += w.block(s.parts.at(1), inner);
      out += "break;\n";
    } else {  // falls through, now and then
      out += w.never(context, static_cast<uint8_t>(choice.bytes[4] + k), value);
      // Not into what is never reached: behind its call there would be no code.
      if ((choice.bytes[4] + k) % 3 != 0 || k + 1 == count) out += "break;\n";
    }
  }
  if (choice.bytes[4] % 3 == 0) out += "default:\n__builtin_unreachable();\n";
  if (choice.bytes[4] % 3 == 1) out += "default:\n" + w.never(context, choice.bytes[3], 1000) + "break;\n";
  return out + "}\n";
}

std::string branch_table(Writer& w, const Choice& choice, const Statement& s, const Context& context) {
  const std::string table = w.fresh("t"), yes = w.fresh("yes"), no = w.fresh("no"), end = w.fresh("end");
  const bool wide = choice.bytes[0] % 2 == 0;
  std::string out = "{\n";
  out += fmt::format("static const void *const {}[] = {{&&{}, &&{}{}}};\n", table, no, yes,
                     wide ? fmt::format(", &&{}, &&{}", end, no) : "");
  out += fmt::format("goto *{}[{}];\n", table, selector(w.condition(s, context), 1, 0));
  out += yes + ":;\n" + w.block(s.parts.at(0), context) + "goto " + end + ";\n";
  out += no + ":;\n";
  if (s.parts.size() > 1) out += w.block(s.parts.at(1), context);
  return out + end + ":;\n}\n";
}

// The parts of a for, as statements and a condition.
struct Parts {
  std::string first, condition, step;
};
Parts parts_of(Writer& w, const Statement& s, const Context& context) {
  Parts parts;
  if (!s.first.empty()) parts.first = w.expression(s.first, context) + ";\n";
  parts.condition = s.second.empty() ? "1" : w.expression(s.second, context);
  if (!s.third.empty()) parts.step = w.expression(s.third, context) + ";\n";
  return parts;
}
Context in_loop(const Context& context, const Exit& on_break, const Exit& on_continue) {
  Context inner = context;
  ++inner.loops;
  inner.on_break = inner.break_in_switch = on_break;
  inner.on_continue = on_continue;
  return inner;
}

// A loop around a switch over what comes next.
std::string machine(Writer& w, const Choice& choice, const Statement& s, const Context& context) {
  const Parts parts = parts_of(w, s, context);
  const std::string state = w.fresh("s"), end = w.fresh("end");
  const unsigned rotation = choice.bytes[3] % 5;
  const auto value = [&](unsigned step) { return case_value(choice, (step + rotation) % 5); };
  const std::string opaque = choice.bytes[1] % 2 == 0 ? " + enrich_zero" : "";
  const auto go = [&](unsigned step) { return fmt::format("{} = {}u{};", state, value(step), opaque); };
  const Context inner = in_loop(context, {fmt::format("goto {};", end)}, {fmt::format("{{ {} continue; }}", go(3))});
  std::string out = fmt::format("{{\nunsigned {} = {}u;\nfor (;;) {{\nswitch ({}) {{\n", state, value(0), state);
  out += fmt::format("case {}u:\n{}{}\nbreak;\n", value(0), parts.first, go(1));
  out += fmt::format("case {}u:\nif ({}) {{ {} }} else {{ {} }}\nbreak;\n", value(1), parts.condition, go(2), go(4));
  out += fmt::format("case {}u:\n{}{}\nbreak;\n", value(2), w.block(s.parts.at(0), inner), go(3));
  out += fmt::format("case {}u:\n{}{}\nbreak;\n", value(3), parts.step, go(1));
  out += fmt::format("case {}u:\ngoto {};\n", value(4), end);
  if (choice.bytes[4] % 3 == 0) out += "default:\n__builtin_unreachable();\n";
  if (choice.bytes[4] % 3 == 1)
    out += fmt::format("default:\n{}goto {};\n", w.never(context, choice.bytes[5], 77), end);
  return out + fmt::format("}}\n}}\n{}:;\n}}\n", end);
}

// Bottom-tested, of gotos.
std::string gotos(Writer& w, const Statement& s, const Context& context) {
  const Parts parts = parts_of(w, s, context);
  const std::string top = w.fresh("top"), test = w.fresh("test"), step = w.fresh("step"), end = w.fresh("end");
  bool breaks = false, continues = false;
  const Context inner =
      in_loop(context, {fmt::format("goto {};", end), &breaks}, {fmt::format("goto {};", step), &continues});
  std::string out = fmt::format("{{\n{}goto {};\n{}:;\n", parts.first, test, top);
  out += w.block(s.parts.at(0), inner);
  if (continues) out += step + ":;\n";
  out += fmt::format("{}{}:;\nif ({}) goto {};\n", parts.step, test, parts.condition, top);
  if (breaks) out += end + ":;\n";
  return out + "}\n";
}

// Each part jumps to the next through a table.
std::string table(Writer& w, const Choice& choice, const Statement& s, const Context& context) {
  const Parts parts = parts_of(w, s, context);
  std::array<std::string, 5> labels;
  for (std::string& label : labels) label = w.fresh("l");
  const std::string name = w.fresh("t");
  const unsigned rotation = choice.bytes[0] % 5;
  const auto at = [&](unsigned step) { return (step + 5 - rotation) % 5; };
  const auto go = [&](unsigned step) { return fmt::format("goto *{}[{}u + enrich_zero];\n", name, at(step)); };
  const Context inner = in_loop(context, {fmt::format("goto {};", labels[4])}, {fmt::format("goto {};", labels[3])});
  std::string out = fmt::format("{{\nstatic const void *const {}[] = {{", name);
  for (unsigned i = 0; i < 5; ++i) out += fmt::format("{}&&{}", i == 0 ? "" : ", ", labels[(i + rotation) % 5]);
  out += "};\n" + go(0);
  out += labels[0] + ":;\n" + parts.first + go(1);
  out += labels[1] + ":;\n" + fmt::format("goto *{}[({}) ? {}u : {}u];\n", name, parts.condition, at(2), at(4));
  out += labels[2] + ":;\n" + w.block(s.parts.at(0), inner) + go(3);
  out += labels[3] + ":;\n" + parts.step + go(1);
  return out + labels[4] + ":;\n}\n";
}

// Duff's device over whole iterations, each with its test: wherever it is entered, what runs is the same.
std::string unrolled(Writer& w, const Choice& choice, const Statement& s, const Context& context) {
  const unsigned count = 2 + choice.bytes[0] % 3;
  if (context.copies * count > kMostCopies) return w.plain_loop(s, context);
  const Parts parts = parts_of(w, s, context.copied(count));
  const std::string end = w.fresh("end");
  std::string out = "{\n" + parts.first;
  out +=
      fmt::format("switch (({}) & 3u) {{\ndefault:\nfor (;;) {{\n", w.value(context, choice.bytes[1], "enrich_zero"));
  for (unsigned i = 0; i < count; ++i) {
    const std::string step = w.fresh("step");
    bool continues = false;
    const Context inner =
        in_loop(context.copied(count), {fmt::format("goto {};", end)}, {fmt::format("goto {};", step), &continues});
    if (i > 0) out += fmt::format("case {}u:;\n", i);
    out += fmt::format("if (!({})) goto {};\n", parts.condition, end);
    out += w.block(s.parts.at(0), inner);
    if (continues) out += step + ":;\n";
    out += parts.step;
  }
  return out + fmt::format("}}\n}}\n{}:;\n}}\n", end);
}

}  // namespace

std::string Writer::branch(const Choice& choice, const Statement& s, const Context& context) {
  return choice.what == What::BranchSwitch ? branch_switch(*this, choice, s, context)
                                           : branch_table(*this, choice, s, context);
}

std::string Writer::loop(const Choice& choice, const Statement& s, const Context& context) {
  switch (choice.what) {
    case What::LoopMachine:
      return machine(*this, choice, s, context);
    case What::LoopGoto:
      return gotos(*this, s, context);
    case What::LoopTable:
      return table(*this, choice, s, context);
    default:
      return unrolled(*this, choice, s, context);
  }
}

}  // namespace objhound::generator::enrich
