// setjmp and longjmp, __builtin_eh_return, nested functions, vfork-like callees, cleanup.
typedef long buffer[64];
extern int setjmp(buffer) __attribute__((returns_twice)); extern _Noreturn void longjmp(buffer, int);
extern int _setjmp(buffer) __attribute__((returns_twice)); extern int f(int), g(int);
int caught(int a) { buffer b; volatile int r = a; if (setjmp(b)) return r + 1; r = f(a); if (r > 4) longjmp(b, 2); return g(r); }
int caught_in_loop(int n) { buffer b; volatile int i = 0; int r = _setjmp(b); while (i++ < n) { if (f(i) == r) longjmp(b, i); } switch (r) { case 0: return f(1); case 1: return g(2); case 2: return f(3); case 3: return g(7); case 4: return f(9); case 5: return 6; } return r; }
_Noreturn void thrown(long* b) { f(1); longjmp(b, 1); }
#if defined(__x86_64__) || !defined(__clang__)
int builtin_caught(void** b) { if (__builtin_setjmp(b)) return f(2); return g(1); }
void builtin_thrown(void** b) { f(1); __builtin_longjmp(b, 1); }
#endif
void release(int* p);
int cleaned(int a) { __attribute__((cleanup(release))) int x = f(a); if (x > 3) return g(x); f(x); return x + 1; }
#ifndef __clang__
int nested(int a) { int k = g(a); int inner(int b) { return b + k + f(b); } return inner(a) + inner(k); }
extern int apply(int (*)(int), int);
int trampoline(int a) { int k = g(a); int inner(int b) { k += b; return f(k); } return apply(inner, a) + k; }
int nested_goto(int a) { __label__ out; void inner(int b) { if (f(b)) goto out; } apply((int (*)(int))inner, a); return 1; out: return 2; }
#endif
