// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: tail calls behind an epilogue, direct and through a pointer
// c: int g(int);
// c: int t(int);
// c: int f(int a, int (*p)(int)) { int x = g(a); if (x & 1) return t(x + a); return p(x); }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rsi, %rbp
	pushq	%rbx
	.cfi_def_cfa_offset 24
	.cfi_offset 3, -24
	movl	%edi, %ebx
	subq	$8, %rsp
	.cfi_def_cfa_offset 32
	call	g
	movl	%eax, %edi
	testb	$1, %al
	jne	.L5
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 24
	movq	%rbp, %rax
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	jmp	*%rax
	.p2align 4
.L5:
	.cfi_restore_state
	addq	$8, %rsp
	.cfi_def_cfa_offset 24
	addl	%ebx, %edi
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	jmp	t
	.cfi_endproc
	.size	f, .-f
