// Frames from nothing to megabytes: unrolled probes, probe loops, offsets that need a register.
extern int f(int);
extern void use(void*, ...);
#define FRAME(bytes) int frame_##bytes(int n) { char a[bytes]; use(a, n); return a[n] + f(n); }
FRAME(1) FRAME(16) FRAME(100) FRAME(240) FRAME(256) FRAME(500) FRAME(520) FRAME(1000) FRAME(2040) FRAME(4000) FRAME(4095) FRAME(4096) FRAME(4097) FRAME(4112)
FRAME(8000) FRAME(8192) FRAME(16384) FRAME(20000) FRAME(32752) FRAME(32768) FRAME(65520) FRAME(65536) FRAME(70000) FRAME(131072) FRAME(262144)
FRAME(1000000) FRAME(16777216) FRAME(20000000)
int leaf(int n) { volatile char a[9000]; a[n] = 1; return a[n / 2]; }
int leaf_huge(int n) { volatile char a[300000]; a[n] = 1; return a[n / 2]; }
int in_red_zone(int n) { volatile int a[12]; a[n] = 1; return a[n / 2]; }
int many_saved(int a, int b, int c, int d, int e, int i) { char x[40000]; use(x); a += f(b); b += f(c); c += f(d); d += f(e); e += f(i); i += f(a); return a * b + c * d + e * i + x[a]; }
double many_saved_vectors(double a, double b, double c, double d, double e) { char x[70000]; extern double v(double); use(x); a += v(b); b += v(c); c += v(d); d += v(e); e += v(a); return a * b + c * d + e; }
int branchy_big(int n) { if (n < 0) return f(n); char a[50000]; use(a); if (a[0]) return 1; use(a, n); return f(a[n]); }
int aligned_big(int n) { _Alignas(128) char a[100000]; use(a); return f(a[n]); }
