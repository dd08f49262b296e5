// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: frame sizes that no immediate holds
// c: void g(char *);
// c: int f(int a) { char b[70000]; g(b); return b[a]; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movslq	%edi, %rbx
	subq	$70000, %rsp
	.cfi_def_cfa_offset 70016
	movq	%rsp, %rdi
	call	g
	movsbl	(%rsp,%rbx), %eax
	addq	$70000, %rsp
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
