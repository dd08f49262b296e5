// The index, the table or the destination is spilled: more live values than registers.
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

extern void use(int*, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int);
int spilled_index(int x, int n, int* p) {
  int a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], i = p[5], j = p[6], k = p[7], l = p[8], m = p[9], o = p[10], q = p[11], s = p[12], t = p[13], r = p[14];
  for (int z = 0; z < n; z++) {
    a += b * c; b ^= d + e; c -= i * j; d += k; e ^= l * m; i += o; j -= q; k += s * t; l ^= a; m += b; o -= c; q += d; s ^= e; t += i;
    switch (x) { CASES(0) default: r++; }
    x += f(a);
    switch (x - z) { CASES(4) default: r--; }
  }
  use(p, a, b, c, d, e, i, j, k, l, m, o, q, s, t, r, x);
  return r;
}
double with_vectors(double* p, int x, int n) {
  double a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], i = p[5], j = p[6], k = p[7], l = p[8], m = p[9];
  int r = 0;
  while (n--) {
    a += b * c; b += d; c *= e; d += i; e *= j; i += k; j *= l; k += m; l *= a; m += b;
    switch (x++ & 7) { case 0: a = f(1); break; case 1: b = g(r); break; case 2: c = h(3); break; case 3: d = f(r) + 4; break;
      case 4: r -= f(5); break; case 5: r = g(r + 6); break; case 6: r *= h(7); break; case 7: e = g(r) + 8; break; }
  }
  return a + b + c + d + e + i + j + k + l + m + r;
}
int many_switches(int a, int b, int c, int d, int r) {
  switch (a) { CASES(0) } switch (b) { CASES(10) } switch (c) { CASES(20) } switch (d) { CASES(30) }
  switch (a + b) { CASES(0) } switch (b + c) { CASES(0) } switch (c * d) { CASES(7) } switch (d ^ a) { CASES(3) }
  return r;
}
