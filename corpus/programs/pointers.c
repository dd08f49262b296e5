// Calls through pointers, tables of functions, callbacks, recursion, comparison loops.
extern int f(int); typedef int (*fn)(int); typedef long size; struct node { struct node *left, *right; int key; fn visit; };
int call(fn p, int a) { return p(a) + 1; }
int call_twice(fn p, fn q, int a) { return p(q(a)) + q(p(a)); }
int walk(struct node* n, int d) { if (!n) return d; int l = walk(n->left, d + 1), r = walk(n->right, d + 1); if (n->visit) l += n->visit(r); return l > r ? l : r; }
void sort(int* a, int lo, int hi, int (*less)(int, int)) { while (lo < hi) { int p = a[hi], i = lo; for (int j = lo; j < hi; j++) if (less(a[j], p)) { int t = a[i]; a[i++] = a[j]; a[j] = t; } a[hi] = a[i]; a[i] = p; sort(a, lo, i - 1, less); lo = i + 1; } }
static int one(int a) { return f(a) + 1; } static int two(int a) { return f(a) * 2; } static int three(int a) { return a - f(3); }
int choose(int k, int a) { static const fn table[] = {one, two, three, f, one, two}; return k < 6 ? table[k](a) : 0; }
int choose_local(int k, int a) { fn p = k == 1 ? one : k == 2 ? two : three; return p(a) + a; }
fn pick(int k) { return k ? one : three; }
int ackermann(int m, int n) { if (m == 0) return n + 1; if (n == 0) return ackermann(m - 1, 1); return ackermann(m - 1, ackermann(m, n - 1)); }
unsigned long divide(unsigned long a, unsigned long b, unsigned __int128 c) { return (unsigned long)(c / (b | 1)) + a % (b | 3) + (unsigned long)f(1); }
