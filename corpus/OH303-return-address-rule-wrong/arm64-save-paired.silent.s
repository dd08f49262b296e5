// arch: arm64
// rule: OH303
// expect: silent
// flags: -O2
// why: the save of x30 is paired with a later store, and the row comes behind the pair

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, 48
	.cfi_def_cfa_offset 48
	str	x19, [sp, 32]
	.cfi_offset 19, -16
	ldr	x19, [x0]
	stp	x19, x30, [sp, 16]
	.cfi_offset 30, -24
	bl	step
	ldr	x0, [sp, 16]
	ldr	x30, [sp, 24]
	ldr	x19, [sp, 32]
	.cfi_restore 19
	.cfi_restore 30
	add	sp, sp, 48
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
