// arch: x86-64
// expect: silent
// flags: gcc-12 -O2 -fcf-protection
// why: endbr64 at the entry
// c: int g(int);
// c: int f(int a) { return g(a) + 1; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	endbr64
	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	call	g
	addq	$8, %rsp
	.cfi_def_cfa_offset 8
	addl	$1, %eax
	ret
	.cfi_endproc
	.size	f, .-f
