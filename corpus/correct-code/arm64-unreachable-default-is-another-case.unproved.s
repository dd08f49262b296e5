// arch: arm64
// expect: unproved unreachable-end f
// flags: -O1
// source: after what aarch64 gcc-12 -O1 makes of a switch whose default is marked unreachable
// why: nothing is left of the default, so that the branch for it leads to whatever is laid out behind

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -64]!
	.cfi_def_cfa_offset	64
	.cfi_offset	29, -64
	.cfi_offset	30, -56
	mov	x29, sp
	str	x19, [sp, 16]
	.cfi_offset	19, -48
	mov	w19, w0
	tbz	w0, 0, .Lother
	str	x21, [sp, 32]
	.cfi_offset	21, -32
	bl	g
	mov	w21, w0
	bl	h
	cmp	w0, 3
	b.hi	.Ldefault
	adrp	x1, .Ltable
	add	x1, x1, :lo12:.Ltable
	ldrb	w1, [x1, w0, uxtw]
	adr	x2, .Lcase0
	add	x1, x2, w1, sxtb #2
	br	x1
.Lcase0:
	add	w19, w19, w21
.Lcase1:
	eor	w19, w19, w21
	ldr	x21, [sp, 32]
	.cfi_remember_state
	.cfi_restore	21
	b	.Lend
.Ldefault:
	.cfi_restore_state
.Lother:
	.cfi_restore	21
	.cfi_restore	73
	add	w19, w19, 5
.Lend:
	mov	w0, w19
	ldr	x19, [sp, 16]
	ldp	x29, x30, [sp], 64
	.cfi_restore	30
	.cfi_restore	29
	.cfi_restore	19
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
	.section .rodata
.Ltable:
	.byte	(.Lcase0 - .Lcase0) / 4
	.byte	(.Lcase1 - .Lcase0) / 4
	.byte	(.Lcase0 - .Lcase0) / 4
	.byte	(.Lcase1 - .Lcase0) / 4
