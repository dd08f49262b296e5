// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: SP is realigned to 64 bytes; the way back is the frame pointer
// c: void g(int *);
// c: int f(int n) { _Alignas(64) int a[16]; g(a); return a[n]; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register 6
	pushq	%rbx
	.cfi_offset 3, -24
	movslq	%edi, %rbx
	andq	$-64, %rsp
	subq	$64, %rsp
	movq	%rsp, %rdi
	call	g
	movl	(%rsp,%rbx,4), %eax
	movq	-8(%rbp), %rbx
	leave
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
