// Loops that compilers unroll, vectorise, rotate, peel, interchange or turn into calls; loops with many ways out.

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

constexpr Construct kConstructs[] = {
    {"vectorised", 1, nullptr, 0, R"(`t` `n`_a[64], `n`_b[64];
u32 `n`_i, `n`_to = `1=64u|63u - zero|37u|60u + zero`;
fill(`n`_a, sizeof(`n`_a), `u`);
fill(`n`_b, sizeof(`n`_b), `u`);
`loop`
for (`n`_i = 0; `n`_i < `n`_to; ++`n`_i) `n`_a[`n`_i] = (`t`)((u64)`n`_a[`n`_i] `+|^|-|*|&` (u64)`n`_b[`n`_i]);
@array `t` `n`_a 63
@statements 2
note(mix(`n`_a, sizeof(`n`_a), 1u));)",
     1500},
    {"reduction", 1, nullptr, 0, R"(`1=u8|u16|u32|u64` `n`_a[48];
u64 `n`_sum = 0;
u32 `n`_i;
fill(`n`_a, sizeof(`n`_a), `u`);
`loop`
for (`n`_i = 0; `n`_i < 48u; ++`n`_i) `n`_sum `+=|^=|+=` `n`_a[`n`_i]` * 3u| & 0x5555u|`;
note(`n`_sum);)",
     700},
    {"floats", 1, nullptr, 0, R"(`1=float|double` `n`_a[32];
`1` `n`_sum = 0;
u32 `n`_i;
for (`n`_i = 0; `n`_i < 32u; ++`n`_i) `n`_a[`n`_i] = (`1`)((`n`_i * 7u + `&63`) & 127u);
for (`n`_i = 0; `n`_i < 32u; ++`n`_i) `n`_sum += `n`_a[`n`_i]` * 2|`;
@statements 2
note((u64)`n`_sum);)",
     200},
    {"nest", 1, nullptr, 0, R"(u32 `n`_m[8][8];
u32 `n`_i, `n`_j, `n`_k;
fill(`n`_m, sizeof(`n`_m), `u`);
for (`n`_i = 0; `n`_i < 8u; ++`n`_i)
for (`n`_j = 0; `n`_j < 8u; ++`n`_j) {
  for (`n`_k = 0; `n`_k < `#1-8`u; ++`n`_k) `n`_m[`n`_i][`n`_j] += `n`_m[`n`_k][`n`_i] ^ `n`_m[`n`_j][`n`_k];
  if (`n`_m[`n`_i][`n`_j] == 77u) break;
}
note(mix(`n`_m, sizeof(`n`_m), `u`));)",
     1500},
    {"many-exits", 1, nullptr, 1, R"(u32 `n`_i, `n`_why = 0;
for (`n`_i = 0; `n`_i < `b`u; ++`n`_i) {
  @const u32 `n`_i
  if (`c`) {
    `n`_why = 1;
    break;
  }
  @statements 1 x 64
  if (`c`) goto `n`_out;
  if (UNLIKELY(`c`)) {
    `n`_why = `n`_i;
    goto `n`_out;
  }
  @statements 2 x 64
  if (`c`) continue;
  if (`c`) {
    `n`_why |= 8u;
    break;
  }
}
`n`_why ^= 2u;
`n`_out:
note(`n`_why);)",
     100, kLabels},
    {"exits-by-return", 1, nullptr, 1, R"(u32 `n`_i;
for (`n`_i = 0; `n`_i < `b`u; ++`n`_i) {
  @const u32 `n`_i
  if (`c`) return 1;
  @statements 1 x 64
  if (UNLIKELY(`c`)) return 2;
  if (`c`) break;
  @statements 1 x 64
  if (`n`_i > `&63` && zero != 0) return 3;
})",
     100, kReturns},
    {"search", 1, nullptr, 1, R"(u8 `n`_a[32];
const u8* `n`_p = `n`_a;
const u8* `n`_end = `n`_a + 32;
fill(`n`_a, sizeof(`n`_a), `u`);
for (; `n`_p != `n`_end && *`n`_p != (u8)`&63`; ++`n`_p) {
  if (*`n`_p == `#0-255`u) {
    @statements 2
    break;
  }
}
note((u64)(`n`_p - `n`_a));)",
     300},
    {"copying-loop", 1, nullptr, 0, R"(u32 `n`_a[40], `n`_b[40];
u32 `n`_i;
fill(`n`_a, sizeof(`n`_a), `u`);
`loop`
for (`n`_i = 0; `n`_i < `1=40|33|17`u; ++`n`_i) `n`_b[`n`_i] = `n`_a[`n`_i]` ^ zero||`;
for (; `n`_i < 40u; ++`n`_i) `n`_b[`n`_i] = `0|zero|0xffffffffu`;
note(mix(`n`_b, sizeof(`n`_b), `u`));)",
     700},
    {"countdown", 1, nullptr, 1, R"(u32 `n` = `&15` + 1u;
do {
  @const u32 `n`
  @statements 2 x 16
} while (--`n` != 0);)",
     40},
    {"two-counters", 1, nullptr, 1, R"(u32 `n`_low = 0, `n`_high = `b`u;
for (; `n`_low < `n`_high; ++`n`_low) {
  @const u32 `n`_low
  @const u32 `n`_high
  if (`c`) --`n`_high;
  @statements 2 x 64
}
note(`n`_low ^ `n`_high);)",
     200},
    {"likely", 2, nullptr, 1, R"(if (EXPECT((`c`), `0|1`, 0.`5|9|99|01`)) {
  @statements 3
} else {
  @statements 2
})",
     3},
    {"hot-cold", 2, nullptr, 1, R"(if (UNLIKELY(zero > `#0-9`u)) goto `n`_cold;
{
  @statements 3
}
goto `n`_end;
`n`_cold: COLD_LABEL;
{
  @statements 2
}
`n`_end: HOT_LABEL;
note(3);)",
     10, kLabels},
};

}  // namespace

std::span<const Construct> loop_constructs() { return kConstructs; }

}  // namespace objhound::generator::weave
