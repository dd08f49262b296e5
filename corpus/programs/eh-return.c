// __builtin_eh_return: what an unwinder ends in.
extern int f(int); extern void use(void*);
#if defined(__x86_64__) || !defined(__clang__)
void unwound(long offset, void* handler) { f(1); __builtin_unwind_init(); __builtin_eh_return(offset, handler); }
void unwound_on_one_path(long offset, void* handler) { int a[4]; use(a); if (a[0]) return; __builtin_unwind_init(); __builtin_eh_return(offset, handler); }
#endif
