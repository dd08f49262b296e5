// Wide vectors that live across calls, are spilled, passed, returned; vectorised loops.
typedef float v4 __attribute__((vector_size(16))); typedef double v8 __attribute__((vector_size(32))); typedef int v16 __attribute__((vector_size(64)));
extern int f(int); extern v4 of4(v4); extern void use(void*, ...);
v4 across(v4 a, v4 b) { v4 c = of4(a); v4 d = of4(b); return c * d + a * b; }
void spilled(v8* p, int n) { v8 a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], i = p[5], j = p[6], k = p[7], l = p[8], m = p[9]; f(n); p[0] = a * b + c; p[1] = d * e + i; p[2] = j * k + l; p[3] = m + a; p[4] = b + d; }
int local(v16* p, int n) { v16 a = *p, b = p[1]; a = a * b; use(&a, &b); return a[n & 15] + f(n); }
void add(float* __restrict a, const float* __restrict b, int n) { for (int i = 0; i < n; i++) a[i] += b[i] * 3; }
int dot(const int* a, const int* b, int n) { int s = 0; for (int i = 0; i < n; i++) s += a[i] * b[i]; return s + f(s); }
void bytes(unsigned char* a, const unsigned char* b, int n) { for (int i = 0; i < n; i++) a[i] = (a[i] + b[i] + 1) >> 1; }
long conditional(const long* a, int n) { long s = 0; for (int i = 0; i < n; i++) if (a[i] > 7) s += a[i]; return s; }
double reduced(const double* a, int n) { double s = 0, t = 1; for (int i = 0; i < n; i++) { s += a[i] * a[i]; t *= a[i]; if (a[i] < 0) use(&s, f(i)); } return s / t; }
void switched(float* a, int x, int n) { for (int i = 0; i < n; i++) switch (x) { case 0: a[i] += 1; break; case 1: a[i] *= 2; break; case 2: a[i] = f(i); break; case 3: a[i] -= 3; break; case 4: a[i] /= 5; break; case 5: a[i] = -a[i]; break; } }
