// arch: arm64
// rule: OH101
// expect: suspect OH101 f+0x2c
// expect: unproved unreachable-end f
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: the cold block lost its branch back to .L2 and runs out of the function with its frame alive: the sum
//   at its end is of no use unless control goes on, or an empty assembly statement asked for it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -32]!
	.cfi_def_cfa_offset	32
	.cfi_offset	29, -32
	.cfi_offset	30, -24
	mov	x29, sp
	str	x19, [sp, 16]
	.cfi_offset	19, -16
	mov	w19, w1
	bl	g
	tbnz	w0, #31, .L5
	ldr	x19, [sp, 16]
	ldp	x29, x30, [sp], 32
	.cfi_remember_state
	.cfi_restore	30
	.cfi_restore	29
	.cfi_restore	19
	.cfi_def_cfa_offset	0
	ret
.L5:
	.cfi_restore_state
	mov	w0, w19
	bl	h
	add	w0, w0, w19	// planted: no branch back behind it
	.cfi_endproc
	.size	f, .-f
	.text
	.globl	next
	.type	next, %function
next:
	.cfi_startproc
	mov	w0, 1
	ret
	.cfi_endproc
	.size	next, .-next
