// Copies and pieces of functions: .constprop, .isra, .part, .cold, versions by target behind an IFUNC, aliases of bodies.
extern int f(int), g(int); extern void use(void*, ...); extern _Noreturn void abort(void);
struct point { int x, y, z; };
static __attribute__((noinline)) int constant(int a, int b, int c) { int r = f(a) + b; if (c) r += g(r) * c; for (int i = 0; i < b; i++) r ^= f(r + i); return r; }
int constants(int a) { return constant(a, 3, 0) + constant(a + 1, 3, 0); }
static __attribute__((noinline)) int scalars(struct point* p, int* unused, int k) { (void)unused; return f(p->x) + g(p->z) * k; }
int scalar(int a) { struct point p = {a, a + 1, a + 2}; int n = 0; return scalars(&p, &n, a) + scalars(&p, 0, 3); }
static __attribute__((noinline)) int partly(int* p, int n) { if (!p) return n; int r = *p; for (int i = 0; i < n; i++) r += f(r) * g(i); use(p, r); return r; }
int partial(int* p, int n) { return partly(p, n) + partly(p + 1, n) + partly(p + 2, 7); }
static __attribute__((noinline)) int checked(int a, int b) { if (__builtin_expect(a < 0, 0)) { use(&a); f(a); g(b); abort(); } if (__builtin_expect(b < 0, 0)) { int c[20]; use(c, b); return f(c[3]) + g(c[4]); } return a * b + f(a); }
int checks(int a, int b) { int r = checked(a, b); if (__builtin_expect(r == 0, 0)) { r = f(b) + g(a); use(&r); } return r + checked(b, 5); }
__attribute__((cold)) int rarely(int a) { int r = f(a); use(&r); return r; }
int calls_rarely(int a, int b) { if (a == 3) { int r = rarely(a); return r + rarely(b) + f(r); } return b; }
int same_body_one(int a) { int r = f(a) * 3; use(&r); return g(r) + 1; }
int same_body_two(int a) { int r = f(a) * 3; use(&r); return g(r) + 1; }
static int recursive(int a, int k) { if (a <= 0) return k; use(&a); return recursive(a - 1, k) + f(k) + recursive(a - 2, k); }
int recursions(int a) { return recursive(a, 1) + recursive(a, 2); }
#if defined(__x86_64__) && defined(__gnu_linux__)
__attribute__((target_clones("avx2", "default"))) int versions(const int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i] * p[i]; return s + f(s); }
int calls_versions(const int* p) { return versions(p, 100) + 1; }
#endif
static int chosen(int a) { return f(a) + 1; }
static int (*choose(void))(int) { return chosen; }
int indirect(int a) __attribute__((ifunc("choose"))); int calls_indirect(int a) { return indirect(a) + indirect(a + 1); }
