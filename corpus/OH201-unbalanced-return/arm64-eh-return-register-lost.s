// arch: arm64
// rule: OH201
// expect: OH201 f+0x20
// expect: OH202 f+0x20
// expect: OH203 f+0x20
// expect: OH301 f+0x20
// expect: OH302 f+0x1c
// expect: OH303 f+0x10
// flags: -O2
// why: at the end of __builtin_eh_return x29 is not restored

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 29, -16
	.cfi_offset 30, -8
	mov	x29, sp
	mov	x4, x0
	str	x1, [x29, 8]
	ldr	x30, [sp, 8]
	mov	x29, x1
	add	sp, sp, 16
	.cfi_restore 30
	.cfi_restore 29
	.cfi_def_cfa_offset 0
	add	sp, sp, x4
	ret
	.cfi_endproc
	.size	f, .-f
