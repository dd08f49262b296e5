// arch: x86-64
// expect: silent
// flags: gcc-12 -O2 -mno-red-zone
// why: without a red zone the epilogue's rows still name slots below SP for registers that are restored already
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); return x + g(b) + a; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%r12
	.cfi_def_cfa_offset 16
	.cfi_offset 12, -16
	movl	%esi, %r12d
	pushq	%rbp
	.cfi_def_cfa_offset 24
	.cfi_offset 6, -24
	pushq	%rbx
	.cfi_def_cfa_offset 32
	.cfi_offset 3, -32
	movl	%edi, %ebx
	call	g
	movl	%r12d, %edi
	movl	%eax, %ebp
	call	g
	addl	%ebp, %eax
	addl	%ebx, %eax
	popq	%rbx
	.cfi_restore 3
	.cfi_def_cfa_offset 24
	popq	%rbp
	.cfi_restore 6
	.cfi_def_cfa_offset 16
	popq	%r12
	.cfi_restore 12
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
