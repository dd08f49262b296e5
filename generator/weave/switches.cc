// Switches: what compilers make tables, bit tests, trees of comparisons or arithmetic of, and whose bounds they know or
// check in every way.

#include <algorithm>
#include <vector>

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

struct Switch {
  std::string index;
  std::vector<std::string> labels;  // "5", "3 ... 7"
  bool complete = false;            // the labels are all that the index can be
  unsigned statements = 2;          // in each case
};

// The cases, some of which fall through or share their code, and a default where one is needed or drawn.
void write(Weaver& w, const Switch& of) {
  const Surroundings before = w.around;
  const uint32_t falls = 2 + w.draw.below(10), shares = 2 + w.draw.below(6);
  const uint32_t rest = w.draw.below(4);
  w.open("switch ({}) {{", of.index);
  w.around.breakable = true;
  for (size_t i = 0; i < of.labels.size(); ++i) {
    const bool last = i + 1 == of.labels.size();
    if (!last && w.draw.one_in(shares)) {
      w.line("case {}:", of.labels[i]);
      continue;
    }
    w.open("case {}: {{", of.labels[i]);
    w.draw.part([&] { w.statements(of.statements); });
    w.line("{}", last || !w.draw.one_in(falls) ? "break;" : "FALLTHROUGH;");
    w.close();
  }
  if (of.complete && rest == 3) {
    w.line("default: __builtin_unreachable();");
  } else if (rest != 0 || !of.complete) {
    w.open("default: {{");
    w.statements(2);
    w.close();
  }
  w.close();
  w.around = before;
}

std::vector<std::string> numbers(int64_t low, uint32_t count) {
  std::vector<std::string> labels;
  for (uint32_t i = 0; i < count; ++i) labels.push_back(std::to_string(low + i));
  return labels;
}

// Leaves out one in so many.
void thin(Weaver& w, std::vector<std::string>& labels) {
  const uint32_t gap = 3 + w.draw.below(30);
  std::erase_if(labels, [&](const std::string&) { return labels.size() > 2 && w.draw.one_in(gap); });
}

void dense(Weaver& w) {
  const Type type = w.type();
  const bool narrow = type == Type::U8 || type == Type::I8;
  const bool is_signed = type == Type::I8 || type == Type::I16 || type == Type::I32 || type == Type::I64;
  const uint32_t count = 4 + w.draw.below(w.draw.one_in(8) ? 60 : 12);
  const int64_t low = w.draw.coin() ? 0 : w.draw.between(is_signed ? -40 : 0, narrow ? 50 : 2000);
  Switch of{w.converted(type), numbers(low, count)};
  if (w.draw.coin()) thin(w, of.labels);
  write(w, of);
}

// The index has a bound that no comparison shows: a mask, a remainder.
void bounded(Weaver& w) {
  const uint32_t count = 3 + w.draw.below(14);
  const std::string index = w.below(count);
  Switch of{index, numbers(0, count), true};
  if (w.draw.coin()) {
    thin(w, of.labels);
    of.complete = of.labels.size() == count;
  }
  write(w, of);
}

// And one that is not 0 at its lowest, checked just before.
void guarded(Weaver& w) {
  const uint32_t count = 4 + w.draw.below(12);
  const int64_t low = w.draw.between(-20, 200);
  const std::string index = w.fresh("k");
  w.open("{{");
  w.line("i32 {} = (i32)({} % {}u) + ({});", index, w.value(), count, low);
  w.scope.variables.push_back({index, Type::I32, false});
  write(w, {index, numbers(low, count), true});
  w.close();
}

void sparse(Weaver& w) {
  std::vector<int64_t> values;
  const uint32_t count = 3 + w.draw.below(12);
  const bool wide = w.draw.one_in(4);
  int64_t value = 0;
  for (uint32_t i = 0; i < count; ++i) {
    value += w.draw.between(1, w.draw.coin() ? 3 : 5000);
    values.push_back(wide ? value * 0x10000001 : value);
  }
  Switch of{w.converted(wide ? Type::I64 : Type::I32), {}};
  for (const int64_t v : values) of.labels.push_back(std::to_string(v));
  write(w, of);
}

void ranges(Weaver& w) {
  Switch of{w.converted(w.draw.coin() ? Type::I32 : Type::U16), {}};
  int64_t at = w.draw.below(10);
  const uint32_t count = 2 + w.draw.below(6);
  for (uint32_t i = 0; i < count; ++i) {
    const int64_t end = at + w.draw.between(0, w.draw.coin() ? 4 : 300);
    of.labels.push_back(end == at ? std::to_string(at) : fmt::format("{} ... {}", at, end));
    at = end + w.draw.between(1, 20);
  }
  write(w, of);
}

void of_enum(Weaver& w) {
  const std::string name = w.fresh("e");
  const uint32_t count = 3 + w.draw.below(10);
  const uint32_t low = w.draw.below(30);
  std::string list;
  std::vector<std::string> labels;
  for (uint32_t i = 0; i < count; ++i) {
    labels.push_back(fmt::format("{}_{}", name, i));
    list += fmt::format("{}{} = {}", i == 0 ? "" : ", ", labels.back(), low + i);
  }
  w.open("{{");
  w.line("enum {} {{ {} }};", name, list);
  const std::string index = w.below(count);
  write(w, {fmt::format("(enum {})({} + {}u)", name, index, low), labels, true});
  w.close();
}

