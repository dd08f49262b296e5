// arch: arm64
// rule: OH303
// expect: OH303 f+0x8
// flags: -O2
// source: clang-19 -Og, shortened; docs/findings/017
// why: the save of x30 was paired with a later store and went there, its row was not

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, 48
	.cfi_def_cfa_offset 48
	str	x19, [sp, 32]
	.cfi_offset 19, -16
	.cfi_offset 30, -24
	ldr	x19, [x0]
	stp	x19, x30, [sp, 16]
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
