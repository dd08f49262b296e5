// Functions by how they are found and what is promised of them: other names, chosen when the program starts or by the
// processor, started by nobody or by the C library, replaced, inlined whatever it costs; pragmas around them.

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

constexpr FunctionKind kKinds[] = {
    {"alias", 2, nullptr, R"(@function u32
EXTERN_C `attributes`u32 `o`_real(u32 x) {
  @scope u32 x
  @statements 3
  return x ^ `u`;
}
EXTERN_C u32 `o`(u32 x) __attribute__((alias("`o`_real")`|, weak|, visibility("hidden")`));)",
     "`o`(`u`)", 10},
    // Sanitizers are not ready yet where it runs.
    {"ifunc", 2, nullptr, R"(static `attributes`u32 `o`_one(u32 x) { return x * 3u; }
#ifdef SANITIZED
static u32 `o`(u32 x) { return `o`_one(x); }
#else
typedef u32 (*`o`_type)(u32);
EXTERN_C __attribute__((used)) `o`_type `o`_pick(void) { return `o`_one; }
`static |`u32 `o`(u32 x) __attribute__((ifunc("`o`_pick")));
#endif)",
     "`o`(`u`)", 10},
    {"weak", 1, nullptr, R"(EXTERN_C u32 `o`_missing(u32 x) __attribute__((weak));
@function u32
__attribute__((weak)) u32 `o`(u32 x) {
  @scope u32 x
  @statements 2
  if (`o`_missing) return `o`_missing(x);
  return x;
})",
     "`o`(`u`)", 10},
    {"constructor", 1, nullptr, R"(static u32 `o`_started = 1;
@function void
static __attribute__((constructor`|(200)|(1000)`)) void `o`_start(void) {
  `o`_started = `o`_started * 7u + `#0-9`u;
}
static __attribute__((destructor`|(200)`)) void `o`_stop(void) { `o`_started = 0; }
static u32 `o`(u32 x) { return `o`_started ^ x; })",
     "`o`(`u`)", 10},
    // Only the assembly is in it.
    {"naked", 2, nullptr, R"(#if __has_attribute(naked) && (IS_X86 || IS_ARM)
static NOINLINE __attribute__((naked, used)) u32 `o`(u32 x UNUSED) {
#if IS_X86
  __asm__("leal `1=#1-99`(%rdi), %eax\n\t`push %rbx\n\tpop %rbx\n\t|`ret");
#else
  __asm__("add w0, w0, #`1`\n\tret");
#endif
}
#else
static NOINLINE u32 `o`(u32 x) { return x + `1`u; }
#endif)",
     "`o`(`u`)", 10},
    // Assembly between functions, with unwind rows of its own.
    {"assembly", 1, nullptr, R"(#if IS_X86
__asm__(".text\n\t.globl `o`_own\n\t.type `o`_own, @function\n`o`_own:\n\t.cfi_startproc\n\tpush %rbx\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset rbx, -16\n\tlea `1=#1-99`(%rdi), %ebx\n\tmov %ebx, %eax\n\tpop %rbx\n\t.cfi_def_cfa_offset 8\n\t.cfi_restore rbx\n\tret\n\t.cfi_endproc\n\t.size `o`_own, .-`o`_own");
#else
__asm__(".text\n\t.globl `o`_own\n\t.type `o`_own, @function\n`o`_own:\n\t.cfi_startproc\n\tstp x19, x30, [sp, -16]!\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset 19, -16\n\t.cfi_offset 30, -8\n\tadd w19, w0, #`1`\n\tmov w0, w19\n\tldp x19, x30, [sp], 16\n\t.cfi_restore 19\n\t.cfi_restore 30\n\t.cfi_def_cfa_offset 0\n\tret\n\t.cfi_endproc\n\t.size `o`_own, .-`o`_own");
#endif
EXTERN_C u32 `o`_own(u32 x);)",
     "`o`_own(`u`)", 10},
    // For machines that this one may not be: compiled, and called where control does not come.
    {"other-machine", 3, nullptr, R"(#if IS_X86
#define `o`_MACHINE __attribute__((target("`avx|avx2|avx2,fma,bmi2|avx512f|avx512f,avx512vl,avx512bw|sse4.2|arch=haswell|arch=skylake-avx512|arch=x86-64-v3|xop|adx|no-sse4.2`")))
#elif IS_GCC
#define `o`_MACHINE __attribute__((target("`arch=armv8.2-a+sve|+sve|arch=armv8.3-a|arch=armv8.2-a+fp16|arch=armv9-a|strict-align`")))
#else
#define `o`_MACHINE __attribute__((target("`sve|sve2|v8.3a|fullfp16|v8.1a`")))
#endif
@function u64
static NOINLINE `o`_MACHINE u64 `o`(u32 x) {
  `t` a[64], b[64];
  u64 sum = 0;
  u32 i;
  for (i = 0; i < 64u; ++i) {
    a[i] = (`t`)(x * i);
    b[i] = (`t`)(a[i] ^ x);
  }
  for (i = 0; i < 64u; ++i) a[i] = (`t`)((u64)a[i] + (u64)b[i]);
  for (i = 0; i < 64u; ++i) sum += (u64)a[i];
  return sum + mix(b, sizeof(b), x);
})",
     "(zero != 0 ? `o`(`u`) : 1u)", 10},
    {"clones", 2, nullptr, R"(#if IS_X86 && __has_attribute(target_clones) && !defined(SANITIZED)
#define `o`_CLONES __attribute__((target_clones("default"`1=, "avx2"|, "sse4.2", "avx2"|, "arch=haswell"`)))
#else
#define `o`_CLONES
#endif
`o`_CLONES u64 `o`(u32 x) {
  u32 a[64], i;
  u64 sum = 0;
  for (i = 0; i < 64u; ++i) a[i] = x * i;
  for (i = 0; i < 64u; ++i) sum += a[i]` ^ x|| >> 3`;
  return sum + a[x & 63u];
})",
     "`o`(`u`)", 200},
    {"pure", 2, nullptr,
     R"(static NOINLINE __attribute__((const)) `A_NOCLONE |`u32 `o`_const(u32 a, u32 b) { return a * 31u + (b >> 3); }
static `NOINLINE |NOIPA |`__attribute__((pure)) u32 `o`_pure(const u32* a) { return *a + shared; }
@function u32
static u32 `o`(u32 x) {
  u32 sum = `o`_const(x, `u`);
  @const u32 sum
  sum += `o`_pure(&sum);
  @statements 2
  return sum + `o`_const(x, 5u) + `o`_pure(&sum);
})",
     "`o`(`u`)", 30},
    {"simd", 1, nullptr, R"(#if IS_GCC && __has_attribute(simd)
__attribute__((simd`|("notinbranch")|("inbranch")`))
#endif
`static |`NOINLINE __attribute__((const)) u32 `o`_one(u32 a, u32 b) { return (a * 3u ^ b) >> 2; }
static NOINLINE u32 `o`(u32 x) {
  u32 a[32], i, sum = 0;
  for (i = 0; i < 32u; ++i) a[i] = `o`_one(x + i, i);
  for (i = 0; i < 32u; ++i) sum += a[i];
  return sum;
})",
     "`o`(`u`)", 200},
    {"memory-of-its-own", 1, nullptr, R"(#if __has_attribute(assume_aligned)
#define `o`_ALIGNED __attribute__((assume_aligned(`1=16|32|64`)))
#else
#define `o`_ALIGNED
#endif
static u8 `o`_memory[256] __attribute__((aligned(64)));
static NOIPA `o`_ALIGNED __attribute__((returns_nonnull)) void* `o`_get(u32 which) { return `o`_memory + `1` * (which & 1u); }
static NOINLINE __attribute__((malloc, alloc_size(1))) void* `o`_new(u32 size) { return __builtin_malloc(size); }
@function u32
static u32 `o`(u32 x) {
  u32* a = (u32*)`o`_get(x);
  u8* b = (u8*)`o`_new(64);
  u32 i;
  for (i = 0; i < 16u; ++i) a[i] = x + i;
  if (b == 0) return 0;
  for (i = 0; i < 64u; ++i) b[i] = (u8)(a[i & 15u] + x);
  x += mix(b, 64u, x);
  __builtin_free(b);
  return x;
})",
     "`o`(`u`)", 400},
    {"inline-always", 3, nullptr,
     R"(static inline __attribute__((always_inline`|, artificial|, flatten`)) u64 `o`_in(u32 a, u64 b) {
  u64 x = a * 3u + b;
  if (x & 4u) return x >> 3;
  return x ^ `#0-999`u;
}
@function u64
static `attributes`u64 `o`(u32 x) {
  u64 y = `o`_in(x, `w`);
  @const u64 y
  @statements 3
  return y + `o`_in(x ^ 1u, y) + `o`_in((u32)y, x);
})",
     "`o`(`u`)", 30},
    {"inline-gnu", 1, nullptr, R"(extern inline __attribute__((gnu_inline)) u32 `o`(u32 x) { return x * 5u + 1u; }
u32 `o`(u32 x) { return x * 5u + 1u; }
static u32 `o`_calls(u32 x) { return `o`(x) ^ `o`(x + 1u); })",
     "`o`_calls(`u`)", 10, kOnlyC},
    {"transparent-union", 1, nullptr,
     R"(typedef union { u32* wide; const u8* narrow; } `o`_t __attribute__((transparent_union));
static NOINLINE u32 `o`_take(`o`_t x) { return *x.narrow; }
static u32 `o`(u32 x) {
  u32 wide = x;
  u8 narrow = (u8)(x >> 3);
  return `o`_take(&narrow) + (`o`_take(&wide) != 256u);
})",
     "`o`(`u`)", 10, kOnlyC},
    // Two words at once; no machine of the last fifteen years is without.
    {"two-words", 1, nullptr, R"(#if IS_X86
__attribute__((target("cx16")))
#endif
static NOINLINE u64 `o`(u32 x) {
  static u128 both __attribute__((aligned(16)));
  u128 old = both;
  __sync_bool_compare_and_swap(&both, old, (old << 3) + x);
  old = __sync_val_compare_and_swap(&both, both, both ^ x);
  return (u64)old ^ (u64)(both >> 64);
})",
     "`o`(`u`)", 60},
    {"packed-by-pragma", 1, nullptr, R"(#pragma pack(push, `1|2|4`)
struct `o`_t { u8 a; u32 b; u64 c; double d; };
#pragma pack(pop)
static NOINLINE struct `o`_t `o`_next(struct `o`_t x) {
  x.a ^= 5u;
  x.b += x.a;
  x.c -= x.b;
  return x;
}
static u64 `o`(u32 x) {
  struct `o`_t t = {(u8)x, x, x, 3.0};
  t = `o`_next(`o`_next(t));
  return t.a + t.b + t.c + (u64)t.d;
})",
     "`o`(`u`)", 30},
    // Compiled otherwise than what stands around it.
    {"by-pragma", 4, nullptr, R"(#if IS_GCC
#pragma GCC push_options
#pragma GCC optimize("`O0|O1|O2|O3|Os|Og|no-omit-frame-pointer|no-shrink-wrap|no-jump-tables|unroll-loops|no-inline|no-tree-vectorize|no-reorder-blocks-and-partition|stack-protector-all|no-toplevel-reorder|no-caller-saves`")
#elif UNOPTIMISED
#pragma clang optimize `off|off|on`
#endif
@function u32
static u32 `o`(u32 x, u64 y) {
  @scope u32 x
  @scope u64 y
  if (`c`) return x;
  @statements 5
  return x ^ (u32)y;
}
#if IS_GCC
#pragma GCC pop_options
#elif UNOPTIMISED
#pragma clang optimize on
#endif)",
     "`o`(`u`, `w`)", 10},
    {"for-machine-by-pragma", 2, nullptr, R"(#if IS_GCC && IS_X86
#pragma GCC push_options
#pragma GCC target("`tune=atom|tune=bonnell|cld|inline-all-stringops|tune=znver1`")
#elif IS_GCC
#pragma GCC push_options
#pragma GCC target("`branch-protection=standard|branch-protection=pac-ret|branch-protection=none|no-omit-leaf-frame-pointer|tune=cortex-a57`")
#elif IS_X86
#pragma clang attribute push(__attribute__((target("tune=`znver3|atom|skylake`"))), apply_to = function)
#else
#pragma clang attribute push(__attribute__((target("branch-protection=`standard|none|pac-ret+leaf`"))), apply_to = function)
#endif
@function u32
static `NOINLINE |`u32 `o`(u32 x) {
  @scope u32 x
  if (`c`) return x;
  @statements 5
  return x ^ `u`;
}
#if IS_GCC
#pragma GCC pop_options
#else
#pragma clang attribute pop
#endif)",
     "`o`(`u`)", 10},
    // Early ways out, and what needs a frame behind them, several times.
    {"shrink-wrapped", 5, nullptr, R"(@function u64
static `attributes`u64 `o`(u32 a, u64 b, u32 c) {
  @scope u32 a
  @scope u64 b
  @scope u32 c
  if (`c`) return a;
  if (UNLIKELY(`c`)) {
    @statements 2
    return b + a;
  }
  b ^= c;
  if (`c`) {
    @statements 3
    note(b);
    if (`c`) return c;
  }
  return b * 3u;
})",
     "`o`(`u`, `w`, `u`)", 10},
    {"cold-way-out", 3, nullptr, R"(static NOINLINE __attribute__((cold, noreturn)) void `o`_fail(u32 x, u64 y) {
  printf("failed %u %llu\n", x, y);
  exit(4);
}
@function u32
static `attributes`u32 `o`(u32 x) {
  @scope u32 x
  if (UNLIKELY(zero > x)) `o`_fail(x, `w`);
  @statements 3
  if (__builtin_expect(zero == 1u, 0)) {
    @statements 1
    `o`_fail(`u`, 5);
  }
  return x + `u`;
})",
     "`o`(`u`)", 10},
};

}  // namespace

std::span<const FunctionKind> linkage_kinds() { return kKinds; }

}  // namespace objhound::generator::weave
