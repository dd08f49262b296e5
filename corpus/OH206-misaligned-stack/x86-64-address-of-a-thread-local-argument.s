// arch: x86-64
// rule: OH206
// expect: OH206 f+0x10
// flags: gcc-12 -O2 -fPIC
// source: gcc-12 -O2 -fPIC (docs/findings/062)
// why: the address of a thread-local variable is computed by a call when half of the room for the arguments has been made

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movq	%rdi, %rbx
	subq	$8, %rsp
	.cfi_def_cfa_offset 24
	data16	leaq	t@tlsgd(%rip), %rdi
	.value	0x6666
	rex64
	call	__tls_get_addr
	movq	%rbx, %r8
	movl	$4, %ecx
	movq	%rbx, %rdi
	movl	$3, %edx
	movl	$6, %r9d
	movl	$2, %esi
	pushq	%rax
	.cfi_def_cfa_offset 32
	call	h
	popq	%rdx
	.cfi_def_cfa_offset 24
	popq	%rcx
	.cfi_def_cfa_offset 16
	addq	$1, %rax
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
