// arch: x86-64
// rule: OH301
// expect: OH301 f+0x2
// flags: gcc-12 -Oz
// source: gcc-12 -Oz, unchanged: docs/findings/003
// c: int f(void) { return 8; }
// why: between push and pop SP is 8 bytes lower than the row says

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	$8
	popq	%rax
	ret
	.cfi_endproc
	.size	f, .-f
