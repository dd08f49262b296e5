// arch: x86-64
// expect: silent
// flags: -O2
// source: gcc-12 -O2: int builtin_caught(void** b) { if (__builtin_setjmp(b)) return f(2); return g(1); }
// why: the label behind the return is where __builtin_longjmp comes back, with SP and FP as they were and no other register

	.text
	.globl	builtin_caught
	.type	builtin_caught, @function
builtin_caught:
	.cfi_startproc
	pushq	%r15
	.cfi_def_cfa_offset 16
	.cfi_offset 15, -16
	leaq	.L2(%rip), %rax
	pushq	%r14
	.cfi_def_cfa_offset 24
	.cfi_offset 14, -24
	pushq	%r13
	.cfi_def_cfa_offset 32
	.cfi_offset 13, -32
	pushq	%r12
	.cfi_def_cfa_offset 40
	.cfi_offset 12, -40
	pushq	%rbp
	.cfi_def_cfa_offset 48
	.cfi_offset 6, -48
	pushq	%rbx
	.cfi_def_cfa_offset 56
	.cfi_offset 3, -56
	subq	$8, %rsp
	.cfi_def_cfa_offset 64
	movq	%rbp, (%rdi)
	movq	%rax, 8(%rdi)
	movq	%rsp, 16(%rdi)
	movl	$1, %edi
	call	g@PLT
.L1:
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 56
	popq	%rbx
	.cfi_def_cfa_offset 48
	popq	%rbp
	.cfi_def_cfa_offset 40
	popq	%r12
	.cfi_def_cfa_offset 32
	popq	%r13
	.cfi_def_cfa_offset 24
	popq	%r14
	.cfi_def_cfa_offset 16
	popq	%r15
	.cfi_def_cfa_offset 8
	ret
.L2:
	.cfi_restore_state
	movl	$2, %edi
	call	f@PLT
	jmp	.L1
	.cfi_endproc
	.size	builtin_caught, .-builtin_caught
