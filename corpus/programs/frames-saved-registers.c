// Few to all callee-saved registers, shrink-wrapping, several prologues and epilogues.
extern int f(int), g(int); extern double v(double);
int one(int a) { return f(a) + a; }
int two(int a, int b) { return f(a) + f(b) + a * b; }
int all(int a, int b, int c, int d, int e, int i) { int j = f(a), k = f(b), l = f(c), m = f(d), n = f(e), o = f(i); return (j + k * l) ^ (m - n * o) ^ g(a + b + c + d + e + i) ^ (j * o); }
double vectors(double a, double b, double c, double d) { double e = v(a), x = v(b), y = v(c), z = v(d); return e * x + y * z + a * b + c * d + v(e); }
double both(int a, double b) { int c = f(a); double d = v(b); int e = f(c); double x = v(d); return c * d + e * x + a * b; }
int wrapped(int* p) { if (!p) return 0; if (*p == 1) return 2; int r = f(*p); return r + f(r) + p[1] + p[2]; }
int wrapped_in_middle(int a, int* p) { int r = 0; if (a > 5) { r = f(a); r += f(r) * p[0]; r += g(r) * a; } return r; }
int wrapped_twice(int a, int b) { if (a > 3) { int x = f(a); return x + g(x + b) + b; } if (b > 7) { int y = g(b); return y * f(y + a) + a; } return a + b; }
int wrapped_loop(int* p, int n) { if (n <= 0) return -1; int r = 0; for (int i = 0; i < n; i++) if (p[i] > 100) r += f(p[i]); else r ^= p[i]; return r; }
int several_returns(int a, int b) { int r = f(a); if (r == 1) return b; r += f(b); if (r == 2) return a; r += g(r); if (r < 0) return g(a) + b; return f(r) + a + b; }
int rare(int* p, int n) { for (int i = 0; i < n; i++) { if (__builtin_expect(p[i] == 0, 0)) { int a = f(i), b = g(a), c = f(b), d = g(c); return a + b * c - d + p[a]; } } return 0; }
int address_of_return(void) { return (int)(long)__builtin_return_address(0); }
void* frame_address(int a) { f(a); return __builtin_frame_address(0); }
struct big { long a[9]; };
struct big returned(int a) { struct big b = {{a, f(a)}}; b.a[8] = g(a); return b; }
long passed(struct big b, int i) { return b.a[i] + f(i); }
long pass(int i) { struct big b = returned(i); return passed(b, i) + f(i); }
static __attribute__((noinline)) int local(int* p, int unused, int k) { return f(*p) + k; }
int isra(int a) { int x = a * 3; return local(&x, 1, 7) + local(&a, 2, 7); }
static __attribute__((noinline)) int part(int a, int b) { if (a == 0) return b; for (int i = 0; i < b; i++) a += f(i) * g(a); return a; }
int partial(int a, int b) { return part(a, b) + part(b, a) + part(a, 3); }
