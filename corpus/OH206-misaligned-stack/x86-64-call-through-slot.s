// arch: x86-64
// rule: OH206
// expect: OH206 f+0x8
// flags: -O0 -pg -fno-omit-frame-pointer
// source: by hand, after x86-64-profiling-hook.silent.s
// why: a function that is called through its slot of the global offset table, and is no hook

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
	call	*measure@GOTPCREL(%rip)
	movl	%edi, %eax
	movb	%al, -4(%rbp)
	movzbl	-4(%rbp), %eax
	negl	%eax
	leave
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
