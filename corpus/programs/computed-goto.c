// Labels as values: threaded code, tables of differences, one label chosen of two, tables on the stack.
extern int f(int), g(int), h(int);
int threaded(const unsigned char* p, int r) {
  static const void* const labels[] = {&&add, &&sub, &&mul, &&end};
  goto *labels[*p++];
add: r += f(r); goto *labels[*p++];
sub: r -= g(r); goto *labels[*p++];
mul: r *= h(r); goto *labels[*p++];
end: return r;
}
int differences(const unsigned char* p, int r) {
  static const int labels[] = {&&add - &&add, &&sub - &&add, &&mul - &&add, &&end - &&add};
next: goto *(&&add + labels[*p++]);
add: r += f(r); goto next;
sub: r -= g(r); goto next;
mul: r *= h(r); goto next;
end: return r;
}
int one_of_two(int x, int r) {
  void* to = x > 3 ? &&big : &&small;
  r += f(r);
  goto *to;
big: return g(r);
small: return h(r) + 1;
}
int on_the_stack(int x, int r) {
  void* labels[] = {&&one, &&two, &&three};
  if (r > 5) labels[2] = &&one;
  goto *labels[x];
one: return f(r);
two: r += g(r);
three: return h(r) + r;
}
int resumed(void** where, int r) {
  if (*where) goto *(*where);
  *where = &&second; return f(r);
second: *where = &&third; return g(r);
third: *where = 0; return h(r) + r;
}
