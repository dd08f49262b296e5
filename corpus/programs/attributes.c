// Functions with conventions and places of their own: naked, interrupt-free, sections, weak, aliases, constructors.
extern int f(int), g(int);
__attribute__((weak)) int weak(int a) { return f(a) + 1; }
int original(int a) { return f(a) * 3; } int alias(int) __attribute__((alias("original")));
__attribute__((section(".text.own"))) int elsewhere(int a) { return f(a) + g(a); }
__attribute__((constructor)) void at_start(void) { f(0); }
__attribute__((hot)) int hot(int a) { int r = f(a); return r > 3 ? g(r) : r; }
__attribute__((cold)) int cold(int a) { int r = f(a); return r > 3 ? g(r) : r; }
__attribute__((noinline, optimize("O0"))) int unoptimised(int a) { int b = a * 2; return f(b) + b; }
__attribute__((aligned(64))) int aligned(int a) { return f(a) - 1; }
__attribute__((no_split_stack)) int unsplit(int a) { char b[100]; extern void use(void*); use(b); return b[a]; }
__attribute__((patchable_function_entry(6, 2))) int patchable(int a) { return f(a) + 4; }
__attribute__((visibility("hidden"))) int hidden(int a) { return f(a) + 2; } int calls_hidden(int a) { return hidden(a) + weak(a) + alias(a); }
#if defined(__x86_64__)
__attribute__((ms_abi)) int of_windows(int a, int b, int c, int d, int e) { return f(a) + b + c + d + e; }
int calls_windows(int a) { return of_windows(a, 1, 2, 3, 4) + f(a); }
__attribute__((force_align_arg_pointer)) int realigned(int a) { return f(a) + 7; }
#endif
