// Cleanups: with -fexceptions, landing pads and a personality in C; without, code at every way out.
extern int f(int), g(int); extern void use(void*, ...); extern _Noreturn void abort(void);
void release(int* p), drop(char** p); struct lock { long words[4]; }; void unlock(struct lock* l);
#define CLEANED(function) __attribute__((cleanup(function)))
int one(int a) { CLEANED(release) int x = f(a); return g(x) + 1; }
int two(int a) { CLEANED(release) int x = f(a); CLEANED(release) int y = g(x); if (y > 3) return f(y); return x + g(y); }
int nested(int a) { CLEANED(release) int x = f(a); { CLEANED(release) int y = g(x); f(y); if (y == 7) return 2; g(y); } return f(x); }
int in_loop(int n) { int s = 0; for (int i = 0; i < n; i++) { CLEANED(release) int x = f(i); if (x == 1) continue; if (x == 2) break; s += g(x); } return s; }
int with_vla(int n) { CLEANED(release) int x = f(n); int a[n]; use(a, x); CLEANED(drop) char* p = (char*)a; return g(a[1]) + *p; }
int with_alloca(int n) { CLEANED(drop) char* p = __builtin_alloca(n); use(p); return f(p[0]) + g(n); }
int with_aligned(int n) { CLEANED(unlock) _Alignas(64) struct lock l; use(&l); return f(n) + g((int)l.words[n]); }
int with_switch(int x) { CLEANED(release) int y = f(x); switch (x) { case 0: return g(1); case 1: f(2); break; case 2: { CLEANED(release) int z = g(y); f(z); return z; } case 3: return f(g(3)); case 4: y = f(4); break; case 5: abort(); case 6: return 6; } return g(y); }
int many_arguments(int a) { extern int ten(long, long, long, long, long, long, long, long, long, long); CLEANED(release) int x = f(a); return ten(a, 2, 3, 4, 5, 6, 7, 8, 9, x) + g(ten(1, 2, 3, 4, 5, 6, 7, 8, x, a)); }
int saved_registers(int a, int b, int c, int d, int e) { CLEANED(release) int x = f(a); int r = f(b) * c + g(d) * e; r ^= f(c) + g(x); use(&r); return r + a * b - c * d + e; }
double vectors(double v, int n) { extern double d(double); CLEANED(release) int x = n; double r = d(v), s = d(r); f(x); return r * s + v * d(s); }
_Noreturn void ends(int a) { CLEANED(release) int x = f(a); g(x); abort(); }
int jumps_out(int a) { again: { CLEANED(release) int x = f(a); if (x == 1) { a++; goto again; } if (x == 2) goto out; g(x); } return f(a); out: return g(a); }
