// arch: x86-64
// expect: silent
// flags: clang-19 -O2 -fstack-clash-protection
// why: the prologue touches every page of a large frame
// c: void g(char *);
// c: int f(int a) { char b[200000]; g(b); return b[a]; }

	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	movq	%rsp, %r11
	subq	$196608, %r11
	.cfi_def_cfa_register %r11
	.cfi_adjust_cfa_offset 196608
.LBB0_1:
	subq	$4096, %rsp
	movq	$0, (%rsp)
	cmpq	%r11, %rsp
	jne	.LBB0_1
	subq	$3392, %rsp
	.cfi_def_cfa_register %rsp
	.cfi_def_cfa_offset 200016
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	movq	%rsp, %rdi
	callq	g
	movslq	%ebx, %rax
	movsbl	(%rsp,%rax), %eax
	addq	$200000, %rsp
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
