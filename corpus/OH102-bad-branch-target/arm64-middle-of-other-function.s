// arch: arm64
// rule: OH102
// expect: OH102 f+0x4
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: the tail call goes past the entry of t, into its prologue

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	add	w0, w0, w1
	b	t+8	// planted: not the entry
	.cfi_endproc
	.size	f, .-f
	.text
	.globl	t
	.type	t, %function
t:
	.cfi_startproc
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset	16
	.cfi_offset	29, -16
	.cfi_offset	30, -8
	mov	x29, sp
	bl	g
	ldp	x29, x30, [sp], 16
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	t, .-t
