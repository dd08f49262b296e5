// Bounds that no comparison states: a mask, an enum, an unreachable default, value ranges alone.
#define CASES(low)                                                                  \
  case (low): r += f(1); break;                                                     \
  case (low) + 1: r = g(r); break;                                                  \
  case (low) + 2: r ^= h(3); break;                                                 \
  case (low) + 3: return f(r) + 4;                                                  \
  case (low) + 4: r -= f(5); break;                                                 \
  case (low) + 5: r = g(r + 6); break;                                              \
  case (low) + 6: r *= h(7); break;                                                 \
  case (low) + 7: return g(r) + 8;
extern int f(int), g(int), h(int);

enum step { A, B, C, D, E, F, G, H };
struct bits { unsigned low : 3; signed high : 3; unsigned wide : 5; };
int by_mask(unsigned x, int r) { switch (x & 7) { CASES(0) } return r; }
int by_shifted_mask(unsigned x, int r) { switch ((x >> 4) & 7) { CASES(0) } return r; }
int by_mask_with_gaps(unsigned x, int r) { switch (x & 0x1e) { case 0: return f(1); case 2: return g(2); case 4: r++; break;
    case 8: return h(r); case 10: r = f(r); break; case 12: return g(r + 1); case 16: r = h(2); break; case 30: return 5; } return r; }
int by_bitfield(struct bits* x, int r) { switch (x->low) { CASES(0) } return r; }
int by_signed_bitfield(struct bits* x, int r) { switch (x->high) { CASES(-4) } return r; }
int by_partial_bitfield(struct bits* x, int r) { switch (x->wide) { CASES(3) default: r--; } return r; }
int by_enum(enum step x, int r) { switch (x) { CASES(0) } return r; }
int by_unreachable(int x, int r) { switch (x) { CASES(0) default: __builtin_unreachable(); } return r; }
int by_unreachable_above(int x, int r) { switch (x) { CASES(20) default: __builtin_unreachable(); } return r; }
int by_unreachable_byte(unsigned char x, int r) { switch (x) { CASES(7) default: __builtin_unreachable(); } return r; }
int by_unreachable_long(long x, int r) { switch (x) { CASES(-3) default: __builtin_unreachable(); } return r; }
int by_assumption(int x, int r) { if (x < 0 || x > 7) __builtin_unreachable(); switch (x) { CASES(0) default: r = 0; } return r; }
int by_return(int x, int r) { if (x < 10 || x > 17) return -1; switch (x) { CASES(10) default: r = 0; } return r; }
int by_clamp(int x, int r) { x = x < 0 ? 0 : x > 7 ? 7 : x; switch (x) { CASES(0) } return r; }
int by_loop(int r) { for (int i = 0; i < 8; i++) switch (i) { CASES(0) } return r; }
int by_countdown(int r) { for (unsigned i = 8; i-- > 0;) switch (i) { CASES(0) } return r; }
int by_choice(int x, int r) { switch (x ? x > 3 ? 5 : 2 : r > 0 ? 7 : 0) { CASES(0) } return r; }
int by_comparisons(int x, int y, int r) { switch ((x > y) * 4 + (x > 0) * 2 + (y > 0)) { CASES(0) } return r; }
int by_remainder(int x, int r) { switch (x % 8) { CASES(0) default: r = -1; } return r; }
int of_two_parts(int x, int r) { switch (x) { CASES(0) CASES(5000) default: r = 2; } return r; }
