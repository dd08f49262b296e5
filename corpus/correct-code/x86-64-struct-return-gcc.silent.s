// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: a large struct is copied with a string instruction or a loop and returned in memory
// c: struct s { long v[40]; };
// c: void g(struct s *);
// c: struct s f(long a) { struct s x; g(&x); x.v[3] = a; return x; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%r12
	.cfi_def_cfa_offset 16
	.cfi_offset 12, -16
	movq	%rsi, %r12
	pushq	%rbp
	.cfi_def_cfa_offset 24
	.cfi_offset 6, -24
	pushq	%rbx
	.cfi_def_cfa_offset 32
	.cfi_offset 3, -32
	movq	%rdi, %rbx
	subq	$320, %rsp
	.cfi_def_cfa_offset 352
	movq	%rsp, %rbp
	movq	%rbp, %rdi
	call	g
	movq	%r12, 24(%rsp)
	movq	%rbx, %rdi
	movq	%rbp, %rsi
	movl	$40, %ecx
	movq	%rbx, %rax
	rep movsq
	addq	$320, %rsp
	.cfi_def_cfa_offset 32
	popq	%rbx
	.cfi_def_cfa_offset 24
	popq	%rbp
	.cfi_def_cfa_offset 16
	popq	%r12
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
