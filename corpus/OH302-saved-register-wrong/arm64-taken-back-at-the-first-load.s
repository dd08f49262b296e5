// arch: arm64
// rule: OH302
// expect: OH302 f+0x58
// expect: OH302 f+0x58
// expect: OH302 f+0x58
// flags: -O2
// source: aarch64 gcc-12 -O2 (docs/findings/048)
// why: all rules are taken back at the first load of the epilogue, two loads before the last register is back

	.text
	.align	2
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, #48
	.cfi_def_cfa_offset 48
	sxtw	x1, w0
	sub	sp, sp, #65536
	.cfi_def_cfa_offset 65584
	stp	x29, x30, [sp]
	.cfi_offset 29, -65584
	.cfi_offset 30, -65576
	mov	x29, sp
	.cfi_def_cfa_register 29
	stp	x19, x20, [sp, 16]
	.cfi_offset 19, -65568
	.cfi_offset 20, -65560
	mov	x20, x1
	add	x1, x1, 15
	and	x1, x1, -16
	str	x21, [sp, 32]
	.cfi_offset 21, -65552
	sub	sp, sp, x1
	add	x19, x29, 48
	mov	x21, sp
	mov	x0, x19
	bl	use
	mov	x0, x21
	bl	use
	ldrb	w1, [x19, w20, sxtw]
	ldrb	w0, [x21, 1]
	mov	sp, x29
	.cfi_def_cfa_register 31
	add	w0, w1, w0
	ldp	x29, x30, [sp]
	.cfi_restore 29
	.cfi_restore 30
	.cfi_restore 21
	.cfi_restore 19
	.cfi_restore 20
	ldp	x19, x20, [sp, 16]
	ldr	x21, [sp, 32]
	add	sp, sp, 48
	.cfi_def_cfa_offset 65536
	add	sp, sp, 65536
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
