// Variadic functions: register save areas, va_copy, floats, structs, passing va_list on.
typedef __builtin_va_list va_list;
extern int f(int); extern int vprint(const char*, va_list); extern void take(va_list*);
struct big { long a, b, c; }; struct pair { double x, y; };
int sum(int n, ...) { va_list ap; int r = 0; __builtin_va_start(ap, n); while (n--) r += __builtin_va_arg(ap, int); __builtin_va_end(ap); return r; }
double sum_doubles(int n, ...) { va_list ap; double r = 0; __builtin_va_start(ap, n); while (n--) r += __builtin_va_arg(ap, double); __builtin_va_end(ap); return r + f(n); }
int print(const char* s, ...) { va_list ap; __builtin_va_start(ap, s); int r = vprint(s, ap); __builtin_va_end(ap); return r; }
int print_twice(const char* s, ...) { va_list ap, again; __builtin_va_start(ap, s); __builtin_va_copy(again, ap); int r = vprint(s, ap) + vprint(s, again); __builtin_va_end(again); __builtin_va_end(ap); return r; }
long structs(int n, ...) { va_list ap; __builtin_va_start(ap, n); struct big b = __builtin_va_arg(ap, struct big); struct pair p = __builtin_va_arg(ap, struct pair); __builtin_va_end(ap); return b.a + b.c + (long)p.y + f(n); }
int handed_on(int n, ...) { va_list ap; __builtin_va_start(ap, n); take(&ap); int r = __builtin_va_arg(ap, int); __builtin_va_end(ap); return r; }
int mixed(int x, ...) { va_list ap; int r = 0; __builtin_va_start(ap, x);
  for (;;) switch (__builtin_va_arg(ap, int)) { case 0: __builtin_va_end(ap); return r; case 1: r += __builtin_va_arg(ap, int); break; case 2: r += (int)__builtin_va_arg(ap, long); break; case 3: r += (int)__builtin_va_arg(ap, double); break;
    case 4: r += *__builtin_va_arg(ap, char*); break; case 5: r = f(r); break; case 6: r += (int)__builtin_va_arg(ap, struct big).b; break; } }
int caller(int x, double d, struct big b) { return sum(3, x, x + 1, x * 2) + (int)sum_doubles(2, d, d * 2) + print("%d %f", x, d) + (int)structs(1, b, (struct pair){d, d}); }
int many(int a) { return sum(12, a, a, a, a, a, a, a, a, a, a, a, a) + f(a); }
int variadic_vla(int n, ...) { va_list ap; int a[n]; __builtin_va_start(ap, n); for (int i = 0; i < n; i++) a[i] = __builtin_va_arg(ap, int); __builtin_va_end(ap); int r = 0; for (int i = 0; i < n; i++) r ^= f(a[i]); return r; }
