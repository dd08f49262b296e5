// Switches that become loads: values, strings, functions; bit tests; two-level lookups.
extern int f(int), g(int), h(int);
int value(int x) { switch (x) { case 0: return 17; case 1: return 4; case 2: return 99; case 3: return -5; case 4: return 31; case 5: return 8; case 6: return 77; default: return 0; } }
const char* name(int x) { switch (x) { case 0: return "zero"; case 1: return "one"; case 2: return "two"; case 3: return "three"; case 4: return "four"; case 5: return "five"; default: return "many"; } }
int (*function(int x))(int) { switch (x) { case 0: return f; case 1: return g; case 2: return h; case 3: return f; case 4: return h; default: return 0; } }
int call_table(int x, int y) { static int (*const table[])(int) = {f, g, h, f, g, h}; return table[x](y); }
int call_table_then(int x, int y) { static int (*const table[])(int) = {f, g, h, f, g, h}; return table[x & 3](y) + 1; }
int bits(int x) { switch (x) { case 1: case 4: case 9: case 16: case 25: case 36: case 49: return f(x); case 2: case 3: case 5: case 7: case 11: return g(x); default: return h(x); } }
int two_levels(int x, int r) {
  static const unsigned char kind[256] = {[0] = 1, [7] = 2, [9] = 3, [33] = 4, [64] = 5, [99] = 6, [128] = 7, [200] = 8};
  switch (kind[x & 255]) {
    case 0: return f(r); case 1: r += g(r); break; case 2: r = h(r); break; case 3: return g(3); case 4: r -= f(4); break;
    case 5: r = f(g(r)); break; case 6: return h(1); case 7: r *= g(2); break; case 8: return f(h(r));
  }
  return r;
}
int sparse_many(unsigned x, int r) {
  switch (x) {
    case 3: return f(1); case 4: return f(2); case 6: return g(1); case 9: return h(1); case 12: case 13: case 14: return f(3); case 20: r++; break;
    case 21: return g(4); case 22: return h(9); case 30: r = f(7); break; case 31: case 33: return g(7); case 40: return h(7); case 41: return f(8);
    case 70: return g(9); case 71: return f(10); case 72: return h(3); case 75: r = g(5); break; case 90: return f(12); case 91: return f(13);
  }
  return r;
}
int ranges(int x) { switch (x) { case 0 ... 9: return f(x); case 10 ... 19: return g(x); case 20 ... 29: return h(x); case 30: return f(1); case 31: return g(1); case 32: return h(1); case 33: return 5; default: return 0; } }
int byte_of_large(unsigned char x) {
  switch (x) {
#define C(n) case n: return f(n) + g(n * 3);
#define C8(n) C(n) C(n + 1) C(n + 2) C(n + 3) C(n + 4) C(n + 5) C(n + 6) C(n + 7)
#define C64(n) C8(n) C8(n + 8) C8(n + 16) C8(n + 24) C8(n + 32) C8(n + 40) C8(n + 48) C8(n + 56)
    C64(0) C64(64) C64(128) C64(192)
  }
  return 0;
}
