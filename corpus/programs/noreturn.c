// Callees that never return, declared and inferred, with and without code behind the call.
extern int f(int);
void abort(void); _Noreturn void exit(int); _Noreturn void unknown(int);
#define fail exit
static __attribute__((noinline)) void give_up(int a) { f(a); fail(a); }
static __attribute__((noinline)) void spin(int a) { for (;;) f(a); }
static __attribute__((noinline, cold)) void report(int a) { f(a); f(a + 1); abort(); }
int last(int a) { if (a) return f(a); fail(1); }
int last_aborts(int a) { if (a > 3) return f(a) + 1; abort(); }
int inferred(int a) { if (a > 3) return f(a) + 1; give_up(a); return 9; }
int spins(int a) { if (a > 3) return f(a) + 1; spin(a); return 9; }
int reports(int a) { int r = f(a); if (r == 1) report(1); if (r == 2) report(2); if (r == 3) report(3); return r; }
int traps(int a) { int r = f(a); if (r < 0) __builtin_trap(); return r * 2; }
int unreachable(int a) { int r = f(a); if (r < 0) __builtin_unreachable(); return r * 2; }
void only_fails(int a) { fail(a); }
void fails_behind_frame(int a) { int b[10]; extern void use(void*); use(b); fail(b[a]); }
int loops_for_ever(int a) { for (;;) a = f(a); }
int mutual_a(int); static __attribute__((noinline)) void mutual_b(int a) { if (f(a)) mutual_a(a); fail(a); }
int mutual_a(int a) { if (f(a) == 3) return 1; mutual_b(a); return 2; }
int middle(int a, int b) { if (a) { f(b); fail(2); } if (b) { f(a); exit(3); } return f(a + b); }
int last_is_unknown(int a) { if (a) return f(a); unknown(1); }  // nothing in the object says that this never returns
