// alloca, VLAs, both at once, in loops and branches, beside over-aligned objects.
extern int f(int), g(int);
extern void use(void*, ...);
int allocated(int n) { char* p = __builtin_alloca(n); use(p); return f(p[0]) + 1; }
int allocated_constant(int n) { char* p = __builtin_alloca(512); use(p, n); return f(p[n]); }
int allocated_in_branch(int n) { char* p = 0; if (n > 10) { p = __builtin_alloca(n); use(p); } return f(n) + (p ? p[0] : 0); }
int allocated_in_loop(int n) { char* p = 0; for (int i = 0; i < n; i++) { p = __builtin_alloca(i + 1); use(p); } return p ? p[0] : 0; }
int vla(int n) { int a[n]; use(a); return a[n - 1] + f(n); }
int vla_in_loop(int n) { int s = 0; for (int i = 1; i < n; i++) { int a[i]; use(a); s += a[0] + g(i); if (s > 99) break; } return s; }
int vla_two(int n, int m) { int a[n], b[m]; use(a, b); { long c[n + m]; use(c); } return a[0] + b[m - 1]; }
int vla_of_vla(int n, int m) { int a[n][m]; use(a); return a[n - 1][m - 1]; }
int vla_and_alloca(int n) { int a[n]; char* p = __builtin_alloca(n * 2); use(a, p); return a[0] + p[1]; }
int vla_aligned(int n) { int a[n]; _Alignas(64) char b[64]; use(a, b); return a[0] + b[1]; }
int alloca_aligned(int n) { char* p = __builtin_alloca_with_align(n, 1024); use(p); return p[0] + f(n); }
int aligned_32(int n) { _Alignas(32) char b[64]; use(b); return b[n] + f(n); }
int aligned_4096(int n) { _Alignas(4096) char b[64]; use(b); return b[n] + f(n); }
int aligned_with_arguments(int a, int b, int c, int d, int e, int i, int j, int k, int l, int m) { _Alignas(64) int x[4] = {j, k, l, m}; use(x); return x[a] + b + c + d + e + i + f(m); }
int restored(int n) { int r; { int a[n]; use(a); r = a[0]; } r += f(r); { short a[n + 3]; use(a); r += a[1]; } return r + g(r); }
void early_exit(int n, int* p) { if (!p) return; int a[n]; use(a); if (a[0]) return; use(p, a); }
int switch_and_vla(int n, int x) { int a[n]; use(a); switch (x) { case 0: return a[0]; case 1: return f(a[1]); case 2: a[0] = g(2); break; case 3: return g(a[2]); case 4: a[0]++; break; case 5: return f(g(a[0])); case 6: return 9; } return f(a[0]); }
