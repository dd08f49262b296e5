// Tail calls: with a frame gone, with stack arguments, through pointers, to itself, out of switches.
extern int f(int), g(int, int);
extern int nine(int, int, int, int, int, int, int, int, int), ten(long, long, long, long, long, long, long, long, long, long);
struct ops { int (*a)(int), (*b)(int, int); };
int direct(int a) { return f(a + 1); }
int behind_frame(int a) { int b = f(a); return g(a, b); }
int with_stack_arguments(int a, int b, int c, int d, int e, int i, int j, int k, int l) { return nine(l, a, b, c, d, e, i, j, k); }
int with_same_stack_arguments(int a, int b, int c, int d, int e, int i, int j, int k, int l) { int r = f(a); return nine(r, b, c, d, e, i, j, k, l + 1); }
int ten_behind_frame(long a, long b, long c, long d, long e, long i, long j, long k, long l, long m) { f((int)a); return ten(m, l, k, j, i, e, d, c, b, a); }
int through_pointer(int (*p)(int), int a) { return p(a); }
int through_pointer_behind_frame(int (*p)(int), int a) { int b = f(a); return p(a + b); }
int through_table(struct ops* o, int a) { return o->b(a, 1); }
int through_table_behind_frame(struct ops* o, int a) { int b = f(a); return o->b(b, a); }
int one_of(int a, int b) { int r = f(b); return a ? f(r) : g(r, b); }
int itself(int a, int b) { if (a <= 0) return b; f(b); return itself(a - 1, b * 2); }
int odd(int); int even(int a) { return a == 0 ? 1 : odd(a - 1); } int odd(int a) { return a == 0 ? 0 : even(a - 1); }
int behind_vla(int n) { int a[n]; extern void use(void*); use(a); int r = a[0]; return f(r); }
int behind_aligned(int n) { _Alignas(64) int a[16]; extern void use(void*); use(a); int r = a[0]; return f(r); }
int conditional(int a) { if (a > 10) return f(a); if (a < -10) return g(a, a); return a; }
