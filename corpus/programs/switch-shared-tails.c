// Fall-through, shared tails, cases that never return, defaults in the middle, jumps between switches.
extern int f(int), g(int), h(int);
_Noreturn void exit(int);
#define fail exit  // known never to return, as a library function is
int through(int x, int r) {
  switch (x) { case 0: r += f(0); case 1: r += f(1); case 2: r += f(2); case 3: r += f(3); case 4: r += f(4); case 5: r += f(5); default: r++; case 6: r *= 2; }
  return r;
}
int tails(int x, int r) {
  switch (x) {
    case 0: r = f(1); goto out; case 1: r = g(2); goto out; case 2: r = h(3); goto log; case 3: fail(1);
    case 4: r = f(r); goto log; case 5: fail(r); case 6: return f(g(r)); case 7: __builtin_trap(); case 8: r = 8; goto out;
  }
  return g(r);
log:
  h(r);
out:
  return f(r) + 1;
}
int across(int x, int y, int r) {
again:
  switch (x) { case 0: x = 3; goto again; case 1: r = f(1); goto second; case 2: r += g(r); break; case 3: return h(r); case 4: r ^= f(4); goto second; case 5: goto third; case 6: r--; break; }
second:
  switch (y) { case 0: r = f(2); break; case 1: y = r; x = f(y); goto again; case 2: return f(r); case 3: r = g(3); goto third; case 4: r = h(r); break; case 5: return 0; case 6: fail(2); }
third:
  return r + f(r);
}
int all_noreturn(int x) { switch (x) { case 0: fail(0); case 1: fail(10); case 2: __builtin_trap(); case 3: fail(30); case 4: fail(41); case 5: fail(55); case 6: fail(67); default: fail(-1); } }
int tail_calls(int x) { switch (x) { case 0: return f(x); case 1: return g(7); case 2: return h(x); case 3: return f(9); case 4: return g(11); case 5: return h(13); case 6: return f(-1); default: return 0; } }
int cold(int x, int r) {
  switch (x) { case 0: r = f(1); break; case 1: if (__builtin_expect(r < 0, 0)) fail(r); r = g(r); break; case 2: if (__builtin_expect(!r, 0)) { h(1); fail(2); } return f(2);
    case 3: r = h(r); break; case 4: r -= f(5); break; case 5: return g(1); case 6: r = g(2); break; }
  if (__builtin_expect(r == 77, 0)) { f(r); g(r); h(r); return f(h(r)); }
  return r;
}
