// arch: x86-64
// rule: OH309
// expect: silent
// flags: -O2
// source: by hand
// why: 100 bytes below rsp is inside the red zone

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$104, %rsp
	.cfi_def_cfa_offset	112
	movq	%rbx, (%rsp)
	.cfi_offset	%rbx, -112
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	movq	(%rsp), %rbx
	addq	$104, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
