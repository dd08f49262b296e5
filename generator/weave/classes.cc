// C++: functions of classes, and those that exceptions pass through or end in.

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

constexpr unsigned kHere = kOnlyCplusplus;
constexpr FunctionKind kKinds[] = {
    // Calls through either base come through thunks where the object has to be found first.
    {"hierarchy", 4, nullptr,
     R"(struct `o`_a { u64 a[`#1-3`]; virtual u32 first(u32 x) { return x + (u32)a[0]; } virtual `o`_a* self() { return this; } virtual ~`o`_a() {} };
struct `o`_b { u32 b = 3; virtual u32 second(u32 x, u64 y, u32 z) { return x ^ (u32)y ^ z ^ b; } virtual `o`_b* other() { return this; } virtual ~`o`_b() { note(b); } };
struct `o`_c : `|virtual `public `o`_a, `|virtual `public `o`_b {
u32 c = 9;
@function u32
@scope u32 x
`attributes`u32 first(u32 x) override {
  @scope u32 c
  @statements 2
  return x * c;
}
`attributes`u32 second(u32 x, u64 y, u32 z) override {
  @const u32 z
  @const u64 y
  @statements 2
  return x + z + b + (u32)y;
}
`o`_c* self() override { return this; }
`o`_c* other() override { return this; }
};
static NOIPA `o`_a* `o`_as_a(`o`_c* c) { return c; }
static NOIPA `o`_b* `o`_as_b(`o`_c* c) { return c; }
static NOINLINE u32 `o`(u32 x) {
  `o`_c c;
  c.a[0] = x;
  u32 sum = `o`_as_a(&c)->first(x);
  sum += `o`_as_b(&c)->second(x, 5u, `#1-99`u);
  return sum + `o`_as_b(&c)->other()->b + (`o`_as_a(&c)->self() == &c);
})",
     "`o`(`u`)", 200, kHere},
    // The handler is around the whole function, also around what is made before its body.
    {"function-try", 2, nullptr, R"(struct `o`_t {
u32 value;
Loud loud;
NOINLINE `o`_t(u32 v) try : value(v), loud(v) {
  if (v % `#2-7`u == 1u) throw v;
} catch (u32 x) {
  note(x);
}
};
@function u32
static NOINLINE u32 `o`(u32 x) try {
  @scope u32 x
  @throws
  @statements 3
  @again
  `o`_t t(x);
  return t.value ^ t.loud.value;
} catch (`u32 v|const Base& v|int v|u64 v`) {
  note(2);
  return `u`;
} catch (...) {
  return `u`;
})",
     "`o`(`u`)", 300, kHere},
    // What must not throw calls what could.
    {"noexcept", 2, nullptr, R"(static NOIPA u32 `o`_may(u32 x) {
  if (zero != 0) throw x;
  return x * 3u;
}
@function u32
`static |`u32 `o`(u32 x) noexcept {
  @scope u32 x
  Loud loud(x);
  u32 y = `o`_may(x);
  @const u32 y
  @nolabels
  @statements 3
  @again
  return y + `o`_may(x) + loud.value;
})",
     "`o`(`u`)", 100, kHere},
    // An exception comes through frames with much to restore.
    {"through", 3, nullptr, R"(static NOIPA u32 `o`_deep(u32 depth, u32 x, double d) {
  u32 a = x + 1u, b = x ^ 2u, c = x * 3u, e = x | 5u;
  u64 f = x;
  `Loud loud(depth)|Guard guard(a, depth)|u8 memory[64] = {3}; (void)memory|volatile double kept = d; (void)kept|alignas(64) u8 memory[64]; fill(memory, 64u, x)|u8* memory = (u8*)__builtin_alloca(x % 64u + 9u); fill(memory, 9u, x)`;
  if (depth == 0) throw `Small(x)|x|Derived(x)|(int)x|Loud(x)`;
  b += `o`_deep(depth - 1, a, d + 1);
  note(a ^ b ^ c ^ e ^ f ^ (u64)d);
  return a;
}
@function u32
`static |`u32 `o`(u32 x, u32 y) {
  @const u32 x
  @const u32 y
  u32 sum = x, kept UNUSED = y;
  u64 wide = `w`;
  try {
    `if (y > 9u) |`sum += `o`_deep(`#0-9`u, y, (double)(x & 255u));
  } catch (const `Small|Base|Derived|Loud`& v) {
    sum ^= v.value;
  } catch (`u32|int` v) {
    sum += (u32)v + kept;
  } catch (...) {
    note(kept ^ wide);
  }
  return sum + kept + (u32)wide;
})",
     "`o`(`u`, `u`)", 800, kHere},
    // A throw where a call in the place of the return would be.
    {"thrower", 3, nullptr, R"(@function u32
`static |`NOINLINE NORETURN void `o`_out(u32 x) { throw `Small(x)|x|Derived(x)`; }
static `attributes`u32 `o`_in(u32 x) {
  @scope u32 x
  if (`c`) return x;
  @statements 2
  `o`_out(x);
}
static `attributes`u32 `o`(u32 x) {
  try {
    return `o`_in(x);
  } catch (u32 v) {
    return v;
  } catch (const Base& v) {
    if (v.get() == `#0-9`u) return 1u;
    return v.value;
  } catch (...) {
  }
  return 7u;
})",
     "`o`(`u`)", 400, kHere},
    {"rethrow", 2, nullptr, R"(static `attributes`u32 `o`_in(u32 x) {
  try {
    if (x & 1u) throw Derived(x);
    if (x & 2u) throw x;
    if (x & 4u) throw "text";
  } catch (Other& v) {
    v.other[2] += 5u;
    throw;
  } catch (u32& v) {
    v ^= 3u;
    if (x & 8u) throw;
    throw Small(v);
  }
  return x;
}
static NOINLINE u32 `o`(u32 x) {
  try {
    return `o`_in(x);
  } catch (const Derived& v) {
    return v.get_other();
  } catch (u32 v) {
    return v;
  } catch (...) {
    return 5u;
  }
})",
     "`o`(`u`)", 400, kHere},
    {"template", 1, nullptr, R"(template <typename T, u32 N>
static `attributes`T `o`_t(T x) {
  if constexpr (N > 1) {
    return (T)(`o`_t<T, N - 1>((T)(x ^ N)) + 1u);
  } else {
    return (T)(x * 3u);
  }
}
static u64 `o`(u32 x) { return `o`_t<u32, `#1-5`>(x) ^ `o`_t<u64, `#1-5`>(x) ^ `o`_t<u8, 2>((u8)x); })",
     "`o`(`u`)", 60, kHere},
    {"each-thread", 1, nullptr,
     R"(struct `o`_t { u32 value; `o`_t(u32 v) : value(v ^ zero) {} ~`o`_t() { value = 0; } };
static thread_local `o`_t `o`_each(`#1-99`u);
static NOINLINE u32 `o`(u32 x) { return `o`_each.value += x; })",
     "`o`(`u`)", 60, kHere},
    {"large-result", 2, nullptr, R"(struct `o`_t { u32 a[`#1-20`]; Loud loud; `o`_t(u32 x) : loud(x) { a[0] = x; } };
static NOINLINE `o`_t `o`_make(u32 x, `o`_t by_value) {
  if (x & 1u) return by_value;
  return `o`_t(x ^ by_value.a[0]);
}
static u32 `o`(u32 x) {
  `o`_t from(x + 1u);
  const `o`_t& made = `o`_make(x, from);
  return made.a[0];
})",
     "`o`(`u`)", 100, kHere},
};

}  // namespace

std::span<const FunctionKind> class_kinds() { return kKinds; }

}  // namespace objhound::generator::weave
