// arch: arm64
// rule: OH101
// expect: silent
// flags: -O2
// source: clang-19 -O2
// why: brk raises an exception; nothing has to follow it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	.cfi_def_cfa_offset	16
	mov	x29, sp
	.cfi_def_cfa	w29, 16
	.cfi_offset	w30, -8
	.cfi_offset	w29, -16
	.cfi_remember_state
	bl	g
	tbnz	w0, #31, .LBB0_2
	.cfi_def_cfa	wsp, 16
	ldp	x29, x30, [sp], #16
	.cfi_def_cfa_offset	0
	.cfi_restore	w30
	.cfi_restore	w29
	ret
.LBB0_2:
	.cfi_restore_state
	brk	#0x1
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
