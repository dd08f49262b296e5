// arch: x86-64
// rule: OH206
// expect: silent
// flags: gcc-12 -O2
// source: gcc-12 -O2 of a call of a static noinline function
// why: GCC does not align the stack for a function of the same file that is known not to need it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	call	leaf
	incl	%eax
	ret
	.cfi_endproc
	.size	f, .-f
	.type	leaf, %function
leaf:
	.cfi_startproc
	leal	1(%rdi), %eax
	ret
	.cfi_endproc
	.size	leaf, .-leaf
