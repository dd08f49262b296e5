// arch: arm64
// rule: OH303
// expect: OH303 f+0x8
// flags: -O2
// source: clang-19 -O2 -fomit-frame-pointer
// why: x30 is saved and bl overwrites it, and no row says where it lies

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	x30, [sp, #-16]!
	.cfi_def_cfa_offset	16
	bl	g
	add	w0, w0, #1	// planted: .cfi_offset w30, -16 is missing
	ldr	x30, [sp], #16
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
