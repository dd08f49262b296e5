// arch: x86-64
// rule: OH203
// expect: OH203 f+0x2a
// expect: OH303 f+0x22
// flags: -O2
// source: the twin of x86-64-pointer-from-memory.silent.s
// why: the address is computed from SP in registers, and lies 32 bytes above a local object: the return address

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
	leaq	8(%rsp), %rax	# planted
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
