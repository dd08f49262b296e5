// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: an interpreter loop: jumps through a table of label addresses
// c: int g(int);
// c: int f(const unsigned char *p) {
// c: static const void *const t[] = {&&a, &&b, &&c}; int s = 0; goto *t[*p++];
// c: a: s += g(s); goto *t[*p++];
// c: b: s += 3; goto *t[*p++];
// c: c: return s; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	xorl	%ebp, %ebp
	pushq	%rbx
	.cfi_def_cfa_offset 24
	.cfi_offset 3, -24
	leaq	2(%rdi), %rbx
	subq	$8, %rsp
	.cfi_def_cfa_offset 32
	movzbl	(%rdi), %eax
	movq	t.0(,%rax,8), %rax
	jmp	*%rax
	.p2align 4
.L6:
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 24
	movl	%ebp, %eax
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	ret
	.p2align 4
.L4:
	.cfi_restore_state
	movzbl	-1(%rbx), %eax
	addl	$3, %ebp
	addq	$1, %rbx
	movq	t.0(,%rax,8), %rax
	jmp	*%rax
	.p2align 4
.L3:
	movl	%ebp, %edi
	addq	$1, %rbx
	call	g
	addl	%eax, %ebp
	movzbl	-2(%rbx), %eax
	movq	t.0(,%rax,8), %rax
	jmp	*%rax
	.cfi_endproc
	.size	f, .-f
	.section	.rodata
	.align 16
	.type	t.0, @object
	.size	t.0, 24
t.0:
	.quad	.L3
	.quad	.L4
	.quad	.L6
