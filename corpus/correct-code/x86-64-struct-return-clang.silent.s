// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: a large struct is copied with a string instruction or a loop and returned in memory
// c: struct s { long v[40]; };
// c: void g(struct s *);
// c: struct s f(long a) { struct s x; g(&x); x.v[3] = a; return x; }

	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	pushq	%r14
	.cfi_def_cfa_offset 16
	pushq	%rbx
	.cfi_def_cfa_offset 24
	pushq	%rax
	.cfi_def_cfa_offset 32
	.cfi_offset %rbx, -24
	.cfi_offset %r14, -16
	movq	%rsi, %rbx
	movq	%rdi, %r14
	callq	g
	movq	%rbx, 24(%r14)
	movq	%r14, %rax
	addq	$8, %rsp
	.cfi_def_cfa_offset 24
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%r14
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
