// What stands in front of every enriched program, behind weave's own prelude, whose names it uses.
#pragma once

#include <string_view>

namespace objhound::generator::enrich {

// `enrich_zero` and `enrich_one` are 0 and 1 in every run, `enrich_touch` looks at no memory and changes none; no
// compiler knows.
inline constexpr std::string_view kPrelude = R"(
#define ENRICH_CLOBBER_0 __asm__ volatile("" : : : CLOBBERS)
#define ENRICH_CLOBBER_1 __asm__ volatile("" : : : CLOBBERS, CLOBBERS_MORE, "memory")
#define ENRICH_CLOBBER_2 __asm__ volatile("" : : : CLOBBERS_VECTOR)
#define ENRICH_CLOBBER_3 __asm__ volatile("" : : : "memory")
unsigned enrich_zero, enrich_one = 1;
void* enrich_nowhere;
static UNUSED NOIPA void enrich_touch(void* memory) { __asm__ volatile("" : : "r"(memory) : "memory"); }
static UNUSED NOINLINE void enrich_sink(unsigned value) { __asm__ volatile("" : : "r"(value)); }
static UNUSED NOINLINE NORETURN __attribute__((cold)) void enrich_die(unsigned code) {
  printf("not reached: %u\n", code);
  exit(3);
}
static UNUSED NOINLINE NORETURN void enrich_jump(OWN_JMP_BUF buffer) { OWN_LONGJMP(buffer); }
static UNUSED NOINLINE NORETURN void enrich_jump_far(libc_jmp_buf buffer) { libc_longjmp(buffer, 1); }

)";

}  // namespace objhound::generator::enrich