// As what tells words apart: a letter, then the next.
void letters(Weaver& w) {
  if (w.scope.arrays.empty()) return w.assign(w.place());
  const std::vector<Array>& arrays = w.scope.arrays;
  const Array word = arrays[w.draw.below(static_cast<uint32_t>(arrays.size()))];
  const uint32_t count = 2 + w.draw.below(6);
  w.open("switch ((u8){}[0] & 31) {{", word.name);
  const Surroundings before = w.around;
  w.around.breakable = true;
  for (uint32_t i = 0; i < count; ++i) {
    w.open("case {}: {{", 1 + i * 3);
    Switch of{fmt::format("(u8){}[{}] & 63", word.name, 1 + w.draw.below(word.mask)), {}, false, 1};
    of.labels = numbers(w.draw.below(30), 2 + w.draw.below(8));
    w.draw.part([&] { write(w, of); });
    w.line("break;");
    w.close();
  }
  w.around = before;
  w.close();
}

// Duff's device: a switch into the middle of a loop.
void duff(Weaver& w) {
  const uint32_t ways = 2 + w.draw.below(6);
  if (!w.afford(4 * ways)) return w.assign(w.place());
  const std::string count = w.fresh("n"), left = w.fresh("n");
  w.open("{{");
  w.line("u32 {} = {} + 1, {} = ({} + {}u) / {}u;", count, w.masked(15), left, count, ways - 1, ways);
  const Surroundings before = w.around;
  w.around.loop = w.around.breakable = true;
  w.open("switch ({} % {}u) {{", count, ways);
  w.open("case 0: do {{");
  for (uint32_t way = ways; way-- > 0;) {
    w.open("{{");
    w.statements(1, 16);
    w.close();
    if (way != 0) w.line("FALLTHROUGH; case {}:", way);
  }
  w.close(fmt::format("}} while (--{} > 0);", left));
  w.close();
  w.around = before;
  w.close();
}

constexpr Construct kConstructs[] = {
    {"switch-dense", 3, dense, 1},
    {"switch-bounded", 2, bounded, 1},
    {"switch-guarded", 2, guarded, 1},
    {"switch-sparse", 2, sparse, 1},
    {"switch-ranges", 1, ranges, 1},
    {"switch-enum", 1, of_enum, 1},
    {"switch-letters", 1, letters, 2},
    {"switch-duff", 1, duff, 1},
    // Of what is no plain integer.
    {"switch-bits", 1, nullptr, 1, R"(switch (`s.low|s.high|s.wide`) {
  case 0: {
    @statements 2
    break;
  }
  case 1:
  case 2: {
    @statements 1
    FALLTHROUGH;
  }
  case 3: {
    @statements 1
    break;
  }
  case 5: {
    @statements 2
    break;
  }
  default: {
    @statements 1
  }
})",
     10},
    {"switch-wide", 1, nullptr, 1, R"(switch ((u128)`w` `* 3u|>> 1|& 15u`) {
  case 0: {
    @statements 2
    break;
  }
  case `#1-9`: {
    @statements 1
    FALLTHROUGH;
  }
  case 12: {
    @statements 1
    break;
  }
  case (u128)`#1-99` << 63: {
    @statements 1
    break;
  }
  default: {
    @statements 1
  }
})",
     10},
    {"switch-returns", 1, nullptr, 1, R"(switch (`&15`) {
  case 0: return 4;
  case 1: return 7;
  case 2: return `#0-99`;
  case 3: return 2;
  case 4: {
    @statements 2
    return 1;
  }
  case 5: return 100;
  case 6:
  case 7: return 5;
  default: break;
})",
     10, kReturns},
    {"switch-lookup", 1, nullptr, 0, R"(`t` `n`;
switch (`u``| % 9u| & 7u`) {
  case 0: `n` = `#0-9`; break;
  case 1: `n` = `#0-9`; break;
  case 2: `n` = `#0-9`; break;
  case 3: `n` = `#0-99`; break;
  case 4: `n` = `#0-9`; break;
  case 5: `n` = `#0-9`; break;
  case 6: `n` = `#0-9`; break;
  default: `n` = `#0-9`;
}
note((u64)`n`);)",
     5},
    {"floating-chain", 1, nullptr, 1, R"(`1=double|float|long double` `n` = (`1`)`&255`;
if (`n` == 1) {
  @statements 1
} else if (`n` == 2 || `n` > 200) {
  @statements 1
} else if (`n` < 50) {
  @statements 2
} else if (`n` != 77) {
  @statements 1
})",
     10},
    {"cascade", 1, nullptr, 1, R"(u32 `n` = `u`;
if (`n` == `#0-3`) {
  @statements 1
} else if (`n` == 5) {
  @statements 1
} else if (`n` == 6) {
  @statements 1
} else if (`n` == 7) {
  @statements 1
} else if (`n` == 9) {
  @statements 1
} else {
  @statements 1
})",
     10},
};

}  // namespace

std::span<const Construct> switch_constructs() { return kConstructs; }

}  // namespace objhound::generator::weave
