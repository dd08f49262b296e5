// The same with so many cases (24, 32) that every compiler makes a table, of bytes, half-words and words.
extern int f(int), g(int), h(int);
#define CASES(low) \
    case (low) + 0: r += f(1); break; \
    case (low) + 1: r = g(r); break; \
    case (low) + 2: r ^= h(3); break; \
    case (low) + 3: return f(r) + 4; \
    case (low) + 4: r -= f(5); break; \
    case (low) + 5: r = g(r + 6); break; \
    case (low) + 6: r *= h(7); break; \
    case (low) + 7: return g(r) + 8; \
    case (low) + 8: r += f(1); break; \
    case (low) + 9: r = g(r); break; \
    case (low) + 10: r ^= h(3); break; \
    case (low) + 11: return f(r) + 4; \
    case (low) + 12: r -= f(5); break; \
    case (low) + 13: r = g(r + 6); break; \
    case (low) + 14: r *= h(7); break; \
    case (low) + 15: return g(r) + 8; \
    case (low) + 16: r += f(1); break; \
    case (low) + 17: r = g(r); break; \
    case (low) + 18: r ^= h(3); break; \
    case (low) + 19: return f(r) + 4; \
    case (low) + 20: r -= f(5); break; \
    case (low) + 21: r = g(r + 6); break; \
    case (low) + 22: r *= h(7); break; \
    case (low) + 23: return g(r) + 8;
#define CASES8(low) case (low): return f(low); case (low) + 1: r += g(low); break; case (low) + 2: r = h(r); break; \
    case (low) + 3: return g(r + (low)); case (low) + 4: r ^= f(r); break; case (low) + 5: return h(low) + 1; \
    case (low) + 6: r -= g(low); break; case (low) + 7: r = f(r * (low)); break;
#define SWITCH(name, type, low) int name(type x, int r) { switch (x) { CASES(low) default: r = f(99); } return r; }
SWITCH(of_char, char, 'A')
SWITCH(of_signed_char, signed char, -12)
SWITCH(of_unsigned_char, unsigned char, 1)
SWITCH(of_short, short, -3)
SWITCH(of_unsigned_short, unsigned short, 500)
SWITCH(of_int, int, 0)
SWITCH(of_int_above, int, 100000)
SWITCH(of_int_below, int, -7)
SWITCH(of_long, long, 0)
SWITCH(of_long_far, long, 0x100000000L)
SWITCH(of_unsigned_long, unsigned long, 9)
enum step { E0, E1, E2, E3, E4, E5, E6, E7, E8, E9, E10, E11, E12, E13, E14, E15, E16, E17, E18, E19, E20, E21, E22, E23 };
struct bits { unsigned low : 5; signed high : 5; unsigned char byte; struct bits* next; };
int by_mask(unsigned x, int r) { switch (x & 31) { CASES8(0) CASES8(8) CASES8(16) CASES8(24) } return r; }
int by_shifted_mask(unsigned x, int r) { switch ((x >> 7) & 31) { CASES8(0) CASES8(8) CASES8(16) CASES8(24) } return r; }
int by_bitfield(struct bits* x, int r) { switch (x->low) { CASES8(0) CASES8(8) CASES8(16) CASES8(24) } return r; }
int by_signed_bitfield(struct bits* x, int r) { switch (x->high) { CASES8(-16) CASES8(-8) CASES8(0) CASES8(8) } return r; }
int by_remainder(unsigned x, int r) { switch (x % 24) { CASES(0) } return r; }
int by_enum(enum step x, int r) { switch (x) { CASES(0) } return r; }
int by_unreachable(int x, int r) { switch (x) { CASES(0) default: __builtin_unreachable(); } return r; }
int by_unreachable_above(int x, int r) { switch (x) { CASES(20) default: __builtin_unreachable(); } return r; }
int by_unreachable_byte(unsigned char x, int r) { switch (x) { CASES(7) default: __builtin_unreachable(); } return r; }
int by_return(int x, int r) { if (x < 10 || x > 33) return -1; switch (x) { CASES(10) default: r = 0; } return r; }
int by_loop(int r) { for (int i = 0; i < 24; i++) switch (i) { CASES(0) } return r; }
int in_loop(struct bits* x, int r) { for (; x; x = x->next) switch (x->byte) { CASES(30) default: r += f(r); } return r; }
int twice(const int* x, int n, int r) { for (int i = 0; i < n; i++) { switch (x[i]) { CASES(0) } switch (x[n - i]) { CASES(1) } } return r; }
int nested(int x, int y, int r) { switch (x) { CASES(1) case 0: switch (y) { CASES(50) default: return 7; } break; default: switch (y ^ r) { CASES(9) } } return r; }
int with_frame(int n, int x, int r) { int a[n]; extern void use(void*); use(a); switch (a[x]) { CASES(3) default: r = a[1]; } return r + a[0]; }
