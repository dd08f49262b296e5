// arch: arm64
// rule: OH202
// expect: unproved indirect-jump f
// flags: -O2
// why: behind a label that only a computed goto reaches x19 is not restored; a jump that is none leaves it open

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -32]!
	.cfi_def_cfa_offset 32
	.cfi_offset 29, -32
	.cfi_offset 30, -24
	mov	x29, sp
	str	x19, [sp, 16]
	.cfi_offset 19, -16
	mov	w19, w1
	ldr	x1, [x0]
	cbz	x1, 1f
	br	x1
1:	adr	x1, .Lsecond
	str	x1, [x0]
	mov	w0, w19
	bl	g
	add	w0, w0, 1
	b	2f
.Lsecond:
	str	xzr, [x0]
	mov	w0, w19
	bl	g
	add	w0, w0, w19
	b	3f
2:	ldr	x19, [sp, 16]
3:	ldp	x29, x30, [sp], 32
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
