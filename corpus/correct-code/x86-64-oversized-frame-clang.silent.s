// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: frame sizes that no immediate holds
// c: void g(char *);
// c: int f(int a) { char b[70000]; g(b); return b[a]; }

	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	subq	$70000, %rsp
	.cfi_def_cfa_offset 70016
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	movq	%rsp, %rdi
	callq	g
	movslq	%ebx, %rax
	movsbl	(%rsp,%rax), %eax
	addq	$70000, %rsp
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
