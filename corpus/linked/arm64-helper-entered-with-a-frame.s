// arch: arm64
// link: ld.lld-19 -shared -Bsymbolic -Ttext=0x10000
// expect: OH304 check+0x0
// expect: suspect OH201 check+0x8
// expect: OH301 check+0x10
// source: compiler-rt, __hwasan_tag_mismatch
// why: the half without a row may take down what its caller has pushed; the rows of the other half contradict each other

	.text
	.globl	check
	.type	check, %function
check:
	cbz	x1, 1f
	ldp	x0, x1, [sp], #256
	ret
1:
	.cfi_startproc
	add	x29, sp, #232
	.cfi_def_cfa	w29, 24
	.cfi_offset	w30, -16
	.cfi_offset	w29, -24
	stp	x29, x30, [sp, #232]
	bl	check
	.cfi_endproc
	.size	check, .-check
