// arch: arm64
// expect: silent
// flags: clang-19 -O2 -mbranch-protection=standard
// why: paciasp and autiasp, as hints
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); return x + g(b) + a; }

	.text
