// The same long sequence in many functions: what -moutline and -Oz make functions of.
extern int f(int), g(int), h(int); extern long a[], b[], c[];
#define WORK(i) a[i] = b[i] * c[i] + 7; b[i + 1] ^= a[i] - 3; c[i + 2] += a[i] >> 2; a[i + 3] = b[i] | c[i];
#define CALLS f(1); g(2); h(3); f(4); g(5); h(6);
int first(int x) { WORK(1) WORK(5) CALLS return f(x) + 1; }
int second(int x) { WORK(1) WORK(5) CALLS return g(x) + 2; }
int third(int x) { if (x) { WORK(1) WORK(5) } CALLS return h(x); }
int fourth(int x) { for (int i = 0; i < x; i++) { CALLS WORK(5) } return f(x) * 2; }
void fifth(void) { CALLS } void sixth(void) { f(9); CALLS } int seventh(int x) { int r = f(x); WORK(1) CALLS return r; }
int eighth(int x) { switch (x) { case 0: CALLS return 1; case 1: WORK(1) return f(2); case 2: CALLS WORK(5) return 3; case 3: return g(1); case 4: CALLS break; case 5: WORK(1) WORK(5) break; case 6: return h(2); } CALLS return 0; }
int ninth(int x) { _Alignas(64) long z[8]; extern void use(void*); use(z); CALLS WORK(1) return (int)z[x]; }
