// arch: arm64
// link: ld.lld-19 -shared -Bsymbolic -Ttext=0x10000
// expect: OH301 check+0x8
// expect: OH201 check+0x8
// source: the twin of arm64-helper-entered-with-a-frame.s
// why: described from its start, the function has the standard convention, in which its caller's stack is not its own

	.text
	.globl	check
	.type	check, %function
check:
	.cfi_startproc
	cbz	x1, 1f
	ldp	x0, x1, [sp], #256
	ret
1:
	add	x29, sp, #232
	.cfi_def_cfa	w29, 24
	.cfi_offset	w30, -16
	.cfi_offset	w29, -24
	stp	x29, x30, [sp, #232]
	bl	check
	.cfi_endproc
	.size	check, .-check
