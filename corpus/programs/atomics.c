// Atomic operations, which arm64 may call out of line, inside loops, switches and frames.
extern int f(int); int counter; long total; _Bool flag;
int add(int a) { return __atomic_fetch_add(&counter, a, __ATOMIC_SEQ_CST) + 1; }
int exchange(int a) { int r = f(a); return __atomic_exchange_n(&counter, r, __ATOMIC_ACQ_REL) + a; }
int compare(int a, int b) { int x = a; while (!__atomic_compare_exchange_n(&counter, &x, b, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)) f(x); return x; }
long both(long a) { return __atomic_fetch_or(&total, a, __ATOMIC_RELEASE) + __atomic_and_fetch(&total, ~a, __ATOMIC_ACQUIRE); }
void lock(void) { while (__atomic_test_and_set(&flag, __ATOMIC_ACQUIRE)) f(0); }
void unlock(void) { __atomic_clear(&flag, __ATOMIC_RELEASE); }
int switched(int x, int a) { switch (x) { case 0: return __atomic_load_n(&counter, __ATOMIC_SEQ_CST); case 1: __atomic_store_n(&counter, a, __ATOMIC_SEQ_CST); return a; case 2: return add(a); case 3: return exchange(a); case 4: return compare(a, 1); case 5: return __atomic_xor_fetch(&counter, a, __ATOMIC_RELAXED); case 6: return f(a); } return 0; }
