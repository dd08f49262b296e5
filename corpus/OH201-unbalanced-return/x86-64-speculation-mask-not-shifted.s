// arch: x86-64
// rule: OH201
// expect: OH301 f+0x40
// expect: OH201 f+0x41
// expect: OH202 f+0x41
// flags: clang-19 -O1 -mspeculative-load-hardening
// source: clang-19 -O1 -mspeculative-load-hardening, reduced
// why: bits that addresses have are set in SP

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
	shlq	$4, %rcx	# planted: $47
	orq	%rcx, %rsp
	popq	%rbx
	.cfi_def_cfa_offset 8
	retq
	.cfi_endproc
	.size	f, .-f
