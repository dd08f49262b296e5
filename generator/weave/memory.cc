// Memory in bulk and memory that others see: what compilers turn into string instructions, calls of the C library or
// wide registers; objects of each thread; atomic and volatile accesses.

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

constexpr Construct kConstructs[] = {
    {"set-known", 1, nullptr, 0, R"(u8 `n`[`1=1|3|7|16|31|48|100|129|255|600|2100`];
__builtin_memset(`n`, (int)`&255`, sizeof(`n`));
@array u8 `n` 0
@statements 2
note(mix(`n`, (u32)sizeof(`n`), `u`));)",
     800},
    {"set-unknown", 1, nullptr, 0, R"(u8 `n`[256];
u32 `n`_size = `&255`;
fill(`n`, 256u, `u`);
__builtin_memset(`n` + `&31` % (256u - `n`_size), `0|1|255|(int)zero`, `n`_size);
note(mix(`n`, 256u, `u`));)",
     700},
    {"copy-known", 1, nullptr, 0, R"(u8 `n`_a[`1=2|5|8|15|32|63|65|128|257|1000`], `n`_b[`1`];
fill(`n`_a, (u32)sizeof(`n`_a), `u`);
__builtin_`memcpy|memmove`(`n`_b, `n`_a, sizeof(`n`_a));
note(mix(`n`_b, (u32)sizeof(`n`_b), `u`));)",
     2200},
    {"copy-unknown", 1, nullptr, 0, R"(u8 `n`_a[128], `n`_b[128];
u32 `n`_size = `&127`;
fill(`n`_a, 128u, `u`);
fill(`n`_b, 128u, `u`);
__builtin_`memcpy|memmove|mempcpy`(`n`_b, `n`_a, `n`_size);
__builtin_memmove(`n`_a + 1, `n`_a, `n`_size);
note(mix(`n`_b, 128u, `n`_a[5]));)",
     500},
    {"strings", 1, nullptr, 0, R"(char `n`[32] = "`abcdef|switch|frames and rows|x`";
`n`[`&7`] = (char)('a' + `&15`);
note((u64)__builtin_strlen(`n`));
note(__builtin_memcmp(`n`, "frames", `3|4|7`) == 0);
if (__builtin_strcmp(`n`, "abcdef") == 0) {
  @statements 2
}
note(__builtin_memchr(`n`, 'a', sizeof(`n`)) != 0);)",
     50, kEverywhere},
    {"bits", 1, nullptr, 0, R"(u64 `n` = `w` | 1u;
note((u64)__builtin_`popcountll|clzll|ctzll|parityll`(`n`));
`n` = __builtin_bswap64(`n`) ^ ((`n` << 13) | (`n` >> 51));
note(`n` ^ __builtin_bswap32(`u`));)",
     10},
    {"overflow", 1, nullptr, 1, R"(`1=u32|i32|u64|i64|u8|i16` `n`;
if (__builtin_`add|sub|mul`_overflow((`1`)`u`, (`1`)`w`, &`n`)) {
  @statements 2
}
note((u64)`n`);)",
     10},
    {"volatile", 1, nullptr, 0, R"(volatile `t` `n`[`b`];
u32 `n`_i;
for (`n`_i = 0; `n`_i < `b`u; ++`n`_i) `n`[`n`_i] = (`t`)(`n`_i * 3u);
`n`[`&7`] = (`t`)`w`;
@statements 2
note((u64)`n`[`&7`]);)",
     150},
    {"thread-local", 1, nullptr, 0,
     R"(static __thread `t` `n` A_TLS_MODEL_`LOCAL_EXEC|INITIAL_EXEC|LOCAL_DYNAMIC|GLOBAL_DYNAMIC` = 7;
@scope `t` `n`
`n` = (`t`)(`n` + `u`);
@statements 3
note((u64)`n`);)",
     10},
    {"static-local", 1, nullptr, 0, R"(static `t` `n` `variable` = 5, `n`_table[`b`] = {1, 2, 3};
@scope `t` `n`
`n`_table[`&7`] = (`t`)`w`;
@statements 2
note((u64)`n`_table[`n` & 7u]);)",
     10},
    {"atomic-fields", 1, nullptr, 0, R"(`1=u8|u16|u32|u64` `n` = (`1`)`w`, `n`_old = `n`, `n`_new = (`1`)`w`;
note(__atomic_compare_exchange_n(&`n`, &`n`_old, `n`_new, `0|1|0`, __ATOMIC_`SEQ_CST|ACQUIRE`, __ATOMIC_RELAXED) | 1);
__atomic_store_n(&`n`, (`1`)`w`, __ATOMIC_`SEQ_CST|RELEASE|RELAXED`);
note((u64)__atomic_`add_fetch|sub_fetch|or_fetch|nand_fetch|xor_fetch`(&`n`, (`1`)`w`, __ATOMIC_ACQ_REL));
__atomic_thread_fence(__ATOMIC_`SEQ_CST|ACQUIRE`);
note((u64)__atomic_load_n(&`n`, __ATOMIC_ACQUIRE));)",
     10},
    {"atomic-bit", 1, nullptr, 1, R"(u32 `n` = `u`;
if (__atomic_fetch_`or|and|xor`(&`n`, 1u << `&15`, __ATOMIC_SEQ_CST) & (1u << `#0-15`)) {
  @statements 2
}
note(`n`);)",
     10},
    {"prefetch", 1, nullptr, 0, R"(u32 `n`[64];
fill(`n`, sizeof(`n`), `u`);
__builtin_prefetch(&`n`[`&63`], `0|1`, `0|1|2|3`);
@array u32 `n` 63
@statements 2)",
     300},
    {"struct-copies", 1, nullptr, 0,
     R"(struct `n`_t { u32 a; `t` b[`1=3|5|9|17|40|130`]; u64 c : 40; u32 d : 3; } `n`_x, `n`_y, `n`_z[2];
fill(&`n`_x, sizeof(`n`_x), `u`);
`n`_y = `n`_x;
`n`_y.c = (u64)`&255`;
`n`_z[`&1`] = `n`_y;
`n`_z[`#0-1`] = (`c`) ? `n`_x : `n`_y;
note((u64)`n`_z[`#0-1`].a * 0u + (u64)`n`_y.b[1] + `n`_y.c);)",
     1300},
    {"union", 1, nullptr, 0, R"(union { u64 wide; u32 half[2]; u8 byte[8]; double number; } `n`;
`n`.wide = `w` >> 12;
`n`.half[`&1`] ^= `u`;
`n`.byte[`&7`] = (u8)`u`;
@const u64 `n`.wide
@statements 2
note(`n`.wide);)",
     10},
    {"big-endian-fields", 1, nullptr, 0,
     R"(struct BIG_ENDIAN_FIELDS `n`_t { u32 a; u16 b; u64 c; u32 d : 9; u32 e : 23; } `n` = {1, 2, 3, 4, 5};
`n`.a += `u`; `n`.b = (u16)`u`; `n`.c ^= `w`; `n`.d = `&255`; `n`.e = `n`.d + 7u;
@const u32 `n`.a
@statements 2
note(`n`.c ^ `n`.e ^ `n`.b);)",
     10, kOnlyC},
    {"packed", 1, nullptr, 0,
     R"(struct __attribute__((packed)) { u8 a; u32 b; u64 c; u16 d[3]; } `n`[3] = {{1, 2, 3, {4, 5, 6}}};
u32 `n`_i = `%3`;
`n`[`n`_i].b = `u`; `n`[`n`_i].c = `w`; `n`[`%3`].d[`%3`] = (u16)`u`;
@const u32 `n`[1].b
@statements 2
note(`n`[0].c ^ `n`[2].b ^ `n`[`%3`].d[1]);)",
     20},
    {"literal", 1, nullptr, 0, R"(const u32* `n` = (const u32[`1=4|8`]){`u`, `u`, `&255`, 7u};
note(`n`[`&3`]);
@statements 2
note(`n`[`&3`]);)",
     10, kOnlyC},
    {"heap", 1, nullptr, 0, R"(u8* `n` = (u8*)__builtin_malloc(`1=16|100|4000`u);
if (`n`) {
  fill(`n`, 16u, `u`);
  note(mix(`n`, 16u, `u`));
}
__builtin_free(`n`);)",
     100},
};

}  // namespace

std::span<const Construct> memory_constructs() { return kConstructs; }

}  // namespace objhound::generator::weave
