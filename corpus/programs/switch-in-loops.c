// Tables that are hoisted out of loops, merged, threaded, or jumped through from several places.
#define CASES(low)                                                                  \
  case (low): r += f(1); break;                                                     \
  case (low) + 1: r = g(r); break;                                                  \
  case (low) + 2: r ^= h(3); break;                                                 \
  case (low) + 3: return f(r) + 4;                                                  \
  case (low) + 4: r -= f(5); break;                                                 \
  case (low) + 5: r = g(r + 6); break;                                              \
  case (low) + 6: r *= h(7); break;                                                 \
  case (low) + 7: return g(r) + 8;
extern int f(int), g(int), h(int);

struct item { int k; unsigned char c; short s; struct item* next; };
int over_list(struct item* x, int r) { for (; x; x = x->next) switch (x->c) { CASES(30) default: r += f(r); } return r; }
int over_array(const int* x, int n, int r) { for (int i = 0; i < n; i++) switch (x[i]) { CASES(0) default: r--; } return r; }
int over_string(const char* s, int r) { for (; *s; s++) switch (*s) { CASES('a') case 'x': continue; default: return r; } return r; }
int twice(const int* x, int n, int r) {
  for (int i = 0; i < n; i++) { switch (x[i]) { CASES(0) } switch (x[n - i]) { CASES(1) } }
  return r;
}
int machine(const unsigned char* p, int r) {
  int state = 0;
  for (;;) switch (state) {
    case 0: state = *p++ & 7; break;
    case 1: r += f(r); state = 4; break;
    case 2: r = g(r); state = *p++ > 9 ? 5 : 6; break;
    case 3: r ^= h(r); state = 0; break;
    case 4: r -= f(3); state = 7; break;
    case 5: r *= 3; state = 1; break;
    case 6: r = f(g(r)); state = 2; break;
    case 7: if (r > 100) return r; state = 3; break;
  }
}
int interpreter(const unsigned char* code, long* stack) {
  long* top = stack;
  for (;;) switch (*code++) {
    case 0: return (int)*top;
    case 1: *++top = *code++; break;
    case 2: top--; *top += top[1]; break;
    case 3: top--; *top -= top[1]; break;
    case 4: top--; *top *= top[1]; break;
    case 5: *top = f((int)*top); break;
    case 6: if (*top--) code += (signed char)*code; else code++; break;
    case 7: top[1] = *top; top++; break;
    case 8: *top = -*top; break;
    case 9: *top = g((int)*top); break;
    default: return -1;
  }
}
int duff(char* to, const char* from, int n) {
  int i = (n + 7) / 8;
  switch (n % 8) {
    case 0: do { *to++ = *from++;
    case 7: *to++ = *from++;
    case 6: *to++ = *from++;
    case 5: *to++ = *from++;
    case 4: *to++ = *from++;
    case 3: *to++ = *from++;
    case 2: *to++ = *from++;
    case 1: *to++ = f(*from++);
    } while (--i > 0);
  }
  return i;
}
int nested(int x, int y, int r) {
  while (r < 1000) {
    switch (x & 15) {
      CASES(0)
      case 8: switch (y) { CASES(1) default: return 7; } break;
      case 9: switch (y + r) { CASES(50) } r++; break;
      default: r = f(1);
    }
    x = g(x);
  }
  return r;
}
int in_memory(int* p, int r) {
  extern volatile int changing; extern int global;
  switch (global) { CASES(0) }
  switch (changing) { CASES(3) default: r++; }
  switch (*p) { CASES(1) default: r++; }
  return r;
}
