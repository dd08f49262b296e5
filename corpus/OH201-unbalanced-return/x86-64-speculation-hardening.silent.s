// arch: x86-64
// rule: OH201
// expect: silent
// flags: clang-19 -O1 -mspeculative-load-hardening
// source: clang-19 -O1 -mspeculative-load-hardening, reduced
// why: SP is made one that nothing can be accessed at, if the CPU has mispredicted a branch, and else stays what it is

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movq	%rsp, %rcx
	movq	$-1, %rax
	sarq	$63, %rcx
	movl	%edi, %ebx
	testl	%edi, %edi
	je	.Lzero
	cmoveq	%rax, %rcx
	shlq	$47, %rcx
	orq	%rcx, %rsp
	callq	g
	movq	%rsp, %rcx
	sarq	$63, %rcx
	addl	%ebx, %eax
	jmp	.Lout
.Lzero:
	cmovneq	%rax, %rcx
	movl	$3, %eax
.Lout:
	shlq	$47, %rcx
	orq	%rcx, %rsp
	popq	%rbx
	.cfi_def_cfa_offset 8
	retq
	.cfi_endproc
	.size	f, .-f
