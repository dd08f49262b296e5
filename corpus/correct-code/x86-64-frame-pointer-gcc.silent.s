// arch: x86-64
// expect: silent
// flags: gcc-12 -O2 -fno-omit-frame-pointer
// why: the frame pointer is kept everywhere
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); if (x > b) return g(b) + x; return x; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register 6
	pushq	%r12
	.cfi_offset 12, -24
	movl	%esi, %r12d
	pushq	%rbx
	.cfi_offset 3, -32
	call	g
	movl	%eax, %ebx
	cmpl	%r12d, %eax
	jg	.L5
	movl	%ebx, %eax
	popq	%rbx
	popq	%r12
	popq	%rbp
	.cfi_remember_state
	.cfi_def_cfa 7, 8
	ret
	.p2align 4
.L5:
	.cfi_restore_state
	movl	%r12d, %edi
	call	g
	addl	%eax, %ebx
	movl	%ebx, %eax
	popq	%rbx
	popq	%r12
	popq	%rbp
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
