// arch: x86-64
// rule: OH309
// expect: OH309 f+0xb
// expect: OH302 f+0x10
// flags: -O2
// source: by hand
// why: at the second call the slot of rbx is given up, and the callee's return address goes there: behind it the value is lost

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbx, -16
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset	8
	call	g	# planted: no .cfi_restore before it
	ret
	.cfi_endproc
	.size	f, .-f
