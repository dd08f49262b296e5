// arch: arm64
// rule: OH301
// expect: silent
// flags: clang-19 -Oz
// source: clang-19 -Oz
// why: the tables promise to be right at calls only, and they are: Clang writes them so at -Oz (AArch64
//   needsAsyncDwarfUnwindInfo)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	.cfi_def_cfa	w29, 16
	.cfi_offset	w30, -8
	.cfi_offset	w29, -16
	bl	g
	add	w0, w0, #1
	ldp	x29, x30, [sp], #16
	ret
	.cfi_endproc
	.size	f, .-f
