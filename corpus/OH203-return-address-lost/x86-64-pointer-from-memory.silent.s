// arch: x86-64
// rule: OH203
// expect: silent
// flags: -O2
// source: gcc-12 -O2, struct S { char *p; char b[16]; } s; s.p = s.b; grow(&s); *(long *)(s.p + 32) = x;
// why: the pointer to a local object was in memory that others know, so that it may point elsewhere now

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movslq	%edi, %rbx
	subq	$32, %rsp
	.cfi_def_cfa_offset 48
	leaq	8(%rsp), %rax
	movq	%rsp, %rdi
	movq	%rax, (%rsp)
	call	grow
	movq	(%rsp), %rax
	movq	%rbx, 32(%rax)
	movsbl	(%rax), %eax
	addq	$32, %rsp
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_restore 3
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
