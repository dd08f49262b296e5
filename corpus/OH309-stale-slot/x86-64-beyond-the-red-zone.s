// arch: x86-64
// rule: OH309
// expect: OH309 f+0x1f
// flags: -O2
// source: by hand
// why: 200 bytes below rsp is beyond the red zone's 128 bytes (psABI 3.2.2)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$200, %rsp
	.cfi_def_cfa_offset	208
	movq	%rbx, (%rsp)
	.cfi_offset	%rbx, -208
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	movq	(%rsp), %rbx
	addq	$200, %rsp
	.cfi_def_cfa_offset	8	# planted: no .cfi_restore
	ret
	.cfi_endproc
	.size	f, .-f
