// arch: arm64
// rule: OH101
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: abort never returns (C17 7.22.4.1): nothing has to follow its call, and the next function is not entered

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
	cbz	x0, .L3
	bl	g
	ldp	x29, x30, [sp], 16
	.cfi_remember_state
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ret
.L3:
	.cfi_restore_state
	bl	abort
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
