// arch: arm64
// rule: OH301
// expect: OH301 f+0x18
// flags: -O2
// why: what follows the call is reached again only over that call: no other path bears witness that it does not return

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cmp	w0, 3
	b.eq	.Lfirst
	add	w0, w0, 1
	ret
.Lfirst:
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 29, -16
	.cfi_offset 30, -8
	bl	fail
	.cfi_def_cfa_offset 0		// planted: the frame is still there
	.cfi_restore 29
	.cfi_restore 30
.La:
	add	w0, w0, 1
	cmp	w1, 7
	b.eq	.La
	ldp	x29, x30, [sp], 16
	ret
	.cfi_endproc
	.size	f, .-f
