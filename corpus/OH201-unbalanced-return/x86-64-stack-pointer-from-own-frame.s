// arch: x86-64
// rule: OH201
// expect: OH201 f+0x7
// expect: OH202 f+0x7
// expect: OH301 f+0x6
// why: SP is loaded from memory, but from the frame itself: no other stack has anything to do with it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movq	-8(%rsp), %rsp
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
