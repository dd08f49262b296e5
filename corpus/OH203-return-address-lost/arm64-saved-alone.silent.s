// arch: arm64
// rule: OH203
// expect: silent
// flags: -O2
// source: clang-19 -O2 -fomit-frame-pointer
// why: x30 is saved by a pre-indexed str and restored by a post-indexed ldr, without x29

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	x30, [sp, #-16]!
	.cfi_def_cfa_offset	16
	.cfi_offset	w30, -16
	bl	g
	add	w0, w0, #1
	ldr	x30, [sp], #16
	.cfi_def_cfa_offset	0
	.cfi_restore	w30
	ret
	.cfi_endproc
	.size	f, .-f
