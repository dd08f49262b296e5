// arch: arm64
// expect: silent
// flags: -O2 -march=armv8.2-a+sve
// why: the CFA is SP + 8 * VG + 32, an expression

	.text
	.arch	armv8.2-a+sve
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	addvl	sp, sp, #-1
	.cfi_escape 0xf,0x8,0x8f,0,0x92,0x2e,0,0x38,0x1e,0x22
	sub	sp, sp, #32
	.cfi_escape 0xf,0xa,0x8f,0,0x92,0x2e,0,0x38,0x1e,0x23,0x20,0x22
	stp	x29, x30, [sp]
	.cfi_escape 0x10,0x1d,0x2,0x8f,0
	.cfi_escape 0x10,0x1e,0x2,0x8f,0x8
	add	x1, sp, 32
	str	z0, [x1]
	bl	g
	ldr	z0, [sp, #2, mul vl]
	ldp	x29, x30, [sp]
	.cfi_restore 29
	.cfi_restore 30
	addvl	sp, sp, #1
	.cfi_def_cfa 31, 32
	add	sp, sp, 32
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
