// arch: x86-64
// rule: OH309
// expect: OH309 f+0x19
// expect: OH302 f+0x1e
// flags: -O2
// source: by hand
// why: at the second call the slot of rbx is given up, and the callee's return address goes there: behind it the value is lost

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$24, %rsp
	.cfi_def_cfa_offset	32
	movq	%rbx, (%rsp)
	.cfi_offset	%rbx, -32
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	movq	(%rsp), %rbx
	addq	$16, %rsp
	.cfi_def_cfa_offset	16
	call	g	# planted: no .cfi_restore before it
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
