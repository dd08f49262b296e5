// arch: arm64
// rule: OH101
// expect: OH101 f+0x18
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: the epilogue restores x19, x29, x30 and SP, then runs into the next function: its ret was dropped

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
	mov	w19, w0
	bl	g
	ldr	x19, [sp, 16]
	ldp	x29, x30, [sp], 32	// planted: no ret behind it
	.cfi_restore	30
	.cfi_restore	29
	.cfi_restore	19
	.cfi_def_cfa_offset	0
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
