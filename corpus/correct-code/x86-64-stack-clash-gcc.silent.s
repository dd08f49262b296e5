// arch: x86-64
// expect: silent
// flags: gcc-12 -O2 -fstack-clash-protection
// why: the prologue touches every page of a large frame
// c: void g(char *);
// c: int f(int a) { char b[200000]; g(b); return b[a]; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	leaq	-196608(%rsp), %r11
	.cfi_def_cfa 11, 196624
.LPSRL0:
	subq	$4096, %rsp
	orq	$0, (%rsp)
	cmpq	%r11, %rsp
	jne	.LPSRL0
	.cfi_def_cfa_register 7
	subq	$3392, %rsp
	.cfi_def_cfa_offset 200016
	movslq	%edi, %rbx
	movq	%rsp, %rdi
	call	g
	movsbl	(%rsp,%rbx), %eax
	addq	$200000, %rsp
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
