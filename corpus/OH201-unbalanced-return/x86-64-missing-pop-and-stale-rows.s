// arch: x86-64
// rule: OH201
// expect: OH201 f+0xa
// expect: OH202 f+0xa
// expect: OH301 f+0xa
// flags: -O2
// source: gcc-12 -O2
// why: as a compiler that drops popq %rbx would leave it: SP is off, rbx is lost, and the row says that the frame is
//   gone

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	.cfi_def_cfa_offset	8
	ret	# planted: popq %rbx stood before it
	.cfi_endproc
	.size	f, .-f
