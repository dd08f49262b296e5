// A dense switch over every integer type, with low bounds below, at and above zero.
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

#define SWITCH(name, type, low) \
  int name(type x, int r) { switch (x) { CASES(low) default: r = f(99); } return r; }
SWITCH(of_char, char, 'a')
SWITCH(of_signed_char, signed char, -4)
SWITCH(of_unsigned_char, unsigned char, 1)
SWITCH(of_short, short, -3)
SWITCH(of_unsigned_short, unsigned short, 500)
SWITCH(of_int, int, 0)
SWITCH(of_int_above, int, 100000)
SWITCH(of_int_below, int, -7)
SWITCH(of_unsigned, unsigned, 3)
SWITCH(of_long, long, 0)
SWITCH(of_long_far, long, 0x100000000L)
SWITCH(of_unsigned_long, unsigned long, 9)
SWITCH(of_bool_sum, int, -1)
int of_difference(int x, int y, int r) { switch (x - y) { CASES(0) default: r = 3; } return r; }
int of_product(unsigned x, int r) { switch (x * 3u) { CASES(0) default: r = 3; } return r; }
int of_shift(unsigned x, int r) { switch (x >> 5) { CASES(2) default: r = 3; } return r; }
int of_remainder(unsigned x, int r) { switch (x % 8) { CASES(0) } return r; }
int of_int128(__int128 x, int r) { switch ((int)(x >> 64)) { CASES(0) default: r = 3; } return r; }
int of_call(int r) { switch (f(r)) { CASES(0) default: r = 3; } return r; }
