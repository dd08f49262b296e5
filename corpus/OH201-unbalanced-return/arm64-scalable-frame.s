// arch: arm64
// rule: OH201
// expect: OH201 f+0x30
// expect: OH202 f+0x30
// expect: OH203 f+0x30
// expect: OH301 f+0x2c
// flags: -O2 -march=armv8.2-a+sve
// why: one of two vector lengths is given back

	.text
	.arch	armv8.2-a+sve
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	.cfi_def_cfa_offset 16
	mov	x29, sp
	.cfi_def_cfa 29, 16
	.cfi_offset 30, -8
	.cfi_offset 29, -16
	addvl	sp, sp, #-2
	str	z9, [sp]
	str	z8, [sp, #1, mul vl]
	// d8 at CFA - 16 - 8 * VG, d9 at CFA - 16 - 16 * VG
	.cfi_escape 0x10, 0x48, 0x0a, 0x11, 0x70, 0x22, 0x11, 0x78, 0x92, 0x2e, 0x00, 0x1e, 0x22
	.cfi_escape 0x10, 0x49, 0x0a, 0x11, 0x70, 0x22, 0x11, 0x70, 0x92, 0x2e, 0x00, 0x1e, 0x22
	mov	z8.d, z1.d
	mov	z9.d, z0.d
	bl	g
	ldr	z9, [sp]
	ldr	z8, [sp, #1, mul vl]
	addvl	sp, sp, #1
	.cfi_restore 72
	.cfi_restore 73
	.cfi_def_cfa 31, 16
	ldp	x29, x30, [sp], #16
	.cfi_def_cfa_offset 0
	.cfi_restore 30
	.cfi_restore 29
	ret
	.cfi_endproc
	.size	f, .-f
