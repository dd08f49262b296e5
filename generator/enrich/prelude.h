// What stands in front of every enriched program.
#pragma once

#include <string_view>

namespace objhound::generator::enrich {

// `enrich_zero` and `enrich_one` are 0 and 1 in every run, `enrich_touch` looks at no memory and changes none; no
// compiler knows.
inline constexpr std::string_view kPrelude = R"(
#include <setjmp.h>
#define ENRICH_UNUSED __attribute__((unused))
#define ENRICH_NOINLINE __attribute__((noinline))
#define ENRICH_NORETURN __attribute__((noreturn))
#if __has_attribute(noipa)
#define ENRICH_NOIPA __attribute__((noipa))
#else
#define ENRICH_NOIPA __attribute__((noinline))
#endif
#if __has_attribute(musttail)
#define ENRICH_MUSTTAIL __attribute__((musttail))
#else
#define ENRICH_MUSTTAIL
#endif
#if defined(__clang__) && !defined(__x86_64__)
typedef jmp_buf enrich_jmp_buf;
#define ENRICH_SETJMP(buffer) setjmp(buffer)
#define ENRICH_LONGJMP(buffer) longjmp(buffer, 1)
#else
typedef void* enrich_jmp_buf[5];
#define ENRICH_SETJMP(buffer) __builtin_setjmp(buffer)
#define ENRICH_LONGJMP(buffer) __builtin_longjmp(buffer, 1)
#endif
#if defined(__x86_64__)
#define ENRICH_CLOBBER_0 __asm__ volatile("" : : : "rbx", "r12", "r14")
#define ENRICH_CLOBBER_1 __asm__ volatile("" : : : "rbx", "r12", "r13", "r14", "r15", "memory", "cc")
#define ENRICH_CLOBBER_2 __asm__ volatile("" : : : "xmm0", "xmm3", "xmm9", "rcx", "rdi")
#else
#define ENRICH_CLOBBER_0 __asm__ volatile("" : : : "x19", "x21", "x27")
#define ENRICH_CLOBBER_1 \
  __asm__ volatile("" : : : "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28", "memory", "cc")
#define ENRICH_CLOBBER_2 __asm__ volatile("" : : : "v0", "v3", "v9", "v15", "x1", "x16")
#endif
#define ENRICH_CLOBBER_3 __asm__ volatile("" : : : "memory")
unsigned enrich_zero, enrich_one = 1;
void* enrich_nowhere;
extern void exit(int) ENRICH_NORETURN;
static ENRICH_UNUSED ENRICH_NOIPA void enrich_touch(void* memory) { __asm__ volatile("" : : "r"(memory) : "memory"); }
static ENRICH_UNUSED ENRICH_NOINLINE void enrich_sink(unsigned value) { __asm__ volatile("" : : "r"(value)); }
static ENRICH_UNUSED ENRICH_NOINLINE ENRICH_NORETURN __attribute__((cold)) void enrich_die(unsigned code) {
  printf("not reached: %u\n", code);
  exit(3);
}
static ENRICH_UNUSED ENRICH_NOINLINE ENRICH_NORETURN void enrich_jump(enrich_jmp_buf buffer) {
  ENRICH_LONGJMP(buffer);
}
static ENRICH_UNUSED ENRICH_NOINLINE ENRICH_NORETURN void enrich_jump_far(jmp_buf buffer) { longjmp(buffer, 1); }

)";

}  // namespace objhound::generator::enrich
