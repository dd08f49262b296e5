// arch: arm64
// rule: OH205
// expect: unproved noreturn-unknown f
// flags: -O2
// why: two calls of a function that nothing is known of; only if neither returns do the rows behind them hold

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cmp	w0, 3
	b.eq	.Lfirst
	cmp	w0, 4
	b.eq	.La
	cmp	w0, 5
	b.eq	.Lb
	add	w0, w0, 1
	ret
.Lfirst:
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 29, -16
	.cfi_offset 30, -8
	bl	fail
	.cfi_def_cfa_offset 0
	.cfi_restore 29
	.cfi_restore 30
.La:
	cmp	w1, 7
	b.eq	.Lsecond
	add	w0, w0, 1
	ret
.Lsecond:
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 29, -16
	.cfi_offset 30, -8
	bl	fail
	.cfi_def_cfa_offset 0
	.cfi_restore 29
	.cfi_restore 30
.Lb:
	add	w0, w0, 1
	ret
	.cfi_endproc
	.size	f, .-f
