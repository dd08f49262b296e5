// Long straight code, divisions, 128-bit numbers, bit tricks, floats: what instruction sets have.
extern int f(int); extern double d(double);
long mixed(long a, long b, long c) { long r = a / (b | 1) + b % (c | 3) - (a * b >> 7) + (c << (a & 31)) + __builtin_popcountl(a) + __builtin_clzl(b | 1) + __builtin_ctzl(c | 1) + (long)__builtin_bswap64((unsigned long)a); return r ^ f((int)r); }
unsigned __int128 wide(unsigned __int128 a, unsigned __int128 b) { return a * b + (a >> 13) - (b << 5) + (a / (b | 1)) + (unsigned)f(2); }
double floats(double a, float b, long double c, int n) { double s = 0; for (int i = 0; i < n; i++) { s += a * b + (double)c / (i + 1); if (s > 1e9) s = d(s); a = __builtin_fabs(a - s); b = (float)(int)b; } return s; }
int rotate(unsigned a, unsigned b) { return (int)((a << (b & 31)) | (a >> (-b & 31))) + f(1); }
int overflow(int a, int b) { int r; if (__builtin_add_overflow(a, b, &r)) return f(a); if (__builtin_mul_overflow(r, b, &r)) return f(b); return r; }
void copy(char* a, const char* b, long n) { __builtin_memcpy(a, b, 200); __builtin_memset(a + 200, 7, 300); __builtin_memcpy(a + 500, b, (unsigned long)n); __builtin_memmove(a, a + 3, 77); }
int strings(const char* a, const char* b) { return (int)__builtin_strlen(a) + __builtin_strcmp(a, b) + __builtin_memcmp(a, b, 16) + f(3); }
_Complex double complex(_Complex double a, _Complex double b) { return a * b / (a + 1); }
int branches(int a, int b, int c) { return (a > b && b > c) || (a < 3 && c != 7) ? f(a) : a == b ? f(b) : (a & b) ? c : f(a ^ c); }
