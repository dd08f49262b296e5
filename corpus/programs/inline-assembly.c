// Inline assembly that pushes and pops (in frames that do not depend on SP), clobbers, jumps to labels, moves SP.
extern int f(int);
extern void use(void*);
#define FRAME char* frame = __builtin_alloca(f(3)); use(frame)  // the CFA is computed from the frame pointer
#if defined(__x86_64__)
long flags(void) { FRAME; long r; __asm__ volatile("pushfq; popq %0" : "=r"(r) : : "memory"); return r + f(1); }
void set_flags(long x) { FRAME; f(2); __asm__ volatile("pushq %0; popfq" : : "r"(x) : "cc", "memory"); }
long swapped(long a) { FRAME; long r; f((int)a); __asm__ volatile("pushq %1; pushq %1; popq %0; addq $8, %%rsp" : "=&r"(r) : "r"(a) : "memory"); return r; }
int clobbers(int a) { int r = f(a); __asm__ volatile("" : "+r"(r) : : "rbx", "r12", "r13", "r14", "r15", "memory"); return r + a; }
int skips_red_zone(int a) { FRAME; __asm__ volatile("leaq -128(%%rsp), %%rsp; pushq %0; addq $136, %%rsp" : : "r"((long)a) : "memory"); return a; }
#else
long swapped(long a) { FRAME; long r; f((int)a); __asm__ volatile("str %1, [sp, #-16]!; ldr %0, [sp], #16" : "=&r"(r) : "r"(a) : "memory"); return r; }
int clobbers(int a) { int r = f(a); __asm__ volatile("" : "+r"(r) : : "x19", "x20", "x21", "x22", "x23", "x24", "d8", "d9", "memory"); return r + a; }
long moved(long a) { FRAME; __asm__ volatile("sub sp, sp, #64; str %0, [sp]; add sp, sp, #64" : : "r"(a) : "memory"); return a; }
#endif
int jumps(int a) {
#if defined(__x86_64__)
  __asm__ goto("testl %0, %0; jz %l1" : : "r"(a) : "cc" : zero);
#else
  __asm__ goto("cbz %w0, %l1" : : "r"(a) : : zero);
#endif
  return f(a) + 1;
zero:
  return f(7);
}
int barrier(int a) { int r = f(a); __asm__ volatile("" ::: "memory"); return r + a; }
int nops(int a) { int r = f(a); __asm__ volatile("nop; nop; nop"); return r; }
