// arch: x86-64
// rule: OH202
// expect: OH202 builtin_caught+0x2c
// expect: OH302 builtin_caught+0x24
// flags: -O2
// source: gcc-12 -O2: int builtin_caught(void** b) { if (__builtin_setjmp(b)) return f(2); return g(1); }
// why: __builtin_longjmp comes back to the label with whatever is in r15, which the function does not save

	.text
	.globl	builtin_caught
	.type	builtin_caught, @function
builtin_caught:
	.cfi_startproc
	# planted: pushq %r15 stood here
	leaq	.L2(%rip), %rax
	pushq	%r14
	.cfi_def_cfa_offset 16
	.cfi_offset 14, -16
	pushq	%r13
	.cfi_def_cfa_offset 24
	.cfi_offset 13, -24
	pushq	%r12
	.cfi_def_cfa_offset 32
	.cfi_offset 12, -32
	pushq	%rbp
	.cfi_def_cfa_offset 40
	.cfi_offset 6, -40
	pushq	%rbx
	.cfi_def_cfa_offset 48
	.cfi_offset 3, -48
	movq	%rbp, (%rdi)
	movq	%rax, 8(%rdi)
	movq	%rsp, 16(%rdi)
	movl	$1, %edi
	call	g@PLT
.L1:
	.cfi_remember_state
	popq	%rbx
	.cfi_def_cfa_offset 40
	popq	%rbp
	.cfi_def_cfa_offset 32
	popq	%r12
	.cfi_def_cfa_offset 24
	popq	%r13
	.cfi_def_cfa_offset 16
	popq	%r14
	.cfi_def_cfa_offset 8
	ret
.L2:
	.cfi_restore_state
	movl	$2, %edi
	call	f@PLT
	jmp	.L1
	.cfi_endproc
	.size	builtin_caught, .-builtin_caught
