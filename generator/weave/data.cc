// Data of all kinds: what is kept in more than one register, in vectors, or shared with others; and inline assembly.

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

void atomic(Weaver& w) {
  const bool wide = w.draw.coin();
  static constexpr const char* kOperations[] = {"fetch_add", "fetch_xor", "fetch_and", "exchange_n", "add_fetch"};
  static constexpr const char* kOrders[] = {"SEQ_CST", "RELAXED", "ACQ_REL"};
  const char* operation = kOperations[w.draw.below(5)];
  const char* order = kOrders[w.draw.below(3)];
  w.line("note(__atomic_{}(&{}, {}, __ATOMIC_{}));", operation, wide ? "shared_wide" : "shared", w.value(wide), order);
}

void int128(Weaver& w) {
  const std::string name = w.fresh("w");
  w.open("{{");
  const std::string high = w.value(true);
  w.line("__extension__ unsigned __int128 {} = (unsigned __int128)({}) << 64 | {};", name, high, w.value(true));
  switch (w.draw.below(4)) {
    case 0:
      w.line("{} *= {};", name, w.value(true));
      break;
    case 1:
      w.line("{} /= ({} | 1u);", name, w.value(true));
      break;
    case 2:
      w.line("{} = {} << {};", name, name, w.masked(127));
      break;
    default:
      w.line("{} -= {};", name, w.value(true));
  }
  w.line("note((u64)({0} >> 64) ^ (u64){0});", name);
  w.close();
}

// Small integers: every operation is exact, in whatever order and with whatever contraction.
void floating(Weaver& w) {
  const std::string name = w.fresh("d");
  w.open("{{");
  const std::string a = w.masked(0xffff), b = w.masked(0xff);
  w.line("double {0} = (double){1}, {0}_b = (double){2};", name, a, b);
  w.line("{0} = {0} * {0}_b + {1}.0;", name, w.draw.below(1000));
  if (w.draw.coin()) w.line("if ({0} > {0}_b) {0} -= {0}_b;", name);
  w.line("note((u64){});", name);
  w.close();
}

void complex(Weaver& w) {
  const std::string name = w.fresh("z");
  w.open("{{");
  w.line("_Complex double {0}, {0}_b;", name);
  const std::string a = w.masked(0xff), b = w.masked(0xff), c = w.masked(0x1f), d = w.masked(0x1f);
  w.line("__real__ {0} = (double){1}; __imag__ {0} = (double){2};", name, a, b);
  w.line("__real__ {0}_b = (double){1}; __imag__ {0}_b = (double){2};", name, c, d);
  w.line("{0} = {0} * {0}_b + {0}_b;", name);
  w.line("note((u64)(i64)__real__ {0} ^ (u64)(i64)__imag__ {0});", name);
  w.close();
}

void vector(Weaver& w) {
  const uint32_t lanes = 2u << w.draw.below(4);
  const std::string name = w.fresh("x");
  w.open("{{");
  w.line("typedef u32 {}_t __attribute__((vector_size({})));", name, 4 * lanes);
  const std::string first = w.value(), second = w.value();
  w.line("{0}_t {0} = {{{1}}}, {0}_b = {{{2}, {3}u}};", name, first, second, w.draw.below(100));
  static constexpr const char* kOperations[] = {"+", "-", "*", "^", "&", "|"};
  const uint32_t operations = 1 + w.draw.below(3);
  for (uint32_t i = 0; i < operations; ++i) {
    const char* one = kOperations[w.draw.below(6)];
    const char* other = kOperations[w.draw.below(6)];
    w.line("{0} = {0} {1} {0}_b; {0}_b = {0}_b {2} {3}u;", name, one, other, 1 + i);
  }
  w.line("note({}[{}]);", name, w.masked(lanes - 1));
  w.close();
}

void copy(Weaver& w) {
  const uint32_t words = 1 + w.draw.below(40);
  if (!w.afford(2 * words)) return w.assign(w.place());
  const std::string name = w.fresh("c");
  w.open("{{");
  w.line("struct {0} {{ u32 word[{1}]; }} {0}_a, {0}_b;", name, words);
  w.line("fill(&{0}_a, (u32)sizeof({0}_a), {1});", name, w.value());
  w.line("{0}_b = {0}_a;", name);
  const std::string index = w.below(words);
  w.line("{}_b.word[{}] ^= {}u;", name, index, w.draw.below(1000));
  w.line("note(mix(&{0}_b, (u32)sizeof({0}_b), {0}_a.word[{1}]));", name, w.below(words));
  w.close();
}

void assembly(Weaver& w) {
  switch (w.draw.below(4)) {
    case 0:
      return w.line("__asm__ volatile(\"\" : : : \"memory\");");
    case 1:
      return w.line("__asm__ volatile(\"\" : : : CLOBBERS);");
    case 2:
      return w.line("__asm__ volatile(\"nop\" : : : CLOBBERS_VECTOR, \"memory\");");
    default: {
      const Variable variable = w.declare(w.draw.coin() ? Type::U32 : Type::U64);
      return w.line("__asm__ volatile(\"\" : \"+r\"({}));", variable.name);
    }
  }
}

constexpr Construct kConstructs[] = {
    {"atomic", 2, atomic},
    {"int128", 2, int128},
    {"double", 2, floating},
    {"complex", 1, complex},
    {"vector", 2, vector},
    {"copy", 1, copy},
    {"asm", 2, assembly},
    {"asm-all", 1, nullptr, 0, R"(__asm__ volatile("" : : : CLOBBERS, CLOBBERS_MORE`|, CLOBBERS_VECTOR|, "memory"`);)",
     1},
    {"asm-tied", 1, nullptr, 0, R"(`1=u32|u64` `n` = (`1`)`w`, `n`_b = (`1`)`w`, `n`_c = 3;
__asm__`| volatile|`("" : "+r"(`n`), "=&r"(`n`_b) : "1"(`n`_b), "r"(`n`_c) : "memory"`|, "cc"`);
note(`n` ^ `n`_b);)",
     3},
    {"asm-memory", 1, nullptr, 0, R"(u32 `n`[4] = {`u`, 2, 3, `u`};
__asm__ volatile("" : "+m"(`n`));
note(`n`[`&3`]);)",
     3},
    {"expression-statement", 2, nullptr, 1, R"(u32 `n` = __extension__ ({
  u32 `n`_in = `u`;
  @nolabels
  @scope u32 `n`_in
  @statements 2
  @again
  `n`_in ^ 5u;
});
note(`n`);)",
     5},
    {"vector-mixed", 1, nullptr, 0,
     R"(typedef `1=u8|u16|i32|float|u64|double` `n`_t __attribute__((vector_size(`2=8|16|32|64`)));
`n`_t `n` = {0}, `n`_b = {0};
u32 `n`_i;
for (`n`_i = 0; `n`_i < `2`u / sizeof(`1`); ++`n`_i) {
  `n`[`n`_i] = (`1`)(`n`_i * 3u + 1u);
  `n`_b[`n`_i] = (`1`)`&63`;
}
@statements 1
`n` = `n` `+|*|-` `n`_b;
`n` = `n` `+|*` `n`;
note((u64)(i64)`n`[`n`_i & 0u] ^ (u64)(i64)`n`[`2`u / sizeof(`1`) - 1u]);)",
     150},
};

}  // namespace

std::span<const Construct> data_constructs() { return kConstructs; }

}  // namespace objhound::generator::weave
