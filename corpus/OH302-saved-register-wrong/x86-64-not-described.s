// arch: x86-64
// rule: OH302
// expect: OH302 f+0x3
// flags: -O2
// source: gcc-12 -O2
// why: rbx is saved and overwritten, and no row says where it lies

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	movl	%edi, %ebx	# planted: .cfi_offset 3, -16 stood above it
	call	g
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
