// arch: arm64
// rule: OH203
// expect: silent
// flags: -O2 -march=armv8.3-a -mbranch-protection=standard
// source: gcc-12 for arm64
// why: retaa authenticates the link register and returns through it in one instruction

	.arch armv8.3-a
	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	paciasp
	.cfi_negate_ra_state
	stp	x29, x30, [sp, #-16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 29, -16
	.cfi_offset 30, -8
	mov	x29, sp
	bl	g
	ldp	x29, x30, [sp], #16
	.cfi_restore 29
	.cfi_restore 30
	.cfi_def_cfa_offset 0
	retaa
	.cfi_endproc
	.size	f, .-f
