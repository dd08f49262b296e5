// arch: x86-64
// expect: silent
// flags: clang-19 -O2 -fstack-protector-all -fno-PIC
// why: a canary check that ends in __stack_chk_fail
// c: void g(char *);
// c: int f(int a) { char b[64]; g(b); return b[a]; }

	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	subq	$80, %rsp
	.cfi_def_cfa_offset 96
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	movq	%fs:40, %rax
	movq	%rax, 72(%rsp)
	movq	%rsp, %rdi
	callq	g
	movslq	%ebx, %rax
	movsbl	(%rsp,%rax), %eax
	movq	%fs:40, %rcx
	cmpq	72(%rsp), %rcx
	jne	.LBB0_2
	addq	$80, %rsp
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	retq
.LBB0_2:
	.cfi_def_cfa_offset 96
	callq	__stack_chk_fail@PLT
	.size	f, .-f
	.cfi_endproc
