// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: a leaf keeps its locals below SP where the ABI has a red zone
// c: int f(int a) { volatile int x[4]; x[0] = a; x[3] = a + 1; return x[0] * x[3]; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	movl	%edi, -24(%rsp)
	addl	$1, %edi
	movl	%edi, -12(%rsp)
	movl	-24(%rsp), %eax
	movl	-12(%rsp), %edx
	imull	%edx, %eax
	ret
	.cfi_endproc
	.size	f, .-f
