// arch: x86-64
// rule: OH206
// expect: silent
// flags: -O0 -pg -fno-omit-frame-pointer
// source: gcc-12 -O0 -pg -fno-omit-frame-pointer: signed char f(signed char x) { return -x; }
// why: GCC aligns no stack for the hook of -pg, which follows a convention of its own, in a function that calls nothing else

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register 6
	subq	$8, %rsp
	call	*mcount@GOTPCREL(%rip)
	movl	%edi, %eax
	movb	%al, -4(%rbp)
	movzbl	-4(%rbp), %eax
	negl	%eax
	leave
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
