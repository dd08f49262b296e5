// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: a function that is nothing but a trap
// c: void f(void) { __builtin_trap(); }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	brk	#0x1
	.size	f, .-f
	.cfi_endproc
