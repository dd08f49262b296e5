// arch: arm64
// rule: OH302
// expect: unproved unreachable-end f
// flags: -Og -fprofile-generate
// source: `switch (x) { ... default: __builtin_unreachable(); }` gcc-12 -Og -fprofile-generate (weave, seed 102), reduced
// why: in front of the counter another register is saved, for the sake of the code that is laid out behind it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-48]!
	.cfi_def_cfa_offset 48
	.cfi_offset 29, -48
	.cfi_offset 30, -40
	mov	x29, sp
	str	x19, [sp, #16]
	.cfi_offset 19, -32
	mov	x19, x0
	cbz	w1, .Lshort
	str	x20, [sp, #24]
	.cfi_offset 20, -24
	mov	x20, x2
	cmp	w1, #15
	b.ls	.Lcase
	str	x21, [sp, #32]
	adrp	x0, counter
	ldr	x1, [x0, :lo12:counter]
	add	x1, x1, #1
	str	x1, [x0, :lo12:counter]
.Lshort:
	.cfi_restore 20
	mov	x0, x19
	bl	g
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #48
	.cfi_remember_state
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_def_cfa_offset 0
	ret
.Lcase:
	.cfi_restore_state
	.cfi_offset 20, -24
	mov	x0, x20
	bl	g
	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #48
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 20
	.cfi_restore 19
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f

	.local	counter
	.comm	counter, 8, 8
