// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: a function that is nothing but a trap
// c: void f(void) { __builtin_trap(); }

	.text
	.section	.text.unlikely,"ax",@progbits
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	ud2
	.cfi_endproc
	.size	f, .-f
