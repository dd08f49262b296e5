// arch: x86-64
// expect: silent
// flags: gcc-12 -O2 -fstack-protector-all -fno-PIC
// why: a canary check that ends in __stack_chk_fail
// c: void g(char *);
// c: int f(int a) { char b[64]; g(b); return b[a]; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movslq	%edi, %rbx
	subq	$80, %rsp
	.cfi_def_cfa_offset 96
	movq	%fs:40, %rax
	movq	%rax, 72(%rsp)
	xorl	%eax, %eax
	movq	%rsp, %rdi
	call	g
	movsbl	(%rsp,%rbx), %eax
	movq	72(%rsp), %rdx
	subq	%fs:40, %rdx
	jne	.L5
	addq	$80, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
.L5:
	.cfi_restore_state
	call	__stack_chk_fail
	.cfi_endproc
	.size	f, .-f
