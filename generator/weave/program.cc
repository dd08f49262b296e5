// The frame of every program: what it needs of the compiler, its state, its functions, and main() with the checksum.

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

// `zero` is 0 in every run, and `mix` reads and writes what it is given; no compiler knows either.
constexpr std::string_view kPrelude = R"(#include <setjmp.h>
#pragma GCC diagnostic ignored "-Woverflow"

typedef unsigned char u8;
typedef signed char i8;
typedef unsigned short u16;
typedef short i16;
typedef unsigned int u32;
typedef int i32;
typedef unsigned long long u64;
typedef long long i64;

#define UNUSED __attribute__((unused))
#define NOINLINE __attribute__((noinline))
#define COLD __attribute__((cold))
#define HOT __attribute__((hot))
#define FLATTEN __attribute__((flatten))
#define ALIGNED_CODE __attribute__((aligned(64)))
#define NORETURN __attribute__((noreturn))
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#if __has_attribute(noipa)
#define NOIPA __attribute__((noipa))
#else
#define NOIPA __attribute__((noinline))
#endif
#if __has_attribute(noclone)
#define NOCLONE __attribute__((noclone))
#else
#define NOCLONE
#endif
#if __has_attribute(minsize)
#define OPTIMIZE_FOR_SIZE __attribute__((minsize))
#else
#define OPTIMIZE_FOR_SIZE __attribute__((optimize("Os")))
#endif
#if __has_attribute(musttail)
#define MUSTTAIL __attribute__((musttail))
#else
#define MUSTTAIL
#endif

#if defined(__clang__) && !defined(__x86_64__)
#define OWN_JMP_BUF jmp_buf
#define OWN_SETJMP(buffer) setjmp(buffer)
#define OWN_LONGJMP(buffer) longjmp(buffer, 1)
#else
typedef void* own_jmp_buf[5];
#define OWN_JMP_BUF own_jmp_buf
#define OWN_SETJMP(buffer) __builtin_setjmp(buffer)
#define OWN_LONGJMP(buffer) __builtin_longjmp(buffer, 1)
#endif
#if defined(__x86_64__)
#define CLOBBERS "rbx", "r12", "r14"
#define CLOBBERS_VECTOR "xmm3", "xmm9"
#else
#define CLOBBERS "x19", "x21", "x27"
#define CLOBBERS_VECTOR "v3", "v9"
#endif

int printf(const char*, ...);
void exit(int) NORETURN;
u32 zero, shared;
u64 shared_wide;
static u64 checksum = 14695981039346656037ull;
static NOINLINE void note(u64 value) {
  checksum = (checksum ^ value) * 1099511628211ull;
  checksum ^= checksum >> 29;
}
static UNUSED NOIPA void fill(void* memory, u32 bytes, u32 salt) {
  u8* byte = (u8*)memory;
  u32 i;
  for (i = 0; i < bytes; ++i) {
    salt = salt * 1103515245u + 12345u;
    byte[i] = (u8)(salt >> 16);
  }
}
static UNUSED NOIPA u32 mix(void* memory, u32 bytes, u32 salt) {
  u8* byte = (u8*)memory;
  u32 i;
  for (i = 0; i < bytes; ++i) {
    salt = salt * 31u + byte[i];
    byte[i] = (u8)(byte[i] ^ (salt >> 7));
  }
  return salt;
}
static UNUSED void cleaned(u32* value) { note(*value); }
static UNUSED NOINLINE COLD NORETURN void die(u32 code) {
  printf("not reached: %u\n", code);
  exit(3);
}

)";

}  // namespace

std::string Weaver::program() {
  text_ = kPrelude;
  draw.part([&] { choose_constructs(); });
  draw.part([&] { global_variables(); });
  const uint32_t functions = 1 + draw.below(8);
  for (uint32_t i = 0; i < functions; ++i) {
    draw.part([&] {
      const std::span<const FunctionKind> kinds = function_kinds();
      uint32_t total = 0;
      for (const FunctionKind& kind : kinds) total += kind.weight;
      uint32_t chosen = draw.below(total);
      for (const FunctionKind& kind : kinds) {
        if (chosen < kind.weight) return kind.write(*this);
        chosen -= kind.weight;
      }
    });
  }
  draw.part([&] { main_function(); });
  return std::move(text_);
}

}  // namespace objhound::generator::weave
