// arch: arm64
// rule: OH304
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: f and its cold fragment have an entry each; that of the fragment starts with the row of the jump

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset	16
	.cfi_offset	29, -16
	.cfi_offset	30, -8
	mov	x29, sp
	bl	g
	cbnz	w0, .L4
	ldp	x29, x30, [sp], 16
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ret
.L4:
	.cfi_def_cfa_offset	16
	.cfi_offset	29, -16
	.cfi_offset	30, -8
	b	.L3
	.cfi_endproc
	.size	f, .-f
	.section	.text.unlikely,"ax",%progbits
	.cfi_startproc
	.type	f.cold, %function
f.cold:
.L3:
	.cfi_def_cfa_offset	16
	.cfi_offset	29, -16
	.cfi_offset	30, -8
	mov	w0, 1
	bl	abort
	.cfi_endproc
	.size	f.cold, .-f.cold
