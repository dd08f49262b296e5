// Thread-local variables in every model, with calls that the linker may relax.
extern int f(int); static __thread int mine; __thread long shared[8]; extern __thread int theirs;
int get(void) { return mine; } int set(int a) { int r = f(a); mine = r; return theirs + r; }
long sum(int n) { long s = 0; for (int i = 0; i < n; i++) s += shared[i & 7] + f(i); return s; }
int switched(int x) { switch (mine) { case 0: return f(theirs); case 1: mine = x; break; case 2: theirs = x; break; case 3: return f((int)shared[x]); case 4: mine++; break; case 5: return mine + theirs; case 6: return f(1); } return f(2); }
