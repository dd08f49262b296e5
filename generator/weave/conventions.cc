// Functions by how they are called: other calling conventions, promises about registers, calls in the place of returns
// with arguments on the stack, functions in functions, lists of arguments that are passed on.

#include "generator/weave/passing.h"

namespace objhound::generator::weave {
namespace {

// A function of drawn parameters with a convention of its own, called by its name or through a pointer.
void with_convention(Weaver& w) {
  static constexpr std::string_view kConventions[] = {
      "C_MS_ABI",        "C_MS_ABI",       "C_SYSV_ABI",      "C_REGCALL",   "C_VECTORCALL",
      "C_PRESERVE_MOST", "C_PRESERVE_ALL", "C_PRESERVE_NONE", "C_SWIFTCALL", "C_AARCH64_VECTOR_PCS",
      "C_INTEL_OCL_BICC"};
  const std::string name = w.fresh_outside("f");
  const std::string_view convention = kConventions[w.draw.below(std::size(kConventions))];
  static constexpr std::string_view kTypes[] = {"u32", "u64", "double", "vec4", "u8", "i64", "float"};
  std::vector<uint32_t> types;
  const uint32_t count = w.draw.below(w.draw.coin() ? 5 : 16);
  for (uint32_t i = 0; i < count; ++i) types.push_back(w.draw.below(std::size(kTypes)));
  w.begin_function("u64");
  w.draw_throws();
  std::string list, forms, sum = "0u";
  for (uint32_t i = 0; i < count; ++i) {
    const std::string_view type = kTypes[types[i]];
    list += fmt::format("{}{} r{} UNUSED", i == 0 ? "" : ", ", type, i);
    forms += fmt::format("{}{}", i == 0 ? "" : ", ", type);
    sum = fmt::format("({} * 3u + (u64)r{}{})", sum, i, type == "vec4" ? "[1]" : "");
    if (type == "u32") w.scope.variables.push_back({fmt::format("r{}", i), Type::U32});
    if (type == "u64") w.scope.variables.push_back({fmt::format("r{}", i), Type::U64});
  }
  if (list.empty()) list = forms = "void";
  const std::vector<Variable> inside = w.scope.variables;
  const std::string soup = storage_and_attributes(w);
  w.open("{}{} u64 {}({}) {{", soup, convention, name, list);
  w.scope.variables = inside;
  // Clang has no register left for a frame that is aligned and moves, where all may be arguments.
  if (convention == "C_PRESERVE_NONE" || convention == "C_REGCALL") w.levels_left = 0;
  w.statements(5);
  w.line("return {};", sum);
  w.close();
  const bool through_pointer = w.draw.coin();
  if (through_pointer) {
    w.line("typedef {} u64 {}_t({});", convention, name, forms);
    w.line("static {0}_t* volatile {0}_to = {0};", name);
  }
  w.end_function([&w, name, types, through_pointer] {
    std::string arguments;
    for (const uint32_t type : types) {
      arguments += arguments.empty() ? "" : ", ";
      const std::string value = w.value();
      if (kTypes[type] == "vec4") {
        arguments += fmt::format("(vec4){{{}, 2u, 3u, 4u}}", value);
      } else if (kTypes[type] == "double" || kTypes[type] == "float") {
        arguments += fmt::format("({})({} & 0xffffu)", kTypes[type], value);
      } else {
        arguments += fmt::format("({})({})", kTypes[type], value);
      }
    }
    return fmt::format("{}{}({})", name, through_pointer ? "_to" : "", arguments);
  });
}

constexpr FunctionKind kKinds[] = {
    {"convention", 6, with_convention},
    // All registers are kept, so that it may have integers only; Clang at -O0 keeps even that of the result.
    {"keeps-all", 1, nullptr,
     R"(static NOINLINE C_NO_CALLER_SAVED_REGISTERS_TARGET_GENERAL_REGS_ONLY void `o`_to(u64* to, u32 a, u32 b, u64 c) {
  u32 x = a * b, y = a ^ (u32)c;
  *to = a > b ? x - y : (x << (y & 7u)) + (u32)(c >> 9);
}
static u64 `o`(u32 a, u32 b, u64 c) {
  u64 result = 0;
  `o`_to(&result, a, b, c);
  return result;
})",
     "`o`(`u`, `u`, `w`)", 10},
    {"integers-only", 1, nullptr, R"(@function u32
static NOINLINE C_TARGET_GENERAL_REGS_ONLY u32 `o`(u32 a, u32 b, u64 c) {
  u32 x = a * b, y = a ^ (u32)c, i;
  for (i = 0; i < `#2-9`u; ++i) x += (y >> i) * (u32)c;
  return x + b;
})",
     "`o`(`u`, `u`, `w`)", 50},
    {"ms-variadic", 2, nullptr, R"(#if IS_X86
static NOINLINE __attribute__((ms_abi)) u32 `o`(u32 count, ...) {
  __builtin_ms_va_list list;
  u32 sum = 0;
  __builtin_ms_va_start(list, count);
  for (; count > 0; --count) sum = sum * 3u + __builtin_va_arg(list, u32);
  __builtin_ms_va_end(list);
  return sum;
}
#else
static NOINLINE u32 `o`(u32 count, u32 a, u32 b, u32 c, u32 d) {
  return count == 4 ? ((a * 3u + b) * 3u + c) * 3u + d : 0u;
}
#endif)",
     "`o`(4u, `u`, `u`, `u`, `u`)", 30},
    // The one that takes a list is not the one that has it.
    {"list-passed-on", 2, nullptr, R"(static NOIPA u64 `o`_rest(u32 count, __builtin_va_list list) {
  u64 sum = 0;
  for (; count > 0; --count) sum = sum * 5u + (u64)__builtin_va_arg(list, `1=u64|u32|double`);
  return sum;
}
@function u64
static `attributes`u64 `o`(u32 count, u32 x, ...) {
  __builtin_va_list list;
  u64 sum;
  @scope u32 x
  @statements 2
  __builtin_va_start(list, x);
  sum = `o`_rest(count, list);
  __builtin_va_end(list);
  return sum + x;
})",
     "`o`(`#0-9`u, `u`, (`1`)`&63`, (`1`)1, (`1`)2, (`1`)`&7`, (`1`)4, (`1`)5, (`1`)6, (`1`)7, (`1`)8, (`1`)`&15`)",
     60},
    // Tail calls whose arguments stand on the stack, in the caller's place.
    {"tail-on-stack", 3, nullptr,
     R"(static u64 `o`_b(u32 n, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f, u64 g, u64 h, u32 i);
@function u64
static `attributes`u64 `o`_a(u32 n, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f, u64 g, u64 h, u32 i) {
  if (n == 0) return a + b * 3u + c * 5u + d * 7u + e + f + g * 11u + h + i;
  @scope u64 h
  @scope u32 i
  @statements 2
  MUSTTAIL return `o`_b(n - 1, b, a, d, c, f, e, h, g, i `+|^` (u32)g);
}
static `attributes`u64 `o`_b(u32 n, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f, u64 g, u64 h, u32 i) {
  if (n == 0) return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i;
  MUSTTAIL return `o`_a(n - 1, h, g, f, e, d, c, b, a, i + 1u);
})",
     "`o`_a(`#0-9`u, `w`, 2u, `w`, `u`, 5u, `w`, `w`, 8u, `u`)", 200},
    {"tail-machine", 3, nullptr, R"(static u32 `o`_0(u32 n, u32 x, const u8* code);
static u32 `o`_1(u32 n, u32 x, const u8* code);
static u32 `o`_2(u32 n, u32 x, const u8* code);
static u32 (*const `o`_table[4])(u32, u32, const u8*) = {`o`_0, `o`_1, `o`_2, `o`_`0|1|2`};
@function u32
static `attributes`u32 `o`_0(u32 n, u32 x, const u8* code) {
  @scope u32 x
  if (n == 0) return x;
  x = x * 5u + 1u;
  MUSTTAIL return `o`_table[*code & 3u](n - 1, x, code + 1);
}
@function u32
static `attributes`u32 `o`_1(u32 n, u32 x, const u8* code) {
  @scope u32 x
  if (n == 0) return x ^ 1u;
  @statements 1 x 8
  MUSTTAIL return `o`_table[*code & 3u](n - 1, x, code + 1);
}
@function u32
static `attributes`u32 `o`_2(u32 n, u32 x, const u8* code) {
  if (n == 0) return x ^ 2u;
  if (x & 1u) note(x);
  MUSTTAIL return `o`_table[*code & 3u](n - 1, x ^ n, code + 1);
})",
     "`o`_`0|1|2`(8u, `u`, (const u8*)\"`abcdefgh|adgjmpsv|00112233`\")", 100},
    // GCC's functions in functions: called directly, through a pointer (a trampoline on the stack), and left by a jump.
    {"nested", 4, nullptr, R"(static NOIPA UNUSED u32 `o`_through(u32 (*to)(u32), u32 y) { return to(y) + 1u; }
@function u32
static NOINLINE u32 `o`(u32 x) {
  u32 kept = x ^ `#0-99`u, sum = 0, i;
  @const u32 kept
  @statements 2
#if IS_GCC && !defined(__cplusplus)
  auto u32 `o`_inner(u32 y);
  u32 `o`_inner(u32 y) {
    kept += y;
    return `1=kept * 3u|kept ^ y|(kept >> 1) + y|y * y`;
  }
  for (i = 0; i < `2=#1-6`u; ++i) sum += `o`_through(`o`_inner, x + i);
  sum ^= `o`_inner(`3=#0-99`u);
#else
  u32 y;
  for (i = 0; i < `2`u; ++i) {
    y = x + i;
    kept += y;
    sum += (`1`) + 1u;
  }
  y = `3`u;
  kept += y;
  sum ^= `1`;
#endif
  return sum + kept;
})",
     "`o`(`u`)", 100, kOnlyC},
    {"nested-jump", 2, nullptr, R"(static NOIPA UNUSED u32 `o`_through(void (*to)(u32), u32 y) { to(y); return y; }
@function u32
static NOINLINE u32 `o`(u32 x) {
  __label__ out;
  volatile u32 kept = x & 15u;
  u32 sum = 0;
#if IS_GCC && !defined(__cplusplus)
  void `o`_inner(u32 y) {
    if (y > `1=#0-15`u) goto out;
    kept += y;
  }
#else
#define `o`_inner(y) if (y > `1`u) goto out; kept += y
#endif
  @statements 2
#if IS_GCC && !defined(__cplusplus)
  sum += `o`_through(`o`_inner, x & 7u);
  sum += `o`_through(`o`_inner, x & 15u);
#else
  `o`_inner((x & 7u));
  sum += x & 7u;
  `o`_inner((x & 15u));
  sum += x & 15u;
#endif
  kept ^= 99u;
out:
  return kept + sum + `1`u;
})",
     "`o`(`u`)", 100, kOnlyC},
    {"apply", 1, nullptr, R"(static NOIPA u32 `o`_real(u32 a, u32 b, u32 c) { return a * 3u + b * 5u + c; }
#if IS_GCC && IS_X86
static NOINLINE u32 `o`(u32 a UNUSED, u32 b UNUSED, u32 c UNUSED) {
  void* arguments = __builtin_apply_args();
  __builtin_return(__builtin_apply((void (*)())(void*)`o`_real, arguments, 64));
}
#else
static NOINLINE u32 `o`(u32 a, u32 b, u32 c) { return `o`_real(a, b, c); }
#endif)",
     "`o`(`u`, `u`, `u`)", 30, kOnlyC},
    // Where it was called from, and where its frame is: nobody knows what they are, but they are there.
    {"addresses", 2, nullptr, R"(@function u32
static `attributes`u32 `o`(u32 x) {
  const void* volatile from = __builtin_return_address(0);
  const void* volatile frame = `__builtin_frame_address(0)|__builtin_extract_return_addr(__builtin_return_address(0))|__builtin_frame_address(0)`;
  @scope u32 x
  @statements 3
  return x + (from != 0) + (frame != 0);
})",
     "`o`(`u`)", 10},
    // Back to a frame further up, or in the same loop, more than once.
    {"many-returns", 2, nullptr, R"(static `OWN_JMP_BUF|OWN_JMP_BUF` `o`_buffer;
static NOIPA void `o`_back(u32 x) {
  if (x & 1u) OWN_LONGJMP(`o`_buffer);
}
@function u32
static NOINLINE u32 `o`(u32 x) {
  volatile u32 kept = x & 31u;
  volatile u32 times = 0;
  if (OWN_SETJMP(`o`_buffer)) kept = kept >> 1;
  times = times + 1u;
  if (times < `#1-6`u) `o`_back(kept);
  @nolabels
  @statements 2
  @again
  return kept + times;
})",
     "`o`(`u`)", 200},
};

}  // namespace

std::span<const FunctionKind> convention_kinds() { return kKinds; }

}  // namespace objhound::generator::weave
