// What shapes a frame: objects of variable size, large and over-aligned ones, addresses that escape, many values at
// once, cleanups.

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

// An array whose bytes are filled by a function that no compiler looks into, and perhaps read by another.
void use(Weaver& w, const std::string& name, const std::string& bytes, const Array& array) {
  w.line("fill({}, {}, {});", name, bytes, w.value());
  w.scope.arrays.push_back(array);
  w.statements(4);
  if (w.draw.coin()) {
    const Variable place = w.place();
    const std::string salt = w.value();
    if (place.bits == 0) w.line("{} = ({})mix({}, {}, {});", place.name, name_of(place.type), name, bytes, salt);
  }
}

void on_stack(Weaver& w, const std::string& declaration, const std::string& name, const std::string& bytes,
              const Array& array, bool labels) {
  const bool before = w.around.labels;
  w.around.labels = before && labels;
  w.line("{}", declaration);
  use(w, name, bytes, array);
  w.around.labels = before;
  w.close();
}

void alloca_block(Weaver& w) {
  if (!w.afford(200)) return w.assign(w.place());
  const std::string name = w.fresh("p");
  w.open("{{");
  w.line("u32 {}_size = {} + 16u;", name, w.masked(63));
  on_stack(w, fmt::format("u8* {0} = (u8*)__builtin_alloca({0}_size);", name), name, name + "_size",
           {name, Type::U8, 15}, true);
}

void variable_length(Weaver& w) {
  if (!w.afford(300)) return w.assign(w.place());
  const std::string name = w.fresh("p");
  const Type type = w.type();
  w.open("{{");
  w.line("u32 {}_size = {} + 8u;", name, w.masked(31));
  on_stack(w, fmt::format("{0} {1}[{1}_size];", name_of(type), name), name,
           fmt::format("{0}_size * (u32)sizeof({0}[0])", name), {name, type, 7}, false);
}

void aligned(Weaver& w) {
  if (!w.afford(200)) return w.assign(w.place());
  const std::string name = w.fresh("p");
  const uint32_t alignment = 32u << w.draw.below(4);
  const Type type = w.type();
  w.open("{{");
  on_stack(w, fmt::format("{} {}[16] __attribute__((aligned({})));", name_of(type), name, alignment), name,
           fmt::format("(u32)sizeof({})", name), {name, type, 15}, true);
}

// Only its beginning is touched.
void large(Weaver& w) {
  if (!w.afford(200)) return w.assign(w.place());
  const std::string name = w.fresh("p");
  const uint32_t bytes = 512u << w.draw.below(9);
  w.open("{{");
  on_stack(w, fmt::format("u8 {}[{}];", name, bytes), name, "64u", {name, Type::U8, 63}, true);
}

// More values than there are registers, all of them needed behind a call.
void pressure(Weaver& w) {
  const uint32_t count = 6 + w.draw.below(18);
  if (!w.afford(2 * count)) return w.assign(w.place());
  w.open("{{");
  std::string sum = "0u";
  for (uint32_t i = 0; i < count; ++i) {
    const std::string name = w.fresh("v");
    w.line("u32 {} = {};", name, w.draw.coin() ? fmt::format("zero + {}u", i) : w.value());
    w.scope.variables.push_back({name, Type::U32});
    sum = fmt::format("({} {} {})", sum, i % 3 == 0 ? "+" : i % 3 == 1 ? "^" : "-", name);
  }
  w.statements(3);
  w.line("note({});", sum);
  w.close();
}

void cleanup(Weaver& w) {
  if (!w.afford(5)) return w.assign(w.place());
  const std::string name = w.fresh("v");
  w.open("{{");
  w.line("u32 {} UNUSED __attribute__((cleanup(cleaned))) = {};", name, w.value());
  const bool before = w.around.labels;
  w.around.labels = false;
  w.scope.variables.push_back({name, Type::U32});
  w.statements(4);
  w.around.labels = before;
  w.close();
}

void escaping(Weaver& w) {
  if (!w.afford(30)) return w.assign(w.place());
  const Type type = w.type();
  const std::string name = w.fresh("v");
  w.open("{{");
  const std::string_view kept = w.draw.one_in(3) ? "volatile " : "";
  w.line("{}{} {} = {};", kept, name_of(type), name, w.converted(type));
  w.scope.variables.push_back({name, type});
  w.statements(3);
  const std::string salt = w.value();
  w.line("note(mix((void*)&{}, (u32)sizeof({}), {}));", name, name, salt);
  w.statement();
  w.close();
}

constexpr Construct kConstructs[] = {
    {"alloca", 2, alloca_block, 1},
    {"vla", 2, variable_length, 1},
    {"over-aligned", 2, aligned, 1},
    {"large-frame", 1, large, 1},
    {"pressure", 2, pressure, 1},
    {"cleanup", 1, cleanup, 1},
    {"escaping", 2, escaping, 1},
    {"floating-pressure", 2, nullptr, 0,
     R"(double `n`_a = `&255`, `n`_b = `&63`, `n`_c = `n`_a + 1, `n`_d = `n`_b * 3, `n`_e = `n`_a * 2, `n`_f = 7, `n`_g = `n`_c, `n`_h = 9;
float `n`_i = (float)`&63`, `n`_j = `n`_i + 2, `n`_k = 5, `n`_l = (float)`&63`;
@statements 2
`n`_g += `n`_a * `n`_h;
note(mix((void*)&`n`_c, 8u, 3u));
@statements 1
note((u64)(`n`_a + `n`_b + `n`_d + `n`_e + `n`_f + `n`_g + `n`_h + (double)(`n`_i + `n`_j + `n`_k + `n`_l)));)",
     60},
    {"long-double", 1, nullptr, 0, R"(long double `n` = `&255`, `n`_b = (long double)`&63`;
@statements 1
`n` = `n` * `n`_b + 3;
if (`n` > `n`_b) `n` -= 1;
note((u64)`n`);)",
     20},
    // All at once: the frame is aligned, moves, and calls.
    {"realigned", 2, nullptr, 0, R"(u32 `n`_size = `&63` + 8u;
u64 `n`[8] __attribute__((aligned(`32|64|128|256`)));
u8* `n`_p = (u8*)__builtin_alloca(`n`_size);
u8* `n`_q = (u8*)__builtin_alloca_with_align(`n`_size, `64|128|256|512`);
fill(`n`, sizeof(`n`), `u`);
fill(`n`_p, `n`_size, `u`);
@array u64 `n` 7
@array u8 `n`_p 7
@statements 3
`n`_q[`&7`] = `n`_p[1];
note(mix(`n`, sizeof(`n`), `n`_p[`&7`]));)",
     400},
    {"moving", 1, nullptr, 0, R"(u32 `n`_i;
for (`n`_i = 0; `n`_i < `#1-5`u; ++`n`_i) {
  u8* `n`_p = (u8*)__builtin_alloca((`n`_i & 7u) * 16u + 5u);
  fill(`n`_p, 5u, `n`_i);
  @array u8 `n`_p 3
  @statements 1 x 5
  if (`c`) break;
  note(`n`_p[`n`_i & 3u]);
})",
     200},
};

}  // namespace

std::span<const Construct> frame_constructs() { return kConstructs; }

}  // namespace objhound::generator::weave
